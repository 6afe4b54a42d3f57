"""A chart as Vega-Lite, its data beside it under names that stay the same when the figures change.

Streamlit names data after their contents: a chart that gets other data while it is being drawn then asks for a name
that is gone. Altair's way of handing over data is one for the whole process; here each call has its own.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import altair as alt
import polars as pl

_frames: ContextVar[dict[str, pl.DataFrame] | None] = ContextVar("frames", default=None)


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite; its frames stand under ``datasets`` as they are, in the order in which they are drawn."""
    frames: dict[str, pl.DataFrame] = {}
    token = _frames.set(frames)
    try:
        # Tests validate what is drawn; here it would cost a third of a click.
        spec = chart.to_dict(validate=False)
    finally:
        _frames.reset(token)
    spec["datasets"] = {**spec.get("datasets", {}), **frames}
    return spec


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
