"""Every rule from figures to words: each branch, singular and plural, and that no sentence contradicts its figure."""

# Expected sentences are read whole.
# ruff: noqa: E501

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

import queries
from pages.words import formats
from pages.words import sentences as says

ASKED = queries.INDICATOREN


def kpi(teller, noemer, waarde="share", /, how="exact", **hows):
    """A row of the question kpi in the form of queries.shown."""
    if waarde == "share":
        waarde = teller / noemer if teller is not None and noemer else None
    row = {"teller": teller, "noemer": noemer, "waarde": waarde}
    return row | interval(row) | {f"{column}_weergave": hows.get(column, how) for column in row}


def interval(row):
    """The interval of a share, as the question kpi has it beside the value."""
    if row["waarde"] is None or not row["noemer"] or row["waarde"] > 1:
        return {"ci_laag": None, "ci_hoog": None}
    low, high = proportion_confint(row["teller"], row["noemer"], method="wilson")
    return {"ci_laag": low, "ci_hoog": high}


def moved(oordeel, waarde=0.5, eerder=0.8, how="exact"):
    """A row of the question kpi_verandering."""
    row = {
        "kwartaal": date(2022, 10, 1),
        "teller": 20,
        "noemer": 40,
        "waarde": waarde,
        "eerder_teller": 80,
        "eerder_noemer": 100,
        "eerder_waarde": eerder,
        "verschil": None if oordeel == "geen oordeel" else waarde - eerder,
        "oordeel": oordeel,
    }
    figures = [column for column in row if column not in ("kwartaal", "oordeel")]
    return row | {f"{column}_weergave": how for column in figures}


# ------------------------------------------------------------------------------------------------- one figure


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (kpi(180, 200), "180"),
        (kpi(1234, 2000), "1.234"),
        (kpi(180, 200, how="afgerond"), "ongeveer 180"),
        (kpi(None, 200, None, teller="beschermd"), "te klein om te tonen"),
        (kpi(None, 200, None, teller="weggelaten"), "niet getoond"),
    ],
)
def test_a_count_is_written_as_it_may_be_shown(row, expected):
    assert says.count(row, "teller") == expected


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("pip_tijdig", kpi(7, 10), "70%"),
        ("pip_tijdig", kpi(199, 200), "> 99%"),
        ("pip_tijdig", kpi(7, 9), "te weinig waarnemingen"),
        ("pip_tijdig", kpi(0, 0), "niemand"),
        ("pip_tijdig", kpi(70, 100, how="afgerond"), "ongeveer 70%"),
        ("pip_tijdig", kpi(90, 100, None, how="afgerond", waarde="beschermd"), "te klein om te tonen"),
        ("pip_zonder", kpi(3, 7, 3), "3"),
        ("begeleiding_mediaan", kpi(160, 291, 11.86), "11,9 maanden"),
        ("begeleiding_mediaan", kpi(9, 291, 11.86), "te weinig waarnemingen"),
        ("begeleiding_mediaan", kpi(9, 291, None), "nog niet bereikt"),
        ("begeleiding_mediaan", kpi(None, None, 12.0, how="afgerond", teller="weggelaten", noemer="weggelaten"),
         "ongeveer 12 maanden"),
        ("pip_mediaan_dagen", kpi(None, None, None, how="afgerond", teller="weggelaten", noemer="weggelaten"),
         "nog niet bereikt"),
        ("pip_mediaan_dagen", kpi(20, 40, 1), "1 dag"),
    ],
)  # fmt: skip
def test_a_value_is_written_in_its_unit_or_why_it_is_missing(name, row, expected):
    assert says.value(ASKED[name], row) == expected


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("pip_tijdig", kpi(7, 10), "7 van 10"),
        ("pip_tijdig", kpi(70, 100, how="afgerond"), "ongeveer 70 van 100"),
        ("pip_tijdig", kpi(None, None, None, how="beschermd"), "te klein om te tonen"),
        ("pip_tijdig", kpi(None, None, None, how="weggelaten", waarde="beschermd"), "niet getoond"),
        ("pip_zonder", kpi(3, 7, 3), "van 7"),
        ("pip_tijdig", kpi(0, 0), "0"),
    ],
)
def test_the_basis_says_of_how_many(name, row, expected):
    assert says.basis(ASKED[name], row) == expected


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("pip_tijdig", kpi(10, 10), "Norm gehaald"),
        ("pip_tijdig", kpi(9, 10), "Norm niet gehaald"),
        ("pip_tijdig", kpi(9, 9), "Geen oordeel: te weinig"),
        ("pip_tijdig", kpi(0, 0), "Geen oordeel: niemand"),
        ("pip_tijdig", kpi(90, 100, None, how="afgerond", waarde="beschermd"), "Geen oordeel: te klein"),
        ("pip_tijdig", kpi(100, 100, how="afgerond"), "Geen oordeel: afgerond"),
        ("pip_tijdig", kpi(80, 100, how="afgerond"), "Norm niet gehaald"),
        ("begeleiding_over_norm", kpi(0, 40), "Norm gehaald"),
        ("begeleiding_over_norm", kpi(1, 40), "Norm niet gehaald"),
        ("pip_mediaan_dagen", kpi(30, 40, 50), "Geen oordeel: mediaan"),
        ("leerroute_b", kpi(30, 40), "Geen norm"),
    ],
)
def test_a_verdict_is_that_of_the_norm_and_never_more_than_the_figures_allow(name, row, expected):
    assert says.verdict(ASKED[name], row) == expected


