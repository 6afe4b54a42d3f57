"""How a figure may be shown: exact as it is, rounded with "ongeveer", and words in the place of what is too small."""

import polars as pl
import pytest

from pages.show import TEXTS, table
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


def test_a_cell_of_which_nothing_may_be_shown_is_empty_and_one_line_says_why():
    html = table.html(FRAME, "x", totals=("aantal",))
    for cells in (("120", "80%"), ("&lt;10", ""), ("", "")):
        assert "".join(f'<td class="getal">{cell}</td>' for cell in cells) in html
    assert html.count(TEXTS["figure"]["left_open"]) == 1
    assert TEXTS["figure"]["left_open"] not in table.html(FRAME.head(1), "x")
    assert "weergave" not in html.lower()
    assert "Totaal" not in html


def test_words_in_the_place_of_a_share_are_said_and_not_drawn():
    rows = published(pl.DataFrame({"waarde": [None]}, {"waarde": pl.Float64}), waarde="meer dan de helft")
    (row,) = rows.to_dicts()
    assert row["waarde_tekst"] == "meer dan de helft" and presentation.instead(row, "waarde") == ">50%"
    assert presentation.hidden(row, "waarde") and presentation.drawable(rows, "waarde").is_empty()
    assert '<td class="getal">&gt;50%</td>' in table.html(rows, "x")


@pytest.mark.parametrize(
    ("frame", "nothing", "rows"),
    [
        (FRAME, False, 2),
        # Fewer than 10 is worth a row and no chart; a count beside a share that may not be shown neither.
        (FRAME.tail(2), True, 1),
        (FRAME.tail(1), True, 0),
        (FRAME.drop("waarde", "waarde_weergave"), False, 2),
        (FRAME.with_columns(waarde_weergave=pl.lit(BESCHERMD)), True, 2),
        (FRAME.clear(), False, 0),
        (pl.DataFrame({"aantal": [0]}), False, 1),
    ],
)
def test_a_frame_says_nothing_when_no_figure_may_be_shown_and_loses_the_rows_without_any(frame, nothing, rows):
    assert presentation.says_nothing(frame) == nothing
    assert presentation.telling(frame).height == rows


@pytest.mark.parametrize(
    ("counts", "in_words", "few"),
    [
        # A bar or two are no chart; neither are bars of one length.
        ([20, None, None], "A: ongeveer 20.", "b en c"),
        ([10, 10, 10, None], "A, b en c: elk ongeveer 10.", "d"),
        ([20, 10, 10, None], "", "d"),
        ([20, 10], "", ""),
    ],
)
def test_a_few_counts_beside_hidden_ones_are_told_in_words(counts, in_words, few):
    frame = published(pl.DataFrame({"naam": list("abcd")[: len(counts)], "aantal": counts}))
    told = TEXTS["figure"]["few"].format(names=few) if few else ""
    assert table.Shown(frame).in_few_words() == (in_words, told)


def test_one_row_with_a_hidden_count_is_told_in_words_and_of_more_rows_those_without_any():
    few = TEXTS["figure"]
    wide = {"stadsdeel": ["Noord", "Oost"], "lopend": [20, None], "niet_gestart": [None, None]}
    wide |= {f"{name}_weergave": [AFGEROND if value else BESCHERMD for value in wide[name]] for name in list(wide)[1:]}
    frame = pl.DataFrame(wide, schema_overrides={"niet_gestart": pl.Int64})
    one = table.Shown(frame.head(1)).in_few_words()
    assert one == ("Lopend: ongeveer 20.", few["few"].format(names="niet gestart"))
    assert table.Shown(frame).in_few_words() == ("", few["few_parts"].format(names="Oost"))
    # What is not one thing per row is not named by its first column.
    assert table.Shown(pl.concat([frame, frame])).in_few_words() == ("", "")


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
    assert presentation.why_empty(published_row(row), "Niemand.") == ""
