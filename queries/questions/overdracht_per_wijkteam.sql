-- The handover to the wijkteams, as of $peildatum.
-- grain: one row per receiving wijkteam with a population, Onbekend included
-- populatie and the statuses (overgedragen to vertrokken, which add up to it): persons; driegesprek: of overgedragen
with
overgangen as (
    select geteld_bij as groep, *, $peildatum::date - datum_einde as wacht
    from op('overdracht_stand', $peildatum::date)
    where $selectie
)
select per_team.groep as wijkteam, per_team.* exclude (groep)
from overdracht_per_groep('overgangen') as per_team
left join gebieden on gebieden.niveau = 'wijkteam' and gebieden.gebied = per_team.groep
order by coalesce(gebieden.volgorde, 999), per_team.groep
