-- The handover to the wijkteams: where its population stands, and the KPIs on it.

-- grain: person whose begeleiding ended as Afgerond since 2022 x stretch
-- geteld_bij: the receiving wijkteam; klok: from the end of begeleiding to the handover
create table overdracht_stand as
    with
    afgerond as (
        select inburgeraar_id, list(datum_einde) as einden
        from begeleiding
        where reden_einde = 'Afgerond' and datum_einde >= date '2022-01-01'
        group by inburgeraar_id
    ),
    populatie as (
        select
            persoon.*,
            einden,
            coalesce(overdracht.wijkteam, persoon.wijkteam) as geteld_bij,
            overdracht.inburgeraar_id is not null as geregistreerd,
            overdracht.* exclude (inburgeraar_id, wijkteam, datum_overdracht, vorm),
            overdracht.datum_overdracht as overgedragen_op,
            overdracht.vorm as soort,
            keerpunten(einden || [overgedragen_op, vertrek], greatest(van, list_min(einden)), tot) as dagen
        from afgerond
        join persoon using (inburgeraar_id)
        left join overdracht using (inburgeraar_id)
    ),
    gezien as (
        select
            * exclude (einden, overgedragen_op, soort) replace (
                -- Afgerond only later: planned when a planned date is known, else not registered.
                case
                    when status = 'Afgerond' and overgedragen_op > van
                    then case when datum_gepland is not null then 'Gepland' end
                    else status
                end as status
            ),
            list_max(list_filter(einden, lambda dag: dag <= van)) as datum_einde,
            bekend(overgedragen_op, van) as datum_overdracht,
            case when overgedragen_op <= van then soort end as vorm
        from stukken('populatie')
    )
    select
        *,
        case
            when status = 'Afgerond' then 'Overgedragen'
            when status = 'Vertrokken' or vertrek <= van then 'Vertrokken'
            when status in ('Gepland', 'Niet bereikt', 'Afgezien') then status
            else 'Geen overdracht geregistreerd'
        end as overdracht_status,
        overdracht_status in ('Gepland', 'Niet bereikt', 'Geen overdracht geregistreerd') as open,
        datum_einde as klok_van,
        of_nooit(datum_overdracht) as klok_tot,
        overdracht_status = 'Overgedragen' as gebeurtenis
    from gezien;

create view waarneming_overdracht as
    select
        'overdracht_gedaan' as indicator, nummer, geteld_bij, greatest(van, datum_einde + 30) as van, tot,
        datum_einde + 30 as instroom, datum_overdracht as telt_vanaf
    from overdracht_stand
    where overdracht_status <> 'Vertrokken'

    union all by name
    select 'overdracht_open' as indicator, nummer, geteld_bij, van, tot, altijd_als(open) as telt_vanaf
    from overdracht_stand
    where overdracht_status <> 'Vertrokken'

    union all by name
    select 'overdracht_lang_open' as indicator, nummer, geteld_bij, van, tot, datum_einde + 91 as telt_vanaf
    from overdracht_stand
    where open

    union all by name
    select
        'overdracht_driegesprek' as indicator, nummer, geteld_bij, van, tot,
        datum_overdracht as instroom, altijd_als(vorm = 'Driegesprek') as telt_vanaf
    from overdracht_stand
    where overdracht_status = 'Overgedragen' and begeleidingsbehoefte

    union all by name
    select
        'overdracht_mediaan_dagen' as indicator, nummer, geteld_bij, van, tot,
        altijd_als(gebeurtenis) as telt_vanaf, klok_van, klok_tot, gebeurtenis
    from overdracht_stand
    where overdracht_status <> 'Vertrokken'

    union all by name
    select
        'overdracht_bezoek_vooraf' as indicator, nummer, geteld_bij, van, tot,
        datum_einde as instroom, altijd_als(datum_wijkteambezoek <= datum_einde) as telt_vanaf
    from overdracht_stand
    where overdracht_status <> 'Vertrokken' and geregistreerd;
