-- Every KPI through the calendar year of $peildatum: at each month end before it, then at $peildatum itself.
-- grain: stand x indicator
-- stand: date; teller, noemer: persons or periods; waarde: fraction, count, months or days
-- ci_laag, ci_hoog: Wilson 95%, shares only
with
waarneming as (
    select stand as groep, indicator, telt, tijd, gebeurtenis, celsleutel
    from waarnemingen(standen_van_het_jaar($peildatum::date), $selectie)
),
groepen as (
    select unnest(standen_van_het_jaar($peildatum::date)) as groep
)
select groep as stand, indicator, teller, noemer, waarde, ci_laag, ci_hoog
from kpi_per_groep('waarneming', 'groepen')
order by groep, volgorde
