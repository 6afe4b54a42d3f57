-- Stock and flow of financieel ontzorgen per month, up to $peildatum.
-- grain: month, from the first with a start to that of $peildatum, without gaps
with
perioden as (
    from op('ontzorging_stand', $peildatum::date)
    where gestart and $selectie
)
select maand, gestart, beeindigd, lopend
from voorraad('perioden', $peildatum::date)
order by maand
