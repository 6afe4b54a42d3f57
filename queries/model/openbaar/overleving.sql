-- The curve in the view `openbaar`.

-- grain: groep of 50 or more (rounded) x whole month, from month 0 until fewer than 10 (rounded) are still followed
-- dag: the month's day; overleving: a share like any other: of the rounded noemer, the part that is left when the
-- expected number of events up to that month, noemer x (1 - S), is rounded to the base. One draw serves the whole curve,
-- so that it cannot rise. Percents of the exact curve would give the events away: at 50 persons 98% is one person.
create macro overleving(waarnemingen) as table (
    with
    per_record as (
        select groep, tijd, celsleutel
        from query_table(waarnemingen)
    ),
    grootte as (
        select groep, aantal(celsleutel) as telling
        from per_record
        group by groep
    ),
    maanden_lang as (
        select maand, round(maand * 30.4375)::bigint as dag
        from range(0, 241) as reeks (maand)
    ),
    gevolgd as (
        select per_record.groep, maanden_lang.dag, afgerond(aantal(per_record.celsleutel)) as nog_gevolgd
        from per_record
        join maanden_lang on per_record.tijd >= maanden_lang.dag
        group by per_record.groep, maanden_lang.dag
    ),
    te_volgen as (
        select groep, dag
        from gevolgd
        qualify bool_and(nog_gevolgd >= 10) over (partition by groep order by dag)
    ),
    geschat as (
        select te_volgen.groep, te_volgen.dag, min(exact.overleving) as overleving
        from te_volgen
        join overleving_per_dag(waarnemingen) as exact
            on exact.groep = te_volgen.groep and exact.dag <= te_volgen.dag
        group by te_volgen.groep, te_volgen.dag
    ),
    gerond as (
        select
            geschat.groep,
            geschat.dag,
            afgerond(telling) as noemer,
            (
                basis() * floor(
                    aantal_in(telling)::double * (1 - overleving) / basis()
                    + sleutel_van('curve|' || sleutel_in(telling)::varchar)::double / 18446744073709551616.0
                )
            )::bigint as voorbij
        from geschat
        join grootte on grootte.groep = geschat.groep
        where genoeg(afgerond(telling))
    )
    select
        groep,
        dag,
        null::bigint as in_risico,
        null::bigint as gebeurtenissen,
        null::bigint as gecensureerd,
        case when dag = 0 and genoeg(noemer) and voorbij = 0 then 1.0 else aandeel(noemer - voorbij, noemer) end
            as overleving
    from gerond
);
