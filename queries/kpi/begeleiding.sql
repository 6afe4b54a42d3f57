-- Maatschappelijke begeleiding: the periods, and the KPIs on them.

-- grain: period x stretch: while it runs, and from its end on
-- beoordeeld_vanaf: 31 days after the norm; never for who left before that day and has no end
-- klok: from the start to the end, or to the departure while it runs; gebeurtenis: an end that is no move
create table begeleiding_stand as
    with
    perioden as (
        select
            persoon.* exclude (id, celsleutel),
            persoon.celsleutel as celsleutel_persoon,
            persoon.id || '|' || datum_start as id,
            regimes.*,
            datum_start,
            datum_einde as einde,
            begeleiding.reden_einde as reden,
            keerpunten([datum_einde], greatest(van, datum_start), tot) as dagen
        from begeleiding
        join persoon using (inburgeraar_id)
        asof join regimes on coalesce(nullif(huisvesting, date 'infinity'), datum_start) >= regime_vanaf
    )
    select
        * exclude (einde, reden),
        celsleutel_van('periode', id) as celsleutel,
        bekend(einde, van) as datum_einde,
        case when datum_einde is not null then reden end as reden_einde,
        datum_einde is not null as beeindigd,
        datum_start + norm_dagen + 31 as oordeel_op,
        if(beeindigd or vertrek >= oordeel_op, oordeel_op, date 'infinity') as beoordeeld_vanaf,
        not beeindigd or datum_einde - datum_start > norm_dagen + 30 as over_norm,
        datum_start as klok_van,
        coalesce(datum_einde, vertrek) as klok_tot,
        beeindigd and reden_einde <> 'Verhuisd' as gebeurtenis
    from stukken('perioden');

create view waarneming_begeleiding as
    select
        'begeleiding_dekking' as indicator, nummer, greatest(van, huisvesting + 30) as van, tot,
        huisvesting + 30 as instroom, min(datum_start) as telt_vanaf
    from persoon
    left join begeleiding using (inburgeraar_id)
    where doelgroep = 'Asielstatushouder' and wet = 'WI2021' and vertrek >= huisvesting + 30
    group by all

    union all by name
    select
        'begeleiding_mediaan' as indicator, nummer, id, celsleutel, van, tot,
        altijd_als(gebeurtenis) as telt_vanaf, klok_van, klok_tot, gebeurtenis
    from begeleiding_stand
    where regimegroep = '{groep_nu}'

    union all by name
    select
        'begeleiding_over_norm' as indicator, nummer, id, celsleutel, greatest(van, beoordeeld_vanaf) as van, tot,
        beoordeeld_vanaf as instroom, altijd_als(over_norm) as telt_vanaf
    from begeleiding_stand

    union all by name
    select
        'begeleiding_vroeg_afgerond' as indicator, nummer, id, celsleutel, van, tot,
        datum_einde as instroom, altijd_als(datum_einde - datum_start < norm_dagen - 30) as telt_vanaf
    from begeleiding_stand
    where regimegroep = '{groep_nu}' and reden_einde = 'Afgerond';
