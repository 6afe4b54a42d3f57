-- Where everybody under WI2021 stands with the PIP, per wijkteam in whose area they live, as of $peildatum.
-- grain: wijkteam with somebody in beeld (personen), Onbekend included, in the order of the city; counts: persons
-- over_termijn, binnen_termijn and niet_gestart: who waits for a PIP; who left is in none of them
-- langst: days since the ten weeks were over, of who waits longest; null when nobody is over them
with
dossiers as (
    select *, actief and pip_status = 'Termijn verstreken zonder PIP' as wacht_te_lang
    from op('pip_stand', $peildatum::date)
    where $selectie
)
select
    wijkteam,
    getoond(aantal_als(celsleutel, wacht_te_lang)) as over_termijn,
    max($peildatum::date - uiterste_datum) filter (where wacht_te_lang) as langst,
    getoond(aantal_als(celsleutel, pip_status = 'Binnen termijn')) as binnen_termijn,
    getoond(aantal_als(celsleutel, pip_status = 'Termijn niet gestart')) as niet_gestart,
    getoond(aantal_als(celsleutel, pip_status = 'PIP te laat')) as te_laat,
    getoond(aantal_als(celsleutel, pip_status = 'Op tijd')) as op_tijd,
    getoond(aantal(celsleutel)) as personen
from dossiers
left join gebieden on gebieden.niveau = 'wijkteam' and gebied = wijkteam
group by wijkteam, volgorde
order by volgorde
