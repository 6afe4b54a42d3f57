"""Change by quarter of entry, areas against the rest of the city, and what is new between two snapshots."""

from dataclasses import replace
from datetime import date

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

import queries
from queries import Selection
from tests.queries.given import intake, someone


def entrants(*groups):
    """People by day of notice and the first day of their intake: (number, notice, how many with an intake[, wijk])."""
    people = []
    for size, notice, with_intake, *wijkcode in groups:
        columns = {"datum_kennisgeving": notice} | ({"wijkcode": wijkcode[0]} if wijkcode else {})
        people += [someone(intake(notice), **columns)] * with_intake + [someone(**columns)] * (size - with_intake)
    return people


def intakes(question, database, **selection):
    """The rows of a question that are about the intake."""
    return queries.answer(question, Selection(**selection), database).filter(indicator="intake_gestart")


# The last notice of which the ninety days for an intake are over at the end of 2022.
LAST = "2022-10-02"


def test_the_latest_quarter_with_ten_is_held_against_all_earlier_ones_of_its_year(town):
    people = entrants(
        (50, "2021-12-31", 0),  # another year
        (20, "2022-01-01", 18),
        (20, "2022-06-30", 16),
        (10, "2022-09-30", 3),
        (9, "2022-10-01", 9),  # too few to be the latest quarter
        (30, "2022-10-03", 0),  # had no time yet
    )
    found = intakes("kpi_verandering", town(*people)).row(0, named=True)
    assert (found["kwartaal"], found["teller"], found["noemer"]) == (date(2022, 7, 1), 3, 10)
    assert (found["eerder_teller"], found["eerder_noemer"]) == (34, 40)
    assert found["verschil"] == pytest.approx(3 / 10 - 34 / 40)
    bounds = confint_proportions_2indep(3, 10, 34, 40, compare="diff", method="newcomb")
    assert (found["ci_laag"], found["ci_hoog"]) == pytest.approx(bounds)
    assert found["oordeel"] == "lager"


@pytest.mark.parametrize(
    ("groups", "verdict"),
    [
        ([(40, "2022-01-01", 10), (40, "2022-04-01", 35)], "hoger"),
        ([(40, "2022-01-01", 20), (40, "2022-04-01", 23)], "binnen toeval"),
        ([(9, "2022-01-01", 0), (40, "2022-04-01", 35)], "geen oordeel"),  # too few earlier
        ([(40, "2022-01-01", 10)], "geen oordeel"),  # the first quarter of the year
        ([(9, "2022-04-01", 1)], "geen oordeel"),
        ([], "geen oordeel"),
    ],
)
def test_change_has_a_verdict_on_chance(town, groups, verdict):
    assert intakes("kpi_verandering", town(*entrants(*groups)))["oordeel"].to_list() == [verdict]


@pytest.fixture
def three_areas(town):
    """Schalkwijk, Centrum and Noord, and two who live nowhere that is known."""
    groups = ((20, "2022-01-01", 19, "WK039221"), (30, "2022-01-01", 12, "WK039201"), (12, "2022-01-01", 5, "WK039217"))
    return town(*entrants(*groups, (2, "2022-01-01", 1, None)))


def compared(database, **selection):
    """Per area that is shown: teller, noemer, and those of the rest."""
    frame = intakes("kpi_gebied_vergelijking", database, **selection)
    figures = frame.select("teller", "noemer", "rest_teller", "rest_noemer").rows()
    return dict(zip(frame.select("niveau", "gebied").rows(), figures, strict=True))


def test_areas_are_held_against_the_rest_with_a_99_percent_interval(three_areas):
    rows = intakes("kpi_gebied_vergelijking", three_areas).rows_by_key(["niveau", "gebied"], named=True, unique=True)
    found = rows["stadsdeel", "Schalkwijk"]
    bounds = confint_proportions_2indep(19, 20, 18, 44, compare="diff", method="newcomb", alpha=0.01)
    assert (found["ci_laag"], found["ci_hoog"]) == pytest.approx(bounds)
    assert found["oordeel"] == "hoger"
    assert rows["wijkteam", "Centrum"]["oordeel"] == "lager"
    assert rows["stadsdeel", "Onbekend"]["oordeel"] == "geen oordeel"
    assert rows["stadsdeel", "Oost"]["waarde"] is None


