"""Tiles: one figure each with its verdict in words, as escaped HTML in a grid of equal heights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import streamlit as st

import queries
from pages.words import formats, presentation
from queries.formats import escape

# Icons are signs in the text, so that they print and need no font; the words beside them say the same.
NOT_MET = ("Norm niet gehaald", "te-laat", "✕")
MET = ("Op de norm", "gehaald", "✓")
TOO_FEW = ("Te weinig waarnemingen", "neutraal", "?")
NO_NORM = ("Geen norm", "neutraal", "–")
MEDIAN = ("Geen oordeel: mediaan", "neutraal", "–")
TOO_SMALL = ("Te klein om te tonen", "neutraal", "?")
ROUNDED = ("Geen oordeel: afgerond", "neutraal", "–")


@dataclass(frozen=True)
class Part:
    """One part of a small bar: its label, its value in words, its share from 0 to 1 and its CSS class."""

    label: str
    shown: str
    share: float
    style: str


@dataclass(frozen=True)
class Tile:
    """What a tile says; all of it plain text.

    label: what is counted. value: the figure in Dutch notation. verdict: words, CSS class and sign, or None.
    basis: "201 van 287 · norm 100%". definition: what stands behind the question mark. lines: more about the
    figure. parts: a small labelled bar in place of a figure.
    """

    label: str
    value: str
    basis: str = ""
    verdict: tuple[str, str, str] | None = None
    definition: str = ""
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())


def verdict_words(indicator: queries.Indicator, row: dict) -> tuple[str, str, str]:
    """The verdict on one row of the question kpi: its words, CSS class and sign."""
    if presentation.judged(indicator, row) is None:
        return TOO_SMALL if presentation.hidden(row, "waarde") else ROUNDED
    if presentation.hidden(row, "waarde"):
        return NO_NORM if indicator.norm is None else TOO_SMALL
    if _few(indicator, row) and indicator.eenheid == "aandeel":
        return TOO_FEW
    judged = queries.verdict(indicator, row["teller"] or 0, row["noemer"] or 0, row["waarde"])
    if judged.uitkomst == "voldoet":
        return MET
    if judged.uitkomst == "voldoet niet":
        return NOT_MET
    return {"te weinig waarnemingen": TOO_FEW, "mediaan": MEDIAN}.get(judged.reden, NO_NORM)


def _few(indicator: queries.Indicator, row: dict) -> bool:
    """Whether a share has fewer than 10 persons or periods, or a median fewer than 10 that got there."""
    fewest = queries.MINIMUM_NOEMER
    if not presentation.exact(row, "waarde"):
        return False
    if indicator.is_mediaan:
        return row["noemer"] < fewest or (row["waarde"] is not None and row["teller"] < fewest)
    return indicator.eenheid == "aandeel" and row["noemer"] < fewest


def basis_words(indicator: queries.Indicator, row: dict) -> str:
    """Where a figure comes from: "201 van 287 · norm 100%"; of a median how many of how many got there."""
    words = "" if presentation.hidden(row, "waarde") else presentation.of(row)
    if indicator.eenheid == "aandeel" and _few(indicator, row):
        # The numbers stand large already, in the place of the percentage.
        words = f"minder dan {queries.MINIMUM_NOEMER} waarnemingen"
    if indicator.eenheid == "aantal" and not presentation.beside_its_whole(row):
        words = ""
    elif indicator.eenheid == "aantal":
        words = f"van {presentation.number(row, 'noemer') if indicator.geheel else presentation.persons(row, 'noemer')}"
        words += f" {indicator.geheel}" if indicator.geheel else ""
    elif indicator.is_mediaan:
        # A published median comes without the numbers behind it.
        words = f"mediaan · {words} zover" if not presentation.hidden(row, "noemer") else "mediaan"
    if indicator.norm is not None:
        beside = f"norm {formats.value(indicator.norm, indicator.eenheid)}"
    else:
        beside = "" if indicator.norm_tekst.startswith("geen norm") else indicator.norm_tekst
    return " · ".join(filter(None, (words, beside)))


def value_words(indicator: queries.Indicator, row: dict) -> str:
    """The figure in its unit; without anybody "—", a median that is not there yet "nog niet bereikt".

    Of fewer than 10 there is no percentage but "4 van 9", and no median but the words that there are too few. What may
    not be shown is "<10" or "te klein om te tonen".
    """
    if presentation.hidden(row, "waarde"):
        return presentation.number(row, "waarde") if indicator.eenheid == "aantal" else presentation.TOO_SMALL
    if presentation.is_empty(row):
        return formats.MISSING
    if _few(indicator, row):
        if indicator.is_mediaan:
            return formats.TOO_FEW
        return f"{formats.count(row['teller'])} van {formats.count(row['noemer'])}"
    return presentation.figure(indicator, row)


def kpi_tile(indicator: queries.Indicator, row: dict) -> Tile:
    """The tile of one KPI, from its entry in queries.INDICATOREN and its row of the question kpi."""
    return Tile(
        indicator.titel,
        value_words(indicator, row),
        basis="niemand in deze selectie" if presentation.is_empty(row) else basis_words(indicator, row),
        verdict=verdict_words(indicator, row),
        definition=definition_words(indicator),
    )


def kpi_grid(thema: str, rows: Mapping[str, dict]) -> None:
    """The tiles of a theme's KPIs. A count that is the whole of another stands in that one's tile.

    rows: per indicator its row of the question kpi.
    """
    wholes = {entry.deel_van for entry in queries.INDICATOREN.values()}
    entries = [entry for name, entry in queries.INDICATOREN.items() if entry.thema == thema and name not in wholes]
    grid(kpi_tile(entry, rows[entry.naam]) for entry in entries)


def definition_words(indicator: queries.Indicator) -> str:
    """The definition of a KPI, where its norm comes from, and its source."""
    words = indicator.definitie
    if indicator.norm is not None:
        words += f" Norm: {formats.value(indicator.norm, indicator.eenheid)} ({indicator.norm_tekst})."
    elif indicator.norm_tekst != "geen norm":
        words += f" {indicator.norm_tekst[0].upper()}{indicator.norm_tekst[1:]}."
    return f"{words} Bron: {indicator.bron}."


def _hyphenated(text: str) -> str:
    # A narrow tile must be able to break the one word that is too long for it.
    return escape(text).replace("Zelfredzaamheidsroute", "Zelfredzaamheids&shy;route")


def _value(text: str) -> str:
    """The figure large and its unit smaller; words instead of a figure are smaller as well."""
    figure, _, unit = text.partition(" ")
    if text in (formats.NOT_REACHED, formats.TOO_FEW, presentation.TOO_SMALL, presentation.NOT_SHOWN):
        return f'<span class="eenheid">{escape(text)}</span>'
    if not unit or not figure[0].isdigit():
        return escape(text)
    return f'{escape(figure)} <span class="eenheid">{escape(unit)}</span>'


def html(tile: Tile) -> str:
    """One tile as HTML, every text in it escaped."""
    out = [f'<p class="label">{_hyphenated(tile.label)}</p>']
    if tile.definition:
        out.append(
            f'<details class="definitie"><summary aria-label="Uitleg bij {escape(tile.label)}">?</summary>'
            f"<p>{escape(tile.definition)}</p></details>"
        )
    if tile.value:
        out.append(f'<p class="waarde">{_value(tile.value)}</p>')
    if tile.parts:
        bar = "".join(
            f'<span class="{escape(part.style)}" style="flex-grow:{part.share:.4f}"></span>'
            for part in tile.parts
            if part.share > 0
        )
        rows = "".join(
            f'<li><span class="blokje {escape(part.style)}"></span>{_hyphenated(part.label)}'
            f'<span class="deel">{escape(part.shown)}</span></li>'
            for part in tile.parts
        )
        out.append(f'<div class="balk" aria-hidden="true">{bar}</div><ul class="delen">{rows}</ul>')
    if tile.verdict:
        words, style, sign = tile.verdict
        icon = f'<span aria-hidden="true">{escape(sign)}</span>'
        out.append(f'<p class="oordeel {escape(style)}">{icon} {escape(words)}</p>')
    out.extend(f'<p class="regel">{escape(text)}</p>' for text in tile.lines)
    if tile.basis:
        out.append(f'<p class="basis">{escape(tile.basis)}</p>')
    style = "tegel breed" if tile.parts else "tegel"
    return f'<div class="{style}" role="listitem">{"".join(out)}</div>'


def grid(tiles: Iterable[Tile], *, large: bool = False) -> None:
    """Tiles side by side in equal heights, one below the other on a phone; large: the headline figures."""
    style = "tegels groot" if large else "tegels"
    st.html(f'<div class="{style}" role="list">{"".join(html(tile) for tile in tiles)}</div>')
