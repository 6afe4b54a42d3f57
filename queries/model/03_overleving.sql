-- Kaplan-Meier (Kaplan and Meier 1958) in whole days; on one day events come before censorings.

-- tijden: name of a relation with groep (any type), tijd (days, 0 or more), gebeurtenis (false: censored) and telling, the
-- observations as a count. The estimate counts the observations themselves; what is shown of it follows from the count.
-- grain: groep x day on which something happens, from day 0 on
-- in_risico: under observation just before the day's events; overleving: S(dag), from 1 to 0
create macro overleving_uit(tijden) as table (
    with
    per_dag as (
        select
            groep,
            tijd as dag,
            coalesce(sum(aantal_in(telling)) filter (where gebeurtenis), 0)::bigint as gebeurtenissen,
            coalesce(sum(aantal_in(telling)) filter (where not gebeurtenis), 0)::bigint as gecensureerd
        from (
            select groep, tijd, gebeurtenis, telling from query_table(tijden)
            union all
            select distinct groep, 0, null::boolean, null from query_table(tijden)
        )
        group by groep, tijd
    ),
    met_risico as (
        select
            groep,
            dag::bigint as dag,
            sum(gebeurtenissen + gecensureerd) over (partition by groep order by dag desc)::bigint as in_risico,
            gebeurtenissen,
            gecensureerd
        from per_dag
    ),
    met_product as (
        select *, product(1 - gebeurtenissen::double / in_risico) over (partition by groep order by dag) as overleving
        from met_risico
    )
    -- The engine multiplies each window in an order of its own; the running minimum keeps the curve from rising by a
    -- last binary digit.
    select * replace (min(overleving) over (partition by groep order by dag) as overleving)
    from met_product
);

-- waarnemingen: name of a relation with groep, tijd, gebeurtenis and celsleutel, a row per observation
create macro geteld_per_tijd(waarnemingen) as table (
    select groep, tijd, gebeurtenis, aantal(celsleutel) as telling
    from query_table(waarnemingen)
    group by all
);

create macro overleving_per_dag(waarnemingen) as table (
    with
    tijden as (
        from geteld_per_tijd(waarnemingen)
    )
    from overleving_uit('tijden')
);

-- The smallest day with S at most the share, with a tolerance of 1e-9; null when S never gets there.
create macro overleving_kwantiel(dag, overleving, aandeel) as
    min(dag) filter (where overleving <= aandeel + 1e-9);

-- tijden: as of overleving_uit
-- grain: groep; p25, mediaan and p75 in days (S at most 0.75, 0.50 and 0.25)
create macro duren_uit(tijden) as table (
    with
    grootte as (
        select groep, getoond(sum(telling)) as noemer
        from query_table(tijden)
        group by groep
    )
    select
        groep,
        kwantiel_getoond(overleving_kwantiel(dag, overleving, 0.75), any_value(noemer)) as p25,
        kwantiel_getoond(overleving_kwantiel(dag, overleving, 0.50), any_value(noemer)) as mediaan,
        kwantiel_getoond(overleving_kwantiel(dag, overleving, 0.25), any_value(noemer)) as p75
    from overleving_uit(tijden)
    join grootte using (groep)
    group by groep
);

create macro duren(waarnemingen) as table (
    with
    tijden as (
        from geteld_per_tijd(waarnemingen)
    )
    from duren_uit('tijden')
);
