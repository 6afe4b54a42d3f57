-- The part that zelforganisaties play among the referrers, per quarter, up to $peildatum.
-- grain: quarter with a request of which the referrer is registered; kwartaal: its first day
with
per_kwartaal as (
    select
        eerste_van_kwartaal(datum_melding) as kwartaal,
        getoond(aantal_als(celsleutel, verwijzer = 'Zelforganisatie')) as teller,
        getoond(aantal(celsleutel)) as noemer
    from meldingen
    where datum_melding <= $peildatum::date and $gebied and verwijzer is not null
    group by kwartaal
)
from met_aandeel('per_kwartaal')
order by kwartaal
