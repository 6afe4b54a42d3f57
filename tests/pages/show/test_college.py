"""What the college says stands below the figures of a page as a quote, and is as the figure that it is about."""

from __future__ import annotations

import polars as pl
import pytest

import queries
from pages.access import questions
from pages.words import college
from tests.towns import DAY, EARLIER

SAID = "pip_tijdig,,2022-12-31,De <b>taalschool</b> had geen plek.,,Hoofd Inburgering"


@pytest.mark.parametrize(("page", "name"), [("leerroutes", "pip_tijdig"), ("overzicht", "pip_over_termijn")])
def test_a_quote_stands_below_the_tiles_with_its_day_and_is_escaped(open_page, text_of, college_says, page, name):
    college_says(SAID.replace("pip_tijdig", name))
    app = open_page(page)
    assert not app.exception
    text = text_of(app)
    title = f"Het college over ‘{queries.INDICATOREN[name].titel}’:</strong>"
    assert f"{title} De &lt;b&gt;taalschool&lt;/b&gt; had geen plek." in text
    assert "Ligt bij: Hoofd Inburgering." in text and "Geschreven bij de stand van 31 december 2022." in text
    assert "Het college over" not in text_of(open_page(page, stadsdeel="Noord"))


def test_a_quote_about_a_wijkteam_stands_on_its_page(open_page, text_of, college_says):
    college_says("pip_tijdig,wijkteam Meerwijk,2022-11-30,Over Meerwijk.,,")
    text = text_of(open_page("wijkteam", wijkteam="Meerwijk"))
    assert "Over Meerwijk." in text and "Geschreven bij" in text


def test_a_slip_is_told_on_the_briefing_and_when_the_server_starts_and_leaves_other_pages_alone(
    open_page, college_says, caplog
):
    college_says("pip_tijdig,Elders,2022-12-31,Tekst.,,")
    app = open_page("leerroutes")
    assert not app.warning and not app.error and not app.exception
    (error,) = open_page("briefing").error
    assert error.value.startswith("duiding.csv, regel 2: gebied is geen gebied")
    caplog.clear()
    questions.warm()
    assert error.value in caplog.messages


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [("70%", "70%", False), ("70%", "71%", True), (None, "71%", True)],
)
def test_a_text_is_of_an_earlier_stand_when_the_figure_is_another_now(then, now, moved):
    rows = [("pip_tijdig", EARLIER, then), ("pip_tijdig", DAY, now), ("pip_zonder", EARLIER, "1")]
    stands = pl.DataFrame(rows, ["indicator", "stand", "waarde_kort"], orient="row").drop_nulls()
    said = queries.Duiding("pip_tijdig", None, EARLIER, "Tekst.", None, None)
    _, written = college.told(said, stands, public=False)
    assert ("eerdere stand" in written) == moved
