"""Tiles: one figure each with its verdict in words, as escaped HTML in a grid of equal heights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import streamlit as st

import queries
from pages.shared import formats
from pages.shared.formats import escape

# Icons are signs in the text, so that they print and need no font; the words beside them say the same.
NOT_MET = ("Norm niet gehaald", "te-laat", "✕")
MET = ("Op de norm", "gehaald", "✓")
TOO_FEW = ("Te weinig waarnemingen", "neutraal", "?")
NO_NORM = ("Geen norm", "neutraal", "–")
MEDIAN = ("Geen oordeel: mediaan", "neutraal", "–")


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
    judged = queries.verdict(indicator, row["teller"], row["noemer"], row["waarde"])
    if judged.uitkomst == "voldoet":
        return MET
    if judged.uitkomst == "voldoet niet":
        return NOT_MET
    return {"te weinig waarnemingen": TOO_FEW, "mediaan": MEDIAN}.get(judged.reden, NO_NORM)


def basis_words(indicator: queries.Indicator, row: dict) -> str:
    """Where a figure comes from: "201 van 287 · norm 100%"; of a median how many of how many got there."""
    words = f"{formats.count(row['teller'])} van {formats.count(row['noemer'])}"
    if indicator.eenheid == "aantal":
        words = f"van {formats.persons(row['noemer'])}"
    elif indicator.is_mediaan:
        words = f"mediaan · {words} zover"
    if indicator.norm is not None:
        words += f" · norm {formats.value(indicator.norm, indicator.eenheid)}"
    elif not indicator.norm_tekst.startswith("geen norm"):
        words += f" · {indicator.norm_tekst}"
    return words


def value_words(indicator: queries.Indicator, row: dict) -> str:
    """The figure in its unit; without anybody "—", a median that is not there yet "nog niet bereikt"."""
    if not row["noemer"] and row["waarde"] is None:
        return formats.MISSING
    return formats.value(row["waarde"], indicator.eenheid)


def kpi_tile(indicator: queries.Indicator, row: dict) -> Tile:
    """The tile of one KPI, from its entry in queries.INDICATOREN and its row of the question kpi."""
    return Tile(
        indicator.titel,
        value_words(indicator, row),
        basis=basis_words(indicator, row) if row["noemer"] else "niemand in deze selectie",
        verdict=verdict_words(indicator, row),
        definition=definition_words(indicator),
    )


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
    if text == formats.NOT_REACHED:
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
