-- Each share, like with like (kpi_instroom): those whose follow-up ended after $sinds against those whose follow-up ended
-- earlier in the calendar year of $peildatum.
-- grain: one row per share, all shares always, in the order of indicators.toml
-- teller, noemer, waarde: after $sinds (persons or periods, fraction); eerder_*: earlier that year
-- verschil: waarde - eerder_waarde, with its 95% interval (Newcombe); oordeel: hoger, lager, binnen toeval (the interval
-- holds 0), or geen oordeel (either noemer under 10)
with
gevolgd as (
    select
        indicator,
        aantal_als(celsleutel, gevolgd_tot > $sinds::date and telt) as teller,
        aantal_als(celsleutel, gevolgd_tot > $sinds::date) as noemer,
        aantal_als(celsleutel, gevolgd_tot <= $sinds::date and telt) as eerder_teller,
        aantal_als(celsleutel, gevolgd_tot <= $sinds::date) as eerder_noemer
    from ingestroomd($peildatum::date, $selectie)
    where gevolgd_tot > $sinds::date or year(gevolgd_tot) = year($peildatum::date)
    group by indicator
),
geteld as (
    select
        indicator.volgorde,
        indicator.indicator,
        getoond(coalesce(teller, 0)) as teller,
        getoond(coalesce(noemer, 0)) as noemer,
        getoond(coalesce(eerder_teller, 0)) as eerder_teller,
        getoond(coalesce(eerder_noemer, 0)) as eerder_noemer
    from indicator
    left join gevolgd on gevolgd.indicator = indicator.indicator
    where indicator.eenheid = 'aandeel'
)
select
    indicator,
    teller,
    noemer,
    aandeel(teller, noemer) as waarde,
    eerder_teller,
    eerder_noemer,
    aandeel(eerder_teller, eerder_noemer) as eerder_waarde,
    verschil(teller, noemer, eerder_teller, eerder_noemer) as verschil,
    verschil_laag(teller, noemer, eerder_teller, eerder_noemer, z95()) as ci_laag,
    verschil_hoog(teller, noemer, eerder_teller, eerder_noemer, z95()) as ci_hoog,
    verschil_oordeel(ci_laag, ci_hoog) as oordeel
from geteld
order by volgorde
