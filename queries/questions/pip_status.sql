-- Where everybody under WI2021 stands with the PIP, as of $peildatum.
-- grain: doelgroep x status; aantal: persons in beeld
select per_doelgroep(doelgroep) as doelgroep, pip_status as status, getoond(aantal(celsleutel)) as aantal
from op('pip_stand', $peildatum::date)
where $selectie
group by per_doelgroep(doelgroep), pip_status
order by
    1,
    list_position([
        'Op tijd', 'Met uitstel', 'PIP te laat', 'Binnen termijn', 'Termijn verstreken zonder PIP',
        'Termijn niet gestart', 'Termijn onbekend', 'Vorige gemeente', 'Uitgestroomd zonder PIP'
    ], pip_status)
