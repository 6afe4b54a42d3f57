-- Stock and flow per month of periods that have started.

-- perioden: name of a relation with celsleutel, datum_start and datum_einde (empty: still running), both up to the stand
-- grain: month from the first start to the stand's month, without gaps
create macro voorraad(perioden, stand) as table (
    with
    kalender as (
        select maand
        from maanden((select min(datum_start) from query_table(perioden)), stand)
    ),
    begonnen as (
        select eerste_van_maand(datum_start) as maand, aantal(celsleutel) as aantal
        from query_table(perioden)
        group by all
    ),
    geeindigd as (
        select eerste_van_maand(datum_einde) as maand, aantal(celsleutel) as aantal
        from query_table(perioden)
        where datum_einde is not null
        group by all
    ),
    stroom as (
        select
            kalender.maand,
            coalesce(begonnen.aantal, 0) as gestart,
            coalesce(geeindigd.aantal, 0) as beeindigd
        from kalender
        left join begonnen on begonnen.maand = kalender.maand
        left join geeindigd on geeindigd.maand = kalender.maand
    )
    select
        maand,
        getoond(gestart) as gestart,
        getoond(beeindigd) as beeindigd,
        getoond(sum(stroom.gestart - stroom.beeindigd) over (order by maand)) as lopend
    from stroom
);
