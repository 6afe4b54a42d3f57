-- Stock and flow of begeleiding per month, up to $peildatum.
-- grain: month, from the first with a start to that of $peildatum, without gaps
with
perioden as (
    from op('begeleiding_stand', $peildatum::date)
    where $selectie
)
select maand, gestart, beeindigd, lopend
from voorraad('perioden', $peildatum::date)
order by maand
