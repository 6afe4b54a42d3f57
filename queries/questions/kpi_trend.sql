-- Every KPI through the calendar year of $peildatum: at each month end before it, then at $peildatum itself.
-- grain: stand x indicator
with
groepen as (
    select unnest(dagen_van_het_jaar($peildatum::date)) as groep
),
-- Running sums: a stretch adds what it is on the day on which it begins and takes that away on the day on which it ends.
stroom as (
    select indicator, van as dag, aantal(celsleutel) as noemer, 0 as teller
    from waarneming
    where $selectie
    group by all
    union all
    select indicator, tot, -aantal(celsleutel), 0
    from waarneming
    where tot <= $peildatum::date and $selectie
    group by all
    union all
    select indicator, greatest(van, telt_vanaf), 0, aantal(celsleutel)
    from waarneming
    where telt_vanaf < tot and telt_vanaf <= $peildatum::date and $selectie
    group by all
    union all
    select indicator, tot, 0, -aantal(celsleutel)
    from waarneming
    where telt_vanaf < tot and tot <= $peildatum::date and $selectie
    group by all
),
geteld as (
    select groep, indicator, sum(teller) as teller, sum(noemer) as noemer
    from stroom
    join groepen on dag <= groep
    group by groep, indicator
),
-- Observations that are the same on every stand are counted together: eerste is the first stand of a stretch, and einde the
-- first one after it; a clock that stopped has its time already.
klokken as (
    select
        indicator,
        stap_van(van, $peildatum::date) as eerste,
        stap_van(tot, $peildatum::date) as einde,
        case when klok_tot <= van then greatest(0, klok_tot - klok_van) end as vaste_tijd,
        case when klok_tot > van then klok_van end as loopt_vanaf,
        case when klok_tot > van and klok_tot < least(tot, $peildatum::date) then klok_tot else date 'infinity' end as loopt_tot,
        gebeurtenis,
        aantal(celsleutel) as telling
    from waarneming
    where klok_van is not null and van <= $peildatum::date and $selectie
    group by all
),
tijden as (
    select
        groep,
        indicator,
        coalesce(vaste_tijd, greatest(0, least(groep, loopt_tot) - loopt_vanaf)) as tijd,
        gebeurtenis,
        sum(telling) as telling
    from klokken
    join groepen on eerste <= eerste_van_stap(groep) and eerste_van_stap(groep) < einde
    group by all
)
select groep as stand, indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_uit('geteld', 'tijden', 'groepen')
order by groep, volgorde
