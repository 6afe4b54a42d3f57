"""A text on a rim of the page's own white, so that no line runs through it."""

from __future__ import annotations

import altair as alt

from pages.show import theme

RIM = {"stroke": theme.WHITE.light, "strokeWidth": 4, "strokeJoin": "round"}


def on_rim(base: alt.Chart, *channels: object, colour: object = None, **look: object) -> list[alt.Chart]:
    """A text mark and the rim under it. look: of the mark. colour: of the text alone."""
    coloured = channels if colour is None else (*channels, colour)
    return [base.mark_text(**RIM, **look).encode(*channels), base.mark_text(**look).encode(*coloured)]
