"""The charts of Evaluatie: what is drawn, in which order, and the words for who cannot see it."""

from datetime import date

import altair as alt
import polars as pl
import pytest

from pages.evaluatie import charts

END = date(2022, 6, 10)
TEAMS = ("Centrum", "Oost", "Meerwijk")


def asked(*rows):
    columns = {"maand": pl.Date, "wijkteam": pl.String, "hulpvraag": pl.String, "soort": pl.String, "aantal": pl.Int64}
    return pl.DataFrame(rows, schema=columns, orient="row")


@pytest.fixture
def per_month():
    return asked(
        (date(2022, 3, 1), "Oost", "Wonen", "Hulpvraag", 3),
        (date(2022, 3, 1), "Oost", "Overig", "Hulpvraag", 9),
        (date(2022, 3, 1), "Centrum", "Wonen", "Begeleidingstraject", 2),
        (date(2022, 5, 1), "Oost", "Geldzaken", "Begeleidingstraject", 1),
    )


def comparison(ratio=0.5, low=0.4, high=0.6):
    columns = {"verhouding": pl.Float64, "ci_laag": pl.Float64, "ci_hoog": pl.Float64}
    return pl.DataFrame([(ratio, low, high)], schema=columns, orient="row")


def drawn(chart):
    """The chart as a dictionary, with its data inside."""
    return chart.to_dict()


def texts(spec):
    """Every text in the data of a chart."""
    return {value for rows in spec["datasets"].values() for row in rows for value in row.values()}


# --- the frames


def test_months_without_requests_are_there_up_to_the_peildatum(per_month):
    assert charts.by_month(per_month, END).rows() == [
        (date(2022, 3, 1), 12, 2),
        (date(2022, 4, 1), 0, 0),
        (date(2022, 5, 1), 0, 1),
        (date(2022, 6, 1), 0, 0),
    ]


def test_wijkteams_stand_in_the_order_of_the_city_each_with_every_month(per_month):
    frame = charts.by_team(per_month, TEAMS, END)
    assert frame.columns == ["wijkteam", "maand", "hulpvragen", "trajecten"]
    assert frame["wijkteam"].unique(maintain_order=True).to_list() == ["Centrum", "Oost"]
    assert frame.filter(wijkteam="Centrum")["trajecten"].to_list() == [2, 0, 0, 0]
    assert frame.filter(wijkteam="Oost")["hulpvragen"].to_list() == [12, 0, 0, 0]


def test_topics_stand_by_number_with_overig_last(per_month):
    assert charts.by_topic(per_month).rows() == [("Wonen", 3, 2), ("Geldzaken", 0, 1), ("Overig", 9, 0)]


def test_referrers_stand_by_number_with_overig_and_unregistered_last():
    rows = [
        (date(2022, 1, 1), "Overig", 50),
        (date(2022, 1, 1), "School", 1),
        (date(2022, 1, 1), "Niet geregistreerd", 90),
        (date(2022, 4, 1), "Huisarts", 4),
    ]
    frame = charts.by_referrer(
        pl.DataFrame(rows, schema={"kwartaal": pl.Date, "verwijzer": pl.String, "aantal": pl.Int64}, orient="row"), END
    )
    order = ["Huisarts", "School", "Overig", "Niet geregistreerd"]
    assert frame["verwijzer"].unique(maintain_order=True).to_list() == order
    assert frame.filter(verwijzer="Huisarts")["aantal"].to_list() == [0, 4]


def test_a_share_of_few_requests_has_counts_and_no_percentage():
    columns = {"kwartaal": pl.Date, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64} | {
        "ci_laag": pl.Float64,
        "ci_hoog": pl.Float64,
    }
    rows = [(date(2021, 10, 1), 1, 9, 0.1, 0.0, 0.4), (date(2022, 4, 1), 2, 10, 0.2, 0.1, 0.5)]
    assert charts.judged(pl.DataFrame(rows, schema=columns, orient="row"), END).rows() == [
        (date(2021, 10, 1), 1, 9, None, None, None),
        (date(2022, 1, 1), 0, 0, None, None, None),
        (date(2022, 4, 1), 2, 10, 0.2, 0.1, 0.5),
    ]


def test_no_requests_make_empty_frames_and_not_an_error():
    empty = asked()
    assert charts.by_month(empty, END).is_empty()
    assert charts.by_team(empty, TEAMS, END).is_empty()
    assert charts.by_topic(empty).is_empty()
    referrers = pl.DataFrame(schema={"kwartaal": pl.Date, "verwijzer": pl.String, "aantal": pl.Int64})
    assert charts.by_referrer(referrers, END).is_empty()


EVENTS = pl.DataFrame(
    {
        "datum_van": [date(2022, 4, 1), date(2022, 5, 1), date(2023, 1, 1)],
        "titel": ["Begin", "Over iets anders", "Later"],
        "toelichting": ["", "", ""],
        "indicatoren": ["melding_per_maand melding_verwijzer", "pip_tijdig", "melding_per_maand"],
    }
)


def test_only_events_about_requests_and_within_the_months_are_annotated(per_month):
    frame = charts.by_month(per_month, END)
    assert charts.events_on_axis(EVENTS, frame)["titel"].to_list() == ["Begin"]
    assert charts.events_on_axis(EVENTS, frame.clear()).is_empty()


# --- the drawings


def test_an_event_is_drawn_and_told(per_month):
    frame = charts.by_month(per_month, END)
    spec = drawn(charts.months(frame, charts.events_on_axis(EVENTS, frame)))
    assert "Begin" in texts(spec)
    assert spec["description"].endswith("Gebeurtenissen: 1 april 2022: Begin.")
    assert spec["description"].startswith("Meldingen per maand. maart 2022 12 hulpvragen en 2 trajecten;")


