"""What a test reads from a chart: its layers, the rows in it, the texts that it writes."""

from __future__ import annotations

import altair as alt


def layers_of(chart: alt.TopLevelMixin, kind: str) -> list[dict]:
    """The layers of one kind of mark, wherever they stand."""
    return _layers(chart.to_dict(), kind)


def _layers(spec: dict, kind: str) -> list[dict]:
    if "layer" in spec:
        return [found for layer in spec["layer"] for found in _layers(layer, kind)]
    return [spec] if spec["mark"]["type"] == kind else []


def rows_of(chart: alt.TopLevelMixin) -> list[dict]:
    """Every row of data in the chart."""
    return [row for rows in chart.to_dict().get("datasets", {}).values() for row in rows]


def texts_of(chart: alt.TopLevelMixin) -> list:
    """The texts that are given as a value; a list is a text in lines."""
    return [layer["encoding"]["text"].get("value") for layer in layers_of(chart, "text")]
