"""The charts of the page Overdracht draw the figures that they are given."""

import polars as pl

from pages.overdracht import charts
from pages.shared import theme

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
CURVE = pl.DataFrame(
    {
        "dag": [0, 10, 40, 90],
        "in_risico": [20, 20, 10, 4],
        "gebeurtenissen": [0, 10, 5, 0],
        "gecensureerd": [0, 0, 1, 4],
        "overleving": [1.0, 0.5, 0.25, 0.25],
    }
)


def data_of(chart):
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def median(noemer, waarde):
    return {"teller": 0, "noemer": noemer, "waarde": waarde}


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
    chart = charts.completion(charts.teams_shown(TEAMS, []))
    rows = data_of(chart)
    assert {row["wijkteam"]: row["aantallen"] for row in rows if "aantallen" in row} == {
        "Oost": "n = 12",
        "Centrum": "n = 6 · 1 vertrokken",
        "Meerwijk": "n = 9",
        "Onbekend": "n = 1",
    }
    assert {row["deel"] for row in rows if "deel" in row} == {
        "Overgedragen", "Gepland", "Niet bereikt", "Geen overdracht geregistreerd",
    }  # fmt: skip
    assert "Centrum: overgedragen 4, gepland 1, geen overdracht geregistreerd 1, vertrokken 1" in chart.description


def test_the_legend_names_only_what_occurs_in_the_colours_of_its_meaning():
    scale = charts.completion(TEAMS).to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Overgedragen", "Gepland", "Niet bereikt", "Geen overdracht geregistreerd"]
    assert scale["range"] == [theme.OVERDRACHT_STATUS[status].light for status in scale["domain"]]


def test_the_backlog_leaves_out_teams_where_nobody_waits():
    frame = charts.backlog_table(charts.teams_shown(TEAMS, []))
    assert frame.rows() == [("Oost", 0, 1, 2), ("Centrum", 0, 1, 1), ("Onbekend", 0, 0, 1)]
    rows = data_of(charts.backlog(frame))
    assert [row["aantallen"] for row in rows if "aantallen" in row] == ["3 open", "2 open", "1 open"]


def test_the_form_leaves_out_teams_without_a_handover():
    frame = charts.form_table(TEAMS)
    assert frame.rows() == [("Centrum", 4, 3), ("Oost", 9, 4), ("Meerwijk", 9, 0)]
    assert charts.form(frame).description.endswith("Centrum 3 van 4, Oost 4 van 9, Meerwijk 0 van 9.")


def test_a_median_under_ten_persons_is_not_given_and_one_not_reached_is_said():
    assert charts.medians(TEAMS).rows() == [
        ("Centrum", 6, "te weinig waarnemingen"),
        ("Oost", 12, "nog niet bereikt"),
        ("Meerwijk", 9, "te weinig waarnemingen"),
        ("Onbekend", 1, "te weinig waarnemingen"),
    ]


def test_a_median_of_ten_persons_or_more_is_given_in_days():
    ten = TEAMS.head(1).with_columns(populatie=10, vertrokken=0, overgedragen=8)
    assert charts.medians(ten).rows() == [("Centrum", 10, "31 dagen")]


def test_there_is_no_curve_under_ten_persons():
    assert charts.enough(CURVE, median(10, None)).height == 4
    assert charts.enough(CURVE, median(9, None)).is_empty()


def test_the_curve_is_the_share_handed_over_with_the_median_marked():
    spec = charts.handed_over(CURVE, median(20, 10)).to_dict()
    assert {"calculate": "1 - datum.overleving", "as": "overgedragen"} in spec["layer"][0]["transform"]
    assert {"filter": "datum.in_risico >= 10"} in spec["layer"][0]["transform"]
    # The dashed part starts at the last day on which 10 persons are followed, so that the line is not broken.
    assert {"filter": "datum.dag >= 40"} in spec["layer"][1]["transform"]
    assert {"dag": 10, "overgedragen": 0.5, "onder": 0.0} in data_of(charts.handed_over(CURVE, median(20, 10)))
    assert "over 20 personen. De helft: na 10 dagen." in spec["description"]


def test_a_median_that_is_not_reached_is_said_and_not_drawn():
    spec = charts.handed_over(CURVE, median(20, None)).to_dict()
    assert len(spec["layer"]) == 2
    assert spec["description"].endswith("De helft: nog niet bereikt.")


def test_an_empty_answer_gives_an_empty_chart():
    nobody = TEAMS.clear()
    assert charts.completion(nobody).to_dict()
    assert charts.backlog(charts.backlog_table(nobody)).to_dict()
    assert charts.form(charts.form_table(nobody)).to_dict()
    assert charts.medians(nobody).is_empty()
    assert charts.handed_over(CURVE.clear(), median(0, None)).to_dict()


def test_a_median_of_fewer_than_ten_persons_does_not_break_the_empty_curve():
    few = median(5, 77)
    assert len(charts.handed_over(charts.enough(CURVE, few), few).to_dict()["layer"]) == 2
