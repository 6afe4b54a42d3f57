-- Every KPI per stadsdeel and per wijkteam, as of $peildatum.
-- grain: niveau x gebied x indicator; every area of the reference tables and Onbekend, in the order of the city
-- the handover indicators are grouped at niveau wijkteam by the receiving wijkteam, the others by residence
with
geteld as (
    select stadsdeel, geteld_bij, indicator, telt, tijd, gebeurtenis, aantal(celsleutel) as telling
    from waarnemingen($peildatum::date)
    where $selectie
    group by all
),
per_gebied as (
    select
        unnest([{niveau: 'stadsdeel', gebied: stadsdeel}, {niveau: 'wijkteam', gebied: geteld_bij}]) as groep,
        indicator, telt, tijd, gebeurtenis, telling
    from geteld
),
groepen as (
    select struct_pack(niveau := niveau, gebied := gebied) as groep
    from gebieden
    where is_een_van(niveau, gebied, $gebieden)
)
select gebieden.niveau, gebieden.gebied, indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_groep('per_gebied', 'groepen') as kpi
join gebieden on gebieden.niveau = kpi.groep.niveau and gebieden.gebied = kpi.groep.gebied
order by gebieden.niveau, gebieden.volgorde, kpi.volgorde
