"""The sentences of the page Overzicht say what the figures say, hedged, and in correct Dutch."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.filters import bar
from pages.overzicht import words
from pages.words import sentences
from queries import Selection
from tests import towns
from tests.pages.overzicht.frames import AREA, CHANGE, figures, rows
from tests.pages.show.published import exact_row, published_row

SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen"))
DAY, EARLIER = date(2022, 12, 31), date(2022, 11, 30)
LEFT_OUT = ("teller", "noemer", "waarde")


def row(make, teller, noemer, waarde, **how):
    return make({"indicator": "pip_tijdig", "teller": teller, "noemer": noemer, "waarde": waarde}, **how)


def test_a_difference_is_in_percentage_points_with_a_real_minus():
    told = [words.points(difference) for difference in (None, 0.0, -0.004, -0.01, 0.126)]
    assert told == ["—", "0%-punt", "0%-punt", "−1%-punt", "+13%-punt"]


def test_a_share_under_ten_or_that_may_not_be_shown_has_no_percentage():
    shares = row(exact_row, 9, 9, 1.0), row(exact_row, 9, 10, 0.9), row(published_row, None, None, None)
    assert [words.of(each) for each in shares] == ["9 van 9", "90% (9 van 10)", "te klein om te tonen"]


def test_one_function_names_the_farthest_norm_in_every_view():
    """Of one day no two outputs name another norm, but that rounding may leave more of them about as far."""
    sources = queries.Database(towns.folder()), queries.open_publication(towns.publications())
    intern, public = (
        {each["indicator"]: each for each in queries.shown("kpi", Selection(), source).iter_rows(named=True)}
        for source in sources
    )
    sharp, blurred = queries.farthest_from_norm(intern), queries.farthest_from_norm(public)
    assert sharp and set(sharp) & set(blurred)
    assert words.TITLES[sharp[0]] in sentences.norms(intern)
    assert all(f"‘{words.TITLES[name]}’ (ongeveer" in sentences.norms(public) for name in blurred)


def test_a_number_that_may_not_be_shown_is_not_nobody():
    few, out = row(published_row, None, None, None), row(published_row, None, None, None, left_out=LEFT_OUT)
    nobody, hidden, left_out = (pl.DataFrame([each]) for each in (row(exact_row, 0, 0, None), few, out))
    assert (words.nobody(nobody), words.nobody(hidden)) == (True, False)
    assert (words.nothing(nobody), words.nothing(hidden)) == (words.NOBODY, "")
    assert (words.not_published(hidden), words.not_published(left_out)) == (False, True)


def test_an_explanation_tells_from_how_many_a_figure_is_given_in_this_view():
    answers = [pl.DataFrame([row(make, 40, 60, 0.67)]) for make in (exact_row, published_row)]
    told = [words.noted(answer, "stadsdeel", DAY) for answer in answers]
    few = [words.TEXTS["view"][view]["few"] for view in ("exact", "published")]
    assert told == [f"Een gebied is waar iemand woont. {each} Stand 31 december 2022." for each in few]


# ------------------------------------------------------------------------------------------------- what changed


def change(**verdicts):
    """Rows of kpi_verandering by indicator."""
    quarter = date(2022, 10, 1)
    counts = (33, 64, 0.516, 155, 182, 0.852, -0.33, -0.46, -0.2)
    return rows(CHANGE, *((name, quarter, *counts, verdict) for name, verdict in verdicts.items()))


def news(moved, numbers, corrected):
    backlog = [(name, then, now, now - then) for name, (then, now) in numbers.items()]
    return queries.Nieuws(
        change(**moved).select("indicator", "oordeel"),
        pl.DataFrame(backlog, schema=["indicator", "vorige", "nu", "verschil"], orient="row"),
        pl.DataFrame({"indicator": corrected}, schema={"indicator": pl.String}),
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            news({}, {"pip_zonder": (5, 5)}, []),
            ["Sinds de levering van 30 november 2022 is geen kengetal meer veranderd dan door toeval.",
             "De aantallen personen zijn gelijk gebleven.",
             "Geen kengetal is achteraf veranderd over 30 november 2022."],
        ),
        (
            news({"intake_gestart": "lager", "leerroute_b": "hoger"},
                 {"pip_zonder": (9, 5), "overdracht_open": (1, 2), "ontzorging_zonder": (3, 3)}, ["pip_tijdig"]),
            ["Sinds de levering van 30 november 2022 is meer veranderd dan door toeval: ‘Brede intake binnen 90 dagen’ "
             "lager en ‘B1-route’ hoger.",
             "Meer personen bij ‘Wacht op overdracht’ (+1); minder personen bij ‘Nog geen PIP’ (−4).",
             "1 kengetal is achteraf veranderd over 30 november 2022."],
        ),
        (None, ["Er is geen eerdere levering om mee te vergelijken."]),
    ],
)  # fmt: skip
def test_what_changed_since_the_earlier_delivery(given, told):
    none = change(pip_tijdig="binnen toeval")
    assert words.changed(none, given, EARLIER) == [sentences.changes(none.to_dicts()), *told]


def test_one_thing_that_moved_is_told_with_its_figures():
    told = words.changed(change(pip_tijdig="lager", leerroute_b="binnen toeval"), news({}, {}, []), EARLIER)
    assert told[1] == "In dat kwartaal was het 52% (33 van 64), eerder dat jaar 85% (155 van 182)."
    assert len(words.changed(change(pip_tijdig="lager", leerroute_b="lager"), None, None)) == 2


# ------------------------------------------------------------------------------------------------------- the map


@pytest.mark.parametrize(
    ("indicator", "given", "public", "title"),
    [
        (SHARE, [("Oost", 9, 9, 1.0)], False, "per stadsdeel te weinig waarnemingen"),
        (SHARE, [("Oost", 8, 10, 0.8)], False, "80% (Oost)"),
        (SHARE,
         [("Oost", 9, 10, 0.9), ("Noord", 16, 20, 0.8), ("Centrum", 8, 10, 0.8), ("Onbekend", 3, 30, 0.1)], False,
         "van 80% (Noord en Centrum) tot 90% (Oost)"),
        (SHARE, [("Oost", 10, 20, None), ("Noord", None, 10, None)], True, "per stadsdeel te klein om te tonen"),
        (SHARE, [("Oost", 40, 50, 0.8), ("Noord", 20, 30, None)], True,
         "ongeveer 80% (Oost); elders te klein om te tonen"),
        # A count that may not be shown is lower than all others; of a share that is not said.
        (COUNT, [("Oost", 20, 50, 20.0), ("Centrum", 10, 50, 10.0), ("Noord", None, 30, None)], True,
         "van minder dan 10 (Noord) tot ongeveer 20 (Oost)"),
        # The areas may be alike: 12 is told as 20, and as 10.
        (COUNT, [("Oost", 20, 50, 20.0), ("Centrum", 10, 50, 10.0), ("Onbekend", None, None, None)], True,
         "van ongeveer 10 tot ongeveer 20 per stadsdeel"),
        (COUNT, [("Oost", 30, 50, 30.0), ("Centrum", 10, 50, 10.0)], True,
         "van ongeveer 10 (Centrum) tot ongeveer 30 (Oost)"),
        (SHARE, [("Oost", 40, 50, 0.8), ("Noord", 30, 50, 0.6)], True,
         "van ongeveer 60% tot ongeveer 80% per stadsdeel"),
        (MEDIAN, [("Oost", 20, 50, 49.0), ("Centrum", 20, 50, 56.0)], True,
         "van ongeveer 7 weken (Oost) tot ongeveer 8 weken (Centrum)"),
    ],
)  # fmt: skip
def test_the_title_of_the_map_names_the_ends_among_areas_with_enough_persons(indicator, given, public, title):
    shown = figures(indicator, *given, public=public)
    assert words.map_title(shown, indicator, "stadsdeel") == f"{indicator.titel}: {title}"


@pytest.mark.parametrize(
    ("given", "how", "told"),
    [
        (("Oost", 8, 10, 0.8), {}, ""),
        (("Onbekend", 0, 0, None), {}, ""),
        (("Onbekend", 3, 3, 1.0), {}, "Niet op de kaart: Onbekend, te weinig waarnemingen (n = 3)."),
        (("Onbekend", 40, 50, 0.8), {"public": True}, "Niet op de kaart: Onbekend, ongeveer 80% (n = 50)."),
        (("Onbekend", None, None, None), {"public": True},
         "Niet op de kaart: Onbekend, te klein om te tonen (n <10)."),
        (("Onbekend", None, None, None), {"public": True, "left_out": LEFT_OUT}, ""),
    ],
)  # fmt: skip
def test_who_is_on_no_map_is_told(given, how, told):
    assert words.not_on_map(figures(SHARE, given, **how)) == told


@pytest.mark.parametrize(
    ("name", "level", "chosen", "real", "told"),
    [
        ("pip_tijdig", "stadsdeel", {}, False, ("Elke tegel", "het hele stadsdeel", "waar iemand woont")),
        ("pip_tijdig", "stadsdeel", {"stadsdelen": ("Oost",)}, True, ("De grenzen", "het hele stadsdeel")),
        # Of a chosen wijkteam the figure is not that of the whole stadsdeel.
        ("overdracht_gedaan", "stadsdeel", {"wijkteams": ("Oost",)}, False, ("het gekozen deel", "waar iemand woont")),
        ("overdracht_gedaan", "wijkteam", {"wijkteams": ("Oost",)}, False, ("het hele", "ontvangende wijkteam")),
    ],
)
def test_the_map_says_what_a_place_on_it_means(name, level, chosen, real, told):
    shown = figures(SHARE, ("Oost", 8, 10, 0.8))
    note = words.map_note(queries.INDICATOREN[name], level, Selection(**chosen), shown, real=real)
    assert all(part in note for part in told)


def test_the_map_begins_with_the_kpi_that_most_areas_have():
    given = [
        ("stadsdeel", "Oost", "overdracht_gedaan", 10, 20, None),
        ("stadsdeel", "Oost", "pip_tijdig", 40, 50, 0.8),
        ("stadsdeel", "Noord", "pip_tijdig", 10, 20, None),
        ("stadsdeel", "Oost", "pip_zonder", 10, 20, 10.0),
        ("stadsdeel", "Noord", "pip_zonder", 20, 20, 20.0),
    ]
    assert words.first_on_map(rows(AREA, *given, public=True)) == "Nog geen PIP"
    usual = bar.OWN["overzicht_kaart"]
    assert words.first_on_map(rows(AREA, given[0], public=True)) == usual
    every = [("stadsdeel", "Oost", name, 10, 20, 0.5) for name in queries.INDICATOREN]
    assert words.first_on_map(rows(AREA, *every)) == usual


def test_what_is_not_published_per_wijkteam_is_said():
    none, one = (None, None, None), "overdracht_gedaan"
    others = [("wijkteam", "Oost", name, *none) for name in queries.INDICATOREN if name != one]
    published = rows(AREA, ("wijkteam", "Oost", one, *none), public=True)
    told = words.only_published(pl.concat([rows(AREA, *others, public=True, left_out=LEFT_OUT), published]), "wijkteam")
    assert told == "Per wijkteam is alleen ‘Overgedragen aan het wijkteam’ openbaar, bij genoeg personen."
    assert words.only_published(rows(AREA, ("wijkteam", "Oost", "pip_tijdig", 0, 0, None)), "wijkteam") == words.NOBODY
