-- Which fixed costs are paid on the person's behalf, as of $peildatum.
-- grain: fixed cost, all three always; aantal: persons for whom it is paid; gestart: persons whose ontzorging started
with
geteld as (
    select
        aantal_als(celsleutel, huur) as huur,
        aantal_als(celsleutel, energie) as energie,
        aantal_als(celsleutel, zorgpremie) as zorgpremie,
        aantal(celsleutel) as gestart
    from op('ontzorging_stand', $peildatum::date)
    where gestart and $selectie
)
select post, getoond(aantal) as aantal, getoond(gestart) as gestart
from geteld unpivot (aantal for post in (huur, energie, zorgpremie))
order by list_position(['huur', 'energie', 'zorgpremie'], post)
