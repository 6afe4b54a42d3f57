-- Brede intake started, beside the national figure that CBS published for the same cohort, doelgroep and day.
-- grain: one row per published figure whose stand is $peildatum; none on a day for which nothing was published
-- teller, noemer, waarde: persons of the selection in that cohort and doelgroep (intake_gestart), fraction; ci_laag, ci_hoog:
-- Wilson 95%; landelijk_*: persons (rounded by the source) and fraction as published; bron: the source
with
personen_van_cohort as (
    select
        persoon.doelgroep,
        persoon.celsleutel,
        year(persoon.datum_kennisgeving) as cohort,
        coalesce(intake.datum_start <= persoon.stand, false) as gestart
    from personen([$peildatum::date], $selectie) as persoon
    left join intake on intake.inburgeraar_id = persoon.inburgeraar_id
    where persoon.wet = 'WI2021' and persoon.datum_kennisgeving is not null
),
geteld as (
    select doelgroep, cohort, getoond(aantal_als(celsleutel, gestart)) as teller, getoond(aantal(celsleutel)) as noemer
    from personen_van_cohort
    group by doelgroep, cohort
),
gepubliceerd as (
    select volgorde, doelgroep, cohort, stand, teller, noemer, waarde, bron
    from landelijk
    where indicator = 'intake_gestart' and stand = $peildatum::date
)
select
    gepubliceerd.doelgroep,
    gepubliceerd.cohort::bigint as cohort,
    gepubliceerd.stand,
    coalesce(geteld.teller, 0) as teller,
    coalesce(geteld.noemer, 0) as noemer,
    aandeel(geteld.teller, geteld.noemer) as waarde,
    wilson_laag(geteld.teller, geteld.noemer, z95()) as ci_laag,
    wilson_hoog(geteld.teller, geteld.noemer, z95()) as ci_hoog,
    gepubliceerd.teller::bigint as landelijk_teller,
    gepubliceerd.noemer::bigint as landelijk_noemer,
    gepubliceerd.waarde::double as landelijk_waarde,
    gepubliceerd.bron
from gepubliceerd
left join geteld on geteld.doelgroep = gepubliceerd.doelgroep and geteld.cohort = gepubliceerd.cohort
order by gepubliceerd.volgorde
