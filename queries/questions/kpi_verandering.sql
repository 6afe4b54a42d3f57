-- Change of each share, like with like (kpi_instroom): the latest quarter of entry with a noemer of 10 or more against all
-- earlier quarters of the same year together, as of $peildatum.
-- grain: one row per share, all shares always, in the order of indicators.toml
-- kwartaal: its first day, null when no quarter has a noemer of 10; teller, noemer, waarde: that quarter (persons or
-- periods, fraction); eerder_*: the earlier quarters of its year; verschil: waarde - eerder_waarde, with its 95% interval
-- (Newcombe); oordeel: hoger, lager, binnen toeval (the interval holds 0), or geen oordeel (either noemer under 10)
with
per_kwartaal as (
    select
        indicator,
        eerste_van_kwartaal(instroom) as kwartaal,
        aantal_als(celsleutel, telt) as teller,
        aantal(celsleutel) as noemer
    from ingestroomd($peildatum::date, $selectie)
    group by indicator, kwartaal
),
laatste as (
    select indicator, max(kwartaal) as kwartaal
    from per_kwartaal
    where getoond(noemer) >= 10
    group by indicator
),
vergeleken as (
    select
        laatste.indicator,
        laatste.kwartaal,
        sum(per_kwartaal.teller) filter (where per_kwartaal.kwartaal = laatste.kwartaal) as teller,
        sum(per_kwartaal.noemer) filter (where per_kwartaal.kwartaal = laatste.kwartaal) as noemer,
        sum(per_kwartaal.teller) filter (where per_kwartaal.kwartaal < laatste.kwartaal) as eerder_teller,
        sum(per_kwartaal.noemer) filter (where per_kwartaal.kwartaal < laatste.kwartaal) as eerder_noemer
    from laatste
    join per_kwartaal
        on per_kwartaal.indicator = laatste.indicator
        and year(per_kwartaal.kwartaal) = year(laatste.kwartaal)
    group by laatste.indicator, laatste.kwartaal
),
geteld as (
    select
        indicator.volgorde,
        indicator.indicator,
        kwartaal,
        getoond(coalesce(teller, 0)) as teller,
        getoond(coalesce(noemer, 0)) as noemer,
        getoond(coalesce(eerder_teller, 0)) as eerder_teller,
        getoond(coalesce(eerder_noemer, 0)) as eerder_noemer
    from indicator
    left join vergeleken on vergeleken.indicator = indicator.indicator
    where indicator.eenheid = 'aandeel'
)
select
    indicator,
    kwartaal,
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
