-- The groups that a comparison of the regimes would have, as of $peildatum.
-- grain: one row per regime with a period
-- personen: distinct persons; periodes: periods; mediaan_maanden: Kaplan-Meier, months, null while not reached
-- gehuisvest_van, gehuisvest_tot: earliest and latest datum_huisvesting
with
perioden as (
    from begeleidingen([$peildatum::date], $selectie)
),
observaties as (
    select regime as groep, tijd, gebeurtenis, celsleutel
    from perioden
),
per_persoon as (
    select distinct regime, inburgeraar_id, celsleutel_persoon
    from perioden
),
personen_per_regime as (
    select regime, getoond(aantal(celsleutel_persoon)) as personen
    from per_persoon
    group by regime
),
per_regime as (
    select
        regime,
        getoond(aantal(celsleutel)) as periodes,
        min(datum_huisvesting) as gehuisvest_van,
        max(datum_huisvesting) as gehuisvest_tot
    from perioden
    group by regime
)
select per_regime.regime, personen, periodes, in_maanden(mediaan) as mediaan_maanden, gehuisvest_van, gehuisvest_tot
from per_regime
join personen_per_regime on personen_per_regime.regime = per_regime.regime
join duren('observaties') as duur on duur.groep = per_regime.regime
order by case when per_regime.regime = '24 maanden' then 0 else 1 end, per_regime.regime
