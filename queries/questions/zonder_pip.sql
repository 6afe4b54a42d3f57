-- No PIP yet, beside the national figure for the same cohort, doelgroep and day: everybody with a kennisgeving in the
-- cohort, housed or not and leavers included, as CBS counts; a PIP of another municipality is a PIP.
-- grain: one row per published figure whose stand is $peildatum; none on a day for which nothing was published
with
geteld as (
    select
        doelgroep,
        cohort,
        getoond(aantal_als(celsleutel, eerste_pip is null)) as teller,
        getoond(aantal(celsleutel)) as noemer
    from op('pip_stand', $peildatum::date)
    where kennisgeving <= $peildatum::date and $selectie
    group by doelgroep, cohort
)
select
    doelgroep, cohort, stand, teller, noemer, waarde, ci_laag, ci_hoog,
    landelijk_teller, landelijk_noemer, landelijk_soort, landelijk_waarde, bron
from naast_landelijk('geteld', 'zonder_pip', $peildatum::date)
order by volgorde
