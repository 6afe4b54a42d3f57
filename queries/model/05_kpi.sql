-- The KPIs in numbers: sums over the observations that queries/kpi/ defines.

-- The name of a KPI, compared and grouped as a number.
create type indicatornaam as enum (select indicator from indicator order by volgorde);

-- geteld: name of a relation with groep, indicator, teller and noemer (counts); tijden: one with groep, indicator, tijd,
-- gebeurtenis and telling (of the medians: their observations as counts); groepen: one with groep, every group that must
-- have its rows
-- grain: groep x indicator, all indicators always, in the order of indicators.toml
-- waarde: fraction (aandeel), persons (aantal), months or days (median); of a median noemer = observations and
-- teller = events; ci_laag and ci_hoog: Wilson 95%, shares only
create macro kpi_uit(geteld, tijden, groepen) as table (
    with
    tijden_per_indicator as (
        select struct_pack(groep := groep, indicator := indicator) as groep, tijd, gebeurtenis, telling
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
        left join duren_uit('tijden_per_indicator') as duur
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

-- geteld: name of a relation with groep, indicator, telt, tijd (null without a clock), gebeurtenis and telling: how many
-- observations are the same in these; the rest as of kpi_uit
create macro kpi_per_groep(geteld, groepen) as table (
    with
    sommen as (
        select groep, indicator, coalesce(sum(telling) filter (where telt), 0) as teller, sum(telling) as noemer
        from query_table(geteld)
        group by groep, indicator
    ),
    tijden as (
        select groep, indicator, tijd, gebeurtenis, sum(telling) as telling
        from query_table(geteld)
        where tijd is not null
        group by all
    )
    from kpi_uit('sommen', 'tijden', groepen)
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
    from indicator
    join met_aandeel('geteld') using (indicator)
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

-- geteld: name of a relation with doelgroep, cohort, teller and noemer (counts as they are shown)
-- grain: a figure that was published of the nation about the indicator, with the selection beside it
create macro naast_landelijk(geteld, welke, dag) as table (
    select
        landelijk.doelgroep, landelijk.cohort::bigint as cohort, stand,
        coalesce(hier.teller, 0) as teller, coalesce(hier.noemer, 0) as noemer, hier.waarde, ci_laag, ci_hoog,
        landelijk.teller::bigint as landelijk_teller, landelijk.noemer::bigint as landelijk_noemer,
        soort as landelijk_soort, landelijk.waarde::double as landelijk_waarde, bron, volgorde
    from landelijk
    left join met_aandeel(geteld) as hier using (doelgroep, cohort)
    where indicator = welke and stand = dag
);
