"""The chart of the page Verantwoording: how the deliveries developed. A pure function from frame to chart."""

from __future__ import annotations

import altair as alt
import polars as pl

from pages.show import panels, theme, vega
from pages.words import formats

# With more deliveries there is no room for a number at every bar.
NUMBERS = 12
_HEIGHT = 300
_HEAD = 34
# Column, name and colour of each panel, from above.
_PANELS = (("gelezen", "Geleverde rijen", theme.BLUE), ("afgekeurd", "Afgekeurde rijen", theme.ORANGE))


@vega.kept
def deliveries(history: pl.DataFrame) -> alt.LayerChart | None:
    """Per delivery, the oldest first: above, the rows delivered; below, on a scale of its own, the rows rejected.

    history: see parts.history(). None with fewer than two that can be compared.
    """
    known = comparable(history)
    if known.height < 2:
        return None
    rows = known.select(
        pl.col("peildatum").map_elements(formats.short_date, pl.String).alias("dag"),
        pl.col("peildatum").map_elements(formats.long_date, pl.String).alias("voluit"),
        *(column for column, *_ in _PANELS),
        *(pl.col(column).map_elements(formats.count, pl.String).alias(name) for column, name, _ in _PANELS),
    )
    axis = alt.Axis(labelAngle=0, labelOverlap="parity")
    bands = alt.Scale(type="band", paddingInner=0.3, paddingOuter=0.15)
    x = alt.X("dag:O", sort=rows["dag"].to_list(), title="Peildatum van de levering", axis=axis, scale=bands)
    tooltip = theme.tooltip({"Peildatum": "voluit"} | {name: name for _, name, _ in _PANELS})
    layers = []
    for place, (column, name, tone) in enumerate(_PANELS):
        top, bottom = f"height * {place} / 2", f"height * {place + 1} / 2 - 6"
        # A panel in which nothing was rejected still has a scale that starts at its bottom.
        scale = panels.scale(bottom, f"{top} + {_HEAD}", domain=[0, max(1, rows[column].max())])
        y, bar = alt.Y(f"{column}:Q", axis=None, title=None, scale=scale), alt.Chart(rows)
        layers += [*panels.frame(name, bottom, top), bar.mark_bar(color=tone.light).encode(x, y, tooltip)]
        if rows.height <= NUMBERS:
            layers.append(bar.mark_text(baseline="bottom", dy=-3, fontSize=12).encode(x, y, alt.Text(f"{name}:N")))
    told = "; ".join(
        f"{row['dag']}: {row[_PANELS[0][1]]} geleverd, {row[_PANELS[1][1]]} afgekeurd" for row in rows.to_dicts()
    )
    chart = alt.layer(*layers).resolve_scale(y="independent")
    return chart.properties(height=_HEIGHT, description=f"Rijen per levering. {told}.")


def comparable(history: pl.DataFrame) -> pl.DataFrame:
    """The deliveries that can be set side by side, the oldest first: with rows, and of the newest one's origin.

    Demo data are left out beside real deliveries, and so is what does not say its numbers.
    """
    known = history.filter(pl.col("gelezen") > 0).sort("peildatum")
    return known.filter(pl.col("herkomst") == pl.col("herkomst").last())
