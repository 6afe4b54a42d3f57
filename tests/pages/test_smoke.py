"""Every page runs on the demo, for the whole city, for one area, and for nobody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import queries
from pages import contents
from pages.access import questions
from pages.overzicht import words
from pages.show import TEXTS
from tests.cases import in_campaign
from tests.pages.show.drawing import description_faults, tooltip_faults

PAGES = tuple(name for name in contents.PAGES if name != "briefing")
DEMO = "Demogegevens (synthetisch)"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_and_says_what_it_shows(open_page, in_parts, text_of, drawn, name):
    for app in in_parts(open_page, name):
        text = text_of(app)
        assert not app.exception and not app.error
        assert DEMO in text
        assert "Stand 31 december 2022" in text
        assert text.count("<h1>") == 1
        tables = [fold for fold in app.expander if fold.label == TEXTS["figure"]["open"]]
        assert len(tables) == len(app.get("vega_lite_chart"))
    assert [fault for chart in drawn for fault in (*tooltip_faults(chart), *description_faults(chart))] == []


@pytest.mark.parametrize("view", ["open_page", "open_public_page"])
@pytest.mark.parametrize("deeper", words.TEXTS["deeper"].values())
def test_every_chart_under_verdieping_has_a_description_of_its_own_figures(request, drawn, view, deeper):
    app = request.getfixturevalue(view)("overzicht", overzicht_verdieping=deeper)
    assert not app.exception and not app.error
    assert [fault for chart in drawn for fault in description_faults(chart)] == []


LINKS = {
    "nobody": {"huisvesting_van": "2023-06-01"},
    "unknown area": {"stadsdeel": "Onbekend"},
    "one wijkteam, earlier": {"stadsdeel": "Noord", "wijkteam": "Delftwijk-Vondelkwartier", "peildatum": "2022-03-31"},
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("chosen", ["nobody", *in_campaign("unknown area", "one wijkteam, earlier")])
def test_a_page_keeps_standing_whatever_is_chosen(open_page, in_parts, text_of, name, chosen):
    for app in in_parts(open_page, name, **LINKS[chosen]):
        assert not app.exception and not app.error
        assert DEMO in text_of(app)


def test_what_the_server_logs_has_the_time_and_the_level():
    begin = "import logging, runpy; runpy.run_path('dashboard.py'); logging.getLogger('dashboard').warning('iets')"
    command = [sys.executable, "-c", begin]
    done = subprocess.run(command, cwd=Path(queries.__file__).parents[1], capture_output=True, text=True, check=True)
    when = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    assert re.fullmatch(rf"{when} WARNING dashboard: iets", done.stderr.splitlines()[-1])


REFUSED = "Deze vraag kan niet worden beantwoord."


@pytest.mark.parametrize(
    ("error", "told", "logged"),
    [
        (queries.QueryError(REFUSED), REFUSED, ""),
        (ValueError("inburgeraar pseudoniem-van-iemand is stuk"), questions.TOLD["unexpected"], "ValueError"),
    ],
    ids=["a refusal in its own words", "what goes wrong without details"],
)
def test_what_goes_wrong_is_told_and_logged_without_values(
    open_page, nothing_kept, monkeypatch, caplog, error, told, logged
):
    def fail(*_):
        raise error

    monkeypatch.setattr(queries, "shown", fail)
    app = open_page("overdracht")
    assert [message.value for message in app.error] == [told]
    assert not app.exception
    assert logged in caplog.text
    assert "pseudoniem-van-iemand" not in caplog.text


def test_a_new_snapshot_is_picked_up_without_a_restart(open_page, monkeypatch, text_of):
    app = open_page("verantwoording")
    opened = []
    real = queries.open_database
    monkeypatch.setattr(queries, "open_database", lambda: opened.append(1) or real())
    app.run()
    assert opened == []
    monkeypatch.setattr(queries, "current_identity", lambda: "another delivery")
    app.run()
    assert opened == [1]
    assert DEMO in text_of(app)
