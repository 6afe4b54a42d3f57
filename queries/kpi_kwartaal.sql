-- The shares by quarter of entry: the quarter in which a person or period entered the noemer, as of $peildatum.
-- grain: indicator (shares only) x quarter with a noemer
-- kwartaal: its first day; teller, noemer: persons or periods; waarde: fraction; ci_laag, ci_hoog: Wilson 95%
with
per_kwartaal as (
    select
        indicator,
        eerste_van_kwartaal(instroom) as kwartaal,
        getoond(aantal_als(gewicht, telt)) as teller,
        getoond(aantal(gewicht)) as noemer
    from waarnemingen([$peildatum::date], $selectie)
    where instroom is not null
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
