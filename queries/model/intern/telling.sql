-- Counting in the view `intern`: a count is the number of records. Every question counts through these macros, so that
-- one text answers in both views; openbaar/telling.sql has the same ones, rounded.

-- What a record adds to a count. soort: persoon, periode or melding; sleutel: what names the record.
create macro celsleutel_van(soort, sleutel) as 1;

-- The records of a group, and those of them for which the condition holds. Counts may be added and subtracted.
create macro aantal(celsleutel) as count(*);

create macro aantal_als(celsleutel, voorwaarde) as count(*) filter (where voorwaarde);

-- The number of records of a count.
create macro aantal_in(telling) as telling;

-- A count as the reader gets it. What follows from a count (a share, an interval, a verdict) comes after this.
create macro getoond(telling) as (telling)::bigint;

-- A count beside a figure in that unit; openbaar/ leaves it out beside a median.
create macro getoond_bij(eenheid, telling) as getoond(telling);

-- teller / noemer, null at an empty noemer.
create macro aandeel(teller, noemer) as case when noemer > 0 then teller::double / noemer end;

-- Bounds of the interval of a share, as Wilson has them; null at an empty noemer.
create macro ondergrens(teller, noemer, wilson, z) as case
    when noemer = 0 then null
    when teller = 0 then 0.0::double
    else greatest(0.0::double, wilson)
end;

create macro bovengrens(teller, noemer, wilson, z) as case
    when noemer = 0 then null
    when teller = noemer then 1.0::double
    else least(1.0::double, wilson)
end;

-- A difference of two shares is judged from 10 observations on each side.
create macro te_vergelijken(teller_1, noemer_1, teller_2, noemer_2) as noemer_1 >= 10 and noemer_2 >= 10;

create macro verschil_getoond(verschil) as verschil;

-- A difference of two shares in percentage points, as a sentence has it.
create macro procentpunten(verschil) as replace(printf('%.1f', 100 * verschil), '.', ',');

-- A Kaplan-Meier quantile of so many observations, in days; and a duration in months or days.
create macro kwantiel_getoond(kwantiel, noemer) as kwantiel;

create macro in_maanden(dagen) as dagen / 30.4375;

create macro in_dagen(dagen) as dagen;

-- Time series: the step in months, and the first day of the step that a date lies in.
create macro stap() as 1;

create macro eerste_van_stap(datum) as date_trunc('month', datum)::date;
