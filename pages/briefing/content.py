"""From figures to a briefing: which sections there are, and what stands in each. Four pages A4 at most."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import Any

import polars as pl

import queries
from pages.briefing import charts
from pages.briefing.document import TEXTS, Block, Briefing, Facts, Table
from pages.briefing.figures import Figures
from pages.filters import bar
from pages.show import downloads
from pages.words import formats, presentation
from pages.words import sentences as says
from queries.definitions import columns

FIRST_YEAR = 2022
TOLD, THEMES, TEAM_COLUMNS, TABLES = (TEXTS[name] for name in ("document", "themes", "team_columns", "tables"))


def build(figures: Figures, chosen: Collection[str] = ()) -> Briefing:
    """The briefing about these figures with the chosen sections, in the order of SECTIONS; none chosen: all of them.

    Raises KeyError for a section that does not exist.
    """
    if unknown := set(chosen) - set(SECTIONS):
        raise KeyError(f"no such section: {sorted(unknown)}")
    headings = {"verstoringen": TOLD["disturbances"].format(figures.peildatum.year)}
    about, of_edition = title(figures.peildatum), TEXTS[figures.uitgave]
    facts = (
        ("Aan", of_edition["addressed"]),
        ("Onderwerp", about),
        ("Peildatum", formats.long_date(figures.peildatum)),
        ("Gaat over", selection_words(figures)),
        ("Uitgave", of_edition["what"]),
        *([("Let op", TOLD["synthetic"])] if figures.demo else []),
    )
    name = ("briefing", figures.uitgave, figures.peildatum.isoformat(), downloads.selection_slug(figures))
    asked = {key: section for key, section in SECTIONS.items() if key in (chosen or SECTIONS)}
    return Briefing(
        title=about,
        facts=facts,
        sections=tuple((headings.get(key, title), make(figures)) for key, (title, make) in asked.items()),
        marks=marks(figures),
        footer=f"{downloads.PRODUCT} · stand {formats.long_date(figures.peildatum)}",
        made=figures.made,
        subject="_".join((*name, "demo") if figures.demo else name),
    )


def title(peildatum: date) -> str:
    """The subject of a briefing about this day."""
    return TEXTS["first_year" if peildatum.year == FIRST_YEAR else "other_year"]


def marks(figures: Figures) -> tuple[str, ...]:
    """What every page says."""
    internal = () if figures.openbaar else (downloads.INTERNAL,)
    return (*internal, bar.DEMO) if figures.demo else internal


def selection_words(figures: Figures) -> str:
    """The selection without its day: "heel Haarlem, alle doelgroepen"."""
    # The day, the edition and the demo have a place of their own here.
    return ", ".join(part for part in figures.filters.split(" · ")[1:] if part not in (bar.OPENBAAR, bar.DEMO))


def _key_message(figures: Figures) -> tuple[Block, ...]:
    rows = figures.by_indicator("kpi")
    if all(presentation.is_empty(row) for row in rows.values()):
        return (TOLD["nobody"],)
    told = (
        says.waiting(rows),
        " ".join(filter(None, [says.duration(rows["begeleiding_mediaan"]), says.routes(rows)])),
        says.norms(rows),
        says.changes(figures.rows("kpi_verandering")),
        says.comparison(figures.rows("evaluatie_vergelijking")[0]),
    )
    return (tuple(filter(None, told)),)


def _commitments(_: Figures) -> tuple[Block, ...]:
    rows = queries.commitments().select("nummer", "onderwerp", "status", pl.col("toelichting").fill_null("")).rows()
    return (Table(rows=tuple(rows), **TABLES["commitments"]) if rows else TOLD["no_commitments"],)


def indicators(theme: dict[str, Any]) -> list[queries.Indicator]:
    """The KPIs of a theme of texts.toml, in the order of indicators.toml."""
    return [entry for entry in queries.INDICATOREN.values() if entry.thema in theme["themas"]]


def _theme(theme: dict[str, Any], figures: Figures) -> tuple[Block, ...]:
    rows, lead, entries = figures.by_indicator("kpi"), theme["drawn"][0], indicators(theme)
    if all(presentation.is_empty(rows[entry.naam]) for entry in entries):
        return (TOLD["nobody_in_theme"],)
    told = [says.stand(lead, rows[lead])]
    if not presentation.is_empty(rows[lead]):
        told.append(says.change(lead, figures.by_indicator("kpi_verandering")[lead]))
    told = [sentence for sentence in told if sentence]
    cells = []
    for entry in entries:
        row = rows[entry.naam]
        basis, verdict = presentation.basis(entry, row), presentation.verdict(entry, row)
        cells.append((entry.titel, row["waarde_tekst"], presentation.norm(entry), basis, verdict))
    words = TABLES["theme"] | {"title": TABLES["theme"]["title"].format(theme["title"].lower())}
    table = Table(rows=tuple(cells), **words)
    picture = charts.trend(theme["title"], theme["drawn"], figures, tuple(told))
    return (picture, table) if picture else (*told[:-1], f"{told[-1]} {TOLD['no_trend']}", table)


def _teams(figures: Figures) -> tuple[Block, ...]:
    together = figures.rows("overdracht_totaal")
    if not together or together[0]["populatie"] == 0:
        return (TOLD["nobody_handed_over"],)
    if figures.openbaar:
        return _teams_in_public(figures, together[0])
    teams = [row for row in figures.rows("overdracht_per_wijkteam") if row["populatie"]]
    rows = tuple(
        (row["wijkteam"], *(row[f"{column}_tekst"] for column in TEAM_COLUMNS))
        for row in (*teams, {**together[0], "wijkteam": "Samen"})
    )
    table = Table(rows=rows, headings=("Wijkteam", *TEAM_COLUMNS.values()), total=True, **TABLES["teams"])
    return (table, TOLD["teams_mean"])


def _teams_in_public(figures: Figures, together: presentation.Row) -> tuple[Block, ...]:
    """Statuses for the whole; of a team how many came from guidance, and the share handed over if it may be shown."""
    rows = tuple((label, together[f"{column}_tekst"]) for column, label in TEXTS["statuses"].items())
    status = Table(rows=rows, total=True, **TABLES["status"])
    done = {row["gebied"]: row["waarde_tekst"] for row in figures.rows("kpi_per_gebied")}
    teams = figures.rows("overdracht_per_wijkteam")
    if all(row["populatie_weergave"] == columns.WEGGELATEN for row in teams):
        return (status, TOLD["teams_of_the_city"])
    shares = [done.get(row["wijkteam"], presentation.TOO_SMALL) for row in teams]
    rows = [(row["wijkteam"], row["populatie_tekst"], share) for row, share in zip(teams, shares, strict=True)]
    hidden = sum(share in (presentation.TOO_SMALL, presentation.NOT_SHOWN) for share in shares)
    if hidden == len(rows):
        table = Table(rows=tuple(row[:2] for row in rows), **TABLES["public_teams_without_shares"])
        return (status, table, TOLD["no_team_shown"])
    told = [TOLD["some_teams_hidden"]] if hidden else []
    return (status, Table(rows=tuple(rows), **TABLES["public_teams"]), *told)


def _conclusions(figures: Figures) -> tuple[Block, ...]:
    (row,) = figures.rows("evaluatie_vergelijking")
    reasons = says.obstacles(row, figures.rows("evaluatie_meetbaarheid"))
    told = (f"{says.comparison(row)} {says.MEANING}", *([reasons] if reasons else []))
    return (*told, TOLD["rounded_conditions"]) if reasons and figures.openbaar else told


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


def _definitions(_: Figures) -> tuple[Block, ...]:
    themes = map(indicators, THEMES.values())
    return tuple(Facts(tuple((entry.titel, entry.definitie) for entry in theme), small=True) for theme in themes)


def _account(figures: Figures) -> tuple[Block, ...]:
    told = (f"Bron: {figures.source}", TEXTS[figures.uitgave]["protection"], *TOLD["about"])
    return ((*told, bar.EARLIER_PEILDATUM) if figures.selection.peildatum else told,)


# What can be chosen, in the order of the document: its title, and what makes it.
SECTIONS: dict[str, tuple[str, Callable[[Figures], tuple[Block, ...]]]] = {
    "kernboodschap": ("Kernboodschap", _key_message),
    "toezeggingen": ("Toezeggingen aan de raad", _commitments),
    **{key: (theme["title"], partial(_theme, theme)) for key, theme in THEMES.items()},
    "wijkteams": ("De overdracht per wijkteam", _teams),
    "conclusies": ("Wat niet te concluderen is", _conclusions),
    "verstoringen": ("Verstoringen in het jaar", lambda of: disturbances(queries.events(), of.peildatum)),
    "definities": ("Wat de kengetallen betekenen", _definitions),
    "verantwoording": ("Over de gegevens en de bescherming", _account),
}
