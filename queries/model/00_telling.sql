-- Counting. Every question counts through these macros, so that one text answers in both views: in `intern` a count is
-- the number of records; in `openbaar` the definitions of model/openbaar/ stand in their place.

-- What a record adds to a count. soort: persoon, periode or melding; sleutel: what names the record.
create macro celsleutel_van(soort, sleutel) as 1;

-- The records of a group, and those of them for which the condition holds. Counts may be added and subtracted.
create macro aantal(celsleutel) as count(*);

create macro aantal_als(celsleutel, voorwaarde) as count(*) filter (where voorwaarde);

-- A count as the reader gets it. What follows from a count (a share, an interval, a verdict) comes after this.
create macro getoond(telling) as (telling)::bigint;

-- teller and noemer beside a median.
create macro getoond_bij_mediaan(telling) as (telling)::bigint;

-- A difference of two shares in percentage points, as a sentence has it.
create macro procentpunten(verschil) as replace(printf('%.1f', 100 * verschil), '.', ',');

-- A dimension that a view may have to put together, because the selection limits another one already.
create macro per_stadsdeel(stadsdeel) as stadsdeel;

create macro per_doelgroep(doelgroep) as doelgroep;

create macro per_wijkteam(wijkteam) as wijkteam;
