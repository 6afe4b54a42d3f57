"""Toegankelijkheid: how far the monitor can be used by everybody, what fails, and whom to tell."""

import os

import polars as pl
import streamlit as st

from pages import kit
from pages.show.table import facts
from pages.toegankelijkheid.words import FAILURES, TEXTS, filled

told = filled(os.environ)

kit.head(TEXTS["title"], TEXTS["finding"])
kit.section(TEXTS["statement"]["title"])
kit.note(TEXTS["statement"]["for"])
st.html(facts(told["statement"]))

kit.section(TEXTS["examined"]["title"])
kit.note(TEXTS["examined"]["who"])
st.html(facts(told["examined"]))

kit.show(
    None,
    table=pl.DataFrame(FAILURES["rows"]),
    title=FAILURES["title"],
    toelichting=FAILURES["note"],
    headings=FAILURES["headings"],
    question=(),
    level=2,
)

kit.section(TEXTS["contact"]["title"])
st.html(facts(told["contact"]))
kit.note(TEXTS["contact"]["how"])
kit.note(TEXTS["contact"]["complaint"])
