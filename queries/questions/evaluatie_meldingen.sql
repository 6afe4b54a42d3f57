-- Requests of statushouders per regime, beside the persons who had that regime, up to $peildatum.
-- grain: group of regimes, each always (those after the first are one here, as in the requests)
-- meldingen: requests of statushouders with that regime, 0 when nobody registers it; personen: distinct persons with a
-- period of begeleiding in it. Requests and persons are counted apart: nothing links a request to a person.
with
gemeld as (
    select begeleidingsregime as regime, aantal(celsleutel) as meldingen
    from meldingen
    where datum_melding <= $peildatum::date and $gebied and statushouder
    group by regime
),
per_persoon as (
    select distinct regimegroep as regime, inburgeraar_id, celsleutel_persoon
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
),
begeleid as (
    select regime, aantal(celsleutel_persoon) as personen
    from per_persoon
    group by regime
)
select regime, getoond(coalesce(meldingen, 0)) as meldingen, getoond(coalesce(personen, 0)) as personen
from (select regimegroep as regime, min(regime_vanaf) as vanaf from regimes group by regimegroep)
left join gemeld using (regime)
left join begeleid using (regime)
order by vanaf
