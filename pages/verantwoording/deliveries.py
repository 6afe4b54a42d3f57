"""What was delivered and what was rejected of it, now and over time: for the intern view, the numbers are exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import streamlit as st

import queries
from pages import kit
from pages.verantwoording import charts, parts
from pages.verantwoording import words as says


def _table(frame: Callable[[queries.Delivery], pl.DataFrame], delivery: queries.Delivery) -> None:
    """A table of the page itself, which no filter changes, as texts.toml says."""
    texts = says.TEXTS["delivery"][frame.__name__]
    kit.show(None, question=(), table=frame(delivery), written={"geleverd": parts.on_one_line}, **texts)


def show(delivery: queries.Delivery, kept: Sequence[queries.Delivery]) -> None:
    """The tables of one delivery and the history of those that are kept."""
    kit.section("Wat er is geleverd")
    for frame in (parts.delivered, parts.rejected, parts.warned, parts.dropped):
        _table(frame, delivery)
    st.subheader("Personen die niet meer in de levering staan", anchor=False)
    kit.note(says.gone(delivery))
    _table(parts.hashes, delivery)

    kit.section("Leveringen door de tijd")
    history, texts = parts.history(kept), says.TEXTS["history"]
    drawn = charts.deliveries(history)
    kit.show(
        drawn,
        question=(),
        table=history,
        title=says.developed(charts.comparable(history)),
        toelichting=texts["alone" if drawn is None else "drawn"],
        written={"ingenomen": parts.on_one_line},
        headings=texts["headings"],
        empty=texts["empty"],
    )
