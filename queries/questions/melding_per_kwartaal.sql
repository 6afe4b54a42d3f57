-- Requests registered by the wijkteams per quarter, up to $peildatum.
-- grain: quarter x wijkteam x soort x hulpvraag; kwartaal: its first day; aantal: requests, not persons
select
    eerste_van_kwartaal(datum_melding) as kwartaal,
    per_wijkteam(wijkteam) as wijkteam,
    soort,
    hulpvraag,
    getoond(aantal(celsleutel)) as aantal
from meldingen
where datum_melding <= $peildatum::date and $gebied
group by all
order by kwartaal, wijkteam, soort, hulpvraag
