-- Requests of statushouders per regime, beside the persons who had that regime, up to $peildatum.
-- grain: regime, both always (the two 12-month regimes are one here, as in the requests)
-- meldingen: requests of statushouders with that regime, 0 when nobody registers it; personen: distinct persons with a
-- period of begeleiding in it. Requests and persons are counted apart: nothing links a request to a person.
with
gemeld as (
    select begeleidingsregime as regime, aantal(celsleutel) as meldingen
    from meldingen($peildatum::date, $selectie)
    where statushouder and begeleidingsregime is not null
    group by begeleidingsregime
),
personen as (
    select distinct
        case when regime = '24 maanden' then regime else '12 maanden' end as regime,
        inburgeraar_id,
        celsleutel_persoon
    from begeleidingen([$peildatum::date], $selectie)
),
begeleid as (
    select regime, aantal(celsleutel_persoon) as personen
    from personen
    group by regime
),
regimes (volgorde, regime) as (
    values (1, '24 maanden'), (2, '12 maanden')
)
select
    regimes.regime,
    getoond(coalesce(gemeld.meldingen, 0)) as meldingen,
    getoond(coalesce(begeleid.personen, 0)) as personen
from regimes
left join gemeld on gemeld.regime = regimes.regime
left join begeleid on begeleid.regime = regimes.regime
order by volgorde
