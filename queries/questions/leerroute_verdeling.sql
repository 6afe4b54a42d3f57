-- The leerroutes that people follow, per stadsdeel and doelgroep, as of $peildatum.
-- grain: stadsdeel x doelgroep x leerroute (Nog geen PIP included); aantal: persons, actief under WI2021
with
per_groep as (
    select
        per_stadsdeel(stadsdeel) as stadsdeel,
        per_doelgroep(doelgroep) as doelgroep,
        leerroute,
        getoond(aantal(celsleutel)) as aantal
    from op('pip_stand', $peildatum::date)
    where actief and $selectie
    group by all
)
select stadsdeel, doelgroep, leerroute, aantal
from per_groep
left join gebieden on niveau = 'stadsdeel' and gebied = stadsdeel
order by volgorde, doelgroep, list_position(['B', 'O', 'Z', 'Nog geen PIP'], leerroute)