# ---------------------------------------------------------------------------------------------- two sentences


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            kpi(31, 40),
            "Van de 40 personen van wie de tien weken voorbij zijn, kregen er 31 het persoonlijk plan (PIP) op tijd (78%). "
            "De norm van 100% is niet gehaald: 9 personen kregen het PIP niet op tijd.",
        ),
        (
            kpi(39, 40),
            "Van de 40 personen van wie de tien weken voorbij zijn, kregen er 39 het persoonlijk plan (PIP) op tijd (98%). "
            "De norm van 100% is niet gehaald: 1 persoon kreeg het PIP niet op tijd.",
        ),
        (
            kpi(1, 40),
            "Van de 40 personen van wie de tien weken voorbij zijn, kreeg er 1 het persoonlijk plan (PIP) op tijd (2%). "
            "De norm van 100% is niet gehaald: 39 personen kregen het PIP niet op tijd.",
        ),
        (
            kpi(12, 20),
            "Van de 20 personen van wie de tien weken voorbij zijn, kregen er 12 het persoonlijk plan (PIP) op tijd (60%). "
            "De norm van 100% is niet gehaald: 8 personen kregen het PIP niet op tijd. "
            "Dat is een kleine groep: lees het percentage met voorzichtigheid.",
        ),
        (
            kpi(40, 40),
            "Alle 40 personen van wie de tien weken voorbij zijn, kregen het persoonlijk plan (PIP) op tijd. "
            "De norm van 100% is gehaald.",
        ),
        (
            kpi(4, 9),
            "Over personen van wie de tien weken voorbij zijn is geen percentage te geven: de aantallen zijn te klein.",
        ),
        (kpi(0, 0), "Er zijn in deze selectie geen personen van wie de tien weken voorbij zijn."),
        (
            kpi(70, 100, how="afgerond"),
            "Van de ongeveer 100 personen van wie de tien weken voorbij zijn, kregen er ongeveer 70 het persoonlijk plan "
            "(PIP) op tijd (ongeveer 70%). De norm van 100% is niet gehaald: ongeveer 30 personen kregen het PIP niet op "
            "tijd.",
        ),
        (
            kpi(100, 100, how="afgerond"),
            "Van de ongeveer 100 personen van wie de tien weken voorbij zijn, kregen er ongeveer 100 het persoonlijk plan "
            "(PIP) op tijd (ongeveer 100%). De norm is 100%; of die precies is gehaald, is aan afgeronde cijfers niet te "
            "zien.",
        ),
        # Counts of a share that is not shown are not told, whatever they are: beside each other they read as a share.
        (
            kpi(20, 30, None, how="afgerond", waarde="beschermd"),
            "Over personen van wie de tien weken voorbij zijn is geen percentage te geven: de aantallen zijn te klein.",
        ),
    ],
)  # fmt: skip
def test_the_first_sentence_says_of_how_many_how_many_and_the_norm(row, expected):
    assert says.stand("pip_tijdig", row) == expected


