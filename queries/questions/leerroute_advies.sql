-- The outcome of the leerbaarheidstoets against the first leerroute, as of $peildatum.
-- grain: outcome x first leerroute; aantal: persons, actief under WI2021 with a PIP
with
per_groep as (
    select
        coalesce(intake.uitslag_leerbaarheidstoets, 'Niet afgenomen') as uitslag,
        eerste_leerroute,
        getoond(aantal(celsleutel)) as aantal
    from op('pip_stand', $peildatum::date) as plan
    left join intake on intake.inburgeraar_id = plan.inburgeraar_id and intake.datum_start <= $peildatum::date
    where actief and eerste_pip is not null and $selectie
    group by all
)
from per_groep
order by
    list_position(['B1-route haalbaar', 'B1-route niet haalbaar', 'Onbekend', 'Niet afgenomen'], uitslag),
    eerste_leerroute
