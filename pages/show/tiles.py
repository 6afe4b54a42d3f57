"""Tiles: one figure each with its verdict in words, as escaped HTML in a grid of equal heights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

import queries
from pages.show import TEXTS, college, left_out
from pages.words import formats, presentation
from queries.formats import escape
from queries.written import ABOUT

# Icons are signs in the text, so that they print and need no font; the words beside them say the same.
_VERDICTS = {name: tuple(words) for name, words in TEXTS["verdict"].items()}
TOO_FEW, NOBODY = _VERDICTS["te weinig waarnemingen"], TEXTS["nobody"]


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
    figure. parts: a small labelled bar in place of a figure. address: the page that the label leads to. picture: see
    trend.small(); the only part that is HTML. beside: what it is compared with, and how far off.
    """

    label: str
    value: str
    basis: str = ""
    verdict: tuple[str, str, str] | None = None
    definition: str = ""
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    address: str = ""
    picture: str = ""
    beside: str = ""


def _few(indicator: queries.Indicator, row: Mapping) -> bool:
    """Whether a share is of fewer than 10 persons or periods."""
    exact = presentation.exact(row, "waarde")
    return exact and indicator.eenheid == "aandeel" and row["noemer"] < queries.MINIMUM_NOEMER


def verdict_words(indicator: queries.Indicator, row: Mapping) -> tuple[str, str, str]:
    """The verdict on one row of the question kpi: its words, CSS class and sign."""
    if presentation.hidden(row, "waarde") and not presentation.in_words(row, "waarde"):
        return _VERDICTS["geen norm" if indicator.norm is None else "too_small"]
    if _few(indicator, row):
        return TOO_FEW
    if (found := presentation.judged(indicator, row)) is None:
        return _VERDICTS["rounded"]
    return _VERDICTS.get(found.uitkomst) or _VERDICTS.get(found.reden, _VERDICTS["geen norm"])


def counts_words(indicator: queries.Indicator, row: Mapping) -> str:
    """On how many a figure rests: "201 van 287", "van 98 zonder PIP"; of a median how many of how many got there."""
    if _few(indicator, row):
        # The numbers stand large already, in the place of the percentage.
        return TEXTS["few"].format(minimum=queries.MINIMUM_NOEMER)
    if indicator.eenheid == "aantal":
        whole = f"{row['noemer_kort']} {indicator.geheel}" if indicator.geheel else presentation.persons(row, "noemer")
        return f"van {whole}" if presentation.beside_its_whole(row) else ""
    # A published median comes without the numbers behind it.
    if presentation.hidden(row, "noemer" if indicator.is_mediaan else "waarde"):
        return ""
    return f"{presentation.of(row)}{' zover' if indicator.is_mediaan else ''}"


def norm_words(indicator: queries.Indicator) -> str:
    """The norm, or what stands in its place: "norm 100%", "aanbod: 12 maanden"; empty without either."""
    if indicator.norm is not None:
        return f"norm {presentation.norm(indicator)}"
    return "" if indicator.norm_tekst.startswith("geen norm") else indicator.norm_tekst


def basis_words(indicator: queries.Indicator, row: Mapping) -> str:
    """Where a figure comes from: "201 van 287 · norm 100%", "voor de helft · 158 van 291 zover"."""
    kind = TEXTS["half"] if indicator.is_mediaan else ""
    return " · ".join(filter(None, (kind, counts_words(indicator, row), norm_words(indicator))))


def value_words(indicator: queries.Indicator, row: Mapping) -> str:
    """The figure in its unit; without anybody "—", a median that is not there yet "nog niet bereikt".

    Of fewer than 10 there is no percentage but "4 van 9", and no median but the words that there are too few. What may
    not be shown is "<10", "te klein om te tonen", or words that are sure: "meer dan de helft".
    """
    if presentation.is_empty(row):
        return formats.MISSING
    if _few(indicator, row):
        return f"{row['teller_kort']} van {row['noemer_kort']}"
    if presentation.hidden(row, "waarde") and indicator.eenheid != "aantal":
        return sure_words(row) if presentation.in_words(row, "waarde") else presentation.TOO_SMALL
    return row["waarde_kort"]


def sure_words(row: Mapping) -> str:
    """What is sure of a share; that it misses its norm is told by the verdict beside it."""
    return row["waarde_tekst"].partition(", maar ")[0]


def kpi_tile(indicator: queries.Indicator, row: Mapping) -> Tile:
    """The tile of one KPI, from its entry in queries.INDICATOREN and its row of the question kpi.

    row: with what it is compared with under "naast", see kit.kpi_rows(). A rounded count says that it is: it stands
    alone, and would be read as exact.
    """
    basis = NOBODY if presentation.is_empty(row) else basis_words(indicator, row)
    verdict, definition = verdict_words(indicator, row), definition_words(indicator)
    value = value_words(indicator, row)
    if indicator.eenheid == "aantal" and value[0].isdigit():
        value = row["waarde_tekst"]
    return Tile(indicator.titel, value, basis, verdict, definition, beside=beside_words(row))


