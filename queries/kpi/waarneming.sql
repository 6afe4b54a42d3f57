-- What every KPI counts: each figure, per city, area, peildatum or quarter of entry, is a sum over this one table.

-- grain: indicator x person or period x stretch [van, tot) in which it is in the noemer
-- telt_vanaf: in the teller from this day on; instroom: the date on which it entered the noemer (shares)
-- klok_van, klok_tot and gebeurtenis: the observation for Kaplan-Meier (medians); celsleutel: what it adds to a count
-- wijkteam: of residence; geteld_bij: the same, for the handover the receiving one
create table waarneming as
    with
    alle as (
        from waarneming_begeleiding
        union all by name
        from waarneming_pip
        union all by name
        from waarneming_ontzorging
        union all by name
        from waarneming_overdracht
    )
    select
        indicator::indicatornaam as indicator,
        coalesce(alle.id, persoon.id) as id,
        coalesce(alle.celsleutel, persoon.celsleutel) as celsleutel,
        wet,
        doelgroep,
        stadsdeel,
        wijkteam,
        coalesce(geteld_bij, wijkteam) as geteld_bij,
        cohort,
        huisvesting,
        alle.van,
        alle.tot,
        of_nooit(telt_vanaf) as telt_vanaf,
        instroom,
        klok_van,
        klok_tot,
        gebeurtenis
    from alle
    join persoon using (nummer)
    where alle.van < alle.tot
    order by indicator, stadsdeel, alle.van;

-- tijd: null without a clock
create macro waarnemingen(peildatum) as table (
    select * replace (case when klok_van is not null then tijd end as tijd), telt_vanaf <= peildatum as telt
    from op('waarneming', peildatum)
);

-- Like with like: the entrants of the shares of whom the follow-up of the indicator has passed at the peildatum, each judged at
-- its end. The follow-up (volgtijd, days) stands in indicators.toml; a share without it has no rows.
-- gevolgd_tot: the day on which the follow-up ended; telt: counted in the teller on that day
create macro ingestroomd(peildatum) as table (
    select waarneming.*, instroom + volgtijd::integer as gevolgd_tot, telt_vanaf <= gevolgd_tot as telt
    from op('waarneming', peildatum) as waarneming
    join indicator using (indicator)
    where gevolgd_tot <= peildatum
);
