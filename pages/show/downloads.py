"""What a visitor takes along: every table as CSV and XLSX, every chart as PNG and SVG, with what it says of itself.

A file is made when it is asked for, never while a page is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import altair as alt
import streamlit as st

import queries
from pages.access import gate
from pages.access import questions as access
from pages.filters import bar
from pages.show import pictures, sheets
from pages.show.tiles import definition_words
from pages.words import formats, presentation

_USED = "_download_names"

# A file name must fit in the window in which it is saved.
SUBJECT_LENGTH = 50
SELECTION_LENGTH = 60

PRODUCT = "Monitor inburgering Haarlem"
INTERNAL = "Intern: niet openbaar maken"
SYNTHETIC = "geen cijfers van de echte gemeente"
PUBLIC_NOTATION = (
    "Aandelen zijn fracties, getoond als hele procenten. Waar een cijfer niet te tonen is, staat er waarom: <10 "
    "(minder dan 10), te klein om te tonen, of niet getoond."
)
NOTATION = (
    "De cellen bevatten alle decimalen; getoond wordt wat op het scherm staat. Een lege cel betekent: geen uitkomst "
    "(niemand in de noemer, of een mediaan die nog niet is bereikt)."
)
UNFILTERED = "geen: de filters veranderen deze tabel niet"
NO_MEANING = "gemaakt voor deze tabel; zie de kop en de titel"


@dataclass(frozen=True)
class Context:
    """What a file says of where it comes from; the same for every file of a page.

    filters: the words above the page. grens: the wijkteams to whose area the figures are limited. openbaar: whether
    they are the published ones.
    """

    filters: str
    selection: queries.Selection
    peildatum: date
    demo: bool
    delivery: str
    grens: tuple[str, ...] | None = None
    openbaar: bool = False

    @property
    def source(self) -> str:
        """Where the figures come from, in a sentence."""
        product = f"{PRODUCT}, versie {queries.VERSION}"
        if self.demo:
            return f"{bar.DEMO}, {SYNTHETIC}; {product}."
        return f"Extracten van de gemeente Haarlem, stand {formats.long_date(self.peildatum)}; {product}."

    @property
    def cautions(self) -> tuple[str, ...]:
        """What the reader must know before the figures are passed on."""
        found = [presentation.ROUNDED if self.openbaar else INTERNAL]
        if self.selection.peildatum:
            found.append(bar.EARLIER_PEILDATUM)
        return tuple(found)


@dataclass(frozen=True)
class Item:
    """A title with its table and, if there is one, its chart.

    n: on how many persons, periods or requests it rests, in words. questions: where it comes from and its columns are
    defined; none for a table of the page itself, which no filter changes. indicators: the KPIs it is about.
    """

    title: str
    toelichting: str
    shown: sheets.Shown
    chart: alt.TopLevelMixin | None = None
    n: str = ""
    questions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file on offer: what the button says, its name, its kind, and the function that makes it."""

    label: str
    name: str
    mime: str
    make: Callable[[], bytes | str]


def begin() -> None:
    """Starts a page: the names of its files are given out from here."""
    st.session_state[_USED] = []


def context() -> Context:
    """The context of the page that is being drawn."""
    source, chosen = access.database(), bar.selection()
    return Context(
        filters=bar.in_words(),
        selection=chosen,
        peildatum=chosen.peildatum or source.peildatum,
        demo=source.demo,
        delivery=source.manifest.levering_id,
        grens=source.grens,
        openbaar=access.view() == gate.OPENBAAR,
    )


def offer(item: Item, around: Context, key: str, label: str = "Downloaden") -> None:
    """A button that opens the choice of files for one table and its chart; nothing is made yet."""
    subject = _not_used_yet(subject_of(item))
    _choice(item, around, subject, f"download_{key}", label)


@st.fragment
def _choice(item: Item, around: Context, subject: str, key: str, label: str) -> None:
    # A fragment: opening the choice does not draw the page again. Closed, it holds no buttons and no files.
    with st.popover(label, icon=":material/download:", type="tertiary", key=key, on_change="rerun") as opened:
        if opened.open:
            with st.container(gap="xxsmall"):
                for number, file in enumerate(files(item, around, subject)):
                    st.download_button(
                        file.label,
                        data=access.taken(file.name, around.selection, file.make),
                        file_name=file.name,
                        mime=file.mime,
                        on_click="ignore",
                        type="tertiary",
                        key=f"{key}_{number}",
                    )


def files(item: Item, around: Context, subject: str) -> list[File]:
    """The files of one table and its chart; they are made by calling their function, outside the page if need be."""
    stem = "_".join(
        part
        for part in (
            subject,
            around.peildatum.isoformat(),
            selection_slug(around) if item.questions else "",
            "openbaar" if around.openbaar else slug(INTERNAL, SUBJECT_LENGTH),
            "demo" if around.demo else "",
        )
        if part
    )
    found = [
        File("Tabel voor Excel (XLSX)", f"{stem}.xlsx", sheets.XLSX_MIME, lambda: workbook(item, around)),
        File("Tabel als CSV", f"{stem}.csv", sheets.CSV_MIME, lambda: sheets.csv(item.shown)),
    ]
    chart = item.chart
    if chart is not None:
        words = picture_words(item, around)
        found += [
            File("Grafiek als PNG", f"{stem}.png", pictures.PNG_MIME, lambda: pictures.png(chart, words)),
            File("Grafiek als SVG", f"{stem}.svg", pictures.SVG_MIME, lambda: pictures.svg(chart, words)),
        ]
    return found


