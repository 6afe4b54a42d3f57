"""The sentences of the page Overzicht say what the figures say, hedged, and in correct Dutch."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.filters import bar
from pages.overzicht import words
from pages.words import presentation
from queries.definitions.columns import BESCHERMD, WEGGELATEN
from tests.pages.overzicht.published import published, published_row

SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen"))
PEILDATUM = date(2022, 12, 31)


def row(teller, noemer, waarde):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


def change(**verdicts):
    """Rows of kpi_verandering by indicator: a verdict, or None for too few."""
    return pl.DataFrame(
        [(name, None if verdict is None else 0.1, verdict or "geen oordeel") for name, verdict in verdicts.items()],
        schema={"indicator": pl.String, "verschil": pl.Float64, "oordeel": pl.String},
        orient="row",
    )


@pytest.mark.parametrize(
    ("difference", "shown"),
    [
        (None, "—"),
        (0.0, "0%-punt"),
        (-0.01, "−1%-punt"),
        (0.126, "+13%-punt"),
        (-1.0, "−100%-punt"),
    ],
)
def test_a_difference_is_in_percentage_points_with_a_real_minus(difference, shown):
    assert words.points(difference) == shown


def test_a_change_of_a_count_has_its_sign():
    assert [words.signed(number) for number in (4, -9, 0, 1200)] == ["+4", "−9", "0", "+1.200"]


def test_under_ten_observations_there_are_counts_and_no_percentage():
    assert words.of(row(9, 9, 1.0)) == "9 van 9"
    assert words.of(row(9, 10, 0.9)) == "90% (9 van 10)"


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        ({}, "Over verandering is nog niets te zeggen: te weinig waarnemingen"),
        ({"pip_tijdig": None}, "Over verandering is nog niets te zeggen: te weinig waarnemingen"),
        ({"pip_tijdig": "binnen toeval"}, "Geen verandering die meer is dan toeval (1 kengetal vergeleken)"),
        (
            {"pip_tijdig": "lager", "leerroute_b": "binnen toeval"},
            "Meer dan toeval in het laatste kwartaal: lager is ‘PIP binnen tien weken’ (2 kengetallen vergeleken)",
        ),
        (
            {"leerroute_b": "hoger", "intake_gestart": "lager", "pip_tijdig": "lager", "leerroute_o": None},
            "Meer dan toeval in het laatste kwartaal: lager zijn ‘Brede intake binnen 90 dagen’ en ‘PIP binnen tien "
            "weken’; hoger is ‘B1-route’ (3 kengetallen vergeleken)",
        ),
    ],
)
def test_the_title_of_the_change_names_what_moved_beyond_chance(verdicts, title):
    assert words.change_title(change(**verdicts)) == title


def test_shares_that_cannot_be_compared_are_named():
    assert words.left_out(change(pip_tijdig="lager")) == ""
    assert words.left_out(change(intake_gestart=None, pip_tijdig="lager")) == (
        "Te weinig waarnemingen om te vergelijken: ‘Brede intake binnen 90 dagen’."
    )
    assert words.left_out(change(intake_gestart=None)) == ""
    # A talk with the budget coach has no date: it is never compared, and the explanation says so.
    assert words.left_out(change(ontzorging_gesprek=None, pip_tijdig="lager")) == ""


def test_a_trend_says_from_when_until_when():
    stands = pl.DataFrame({"stand": [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 15)]})
    assert words.trend_title("Leerroutes", stands) == (
        "Leerroutes: de stand per maand, van januari 2022 tot en met 15 maart 2022"
    )
    assert words.trend_title("Leerroutes", stands.head(1)) == "Leerroutes: de stand op 31 januari 2022"
    assert words.trend_title("Leerroutes", stands.clear()) == "Leerroutes: de stand"


def test_a_trend_is_never_called_a_change():
    assert "geen verandering" in words.TREND
    assert "dezelfde personen" in words.TREND


def figures(*rows):
    return pl.DataFrame(
        [(area, value, "te weinig" if value is None else "waarde", noemer) for area, value, noemer in rows],
        schema={"gebied": pl.String, "waarde": pl.Float64, "stand": pl.String, "noemer": pl.Int64},
        orient="row",
    ).with_columns(teller=pl.col("noemer"))


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ([], "PIP binnen tien weken: per stadsdeel te weinig waarnemingen"),
        ([("Oost", None, 9)], "PIP binnen tien weken: per stadsdeel te weinig waarnemingen"),
        ([("Oost", 0.8, 10)], "PIP binnen tien weken: alleen over Oost (80%) is iets te zeggen"),
        (
            [("Oost", 0.8, 10), ("Noord", 0.8, 20)],
            "PIP binnen tien weken: in alle stadsdelen met genoeg waarnemingen 80%",
        ),
        (
            [("Oost", 0.9, 10), ("Noord", 0.8, 20), ("Centrum", 0.8, 10), ("Onbekend", 0.1, 30)],
            "PIP binnen tien weken: laagst in Noord en Centrum (80%), hoogst in Oost (90%)",
        ),
    ],
)
def test_the_title_of_the_map_names_the_ends_among_areas_on_the_map_with_enough_persons(given, title):
    assert words.map_title(figures(*given), SHARE, "stadsdeel") == title


def test_who_is_on_no_map_is_told():
    assert words.not_on_map(figures(("Oost", 0.8, 10)), SHARE) == ""
    assert words.not_on_map(figures(("Onbekend", None, 0)), SHARE) == ""
    assert words.not_on_map(figures(("Onbekend", None, 3)), SHARE) == (
        "Niet op de kaart: Onbekend, te weinig waarnemingen (n = 3)."
    )


def test_a_handover_counts_at_the_receiving_wijkteam():
    handover = queries.INDICATOREN["overdracht_gedaan"]
    assert "ontvangende wijkteam" in words.place_words(handover, "wijkteam")
    assert words.place_words(handover, "stadsdeel") == words.place_words(SHARE, "wijkteam") == words.RESIDENCE


def test_the_map_says_whether_it_is_a_scheme():
    shown = figures(("Oost", 0.8, 10))
    assert "de grootte zegt niets" in words.map_note(SHARE, "stadsdeel", PEILDATUM, real=False, figures=shown)
    assert "De grenzen van de wijken" in words.map_note(SHARE, "stadsdeel", PEILDATUM, real=True, figures=shown)
    assert words.FEW_EVENTS in words.map_note(MEDIAN, "stadsdeel", PEILDATUM, real=False, figures=shown)


def against_rest(*rows):
    return pl.DataFrame(
        [("stadsdeel", area, indicator, 0.5, None if verdict == "geen oordeel" else 0.1, verdict) for
         area, indicator, verdict in rows],
        schema={"niveau": pl.String, "gebied": pl.String, "indicator": pl.String, "waarde": pl.Float64,
                "verschil": pl.Float64, "oordeel": pl.String},
        orient="row",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "title", "moved"),
    [
        ([], "Alle kengetallen per stadsdeel: van een stadsdeel is maar een deel gekozen, dus niet vergeleken", ""),
        (
            [("Noord", "pip_tijdig", "geen oordeel")],
            "Alle kengetallen per stadsdeel: te weinig waarnemingen om gebieden te vergelijken",
            "",
        ),
        (
            [("Oost", "pip_tijdig", "binnen toeval"), ("Noord", "pip_tijdig", "geen oordeel")],
            "Alle kengetallen per stadsdeel: geen verschil met de rest van de stad is meer dan toeval",
            "",
        ),
        (
            [("Oost", "pip_tijdig", "hoger")],
            "Alle kengetallen per stadsdeel: alleen Oost is meer dan toeval hoger, bij ‘PIP binnen tien weken’",
            "Meer dan toeval: Oost hoger bij ‘PIP binnen tien weken’.",
        ),
        (
            [
                ("Oost", "pip_tijdig", "hoger"),
                ("Noord", "leerroute_b", "lager"),
                ("Oost", "leerroute_o", "geen oordeel"),
            ],
            "Alle kengetallen per stadsdeel: 2 van de 2 verschillen zijn meer dan toeval",
            "Meer dan toeval: Oost hoger bij ‘PIP binnen tien weken’ en Noord lager bij ‘B1-route’.",
        ),
    ],
)  # fmt: skip
def test_the_table_of_areas_says_what_is_beyond_chance(rows, title, moved):
    assert words.areas_title(against_rest(*rows), "stadsdeel") == title
    assert words.areas_moved(against_rest(*rows), "stadsdeel") == moved
    assert words.areas_moved(against_rest(*rows), "wijkteam") == ""


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        ({}, "Geen stadsdeel is te vergelijken met de rest van de stad"),
        ({"Oost": "binnen toeval"}, "Geen stadsdeel verschilt meer dan toeval van de rest van de stad"),
        (
            {"Oost": "hoger", "Noord": "lager", "Centrum": "lager"},
            "Meer dan toeval anders dan de rest van de stad: lager in Noord en Centrum; hoger in Oost",
        ),
    ],
)
def test_the_comparison_with_the_rest_names_the_areas(verdicts, title):
    rows = pl.DataFrame(
        {"naam": list(verdicts), "oordeel": list(verdicts.values())}, schema={"naam": pl.String, "oordeel": pl.String}
    )
    assert words.rest_title(rows, SHARE, "stadsdeel") == title


def test_why_there_is_no_comparison():
    assert "is een aantal" in words.no_rest(COUNT, against_rest(), "stadsdeel")
    assert "is een mediaan" in words.no_rest(MEDIAN, against_rest(), "stadsdeel")
    few = against_rest(("Noord", "pip_tijdig", "geen oordeel"))
    assert "10 of meer" in words.no_rest(SHARE, few, "stadsdeel")
    # A wijkteam is chosen, so that no stadsdeel is whole.
    assert "maar een deel gekozen" in words.no_rest(SHARE, against_rest(), "stadsdeel")


def test_the_rest_is_called_what_it_is_for_who_is_limited():
    rest = words.rest_of(["Meerwijk"])
    assert (words.rest_of(None), rest) == ("rest van de stad", "rest van uw gebieden")
    one = against_rest(("Noord", "pip_tijdig", "binnen toeval"))
    assert words.areas_title(one, "stadsdeel", rest).endswith(
        "geen verschil met de rest van uw gebieden is meer dan toeval"
    )
    assert words.rest_title(pl.DataFrame(), SHARE, "wijkteam", rest) == (
        "Geen wijkteam is te vergelijken met de rest van uw gebieden"
    )


def backlog(**numbers):
    return pl.DataFrame(
        [(name, then, now, now - then) for name, (then, now) in numbers.items()],
        schema=["indicator", "vorige", "nu", "verschil"],
        orient="row",
    )


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ({"pip_zonder": (5, 5)}, "De voorraad is gelijk gebleven"),
        ({"pip_zonder": (5, 9)}, "Voorraad gegroeid: ‘Nog geen PIP’ (4 meer)"),
        (
            {"pip_zonder": (9, 5), "overdracht_open": (1, 2), "ontzorging_zonder": (3, 3)},
            "Voorraad gegroeid: ‘Wacht op overdracht’ (1 meer); gekrompen: ‘Nog geen PIP’ (4 minder)",
        ),
    ],
)
def test_the_backlog_says_what_grew_and_what_shrank(numbers, title):
    assert words.backlog_title(backlog(**numbers)) == title


def test_late_corrections_are_counted():
    frame = pl.DataFrame({"indicator": ["pip_tijdig", "leerroute_b"]})
    assert words.corrections_title(frame, PEILDATUM) == "2 kengetallen zijn achteraf veranderd over 31 december 2022"
    assert words.corrections_title(frame.head(1), PEILDATUM) == (
        "1 kengetal is achteraf veranderd over 31 december 2022"
    )
    assert words.corrections_title(frame.clear(), PEILDATUM) == "Over 31 december 2022 is niets achteraf veranderd"


@pytest.mark.parametrize(
    ("moved", "numbers", "corrected", "nothing"),
    [
        ({}, (5, 5), [], True),
        ({"pip_tijdig": "lager"}, (5, 5), [], False),
        ({}, (5, 6), [], False),
        ({}, (5, 5), ["pip_tijdig"], False),
    ],
)
def test_nothing_new_is_nothing_in_all_three(moved, numbers, corrected, nothing):
    corrections = pl.DataFrame({"indicator": corrected}, schema={"indicator": pl.String})
    news = queries.Nieuws(change(**moved), backlog(pip_zonder=numbers), corrections)
    assert words.nothing_new(news) is nothing


def test_what_a_link_asks_for_and_is_not_there_is_told_without_its_value():
    def told(**link):
        offered = {"overzicht_thema": ["Leerroutes"], "overzicht_niveau": ["Stadsdeel"]}
        return bar.unknown_choices(link, offered, words.LABELS)

    assert told(overzicht_thema=["Leerroutes"], overzicht_niveau=[]) == []
    assert told(overzicht_thema=["<script>"], overzicht_niveau=["x"]) == [
        "De link noemt bij “Thema” iets dat hier niet bestaat; dat telt niet mee.",
        "De link noemt bij “Toon per” iets dat hier niet bestaat; dat telt niet mee.",
    ]


# ------------------------------------------------------------------------------------------- rounded and hidden


def rounded(teller, noemer, waarde, how=BESCHERMD):
    """A row in the public view; how: what is said of a figure that is not there."""
    return published_row(row(teller, noemer, waarde), dict.fromkeys(("teller", "noemer", "waarde"), how))


OF_MEDIAN = {"teller": WEGGELATEN, "noemer": WEGGELATEN}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (rounded(40, 60, 0.67), "67% (40 van 60)"),
        (rounded(None, None, None), "te klein om te tonen"),
    ],
)
def test_counts_of_a_share_that_is_not_shown_are_not_told(given, shown):
    assert words.of(given) == shown


def test_on_how_many_a_rounded_figure_rests_when_that_is_published():
    assert words.n_words(rounded(10, 20, None)) == "n = 20"
    assert words.n_words(rounded(None, None, None)) == "n <10"
    assert words.n_words(published_row(row(None, None, 56.0), OF_MEDIAN)) == ""


def test_a_number_that_may_not_be_shown_is_not_nobody():
    assert words.nobody(pl.DataFrame([row(0, 0, None), row(0, 0, None)]))
    assert not words.nobody(pl.DataFrame([rounded(None, None, None)]))
    assert words.nothing(pl.DataFrame([row(0, 0, None)])) == words.NOBODY
    assert words.nothing(pl.DataFrame([rounded(None, None, None)])) == presentation.NOTHING_PUBLISHED_HERE


def test_nothing_to_show_is_a_matter_of_hidden_figures_and_not_of_missing_ones():
    assert words.nothing_to_show(pl.DataFrame([rounded(10, 20, None)]))
    assert not words.nothing_to_show(pl.DataFrame([rounded(10, 20, None), rounded(40, 60, 0.67)]))
    assert not words.nothing_to_show(pl.DataFrame([row(0, 0, None)]))
    assert not words.not_published(pl.DataFrame([rounded(10, 20, None)]))
    assert words.not_published(pl.DataFrame([rounded(None, None, None, WEGGELATEN)]))


@pytest.mark.parametrize(
    ("verdicts", "title", "left_out"),
    [
        (
            {"pip_tijdig": None, "leerroute_b": None},
            "Over verandering is niets te tonen: per kwartaal zijn de aantallen te klein",
            "",
        ),
        (
            {"pip_tijdig": "binnen toeval", "leerroute_b": None},
            "Geen verandering die meer is dan toeval (1 kengetal vergeleken)",
            "Te klein om te vergelijken: ‘B1-route’.",
        ),
        (
            {"pip_tijdig": "lager", "leerroute_b": None, "leerroute_o": None},
            "Meer dan toeval in het laatste kwartaal: lager is ‘PIP binnen tien weken’ (1 kengetal vergeleken)",
            "Bij 2 andere kengetallen zijn de aantallen te klein om te vergelijken.",
        ),
    ],
)
def test_of_rounded_figures_the_change_says_what_could_be_compared(verdicts, title, left_out):
    assert words.change_title(published(change(**verdicts))) == title
    assert words.left_out(published(change(**verdicts))) == left_out


def test_the_explanations_of_rounded_figures_tell_when_they_are_public():
    rows = published(change(pip_tijdig="lager"))
    assert words.PUBLISHED_SHARE in words.change_note(rows)
    assert words.PUBLISHED_SHARE not in words.change_note(change(pip_tijdig="lager"))
    quarters = pl.DataFrame([{"waarde": 0.8}])
    assert words.quarters_note(quarters) == words.QUARTERS
    assert words.quarters_note(published(quarters)) == f"{words.PUBLISHED_QUARTERS} {words.PUBLISHED_SHARE}"


def test_published_stands_are_at_the_ends_of_quarters():
    stands = pl.DataFrame({"stand": [date(2022, 3, 31), date(2022, 12, 31)], "waarde": [None, 0.5]})
    assert words.trend_title("Leerroutes", published(stands)) == (
        "Leerroutes: de stand per kwartaal, van 31 maart 2022 tot en met 31 december 2022"
    )
    assert "aan het eind van een kwartaal" in words.trend_note(published(stands))
    assert words.PUBLISHED_WITHOUT_DOT in words.trend_note(published(stands))
    assert "aan het eind van een maand" in words.trend_note(stands)
    assert words.WITHOUT_DOT in words.trend_note(stands)


def test_rounded_medians_are_written_in_whole_months_and_weeks():
    stands = pl.DataFrame({"waarde": [12.0]})
    names = ("begeleiding_mediaan", "pip_mediaan_dagen", "pip_tijdig")
    exact, rough = (words.trend_written(names, frame) for frame in (stands, published(stands)))
    assert [exact[name](value) for name, value in zip(names, (11.9, 56.0, 0.775), strict=True)] == [
        "11,9 maanden", "56 dagen", "78%",
    ]  # fmt: skip
    assert [rough[name](value) for name, value in zip(names, (12.0, 56.0, 0.77), strict=True)] == [
        "12 maanden", "8 weken", "77%",
    ]  # fmt: skip
    assert exact["pip_mediaan_dagen"](None) == "—"
    assert rough["pip_mediaan_dagen"](None) == "nog niet bereikt"


def on_map(*rows, missing=BESCHERMD):
    """As city.figures() gives them in the public view: gebied, teller, noemer, waarde."""
    frame = pl.DataFrame(
        [(area, teller, noemer, waarde, "te klein" if waarde is None else "waarde")
         for area, teller, noemer, waarde in rows],
        schema={"gebied": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64, "stand": pl.String},
        orient="row",
    )  # fmt: skip
    return published(frame, {"waarde": missing})


@pytest.mark.parametrize(
    ("indicator", "given", "title"),
    [
        (SHARE, [("Oost", 10, 20, None), ("Noord", None, 10, None)],
         "PIP binnen tien weken: per stadsdeel te klein om te tonen"),
        (SHARE, [("Oost", 40, 50, 0.8), ("Noord", 20, 30, None)],
         "PIP binnen tien weken: ongeveer 80% in Oost; Noord is te klein om te tonen"),
        (SHARE,
         [("Oost", 40, 50, 0.8), ("Centrum", 40, 60, 0.67), ("Noord", 20, 30, None), ("Zuid-West", 20, 30, None)],
         "PIP binnen tien weken: van ongeveer 67% (Centrum) tot ongeveer 80% (Oost); de andere stadsdelen zijn te "
         "klein om te tonen"),
        (SHARE, [("Oost", 40, 50, 0.8), ("Centrum", 40, 50, 0.8)],
         "PIP binnen tien weken: ongeveer 80% in Oost en Centrum"),
        (COUNT, [("Oost", 20, 50, 20.0), ("Centrum", 10, 50, 10.0), ("Noord", None, 30, None)],
         "Nog geen PIP: van minder dan 10 (Noord) tot ongeveer 20 (Oost)"),
        (COUNT, [("Oost", 20, 50, 20.0), ("Centrum", 10, 50, 10.0), ("Onbekend", None, None, None)],
         "Nog geen PIP: van ongeveer 10 (Centrum) tot ongeveer 20 (Oost)"),
        (MEDIAN, [("Oost", None, None, 49.0), ("Centrum", None, None, 56.0)],
         "Tijd tot het PIP: van ongeveer 7 weken (Oost) tot ongeveer 8 weken (Centrum)"),
    ],
)  # fmt: skip
def test_of_rounded_figures_the_map_says_from_where_to_where_and_never_that_a_hidden_area_is_lowest(
    indicator, given, title
):
    assert words.map_title(on_map(*given), indicator, "stadsdeel") == title


def test_without_a_map_nothing_is_said_of_tiles():
    drawn = words.map_note(SHARE, "stadsdeel", PEILDATUM, real=False, figures=on_map(("Oost", 40, 60, 0.67)))
    assert "Elke tegel" in drawn
    assert words.PUBLISHED_SHARE in drawn
    too_small = on_map(("Oost", 10, 20, None), ("Onbekend", 40, 60, 0.67))
    assert words.map_note(SHARE, "stadsdeel", PEILDATUM, real=False, figures=too_small) == (
        f"{words.PUBLISHED_SHARE} {words.RESIDENCE} Stand 31 december 2022."
    )


def test_who_is_on_no_map_is_told_of_rounded_figures_too():
    unknown = on_map(("Onbekend", 40, 50, 40.0))
    assert words.not_on_map(unknown, COUNT) == "Niet op de kaart: Onbekend, ongeveer 40 (n = 50)."
    assert words.not_on_map(on_map(("Onbekend", None, None, None)), SHARE) == (
        "Niet op de kaart: Onbekend, te klein om te tonen (n <10)."
    )
    assert words.not_on_map(on_map(("Onbekend", None, None, None), missing=WEGGELATEN), SHARE) == ""
    assert words.not_on_map(on_map(("Oost", 10, 20, None), ("Onbekend", 40, 50, 0.8)), SHARE) == ""


def per_area(level, *rows, missing=BESCHERMD):
    frame = pl.DataFrame(
        [(level, *each) for each in rows],
        schema={"niveau": pl.String, "gebied": pl.String, "indicator": pl.String, "waarde": pl.Float64},
        orient="row",
    )
    return published(frame, {"waarde": missing})


def test_the_map_begins_with_the_kpi_that_most_areas_have():
    usual = bar.OWN["overzicht_kaart"]
    rows = per_area(
        "stadsdeel",
        ("Oost", "overdracht_gedaan", None),
        ("Oost", "pip_tijdig", 0.8),
        ("Noord", "pip_tijdig", None),
        ("Oost", "pip_zonder", 10.0),
        ("Noord", "pip_zonder", 20.0),
        ("Onbekend", "pip_tijdig", 0.8),
        ("Onbekend", "overdracht_gedaan", 0.8),
    )
    assert words.first_on_map(rows) == "Nog geen PIP"
    assert words.first_on_map(presentation.plain(rows)) == usual
    assert words.first_on_map(per_area("stadsdeel", ("Oost", "pip_tijdig", None))) == usual


def test_what_is_not_published_per_wijkteam_is_said():
    other = per_area("wijkteam", *(("Oost", name, None) for name in queries.INDICATOREN if name != "overdracht_gedaan"),
                     missing=WEGGELATEN)  # fmt: skip
    rows = pl.concat([other, per_area("wijkteam", ("Oost", "overdracht_gedaan", None))])
    figures = on_map(("Oost", None, None, None), missing=WEGGELATEN)
    assert words.map_title(figures, SHARE, "wijkteam") == "PIP binnen tien weken: per wijkteam niet openbaar"
    assert words.nothing_on_map(rows, figures, "wijkteam") == (
        "Per wijkteam is alleen ‘Overgedragen aan het wijkteam’ openbaar."
    )
    assert words.nothing_per_area(rows, "wijkteam") == (
        "Per wijkteam is alleen ‘Overgedragen aan het wijkteam’ openbaar, en de aantallen zijn te klein om te tonen."
    )


def test_the_comparison_of_rounded_figures_is_only_about_areas_that_are_large_enough():
    compared = published(against_rest(("Oost", "pip_tijdig", "binnen toeval"), ("Noord", "pip_tijdig", "geen oordeel")))
    rows = published(pl.DataFrame({"naam": ["Oost"], "verschil": [0.1], "oordeel": ["binnen toeval"]}))
    assert words.rest_title(rows, SHARE, "stadsdeel") == (
        "Geen stadsdeel dat groot genoeg is, verschilt meer dan toeval van de rest van de stad"
    )
    assert words.areas_title(compared, "stadsdeel") == (
        "Alle kengetallen per stadsdeel: geen verschil dat te tonen is, is meer dan toeval"
    )
    assert words.rest_note(compared).endswith(words.PUBLISHED_SHARE)
    assert words.PUBLISHED_AREAS in words.areas_note(compared, "stadsdeel", PEILDATUM)
    assert words.rest_note(against_rest()).endswith(words.ENOUGH)


def test_areas_that_are_all_too_small_to_compare_are_told_to_be():
    compared = published(against_rest(("Oost", "pip_tijdig", "geen oordeel")))
    assert words.areas_title(compared, "stadsdeel") == (
        "Alle kengetallen per stadsdeel: de aantallen zijn te klein om gebieden te vergelijken"
    )
    assert words.no_rest(SHARE, compared, "stadsdeel") == f"Te klein om te vergelijken. {words.PUBLISHED_SHARE}"


def test_a_comparison_that_is_not_published_is_said_once():
    compared = against_rest(("Oost", "pip_tijdig", "geen oordeel")).with_columns(waarde=pl.lit(None, pl.Float64))
    compared = published(compared, {"waarde": WEGGELATEN, "verschil": WEGGELATEN})
    assert words.areas_title(compared, "stadsdeel") == "Kengetallen per stadsdeel"
    assert words.no_rest(SHARE, compared, "stadsdeel") == "De vergelijking per stadsdeel is niet openbaar."
    assert words.areas_note(compared, "stadsdeel", PEILDATUM).startswith(
        "De vergelijking per stadsdeel is niet openbaar."
    )
