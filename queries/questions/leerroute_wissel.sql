-- The first leerroute against the current one and its niveau, as of $peildatum.
-- grain: first leerroute x current leerroute x niveau; aantal: persons, actief under WI2021 with a PIP
select eerste_leerroute, leerroute, niveau, getoond(aantal(celsleutel)) as aantal
from op('pip_stand', $peildatum::date)
where actief and eerste_pip is not null and $selectie
group by all
order by all