def test_a_filter_on_area_chooses_what_is_shown_and_never_what_the_rest_is(three_areas):
    whole = compared(three_areas)
    assert whole["stadsdeel", "Schalkwijk"] == (19, 20, 18, 44)
    chosen = compared(three_areas, stadsdelen=("Schalkwijk", "Centrum"))
    assert [gebied for niveau, gebied in chosen if niveau == "stadsdeel"] == ["Centrum", "Schalkwijk"]
    assert {"Centrum", "Meerwijk"} <= {gebied for _, gebied in chosen} and ("wijkteam", "Oost") not in chosen
    assert chosen == {area: whole[area] for area in chosen}
    unknown = dict.fromkeys([("stadsdeel", "Onbekend"), ("wijkteam", "Onbekend")], (1, 2, 36, 62))
    assert compared(three_areas, stadsdelen=("Onbekend",)) == unknown


def test_a_wijkteam_is_shown_with_its_stadsdeel_only_when_that_is_chosen_whole(three_areas):
    assert list(compared(three_areas, wijkteams=("Centrum",))) == [("stadsdeel", "Centrum"), ("wijkteam", "Centrum")]
    assert list(compared(three_areas, wijkteams=("Meerwijk",))) == [("wijkteam", "Meerwijk")]
    assert compared(three_areas, stadsdelen=("Noord",), wijkteams=("Meerwijk",)) == {}


def test_other_filters_and_a_limit_choose_who_is_in_the_rest_as_well(three_areas):
    none = compared(three_areas, doelgroepen=("Gezinsmigrant en overige migrant",), stadsdelen=("Schalkwijk",))
    assert none["stadsdeel", "Schalkwijk"] == (0, 0, 0, 0)
    limited = three_areas.limited(("Meerwijk", "Europawijk-Molenwijk", "Boerhaavewijk", "Centrum"))
    assert compared(limited, stadsdelen=("Schalkwijk",))["stadsdeel", "Schalkwijk"] == (19, 20, 12, 30)


MEERWIJK, CENTRUM, SCHALKWIJK = (
    {"wijkteams": ("Meerwijk",)},
    {"stadsdelen": ("Centrum",)},
    {"stadsdelen": ("Schalkwijk",)},
)
BEGIN, REST = date(2021, 12, 31), replace(Selection(**SCHALKWIJK), rest=True)


@pytest.mark.parametrize(
    ("chosen", "naast", "counts", "verdict"),
    [
        # Without another the rest of the city is meant, Onbekend included.
        (SCHALKWIJK, None, (19, 20, 18, 44), "hoger"),
        (SCHALKWIJK, REST, (19, 20, 18, 44), "hoger"),
        ({"stadsdelen": ("Schalkwijk", "Centrum"), "wijkteams": ("Meerwijk",)}, None, (19, 20, 18, 44), "hoger"),
        (CENTRUM, Selection(stadsdelen=("Noord",)), (12, 30, 5, 12), "binnen toeval"),
        ({"stadsdelen": ("Onbekend",)}, Selection(**CENTRUM), (1, 2, 12, 30), "geen oordeel"),
        ({}, None, (37, 64, 0, 0), "geen oordeel"),
        # Who is on both sides, or was counted on another day as well, makes chance unknown.
        (SCHALKWIJK, Selection(wijkteams=("Meerwijk",)), (19, 20, 19, 20), "geen oordeel"),
        (SCHALKWIJK, Selection(**SCHALKWIJK, peildatum=BEGIN), (19, 20, 0, 0), "geen oordeel"),
        (SCHALKWIJK, Selection(**CENTRUM, peildatum=date(2022, 11, 30)), (19, 20, 12, 30), "geen oordeel"),
    ],
)
def test_a_selection_is_held_against_another_and_not_judged_when_they_share_persons(
    three_areas, chosen, naast, counts, verdict
):
    found = intakes("kpi_vergelijking", three_areas, **chosen, naast=naast).row(0, named=True)
    assert tuple(found[name] for name in ("teller", "noemer", "naast_teller", "naast_noemer")) == counts
    assert (found["oordeel"], found["ci_laag"] is None) == (verdict, verdict == "geen oordeel")
    enough = min(counts[1], counts[3]) >= 10
    assert found["verschil"] == (pytest.approx(counts[0] / counts[1] - counts[2] / counts[3]) if enough else None)


