"""The charts of the page Overdracht draw the figures that they are given."""

import shutil
from datetime import date

import polars as pl

import queries
from data import contract
from pages.overdracht import charts
from pages.words import presentation
from tests.pages.show.drawing import layers_of
from tests.pages.show.published import exact, exact_row, published, published_row

TEAMS = pl.DataFrame(
    {
        "wijkteam": ["Centrum", "Oost", "Meerwijk", "Onbekend"],
        "populatie": [7, 12, 9, 1],
        "overgedragen": [4, 9, 9, 0],
        "gepland": [1, 1, 0, 1],
        "niet_bereikt": [0, 1, 0, 0],
        "afgezien": [0, 0, 0, 0],
        "geen_registratie": [1, 1, 0, 0],
        "vertrokken": [1, 0, 0, 0],
        "driegesprek": [3, 4, 0, 0],
        "mediaan_dagen": [31, None, 16, None],
        "open_0_30": [0, 0, 0, 0],
        "open_31_90": [1, 1, 0, 0],
        "open_90_plus": [1, 2, 0, 1],
    },
    schema_overrides={"mediaan_dagen": pl.Int64},
)
SHOWN = exact(TEAMS)
CURVE = exact(
    pl.DataFrame(
        {
            "dag": [0, 10, 40, 90],
            "in_risico": [20, 20, 10, 4],
            "gebeurtenissen": [0, 10, 5, 0],
            "gecensureerd": [0, 0, 1, 4],
            "overleving": [1.0, 0.5, 0.25, 0.25],
        }
    )
)


def data_of(chart):
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def median(noemer, waarde, teller=10):
    figures = {"indicator": "overdracht_mediaan_dagen", "teller": teller, "noemer": noemer, "waarde": waarde}
    return exact_row(figures)


def test_teams_with_the_most_who_wait_long_come_first_and_unknown_last():
    assert charts.teams_shown(TEAMS, [])["wijkteam"].to_list() == ["Oost", "Centrum", "Meerwijk", "Onbekend"]


def test_the_page_filter_picks_rows_by_receiving_wijkteam():
    assert charts.teams_shown(TEAMS, ["Meerwijk", "Centrum"])["wijkteam"].to_list() == ["Centrum", "Meerwijk"]
    assert charts.teams_shown(TEAMS, ["Zuid-West"]).is_empty()


def test_the_table_of_statuses_adds_up_to_the_population():
    table = charts.completion_table(TEAMS)
    assert table.columns[-2:] == ["vertrokken", "populatie"]
    parts = table.select(pl.sum_horizontal(table.columns[1:-1])).to_series()
    assert parts.to_list() == table["populatie"].to_list()


def test_who_left_stands_beside_the_bar_and_not_in_it():
    chart = charts.completion(charts.teams_shown(SHOWN, []))
    assert {row["wijkteam"]: row["woorden"] for row in data_of(chart) if "woorden" in row} == {
        "Oost": "n = 12",
        "Centrum": "n = 6 · 1 vertrokken",
        "Meerwijk": "n = 9",
        "Onbekend": "n = 1",
    }
    assert "Centrum: Overgedragen 4, Gepland 1, Geen overdracht geregistreerd 1;" in chart.description
    assert "(vertrokken: Centrum 1)" in chart.description


def test_the_backlog_leaves_out_teams_where_nobody_waits():
    frame = charts.backlog_table(charts.teams_shown(TEAMS, []))
    assert frame.rows() == [("Oost", 0, 1, 2), ("Centrum", 0, 1, 1), ("Onbekend", 0, 0, 1)]
    rows = data_of(charts.backlog(frame))
    assert [row["woorden"] for row in rows if "woorden" in row] == ["3 open", "2 open", "1 open"]


def test_the_form_leaves_out_teams_without_a_handover():
    frame = charts.form_table(SHOWN)
    assert presentation.plain(frame).rows() == [("Centrum", 4, 3), ("Oost", 9, 4), ("Meerwijk", 9, 0)]
    assert charts.form(frame).description.endswith("Centrum 3 van 4, Oost 4 van 9, Meerwijk 0 van 9.")


