-- The handover, as of $peildatum: the figures of overdracht_per_wijkteam, all wijkteams together.
-- grain: one row, none without a population
with
overgangen as (
    select 'alle' as groep, *, $peildatum::date - datum_einde as wacht
    from op('overdracht_stand', $peildatum::date)
    where $selectie
)
select * exclude (groep)
from overdracht_per_groep('overgangen')
