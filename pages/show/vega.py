"""A chart as Vega-Lite, its data beside it under names that stay the same when the figures change.

Streamlit names data after their contents: a chart that gets other data while it is being drawn then asks for a name
that is gone. Altair's way of handing over data is one for the whole process; here each call has its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from queries import Indicator

_WRITTEN = "_written"
# The name of the selection of a chart of which a mark can be clicked.
PICKED = "aangeklikt"
_CLICKED = ("bar", "circle", "geoshape", "point")
_frames: ContextVar[dict[str, pl.DataFrame] | None] = ContextVar("frames", default=None)


def _content(frame: pl.DataFrame) -> tuple[str, bytes]:
    """What tells one frame from another. Streamlit looks at the first and the last rows of a long one only."""
    return str(frame.schema), frame.hash_rows().to_numpy().tobytes()


def kept(make: Callable[..., alt.TopLevelMixin | None]) -> Callable[..., alt.TopLevelMixin | None]:
    """A function that draws, and draws only once from the same figures: to make a chart takes longer than to ask.

    Whoever gets the chart leaves it as it is.
    """
    by_content = {pl.DataFrame: _content, Indicator: lambda indicator: indicator.naam}
    return st.cache_resource(make, max_entries=100, show_spinner=False, hash_funcs=by_content)


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite; its frames stand under ``datasets`` as they are, in the order in which they are drawn.

    Each call gives a specification of its own; what a chart was written as is kept with it.
    """
    if _WRITTEN not in vars(chart):
        frames: dict[str, pl.DataFrame] = {}
        token = _frames.set(frames)
        try:
            # Tests validate what is drawn; here it would cost a third of a click.
            written = json.dumps(chart.to_dict(validate=False))
        finally:
            _frames.reset(token)
        # Altair takes an attribute for a part of the chart.
        object.__setattr__(chart, _WRITTEN, (written, frames))
    written, frames = vars(chart)[_WRITTEN]
    spec = json.loads(written)
    spec["datasets"] = {**spec.get("datasets", {}), **frames}
    return spec


def clickable(spec: dict[str, Any], column: str) -> dict[str, Any]:
    """A specification in layers of which a mark can be clicked, which tells what stands in that column of its data."""
    first, *others = spec["layer"]
    look = {mark: {"cursor": "pointer"} for mark in _CLICKED}
    told = {"name": PICKED, "select": {"type": "point", "fields": [column]}, "views": [PICKED]}
    layers, config = [first | {"name": PICKED}, *others], spec.get("config", {}) | look
    return spec | {"layer": layers, "params": [told], "config": config}


def _kept(data: object) -> Any:
    """Keeps the frame for ``specification``, once, and leaves its name; elsewhere what Altair does itself."""
    frames = _frames.get()
    if frames is None or not isinstance(data, pl.DataFrame):
        return alt.default_data_transformer(data, max_rows=None)
    for name, frame in frames.items():
        if frame is data or frame.equals(data):
            return {"name": name}
    name = f"frame_{len(frames)}"
    frames[name] = data
    return {"name": name}


alt.data_transformers.register("frames", _kept)
alt.data_transformers.enable("frames")
