-- The part that zelforganisaties play among the referrers, per quarter, up to $peildatum.
-- grain: quarter with a request of which the referrer is registered; kwartaal: its first day
-- teller: requests that a zelforganisatie referred; noemer: requests with a registered referrer (requests, not persons)
-- waarde, ci_laag, ci_hoog: fraction, Wilson 95%
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