def beside_words(row: Mapping) -> str:
    """What a KPI is compared with; empty when nothing is compared."""
    return row["naast"].line if "naast" in row else ""


def kpi_grid(rows: Mapping[str, Mapping], *themas: str) -> None:
    """The tiles of the KPIs of themes, of those that say something, and what the college says of them.

    A count that is the whole of another stands in that one's tile. rows: per indicator its row of the question kpi.
    """
    grid([kpi_tile(entry, rows[entry.naam]) for entry in said(rows, *themas)])
    college.quote(rows, [name for name, entry in queries.INDICATOREN.items() if entry.thema in themas])


def said(rows: Mapping[str, Mapping], *themas: str) -> list[queries.Indicator]:
    """The KPIs that say something, of these themes or of all; the others are left out. rows: as kpi_grid()."""
    found = {True: [], False: []}
    for entry in (entry for entry in alone() if entry.thema in (themas or queries.THEMAS)):
        found[presentation.says(rows[entry.naam])].append(entry)
    left_out.add(left_out.KPI, *(entry.titel for entry in found[False]))
    return found[True]


def alone() -> list[queries.Indicator]:
    """The KPIs that are not told as the whole of another."""
    wholes = {entry.deel_van for entry in queries.INDICATOREN.values()}
    return [entry for name, entry in queries.INDICATOREN.items() if name not in wholes]


def definition_words(indicator: queries.Indicator) -> str:
    """The definition of a KPI, where its norm comes from, and its source."""
    words = indicator.definitie
    if indicator.norm is not None:
        words += f" Norm: {presentation.norm(indicator)} ({indicator.norm_tekst})."
    elif indicator.norm_tekst != "geen norm":
        words += f" {presentation.capital(indicator.norm_tekst)}."
    return f"{words} Bron: {indicator.bron}."


def definition_html(label: str, words: str) -> str:
    """The question mark with the definition behind it, which opens over the page and closes on Escape."""
    name = f"uitleg-{re.sub(r'[^a-z0-9]+', '-', label.lower())}"
    return (
        f'<button type="button" class="vraag" popovertarget="{name}" aria-label="Uitleg bij {escape(label)}">?</button>'
        f'<p class="uitleg" id="{name}" popover>{escape(words)}</p>'
    )


def verdict_html(verdict: tuple[str, str, str]) -> str:
    """A verdict with its sign."""
    words, style, sign = map(escape, verdict)
    return f'<p class="oordeel {style}"><span aria-hidden="true">{sign}</span> {words}</p>'


def _value(text: str) -> str:
    """The figure large, its unit and "ongeveer" smaller; words instead of a figure are smaller as well."""
    rounded = text.removeprefix(f"{ABOUT} ")
    figure, _, unit = rounded.partition(" ")
    if unit and not figure[0].isdigit():
        return f'<p class="waarde woorden">{escape(text)}</p>'
    small = '<span class="eenheid">{}</span>'
    words = (rounded != text and small.format(ABOUT), escape(figure), unit and small.format(escape(unit)))
    return f'<p class="waarde">{" ".join(filter(None, words))}</p>'


def html(tile: Tile) -> str:
    """One tile as HTML, every text in it escaped."""
    # A narrow tile must be able to break the one word that is too long for it.
    labels = [tile.label, *(part.label for part in tile.parts)]
    label, *parts = (escape(text).replace("Zelfredzaamheidsroute", "Zelfredzaamheids&shy;route") for text in labels)
    wide = '<span class="{}" style="flex-grow:{:.4f}"></span>'
    bar = "".join(wide.format(escape(part.style), part.share) for part in tile.parts if part.share > 0)
    row = '<li><span class="blokje {}"></span>{}<span class="deel">{}</span></li>'
    shown = zip(parts, tile.parts, strict=True)
    rows = "".join(row.format(escape(part.style), name, escape(part.shown)) for name, part in shown)
    if tile.address:
        label = f'<a href="{escape(tile.address)}">{label}</a>'
    out = [
        f'<p class="label">{label}</p>',
        definition_html(tile.label, tile.definition) if tile.definition else "",
        f'<div class="rij">{_value(tile.value)}{tile.picture}</div>' if tile.value else "",
        f'<div class="balk" aria-hidden="true">{bar}</div><ul class="delen">{rows}</ul>' if parts else "",
        verdict_html(tile.verdict) if tile.verdict else "",
        *(f'<p class="regel">{escape(text)}</p>' for text in tile.lines),
        f'<p class="basis">{escape(tile.basis)}</p>' if tile.basis else "",
        f'<p class="naast">{escape(tile.beside)}</p>' if tile.beside else "",
    ]
    style = "tegel breed" if tile.parts else "tegel"
    return f'<div class="{style}" role="listitem">{"".join(out)}</div>'


def grid(tiles: Sequence[Tile], *, large: bool = False) -> None:
    """Tiles side by side in equal heights, one below the other on a phone; large: the headline figures."""
    style = "tegels groot" if large else "tegels"
    if tiles:
        st.html(f'<div class="{style}" role="list">{"".join(html(tile) for tile in tiles)}</div>')
