-- The KPIs in numbers: sums over the observations that queries/kpi/ defines.

-- geteld: name of a relation with groep, indicator, teller and noemer (counts); tijden: one with groep, indicator, tijd,
-- gebeurtenis and celsleutel (the observations of medians); groepen: one with groep, every group that must have its rows
-- grain: groep x indicator, all indicators always, in the order of indicators.toml
-- waarde: fraction (aandeel), persons (aantal), months or days (median); of a median noemer = observations and
-- teller = events; ci_laag and ci_hoog: Wilson 95%, shares only
create macro kpi_uit(geteld, tijden, groepen) as table (
    with
    tijden_per_indicator as (
        select struct_pack(groep := groep, indicator := indicator) as groep, tijd, gebeurtenis, celsleutel
        from query_table(tijden)
    ),
    ingevuld as (
        select
            alle.groep,
            indicator.*,
            getoond_bij(eenheid, coalesce(telling.teller, 0)) as teller,
            getoond_bij(eenheid, coalesce(telling.noemer, 0)) as noemer,
            duur.mediaan
        from query_table(groepen) as alle
        cross join indicator
        left join query_table(geteld) as telling
            on telling.groep = alle.groep and telling.indicator = indicator.indicator
        left join duren('tijden_per_indicator') as duur
            on duur.groep.groep = alle.groep and duur.groep.indicator = indicator.indicator
    )
    select
        * exclude (mediaan),
        case eenheid
            when 'aandeel' then aandeel(teller, noemer)
            when 'aantal' then teller::double
            when 'maanden' then in_maanden(mediaan)
            when 'dagen' then in_dagen(mediaan)::double
        end as waarde,
        case when eenheid = 'aandeel' then wilson_laag(teller, noemer, z95()) end as ci_laag,
        case when eenheid = 'aandeel' then wilson_hoog(teller, noemer, z95()) end as ci_hoog
    from ingevuld
);

-- waarneming: name of a relation with groep and the columns of waarnemingen(); the rest as of kpi_uit
create macro kpi_per_groep(waarneming, groepen) as table (
    with
    tellingen as (
        select groep, indicator, aantal_als(celsleutel, telt) as teller, aantal(celsleutel) as noemer
        from query_table(waarneming)
        group by groep, indicator
    ),
    observaties as (
        from query_table(waarneming)
        where klok_van is not null
    )
    from kpi_uit('tellingen', 'observaties', groepen)
);

-- entrants: name of a relation with indicator, instroom, telt and celsleutel
-- grain: indicator x quarter of entry with a noemer; kwartaal: its first day; waarde: fraction; ci_laag, ci_hoog: Wilson 95%
create macro kpi_per_kwartaal(entrants) as table (
    with
    geteld as (
        select
            indicator,
            eerste_van_kwartaal(instroom) as kwartaal,
            getoond(aantal_als(celsleutel, telt)) as teller,
            getoond(aantal(celsleutel)) as noemer
        from query_table(entrants)
        where instroom is not null
        group by indicator, kwartaal
    )
    select *
    from met_aandeel('geteld')
    join indicator using (indicator)
);

-- waarneming: name of a relation with indicator, nu (of the one side; else of the other), telt and celsleutel
-- grain: one row per share, all shares always; verschil: waarde - eerder_waarde, with its interval (Newcombe)
-- oordeel: hoger, lager, binnen toeval (the interval holds 0), or geen oordeel (either noemer under 10)
create macro kpi_vergeleken(waarneming, z) as table (
    with
    sommen as (
        select
            indicator,
            aantal_als(celsleutel, nu and telt) as teller,
            aantal_als(celsleutel, nu) as noemer,
            aantal_als(celsleutel, not nu and telt) as eerder_teller,
            aantal_als(celsleutel, not nu) as eerder_noemer
        from query_table(waarneming)
        group by indicator
    ),
    alle as (
        select volgorde, indicator, coalesce(columns(sommen.* exclude (indicator)), 0)
        from indicator
        left join sommen using (indicator)
        where eenheid = 'aandeel'
    )
    from met_verschil('alle', z)
);
