-- Each area against the rest of the city, for every share, as of $peildatum. The filters on area choose which areas are
-- shown, never what the rest is.
-- grain: niveau x chosen gebied x share; every area of the reference tables and Onbekend, in the order of the city
-- teller, noemer, waarde: the area (persons or periods, fraction); rest_*: everybody whom the other filters select, outside
-- it (of a reader who is limited to areas: outside it within those)
with
geteld as (
    select
        stadsdeel, geteld_bij, indicator, aantal_als(celsleutel, telt) as teller, aantal(celsleutel) as noemer
    from waarnemingen($peildatum::date)
    where $zonder_gebied
    group by all
),
tellingen as (
    select
        unnest([{niveau: 'stadsdeel', gebied: stadsdeel}, {niveau: 'wijkteam', gebied: geteld_bij}], recursive := true),
        indicator, teller, noemer
    from geteld
),
per_gebied as (
    select
        niveau, gebied, gebieden.volgorde, indicator, indicator.volgorde as plaats,
        coalesce(sum(teller), 0) as teller,
        coalesce(sum(noemer), 0) as noemer
    from gebieden
    cross join indicator
    left join tellingen using (niveau, gebied, indicator)
    where eenheid = 'aandeel' and is_een_van(niveau, gebied, $gebieden)
    group by all
),
met_rest as (
    select
        *,
        sum(teller) over niveaus - teller as eerder_teller,
        sum(noemer) over niveaus - noemer as eerder_noemer
    from per_gebied
    window niveaus as (partition by niveau, indicator)
)
select
    niveau, gebied, indicator, teller, noemer, waarde,
    eerder_teller as rest_teller, eerder_noemer as rest_noemer, eerder_waarde as rest_waarde,
    verschil, ci_laag, ci_hoog, oordeel
from met_verschil('met_rest', z99())
where is_een_van(niveau, gebied, $gekozen_gebieden)
order by niveau, volgorde, plaats
