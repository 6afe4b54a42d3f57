-- Financieel ontzorgen: where its target group stands, and the KPIs on it.

-- grain: person of the target group x stretch, from the day on which he has the right and is in beeld
-- recht_zes_maanden, beoordeeld_op: the last day of the six months that the right must have run, and of those judged
-- klok: from the right to the start, or to the end of the right or the departure while there is none
create table ontzorging_stand as
    with
    rechten as (
        -- The whole row, because min_by passes over rows whose first argument is null.
        select inburgeraar_id, min_by(uitkering, datum_start) as recht
        from uitkering
        group by inburgeraar_id
    ),
    doelgroep as (
        select
            persoon.*,
            recht.datum_start as recht_vanaf,
            of_nooit(recht.datum_einde) as einde_recht,
            ontzorging.inburgeraar_id is not null as geregistreerd,
            ontzorging.* exclude (inburgeraar_id, datum_start, datum_einde, reden_einde),
            of_nooit(ontzorging.datum_start) as begin,
            of_nooit(ontzorging.datum_einde) as einde,
            ontzorging.reden_einde as reden,
            keerpunten([begin, einde, einde_recht, uitstroom], greatest(van, in_beeld, recht_vanaf), tot) as dagen
        from rechten
        join persoon using (inburgeraar_id)
        left join ontzorging using (inburgeraar_id)
        where wet = 'WI2021' and verblijfsrecht = 'asiel'
    )
    select
        * exclude (einde_recht, einde, reden),
        uitstroom > van as actief,
        bekend(einde_recht, van) as recht_tot,
        bekend(begin, van) as datum_start,
        bekend(einde, van) as datum_einde,
        case when datum_einde is not null then reden end as reden_einde,
        datum_start is not null as gestart,
        plus_maanden(recht_vanaf, 6) - 1 as recht_zes_maanden,
        plus_maanden(greatest(recht_vanaf, datum_start), 6) - 1 as beoordeeld_op,
        case
            when not geregistreerd then 'Geen registratie'
            when datum_start is null then 'Niet gestart'
            when datum_einde is null then 'Lopend'
            when datum_einde >= plus_maanden(datum_start, 6) - 1 then 'Voltooid'
            else 'Voortijdig beëindigd'
        end as ontzorging_status,
        recht_vanaf as klok_van,
        coalesce(datum_start, least(einde_recht, vertrek)) as klok_tot,
        gestart as gebeurtenis
    from stukken('doelgroep');

create view waarneming_ontzorging as
    select
        'ontzorging_dekking' as indicator, nummer, greatest(van, recht_vanaf + 30) as van, tot,
        recht_vanaf + 30 as instroom, begin as telt_vanaf
    from ontzorging_stand

    union all by name
    select 'ontzorging_zonder' as indicator, nummer, van, tot, altijd_als(not gestart) as telt_vanaf
    from ontzorging_stand
    where actief and recht_tot is null

    union all by name
    select 'ontzorging_lang_zonder' as indicator, nummer, van, tot, recht_vanaf + 30 as telt_vanaf
    from ontzorging_stand
    where actief and recht_tot is null and not gestart

    union all by name
    select
        'ontzorging_volledig' as indicator, nummer, greatest(van, beoordeeld_op) as van, tot,
        beoordeeld_op as instroom, altijd_als(ontzorging_status in ('Voltooid', 'Lopend')) as telt_vanaf
    from ontzorging_stand
    where coalesce(recht_tot >= recht_zes_maanden, true) and vertrek >= recht_zes_maanden

    union all by name
    select
        'ontzorging_mediaan_dagen' as indicator, nummer, van, tot,
        altijd_als(gebeurtenis) as telt_vanaf, klok_van, klok_tot, gebeurtenis
    from ontzorging_stand

    union all by name
    select
        'ontzorging_gesprek' as indicator, nummer, van, tot,
        datum_start as instroom, altijd_als(gesprekken_budgetcoach >= 1) as telt_vanaf
    from ontzorging_stand
    where gestart;
