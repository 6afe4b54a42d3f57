-- The view `openbaar`: what stands in the place of the model's own definitions while a publication is made. The questions
-- stay as they are. Loaded after the model; see docs/openbaar.md for the rules and their reasons.
-- Made beforehand: hmac_zout(tekst), HMAC-SHA-256 with the salt, in hexadecimals; basis(), what counts are rounded to.

-- A record's celsleutel holds two numbers, so that every sum and difference of them holds both for a set of records: from
-- bit 96 on a one (the sum counts records), below it the record's key of 64 bits (the sum, modulo 2^64, is the key of the
-- set). Up to 2^31 records fit.
create macro sleutel_van(tekst) as ('0x' || substr(hmac_zout(tekst), 1, 16))::ubigint::hugeint;

create or replace macro celsleutel_van(soort, sleutel) as
    79228162514264337593543950336::hugeint + sleutel_van(soort || '|' || sleutel);

create or replace macro aantal(celsleutel) as coalesce(sum(celsleutel), 0::hugeint);

create or replace macro aantal_als(celsleutel, voorwaarde) as coalesce(sum(celsleutel) filter (where voorwaarde), 0::hugeint);

create macro aantal_in(telling) as ((telling)::hugeint >> 96);

create macro sleutel_in(telling) as ((telling)::hugeint & 18446744073709551615::hugeint);

-- A number from 0 to 2^64 - 1 that a set of records always has: u of the rounding, times 2^64.
create macro toeval_van(telling) as sleutel_van('cel|' || sleutel_in(telling)::varchar);

-- The rounding, here and nowhere else: with r = n mod basis up when u < r / basis, else down. The same records always
-- give the same number, and its expectation is n.
create macro afgerond(telling) as (
    aantal_in(telling) - aantal_in(telling) % basis()
    + case
        when toeval_van(telling) * basis() < (aantal_in(telling) % basis()) * 18446744073709551616::hugeint
        then basis() else 0
    end
)::bigint;

create or replace macro getoond(telling) as afgerond(telling);

-- From rounded counts: whole points, as in the column beside the sentence.
create or replace macro procentpunten(verschil) as printf('%.0f', 100 * verschil);

create or replace macro getoond_bij_mediaan(telling) as null::bigint;

-- Thresholds look at rounded numbers only.
create macro genoeg(noemer) as coalesce(noemer >= 50, false);

create macro te_tonen(teller, noemer) as genoeg(noemer) and teller >= 10 and noemer - teller >= 10;

-- Shares in whole percents.
create or replace macro aandeel(teller, noemer) as case
    when te_tonen(teller, noemer) then round(teller::double / noemer, 2)
end;

-- The rounding of teller and noemer adds to the margin: its variance is r (10 - r), 16.5 on average.
create macro straal_van_afronding(teller, noemer, z) as
    z * sqrt(16.5 * (1 + pow(teller::double / noemer, 2))) / noemer;

create or replace macro wilson_laag(teller, noemer, z) as case
    when te_tonen(teller, noemer) then round(greatest(0.0::double, teller::double / noemer - sqrt(
        pow(teller::double / noemer - (wilson_midden(teller, noemer, z) - wilson_straal(teller, noemer, z)), 2)
        + pow(straal_van_afronding(teller, noemer, z), 2)
    )), 2)
end;

create or replace macro wilson_hoog(teller, noemer, z) as case
    when te_tonen(teller, noemer) then round(least(1.0::double, teller::double / noemer + sqrt(
        pow(wilson_midden(teller, noemer, z) + wilson_straal(teller, noemer, z) - teller::double / noemer, 2)
        + pow(straal_van_afronding(teller, noemer, z), 2)
    )), 2)
end;

create or replace macro verschil(teller_1, noemer_1, teller_2, noemer_2) as
    round(aandeel(teller_1, noemer_1) - aandeel(teller_2, noemer_2), 2);

create or replace macro verschil_laag(teller_1, noemer_1, teller_2, noemer_2, z) as case
    when te_tonen(teller_1, noemer_1) and te_tonen(teller_2, noemer_2)
    then round(newcombe_laag(teller_1, noemer_1, teller_2, noemer_2, z), 2)
end;

create or replace macro verschil_hoog(teller_1, noemer_1, teller_2, noemer_2, z) as case
    when te_tonen(teller_1, noemer_1) and te_tonen(teller_2, noemer_2)
    then round(newcombe_hoog(teller_1, noemer_1, teller_2, noemer_2, z), 2)
end;

-- Time series: quarters, and stands at quarter ends.
create or replace macro eerste_van_maand(datum) as date_trunc('quarter', datum)::date;

create or replace macro maanden(eerste, stand) as table (
    select unnest(
        generate_series(eerste_van_maand(eerste)::timestamp, eerste_van_maand(stand)::timestamp, interval 3 month)
    )::date as maand
);

create or replace macro standen_van_het_jaar(peildatum) as list_append(
    list_filter(
        list_transform(
            [3, 6, 9, 12],
            lambda maand: laatste_van_maand(make_date(year(peildatum), maand, 1))
        ),
        lambda stand: stand < peildatum
    ),
    peildatum
);
