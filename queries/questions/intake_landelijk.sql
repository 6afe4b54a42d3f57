-- Brede intake started, beside the national figure that CBS published for the same cohort, doelgroep and day.
-- grain: one row per published figure whose stand is $peildatum; none on a day for which nothing was published
with
geteld as (
    select doelgroep, cohort, getoond(aantal_als(celsleutel, telt)) as teller, getoond(aantal(celsleutel)) as noemer
    from waarnemingen($peildatum::date)
    where indicator = 'intake_gestart' and $selectie
    group by doelgroep, cohort
)
select
    doelgroep, cohort::bigint as cohort, stand,
    coalesce(geteld.teller, 0) as teller, coalesce(geteld.noemer, 0) as noemer, geteld.waarde, ci_laag, ci_hoog,
    landelijk.teller::bigint as landelijk_teller, landelijk.noemer::bigint as landelijk_noemer,
    landelijk.waarde::double as landelijk_waarde, bron
from landelijk
left join met_aandeel('geteld') as geteld using (doelgroep, cohort)
where indicator = 'intake_gestart' and stand = $peildatum::date
order by volgorde
