-- Each share, as of $peildatum, against the same share of others, or of the same persons on another day.
-- grain: one row per share, all shares always, in the order of indicators.toml
-- teller, noemer, waarde: who is chosen (persons or periods, fraction); naast_*: what it is compared with
-- ci_laag, ci_hoog, oordeel: empty, and geen oordeel, on different days and where somebody is on both sides: two shares of
-- the same persons are not independent. The interval is of 99%, because all shares are compared at once
with
beide as (
    select *, true as nu from waarnemingen($peildatum::date) where $selectie
    union all
    select *, false as nu from waarnemingen($naast_peildatum::date) where $naast
),
gedeeld as (
    select distinct indicator from waarnemingen($peildatum::date) where $selectie and $naast
),
vergeleken as (
    select *, $peildatum::date = $naast_peildatum::date and indicator not in (from gedeeld) as onafhankelijk
    from kpi_vergeleken('beide', z99())
)
select
    indicator, teller, noemer, waarde,
    eerder_teller as naast_teller, eerder_noemer as naast_noemer, eerder_waarde as naast_waarde, verschil,
    case when onafhankelijk then ci_laag end as ci_laag,
    case when onafhankelijk then ci_hoog end as ci_hoog,
    case when onafhankelijk then oordeel else 'geen oordeel' end as oordeel
from vergeleken
order by volgorde
