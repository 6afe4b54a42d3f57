"""What the second page of a briefing shows against what it says: chart, figures and sentence of each theme."""

from __future__ import annotations

import re

import queries
from pages.briefing import content, document, figures
from pages.words import presentation
from pages.words.presentation import Row

# What tells of a change, which is told of like with like among the points, and what a chart says of itself.
_CHANGE = re.compile(r"\b(hoger|lager|gestegen|gedaald|steeg|daalde|veranderde)\b")
_LINE = re.compile(r": (?:van (?P<first>.+?) in .+? naar (?P<last>.+?) in|steeds (?P<same>.+?),) ")


def contradictions(found: figures.Figures) -> list[str]:
    """What contradicts something else on the first two pages, in English; nothing where all fits."""
    briefing, rows = content.build(found, ("verstoringen",)), found.by_indicator("kpi")
    points = briefing.first[0][1][0]
    # Of nobody there is one sentence.
    points = points if isinstance(points, tuple) else (points,)
    wrong = [] if len(points) <= 5 else ["more than five points"]
    if (far := queries.farthest_from_norm(rows)) and f"‘{queries.INDICATOREN[far[0]].titel}’" not in " ".join(points):
        wrong.append("the worst norm is another")
    told = next((point for point in points if _CHANGE.search(point)), "")
    for change in found.rows("kpi_verandering"):
        title, way = queries.INDICATOREN[change["indicator"]].titel_instroom, change["oordeel"]
        moved = way in ("hoger", "lager")
        wrong += [] if moved == (f"‘{title}’ (" in told) else [f"{title}: a change without a verdict, or the reverse"]
        wrong += [] if not moved or way in told.partition(f"‘{title}’")[2] else [f"{title}: the wrong way"]
    themes = {theme["title"]: theme for theme in content.THEMES.values()}
    for title, blocks in briefing.themes:
        if title in themes:
            lead, *_ = themes[title]["figures"]
            wrong += [f"{title}: {each}" for each in _of_theme(blocks, queries.INDICATOREN[lead], rows[lead])]
    return wrong


def _of_theme(blocks: tuple[document.Block, ...], lead: queries.Indicator, row: Row) -> list[str]:
    told = " ".join(block for block in blocks if isinstance(block, str))
    told = told.partition("Een grafiek laat de stand zien")[0]
    shown = next(block for block in blocks if not isinstance(block, str))
    tiles = {label: (value, note) for label, value, note in getattr(shown, "beside", shown).rows}
    wrong = [] if len(tiles) <= 3 else ["more than three figures"]
    wrong += [] if re.fullmatch(r"[^.]+\.", told.strip()) else [f"not one sentence: {told}"]
    wrong += ["a change"] if _CHANGE.search(told) else []
    if isinstance(shown, document.Picture):
        wrong += _of_chart(shown.alt.replace(f"{presentation.ABOUT} ", ""), tiles)
    if lead.titel in tiles:
        value, note = tiles[lead.titel]
        said = row["waarde_tekst"] if presentation.in_words(row, "waarde") else value
        wrong += [] if f" {said} " in told else ["the sentence has not the share beside it"]
        for verdict in ("niet gehaald", "gehaald"):
            here, there = f"% is {verdict}." in told, note.endswith(f", {verdict}")
            wrong += [] if here == there else [f"'{verdict}' here and not there"]
    return wrong


def _of_chart(alt: str, tiles: dict[str, tuple[str, str]]) -> list[str]:
    """The last stand of the line is the figure beside it."""
    title = next((label for label in tiles if f". {label}: " in alt), "")
    line = _LINE.search(alt)
    last = (line["last"] or line["same"]) if line else ""
    return (
        [] if title and last == tiles[title][0] else [f"the line ends at {last}, beside it stands {tiles.get(title)}"]
    )
