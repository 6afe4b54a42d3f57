-- The share of periods of begeleiding that still runs, day by day and per regime, as of $peildatum (Kaplan-Meier).
-- grain: regime x day on which something happens, from day 0
with
perioden as (
    select *, regime as groep
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
)
select groep as regime, dag, in_risico, gebeurtenissen, gecensureerd, overleving
from overleving('perioden')
order by groep <> '24 maanden', groep, dag
