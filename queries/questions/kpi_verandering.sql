-- Change of each share, like with like (kpi_instroom): the latest quarter of entry with a noemer of 10 or more against all
-- earlier quarters of the same year together, as of $peildatum.
-- grain: one row per share, all shares always, in the order of indicators.toml
with
entrants as materialized (
    select *, eerste_van_kwartaal(instroom) as kwartaal
    from ingestroomd($peildatum::date)
    where $selectie
),
laatste as (
    select indicator, kwartaal as laatste
    from entrants
    group by indicator, kwartaal
    having getoond(aantal(celsleutel)) >= 10
    qualify row_number() over (partition by indicator order by kwartaal desc) = 1
),
vergeleken as (
    select *, kwartaal = laatste as nu
    from entrants
    join laatste using (indicator)
    where kwartaal <= laatste and year(kwartaal) = year(laatste)
)
select
    indicator, laatste as kwartaal,
    teller, noemer, waarde, eerder_teller, eerder_noemer, eerder_waarde, verschil, ci_laag, ci_hoog, oordeel
from kpi_vergeleken('vergeleken', z95())
left join laatste using (indicator)
order by volgorde
