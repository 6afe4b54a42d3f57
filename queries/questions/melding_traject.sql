-- Which part of the requests became a trajectory rather than a question answered, per quarter, up to $peildatum.
-- grain: quarter with a request; kwartaal: its first day
with
per_kwartaal as (
    select
        eerste_van_kwartaal(datum_melding) as kwartaal,
        getoond(aantal_als(celsleutel, soort = 'Begeleidingstraject')) as teller,
        getoond(aantal(celsleutel)) as noemer
    from meldingen
    where datum_melding <= $peildatum::date and $gebied
    group by kwartaal
)
from met_aandeel('per_kwartaal')
order by kwartaal
