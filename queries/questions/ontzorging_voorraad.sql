-- Stock and flow of financieel ontzorgen per month, up to $peildatum.
-- grain: month, from the first with a start to that of $peildatum, without gaps
-- gestart, beeindigd: persons of the target group in that month; lopend: persons at its end (or at $peildatum)
with
perioden as (
    select celsleutel, datum_start, datum_einde
    from ontzorgingen([$peildatum::date], $selectie)
    where gestart
)
select maand, gestart, beeindigd, lopend
from voorraad('perioden', $peildatum::date)
order by maand
