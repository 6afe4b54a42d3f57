-- The selection: which persons and which requests a question is about.

create type keuze as struct(
    stadsdelen varchar[],
    wijkteams varchar[],
    doelgroepen varchar[],
    wetten varchar[],
    cohorten integer[],
    huisvesting_van date,
    huisvesting_tot date,
    grens varchar[]
);

-- An empty list means no limit.
create macro gekozen(waarde, lijst) as len(lijst) = 0 or list_contains(lijst, waarde);

-- The wijkteams whose area a reader may see: null is no limit, an empty list is nobody. Unlike a filter it cannot be chosen.
create macro binnen_grens(wijkteam, grens) as grens is null or coalesce(list_contains(grens, wijkteam), false);

-- Without a bound everybody; with one, persons without the date fall out.
create macro binnen(datum, van, tot) as
    (van is null or coalesce(datum >= van, false)) and (tot is null or coalesce(datum < tot, false));

-- A wijkteam's stadsdeel; a reference table that puts one team in two stadsdelen is refused when it is loaded.
create view wijkteam_gebied as
    select t.wijkteam, min(w.stadsdeel) as stadsdeel, min(w.volgorde) as volgorde
    from wijkteam as t
    join wijk as w using (wijkcode)
    group by t.wijkteam;

create view stadsdeel_gebied as
    select stadsdeel, min(volgorde) as volgorde
    from wijk
    group by stadsdeel;

-- All areas, in the order of the city, Onbekend last.
create view gebieden as
    select 'stadsdeel' as niveau, stadsdeel as gebied, volgorde from stadsdeel_gebied
    union all
    select 'stadsdeel', 'Onbekend', 1000
    union all
    select 'wijkteam', wijkteam, volgorde from wijkteam_gebied
    union all
    select 'wijkteam', 'Onbekend', 1000;

-- The areas of which a reader may see something; a stadsdeel when one of its wijkteams is within the limit.
create macro gebieden_binnen(selectie) as table (
    select niveau, gebied, volgorde
    from gebieden
    where niveau = 'wijkteam' and binnen_grens(gebied, (selectie::keuze).grens)
    union all
    select niveau, gebied, volgorde
    from gebieden
    where niveau = 'stadsdeel'
        and ((selectie::keuze).grens is null
            or (gebied = 'Onbekend' and binnen_grens('Onbekend', (selectie::keuze).grens))
            or gebied in (select stadsdeel from wijkteam_gebied where binnen_grens(wijkteam, (selectie::keuze).grens)))
);

-- The same selection without its filters on area; what a reader may see stays limited.
create macro zonder_gebied(selectie) as struct_pack(
    stadsdelen := []::varchar[],
    wijkteams := []::varchar[],
    doelgroepen := (selectie::keuze).doelgroepen,
    wetten := (selectie::keuze).wetten,
    cohorten := (selectie::keuze).cohorten,
    huisvesting_van := (selectie::keuze).huisvesting_van,
    huisvesting_tot := (selectie::keuze).huisvesting_tot,
    grens := (selectie::keuze).grens
)::keuze;

-- The areas that the filters on area choose whole: a wijkteam with its stadsdeel, a stadsdeel with all its wijkteams.
create macro gebieden_gekozen(selectie) as table (
    select gebieden.niveau, gebieden.gebied, gebieden.volgorde
    from gebieden_binnen(selectie) as gebieden
    left join wijkteam_gebied on gebieden.niveau = 'wijkteam' and wijkteam_gebied.wijkteam = gebieden.gebied
    where case gebieden.niveau
        when 'wijkteam' then
            gekozen(gebieden.gebied, (selectie::keuze).wijkteams)
            and gekozen(coalesce(wijkteam_gebied.stadsdeel, 'Onbekend'), (selectie::keuze).stadsdelen)
        else
            gekozen(gebieden.gebied, (selectie::keuze).stadsdelen)
            and (len((selectie::keuze).wijkteams) = 0
                or (gebieden.gebied in (select stadsdeel from wijkteam_gebied)
                    and gebieden.gebied not in (
                        select stadsdeel
                        from wijkteam_gebied
                        where not list_contains((selectie::keuze).wijkteams, wijkteam)
                    )))
    end
);
