-- Who waits for the handover: how far it is, and how long since the end of begeleiding, as of $peildatum.
-- grain: receiving wijkteam x status that is open, with somebody
-- open_*: persons; over the statuses they add up to those of overdracht_per_wijkteam
with
wachtenden as (
    select *, $peildatum::date - datum_einde as wacht
    from op('overdracht_stand', $peildatum::date)
    where open and $selectie
)
select
    geteld_bij as wijkteam,
    overdracht_status as status,
    getoond(aantal_als(celsleutel, wacht <= 30)) as open_0_30,
    getoond(aantal_als(celsleutel, wacht between 31 and 90)) as open_31_90,
    getoond(aantal_als(celsleutel, wacht > 90)) as open_90_plus
from wachtenden
left join gebieden on niveau = 'wijkteam' and gebied = geteld_bij
group by geteld_bij, overdracht_status
order by coalesce(any_value(volgorde), 999), wijkteam, status
