"""The charts of Evaluatie: what is drawn, in which order, and the words for who cannot see it."""

from datetime import date

import altair as alt
import polars as pl
import pytest

from pages.evaluatie import charts
from tests.pages.show.drawing import tooltip_faults

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


def titles_in(spec):
    """The titles of the events that are drawn."""
    return {row["titel"] for rows in spec["datasets"].values() for row in rows if "titel" in row}


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

NONE = EVENTS.clear()


def test_only_events_about_requests_and_within_the_months_are_annotated(per_month):
    frame = charts.by_month(per_month, END)
    assert charts.events_on_axis(EVENTS, frame["maand"])["titel"].to_list() == ["Begin"]
    assert charts.events_on_axis(EVENTS, frame["maand"].clear()).is_empty()


# --- the drawings


def test_an_event_is_drawn_and_told(per_month):
    frame = charts.by_month(per_month, END)
    spec = drawn(charts.months(frame, charts.events_on_axis(EVENTS, frame["maand"])))
    assert "Begin" in titles_in(spec)
    assert spec["description"].endswith("Gebeurtenissen: 1 april 2022: Begin.")
    assert spec["description"].startswith("Meldingen per maand. maart 2022 12 hulpvragen en 2 trajecten;")


def test_an_event_is_drawn_in_every_series_of_requests(per_month):
    """The series by wijkteam, by referrer, and of shares and diversity: each shows the break that it has."""
    quarters = pl.DataFrame(
        {
            "kwartaal": [date(2022, 1, 1), date(2022, 4, 1)],
            "verwijzer": ["School"] * 2,
            "aantal": [1, 2],
            "teller": [2, 3],
            "noemer": [10, 10],
            "waarde": [0.2, 0.3],
            "ci_laag": [0.1, 0.2],
            "ci_hoog": [0.5, 0.6],
            "meldingen": [20, 20],
            "diversiteit": [4.5, 5.5],
        }
    )
    found = charts.events_on_axis(EVENTS, quarters["kwartaal"])
    assert found["titel"].to_list() == ["Begin"]
    made = [
        charts.teams(charts.by_team(per_month, TEAMS, END), found),
        charts.referrers(quarters.select("verwijzer", "kwartaal", "aantal"), found),
        charts.shares(quarters, "Deel", found),
        charts.diversity(quarters, found),
    ]
    for chart in made:
        spec = drawn(chart)
        assert titles_in(spec) == {"Begin"}
        assert spec["description"].endswith("Gebeurtenissen: 1 april 2022: Begin.")


def test_trajectories_stand_at_the_bottom_of_every_bar(per_month):
    frame = charts.by_month(per_month, END)
    spec = drawn(charts.months(frame, charts.events_on_axis(EVENTS, frame["maand"])))
    places = {row["soort"]: row["volgorde"] for rows in spec["datasets"].values() for row in rows if "volgorde" in row}
    assert places == {"Begeleidingstraject": 0, "Hulpvraag": 1}


def test_all_wijkteams_are_drawn_on_one_scale_with_their_total(per_month):
    chart = charts.teams(charts.by_team(per_month, TEAMS, END), NONE)
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
    spec = drawn(charts.referrers(frame, NONE))
    assert spec["description"] == "Meldingen per verwijzer en per kwartaal. School 4; Niet geregistreerd 7."
    bars = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert all("Niet geregistreerd" in str(bar["encoding"]["color"]["condition"]["test"]) for bar in bars)


def test_topics_say_how_many_became_a_trajectory(per_month):
    spec = drawn(charts.topics(charts.by_topic(per_month), NONE))
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
    chart = charts.ratio(comparison())
    assert tooltip_faults(chart) == []
    spec = drawn(chart)
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
    spec = drawn(charts.shares(frame, "Deel", NONE))
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
    spec = drawn(charts.diversity(frame, NONE))
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [1, 7]
    assert spec["description"].endswith("1e kwartaal 2022 5,5; 2e kwartaal 2022 te weinig meldingen.")


def test_a_chart_leaves_its_width_to_the_screen(per_month):
    made = [
        charts.teams(charts.by_team(per_month, TEAMS, END), NONE),
        charts.topics(charts.by_topic(per_month), NONE),
        charts.ratio(comparison()),
    ]
    assert all(chart.width is alt.Undefined for chart in made)


# --- published figures: rounded, and some too small to show


def published(rows, **counted):
    """A frame with, beside the columns named, how each figure is shown: None is too small to show."""
    frame = pl.DataFrame(rows, schema=counted, orient="row")
    figures = [name for name, kind in counted.items() if kind in (pl.Int64, pl.Float64)]
    return frame.with_columns(
        pl.when(pl.col(name).is_null())
        .then(pl.lit("beschermd"))
        .otherwise(pl.lit("afgerond"))
        .alias(f"{name}_weergave")
        for name in figures
    )


