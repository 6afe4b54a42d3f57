-- Requests registered by the wijkteams per month, up to $peildatum.
-- grain: month x wijkteam x hulpvraag x soort; maand: its first day; aantal: requests, not persons
select
    eerste_van_stap(datum_melding) as maand,
    per_wijkteam(wijkteam) as wijkteam,
    hulpvraag,
    soort,
    getoond(aantal(celsleutel)) as aantal
from meldingen
where datum_melding <= $peildatum::date and $gebied
group by all
order by maand, wijkteam, hulpvraag, soort
