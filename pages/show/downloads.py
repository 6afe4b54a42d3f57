"""What a visitor takes along: every table as CSV and XLSX, every chart as PNG and SVG, with what it says of itself.

A file is made when it is asked for, never while a page is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import altair as alt
import streamlit as st

import queries
from pages.access import gate
from pages.access import questions as access
from pages.filters import bar
from pages.show import TEXTS, pictures, sheets
from pages.show.table import Shown, total
from pages.show.tiles import definition_words
from pages.words import formats, presentation

_USED = "_download_names"
# Where a session has this list, what its page offers is put in it; see pages/pictures.py.
DRAWN = "_drawn"

# A file name must fit in the window in which it is saved.
SUBJECT_LENGTH, SELECTION_LENGTH = 50, 60

TOLD = TEXTS["downloads"]
PRODUCT, INTERNAL = TOLD["product"], TOLD["internal"]


@dataclass(frozen=True)
class Context:
    """What a file says of where it comes from; the same for every file of a page.

    filters: the words above the page. grens: the wijkteams to whose area the figures are limited. openbaar: whether
    they are the published ones. beside: what they are compared with.
    """

    filters: str
    selection: queries.Selection
    peildatum: date
    demo: bool
    delivery: str
    grens: tuple[str, ...] | None = None
    openbaar: bool = False
    beside: str = ""

    @property
    def source(self) -> str:
        """Where the figures come from, in a sentence."""
        where = TOLD["demo"].format(demo=bar.DEMO) if self.demo else TOLD["real"].format(day=self.day)
        return TOLD["source"].format(where=where, version=queries.VERSION)

    @property
    def day(self) -> str:
        """The peildatum in words."""
        return formats.long_date(self.peildatum)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What the reader must know before the figures are passed on."""
        earlier = (bar.EARLIER_PEILDATUM,) if self.selection.peildatum else ()
        return (presentation.ROUNDED if self.openbaar else INTERNAL, *earlier)


@dataclass(frozen=True)
class Item:
    """A title with its table and, if there is one, its chart.

    n: on how many persons, periods or requests it rests, in words. questions: where it comes from and its columns are
    defined; none for a table of the page itself, which no filter changes. indicators: the KPIs it is about.
    """

    title: str
    toelichting: str
    shown: Shown
    chart: alt.TopLevelMixin | None = None
    n: str = ""
    questions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


class File(NamedTuple):
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
    day, public = chosen.peildatum or source.peildatum, access.view() == gate.OPENBAAR
    found = bar.compared()
    beside = found.name if found else ""
    return Context(bar.in_words(), chosen, day, source.demo, source.manifest.levering_id, source.grens, public, beside)


def offer(item: Item, around: Context, key: str, label: str = TEXTS["figure"]["download"]) -> None:
    """A button that opens the choice of files for one table and its chart; nothing is made yet."""
    if (drawn := st.session_state.get(DRAWN)) is not None:
        drawn.append((item, around))
    used = st.session_state.setdefault(_USED, [])
    used.append(subject := subject_of(item))
    times = used.count(subject)
    _choice(item, around, subject if times == 1 else f"{subject}-{times}", f"download_{key}", label)


@st.fragment
def _choice(item: Item, around: Context, subject: str, key: str, label: str) -> None:
    # A fragment: opening the choice does not draw the page again. Closed, it holds no buttons and no files.
    with st.popover(label, icon=":material/download:", type="tertiary", key=key, on_change="rerun") as opened:
        if opened.open:
            with st.container(gap="xxsmall"):
                for number, file in enumerate(files(item, around, subject)):
                    button(file, around.selection, f"{key}_{number}", type="tertiary")


def button(file: File, selection: queries.Selection, key: str, **look: str) -> None:
    """A button that makes a file and gives it; look: as st.download_button has it."""
    made = access.taken(file.name, selection, file.make)
    look |= {"file_name": file.name, "mime": file.mime, "on_click": "ignore", "key": key}
    st.download_button(file.label, data=made, **look)


def files(item: Item, around: Context, subject: str) -> list[File]:
    """The files of one table and its chart; they are made by calling their function, outside the page if need be."""
    filters, edition = selection_slug(around) if item.questions else "", "openbaar" if around.openbaar else INTERNAL
    edition, demo = slug(edition, SUBJECT_LENGTH), "demo" if around.demo else ""
    stem = "_".join(filter(None, (subject, around.peildatum.isoformat(), filters, edition, demo)))
    makers = {
        "xlsx": (sheets.XLSX_MIME, lambda: workbook(item, around)),
        "csv": (sheets.CSV_MIME, lambda: sheets.csv(item.shown)),
    }
    if (chart := item.chart) is not None:
        # Above it what is drawn and on how many it rests, below it the filters, the source and the cautions.
        n = "" if re.search(r"\bn = ", item.toelichting) else basis(item)
        below = (filter_words(item, around), f"Bron: {around.source}", *around.cautions)
        words = pictures.Words(item.title, tuple(filter(None, (item.toelichting, n))), below)
        makers["png"] = pictures.PNG_MIME, lambda: pictures.png(chart, words)
        makers["svg"] = pictures.SVG_MIME, lambda: pictures.svg(chart, words)
    return [File(TOLD["labels"][kind], f"{stem}.{kind}", *made) for kind, made in makers.items()]