def workbook(item: Item, around: Context) -> bytes:
    """The table as XLSX with its explanation."""
    facts = [
        ("Titel", item.title),
        ("Wat er staat", item.toelichting),
        ("Filters", filter_words(item, around)),
        ("Peildatum", formats.long_date(around.peildatum)),
        ("Aantal", basis(item)),
        ("Bron", around.source),
        ("Levering", around.delivery),
        ("Vraag", "\n".join(f"{queries.VRAGEN[name].titel} ({name})" for name in item.questions)),
        ("Let op", "\n".join(around.cautions)),
        ("Getallen", PUBLIC_NOTATION if around.openbaar else NOTATION),
    ]
    parts = (
        ((), [(label, text) for label, text in facts if text]),
        (("Kolom", "Naam in de vraag", "Betekenis"), columns_explained(item)),
        definitions(indicators_of(item)),
    )
    return sheets.xlsx(item.shown, item.title, parts, "" if around.openbaar else INTERNAL, around.source)


def definitions(indicators: Iterable[str]) -> sheets.Part:
    """What KPIs mean, for the sheet that explains a workbook; nothing without any."""
    told = [(queries.INDICATOREN[name].titel, definition_words(queries.INDICATOREN[name])) for name in indicators]
    return (("Kengetal", "Definitie") if told else (), told)


def picture_words(item: Item, around: Context) -> pictures.Words:
    """The words around a chart: title, what is drawn, n; below it filters with the peildatum, source, cautions."""
    n = "" if re.search(r"\bn = ", item.toelichting) else basis(item)
    lines = tuple(line for line in (item.toelichting, n) if line)
    return pictures.Words(item.title, lines, (filter_words(item, around), f"Bron: {around.source}", *around.cautions))


def filter_words(item: Item, around: Context) -> str:
    """The filters in words, or that this table does not follow them."""
    return around.filters if item.questions else UNFILTERED


def basis(item: Item) -> str:
    """On how many a table rests: as the page says it, else its totals, else the range of its noemers."""
    frame = item.shown.frame
    if item.n or frame.is_empty():
        return item.n
    names = dict(zip(frame.columns, item.shown.names(), strict=True))
    totals = [column for column in frame.columns if column in item.shown.totals]
    counts = {column: formats.count(frame[column].fill_null(0).sum()) for column in totals}
    if len(totals) == 1:
        return f"n = {counts[totals[0]]}"
    if totals:
        return f"Totaal: {'; '.join(f'{names[column].lower()} {counts[column]}' for column in totals)}"
    if "noemer" in frame.columns:
        low, high = frame["noemer"].min(), frame["noemer"].max()
        if low is None or any(item.shown.words_in_place("noemer")):
            return ""
        return f"n = {formats.count(low)}" if low == high else f"n = {formats.count(low)} tot {formats.count(high)}"
    return ""


def columns_explained(item: Item) -> list[tuple[str, str, str]]:
    """Per column its heading, its name and its meaning in the questions that it comes from."""
    explained = []
    for column, name in zip(item.shown.frame.columns, item.shown.names(), strict=True):
        meanings = dict.fromkeys(
            queries.VRAGEN[question].kolommen[column]
            for question in item.questions
            if column in queries.VRAGEN[question].kolommen
        )
        explained.append((name, column, "; of: ".join(meanings) or NO_MEANING))
    return explained


def indicators_of(item: Item) -> list[str]:
    """The KPIs that a table is about: those the page names, and those in its column indicator."""
    frame = item.shown.frame
    inside = frame["indicator"].unique(maintain_order=True).to_list() if "indicator" in frame.columns else []
    return [name for name in dict.fromkeys((*item.indicators, *inside)) if name in queries.INDICATOREN]


def subject_of(item: Item) -> str:
    """What a file is about, for its name: its one KPI, or the question that it answers, else its title.

    The questions on all KPIs say too little about a table of a few of them.
    """
    questions, indicators = item.questions, indicators_of(item)
    if len(indicators) == 1:
        return slug(indicators[0], SUBJECT_LENGTH)
    telling = len(questions) == 1 and not questions[0].startswith("kpi")
    return slug(questions[0] if telling else item.title, SUBJECT_LENGTH)


def selection_slug(around: Context) -> str:
    """The selection for a file name: "heel-haarlem", "noord-oost-asielstatushouder"; cut off where it is long."""
    chosen = around.selection
    parts: list[object] = [*chosen.stadsdelen, *chosen.wijkteams]
    if chosen.whole_city:
        parts += ("heel Haarlem",) if around.grens is None else around.grens or ("geen gebied",)
    parts += [*chosen.doelgroepen, *chosen.wetten, *(f"cohort {year}" for year in chosen.cohorten)]
    if chosen.huisvesting_van:
        parts.append(f"vanaf {chosen.huisvesting_van.isoformat()}")
    if chosen.huisvesting_tot:
        parts.append(f"voor {chosen.huisvesting_tot.isoformat()}")
    return slug(" ".join(map(str, parts)), SELECTION_LENGTH)


def slug(text: str, longest: int) -> str:
    """Text for a file name: small ASCII letters, digits and hyphens; a long one ends at a whole word and "-enz"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "tabel"
    if len(whole) <= longest:
        return whole
    cut = whole[: longest - 4]
    return f"{cut[: cut.rindex('-')] if '-' in cut else cut}-enz"


def _not_used_yet(subject: str) -> str:
    """The subject, numbered when the page has given it out before."""
    used = st.session_state.setdefault(_USED, [])
    used.append(subject)
    times = used.count(subject)
    return subject if times == 1 else f"{subject}-{times}"
