-- The outcome of the leerbaarheidstoets against the first leerroute, as of $peildatum.
-- grain: outcome x first leerroute; aantal: persons, actief under WI2021 with a PIP
with
uitslagen as (
    select
        coalesce(
            case when intake.datum_start <= plan.stand then intake.uitslag_leerbaarheidstoets end,
            'Niet afgenomen'
        ) as uitslag,
        plan.eerste_leerroute,
        plan.celsleutel
    from pips([$peildatum::date], $selectie) as plan
    left join intake on intake.inburgeraar_id = plan.inburgeraar_id
    where plan.actief and plan.eerste_pip is not null
)
select uitslag, eerste_leerroute, getoond(aantal(celsleutel)) as aantal
from uitslagen
group by uitslag, eerste_leerroute
order by
    list_position(['B1-route haalbaar', 'B1-route niet haalbaar', 'Onbekend', 'Niet afgenomen'], uitslag),
    eerste_leerroute
