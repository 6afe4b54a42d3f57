-- The handover in numbers, once, for the city and for every wijkteam.

-- overgangen: name of a relation with groep, wacht (days since the end of begeleiding) and the columns of
-- op('overdracht_stand', peildatum)
-- grain: groep with a population
-- populatie and the statuses (overgedragen to vertrokken, which add up to it): persons; driegesprek: of overgedragen
-- mediaan_dagen: Kaplan-Meier, days from the end of begeleiding to the handover, null while not reached
-- open_*: persons who wait, by days since the end of begeleiding
create macro overdracht_per_groep(overgangen) as table (
    with
    observaties as (
        from query_table(overgangen)
        where overdracht_status <> 'Vertrokken'
    )
    select
        groep,
        getoond(aantal(celsleutel)) as populatie,
        getoond(aantal_als(celsleutel, overdracht_status = 'Overgedragen')) as overgedragen,
        getoond(aantal_als(celsleutel, overdracht_status = 'Gepland')) as gepland,
        getoond(aantal_als(celsleutel, overdracht_status = 'Niet bereikt')) as niet_bereikt,
        getoond(aantal_als(celsleutel, overdracht_status = 'Afgezien')) as afgezien,
        getoond(aantal_als(celsleutel, overdracht_status = 'Geen overdracht geregistreerd')) as geen_registratie,
        getoond(aantal_als(celsleutel, overdracht_status = 'Vertrokken')) as vertrokken,
        getoond(aantal_als(celsleutel, overdracht_status = 'Overgedragen' and vorm = 'Driegesprek')) as driegesprek,
        in_dagen(any_value(mediaan)) as mediaan_dagen,
        getoond(aantal_als(celsleutel, open and wacht <= 30)) as open_0_30,
        getoond(aantal_als(celsleutel, open and wacht between 31 and 90)) as open_31_90,
        getoond(aantal_als(celsleutel, open and wacht > 90)) as open_90_plus
    from query_table(overgangen)
    left join duren('observaties') using (groep)
    group by groep
);
