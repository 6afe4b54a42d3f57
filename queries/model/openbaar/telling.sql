-- Counting in the view `openbaar`: the macros of intern/telling.sql, rounded. The questions and the tables that they read
-- are the same; see docs/openbaar.md for the rules and their reasons.
-- Made beforehand: hmac_zout(tekst), HMAC-SHA-256 with the salt, in hexadecimals; basis(), what counts are rounded to.

-- A record's celsleutel holds two numbers, so that every sum and difference of them holds both for a set of records: from
-- bit 96 on a one (the sum counts records), below it the record's key of 64 bits (the sum, modulo 2^64, is the key of the
-- set). Up to 2^31 records fit.
create macro sleutel_van(tekst) as ('0x' || substr(hmac_zout(tekst), 1, 16))::ubigint::hugeint;

create macro celsleutel_van(soort, sleutel) as
    79228162514264337593543950336::hugeint + sleutel_van(soort || '|' || sleutel);

create macro aantal(celsleutel) as coalesce(sum(celsleutel), 0::hugeint);

create macro aantal_als(celsleutel, voorwaarde) as coalesce(sum(celsleutel) filter (where voorwaarde), 0::hugeint);

create macro aantal_in(telling) as ((telling)::hugeint >> 96);

create macro sleutel_in(telling) as ((telling)::hugeint & 18446744073709551615::hugeint);

-- A number from 0 to 2^64 - 1 that a set of records always has: u of the rounding, times 2^64.
create macro toeval_van(telling) as sleutel_van('cel|' || sleutel_in(telling)::varchar);

-- The rounding, here and nowhere else: with r = n mod basis up when u < r / basis, else down. The same records always
-- give the same number, and its expectation is n.
create macro afgerond(telling) as list_transform([telling], lambda een: (
    aantal_in(een) - aantal_in(een) % basis()
    + case
        when toeval_van(een) * basis() < (aantal_in(een) % basis()) * 18446744073709551616::hugeint
        then basis() else 0
    end
)::bigint)[1];

create macro getoond(telling) as afgerond(telling);

-- From rounded counts: whole points, as in the column beside the sentence.
create macro procentpunten(verschil) as printf('%.0f', 100 * verschil);

create macro getoond_bij(eenheid, telling) as case when eenheid in ('aandeel', 'aantal') then getoond(telling) end;

-- Thresholds look at rounded numbers only.
create macro genoeg(noemer) as coalesce(noemer >= 50, false);

create macro te_tonen(teller, noemer) as genoeg(noemer) and teller >= 10 and noemer - teller >= 10;

-- Shares in whole percents.
create macro aandeel(teller, noemer) as case
    when te_tonen(teller, noemer) then round(teller::double / noemer, 2)
end;

-- The rounding of teller and noemer adds to the margin: its variance is r (10 - r), 16.5 on average.
create macro straal_van_afronding(teller, noemer, z) as
    z * sqrt(16.5 * (1 + pow(teller::double / noemer, 2))) / noemer;

create macro ondergrens(teller, noemer, wilson, z) as case
    when te_tonen(teller, noemer) then round(greatest(0.0::double, teller::double / noemer - sqrt(
        pow(teller::double / noemer - wilson, 2) + pow(straal_van_afronding(teller, noemer, z), 2)
    )), 2)
end;

create macro bovengrens(teller, noemer, wilson, z) as case
    when te_tonen(teller, noemer) then round(least(1.0::double, teller::double / noemer + sqrt(
        pow(wilson - teller::double / noemer, 2) + pow(straal_van_afronding(teller, noemer, z), 2)
    )), 2)
end;

create macro te_vergelijken(teller_1, noemer_1, teller_2, noemer_2) as
    te_tonen(teller_1, noemer_1) and te_tonen(teller_2, noemer_2);

create macro verschil_getoond(verschil) as round(verschil, 2);

-- Quantiles: null under 50 observations (rounded), infinity when the curve does not come that low. The estimate itself
-- is exact; in_dagen and in_maanden round it.
create macro kwantiel_getoond(kwantiel, noemer) as case
    when genoeg(noemer) then coalesce(kwantiel::double, 'infinity'::double)
end;

create macro in_maanden(dagen) as round(dagen / 30.4375);

create macro in_dagen(dagen) as 7 * round(dagen / 7);

-- Time series: quarters, and stands at quarter ends.
create macro stap() as 3;

create macro eerste_van_stap(datum) as date_trunc('quarter', datum)::date;
