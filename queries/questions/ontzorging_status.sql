-- Where the target group of financieel ontzorgen stands, per stadsdeel, as of $peildatum.
-- grain: stadsdeel x status; aantal: persons of the target group
with
per_groep as (
    select per_stadsdeel(stadsdeel) as stadsdeel, ontzorging_status as status, getoond(aantal(celsleutel)) as aantal
    from ontzorgingen([$peildatum::date], $selectie)
    group by all
)
select per_groep.stadsdeel, status, aantal
from per_groep
left join gebieden on gebieden.niveau = 'stadsdeel' and gebieden.gebied = per_groep.stadsdeel
order by
    gebieden.volgorde,
    list_position(['Voltooid', 'Lopend', 'Voortijdig beëindigd', 'Niet gestart', 'Geen registratie'], status)
