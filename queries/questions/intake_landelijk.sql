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
    doelgroep, cohort, stand, teller, noemer, waarde, ci_laag, ci_hoog,
    landelijk_teller, landelijk_noemer, landelijk_waarde, bron
from naast_landelijk('geteld', 'intake_gestart', $peildatum::date)
order by volgorde
