-- The shares by quarter of entry, like with like: each entrant is judged after the same time (volgtijd in indicators.toml),
-- and is not in it while that time has not passed at $peildatum.
-- grain: indicator (shares that have a volgtijd) x quarter with a noemer
-- kwartaal: its first day; teller, noemer: persons or periods; waarde: fraction; ci_laag, ci_hoog: Wilson 95%
with
per_kwartaal as (
    select
        indicator,
        eerste_van_kwartaal(instroom) as kwartaal,
        getoond(aantal_als(gewicht, telt)) as teller,
        getoond(aantal(gewicht)) as noemer
    from ingestroomd($peildatum::date, $selectie)
    group by indicator, kwartaal
)
select
    per_kwartaal.indicator,
    kwartaal,
    teller,
    noemer,
    aandeel(teller, noemer) as waarde,
    wilson_laag(teller, noemer, z95()) as ci_laag,
    wilson_hoog(teller, noemer, z95()) as ci_hoog
from per_kwartaal
join indicator on indicator.indicator = per_kwartaal.indicator
order by indicator.volgorde, kwartaal
