-- Which fixed costs are paid on the person's behalf, as of $peildatum.
-- grain: fixed cost, all three always; aantal: persons for whom it is paid; gestart: persons whose ontzorging started
with
gestarte as (
    select celsleutel, huur, energie, zorgpremie
    from ontzorgingen([$peildatum::date], $selectie)
    where gestart
),
posten (volgorde, post) as (
    values (1, 'huur'), (2, 'energie'), (3, 'zorgpremie')
)
select
    post,
    getoond(coalesce((
        select aantal_als(
            celsleutel, case post when 'huur' then huur when 'energie' then energie else zorgpremie end
        )
        from gestarte
    ), 0)) as aantal,
    getoond(coalesce((select aantal(celsleutel) from gestarte), 0)) as gestart
from posten
order by volgorde
