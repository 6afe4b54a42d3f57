"""A chart and its table: the finding as a heading, what is drawn below it, the table one click away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import altair as alt
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import queries
from pages.filters.ways import Ways
from pages.show import TEXTS, downloads, left_out, vega
from pages.show import table as screen
from pages.words import presentation
from pages.words.national import Parts

_SHOWN, _WAITING, _ROWS = "_shown", "_waiting_heads", "_rows_of_figures"


def begin() -> None:
    """Starts a page: its charts are counted from here."""
    st.session_state.update({_SHOWN: 0, _WAITING: [], _ROWS: 0})
    downloads.begin()
    left_out.begin()


def section(title: str) -> None:
    """A heading for a part of the page (h2)."""
    st.header(title, anchor=False)


def group(title: str, *notes: str | Parts) -> None:
    """A heading for figures (h2) with its notes, drawn with the first of these figures that is shown."""
    st.session_state[_WAITING] = [(st.container(), title, notes)]


def _head_of_group() -> None:
    for place, title, notes in st.session_state[_WAITING]:
        with place:
            section(title)
            for text in notes:
                note(text)
    st.session_state[_WAITING] = []


def side_by_side(number: int) -> list[DeltaGenerator]:
    """Places for figures in one row, one below the other on a phone; where nothing stands, the others have the room."""
    st.session_state[_ROWS] += 1
    row = st.container(horizontal=True, gap="large", key=f"naast_elkaar_{st.session_state[_ROWS]}")
    return [row.container() for _ in range(number)]


def note(text: str | Parts) -> None:
    """A line of small, plain text; no markup in it, but a link for a part with an address."""
    st.html(f'<p class="noot">{screen.inline(text)}</p>')


def show(
    chart: alt.TopLevelMixin | Callable[[], alt.TopLevelMixin] | None,
    *,
    table: pl.DataFrame,
    title: str,
    question: str | Sequence[str],
    toelichting: str = "",
    headings: Mapping[str, str] | None = None,
    written: Mapping[str, Callable[[object], str]] | None = None,
    totals: Sequence[str] = (),
    empty: str = TEXTS["figure"]["empty"],
    level: int = 3,
    n: str = "",
    indicators: Sequence[str] = (),
    html: str = "",
    in_words: Sequence[str] = (),
    ways: Ways | None = None,
    counts: pl.DataFrame | None = None,
) -> None:
    """A chart with its title, its explanation and, one click away, its table; words when there are no rows.

    chart: or a function that makes it, called only when there are rows; None shows the table at once. table: the frame
    behind the chart, in the same order. question: where the table comes from and its columns are defined; () for a
    table of the page itself, which no filter changes. toelichting: what is drawn, unit, peildatum. headings, written,
    totals: see table.Shown. empty: the words for a frame without rows, "" when these may not be shown. level: 2 when
    the title is the section itself. html: the table as the page itself writes it, escaped; the files have that of the
    frame. in_words: see table.Shown. ways: where a row of the table and a mark of the chart lead to. counts: what is
    drawn, where the table has more than that.

    Rows of which nothing may be shown are left out, and so is all of it when none is left; see left_out. A few counts
    beside others that may not be shown are told in words, in the place of a chart.

    For the files that can be taken along: n says on how many the chart rests ("n = 287 personen"), else its totals do;
    indicators names the KPIs it is about when the table has no column indicator.
    """
    drawn = table if counts is None else counts
    if presentation.says_nothing(drawn) or (table.is_empty() and not empty):
        left_out.add(left_out.PART, title)
        return
    _head_of_group()
    said = presentation.telling(table)
    sums = [name for name in totals if name in said]
    shown = screen.Shown(said, headings, written, sums, to=ways and ways.to, in_words=in_words)
    instead, few = screen.Shown(drawn, headings, written).in_few_words() if chart is not None else ("", "")
    together = _begun(title, level, (empty,) if table.is_empty() else (toelichting, instead))
    if table.is_empty():
        return
    drawn = None if instead else chart() if callable(chart) else chart
    # The key stays the same when a filter changes the title, so that an open table stays open.
    key = f"{st.session_state[_SHOWN]}_{'_'.join(shown.frame.columns)}"
    questions = (question,) if isinstance(question, str) else tuple(question)
    item = downloads.Item(title, toelichting, shown, drawn, n, questions, tuple(indicators))
    if drawn is None and not instead:
        st.html(html or shown.html(title))
        downloads.offer(item, downloads.context(), key)
        return
    with together:
        if drawn is not None:
            _draw(drawn, title, f"klik_{key}", ways)
        if few:
            note(few)
    _fold_away(item, key, html)


def _begun(title: str, level: int, notes: Sequence[str]) -> DeltaGenerator:
    """The place of a figure, with its title and notes: what stays on one page when it is printed."""
    number = st.session_state[_SHOWN] = st.session_state.get(_SHOWN, 0) + 1
    place = st.container(key=f"figuur_{number}")
    with place:
        (st.header if level == 2 else st.subheader)(title, anchor=False)
        for words in filter(None, notes):
            note(words)
    return place


def _fold_away(item: downloads.Item, key: str, html: str) -> None:
    # Closed, the table is not made and not sent: a long one would slow down every click.
    how = {"icon": ":material/table:", "type": "compact", "on_change": "rerun"}
    with st.container(horizontal=True, vertical_alignment="center", key=f"onder_{key}"):
        with st.expander(TEXTS["figure"]["open"], key=f"tabel_{key}", **how) as opened:
            if opened.open:
                st.html(html or item.shown.html(item.title))
        downloads.offer(item, downloads.context(), key)


def _draw(chart: alt.TopLevelMixin, title: str, key: str, ways: Ways | None) -> None:
    # A description made from the data stands in the chart itself; to give both is an error in the log.
    described = getattr(chart, "description", alt.Undefined) is not alt.Undefined
    spec, words = vega.specification(chart), None if described else title
    if ways is None or ways.pick is None:
        st.vega_lite_chart(spec, alt=words)
        return

    def clicked() -> None:
        for mark in st.session_state[key].selection[vega.PICKED]:
            ways.pick(mark[ways.column])

    if not ways.now:
        note(TEXTS["figure"]["pick"].format(queries.WOORDEN.get(ways.column, ways.column)))
    # After a click something else is chosen, and so is the key another: the new chart begins with nothing clicked.
    spec, key = vega.clickable(spec, ways.column), f"{key}_{ways.now}"
    st.vega_lite_chart(spec, alt=words, key=key, on_select=clicked, selection_mode=vega.PICKED)


def take_along(table: pl.DataFrame, *, label: str, title: str, toelichting: str = "") -> None:
    """Offers a table that no filter changes as a file, where the page says the same in another form."""
    item = downloads.Item(title, toelichting, screen.Shown(table))
    downloads.offer(item, downloads.context(), f"mee_{'_'.join(table.columns)}", label)
