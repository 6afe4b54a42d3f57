"""Overzicht: the finding, the five figures that are asked for first, and a tile per KPI."""

import queries
from pages import shared
from pages.overzicht.finding import finding
from pages.overzicht.headline import headline

selection = shared.selection()
rows = {row["indicator"]: row for row in shared.ask("kpi", selection).iter_rows(named=True)}
teams = shared.ask("overdracht_per_wijkteam", selection)

shared.head("Het eerste jaar van de Wet inburgering 2021 in Haarlem", finding(rows))
shared.grid(headline(rows, long_open=shared.total(teams, "open_90_plus")), large=True)

for thema in queries.THEMAS:
    shared.section(thema)
    shared.grid(
        shared.kpi_tile(indicator, rows[name])
        for name, indicator in queries.INDICATOREN.items()
        if indicator.thema == thema
    )
