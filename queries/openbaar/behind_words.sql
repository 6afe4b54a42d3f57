-- The rounded counts of every share of the question kpi, and of who does not count in it, as of $peildatum.
-- grain: indicator (shares) with a noemer
select
    indicator,
    getoond(aantal_als(celsleutel, telt)) as teller,
    getoond(aantal(celsleutel)) as noemer,
    getoond(aantal_als(celsleutel, not telt)) as rest
from waarnemingen($peildatum::date)
join indicator using (indicator)
where eenheid = 'aandeel' and $selectie
group by indicator, volgorde
order by volgorde
