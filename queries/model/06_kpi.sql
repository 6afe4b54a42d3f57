-- The KPIs: each is defined once, as the observations that it counts. Every figure, per city, area, stand or quarter of
-- entry, is a sum of these.

-- grain: stand x indicator x observation (a person or a period in the noemer)
-- instroom: the date on which it entered the noemer (shares); telt: counted in the teller
-- uitkomst_op: the date of an outcome that may come after entry; null when it did not come, or is settled at entry
-- tijd (days) and gebeurtenis: the observation for Kaplan-Meier (medians)
-- celsleutel: what the observation adds to a count
-- wijkteam: of residence; for the handover indicators the receiving one
create macro waarnemingen(standen, selectie) as table (
    with
    persoon as materialized (
        from personen(standen, selectie)
    ),
    begeleidingsperiode as materialized (
        from begeleidingen(standen, selectie)
    ),
    plan as materialized (
        from pips(standen, selectie)
    ),
    ontzorgd as materialized (
        from ontzorgingen(standen, selectie)
    ),
    overgang as materialized (
        from overdrachten(standen, selectie)
    ),
    eerste_begeleiding as (
        select stand, inburgeraar_id, min(datum_start) as datum_start
        from begeleidingsperiode
        group by stand, inburgeraar_id
    ),
    statushouder as (
        select
            persoon.stand,
            persoon.celsleutel,
            persoon.stadsdeel,
            persoon.wijkteam,
            persoon.datum_huisvesting + 30 as instroom,
            eerste_begeleiding.datum_start as begeleid_vanaf
        from persoon
        left join eerste_begeleiding
            on eerste_begeleiding.inburgeraar_id = persoon.inburgeraar_id
            and eerste_begeleiding.stand = persoon.stand
        where persoon.doelgroep = 'Asielstatushouder'
            and persoon.wet = 'WI2021'
            and persoon.datum_huisvesting + 30 <= persoon.stand
            and coalesce(persoon.vertrokken_op >= persoon.datum_huisvesting + 30, true)
    ),
    aangemeld as (
        select
            persoon.stand,
            persoon.celsleutel,
            persoon.stadsdeel,
            persoon.wijkteam,
            persoon.datum_kennisgeving as instroom,
            case when intake.datum_start <= persoon.stand then intake.datum_start end as intake_op
        from persoon
        left join intake on intake.inburgeraar_id = persoon.inburgeraar_id
        where persoon.wet = 'WI2021' and persoon.datum_kennisgeving is not null
    )
    select
        stand, 'begeleiding_dekking' as indicator, celsleutel, stadsdeel, wijkteam, instroom,
        begeleid_vanaf is not null as telt, begeleid_vanaf as uitkomst_op,
        null::integer as tijd, null::boolean as gebeurtenis
    from statushouder

    union all by name
    select stand, 'begeleiding_mediaan' as indicator, celsleutel, stadsdeel, wijkteam, gebeurtenis as telt, tijd, gebeurtenis
    from begeleidingsperiode
    where regime <> '24 maanden'

    union all by name
    select
        stand, 'begeleiding_over_norm' as indicator, celsleutel, stadsdeel, wijkteam,
        datum_start + norm_dagen + 31 as instroom, over_norm as telt
    from begeleidingsperiode
    where norm_te_beoordelen

    union all by name
    select
        stand, 'begeleiding_vroeg_afgerond' as indicator, celsleutel, stadsdeel, wijkteam,
        datum_einde as instroom, duur_dagen < norm_dagen - 30 as telt
    from begeleidingsperiode
    where regime <> '24 maanden' and reden_einde = 'Afgerond'

    union all by name
    select
        stand, 'intake_gestart' as indicator, celsleutel, stadsdeel, wijkteam, instroom,
        intake_op is not null as telt, intake_op as uitkomst_op
    from aangemeld

    union all by name
    select
        stand, 'pip_tijdig' as indicator, celsleutel, stadsdeel, wijkteam,
        uiterste_datum + 1 as instroom, pip_status = 'Op tijd' as telt
    from plan
    where pip_status in ('Op tijd', 'PIP te laat', 'Termijn verstreken zonder PIP') and uiterste_datum < stand

    union all by name
    select stand, 'pip_zonder' as indicator, celsleutel, stadsdeel, wijkteam, eerste_pip is null as telt
    from plan
    where actief

    union all by name
    select
        stand, 'pip_over_termijn' as indicator, celsleutel, stadsdeel, wijkteam,
        pip_status = 'Termijn verstreken zonder PIP' as telt
    from plan
    where actief and eerste_pip is null

    union all by name
    select
        stand, 'pip_mediaan_dagen' as indicator, celsleutel, stadsdeel, wijkteam, gebeurtenis as telt, tijd, gebeurtenis
    from plan
    where start_termijn is not null and not vorige_gemeente

    union all by name
    select
        stand, indicator, celsleutel, stadsdeel, wijkteam, eerste_pip as instroom, leerroute = route as telt
    from plan
    cross join (values ('leerroute_b', 'B'), ('leerroute_o', 'O'), ('leerroute_z', 'Z')) as routes (indicator, route)
    where actief and eerste_pip is not null

    union all by name
    select
        stand, 'ontzorging_dekking' as indicator, celsleutel, stadsdeel, wijkteam, recht_vanaf + 30 as instroom, gestart as telt,
        datum_start as uitkomst_op
    from ontzorgd
    where recht_vanaf + 30 <= stand

    union all by name
    select stand, 'ontzorging_zonder' as indicator, celsleutel, stadsdeel, wijkteam, not gestart as telt
    from ontzorgd
    where actief and recht_tot is null

    union all by name
    select
        stand, 'ontzorging_lang_zonder' as indicator, celsleutel, stadsdeel, wijkteam, recht_vanaf + 30 <= stand as telt
    from ontzorgd
    where actief and recht_tot is null and not gestart

    union all by name
    select
        stand, 'ontzorging_volledig' as indicator, celsleutel, stadsdeel, wijkteam, beoordeeld_op as instroom,
        ontzorging_status in ('Voltooid', 'Lopend') as telt
    from ontzorgd
    where coalesce(recht_tot >= recht_zes_maanden, true)
        and coalesce(vertrokken_op >= recht_zes_maanden, true)
        and beoordeeld_op <= stand

    union all by name
    select
        stand, 'ontzorging_mediaan_dagen' as indicator, celsleutel, stadsdeel, wijkteam, gestart as telt,
        greatest(0, coalesce(datum_start, least(stand, recht_tot, vertrokken_op)) - recht_vanaf) as tijd,
        gestart as gebeurtenis
    from ontzorgd

    union all by name
    select
        stand, 'ontzorging_gesprek' as indicator, celsleutel, stadsdeel, wijkteam, datum_start as instroom,
        gesprekken_budgetcoach >= 1 as telt
    from ontzorgd
    where gestart

    union all by name
    select
        stand, 'overdracht_gedaan' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam,
        datum_einde + 30 as instroom, overdracht_status = 'Overgedragen' as telt, datum_overdracht as uitkomst_op
    from overgang
    where overdracht_status <> 'Vertrokken' and datum_einde + 30 <= stand

    union all by name
    select stand, 'overdracht_open' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam, open as telt
    from overgang
    where overdracht_status <> 'Vertrokken'

    union all by name
    select
        stand, 'overdracht_lang_open' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam,
        stand - datum_einde > 90 as telt
    from overgang
    where open

    union all by name
    select
        stand, 'overdracht_driegesprek' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam,
        datum_overdracht as instroom, vorm = 'Driegesprek' as telt
    from overgang
    where overdracht_status = 'Overgedragen' and begeleidingsbehoefte

    union all by name
    select
        stand, 'overdracht_mediaan_dagen' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam,
        gebeurtenis as telt, tijd, gebeurtenis
    from overgang
    where overdracht_status <> 'Vertrokken'

    union all by name
    select
        stand, 'overdracht_bezoek_vooraf' as indicator, celsleutel, stadsdeel, overdracht_wijkteam as wijkteam,
        datum_einde as instroom, coalesce(datum_wijkteambezoek <= datum_einde, false) as telt
    from overgang
    where overdracht_status <> 'Vertrokken' and geregistreerd
);

