"""What was delivered and what was rejected of it, now and over time: for the intern view, the numbers are exact."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

import queries
from pages import kit
from pages.verantwoording import charts, parts
from pages.verantwoording import words as says

# A table of the page itself, which no filter changes.
_table = partial(kit.show, None, question=())
WHERE = {"waar": "Bestand en regel"}
REJECTED = "Elke rij telt één keer, bij de eerste regel die zij breekt. Regelnummers zijn die van het bestand."


def show(delivery: queries.Delivery, kept: Sequence[queries.Delivery]) -> None:
    """The tables of one delivery and the history of those that are kept."""
    kit.section("Wat er is geleverd")
    _table(
        table=parts.delivered(delivery),
        title="Rijen per tabel",
        toelichting="Een afgekeurde rij telt in geen enkel cijfer mee.",
        written={"geleverd": parts.on_one_line},
        totals=("gelezen", "goedgekeurd", "afgekeurd"),
        empty=says.NOT_TOLD,
    )
    _table(
        table=parts.rejected(delivery),
        title="Afgekeurde rijen, naar reden",
        toelichting=REJECTED,
        headings=WHERE,
        totals=("rijen",),
        empty="Er is geen rij afgekeurd.",
    )
    _table(
        table=parts.warned(delivery), title="Wat opviel, maar wel meetelt", headings=WHERE, empty="Er viel niets op."
    )
    _table(
        table=parts.dropped(delivery),
        title="Kolommen die niet zijn bewaard",
        toelichting="Een kolom die geen enkel kengetal nodig heeft, wordt bij de inname weggelaten.",
        empty="Er kwamen geen andere kolommen mee dan afgesproken.",
    )
    st.subheader("Personen die niet meer in de levering staan", anchor=False)
    kit.note(says.gone(delivery))
    _table(
        table=parts.hashes(delivery),
        title="Vingerafdruk van elk bestand",
        toelichting="Met de SHA-256 is na te gaan of een bestand precies het bestand is dat is ingenomen.",
        headings={"sha256": "SHA-256"},
        empty="Van de bestanden is geen vingerafdruk bewaard.",
    )

    kit.section("Leveringen door de tijd")
    history = parts.history(kept)
    drawn = charts.deliveries(history)
    alone = "Elke levering waarvan de gegevens zijn bewaard, de nieuwste eerst."
    below = "Rijen per levering waarvan de gegevens zijn bewaard. De afgekeurde rijen hebben een eigen schaal."
    kit.show(
        drawn,
        question=(),
        table=history,
        title=says.developed(charts.comparable(history)),
        toelichting=alone if drawn is None else below,
        written={"ingenomen": parts.on_one_line},
        headings={"ingenomen": "Ingenomen op", "aandeel": "Deel afgekeurd", "verdwenen": "Personen verdwenen"},
        empty="Er zijn geen leveringen bewaard.",
    )
