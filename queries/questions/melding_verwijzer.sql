-- Who refers to the wijkteams, per quarter, up to $peildatum.
-- grain: quarter x verwijzer (Niet geregistreerd included); kwartaal: its first day; aantal: requests, not persons
select
    eerste_van_kwartaal(datum_melding) as kwartaal,
    coalesce(verwijzer, 'Niet geregistreerd') as verwijzer,
    getoond(aantal(celsleutel)) as aantal
from meldingen
where datum_melding <= $peildatum::date and $gebied
group by kwartaal, verwijzer
order by kwartaal, verwijzer = 'Niet geregistreerd', verwijzer
