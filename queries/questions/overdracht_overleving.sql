-- The share that still waits for the handover, day by day since the end of begeleiding, as of $peildatum (Kaplan-Meier).
-- The curve behind overdracht_mediaan_dagen.
-- grain: day on which something happens, from day 0
with
overgangen as (
    select *, 'alle' as groep
    from op('overdracht_stand', $peildatum::date)
    where overdracht_status <> 'Vertrokken' and $selectie
)
select dag, in_risico, gebeurtenissen, gecensureerd, overleving
from overleving('overgangen')
order by dag