-- Like with like: the entrants of the shares of whom the follow-up of the indicator has passed at peildatum, each judged at
-- its end. The follow-up (volgtijd, days) stands in indicators.toml; a share without it has no rows.
-- gevolgd_tot: the day on which the follow-up ended; telt: counted in the teller on that day
create macro ingestroomd(peildatum, selectie) as table (
    with
    gevolgd as (
        select waarneming.*, waarneming.instroom + indicator.volgtijd::integer as gevolgd_tot
        from waarnemingen([peildatum], selectie) as waarneming
        join indicator on indicator.indicator = waarneming.indicator
    )
    select indicator, celsleutel, instroom, gevolgd_tot, telt and coalesce(uitkomst_op <= gevolgd_tot, true) as telt
    from gevolgd
    where gevolgd_tot <= peildatum
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
    select
        indicator.volgorde,
        geteld.indicator,
        kwartaal,
        teller,
        noemer,
        aandeel(teller, noemer) as waarde,
        wilson_laag(teller, noemer, z95()) as ci_laag,
        wilson_hoog(teller, noemer, z95()) as ci_hoog
    from geteld
    join indicator on indicator.indicator = geteld.indicator
);

-- groepen: name of a relation with one column groep: every group that must have its rows
-- waarneming: name of a relation with groep and the columns of waarnemingen
-- grain: groep x indicator, all indicators always, in the order of indicators.toml
-- waarde: fraction (aandeel), persons (aantal), months or days (median); of a median noemer = observations and
-- teller = events; ci_laag and ci_hoog: Wilson 95%, shares only
create macro kpi_per_groep(waarneming, groepen) as table (
    with
    geteld as (
        select groep, indicator, aantal_als(celsleutel, telt) as teller, aantal(celsleutel) as noemer
        from query_table(waarneming)
        group by groep, indicator
    ),
    tijden as (
        select struct_pack(groep := groep, indicator := indicator) as groep, tijd, gebeurtenis, celsleutel
        from query_table(waarneming)
        where tijd is not null
    ),
    medianen as (
        select groep.groep as groep, groep.indicator as indicator, mediaan
        from duren('tijden')
    ),
    ingevuld as (
        select
            g.groep,
            i.volgorde,
            i.indicator,
            i.eenheid,
            case
                when i.eenheid in ('aandeel', 'aantal') then getoond(coalesce(geteld.teller, 0))
                else getoond_bij_mediaan(coalesce(geteld.teller, 0))
            end as teller,
            case
                when i.eenheid in ('aandeel', 'aantal') then getoond(coalesce(geteld.noemer, 0))
                else getoond_bij_mediaan(coalesce(geteld.noemer, 0))
            end as noemer,
            medianen.mediaan
        from query_table(groepen) as g
        cross join indicator as i
        left join geteld on geteld.groep = g.groep and geteld.indicator = i.indicator
        left join medianen on medianen.groep = g.groep and medianen.indicator = i.indicator
    )
    select
        groep,
        volgorde,
        indicator,
        teller,
        noemer,
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