FIRST, SECOND, THIRD = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1)


def published_shares(*rows):
    kinds = dict.fromkeys(("teller", "noemer"), pl.Int64) | dict.fromkeys(("waarde", "ci_laag", "ci_hoog"), pl.Float64)
    return published(rows, kwartaal=pl.Date, **kinds)


@pytest.fixture
def per_quarter():
    return published_shares(
        (FIRST, 20, 80, 0.25, 0.12, 0.4), (SECOND, None, 70, None, None, None), (THIRD, None, None, None, None, None)
    )


@pytest.fixture
def together():
    """The question melding_per_maand as it is published: per quarter, all wijkteams together."""
    rows = [
        (FIRST, "Alle wijkteams", "Wonen", "Hulpvraag", 20),
        (FIRST, "Alle wijkteams", "Wonen", "Begeleidingstraject", None),
        (FIRST, "Alle wijkteams", "Overig", "Hulpvraag", None),
        (FIRST, "Alle wijkteams", "Overig", "Begeleidingstraject", None),
        (SECOND, "Alle wijkteams", "Wonen", "Hulpvraag", None),
        (SECOND, "Alle wijkteams", "Wonen", "Begeleidingstraject", 10),
        (SECOND, "Alle wijkteams", "Overig", "Hulpvraag", None),
        (SECOND, "Alle wijkteams", "Overig", "Begeleidingstraject", None),
    ]
    return published(rows, maand=pl.Date, wijkteam=pl.String, hulpvraag=pl.String, soort=pl.String, aantal=pl.Int64)


def values(spec, kind, field):
    """What the marks of a kind have in a field, layer after layer."""
    return [
        row[field]
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind and "name" in layer.get("data", {})
        for row in spec["datasets"][layer["data"]["name"]]
        if field in row
    ]


def test_published_requests_over_time_are_the_published_totals_and_never_sums(together, per_quarter):
    frame = charts.over_time(together, per_quarter, date(2022, 9, 30))
    assert frame.columns == ["kwartaal", "meldingen", "meldingen_weergave", "trajecten", "trajecten_weergave"]
    assert frame.select("kwartaal", "meldingen", "trajecten").rows() == [
        (FIRST, 80, 20),
        (SECOND, 70, None),
        (THIRD, None, None),
    ]
    assert charts.source_of(frame) == "melding_traject"


def test_exact_requests_over_time_stay_per_month(per_month):
    frame = charts.over_time(per_month, pl.DataFrame(), END)
    assert frame.equals(charts.by_month(per_month, END))
    assert charts.source_of(frame) == "melding_per_maand"


def test_a_protected_count_is_not_taken_for_a_quarter_without_requests(per_quarter):
    later = charts.judged(per_quarter, date(2022, 12, 31))
    assert later.select("teller", "teller_weergave").rows() == [
        (20, "afgerond"),
        (None, "beschermd"),
        (None, "beschermd"),
        (0, "exact"),
    ]


def test_published_requests_are_bars_with_words_where_a_number_is_too_small(together, per_quarter):
    frame = charts.over_time(together, per_quarter, date(2022, 9, 30))
    spec = drawn(charts.requests(frame, NONE))
    assert spec["description"] == (
        "Meldingen per kwartaal. 1e kwartaal 2022 80 meldingen, waarvan 20 begeleidingstrajecten; 2e kwartaal 2022 70 "
        "meldingen, waarvan <10 begeleidingstrajecten; 3e kwartaal 2022 <10 meldingen, waarvan <10 "
        "begeleidingstrajecten."
    )
    assert values(spec, "bar", "aantal") == [80, 70, 20]
    # At the foot of the bars the trajectories; where there is no bar, the requests.
    assert values(spec, "text", "woorden") == ["20", "<10", "<10"]
    assert not any("weergave" in field for rows in spec["datasets"].values() for row in rows for field in row)


def test_with_many_quarters_only_what_is_too_small_keeps_its_words():
    first = pl.date_range(date(2018, 1, 1), date(2022, 10, 1), "1q", eager=True)
    rows = [(day, 100, None if place == 3 else 20) for place, day in enumerate(first)]
    frame = published(rows, kwartaal=pl.Date, meldingen=pl.Int64, trajecten=pl.Int64)
    assert frame.height > charts.BARS_WITH_NUMBERS
    assert values(drawn(charts.requests(frame, NONE)), "text", "woorden") == ["<10"]