def test_a_median_under_ten_persons_is_not_given_and_one_not_reached_is_said():
    assert charts.medians(TEAMS).rows() == [
        ("Centrum", 6, "te weinig waarnemingen"),
        ("Oost", 12, "nog niet bereikt"),
        ("Meerwijk", 9, "te weinig waarnemingen"),
        ("Onbekend", 1, "te weinig waarnemingen"),
    ]


def test_a_median_of_ten_persons_or_more_is_given_in_days():
    ten = TEAMS.head(1).with_columns(overgedragen=10)
    assert charts.medians(ten).select("wijkteam", "mediaan").rows() == [("Centrum", "31 dagen")]
    few = TEAMS.head(1).with_columns(overgedragen=9, gepland=9)
    assert charts.medians(few)["mediaan"].to_list() == ["te weinig waarnemingen"]


def test_a_median_of_fewer_than_ten_who_were_handed_over_is_not_marked():
    assert "de helft na" in str(charts.handed_over(CURVE, median(20, 10)).to_dict())
    assert "de helft na" not in str(charts.handed_over(CURVE, median(20, 10, teller=9)).to_dict())


def test_there_is_no_curve_under_ten_persons():
    assert charts.enough(CURVE, median(10, None)).height == 4
    assert charts.enough(CURVE, median(9, None)).is_empty()


def test_the_curve_is_the_share_handed_over_with_the_median_marked():
    chart = charts.handed_over(CURVE, median(20, 10))
    assert {"dag": 10, "aandeel": 0.5, "onder": 0.0, "na": "10 dagen"} in data_of(chart)
    assert chart.description.endswith("De helft is overgedragen na: 10 dagen.")


def test_a_median_that_is_not_reached_is_said_and_not_drawn():
    chart = charts.handed_over(CURVE, median(20, None))
    assert "de helft na" not in str(chart.to_dict())
    assert chart.description.endswith("na: nog niet bereikt.")


def test_an_empty_answer_gives_an_empty_chart():
    nobody = SHOWN.clear()
    assert charts.completion(nobody).to_dict()
    assert charts.backlog(charts.backlog_table(nobody)).to_dict()
    assert charts.form(charts.form_table(nobody)).to_dict()
    assert charts.medians(nobody).is_empty()
    assert charts.handed_over(CURVE.clear(), median(0, None)).to_dict()


def test_a_median_of_fewer_than_ten_persons_does_not_break_the_empty_curve():
    few = median(5, 77)
    assert "de helft na" not in str(charts.handed_over(charts.enough(CURVE, few), few).to_dict())


def test_the_list_has_what_is_open_longest_first_and_every_wijkteam():
    assert charts.list_table(charts.teams_shown(TEAMS, [])).rows() == [
        ("Oost", 2, 1, 0, 3, 12, "nog niet bereikt"),
        ("Centrum", 1, 1, 0, 2, 6, "te weinig waarnemingen"),
        ("Meerwijk", 0, 0, 0, 0, 9, "te weinig waarnemingen"),
        ("Onbekend", 1, 0, 0, 1, 1, "te weinig waarnemingen"),
    ]


QUARTERS = exact(
    pl.DataFrame(
        {
            "indicator": ["overdracht_gedaan"] * 2 + ["pip_tijdig"],
            "kwartaal": [date(2022, 7, 1), date(2022, 10, 1), date(2022, 10, 1)],
            "teller": [8, 9, 1],
            "noemer": [12, 11, 20],
            "waarde": [8 / 12, 9 / 11, 0.05],
            "ci_laag": [0.4, 0.5, 0.01],
            "ci_hoog": [0.9, 0.95, 0.2],
        }
    )
)


