-- The rounded counts of every share of the question kpi, and of who does not count in it, as of $peildatum.
-- grain: indicator (shares), all of them always, in the order of indicators.toml
with
geteld as (
    select
        indicator,
        aantal(celsleutel) as noemer,
        aantal_als(celsleutel, telt) as teller,
        aantal_als(celsleutel, not telt) as rest
    from waarnemingen($peildatum::date)
    where $selectie
    group by indicator
)
select
    indicator,
    getoond(coalesce(teller, 0)) as teller,
    getoond(coalesce(noemer, 0)) as noemer,
    getoond(coalesce(rest, 0)) as rest
from indicator
left join geteld using (indicator)
where eenheid = 'aandeel'
order by volgorde