def test_every_leading_kpi_has_words_that_make_a_sentence():
    for name in says.PHRASES:
        assert says.stand(name, kpi(31, 40)).endswith((".", ")."))
        assert "None" not in says.change(name, moved("lager"))


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        (
            "pip_tijdig",
            moved("lager"),
            "Van wie in het 4e kwartaal 2022 ging meetellen, kreeg 50% (20 van 40) het persoonlijk plan (PIP) op tijd; "
            "eerder dat jaar was dat 80% (80 van 100). Dat is lager, en meer dan toeval.",
        ),
        (
            "overdracht_gedaan",
            moved("lager"),
            "Van wie in het 4e kwartaal 2022 ging meetellen, is 50% (20 van 40) binnen die 30 dagen overgedragen aan "
            "een wijkteam; eerder dat jaar was dat 80% (80 van 100). Dat is lager, en meer dan toeval.",
        ),
        (
            "overdracht_gedaan",
            moved("hoger", 0.9, 0.5),
            "Van wie in het 4e kwartaal 2022 ging meetellen, is 90% (20 van 40) binnen die 30 dagen overgedragen aan een "
            "wijkteam; eerder dat jaar was dat 50% (80 van 100). Dat is hoger, en meer dan toeval.",
        ),
        (
            "pip_tijdig",
            moved("binnen toeval", how="afgerond"),
            "Van wie in het 4e kwartaal 2022 ging meetellen, kreeg ongeveer 50% (ongeveer 20 van 40) het "
            "persoonlijk plan (PIP) op tijd; eerder dat jaar was dat ongeveer 80% (ongeveer 80 van 100). Dat "
            "verschil kan toeval zijn.",
        ),
        (
            "pip_tijdig",
            moved("geen oordeel"),
            "Of dit in de loop van het jaar veranderde, is niet te zeggen: per kwartaal zijn er te weinig waarnemingen.",
        ),
        (
            "pip_tijdig",
            moved("geen oordeel", how="beschermd"),
            "Of dit in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein om te "
            "tonen.",
        ),
    ],
)  # fmt: skip
def test_the_second_sentence_gives_the_verdict_on_chance(name, row, expected):
    assert says.change(name, row) == expected


# ----------------------------------------------------------------------------------------------- kernboodschap


NORMS = [name for name, entry in ASKED.items() if entry.norm is not None and not entry.is_mediaan]


def all_rows(**given):
    """A row for every KPI: norms are met unless given."""
    rows = {
        name: kpi(0 if entry.richting == "lager" else 40, 40) if name in NORMS else kpi(20, 40)
        for name, entry in ASKED.items()
    }
    return rows | given


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (all_rows(), f"Alle {len(NORMS)} normen zijn gehaald."),
        (
            all_rows(pip_tijdig=kpi(38, 40), ontzorging_volledig=kpi(20, 40)),
            f"Van de {len(NORMS)} normen zijn er {len(NORMS) - 2} gehaald en 2 niet gehaald. Het verst van de norm ligt "
            "‘Zes maanden ontzorgd’ (50%, norm 100%).",
        ),
        (
            {**all_rows(), **dict.fromkeys(NORMS, kpi(3, 5)), "begeleiding_over_norm": kpi(4, 40)},
            f"Van de {len(NORMS)} normen is er 1 niet gehaald; over {len(NORMS) - 1} is niets te zeggen (de aantallen "
            "zijn te klein). Het verst van de norm ligt ‘Begeleiding langer dan de norm’ (10%, norm 0%).",
        ),
        (
            {
                **all_rows(),
                **dict.fromkeys(NORMS, kpi(38, 40)),
                "begeleiding_over_norm": kpi(2, 40),
                "pip_tijdig": kpi(29, 40),
                "overdracht_gedaan": kpi(28, 40),
            },
            f"Geen van de {len(NORMS)} normen is gehaald. Het verst van de norm liggen, ongeveer even ver, "
            "‘Overgedragen aan het wijkteam’ (70%, norm 100%) en ‘PIP binnen tien weken’ (72%, norm 100%).",
        ),
        (
            {**all_rows(), **dict.fromkeys(NORMS, kpi(3, 5)), "pip_tijdig": kpi(40, 40)},
            f"Van de {len(NORMS)} normen is er 1 gehaald; over {len(NORMS) - 1} is niets te zeggen (de aantallen zijn "
            "te klein).",
        ),
        (
            {**all_rows(), **dict.fromkeys(NORMS, kpi(3, 5))},
            f"Over de {len(NORMS)} normen is niets te zeggen: de aantallen zijn te klein.",
        ),
        (
            {**all_rows(), **dict.fromkeys(NORMS, kpi(0, 0))},
            f"Over de {len(NORMS)} normen is niets te zeggen: niemand telt mee.",
        ),
        (
            {
                **all_rows(),
                **dict.fromkeys(NORMS, kpi(100, 100, how="afgerond")),
                "pip_tijdig": kpi(80, 100, how="afgerond"),
                "begeleiding_over_norm": kpi(None, None, None, how="beschermd"),
            },
            f"Van de {len(NORMS)} normen is er 1 niet gehaald; over {len(NORMS) - 1} is niets te zeggen (de cijfers zijn "
            "afgerond en de aantallen zijn te klein). Het verst van de norm ligt ‘PIP binnen tien weken’ "
            "(ongeveer 80%, norm 100%).",
        ),
    ],
)  # fmt: skip
def test_the_norms_are_tallied(rows, expected):
    assert says.norms(rows) == expected


