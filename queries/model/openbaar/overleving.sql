-- The curve in the view `openbaar`.

-- grain: groep of 50 or more (rounded) x whole month, from month 0 until fewer than 10 (rounded) are still followed
-- dag: the month's day; overleving: a share like any other: of the rounded noemer, the part that is left when the
-- expected number of events up to that month, noemer x (1 - S), is rounded to the base. One draw serves the whole curve,
-- so that it cannot rise. Percents of the exact curve would give the events away: at 50 persons 98% is one person.
create macro overleving(waarnemingen) as table (
    with
    grootte as (
        select groep, aantal(celsleutel) as telling, afgerond(telling) as noemer
        from query_table(waarnemingen)
        group by groep
    ),
    te_volgen as (
        select groep, dag
        from query_table(waarnemingen)
        join (select round(unnest(range(0, 241)) * 30.4375)::bigint as dag) on tijd >= dag
        group by groep, dag
        qualify bool_and(afgerond(aantal(celsleutel)) >= 10) over (partition by groep order by dag)
    ),
    geschat as (
        select groep, te_volgen.dag, min(exact.overleving) as overleving
        from te_volgen
        join overleving_per_dag(waarnemingen) as exact using (groep)
        where exact.dag <= te_volgen.dag
        group by groep, te_volgen.dag
    ),
    gerond as (
        select
            groep,
            dag,
            noemer,
            (
                basis() * floor(
                    aantal_in(telling)::double * (1 - overleving) / basis()
                    + sleutel_van('curve|' || sleutel_in(telling)::varchar)::double / 18446744073709551616.0
                )
            )::bigint as voorbij
        from geschat
        join grootte using (groep)
        where genoeg(noemer)
    )
    select
        groep,
        dag,
        null::bigint as in_risico,
        null::bigint as gebeurtenissen,
        null::bigint as gecensureerd,
        case when dag = 0 and voorbij = 0 then 1.0 else aandeel(noemer - voorbij, noemer) end as overleving
    from gerond
);
