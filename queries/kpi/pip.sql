-- Intake and PIP: the ten weeks (Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3), and the KPIs on them.

-- grain: person under WI2021 x stretch, from the day on which he is in beeld
-- klok: from start_termijn to the first PIP, or to the uitstroom while there is none; gebeurtenis: a PIP
create table pip_stand as
    with
    plannen as (
        select inburgeraar_id, list(pip order by dagtekening_pip) as plannen, list(dagtekening_pip) as pip_dagen
        from pip
        group by inburgeraar_id
    ),
    dossiers as (
        select
            persoon.*,
            plannen,
            greatest(kennisgeving, inschrijving) as begin,
            keerpunten(list_concat([begin, begin + 71, uitstroom], pip_dagen), greatest(van, in_beeld), tot) as dagen
        from persoon
        left join plannen using (inburgeraar_id)
        where wet = 'WI2021'
    ),
    termijnen as (
        select
            * exclude (plannen, begin),
            uitstroom > van as actief,
            bekend(begin, van) as start_termijn,
            start_termijn + 70 as uiterste_datum,
            list_filter(plannen, lambda plan: plan.dagtekening_pip <= van) as gemaakt,
            gemaakt[1] as eerste,
            gemaakt[-1] as laatste,
            gemaakt[1].dagtekening_pip as eerste_pip,
            coalesce(gemaakt[1].gemeentecode <> '{gemeentecode}', false) as vorige_gemeente
        from stukken('dossiers')
    )
    select
        * exclude (gemaakt, eerste, laatste),
        coalesce(eerste.leerroute, 'Nog geen PIP') as eerste_leerroute,
        coalesce(laatste.leerroute, 'Nog geen PIP') as leerroute,
        coalesce(
            laatste.niveau,
            case when laatste.leerroute in ('B', 'O') then 'B1' when laatste.leerroute = 'Z' then 'A2' end
        ) as niveau,
        case
            when vorige_gemeente then 'Vorige gemeente'
            when eerste_pip is not null and start_termijn is null then 'Termijn onbekend'
            when eerste_pip <= uiterste_datum then 'Op tijd'
            when eerste_pip > uiterste_datum and eerste.uitstel_derden then 'Met uitstel'
            when eerste_pip > uiterste_datum then 'PIP te laat'
            when not actief and (start_termijn is null or uitstroom <= uiterste_datum) then 'Uitgestroomd zonder PIP'
            when start_termijn is null then 'Termijn niet gestart'
            when van > uiterste_datum then 'Termijn verstreken zonder PIP'
            else 'Binnen termijn'
        end as pip_status,
        start_termijn as klok_van,
        coalesce(eerste_pip, uitstroom) as klok_tot,
        eerste_pip is not null as gebeurtenis
    from termijnen;

create view waarneming_pip as
    select
        'intake_gestart' as indicator, nummer, greatest(van, kennisgeving) as van, tot,
        kennisgeving as instroom, datum_start as telt_vanaf
    from persoon
    left join intake using (inburgeraar_id)
    where wet = 'WI2021'

    union all by name
    select
        'pip_tijdig' as indicator, nummer, greatest(van, uiterste_datum + 1) as van, tot,
        uiterste_datum + 1 as instroom, altijd_als(pip_status = 'Op tijd') as telt_vanaf
    from pip_stand
    where pip_status in ('Op tijd', 'PIP te laat', 'Termijn verstreken zonder PIP')

    union all by name
    select 'pip_zonder' as indicator, nummer, van, tot, altijd_als(eerste_pip is null) as telt_vanaf
    from pip_stand
    where actief

    union all by name
    select
        'pip_over_termijn' as indicator, nummer, van, tot,
        altijd_als(pip_status = 'Termijn verstreken zonder PIP') as telt_vanaf
    from pip_stand
    where actief and eerste_pip is null

    union all by name
    select
        'pip_mediaan_dagen' as indicator, nummer, van, tot,
        altijd_als(gebeurtenis) as telt_vanaf, klok_van, klok_tot, gebeurtenis
    from pip_stand
    where start_termijn is not null and not vorige_gemeente

    union all by name
    select indicator, nummer, van, tot, eerste_pip as instroom, altijd_als(leerroute = route) as telt_vanaf
    from pip_stand
    cross join (values ('leerroute_b', 'B'), ('leerroute_o', 'O'), ('leerroute_z', 'Z')) as routes (indicator, route)
    where actief and eerste_pip is not null;
