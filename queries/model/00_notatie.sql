-- Notation inside a Dutch sentence that a question writes.

-- A whole number with a point per thousand: 1234 is 1.234.
create macro met_punten(getal) as replace(format('{:,}', (getal)::bigint), ',', '.');

-- A number and what is counted, singular at 1: 1 melding, 0 meldingen, 1.234 meldingen.
create macro met_woord(getal, enkelvoud, meervoud) as
    met_punten(getal) || ' ' || case when (getal)::bigint = 1 then enkelvoud else meervoud end;

-- A dimension that the view `openbaar` may have to put together, because the selection limits another one already.
create macro per_stadsdeel(stadsdeel) as stadsdeel;

create macro per_doelgroep(doelgroep) as doelgroep;

create macro per_wijkteam(wijkteam) as wijkteam;
