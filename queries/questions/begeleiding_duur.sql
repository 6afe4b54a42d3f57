-- How long begeleiding lasts per regime, as of $peildatum.
-- grain: one row per regime with a period
with
perioden as (
    select *, regime as groep, beoordeeld_vanaf <= $peildatum::date as te_beoordelen
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
)
select
    regime,
    norm_dagen::bigint as norm_dagen,
    getoond(aantal(celsleutel)) as periodes,
    getoond(aantal_als(celsleutel, beeindigd)) as beeindigd,
    getoond(aantal_als(celsleutel, not beeindigd)) as lopend,
    in_maanden(p25) as p25_maanden, in_maanden(mediaan) as mediaan_maanden, in_maanden(p75) as p75_maanden,
    getoond(aantal_als(celsleutel, te_beoordelen and over_norm)) as over_norm_teller,
    getoond(aantal_als(celsleutel, te_beoordelen)) as over_norm_noemer
from perioden
join duren('perioden') using (groep)
group by all
order by min(regime_vanaf)
