-- Stock and flow per month (per quarter in `openbaar`) of periods that have started.

-- perioden: name of a relation with celsleutel, datum_start and datum_einde (empty: still running), both up to the peildatum
-- grain: month from the first start to the peildatum's month, without gaps
create macro voorraad(perioden, peildatum) as table (
    with
    maanden as (
        select unnest(generate_series(
            eerste_van_stap(min(datum_start))::timestamp, eerste_van_stap(peildatum)::timestamp, to_months(stap())
        ))::date as maand
        from query_table(perioden)
    ),
    begonnen as (
        select eerste_van_stap(datum_start) as maand, aantal(celsleutel) as aantal
        from query_table(perioden)
        group by all
    ),
    geeindigd as (
        select eerste_van_stap(datum_einde) as maand, aantal(celsleutel) as aantal
        from query_table(perioden)
        where datum_einde is not null
        group by all
    ),
    stroom as (
        select maand, coalesce(begonnen.aantal, 0) as gestart, coalesce(geeindigd.aantal, 0) as beeindigd
        from maanden
        left join begonnen using (maand)
        left join geeindigd using (maand)
    )
    select
        maand,
        getoond(gestart) as gestart,
        getoond(beeindigd) as beeindigd,
        getoond(sum(stroom.gestart - stroom.beeindigd) over (order by maand)) as lopend
    from stroom
);
