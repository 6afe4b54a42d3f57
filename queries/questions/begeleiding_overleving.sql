-- The share of periods of begeleiding that still runs, day by day and per regime, as of $peildatum (Kaplan-Meier).
-- grain: regime x day on which something happens, from day 0
with
perioden as (
    select *, regime as groep
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
)
select regime, dag, in_risico, gebeurtenissen, gecensureerd, overleving
from overleving('perioden')
join regimes on regime = groep
order by regime_vanaf, dag
