"""Colours by meaning and the Altair theme: one look for every chart, in Dutch, on light and on dark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import altair as alt

import queries
from pages.show import TEXTS


class Tone(NamedTuple):
    """One colour by meaning: as it is on a light page and as it is on a dark one."""

    light: str
    dark: str


INK = Tone("#1B2430", "#E8ECF1")
LINE = Tone("#D3D9E0", "#3A4655")
PANEL = Tone("#F3F5F7", "#1B2430")
WHITE = Tone("#FFFFFF", "#12181F")
# The colour of the house: of what can be clicked, and of nothing in a chart.
ACTION = Tone(queries.HUISSTIJL.actie, queries.HUISSTIJL.actie_donker)

# The same meaning has the same hue on every page; the light step is at least 4.5:1 on white.
BLUE = Tone("#0B5FA5", "#7DB7EC")
ORANGE = Tone("#B45309", "#F0A35E")
PURPLE = Tone("#7A3E9D", "#C79BE3")
GREEN = Tone("#0F766E", "#4FC1B3")
RED = Tone("#B42318", "#F58A80")
GREY = Tone("#6B7280", "#A3ADBA")

_TONES = {"BLUE": BLUE, "ORANGE": ORANGE, "PURPLE": PURPLE, "GREEN": GREEN, "RED": RED, "GREY": GREY}
# From little to much, to lie under text in ink: every step keeps 4.5:1 with INK on both themes.
STEPS = (
    Tone("#E3EEF8", "#1A2A3A"),
    Tone("#C7DDF1", "#1D3A55"),
    Tone("#A6CAE8", "#204A70"),
    Tone("#84B5DE", "#235A8A"),
    Tone("#62A0D4", "#28699E"),
)

# Which value of a status, a regime or a leerroute has which colour.
LEERROUTE, PIP_STATUS, ONTZORGING_STATUS, OVERDRACHT_STATUS = (
    {value: _TONES[tone] for value, tone in TEXTS["colour"][meaning].items()}
    for meaning in ("leerroute", "pip_status", "ontzorging_status", "overdracht_status")
)
_NAMES = (each.naam for each in queries.GEMEENTE.regime)
REGIME = {name: _TONES[tone] for name, tone in zip(_NAMES, TEXTS["colour"]["regime"], strict=False)}


def scale(meaning: dict[str, Tone], only: Iterable[str] | None = None) -> alt.Scale:
    """The scale that gives every value of a meaning its own colour, in the meaning's order.

    only: the values that occur, so that a legend does not name groups without anybody.
    """
    occurring = None if only is None else set(only)
    domain = [value for value in meaning if occurring is None or value in occurring]
    return alt.Scale(domain=domain, range=[meaning[value].light for value in domain])


def tooltip(told: Mapping[str, str]) -> list[alt.Tooltip]:
    """What a mark says when it is pointed at: what a line is about, and the column with its words.

    Words and no figures, so that it says what the page writes: exact, rounded, or why not. No other mark has a tooltip.
    """
    return [alt.Tooltip(f"{column}:N", title=about) for about, column in told.items()]


def css() -> str:
    """Style rules for drawn charts: their colours on a dark page, and what can be pointed at.

    Charts are always made in the light colours; a switch of theme in the browser does not reach the server. Texts and
    lines let the pointer through to the bar or dot under them.
    """
    let_through = "svg.marks :is(.mark-text, .mark-rule, .mark-area, .mark-line) { pointer-events: none; }"
    tones = (INK, LINE, PANEL, WHITE, *_TONES.values(), *STEPS)
    rules = [
        f'svg.marks [{attribute}="{tone.light}"] {{ {attribute}: light-dark({tone.light}, {tone.dark}); }}'
        for tone in tones
        for attribute in ("fill", "stroke")
    ]
    house = f".stApp {{ --actie: light-dark({ACTION.light}, {ACTION.dark}); }}"
    return "\n".join([let_through, *rules, *([house] if ACTION != BLUE else [])])


def options() -> dict[str, str]:
    """Streamlit's own options that hold the colour of the house, in the place of those of .streamlit/config.toml.

    The sidebar has white text on its buttons, on a dark page as well.
    """
    places = {"light": ACTION.light, "light.sidebar": ACTION.light, "dark": ACTION.dark, "dark.sidebar": ACTION.dark}
    names = ("primaryColor", "linkColor")
    colours = {f"theme.{place}.{name}": tone for place, tone in places.items() for name in names}
    return colours | {"theme.dark.sidebar.primaryColor": queries.HUISSTIJL.knop_donker}


@alt.theme.register("monitor", enable=True)
def monitor() -> alt.theme.ThemeConfig:
    """The one Altair theme: calm axes, Dutch numbers and months, legends on top."""
    words = {
        "labelColor": INK.light, "titleColor": INK.light, "labelFontSize": 13, "titleFontSize": 13,
        "titleFontWeight": "normal",
    }  # fmt: skip
    axis = words | {
        "domain": True, "domainColor": LINE.light, "gridColor": LINE.light, "ticks": False,
        "labelFontWeight": "normal", "labelLimit": 230, "labelPadding": 6, "titlePadding": 10,
    }  # fmt: skip
    return {
        "config": {
            # Streamlit drops embed options, so the locale has to be in the config of the chart itself.
            "locale": TEXTS["locale"],
            "background": "transparent",
            "view": {"stroke": "transparent"},
            # Streamlit gives every mark a tooltip with its columns and positions, see tooltip(), and Vega a name of
            # these for a screen reader: the description of a chart and its table say it in words.
            "mark": {"tooltip": None, "aria": False},
            "axis": axis,
            "axisX": {"grid": False},
            "axisYBand": {"domain": False},
            "legend": {**words, "orient": "top", "labelLimit": 320, "symbolLimit": 40, "symbolType": "square"},
            "header": {**words, "labelFontWeight": "bold"},
            "title": {"color": INK.light, "subtitleColor": INK.light, "anchor": "start", "fontSize": 15},
            "text": {"color": INK.light, "fontSize": 13},
            "rule": {"color": INK.light},
            "bar": {"color": BLUE.light},
            "line": {"color": BLUE.light, "strokeWidth": 2},
            "area": {"color": BLUE.light},
            "point": {"color": BLUE.light, "filled": True},
            "range": {"category": [tone.light for tone in _TONES.values()]},
        }
    }
