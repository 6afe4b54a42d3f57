"""A text on a rim of the page's own white, so that no line runs through it."""

from __future__ import annotations

import altair as alt

from pages.show import theme

RIM = {"stroke": theme.WHITE.light, "strokeJoin": "round"}
# So wide that the rim fills the spaces between words too.
FILLED = 10


def on_rim(base: alt.Chart, *channels: object, colour: object = None, width: int = 4, **look: object) -> list:
    """A text mark and the rim under it. look: of the mark. colour: of the text alone. width: of the rim, in pixels."""
    coloured, rim = channels if colour is None else (*channels, colour), RIM | {"strokeWidth": width}
    return [base.mark_text(**rim, **look).encode(*channels), base.mark_text(**look).encode(*coloured)]