def workbook(item: Item, around: Context) -> bytes:
    """The table as XLSX with its explanation."""
    facts = {
        "Titel": item.title,
        "Wat er staat": item.toelichting,
        "Filters": filter_words(item, around),
        "Peildatum": around.day,
        "Aantal": basis(item),
        "Bron": around.source,
        "Levering": around.delivery,
        "Vraag": "\n".join(f"{queries.VRAGEN[name].titel} ({name})" for name in item.questions),
        "Let op": "\n".join(around.cautions),
        "Getallen": TOLD["notation"]["openbaar" if around.openbaar else "intern"],
    }
    parts = (
        ((), [(label, text) for label, text in facts.items() if text]),
        (TOLD["columns"], columns_explained(item)),
        definitions(indicators_of(item)),
    )
    return sheets.xlsx(item.shown, item.title, parts, "" if around.openbaar else INTERNAL, around.source)


def definitions(indicators: Iterable[str]) -> sheets.Part:
    """What KPIs mean, for the sheet that explains a workbook; nothing without any."""
    told = [(queries.INDICATOREN[name].titel, definition_words(queries.INDICATOREN[name])) for name in indicators]
    return (TOLD["definitions"] if told else (), told)


def filter_words(item: Item, around: Context) -> str:
    """The filters in words, or that this table does not follow them."""
    return around.filters if item.questions else TOLD["unfiltered"]


def basis(item: Item) -> str:
    """On how many a table rests: as the page says it, else its totals, else the range of its noemers."""
    frame, shown = item.shown.frame, item.shown
    if item.n or frame.is_empty():
        return item.n
    if shown.totals:
        counts = [(shown.heading(name).lower(), formats.count(total(frame, name))) for name in shown.totals]
        return f"n = {counts[0][1]}" if len(counts) == 1 else f"Totaal: {'; '.join(map(' '.join, counts))}"
    if "noemer" not in frame.columns or frame["noemer"].count() == 0 or any(shown.instead["noemer"]):
        return ""
    ends = dict.fromkeys((formats.count(frame["noemer"].min()), formats.count(frame["noemer"].max())))
    return f"n = {' tot '.join(ends)}"


def columns_explained(item: Item) -> list[tuple[str, str, str]]:
    """Per column its heading, its name and its meaning in the questions that it comes from."""
    known = [queries.VRAGEN[question].kolommen for question in item.questions]
    names = dict(zip(item.shown.frame.columns, sheets.names(item.shown), strict=True))
    meant = {column: dict.fromkeys(each[column] for each in known if column in each) for column in names}
    return [(name, column, "; of: ".join(meant[column]) or TOLD["no_meaning"]) for column, name in names.items()]


def indicators_of(item: Item) -> list[str]:
    """The KPIs that a table is about: those the page names, and those in its column indicator."""
    frame = item.shown.frame
    inside = frame["indicator"].to_list() if "indicator" in frame.columns else []
    return [name for name in dict.fromkeys((*item.indicators, *inside)) if name in queries.INDICATOREN]


def subject_of(item: Item) -> str:
    """What a file is about, for its name: its one KPI, or the question that it answers, else its title.

    The questions on all KPIs say too little about a table of a few of them.
    """
    (question, *others), indicators = item.questions or ("kpi",), indicators_of(item)
    telling = question if not others and not question.startswith("kpi") else item.title
    return slug(indicators[0] if len(indicators) == 1 else telling, SUBJECT_LENGTH)


def selection_slug(around: Context) -> str:
    """The selection for a file name: "heel-haarlem", "noord-oost-asielstatushouder"; cut off where it is long."""
    chosen = around.selection
    limits = (queries.GEMEENTE.geheel,) if around.grens is None else around.grens or ("geen gebied",)
    days = {"vanaf": chosen.huisvesting_van, "voor": chosen.huisvesting_tot}
    parts = (
        *(chosen.stadsdelen + chosen.wijkteams),
        *(limits if chosen.whole_city else ()),
        *(chosen.doelgroepen + chosen.wetten),
        *(f"cohort {year}" for year in chosen.cohorten),
        *(f"{word} {day.isoformat()}" for word, day in days.items() if day),
        *([f"naast {around.beside}"] if around.beside else []),
    )
    return slug(" ".join(parts), SELECTION_LENGTH)


def slug(text: str, longest: int) -> str:
    """Text for a file name: small ASCII letters, digits and hyphens; a long one ends at a whole word and "-enz"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "tabel"
    if len(whole) <= longest:
        return whole
    cut = whole[: longest - 4]
    return f"{cut[: cut.rindex('-')] if '-' in cut else cut}-enz"
