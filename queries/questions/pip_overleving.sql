-- The share that still waits for a PIP, day by day since the start of the ten weeks, as of $peildatum (Kaplan-Meier).
-- The curve behind pip_mediaan_dagen, per doelgroep.
-- grain: doelgroep x day on which something happens, from day 0
-- dag: days since start_termijn; in_risico, gebeurtenissen (PIPs), gecensureerd: persons; overleving: fraction
with
observaties as (
    select per_doelgroep(doelgroep) as groep, tijd, gebeurtenis, celsleutel
    from pips([$peildatum::date], $selectie)
    where start_termijn is not null and not vorige_gemeente
)
select groep as doelgroep, dag, in_risico, gebeurtenissen, gecensureerd, overleving
from overleving('observaties')
order by groep, dag
