-- The first leerroute against the current one and its niveau, as of $peildatum.
-- grain: first leerroute x current leerroute x niveau; aantal: persons, actief under WI2021 with a PIP
select eerste_leerroute, leerroute, niveau, getoond(aantal(celsleutel)) as aantal
from pips([$peildatum::date], $selectie)
where actief and eerste_pip is not null
group by eerste_leerroute, leerroute, niveau
order by eerste_leerroute, leerroute, niveau
