"""The annex of a briefing.

All figures, the handover, what cannot be concluded, what disturbed the year, what the KPIs mean, and protection.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

import queries
from pages.briefing.document import TEXTS, Block, Facts, Table
from pages.briefing.figures import Figures
from pages.filters import bar
from pages.show import kpi
from pages.words import formats, presentation
from pages.words import sentences as says
from queries.definitions import columns

TOLD, THEMES, TEAM_COLUMNS, TABLES = (TEXTS[name] for name in ("document", "themes", "team_columns", "tables"))


def indicators(theme: dict[str, Any]) -> list[queries.Indicator]:
    """The KPIs of a theme of texts.toml, in the order of indicators.toml."""
    return [entry for entry in queries.INDICATOREN.values() if entry.thema in theme["themas"]]


def _figures(figures: Figures) -> tuple[Block, ...]:
    """A table per theme; what may not be shown is named below them, once."""
    rows, blocks, hidden, nobody = figures.by_indicator("kpi"), [], [], []
    rounded = "" if presentation.all_exact(figures.frames["kpi"], "waarde") else " (afgerond)"
    for theme in THEMES.values():
        if all(presentation.is_empty(rows[entry.naam]) for entry in indicators(theme)):
            nobody.append(f"‘{theme['title']}’")
            continue
        cells = []
        for entry in indicators(theme):
            row = rows[entry.naam]
            if not presentation.says(row):
                hidden.append(f"‘{entry.titel}’")
                continue
            nothing = presentation.is_empty(row) or row["noemer_kort"] == presentation.FEW
            basis = formats.MISSING if nothing else kpi.of_row(entry, row) or formats.MISSING
            cells.append((entry.titel, kpi.short(row), presentation.norm(entry), basis, _verdict(entry, row)))
        blocks += [Table(theme["title"] + rounded, rows=tuple(cells), **TABLES["theme"])] if cells else []
    told = {"too_small": hidden, "nobody_counts": nobody}
    return (*blocks, *(TOLD[what].format(formats.enumerate_words(names)) for what, names in told.items() if names))


def _verdict(indicator: queries.Indicator, row: presentation.Row) -> str:
    return formats.MISSING if indicator.norm is None else presentation.verdict(indicator, row)


def _teams(figures: Figures) -> tuple[Block, ...]:
    together = figures.rows("overdracht_totaal")
    if not together or together[0]["populatie"] == 0:
        return (TOLD["nobody_handed_over"],)
    if figures.openbaar:
        return _teams_in_public(figures, together[0])
    teams = [row for row in figures.rows("overdracht_per_wijkteam") if row["populatie"]]
    rows = tuple(
        (row["wijkteam"], *(row[f"{column}_kort"] for column in TEAM_COLUMNS))
        for row in (*teams, {**together[0], "wijkteam": "Samen"})
    )
    table = Table(rows=rows, headings=("Wijkteam", *TEAM_COLUMNS.values()), total=True, **TABLES["teams"])
    return (table, TOLD["teams_mean"])


def _teams_in_public(figures: Figures, together: presentation.Row) -> tuple[Block, ...]:
    """Statuses for the whole; of a team how many came from guidance, and the share handed over if it may be shown."""
    rows = tuple((label, together[f"{column}_kort"]) for column, label in TEXTS["statuses"].items())
    few = together["populatie_kort"] == presentation.FEW
    status = TOLD["few_handed_over"] if few else Table(rows=rows, total=True, **TABLES["status"])
    done = {row["gebied"]: row["waarde_kort"] for row in figures.rows("kpi_per_gebied")}
    teams = figures.rows("overdracht_per_wijkteam")
    if all(row["populatie_weergave"] == columns.WEGGELATEN for row in teams):
        return (status, TOLD["teams_of_the_city"])
    shares = [done.get(row["wijkteam"], presentation.TOO_SMALL) for row in teams]
    rows = [(row["wijkteam"], row["populatie_kort"], share) for row, share in zip(teams, shares, strict=True)]
    hidden = sum(share in (presentation.TOO_SMALL, presentation.NOT_SHOWN) for share in shares)
    if hidden == len(rows):
        table = Table(rows=tuple(row[:2] for row in rows), **TABLES["public_teams_without_shares"])
        return (status, table, TOLD["no_team_shown"])
    told = [TOLD["some_teams_hidden"]] if hidden else []
    return (status, Table(rows=tuple(rows), **TABLES["public_teams"]), *told)


def _conclusions(figures: Figures) -> tuple[Block, ...]:
    """Of one year against two, and of a change within the year, what the figures cannot say."""
    (row,), changes = figures.rows("evaluatie_vergelijking"), figures.rows("kpi_verandering")
    reasons = says.obstacles(row, figures.rows("evaluatie_meetbaarheid"))
    told = [f"{says.comparison(row)} {says.MEANING}", *([reasons] if reasons else [])]
    told += [TOLD["rounded_conditions"]] if reasons and figures.openbaar else []
    return (*told, *([] if says.moved(changes) else [says.changes(changes)]))


def disturbances(events: pl.DataFrame, peildatum: date) -> tuple[Block, ...]:
    """The events that touch the year of the peildatum, up to that day."""
    last_day = pl.coalesce("datum_tot", "datum_van")
    found = events.filter(pl.col("datum_van") <= peildatum, last_day >= date(peildatum.year, 1, 1)).sort("datum_van")
    told = []
    for event in found.to_dicts():
        first, until = formats.long_date(event["datum_van"]), event["datum_tot"]
        period = f"{first} tot en met {formats.long_date(until)}" if until else f"Vanaf {first}"
        told.append((period, f"{event['titel']}. {event['toelichting']} Bron: {event['bron']}."))
    return (Facts(tuple(told)) if told else TOLD["no_disturbances"],)


def _definitions(figures: Figures) -> tuple[Block, ...]:
    """What each KPI means of which a figure stands in the briefing."""
    rows = figures.by_indicator("kpi")
    shown = [entry for name, entry in queries.INDICATOREN.items() if presentation.says(rows[name])]
    return (Facts(tuple((entry.titel, entry.definitie) for entry in shown), small=True),)


def _account(figures: Figures) -> tuple[Block, ...]:
    told = (f"Bron: {figures.source}", TEXTS[figures.uitgave]["protection"], *TOLD["about"])
    return ((*told, bar.EARLIER_PEILDATUM) if figures.selection.peildatum else told,)


# What can be chosen of the annex, in the order of the document: its title, and what makes it.
PARTS: dict[str, tuple[str, Callable[[Figures], tuple[Block, ...]]]] = {
    "cijfers": ("Alle kengetallen", _figures),
    "wijkteams": ("De overdracht per wijkteam", _teams),
    "conclusies": ("Wat niet te concluderen is", _conclusions),
    "verstoringen": ("Verstoringen in het jaar", lambda of: disturbances(queries.events(), of.peildatum)),
    "definities": ("Wat de kengetallen betekenen", _definitions),
    "verantwoording": ("Over de gegevens en de bescherming", _account),
}