def test_a_pilot_that_is_added_to_the_events_with_its_first_day_is_drawn(tmp_path, monkeypatch):
    folder = tmp_path / "reference"
    shutil.copytree(contract.REFERENTIE_MAP, folder)
    with (folder / "gebeurtenis.csv").open("a", encoding="utf-8") as file:
        file.write("2022-11-01,,Pilot in Schalkwijk,Proef met de overdracht.,Gemeente Haarlem,overdracht_gedaan\n")
    monkeypatch.setattr(contract, "REFERENTIE_MAP", folder)
    frame = charts.timely_quarters(QUARTERS)
    assert frame["teller"].to_list() == [8, 9]
    found = charts.events_on_axis(queries.events(), frame)
    assert found["titel"].to_list() == ["Pilot in Schalkwijk"]
    chart = charts.per_quarter(frame, found)
    assert {row["titel"] for row in data_of(chart) if "titel" in row} == {"Pilot in Schalkwijk"}
    assert chart.description.endswith("Gebeurtenissen: 1 november 2022: Pilot in Schalkwijk.")


def test_without_the_pilot_among_the_events_nothing_is_drawn_for_it():
    frame = charts.timely_quarters(QUARTERS)
    assert charts.events_on_axis(queries.events(), frame).is_empty()
    assert charts.per_quarter(frame, charts.events_on_axis(queries.events(), frame)).to_dict()


# ------------------------------------------------------------------------------------------------ the public view

COUNTS = [name for name in TEAMS.columns if name not in ("wijkteam", "mediaan_dagen")]


def whole(**counts):
    """The question overdracht_totaal as it is published: what a test does not give is too small to show."""
    row = dict.fromkeys(COUNTS) | {"mediaan_dagen": 35.0} | counts
    schema = dict.fromkeys(COUNTS, pl.Int64) | {"mediaan_dagen": pl.Float64}
    return charts.together(published(pl.DataFrame([row], schema=schema)))


CITY = whole(populatie=110, overgedragen=80, gepland=20, afgezien=10, driegesprek=30, open_90_plus=20)


def test_statuses_are_told_per_wijkteam_when_they_are_exact():
    assert charts.are_told_apart(TEAMS)
    assert charts.are_told_apart(TEAMS.clear())
    assert not charts.are_told_apart(published(TEAMS, left_out=("gepland",)))


def test_the_statuses_together_are_one_bar_with_what_is_too_small_behind_it():
    chart = charts.completion(charts.teams_shown(CITY, []))
    rows = data_of(chart)
    drawn = [(row["wijkteam"], row["status"], row["aantal"]) for row in rows if "aantal" in row]
    assert drawn == [
        ("Samen", "Overgedragen", 80),
        ("Samen", "Gepland", 20),
        ("Samen", "Afgezien", 10),
    ]
    assert [row["woorden"] for row in rows if "woorden" in row] == [
        "+ 2 × <10",
        "ongeveer 110 personen · <10 vertrokken",
    ]
    assert chart.description == (
        "Stand van de overdracht per ontvangend wijkteam (vertrokken: Samen <10). Samen: Overgedragen 80, Gepland 20, "
        "Niet bereikt <10, Geen overdracht geregistreerd <10, Afgezien 10."
    )


def test_the_table_of_the_statuses_together_says_how_every_count_is_shown():
    table = charts.completion_table(CITY)
    assert presentation.plain(table).columns == [
        "wijkteam", "overgedragen", "gepland", "niet_bereikt", "geen_registratie", "afgezien", "vertrokken",
        "populatie",
    ]  # fmt: skip
    assert presentation.plain(table).rows() == [("Samen", 80, 20, None, None, 10, None, 110)]
    assert presentation.in_its_place(table, "niet_bereikt") == ["<10"]


def test_who_waits_is_not_left_out_because_the_number_is_too_small_to_show():
    frame = charts.backlog_table(whole())
    assert frame.height == 1
    chart = charts.backlog(charts.backlog_table(CITY))
    # Rounded parts do not add up to how many are open.
    assert [row["woorden"] for row in data_of(chart) if "woorden" in row] == ["+ 2 × <10", ""]
    assert chart.description.endswith("Samen: 0–30 dagen <10, 31–90 dagen <10, meer dan 90 dagen 20.")


STATUSES_LEFT_OUT = tuple(name for name in (*COUNTS, "mediaan_dagen") if name != "populatie")


def per_team(*populations):
    names = ("Centrum", "Oost", "Meerwijk")
    empty = TEAMS.head(len(populations)).with_columns(
        *(pl.lit(None, TEAMS.schema[name]).alias(name) for name in STATUSES_LEFT_OUT),
        wijkteam=pl.Series(names[: len(populations)]),
        populatie=pl.Series(populations, dtype=pl.Int64),
    )
    return published(empty, left_out=STATUSES_LEFT_OUT)


