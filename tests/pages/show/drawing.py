"""What a test reads from a chart: its layers, the rows in it, the texts that it writes, what its tooltips say."""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem

import altair as alt


def layers_of(chart: alt.TopLevelMixin, kind: str) -> list[dict]:
    """The layers of one kind of mark, wherever they stand."""
    return [layer for layer, _ in _layers_with_data(chart.to_dict(), None) if layer["mark"]["type"] == kind]


def tooltip_faults(chart: alt.TopLevelMixin) -> list[str]:
    """What is wrong with the tooltips of a chart: a bar or point has one, of words under a name, and no other mark has.

    But for what the theme says, Streamlit would give those a tooltip of its own.
    """
    spec = chart.to_dict()
    found = [] if spec["config"]["mark"]["tooltip"] is None else ["Streamlit's own tooltips are on"]
    for layer, data in _layers_with_data(spec, None):
        kind, lines = layer["mark"]["type"], layer["encoding"].get("tooltip", [])
        if bool(lines) is (kind in ("text", "area", "rule", "line")):
            found.append(f"{kind}: {lines}")
        rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
        for line in lines:
            words = all(isinstance(reduce(getitem, line["field"].split("."), row), str) for row in rows)
            if not words or line["type"] != "nominal" or not line.get("title", "")[:1].isupper():
                found.append(f"{kind}: {line}")
    return found


def description_faults(chart: alt.TopLevelMixin) -> list[str]:
    """What is wrong with the description of a chart: it says at least one figure that stands in its data.

    A year is no figure. Where no figure may be shown there is no chart.
    """
    spec = chart.to_dict()
    said = spec.get("description", "")
    inline = [data["values"] for _, data in _layers_with_data(spec, None) if data and "values" in data]
    rows = [row for source in (*spec.get("datasets", {}).values(), *inline) for row in source]
    there = {number for row in rows for value in row.values() for number in _numbers(_in_words(value))}
    return [] if _numbers(said) & there else [f"no figure of its own: {said!r}"]


def _in_words(value: object) -> str:
    """A value of the data, as a page could write it."""
    if isinstance(value, float):
        return f"{round(value)} {round(100 * value)} {value:.1f}".replace(".", ",")
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _numbers(text: str) -> set[str]:
    return {number for number in re.findall(r"\d+(?:[.,]\d+)*", text) if not re.fullmatch(r"(19|20)\d\d", number)}


def _layers_with_data(spec: dict, data: dict | None) -> list[tuple[dict, dict]]:
    data = spec.get("data", data)
    if parts := next((spec[how] for how in ("layer", "vconcat", "hconcat", "concat") if how in spec), None):
        return [found for part in parts for found in _layers_with_data(part, data)]
    return [(spec, data)]


def rows_of(chart: alt.TopLevelMixin) -> list[dict]:
    """Every row of data in the chart."""
    return [row for rows in chart.to_dict().get("datasets", {}).values() for row in rows]


def texts_of(chart: alt.TopLevelMixin) -> list:
    """The texts that are given as a value; a list is a text in lines."""
    return [layer["encoding"]["text"].get("value") for layer in layers_of(chart, "text")]
