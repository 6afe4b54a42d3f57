-- Why ontzorgen did not start or ended early, as of $peildatum.
-- grain: soort (Niet gestart, with Geen registratie in it, or Voortijdig beëindigd) x reden; aantal: persons of the
-- target group; reden Onbekend: no row, or no reason in it
with
zonder as (
    select
        celsleutel,
        case when ontzorging_status = 'Voortijdig beëindigd' then ontzorging_status else 'Niet gestart' end as soort,
        case
            when ontzorging_status = 'Voortijdig beëindigd' then coalesce(reden_einde, 'Onbekend')
            else coalesce(reden_niet_gestart, 'Onbekend')
        end as reden
    from ontzorgingen([$peildatum::date], $selectie)
    where ontzorging_status in ('Niet gestart', 'Geen registratie', 'Voortijdig beëindigd')
)
select soort, reden, getoond(aantal(celsleutel)) as aantal
from zonder
group by soort, reden
order by soort, reden = 'Onbekend', aantal desc, reden