def per_area(*shares):
    return published(
        pl.DataFrame(
            {
                "niveau": ["stadsdeel", *["wijkteam"] * 4],
                "gebied": ["Centrum", "Centrum", "Oost", "Meerwijk", "Oost"],
                "indicator": [*["overdracht_gedaan"] * 4, "overdracht_open"],
                "waarde": [0.5, *shares, 0.9],
            },
            schema_overrides={"waarde": pl.Float64},
        )
    )


def test_per_wijkteam_there_is_the_population_and_no_share_when_none_may_be_shown():
    table = charts.published_table(per_team(None, 20, 10), per_area(None, None, None))
    assert presentation.plain(table).rows() == [("Centrum", None), ("Oost", 20), ("Meerwijk", 10)]
    assert not charts.has_shares(table)
    chart = charts.population(table)
    assert {"filter": "isValid(datum.populatie)"} in layers_of(chart, "bar")[0]["transform"]
    assert chart.description.endswith("per ontvangend wijkteam: Centrum <10, Oost 20, Meerwijk 10.")


def test_the_share_handed_over_stands_beside_the_wijkteams_of_which_it_may_be_shown():
    table = charts.published_table(per_team(None, 60, 10), per_area(None, 0.75, None))
    assert presentation.plain(table).rows() == [("Centrum", None, None), ("Oost", 60, 0.75), ("Meerwijk", 10, None)]
    assert presentation.in_its_place(table, "waarde") == ["te klein om te tonen", "", "te klein om te tonen"]
    assert charts.population(table).description.endswith("Centrum <10, Oost 60 · 75% overgedragen, Meerwijk 10.")


def test_of_a_selection_of_which_no_wijkteam_is_published_the_table_is_empty():
    nothing = published(TEAMS.with_columns(populatie=pl.lit(None, pl.Int64)), left_out=tuple(COUNTS))
    assert charts.published_table(nothing, per_area(None, None, None)).is_empty()


def months(*shares):
    """A published curve: the share that waits per month, None where it may not be shown."""
    days = (0, 30, 61, 91)[: len(shares)]
    schema = dict.fromkeys(("dag", "in_risico", "gebeurtenissen", "gecensureerd"), pl.Int64) | {
        "overleving": pl.Float64
    }
    rows = [(day, None, None, None, share) for day, share in zip(days, shares, strict=True)]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return published(frame, left_out=("in_risico", "gebeurtenissen", "gecensureerd"))


HALF = {"indicator": "overdracht_mediaan_dagen", "teller": None, "noemer": None}
MEDIAN = published_row(HALF | {"waarde": 35.0}, left_out=("teller", "noemer"))


def test_a_published_curve_is_a_table_per_month_and_says_what_is_too_small():
    curve = months(1.0, None, 0.36, 0.27)
    assert presentation.plain(charts.enough(curve, MEDIAN)).rows() == [(0, 1.0), (1, None), (2, 0.36), (3, 0.27)]
    chart = charts.handed_over(curve, MEDIAN)
    assert {"tekst": "Te klein om te tonen: na 1 maand."} in data_of(chart)
    assert chart.description.endswith("na: ongeveer 5 weken. Te klein om te tonen: na 1 maand.")


def test_a_published_median_that_is_not_reached_or_too_small_is_said():
    not_reached = published_row(HALF | {"waarde": None}, not_reached=("waarde",), left_out=("teller", "noemer"))
    assert charts.handed_over(months(1.0, 0.9), not_reached).description.endswith("na: nog niet bereikt.")
    hidden = published_row(HALF | {"waarde": None}, left_out=("teller", "noemer"))
    assert charts.handed_over(months(1.0, 0.9), hidden).description.endswith("na: te klein om te tonen.")


def test_there_is_no_published_curve_when_no_share_may_be_shown():
    assert charts.enough(months(None, None), MEDIAN).is_empty()
    assert charts.enough(months(), MEDIAN).is_empty()
