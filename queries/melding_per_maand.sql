-- Requests registered by the wijkteams per month, up to $peildatum.
-- grain: month x wijkteam x hulpvraag x soort; maand: its first day; aantal: requests, not persons
select
    eerste_van_maand(datum_melding) as maand,
    wijkteam,
    hulpvraag,
    soort,
    count(*) as aantal
from meldingen($peildatum::date, $selectie)
group by maand, wijkteam, hulpvraag, soort
order by maand, wijkteam, hulpvraag, soort
