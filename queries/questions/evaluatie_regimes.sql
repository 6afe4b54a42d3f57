-- The groups that a comparison of the regimes would have, as of $peildatum.
-- grain: one row per regime with a period
-- personen: distinct persons; periodes: periods; mediaan_maanden: Kaplan-Meier, months, null while not reached
-- gehuisvest_van, gehuisvest_tot: earliest and latest datum_huisvesting
with
perioden as (
    select *, regime as groep, bekend(huisvesting, $peildatum::date) as gehuisvest
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
),
per_persoon as (
    select distinct groep, inburgeraar_id, celsleutel_persoon
    from perioden
),
personen_per_regime as (
    select groep, getoond(aantal(celsleutel_persoon)) as personen
    from per_persoon
    group by groep
),
per_regime as (
    select
        groep,
        getoond(aantal(celsleutel)) as periodes,
        min(gehuisvest) as gehuisvest_van,
        max(gehuisvest) as gehuisvest_tot
    from perioden
    group by groep
)
select groep as regime, personen, periodes, in_maanden(mediaan) as mediaan_maanden, gehuisvest_van, gehuisvest_tot
from per_regime
join personen_per_regime using (groep)
join duren('perioden') using (groep)
order by case when groep = '24 maanden' then 0 else 1 end, groep