def test_the_interval_of_a_comparison_is_that_of_an_area_against_the_rest(three_areas):
    found = intakes("kpi_vergelijking", three_areas, **SCHALKWIJK)
    area = intakes("kpi_gebied_vergelijking", three_areas, **SCHALKWIJK).filter(niveau="stadsdeel")
    assert found.select("ci_laag", "ci_hoog").rows() == area.select("ci_laag", "ci_hoog").rows()


def test_a_comparison_stays_within_the_limit_and_the_rest_of_an_area_has_its_own_areas(three_areas):
    limited = three_areas.limited(("Meerwijk", "Europawijk-Molenwijk", "Boerhaavewijk", "Centrum"))
    found = intakes("kpi_vergelijking", limited, **SCHALKWIJK).row(0, named=True)
    assert (found["noemer"], found["naast_noemer"]) == (20, 30)
    with pytest.raises(queries.InvalidSelection, match="geen stadsdeel"):
        intakes("kpi_vergelijking", limited, **SCHALKWIJK, naast=Selection(stadsdelen=("Noord",)))
    areas = [area for _, area in compared(limited, **SCHALKWIJK, rest=True)]
    assert areas == ["Centrum", "Centrum"]


def test_whose_follow_up_ended_since_a_day_is_held_against_the_earlier_ones_of_the_year(town):
    # Ninety days after the second of April is the first of July.
    early, late = [(50, "2021-10-02", 50), (20, "2022-04-01", 18)], [(20, LAST, 0), (20, "2022-10-03", 0)]
    database = town(*entrants(*early, (20, "2022-04-02", 4), *late))
    found = intakes("kpi_sinds", database, sinds=date(2022, 6, 30)).row(0, named=True)
    assert (found["teller"], found["noemer"], found["eerder_teller"], found["eerder_noemer"]) == (4, 40, 18, 20)
    assert found["oordeel"] == "lager"
    with pytest.raises(queries.InvalidSelection, match="voor de peildatum"):
        intakes("kpi_sinds", database, sinds=date(2022, 12, 31))


def test_news_between_two_snapshots(town):
    then = town(*entrants((20, "2022-03-01", 18)), peildatum=date(2022, 6, 30))
    now = town(*entrants((20, "2022-03-01", 20), (20, LAST, 4)))
    found = queries.news(Selection(), now, then)
    assert found.bewogen.select("indicator", "oordeel").rows() == [("intake_gestart", "lager")]
    backlog = {row["indicator"]: (row["vorige"], row["nu"], row["verschil"]) for row in found.voorraad.to_dicts()}
    assert backlog["pip_zonder"] == (20, 40, 20)
    counts = [name for name, entry in queries.INDICATOREN.items() if entry.eenheid == "aantal"]
    assert list(backlog) == counts and set(backlog.values()) == {(20, 40, 20), (0, 0, 0)}
    # two intakes of before the earlier peildatum were registered after it
    assert found.correcties.rows() == [("intake_gestart", 18, 20, 20, 20)]
    same = queries.news(Selection(), town(*entrants((20, "2022-03-01", 18))), then)
    assert (same.correcties.height, same.bewogen.height, set(same.voorraad["verschil"])) == (0, 0, {0})
