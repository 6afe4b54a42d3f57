-- Intervals of shares. Quantiles of the standard normal distribution are written out once, here.

create macro z95() as 1.959963984540054::double;

create macro z99() as 2.5758293035489004::double;

-- Wilson score interval of teller / noemer (Wilson 1927), within [0, 1]; null at an empty noemer.
create macro wilson_midden(teller, noemer, z) as
    (teller + z * z / 2) / (noemer + z * z);

create macro wilson_straal(teller, noemer, z) as
    z * sqrt(teller::double * (noemer - teller) / noemer + z * z / 4) / (noemer + z * z);

create macro wilson_laag(teller, noemer, z) as
    ondergrens(teller, noemer, wilson_midden(teller, noemer, z) - wilson_straal(teller, noemer, z), z);

create macro wilson_hoog(teller, noemer, z) as
    bovengrens(teller, noemer, wilson_midden(teller, noemer, z) + wilson_straal(teller, noemer, z), z);

-- Difference of two independent shares, first minus second: Newcombe's hybrid score (Newcombe 1998, method 10).
create macro newcombe_laag(teller_1, noemer_1, teller_2, noemer_2, z) as
    teller_1::double / noemer_1 - teller_2::double / noemer_2
    - sqrt(
        pow(teller_1::double / noemer_1 - wilson_laag(teller_1, noemer_1, z), 2)
        + pow(wilson_hoog(teller_2, noemer_2, z) - teller_2::double / noemer_2, 2)
    );

create macro newcombe_hoog(teller_1, noemer_1, teller_2, noemer_2, z) as
    -newcombe_laag(teller_2, noemer_2, teller_1, noemer_1, z);

-- Smallest difference between two shares around one half that two groups show with 80% power at 5% two-sided:
-- (z of 0.975 + z of 0.80) x the standard error; null when a group is empty.
create macro aantoonbaar_verschil(groep_1, groep_2) as case
    when groep_1 > 0 and groep_2 > 0 then 2.801585 * sqrt(0.25 * (1.0 / groep_1 + 1.0 / groep_2))
end;

-- A difference as the reader gets it, null when it is not to be judged, and so is its interval.
create macro verschil(teller_1, noemer_1, teller_2, noemer_2) as case
    when te_vergelijken(teller_1, noemer_1, teller_2, noemer_2)
    then verschil_getoond(aandeel(teller_1, noemer_1) - aandeel(teller_2, noemer_2))
end;

create macro verschil_laag(teller_1, noemer_1, teller_2, noemer_2, z) as case
    when te_vergelijken(teller_1, noemer_1, teller_2, noemer_2)
    then verschil_getoond(newcombe_laag(teller_1, noemer_1, teller_2, noemer_2, z))
end;

create macro verschil_hoog(teller_1, noemer_1, teller_2, noemer_2, z) as
    -verschil_laag(teller_2, noemer_2, teller_1, noemer_1, z);

-- What the interval of a difference says: above 0, below 0, or it holds 0.
create macro verschil_oordeel(ci_laag, ci_hoog) as case
    when ci_laag is null then 'geen oordeel'
    when ci_laag > 0 then 'hoger'
    when ci_hoog < 0 then 'lager'
    else 'binnen toeval'
end;

-- A relation with the counts teller and noemer, and beside them the share and its Wilson interval (95%).
create macro met_aandeel(tellingen) as table (
    select
        *,
        aandeel(teller, noemer) as waarde,
        wilson_laag(teller, noemer, z95()) as ci_laag,
        wilson_hoog(teller, noemer, z95()) as ci_hoog
    from query_table(tellingen)
);

-- A relation with the raw counts teller and noemer, eerder_teller and eerder_noemer: as they are shown, both shares, and the
-- difference with its interval and what that says.
create macro met_verschil(tellingen, z) as table (
    with
    -- A step of its own: beside a replaced column its name still means the count as it was.
    getelden as (
        select
            * replace (
                getoond(teller) as teller,
                getoond(noemer) as noemer,
                getoond(eerder_teller) as eerder_teller,
                getoond(eerder_noemer) as eerder_noemer
            )
        from query_table(tellingen)
    ),
    verschillen as (
        select
            *,
            aandeel(teller, noemer) as waarde,
            aandeel(eerder_teller, eerder_noemer) as eerder_waarde,
            verschil(teller, noemer, eerder_teller, eerder_noemer) as verschil,
            verschil_laag(teller, noemer, eerder_teller, eerder_noemer, z) as ci_laag,
            verschil_hoog(teller, noemer, eerder_teller, eerder_noemer, z) as ci_hoog
        from getelden
    )
    select *, verschil_oordeel(ci_laag, ci_hoog) as oordeel
    from verschillen
);
