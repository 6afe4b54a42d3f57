-- Where everybody under WI2021 stands with the PIP, as of $peildatum.
-- grain: doelgroep x status; aantal: persons in beeld
select doelgroep, pip_status as status, count(*) as aantal
from pips([$peildatum::date], $selectie)
group by doelgroep, pip_status
order by
    doelgroep,
    list_position([
        'Op tijd', 'Met uitstel', 'PIP te laat', 'Binnen termijn', 'Termijn verstreken zonder PIP',
        'Termijn niet gestart', 'Termijn onbekend', 'Vorige gemeente', 'Uitgestroomd zonder PIP'
    ], pip_status)
