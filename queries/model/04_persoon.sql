-- Areas, persons and requests: what a selection can take.

-- A wijkteam's stadsdeel; a reference table that puts one team in two stadsdelen is refused when it is loaded. Where the
-- municipality has no stadsdelen, a wijkteam is in the place of one.
create table wijkteam_gebied as
    select wijkteam.wijkteam, coalesce(min(wijk.stadsdeel), wijkteam.wijkteam) as stadsdeel, min(wijk.volgorde) as volgorde
    from wijkteam
    join wijk using (wijkcode)
    group by wijkteam.wijkteam;

-- All areas, in the order of the city, Onbekend last.
create table gebieden as
    select 'stadsdeel' as niveau, stadsdeel as gebied, min(volgorde) as volgorde
    from (select stadsdeel, volgorde from wijk union all select stadsdeel, volgorde from wijkteam_gebied)
    where stadsdeel is not null
    group by stadsdeel
    union all
    select 'wijkteam', wijkteam, volgorde from wijkteam_gebied
    union all
    select unnest(['stadsdeel', 'wijkteam']), 'Onbekend', 1000;

-- Whether an area is in a list of them, as Database.ask() gives it.
create macro is_een_van(niveau, gebied, lijst) as list_contains(lijst::varchar[], niveau || ' ' || gebied);

-- Which wijkteam a wijkcode has, in stretches [van, tot) without gaps.
create table wijkteam_door_de_tijd as
    with
    dagen as (
        select
            wijkcode,
            date '-infinity' as van,
            date 'infinity' as tot,
            keerpunten(list(geldig_van) || list(geldig_tot), van, tot) as dagen
        from wijkteam
        group by wijkcode
    )
    select wijkcode, van, tot, wijkteam
    from stukken('dagen')
    left join wijkteam using (wijkcode)
    where van >= coalesce(geldig_van, date '-infinity') and van < of_nooit(geldig_tot);

-- grain: person x stretch of residence; one stretch, but for who has no date that says which wijkteam is his: he lives
-- where the reference table says on the day that is asked
-- nummer: the row; in_beeld, vertrek and the other dates: infinity when there is none; cohort: a year, or null
create table persoon as
    with
    inwoner as (
        select *, coalesce(datum_huisvesting, datum_inschrijving_brp) as woont_sinds
        from inburgeraar
    )
    select
        row_number() over () as nummer,
        inwoner.inburgeraar_id,
        inwoner.inburgeraar_id as id,
        celsleutel_van('persoon', inwoner.inburgeraar_id) as celsleutel,
        wet,
        doelgroep,
        verblijfsrecht,
        coalesce(wijk.stadsdeel, plek.wijkteam, 'Onbekend') as stadsdeel,
        coalesce(plek.wijkteam, 'Onbekend') as wijkteam,
        year(datum_kennisgeving) as cohort,
        of_nooit(datum_kennisgeving) as kennisgeving,
        of_nooit(datum_inschrijving_brp) as inschrijving,
        of_nooit(datum_huisvesting) as huisvesting,
        least(kennisgeving, inschrijving, huisvesting) as in_beeld,
        of_nooit(datum_uitstroom) as uitstroom,
        if(reden_uitstroom in ('Vertrek uit Nederland', 'Overlijden', 'Verhuizing'), uitstroom, date 'infinity') as vertrek,
        case when woont_sinds is null then coalesce(plek.van, date '-infinity') else date '-infinity' end as van,
        case when woont_sinds is null then of_nooit(plek.tot) else date 'infinity' end as tot
    from inwoner
    left join wijk on wijk.wijkcode = inwoner.wijkcode
    left join wijkteam_door_de_tijd as plek
        on plek.wijkcode = inwoner.wijkcode
        and (woont_sinds is null or (woont_sinds >= plek.van and woont_sinds < plek.tot));

-- grain: request of a wijkteam; it follows the wijkteams, and the stadsdelen through the reference table
create table meldingen as
    select
        melding.*,
        celsleutel_van('melding', melding_id) as celsleutel,
        coalesce(wijkteam_gebied.stadsdeel, 'Onbekend') as stadsdeel
    from melding
    left join wijkteam_gebied on wijkteam_gebied.wijkteam = melding.wijkteam;