def waiting(pip, relief, handover):
    """Rows of those who wait too long, each with how many there are in the whole group."""
    found = {}
    for name, (row, group) in zip(says.WAITING, (pip, relief, handover), strict=True):
        found |= {name: row, ASKED[name].deel_van: kpi(row["noemer"], group, row["noemer"], how=row["noemer_weergave"])}
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            waiting((kpi(7, 98, 7), 244), (kpi(1, 23, 1), 102), (kpi(0, 26, 0), 111)),
            "7 personen wachten te lang op een persoonlijk plan (PIP) (van 98 zonder PIP), bij 1 persoon uit de doelgroep "
            "is het ontzorgen na 30 dagen nog niet begonnen (van 23 bij wie het nog niet begon) en niemand wacht langer "
            "dan 90 dagen op de overdracht aan een wijkteam (van 26 die wachten).",
        ),
        (
            waiting((kpi(1, 1, 1), 40), (kpi(0, 0, 0), 20), (kpi(0, 0, 0), 0)),
            "1 persoon wacht te lang op een persoonlijk plan (PIP) (van 1 zonder PIP) en bij iedereen uit de doelgroep is "
            "het ontzorgen begonnen.",
        ),
        (waiting((kpi(0, 0, 0), 40), (kpi(0, 0, 0), 0), (kpi(0, 0, 0), 0)), "Niemand wacht nog op een persoonlijk plan (PIP)."),
        (
            waiting(
                (kpi(None, 100, None, how="afgerond", teller="beschermd"), 240),
                (kpi(20, 50, 20, how="afgerond"), 100),
                # "20 van 20" would say everybody, and may be 12 of 28.
                (kpi(20, 20, 20, how="afgerond"), 110),
            ),
            "Minder dan 10 personen wachten te lang op een persoonlijk plan (PIP) (van ongeveer 100 zonder PIP), bij "
            "ongeveer 20 personen uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen (van ongeveer 50 bij wie "
            "het nog niet begon) en ongeveer 20 personen wachten langer dan 90 dagen op de overdracht aan een wijkteam.",
        ),
        (
            waiting(*[(kpi(None, None, None, how="beschermd"), None)] * 3),
            "Te klein om te tonen zijn het aantal personen zonder persoonlijk plan (PIP), het aantal personen bij wie het "
            "ontzorgen niet is begonnen en het aantal personen dat op de overdracht wacht.",
        ),
        (waiting(*[(kpi(0, 0, 0), 0)] * 3), ""),
    ],
)  # fmt: skip
def test_who_waits_too_long_comes_first_and_of_how_many(given, expected):
    assert says.waiting(all_rows(**given)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (kpi(160, 291, 11.86), "De helft van de perioden van begeleiding is na 11,9 maanden beëindigd (aanbod: 12 maanden)."),
        (
            kpi(None, None, 12.0, how="afgerond", teller="weggelaten", noemer="weggelaten"),
            "De helft van de perioden van begeleiding is na ongeveer 12 maanden beëindigd (aanbod: 12 maanden).",
        ),
        (kpi(4, 291, None), "Hoe lang de begeleiding duurt, is nog niet te zeggen: van te weinig perioden is het einde al bekend."),
        (kpi(4, 9, 10.0), "Hoe lang de begeleiding duurt, is niet te zeggen: er zijn te weinig waarnemingen."),
        (kpi(None, None, None, how="beschermd"), "Hoe lang de begeleiding duurt, is niet te tonen: de aantallen zijn te klein."),
        (kpi(0, 0, None), ""),
    ],
)  # fmt: skip
def test_the_duration_is_told_or_why_not(row, expected):
    assert says.duration(row) == expected


