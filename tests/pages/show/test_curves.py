"""How a survival curve is read on a day, and from where it is drawn dotted."""

import polars as pl
import pytest

from pages.show import curves
from tests.pages.show.published import published

COLUMNS = ("dag", "in_risico", "gebeurtenissen", "gecensureerd", "overleving")


def curve(*rows, group="a"):
    schema = dict.fromkeys(COLUMNS[:-1], pl.Int64) | {"overleving": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").select(pl.lit(group).alias("groep"), *COLUMNS)


def left(line, day):
    row = curves.read_at(line, day)
    return None if row is None else row["overleving"]


@pytest.mark.parametrize(("day", "share"), [(364, 1.0), (365, 0.75), (366, 0.5)])
def test_the_share_left_is_the_last_row_on_or_before_the_day(day, share):
    assert left(curve((0, 40, 0, 0, 1.0), (365, 40, 10, 0, 0.75), (366, 30, 10, 0, 0.5)), day) == share


def test_nothing_is_read_beyond_the_end_of_a_line_unless_all_have_ended():
    assert left(curve((0, 40, 0, 0, 1.0), (300, 40, 4, 36, 0.9)), 365) is None
    assert left(curve((0, 20, 0, 0, 1.0), (300, 20, 20, 0, 0.0)), 365) == 0.0


def test_nothing_is_read_from_fewer_than_ten_known_outcomes():
    nine = curve((0, 40, 0, 0, 1.0), (100, 40, 0, 31, 1.0), (400, 9, 9, 0, 0.0))
    assert left(nine, 365) is None
    ten = curve((0, 40, 0, 0, 1.0), (100, 40, 0, 30, 1.0), (365, 10, 1, 0, 0.9), (400, 9, 9, 0, 0.0))
    assert left(ten, 365) == 0.9


def test_nothing_is_read_from_a_few_who_are_left_when_most_outcomes_are_unknown():
    line = curve(
        (0, 40, 0, 0, 1.0), (100, 40, 10, 0, 0.75), (200, 30, 0, 25, 0.75), (365, 5, 1, 0, 0.6), (400, 4, 0, 4, 0.6)
    )
    assert left(line, 365) is None


def test_of_no_line_nothing_is_read():
    assert curves.read_at(curve(), 365) is None


def test_a_line_is_dotted_from_where_fewer_than_ten_are_followed():
    one = curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45))
    other = curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), group="b")
    firm, dotted = curves.firm_and_dotted(pl.concat([one, other]), "groep")
    assert firm.select("groep", "dag").rows() == [("a", 0), ("a", 400), ("b", 0), ("b", 300)]
    # The dotted part begins where the firm one ends, or a gap would show.
    assert dotted.select("groep", "dag").rows() == [("a", 400), ("a", 500), ("b", 300)]


def test_a_small_group_is_dotted_from_the_start():
    firm, dotted = curves.firm_and_dotted(curve((0, 4, 0, 0, 1.0), (10, 4, 1, 3, 0.75)), "groep")
    assert firm.is_empty()
    assert dotted["dag"].to_list() == [0, 10]


# -------------------------------------------------------------------------------------------- published curves


def months(*shares, group="a"):
    """A published curve: a share per whole month from month 0 on; None is too small to show."""
    rows = [(round(month * 30.4375), None, None, None, share) for month, share in enumerate(shares)]
    return published(curve(*rows, group=group), left_out=COLUMNS[1:-1])


def test_a_published_curve_has_no_dotted_part_and_no_points_that_are_too_small_to_show():
    firm, dotted = curves.firm_and_dotted(months(1.0, None, 0.9, 0.8), "groep")
    assert firm["overleving"].to_list() == [1.0, 0.9, 0.8]
    assert dotted["dag"].to_list() == [91]


def test_a_line_is_in_pieces_where_a_share_may_not_be_shown():
    both = pl.concat([months(1.0, None, None, 0.9, 0.8, None), months(1.0, 0.7, group="b")])
    pieces = curves.with_pieces(both, "groep")
    assert pieces.select("groep", "dag", "stuk").rows() == [
        ("a", 0, 0), ("a", 91, 2), ("a", 122, 2), ("b", 0, 0), ("b", 30, 0)
    ]  # fmt: skip
    assert curves.lone(pieces, "groep").select("groep", "dag").rows() == [("a", 0)]


def test_a_line_of_exact_figures_is_one_piece():
    pieces = curves.with_pieces(curve((0, 40, 0, 0, 1.0), (365, 40, 10, 0, 0.75)), "groep")
    assert pieces["stuk"].to_list() == [0, 0]
    assert curves.lone(pieces, "groep").is_empty()
    assert curves.with_pieces(curve(), "groep").is_empty()


def test_a_published_curve_is_read_in_its_month_and_not_from_an_earlier_one():
    line = months(*[1.0] * 12, 0.44)
    assert left(line, 365) == 0.44
    assert left(line, 380) is None
    assert left(months(*[1.0] * 12, None), 365) is None
    assert left(months(*[1.0] * 12), 365) is None


def test_a_published_day_stands_for_a_whole_month():
    assert curves.in_months(months(1.0, 0.9, 0.8, 0.7))["maanden"].to_list() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((1.0, 0.9), ""),
        ((1.0, None, 0.8), "na 1 maand"),
        ((None, 0.9, None, None), "na 0, 2 en 3 maanden"),
        ((None, None), "overal"),
        ((), ""),
    ],
)
def test_the_months_that_are_too_small_to_show_are_named(shares, words):
    assert curves.missing(curves.in_months(months(*shares))) == words