def test_published_topics_are_given_per_quarter_in_the_order_of_the_publication(together):
    frame = charts.by_topic(together)
    assert frame.select("hulpvraag", "kwartaal", "hulpvragen", "trajecten").rows() == [
        ("Wonen", FIRST, 20, None),
        ("Wonen", SECOND, None, 10),
        ("Overig", FIRST, None, None),
        ("Overig", SECOND, None, None),
    ]
    assert frame["hulpvragen_weergave"].to_list() == ["afgerond", "beschermd", "beschermd", "beschermd"]


def test_a_topic_that_is_always_too_small_is_named_and_not_drawn(together):
    frame = charts.by_topic(together)
    assert charts.too_small_everywhere(frame, "hulpvraag", "hulpvragen") == ["Overig"]
    spec = drawn(charts.topics(frame, EVENTS))
    assert "Wonen" in texts(spec)
    assert "Overig" not in texts(spec)
    assert values(spec, "text", "woorden") == ["<10"]
    assert spec["description"] == (
        "Hulpvragen per onderwerp en per kwartaal. Wonen: 1e kwartaal 2022 20, 2e kwartaal 2022 <10; Overig: 1e "
        "kwartaal 2022 <10, 2e kwartaal 2022 <10. Gebeurtenissen: 1 april 2022: Begin."
    )


def test_when_nothing_may_be_shown_nothing_is_left_out():
    frame = published([("Wonen", None), ("Overig", None)], hulpvraag=pl.String, hulpvragen=pl.Int64)
    assert charts.too_small_everywhere(frame, "hulpvraag", "hulpvragen") == []


def test_published_requests_are_not_told_per_wijkteam(together):
    assert charts.by_team(together, TEAMS, END).is_empty()


def test_published_referrers_have_no_total_and_words_where_they_are_too_small():
    rows = [
        (FIRST, "School", 10),
        (FIRST, "Huisarts", None),
        (FIRST, "Niet geregistreerd", 40),
        (SECOND, "School", None),
        (SECOND, "Huisarts", 20),
        (SECOND, "Niet geregistreerd", 50),
    ]
    frame = charts.by_referrer(published(rows, kwartaal=pl.Date, verwijzer=pl.String, aantal=pl.Int64), END)
    assert frame["verwijzer"].unique(maintain_order=True).to_list() == ["School", "Huisarts", "Niet geregistreerd"]
    assert frame["aantal"].to_list() == [10, None, None, 20, 40, 50]
    spec = drawn(charts.referrers(frame, NONE))
    assert values(spec, "text", "woorden") == ["<10", "<10"]
    assert {row["totaal"] for rows in spec["datasets"].values() for row in rows if "totaal" in row} == {""}
    assert "School: 1e kwartaal 2022 10, 2e kwartaal 2022 <10;" in spec["description"]


def test_a_published_share_that_is_too_small_is_so_in_words_at_its_quarter(per_quarter):
    spec = drawn(charts.shares(charts.judged(per_quarter, date(2022, 9, 30)), "Deel", NONE))
    assert spec["description"] == (
        "Deel: 1e kwartaal 2022 ongeveer 25% (20 van 80); 2e kwartaal 2022 te klein om te tonen; 3e kwartaal 2022 te "
        "klein om te tonen."
    )
    assert values(spec, "text", "woorden") == ["te klein", "te klein"]


def test_a_table_has_no_column_in_which_nothing_may_be_shown(per_quarter):
    names = ("waarde", "ci_laag", "ci_hoog")
    assert charts.without_hidden(per_quarter, *names).columns == per_quarter.columns
    assert charts.without_hidden(per_quarter.tail(2), *names).columns == [
        "kwartaal",
        "teller",
        "noemer",
        "teller_weergave",
        "noemer_weergave",
    ]


def test_how_varied_requests_are_is_not_told_from_rounded_counts():
    exact = pl.DataFrame({"kwartaal": [FIRST], "meldingen": [40], "diversiteit": [5.5]})
    assert charts.every_quarter(exact, date(2022, 3, 31)).height == 1
    rounded = published([(FIRST, 40, 1.0)], kwartaal=pl.Date, meldingen=pl.Int64, diversiteit=pl.Float64)
    assert charts.every_quarter(rounded, date(2022, 3, 31)).is_empty()


def test_a_published_ratio_is_about_so_much_and_a_hidden_one_is_not_drawn():
    kinds = dict.fromkeys(("verhouding", "ci_laag", "ci_hoog"), pl.Float64)
    spec = drawn(charts.ratio(published([(0.48, 0.45, 0.51)], **kinds)))
    assert "ongeveer 0,48 (0,45 tot 0,51)" in texts(spec)
    assert not charts.can_draw_ratio(published([(None, None, None)], **kinds))