def routes(b, o, z):
    return {"leerroute_b": b, "leerroute_o": o, "leerroute_z": z}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            routes(kpi(24, 40), kpi(4, 40), kpi(12, 40)),
            "Van de 40 personen met een PIP volgt 60% de B1-route, 10% de onderwijsroute en 30% de zelfredzaamheidsroute.",
        ),
        (
            routes(kpi(1, 1), kpi(0, 1), kpi(0, 1)),
            "1 persoon heeft een PIP: te weinig voor percentages per leerroute.",
        ),
        (
            routes(
                kpi(60, 100, how="afgerond"),
                kpi(None, None, None, how="weggelaten", waarde="beschermd"),
                kpi(30, 100, how="afgerond"),
            ),
            "Van de ongeveer 100 personen met een PIP volgt ongeveer 60% de B1-route en ongeveer 30% de "
            "zelfredzaamheidsroute. Het deel dat de onderwijsroute volgt, is te klein om te tonen.",
        ),
        (routes(kpi(0, 0), kpi(0, 0), kpi(0, 0)), ""),
        (
            routes(*[kpi(None, None, None, how="weggelaten", waarde="beschermd")] * 3),
            "Percentages per leerroute zijn niet te tonen: de aantallen zijn te klein.",
        ),
    ],
)  # fmt: skip
def test_the_routes_are_told_as_far_as_they_may_be(rows, expected):
    assert says.routes(rows) == expected


FOURTH = "Bij wie in het 4e kwartaal 2022 ging meetellen,"
BEYOND = "dan eerder dat jaar, meer dan door toeval te verklaren is"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (
            {"pip_tijdig": "geen oordeel"},
            "Of iets in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein.",
        ),
        (
            {"pip_tijdig": "binnen toeval"},
            f"{FOURTH} is bij geen enkel kengetal een verschil met eerder dat jaar aangetoond (1 kengetal vergeleken).",
        ),
        (
            {"pip_tijdig": "lager", "leerroute_b": "hoger", "leerroute_z": "hoger"},
            f"{FOURTH} is ‘PIP binnen tien weken’ lager en zijn ‘B1-route’ en ‘Zelfredzaamheidsroute’ hoger {BEYOND} "
            "(3 kengetallen vergeleken).",
        ),
        (
            {"overdracht_gedaan": "lager", "pip_tijdig": "binnen toeval"},
            f"{FOURTH} is ‘Overgedragen binnen 30 dagen’ lager {BEYOND} (2 kengetallen vergeleken).",
        ),
    ],
)  # fmt: skip
def test_changes_beyond_chance_are_named(verdicts, expected):
    assert says.changes([moved(oordeel) | {"indicator": name} for name, oordeel in verdicts.items()]) == expected


def test_quarters_that_differ_are_not_told_as_one():
    rows = [
        moved("hoger") | {"indicator": "leerroute_b"},
        moved("lager") | {"indicator": "pip_tijdig", "kwartaal": date(2022, 7, 1)},
    ]
    assert says.changes(rows).startswith("Bij wie in het laatste kwartaal met genoeg personen ging meetellen, is ")


