-- The handover to the wijkteams, as of $peildatum.
-- grain: one row per receiving wijkteam with a population, Onbekend included
-- populatie and the statuses (overgedragen to vertrokken, which add up to it): persons; driegesprek: of overgedragen
-- mediaan_dagen: Kaplan-Meier, days from the end of begeleiding to the handover, null while not reached
-- open_*: persons who wait, by days since the end of begeleiding
with
populatie as (
    from overdrachten([$peildatum::date], $selectie)
),
observaties as (
    select overdracht_wijkteam as groep, tijd, gebeurtenis
    from populatie
    where overdracht_status <> 'Vertrokken'
),
per_team as (
    select
        overdracht_wijkteam as wijkteam,
        count(*) as populatie,
        count(*) filter (where overdracht_status = 'Overgedragen') as overgedragen,
        count(*) filter (where overdracht_status = 'Gepland') as gepland,
        count(*) filter (where overdracht_status = 'Niet bereikt') as niet_bereikt,
        count(*) filter (where overdracht_status = 'Afgezien') as afgezien,
        count(*) filter (where overdracht_status = 'Geen overdracht geregistreerd') as geen_registratie,
        count(*) filter (where overdracht_status = 'Vertrokken') as vertrokken,
        count(*) filter (where overdracht_status = 'Overgedragen' and vorm = 'Driegesprek') as driegesprek,
        count(*) filter (where open and dagen_sinds_einde <= 30) as open_0_30,
        count(*) filter (where open and dagen_sinds_einde between 31 and 90) as open_31_90,
        count(*) filter (where open and dagen_sinds_einde > 90) as open_90_plus
    from populatie
    group by overdracht_wijkteam
)
select
    per_team.wijkteam,
    populatie,
    overgedragen,
    gepland,
    niet_bereikt,
    afgezien,
    geen_registratie,
    vertrokken,
    driegesprek,
    duur.mediaan as mediaan_dagen,
    open_0_30,
    open_31_90,
    open_90_plus
from per_team
left join duren('observaties') as duur on duur.groep = per_team.wijkteam
left join gebieden on gebieden.niveau = 'wijkteam' and gebieden.gebied = per_team.wijkteam
order by coalesce(gebieden.volgorde, 999), per_team.wijkteam
