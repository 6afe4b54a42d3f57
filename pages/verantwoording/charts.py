"""The chart of the page Verantwoording: how the deliveries developed. A pure function from frame to chart."""

from __future__ import annotations

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.words import formats, presentation

# With more deliveries there is no room for a number at every bar.
NUMBERS = 12
_HEIGHT = 300
_HEAD = 34


def deliveries(history: pl.DataFrame) -> alt.LayerChart | None:
    """Per delivery, the oldest first: above, the rows delivered; below, on a scale of its own, the rows rejected.

    history: see parts.history(). Deliveries that do not say their numbers are left out, and so is demo data beside
    real deliveries. None with fewer than two: then there is nothing to compare.
    """
    known = comparable(history)
    if known.height < 2:
        return None
    rows = known.select(
        pl.Series("dag", [formats.short_date(day) for day in known["peildatum"]]),
        "gelezen",
        "afgekeurd",
        voluit=pl.Series([formats.long_date(day) for day in known["peildatum"]]),
        geleverd=presentation.counts(known, "gelezen"),
        geweigerd=presentation.counts(known, "afgekeurd"),
    )
    x = alt.X(
        "dag:O",
        sort=rows["dag"].to_list(),
        title="Peildatum van de levering",
        axis=alt.Axis(labelAngle=0, labelOverlap="parity"),
        scale=alt.Scale(type="band", paddingInner=0.3, paddingOuter=0.15),
    )
    tooltip = theme.tooltip({"Peildatum": "voluit", "Geleverde rijen": "geleverd", "Afgekeurde rijen": "geweigerd"})
    layers = []
    for place, (column, name, tone) in enumerate(
        (("gelezen", "Geleverde rijen", theme.BLUE), ("afgekeurd", "Afgekeurde rijen", theme.ORANGE))
    ):
        top, bottom = f"height * {place} / 2", f"height * {place + 1} / 2 - 6"
        # A panel in which nothing was rejected still has a scale that starts at its bottom.
        highest = max(1, int(rows[column].max()))
        scale = alt.Scale(domain=[0, highest], range=[alt.ExprRef(bottom), alt.ExprRef(f"{top} + {_HEAD}")])
        y = alt.Y(f"{column}:Q", axis=None, title=None, scale=scale)
        words = alt.Chart(pl.DataFrame({"naam": [name]}))
        layers += [
            words.mark_rule(color=theme.LINE.light).encode(
                x=alt.XValue(0), x2=bars.TO_RIGHT, y=alt.YValue(alt.ExprRef(bottom))
            ),
            words.mark_text(align="left", baseline="top", fontWeight="bold").encode(
                x=alt.XValue(0), y=alt.YValue(alt.ExprRef(top)), text=alt.Text("naam:N")
            ),
            alt.Chart(rows).mark_bar(color=tone.light).encode(x=x, y=y, tooltip=tooltip),
        ]
        if rows.height <= NUMBERS:
            layers.append(
                alt.Chart(rows)
                .mark_text(baseline="bottom", dy=-3, fontSize=12)
                .encode(x=x, y=y, text=alt.Text(f"{column}:Q", format=",.0f"))
            )
    return alt.layer(*layers).resolve_scale(y="independent").properties(height=_HEIGHT, description=_in_words(known))


def comparable(history: pl.DataFrame) -> pl.DataFrame:
    """The deliveries whose rows can be set side by side: of the newest one's origin, the oldest first."""
    known = history.drop_nulls("gelezen").sort("peildatum")
    return known if known.is_empty() else known.filter(pl.col("herkomst") == known["herkomst"][-1])


def _in_words(known: pl.DataFrame) -> str:
    parts = [
        f"{formats.short_date(row['peildatum'])}: {formats.count(row['gelezen'])} geleverd, "
        f"{formats.count(row['afgekeurd'])} afgekeurd"
        for row in known.iter_rows(named=True)
    ]
    return f"Rijen per levering. {'; '.join(parts)}."
