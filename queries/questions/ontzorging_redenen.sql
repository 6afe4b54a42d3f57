-- Why ontzorgen did not start or ended early, as of $peildatum.
-- grain: soort (Niet gestart, with Geen registratie in it, or Voortijdig beëindigd) x reden; aantal: persons of the
-- target group; reden Onbekend: no row, or no reason in it
with
per_reden as (
    select
        case when gestart then ontzorging_status else 'Niet gestart' end as soort,
        coalesce(case when gestart then reden_einde else reden_niet_gestart end, 'Onbekend') as reden,
        getoond(aantal(celsleutel)) as aantal
    from op('ontzorging_stand', $peildatum::date)
    where ontzorging_status in ('Niet gestart', 'Geen registratie', 'Voortijdig beëindigd') and $selectie
    group by all
)
from per_reden
order by soort, reden = 'Onbekend', aantal desc, reden
