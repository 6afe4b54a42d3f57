"""The definitions and the questions stay one: nothing is asked that is not defined, and the reverse."""

import pytest
from statsmodels.stats.proportion import proportion_confint

import queries
from queries import INDICATOREN, QUESTIONS, VRAGEN, Selection, farthest_from_norm, verdict
from queries.computed import COMPUTED


def test_every_question_has_a_definition_and_every_definition_a_question():
    assert set(VRAGEN) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_column_is_defined_in_its_order(town, name):
    frame = queries.answer(name, Selection(), town())
    assert frame.columns == list(VRAGEN[name].kolommen)


@pytest.mark.parametrize("name", sorted(set(QUESTIONS) - set(COMPUTED)))
def test_every_question_states_its_grain(name):
    text = queries.sql(name)
    assert text.startswith("-- ")
    assert "-- grain: " in text.split("select", 1)[0].split("with\n", 1)[0]


@pytest.mark.parametrize("indicator", INDICATOREN.values(), ids=str)
def test_every_indicator_is_defined_in_words_with_a_source(indicator):
    assert indicator.titel and indicator.bron and indicator.norm_tekst
    assert len(indicator.definitie) > 40
    assert (indicator.norm is None) or indicator.richting
    if indicator.deel_van:
        assert INDICATOREN[indicator.deel_van].eenheid == indicator.eenheid == "aantal" and indicator.geheel


def test_norms_are_those_of_law_and_contract():
    norms = {name: entry.norm for name, entry in INDICATOREN.items() if entry.norm is not None}
    assert norms == {
        "begeleiding_dekking": 1,
        "begeleiding_over_norm": 0,
        "pip_tijdig": 1,
        "pip_mediaan_dagen": 70,
        "ontzorging_dekking": 1,
        "ontzorging_volledig": 1,
        "overdracht_gedaan": 1,
        "overdracht_driegesprek": 1,
    }


@pytest.mark.parametrize(
    ("name", "teller", "noemer", "expected"),
    [
        ("pip_tijdig", 201, 287, ("voldoet niet", "")),
        ("pip_tijdig", 287, 287, ("voldoet", "")),
        ("pip_tijdig", 10, 10, ("voldoet", "")),
        ("pip_tijdig", 9, 9, ("geen oordeel", "te weinig waarnemingen")),
        ("pip_tijdig", 0, 0, ("geen oordeel", "te weinig waarnemingen")),
        ("begeleiding_over_norm", 3, 40, ("voldoet niet", "")),
        ("begeleiding_over_norm", 0, 40, ("voldoet", "")),
        ("leerroute_b", 20, 40, ("geen oordeel", "geen norm")),
        ("pip_mediaan_dagen", 30, 40, ("geen oordeel", "mediaan")),
    ],
)
def test_verdict_against_the_norm(name, teller, noemer, expected):
    found = verdict(INDICATOREN[name], noemer, teller / noemer if noemer else None)
    assert (found.uitkomst, found.reden) == expected


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("pip_tijdig", "minder dan de helft", ("voldoet niet", "")),
        ("pip_tijdig", "meer dan de helft, maar minder dan 100%", ("voldoet niet", "")),
        ("pip_tijdig", "meer dan de helft", ("geen oordeel", "te weinig waarnemingen")),
        ("begeleiding_over_norm", "meer dan 0%", ("voldoet niet", "")),
        ("begeleiding_over_norm", "minder dan een kwart", ("geen oordeel", "te weinig waarnemingen")),
        ("leerroute_b", "minder dan een kwart", ("geen oordeel", "geen norm")),
    ],
)
def test_words_miss_a_norm_only_where_that_is_sure(name, words, expected):
    found = verdict(INDICATOREN[name], 0, None, words)
    assert (found.uitkomst, found.reden) == expected


def shares(**given):
    """Rows of the question kpi of which every norm is met, but those given as (teller, noemer)."""
    found = {}
    for name, entry in INDICATOREN.items():
        teller, noemer = given.get(name, (0 if entry.richting == "lager" else 40, 40))
        low, high = proportion_confint(teller, noemer, method="wilson") if noemer else (None, None)
        share = teller / noemer if noemer else None
        found[name] = {"teller": teller, "noemer": noemer, "waarde": share, "ci_laag": low, "ci_hoog": high}
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ()),
        ({"pip_tijdig": (200, 400), "ontzorging_dekking": (300, 400)}, ("pip_tijdig",)),
        # The interval of 30 of 40 reaches down to 60%, that of 24 of 40.
        ({"pip_tijdig": (24, 40), "overdracht_gedaan": (30, 40)}, ("pip_tijdig", "overdracht_gedaan")),
        # A large group is further away for sure, a small one may be as far.
        (
            {"pip_tijdig": (280, 400), "overdracht_gedaan": (320, 400), "ontzorging_volledig": (8, 10)},
            ("pip_tijdig", "ontzorging_volledig"),
        ),
        ({"begeleiding_over_norm": (200, 400), "pip_tijdig": (360, 400)}, ("begeleiding_over_norm",)),
        ({"pip_tijdig": (0, 9)}, ()),  # too few for a verdict
        ({"pip_tijdig": (0, 0), "ontzorging_dekking": (39, 40)}, ("ontzorging_dekking",)),
    ],
)  # fmt: skip
def test_the_farthest_norm_is_named_alone_only_when_no_other_may_be_as_far(given, expected):
    assert farthest_from_norm(shares(**given)) == expected


HIDDEN = {"teller": None, "noemer": None, "waarde": None, "ci_laag": None, "ci_hoog": None}


def test_what_is_rounded_away_is_not_judged():
    assert farthest_from_norm(shares(pip_tijdig=(20, 40)) | {"pip_tijdig": HIDDEN}) == ()
