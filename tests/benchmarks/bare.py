"""What the pages are measured against: a Streamlit page that does nothing but draw four charts and filter them.

Asked for a number of elements it has that many lines in the place of the charts, of which each says what was chosen.
"""

import altair as alt
import polars as pl
import streamlit as st

AREAS = ("Centrum", "Noord", "Oost", "Schalkwijk", "Zuid-West")
FRAME = pl.DataFrame({"area": [AREAS[row % 5] for row in range(700)], "month": [row % 12 for row in range(700)]})

st.set_page_config(layout="wide")
st.title("Bare")
with st.sidebar:
    chosen = st.multiselect("Stadsdeel", AREAS, key="stadsdeel", bind="query-params")
elements = int(st.query_params.get("elements", 0))
frame = FRAME.filter(pl.col("area").is_in(chosen)) if chosen else FRAME
st.html(f'<p class="getoond">{", ".join(chosen) or "all"}</p>')
for number in range(elements):
    st.html(f"<p>{number}: {', '.join(chosen)}</p>")
for number in range(0 if elements else 4):
    counted = frame.group_by("month").len().sort("month")
    st.altair_chart(alt.Chart(counted).mark_bar().encode(alt.X("month:O"), alt.Y("len:Q")), key=f"chart{number}")
