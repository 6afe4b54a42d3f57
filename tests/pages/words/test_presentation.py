"""How a figure may be shown: exact as it is, rounded with "ongeveer", and words in the place of what is too small."""

import polars as pl
import pytest

from pages.show import table
from pages.words import presentation
from tests.pages.show.published import exact, exact_row, published, published_row

AFGEROND, BESCHERMD, WEGGELATEN = "afgerond", "beschermd", "weggelaten"


def test_a_count_with_its_noun():
    rows = [*exact(pl.DataFrame({"aantal": [1, 0]})).iter_rows(named=True)]
    rows += published(pl.DataFrame({"aantal": [1230, None]})).iter_rows(named=True)
    told = ["1 persoon", "0 personen", "1.230 personen", "<10 personen", "niet getoond"]
    rows += [published_row({"aantal": None}, left_out=("aantal",))]
    assert [presentation.persons(row, "aantal") for row in rows] == told


# --------------------------------------------------------------------------------------------------------- frames


HOW = [AFGEROND, BESCHERMD, WEGGELATEN]
SHARES = {"waarde": [0.8, None, None], "waarde_weergave": HOW}
FRAME = pl.DataFrame({"status": ["A", "B", "C"], "aantal": [120, None, None], "aantal_weergave": HOW} | SHARES)


def test_a_table_has_words_where_a_figure_may_not_be_shown_and_no_column_that_says_so():
    html = table.html(FRAME, "x", totals=("aantal",))
    cells = ['<td class="getal">120</td><td class="getal">80%</td>']
    cells += ['<td class="getal">&lt;10</td><td class="getal">te klein om te tonen</td>']
    cells += ['<td class="getal">niet getoond</td><td class="getal">niet getoond</td>']
    for cell in cells:
        assert cell in html
    assert "weergave" not in html.lower()
    assert "Totaal" not in html


def test_words_in_the_place_of_a_share_are_said_and_not_drawn():
    rows = published(pl.DataFrame({"waarde": [None]}, {"waarde": pl.Float64}), waarde="meer dan de helft")
    (row,) = rows.to_dicts()
    assert row["waarde_tekst"] == "meer dan de helft" and presentation.instead(row, "waarde") == ">50%"
    assert presentation.hidden(row, "waarde") and presentation.drawable(rows, "waarde").is_empty()
    assert '<td class="getal">&gt;50%</td>' in table.html(rows, "x")


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (FRAME, ""),
        (FRAME.tail(2), presentation.NOTHING_TO_DRAW),
        (FRAME.tail(1), presentation.NOTHING_PUBLISHED_HERE),
        (FRAME.clear(), ""),
        (FRAME[1:].select("waarde", waarde_weergave=pl.lit(BESCHERMD)), presentation.NO_SHARE_TO_DRAW),
        (pl.DataFrame({"aantal": [0]}), ""),
    ],
)
def test_a_frame_of_which_no_count_may_be_shown_has_nothing_to_draw(frame, words):
    assert presentation.none_to_draw(frame) == words


COUNTS = pl.DataFrame({"aantal": [4, 6], "personen": [10, 20]})


def test_only_exact_counts_are_added_up():
    assert presentation.summed(exact(COUNTS), "aantal")["aantal_tekst"] == "10"
    assert presentation.summed(exact(COUNTS), "aantal", where=pl.col("aantal") > 4)["aantal_tekst"] == "6"
    assert presentation.summed(published(COUNTS), "aantal")["aantal_tekst"] == "niet getoond"
    assert presentation.summed(published(COUNTS), "aantal", where=pl.col("aantal") > 4)["aantal_tekst"] == "ongeveer 6"
    assert presentation.summed(exact(COUNTS).clear(), "aantal")["aantal"] == 0


def test_on_how_many_a_chart_rests():
    assert presentation.n_of(exact(COUNTS), "personen") == "n = 30 personen"
    assert presentation.n_of(published(COUNTS), "personen") == ""
    assert presentation.n_of(published(COUNTS).head(1), "personen", "perioden") == "n = ongeveer 10 perioden"
    assert presentation.n_of(exact(COUNTS).clear(), "personen") == ""


# "60 van de 60" would say everybody.
ROUNDED = published(pl.DataFrame({"aantal": [30, 60, None], "personen": [80, 60, 80]}))
NOBODY = exact(pl.DataFrame({"aantal": [0], "personen": [0]}))


def test_a_title_has_its_count_unless_it_may_not_be_told():
    rows = [*ROUNDED.iter_rows(named=True), *NOBODY.iter_rows(named=True)]
    told = [presentation.counted("Gedaan", row, "aantal", "personen") for row in rows]
    assert told == ["Gedaan: ongeveer 30 van 80", "Gedaan: ongeveer 60", "Gedaan", "Gedaan"]


def test_what_was_not_published_is_not_nobody():
    row = {"indicator": "pip_tijdig", "teller": 0, "noemer": 0, "waarde": None}
    assert presentation.why_empty(exact_row(row), "Niemand.") == "Niemand."
    assert presentation.why_empty(published_row(row), "Niemand.") == presentation.NOTHING_PUBLISHED_HERE
