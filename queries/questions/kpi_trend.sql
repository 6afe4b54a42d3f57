-- Every KPI through the calendar year of $peildatum: at each month end before it, then at $peildatum itself.
-- grain: stand x indicator
with
gekozen as materialized (
    from waarneming
    where $selectie
),
groepen as (
    select unnest(dagen_van_het_jaar($peildatum::date)) as groep
),
-- Running sums: a stretch adds what it is on the day on which it begins and takes that away on the day on which it ends.
stroom as (
    select indicator, van as dag, aantal(celsleutel) as noemer, 0 as teller from gekozen group by all
    union all
    select indicator, tot, -aantal(celsleutel), 0 from gekozen group by all
    union all
    select indicator, greatest(van, telt_vanaf), 0, aantal(celsleutel) from gekozen where telt_vanaf < tot group by all
    union all
    select indicator, tot, 0, -aantal(celsleutel) from gekozen where telt_vanaf < tot group by all
),
geteld as (
    select groep, indicator, sum(teller) as teller, sum(noemer) as noemer
    from stroom
    join groepen on dag <= groep
    group by groep, indicator
),
tijden as (
    select groep, indicator, greatest(0, least(groep, klok_tot) - klok_van) as tijd, gebeurtenis, celsleutel
    from gekozen
    join groepen on van <= groep and groep < tot
    where klok_van is not null
)
select groep as stand, indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_uit('geteld', 'tijden', 'groepen')
order by groep, volgorde
