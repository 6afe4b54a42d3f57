"""From figures to a briefing: two pages (what it comes to, and the themes) and an annex with all figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import queries
from pages.briefing import annex, charts
from pages.briefing.document import TEXTS, Block, Briefing, Facts, Picture, Sections, Table, Tiles
from pages.briefing.figures import Figures
from pages.filters import bar
from pages.show import downloads, kpi, tiles
from pages.words import formats, presentation
from pages.words import sentences as says

FIRST_YEAR = 2022
TOLD, THEMES = TEXTS["document"], TEXTS["themes"]
# How many figures a theme has on its page.
MOST_FIGURES = 3
_ABOUT = re.compile(rf"\b{presentation.ABOUT} (?=\d)", re.IGNORECASE)


def build(figures: Figures, chosen: Collection[str] = ()) -> Briefing:
    """The briefing about these figures, with the chosen parts of the annex in their order; none chosen: all of them.

    Raises KeyError for a part that does not exist.
    """
    if unknown := set(chosen) - set(annex.PARTS):
        raise KeyError(f"no such part of the annex: {sorted(unknown)}")
    name = ("briefing", figures.uitgave, figures.peildatum.isoformat(), downloads.selection_slug(figures))
    asked = [part for key, part in annex.PARTS.items() if key in (chosen or annex.PARTS)]
    return Briefing(
        title=title(figures),
        facts=_title_block(figures),
        first=_once(_first(figures)),
        themes=_once(_themes(figures)),
        annex=_once(
            tuple(
                (TOLD["annex"].format(number, heading), make(figures))
                for number, (heading, make) in enumerate(asked, start=1)
            )
        ),
        marks=marks(figures),
        footer=f"{downloads.PRODUCT} · {selection_words(figures)} · stand {formats.long_date(figures.peildatum)}",
        made=figures.made,
        subject="_".join((*name, "demo") if figures.demo else name),
    )


def title(figures: Figures) -> str:
    """The subject of a briefing: "Het eerste jaar van de Wet inburgering 2021: stadsdeel Noord"."""
    about = TEXTS["first_year" if figures.peildatum.year == FIRST_YEAR else "other_year"]
    whole = figures.selection.whole_city and figures.grens is None
    parts = [part for part in _parts(figures) if part not in (queries.GEMEENTE.geheel, "alle doelgroepen")]
    return f"{about}{TEXTS['of_the_city'] if whole else ''}{': ' if parts else ''}{', '.join(parts)}"


def marks(figures: Figures) -> tuple[str, ...]:
    """What every page says."""
    internal = () if figures.openbaar else (downloads.INTERNAL,)
    return (*internal, bar.DEMO) if figures.demo else internal


def selection_words(figures: Figures) -> str:
    """The selection without its day: "heel Haarlem, alle doelgroepen"."""
    return ", ".join(_parts(figures))


def _parts(figures: Figures) -> list[str]:
    # The day, the edition and the demo have a place of their own here.
    return [part for part in figures.filters.split(" · ")[1:] if part not in (bar.OPENBAAR, bar.DEMO)]


def _once(sections: Sections) -> Sections:
    """The sections with "ongeveer" once in a paragraph: it goes for every figure in there."""

    def said(block: Block) -> Block:
        if isinstance(block, str) and (first := _ABOUT.search(block)):
            return block[: first.end()] + _ABOUT.sub("", block[first.end() :])
        if isinstance(block, Picture):
            return replace(block, alt=said(block.alt))
        return tuple(map(said, block)) if isinstance(block, tuple) else block

    return tuple((heading, tuple(map(said, blocks))) for heading, blocks in sections)


# ---------------------------------------------------------------------------------------------------- the first page


def _title_block(figures: Figures) -> tuple[tuple[str, str], ...]:
    """What an agenda needs to know of it; what the municipality did not fill in is not there, and is named."""
    nota, labels, of_edition = figures.nota, TEXTS["title_block"], TEXTS[figures.uitgave]
    filled = nota.model_dump() | {
        "datum": formats.long_date(nota.datum) if nota.datum else "",
        "eerdere_besluiten": "; ".join(nota.eerdere_besluiten),
    }
    missing = [presentation.lower(labels[name]) for name, words in filled.items() if not words]
    return (
        ("Aan", of_edition["addressed"]),
        *((labels[name], words) for name, words in filled.items() if words),
        ("Gaat over", f"{selection_words(figures)}; stand {formats.long_date(figures.peildatum)}"),
        ("Uitgave", of_edition["what"]),
        *([("Niet ingevuld", formats.enumerate_words(missing))] if missing else []),
        *([("Let op", TOLD["synthetic"])] if figures.demo else []),
    )


def _first(figures: Figures) -> Sections:
    rows = figures.by_indicator("kpi")
    found: Sections = (("Kernboodschap", _key_message(figures, rows)),)
    if five := _five(rows):
        found += ((TOLD["five"], (five,)),)
    found += ((TOLD["college"], (_college(figures, rows),)),)
    commitments = queries.commitments().select("nummer", "onderwerp", "status").rows()
    if commitments:
        found += (("Toezeggingen aan de raad", (Table(rows=tuple(commitments), **TEXTS["tables"]["commitments"]),)),)
    return found


def _college(figures: Figures, rows: Mapping[str, presentation.Row]) -> Block:
    """What the college says of figures that may be shown, apart from what these say."""
    told = tuple(
        (f"{entry.titel} ({rows[name]['waarde_kort']})", " ".join(figures.duiding[name]))
        for name, entry in queries.INDICATOREN.items()
        if name in figures.duiding and presentation.says(rows[name])
    )
    return Facts(told) if told else TOLD["no_duiding"]


def _key_message(figures: Figures, rows: Mapping[str, presentation.Row]) -> tuple[Block, ...]:
    """At most five points; what changed is one only when something did, beyond chance."""
    if all(presentation.is_empty(row) for row in rows.values()):
        return (TOLD["nobody"],)
    changes = figures.rows("kpi_verandering")
    told = (
        # A sentence for each who waits.
        " ".join(filter(None, (says.waiting(rows, [name]) for name in says.WAITING))),
        says.norms(rows),
        " ".join(filter(None, [says.duration(rows["begeleiding_mediaan"]), says.routes(rows)])),
        says.changes(changes) if says.moved(changes) else "",
        says.comparison(figures.rows("evaluatie_vergelijking")[0]),
    )
    return (tuple(filter(None, told)),)


def _five(rows: Mapping[str, presentation.Row]) -> Tiles | None:
    """The figures that a council asks for first; those that may not be shown are not there."""
    told = []
    for names in TEXTS["five"]:
        shown = [queries.INDICATOREN[name] for name in names if _can_be_shown(rows[name])]
        if len(shown) == len(names):
            titles = [shown[0].titel, *(each.titel.lower() for each in shown[1:])]
            note = f"van {rows[names[0]]['noemer_kort']} met een PIP" if len(names) > 1 else _note(shown[0], rows)
            told.append((" / ".join(titles), " / ".join(rows[name]["waarde_kort"] for name in names), note))
    return Tiles(tuple(told)) if told else None


def _can_be_shown(row: presentation.Row) -> bool:
    """Whether a row has a figure, or what is sure of it in words."""
    return presentation.in_words(row, "waarde") or (kpi.has_value(row) and not presentation.hidden(row, "waarde"))


def _few(row: presentation.Row) -> bool:
    return row["noemer"] is not None and row["noemer"] < presentation.MINIMUM


def _note(indicator: queries.Indicator, rows: Mapping[str, presentation.Row]) -> str:
    """On how many a figure rests, its norm, and whether that is met."""
    row = rows[indicator.naam]
    found = presentation.judged(indicator, row)
    verdict = TOLD["verdicts"].get(found.uitkomst, "") if found else ""
    counts = "" if indicator.is_mediaan else tiles.counts_words(indicator, row)
    return " · ".join(filter(None, (counts, tiles.norm_words(indicator) + verdict)))


# --------------------------------------------------------------------------------------------------------- the themes


def _themes(figures: Figures) -> Sections:
    """The themes of which there is something to say; the others are named together. Then how a chart is read."""
    made = {theme["title"]: _theme(theme, figures) for theme in THEMES.values()}
    told = [(heading, blocks) for heading, blocks in made.items() if blocks]
    if silent := [heading for heading, blocks in made.items() if not blocks]:
        nobody = all(presentation.is_empty(row) for row in figures.rows("kpi"))
        words = TOLD["nobody" if nobody else "themes_too_small"].format(formats.enumerate_words(silent))
        told.append((TOLD["other_themes"] if told else TOLD["themes"], (words,)))
    heading, blocks = told[-1]
    drawn = any(isinstance(block, Picture) for _, inside in told for block in inside)
    note = (TOLD["charts"].format(period=charts.period(figures)),) if drawn else ()
    return (*told[:-1], (heading, blocks + note))


def _theme(theme: dict[str, Any], figures: Figures) -> tuple[Block, ...]:
    """What there is to say of the first KPI of a theme, a chart of the first that has one, and three figures.

    Nothing when no figure can be shown.
    """
    rows, lead = figures.by_indicator("kpi"), theme["figures"][0]
    # Of fewer than ten no count either: that would be a finding about a few persons.
    enough = [name for name in theme["figures"] if _can_be_shown(rows[name]) and not _few(rows[name])]
    shown = [queries.INDICATOREN[name] for name in enough[:MOST_FIGURES]]
    three = Tiles(tuple((each.titel, tiles.value_words(each, rows[each.naam]), _note(each, rows)) for each in shown))
    picture = charts.trend(theme["title"], [each.naam for each in shown], figures, three)
    told, drawn = says.stand(lead, rows[lead]), picture or three
    return () if not shown else (told, drawn) if told else (drawn, TOLD["no_more"])
