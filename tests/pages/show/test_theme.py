"""Colours by meaning are readable, and the same in charts, style sheet and Streamlit's own configuration."""

import functools
import tomllib
from pathlib import Path

import pytest

import queries
from data.contract import gemeente
from pages.show import theme

ROOT = Path(__file__).parents[3]
TONES = {"BLUE", "ORANGE", "PURPLE", "GREEN", "RED", "GREY"}


def luminance(colour):
    def linear(channel):
        share = int(colour[channel : channel + 2], 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted(TONES | {"INK"}))
def test_every_colour_is_readable_on_light_and_on_dark(name):
    tone = getattr(theme, name)
    assert contrast(tone.light, theme.WHITE.light) >= 4.5
    assert contrast(tone.dark, theme.WHITE.dark) >= 4.5


def test_streamlit_has_the_same_colours():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    order = [theme.BLUE, theme.ORANGE, theme.PURPLE, theme.GREEN, theme.RED, theme.GREY]
    names = ("backgroundColor", "secondaryBackgroundColor", "textColor", "borderColor")
    for place, step in (("light", 0), ("dark", 1)):
        tones = [tone[step] for tone in (theme.WHITE, theme.PANEL, theme.INK, theme.LINE)]
        assert [config[place][name] for name in names] == tones
        assert config[place]["chartCategoricalColors"] == [tone[step] for tone in order]
    assert config["light"]["primaryColor"] == theme.BLUE.light


def test_the_neutral_colours_of_the_house_are_those_of_streamlit_and_are_held_against_the_grounds_of_a_page():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for option, colour in theme.options().items():
        assert functools.reduce(lambda table, name: table[name], option.split("."), config) == colour
    assert gemeente.Huisstijl() == queries.HUISSTIJL
    for name, step in (("actie", "light"), ("actie_donker", "dark")):
        assert set(gemeente.LEESBAAR[name]) == {getattr(ground, step) for ground in (theme.WHITE, theme.PANEL)}
        assert gemeente.contrast(theme.BLUE.light, theme.WHITE.light) == contrast(theme.BLUE.light, theme.WHITE.light)
    assert set(gemeente.LEESBAAR["knop_donker"]) == {theme.WHITE.light, theme.PANEL.dark}


def test_every_drawn_colour_has_its_dark_step_in_the_style_rules():
    for tone in (getattr(theme, name) for name in TONES):
        assert f'[fill="{tone.light}"] {{ fill: light-dark({tone.light}, {tone.dark}); }}' in theme.css()
        assert f'[stroke="{tone.light}"]' in theme.css()


def test_a_leerroute_has_the_same_colour_whatever_else_is_in_the_chart():
    every = theme.scale(theme.LEERROUTE).to_dict()
    some = theme.scale(theme.LEERROUTE, only=["Z", "O"]).to_dict()
    assert some["domain"] == ["O", "Z"]
    assert some["range"] == [every["range"][every["domain"].index(route)] for route in some["domain"]]


def test_every_status_of_the_questions_has_a_colour(snapshots_in_use):
    asked = queries.Selection(), queries.open_database()
    assert set(queries.answer("pip_status", *asked)["status"]) <= set(theme.PIP_STATUS)
    assert set(queries.answer("ontzorging_status", *asked)["status"]) <= set(theme.ONTZORGING_STATUS)
    assert set(queries.answer("begeleiding_duur", *asked)["regime"]) <= set(theme.REGIME)