def test_trajectories_stand_at_the_bottom_of_every_bar(per_month):
    frame = charts.by_month(per_month, END)
    spec = drawn(charts.months(frame, charts.events_on_axis(EVENTS, frame)))
    places = {row["soort"]: row["volgorde"] for rows in spec["datasets"].values() for row in rows if "volgorde" in row}
    assert places == {"Begeleidingstraject": 0, "Hulpvraag": 1}


def test_all_wijkteams_are_drawn_on_one_scale_with_their_total(per_month):
    chart = charts.teams(charts.by_team(per_month, TEAMS, END))
    spec = drawn(chart)
    domains = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in spec["layer"]
        if "domain" in layer["encoding"]["y"].get("scale", {})
    ]
    assert {tuple(domain) for domain in domains} == {(0, 12)}
    assert spec["description"] == "Meldingen per wijkteam en per maand. Centrum 2; Oost 13."
    assert {"Centrum", "Oost", "2", "13"} <= texts(spec)


def test_unregistered_referrers_have_a_colour_of_their_own_and_their_name():
    frame = pl.DataFrame(
        {"verwijzer": ["School", "Niet geregistreerd"], "kwartaal": [date(2022, 4, 1)] * 2, "aantal": [4, 7]}
    )
    spec = drawn(charts.referrers(frame))
    assert spec["description"] == "Meldingen per verwijzer en per kwartaal. School 4; Niet geregistreerd 7."
    bars = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert all("Niet geregistreerd" in str(bar["encoding"]["color"]["condition"]["test"]) for bar in bars)


def test_topics_say_how_many_became_a_trajectory(per_month):
    spec = drawn(charts.topics(charts.by_topic(per_month)))
    assert spec["description"] == (
        "Meldingen per onderwerp. Wonen: 5, waarvan 2 trajecten; Geldzaken: 1, waarvan 1 traject; Overig: 9, waarvan "
        "0 trajecten."
    )


def test_the_groups_are_drawn_from_first_to_last_housing():
    frame = pl.DataFrame(
        {
            "regime": ["24 maanden", "12 maanden"],
            "personen": [1, 1445],
            "gehuisvest_van": [date(2018, 1, 2), None],
            "gehuisvest_tot": [date(2019, 12, 26), None],
        }
    )
    housed = charts.with_housing(frame)
    assert housed.height == 1
    spec = drawn(charts.groups(housed))
    assert spec["description"] == (
        "De groepen per regime. 24 maanden: 1 persoon, gehuisvest van 2 januari 2018 tot en met 26 december 2019."
    )


def scale_of(spec):
    return next(
        layer["encoding"]["x"] for layer in spec["layer"] if layer["encoding"]["x"].get("field") == "verhouding"
    )


@pytest.mark.parametrize(
    ("figures", "domain"),
    [((0.475, 0.446, 0.506), [0.25, 2]), ((3, 1.8, 5.2), [0.5, 8]), ((0.001, 0.0005, 0.002), [0.0005, 2])],
)
def test_the_ratio_stands_on_a_logarithmic_axis_that_holds_the_interval_and_one(figures, domain):
    x = scale_of(drawn(charts.ratio(comparison(*figures))))
    assert x["scale"] == {"type": "log", "base": 2, "domain": domain, "nice": False}
    assert 1 in x["axis"]["values"]


def test_the_ratio_has_a_line_at_one_that_says_what_it_means():
    spec = drawn(charts.ratio(comparison()))
    assert {"even veel", "← minder", "meer →", "0,50 (0,40 tot 0,60)"} <= texts(spec)
    assert "0,50 (0,40 tot 0,60)" in spec["description"]


@pytest.mark.parametrize("figures", [(None, 8.0, None), (0.0, 0.0, 0.3), (None, None, None)])
def test_a_ratio_without_a_place_on_the_axis_is_not_drawn(figures):
    assert not charts.can_draw_ratio(comparison(*figures))


def test_shares_have_their_interval_and_quarters_without_a_share_are_told():
    frame = pl.DataFrame(
        {
            "kwartaal": [date(2022, 1, 1), date(2022, 4, 1)],
            "teller": [2, 1],
            "noemer": [10, 3],
            "waarde": [0.2, None],
            "ci_laag": [0.06, None],
            "ci_hoog": [0.51, None],
        }
    )
    spec = drawn(charts.shares(frame, "Deel"))
    assert spec["description"] == "Deel: 1e kwartaal 2022 20% (2 van 10); 2e kwartaal 2022 te weinig waarnemingen."
    assert any(layer["encoding"].get("y2", {}).get("field") == "ci_hoog" for layer in spec["layer"])


def test_diversity_lies_between_one_and_seven():
    frame = pl.DataFrame(
        {
            "kwartaal": [date(2022, 1, 1), date(2022, 4, 1)],
            "meldingen": [40, 3],
            "soorten": [7, 2],
            "diversiteit": [5.5, None],
        }
    )
    spec = drawn(charts.diversity(frame))
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [1, 7]
    assert spec["description"].endswith("1e kwartaal 2022 5,5; 2e kwartaal 2022 te weinig meldingen.")


def test_a_chart_leaves_its_width_to_the_screen(per_month):
    made = [
        charts.teams(charts.by_team(per_month, TEAMS, END)),
        charts.topics(charts.by_topic(per_month)),
        charts.ratio(comparison()),
    ]
    assert all(chart.width is alt.Undefined for chart in made)
