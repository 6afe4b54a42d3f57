-- The shares by quarter of entry: the quarter in which a person or period entered the noemer, as of $peildatum.
-- grain: indicator (shares only) x quarter with a noemer
with
entrants as (
    from waarnemingen($peildatum::date)
    where $selectie
)
select indicator, kwartaal, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_kwartaal('entrants')
order by volgorde, kwartaal
