-- The groups that a comparison of the regimes would have, as of $peildatum.
-- grain: one row per regime with a period
with
perioden as (
    select
        *,
        regime as groep,
        bekend(huisvesting, $peildatum::date) as gehuisvest,
        row_number() over (partition by regime, inburgeraar_id) = 1 as een_per_persoon
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
)
select
    regime,
    getoond(aantal_als(celsleutel_persoon, een_per_persoon)) as personen,
    getoond(aantal(celsleutel)) as periodes,
    in_maanden(mediaan) as mediaan_maanden,
    min(gehuisvest) as gehuisvest_van,
    max(gehuisvest) as gehuisvest_tot
from perioden
join duren('perioden') using (groep)
group by regime, mediaan
order by min(regime_vanaf)
