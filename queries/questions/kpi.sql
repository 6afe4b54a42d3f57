-- Every KPI, as of $peildatum.
-- grain: one row per indicator, all indicators always, in the order of indicators.toml
-- teller, noemer: persons or periods; waarde: fraction, count, months or days (see indicators.toml)
-- ci_laag, ci_hoog: Wilson 95%, shares only
with
geteld as (
    select 'stad' as groep, *
    from waarnemingen($peildatum::date)
    where $selectie
),
groepen as (
    select 'stad' as groep
)
select indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_groep('geteld', 'groepen')
order by volgorde