def test_no_difference_measurable_is_not_the_same_as_no_difference_shown():
    measurable = says.comparison({"oordeel": "niet te vergelijken"})
    shown = says.comparison({"oordeel": "geen verschil aangetoond"})
    assert "niet te meten" in measurable
    assert "iets anders dan dat er geen verschil is" in measurable
    assert "geen verschil aangetoond" in shown
    assert "niet te meten" not in shown
    assert "meer meldingen" in says.comparison({"oordeel": "meer"})
    assert "minder meldingen" in says.comparison({"oordeel": "minder"})


REFUSED = {"oordeel": "niet te vergelijken", "reden": "niet vastgelegd"}


def condition(name, voldaan, toelichting, waarde=None, drempel=0.8):
    """A row of the question evaluatie_meetbaarheid."""
    return {
        "voorwaarde": name, "voldaan": voldaan, "waarde": waarde, "drempel": drempel, "toelichting": toelichting,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "conditions", "expected"),
    [
        (REFUSED, [condition("groep_24_maanden", True, "Goed.")], ("niet vastgelegd",)),
        # The reason is that of a condition, which says it already.
        (
            REFUSED,
            [condition("groep_24_maanden", False, "Te klein."), condition("groep_12_maanden", False, "Te klein.")],
            ("Te klein.",),
        ),
        (
            REFUSED,
            [condition("verwijzer_bekend", False, "Bij 717 van 1.122 meldingen is vastgelegd wie verwees.", 0.639)],
            ("Bij 717 van 1.122 meldingen is vastgelegd wie verwees; nodig is minstens 80%.",),
        ),
        (REFUSED, [condition("statushouder_geregistreerd", False, "Staat er niet in.", 0.0)], ("Staat er niet in.",)),
        ({"oordeel": "meer", "reden": "meer"}, [condition("verwijzer_bekend", True, "Goed.", 0.9)], ()),
    ],
)
def test_what_stands_in_the_way_is_told_once_with_what_is_needed(row, conditions, expected):
    assert says.obstacles(row, conditions) == expected


# ------------------------------------------------------------------- no sentence contradicts its figure: random rows


NORM = r"De norm (?:van|is) \S+"


@st.composite
def exact_rows(draw):
    """A row of the question kpi with exact counts."""
    noemer = draw(st.integers(0, 400))
    return kpi(draw(st.integers(0, noemer)), noemer)


@st.composite
def rounded_rows(draw):
    """A row as it is published: counts in tens, each rounded by itself, what is too small left out."""
    whole, more = draw(st.integers(0, 40)), draw(st.integers(-1, 40))
    noemer, teller = 10 * whole, 10 * max(0, whole - more)
    shown = noemer >= 50 and 10 <= teller <= noemer - 10
    if not shown:
        return kpi(None, None, None, how="weggelaten", waarde="beschermd")
    return kpi(teller, noemer, round(teller / noemer, 2), how="afgerond")


def numbers_in(text):
    """The whole numbers in a text; those in "30 dagen", "tien weken" and norms left out."""
    told = re.sub(rf"{NORM}|30 dagen|\(PIP\)", "", text)
    return {int(number.replace(".", "")) for number in re.findall(r"(?<![\d,])\d[\d.]*(?![\d%,])", told)}


@pytest.mark.parametrize("name", says.PHRASES)
@given(row=st.one_of(exact_rows(), rounded_rows()))
def test_no_first_sentence_contradicts_its_figures(name, row):
    text = says.stand(name, row)
    rounded = row["noemer_weergave"] != "exact"
    found = says.judged(ASKED[name], row)
    assert "None" not in text
    assert ("De norm van 100% is gehaald." in text) == (found is not None and found.uitkomst == "voldoet")
    assert ("De norm van 100% is niet gehaald" in text) == (found is not None and found.uitkomst == "voldoet niet")
    told = {row["teller"], row["noemer"], found.gemist if found else None} - {None}
    assert numbers_in(text) <= told
    if row["waarde"] is not None and 10 <= row["noemer"] >= row["teller"]:
        assert {row["teller"], row["noemer"]} <= numbers_in(text)
    if row["waarde"] is not None and row["noemer"] >= 10 and row["teller"] != row["noemer"]:
        assert formats.percent(row["waarde"]) in text
    # Every number of a rounded row is "ongeveer"; none of an exact row is.
    every = re.findall(r"(\S+) (?:[<>] )?\d[\d.]*%?", re.sub(rf"{NORM}|30 dagen", "", text))
    assert all((word.strip("(") == "ongeveer") == rounded for word in every)
    assert not re.search(r"(?<!\d)(?<!\d\.)1 (personen|statushouders|perioden)", text)
    assert not re.search(r"(\d{2,}|[02-9]) (persoon|statushouder|periode)\b", text)


