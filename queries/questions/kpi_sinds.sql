-- Each share, like with like (kpi_instroom): those whose follow-up ended after $sinds against those whose follow-up ended
-- earlier in the calendar year of $peildatum.
-- grain: one row per share, all shares always, in the order of indicators.toml
with
gevolgd as (
    select *, gevolgd_tot > $sinds::date as nu
    from ingestroomd($peildatum::date)
    where $selectie and (nu or year(gevolgd_tot) = year($peildatum::date))
)
select
    indicator, teller, noemer, waarde, eerder_teller, eerder_noemer, eerder_waarde, verschil, ci_laag, ci_hoog, oordeel
from kpi_vergeleken('gevolgd', z95())
order by volgorde
