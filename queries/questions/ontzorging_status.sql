-- Where the target group of financieel ontzorgen stands, per stadsdeel, as of $peildatum.
-- grain: stadsdeel x status; aantal: persons of the target group
with
per_groep as (
    select per_stadsdeel(stadsdeel) as stadsdeel, ontzorging_status as status, getoond(aantal(celsleutel)) as aantal
    from op('ontzorging_stand', $peildatum::date)
    where $selectie
    group by all
)
select stadsdeel, status, aantal
from per_groep
left join gebieden on niveau = 'stadsdeel' and gebied = stadsdeel
order by
    volgorde, list_position(['Voltooid', 'Lopend', 'Voortijdig beëindigd', 'Niet gestart', 'Geen registratie'], status)
