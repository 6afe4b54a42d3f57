-- The shares by quarter of entry, like with like: each entrant is judged after the same time (volgtijd in indicators.toml),
-- and is not in it while that time has not passed at $peildatum.
-- grain: indicator (shares that have a volgtijd) x quarter with a noemer
with
entrants as (
    from ingestroomd($peildatum::date)
    where $selectie
)
select indicator, kwartaal, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_kwartaal('entrants')
order by volgorde, kwartaal
