-- Each area against the rest of the city, for every share, as of $peildatum. The filters on area choose which areas are
-- shown, never what the rest is.
-- grain: niveau x chosen gebied x share; every area of the reference tables and Onbekend, in the order of the city
-- teller, noemer, waarde: the area (persons or periods, fraction); rest_*: everybody whom the other filters select, outside
-- it (of a reader who is limited to areas: outside it within those)
-- verschil: waarde - rest_waarde, with its 99% interval (Newcombe; 99% because there are many areas)
-- oordeel: hoger, lager, binnen toeval (the interval holds 0), or geen oordeel (either noemer under 10)
with
alle as materialized (
    from waarnemingen($peildatum::date)
    where $zonder_gebied
),
tellingen as (
    select 'stadsdeel' as niveau, stadsdeel as gebied, indicator, aantal_als(celsleutel, telt) as teller, aantal(celsleutel) as noemer
    from alle
    group by all
    union all
    select 'wijkteam', geteld_bij, indicator, aantal_als(celsleutel, telt), aantal(celsleutel)
    from alle
    group by all
),
per_gebied as (
    select
        gebieden.*,
        indicator.indicator,
        indicator.volgorde as plaats,
        coalesce(tellingen.teller, 0) as teller,
        coalesce(tellingen.noemer, 0) as noemer
    from gebieden
    cross join indicator
    left join tellingen using (niveau, gebied, indicator)
    where indicator.eenheid = 'aandeel' and is_een_van(niveau, gebied, $gebieden)
),
met_rest as (
    select
        * replace (getoond(per_gebied.teller) as teller, getoond(per_gebied.noemer) as noemer),
        getoond(sum(per_gebied.teller) over niveaus - per_gebied.teller) as rest_teller,
        getoond(sum(per_gebied.noemer) over niveaus - per_gebied.noemer) as rest_noemer
    from per_gebied
    window niveaus as (partition by niveau, indicator)
)
select
    niveau,
    gebied,
    indicator,
    teller,
    noemer,
    aandeel(teller, noemer) as waarde,
    rest_teller,
    rest_noemer,
    aandeel(rest_teller, rest_noemer) as rest_waarde,
    verschil(teller, noemer, rest_teller, rest_noemer) as verschil,
    verschil_laag(teller, noemer, rest_teller, rest_noemer, z99()) as ci_laag,
    verschil_hoog(teller, noemer, rest_teller, rest_noemer, z99()) as ci_hoog,
    verschil_oordeel(ci_laag, ci_hoog) as oordeel
from met_rest
where is_een_van(niveau, gebied, $gekozen_gebieden)
order by niveau, volgorde, plaats