@st.composite
def quarters(draw):
    """A row of the question kpi_verandering of which the verdict fits the shares."""
    noemer, eerder = draw(st.integers(10, 3000)), draw(st.integers(10, 3000))
    row = moved("binnen toeval") | {
        "teller": draw(st.integers(0, noemer)),
        "noemer": noemer,
        "eerder_teller": draw(st.integers(0, eerder)),
        "eerder_noemer": eerder,
    }
    row["waarde"], row["eerder_waarde"] = row["teller"] / noemer, row["eerder_teller"] / eerder
    row["verschil"] = row["waarde"] - row["eerder_waarde"]
    beyond = abs(row["verschil"]) > 0.02 and draw(st.booleans())
    if beyond:
        row["oordeel"] = "hoger" if row["verschil"] > 0 else "lager"
    return row


@pytest.mark.parametrize("name", says.PHRASES)
@given(row=quarters())
def test_no_second_sentence_contradicts_its_figures(name, row):
    text = says.change(name, row)
    shares = re.findall(r"((?:[<>] )?\d[\d,]*%)", text)
    assert shares == [formats.percent(row["waarde"]), formats.percent(row["eerder_waarde"])]
    assert f"({formats.count(row['teller'])} van {formats.count(row['noemer'])})" in text
    assert ("meer dan toeval" in text) == (row["oordeel"] != "binnen toeval")
    assert ("Dat is hoger" in text, "Dat is lager" in text) == (row["oordeel"] == "hoger", row["oordeel"] == "lager")
    assert ("ongeveer gelijk" in text) == (row["oordeel"] == "binnen toeval" and len(set(shares)) == 1)


def test_shares_that_differ_beyond_chance_never_look_the_same():
    row = moved("hoger", 0.5039, 0.4961)
    assert "kreeg 50,4% (20 van 40)" in says.change("pip_tijdig", row)
    assert "was dat 49,6% (80 van 100)" in says.change("pip_tijdig", row)
    assert "Dat is ongeveer gelijk." in says.change("pip_tijdig", row | {"oordeel": "binnen toeval"})


@given(st.lists(st.one_of(exact_rows(), rounded_rows()), min_size=len(NORMS), max_size=len(NORMS)))
def test_the_tally_of_norms_adds_up(rows):
    text = says.norms(all_rows(**dict(zip(NORMS, rows, strict=True))))
    verdicts = [says.judged(ASKED[name], row) for name, row in zip(NORMS, rows, strict=True)]
    met = sum(found is not None and found.uitkomst == "voldoet" for found in verdicts)
    missed = sum(found is not None and found.uitkomst == "voldoet niet" for found in verdicts)

    def told(pattern):
        found = re.search(pattern, text)
        return int(found[1]) if found else 0

    if text.startswith("Alle"):
        assert met == len(NORMS)
    elif text.startswith("Geen"):
        assert missed == len(NORMS)
    else:
        assert (told(r"(\d+) gehaald"), told(r"(\d+) niet gehaald")) == (met, missed)
        assert told(r"[oO]ver (?:de )?(\d+)") == len(NORMS) - met - missed
    assert ("Het verst van de norm" in text) == (missed > 0)


@pytest.mark.parametrize("name", list(ASKED))
@given(row=st.one_of(exact_rows(), rounded_rows()))
def test_no_part_is_told_above_its_whole(name, row):
    text = says.basis(ASKED[name], row)
    found = re.fullmatch(r"(?:ongeveer )?([\d.]+) van ([\d.]+)", text)
    if found:
        part, whole = (int(number.replace(".", "")) for number in found.groups())
        assert part <= whole
