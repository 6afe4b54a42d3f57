-- Every KPI, as of $peildatum.
-- grain: one row per indicator, all indicators always, in the order of indicators.toml
with
geteld as (
    select 'stad' as groep, indicator, telt, tijd, gebeurtenis, aantal(celsleutel) as telling
    from waarnemingen($peildatum::date)
    where $selectie
    group by all
),
groepen as (
    select 'stad' as groep
)
select indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_groep('geteld', 'groepen')
order by volgorde
