"""What the college says of a figure, in words, apart from what the figure says: with its day, and whether it moved."""

from __future__ import annotations

import polars as pl

import queries
from pages.words import TEXTS, formats

TOLD = TEXTS["college"]


def told(said: queries.Duiding, stands: pl.DataFrame, *, public: bool) -> tuple[str, str]:
    """What is said and done, and when that was written; whom it is up to, not in public.

    stands: the question kpi_trend, for the figure then and now.
    """
    words = said.tekst
    words += f" {TOLD['measure'].format(said.maatregel.rstrip('.'))}" if said.maatregel else ""
    words += f" {TOLD['owner'].format(said.eigenaar)}" if said.eigenaar and not public else ""
    return words, TOLD["moved" if _moved(said, stands) else "written"].format(formats.long_date(said.peildatum))


def _moved(said: queries.Duiding, stands: pl.DataFrame) -> bool:
    """Whether the figure is another now; where that is not known, whether the day is."""
    own = stands.filter(indicator=said.indicator).sort("stand")
    then = own.filter(stand=said.peildatum)["waarde_kort"].to_list()
    return then != own["waarde_kort"].tail(1).to_list() if then else said.peildatum != stands["stand"].max()
