"""A chart and its table: the finding as a heading, what is drawn below it, the table one click away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import altair as alt
import polars as pl
import streamlit as st

from pages.show import downloads, sheets, vega
from pages.show import table as screen
from pages.words import formats, presentation

_SHOWN = "_shown"

EMPTY = "Geen gegevens in deze selectie."


def begin() -> None:
    """Starts a page: its charts are counted from here."""
    st.session_state[_SHOWN] = 0
    downloads.begin()


def section(title: str) -> None:
    """A heading for a part of the page (h2)."""
    st.header(title, anchor=False)


def note(text: str) -> None:
    """A line of small, plain text; no markup in it."""
    st.html(f'<p class="noot">{formats.escape(text)}</p>')


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
    empty: str = EMPTY,
    level: int = 3,
    n: str = "",
    indicators: Sequence[str] = (),
) -> None:
    """A chart with its title, its explanation and, one click away, its table; words when there are no rows.

    chart: or a function that makes it, called only when there are rows; None shows the table at once.
    table: the frame behind the chart, in the same order. title: the finding, or what is shown. question: where the
    table comes from and its columns are defined; () for a table of the page itself, which no filter changes.
    toelichting: what is drawn, unit, peildatum. headings, written, totals: see table.html. A table that says beside its
    figures how they are shown (see weergave) has words where a figure may not be shown and no totals of rounded
    figures; when no figure may be shown, words take the place of the chart.
    empty: the words for a frame without rows. level: 2 when the title is the section itself, else 3.

    For the files that can be taken along: n says on how many the chart rests ("n = 287 personen"), else its totals do;
    indicators names the KPIs it is about when the table has no column indicator.
    """
    number = st.session_state[_SHOWN] = st.session_state.get(_SHOWN, 0) + 1
    (st.header if level == 2 else st.subheader)(title, anchor=False)
    if table.is_empty():
        note(empty)
        return
    if toelichting:
        note(toelichting)
    html = _table_html(table, title, headings, written, totals)
    too_small = presentation.none_to_draw(table) if chart is not None else ""
    if too_small:
        note(too_small)
        chart = None
    if callable(chart):
        chart = chart()
    # The key stays the same when a filter changes the title, so that an open table stays open.
    key = f"{number}_{'_'.join(presentation.plain(table).columns)}"
    item = downloads.Item(
        title,
        toelichting,
        sheets.Shown(table, headings, written, totals),
        chart,
        n,
        (question,) if isinstance(question, str) else tuple(question),
        tuple(indicators),
    )
    if chart is None and not too_small:
        st.html(html())
        downloads.offer(item, downloads.context(), key)
        return
    if chart is not None:
        # A description made from the data stands in the chart itself; to give both is an error in the log.
        described = getattr(chart, "description", alt.Undefined) is not alt.Undefined
        st.vega_lite_chart(vega.specification(chart), alt=None if described else title)
        if presentation.some_hidden(table):
            note(presentation.SOME_HIDDEN)
    # Closed, the table is not made and not sent: a long one would slow down every click.
    with st.container(horizontal=True, vertical_alignment="center", key=f"onder_{key}"):
        with st.expander(
            "Toon de tabel", icon=":material/table:", type="compact", key=f"tabel_{key}", on_change="rerun"
        ) as opened:
            if opened.open:
                st.html(html())
        downloads.offer(item, downloads.context(), key)


def take_along(table: pl.DataFrame, *, label: str, title: str, toelichting: str = "") -> None:
    """Offers a table that no filter changes as a file, where the page says the same in another form."""
    item = downloads.Item(title, toelichting, sheets.Shown(table))
    downloads.offer(item, downloads.context(), f"mee_{'_'.join(table.columns)}", label)


def _table_html(frame, title, headings, written, totals) -> Callable[[], str]:
    return lambda: screen.html(frame, title, headings=headings, written=written, totals=totals)
