-- The share that still waits for a PIP, day by day since the start of the ten weeks, as of $peildatum (Kaplan-Meier).
-- The curve behind pip_mediaan_dagen, per doelgroep.
-- grain: doelgroep x day on which something happens, from day 0
with
plannen as (
    select *, per_doelgroep(doelgroep) as groep
    from op('pip_stand', $peildatum::date)
    where start_termijn is not null and not vorige_gemeente and $selectie
)
select groep as doelgroep, dag, in_risico, gebeurtenissen, gecensureerd, overleving
from overleving('plannen')
order by groep, dag
