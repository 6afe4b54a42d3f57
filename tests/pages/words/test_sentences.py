"""Every rule from figures to words: each branch, singular and plural, in both views."""

# Expected sentences are read whole.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from statsmodels.stats.proportion import proportion_confint

import queries
from pages.words import sentences as says
from queries import written

ASKED = queries.INDICATOREN


def row_of(figures, hows, **beside):
    """A row as queries.shown hands it out: beside each figure how it is shown and written."""
    shown = {f"{column}_weergave": hows.get(column, hows["how"]) for column in figures}
    there = {**beside, **figures, **shown}
    types = {column: pl.Float64 for column, value in there.items() if value is None}
    return written.with_texts(pl.DataFrame([there], schema_overrides=types)).row(0, named=True)


def kpi(teller, noemer, waarde="share", /, how="exact", name="pip_tijdig", **hows):
    """A row of the question kpi."""
    if waarde == "share":
        waarde = teller / noemer if teller is not None and noemer else None
    row = {"teller": teller, "noemer": noemer, "waarde": waarde, "ci_laag": None, "ci_hoog": None}
    if waarde is not None and noemer and waarde <= 1:
        row["ci_laag"], row["ci_hoog"] = proportion_confint(teller, noemer, method="wilson")
    return row_of(row, {"how": how, **hows}, indicator=name)


def moved(oordeel, waarde=0.5, eerder=0.8, how="exact", counts=(20, 40, 80, 100), name="pip_tijdig", **beside):
    """A row of the question kpi_verandering."""
    row = dict(zip(("teller", "noemer", "eerder_teller", "eerder_noemer"), counts, strict=True))
    row |= {"waarde": waarde, "eerder_waarde": eerder}
    row |= {"verschil": None if oordeel == "geen oordeel" else waarde - eerder}
    return row_of(row, {"how": how}, **{"indicator": name, "kwartaal": date(2022, 10, 1), "oordeel": oordeel, **beside})


NORMS = [name for name, entry in ASKED.items() if entry.norm is not None and not entry.is_mediaan]
MET = {name: kpi(0 if ASKED[name].richting == "lager" else 40, 40, name=name) for name in NORMS}
SMALL = dict.fromkeys(NORMS, kpi(3, 5))
HIDDEN = kpi(None, None, None, how="weggelaten", waarde="beschermd")


def words(said):
    """A row of the question kpi with its share in words."""
    return kpi(None, None, None, how="weggelaten", waarde=said)


GROUP = "personen van wie de tien weken voorbij zijn"
PLAN = "het persoonlijk plan (PIP) op tijd"
OVER = "meer dan 30 dagen langer dan de norm van 24 of 12 maanden"
MISSED, UNSEEN = (
    "de norm van 100% is niet gehaald.",
    "of de norm van 100% precies is gehaald, is aan afgeronde cijfers niet te zien.",
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (kpi(39, 40), f"Van de 40 {GROUP}, kreeg 98% {PLAN}; {MISSED}"),
        (kpi(12, 20), f"Van de kleine groep van 20 {GROUP}, kreeg 60% {PLAN}; {MISSED}"),
        (kpi(40, 40), f"Van de 40 {GROUP}, kreeg 100% {PLAN}; de norm van 100% is gehaald."),
        (kpi(4, 9), f"Over {GROUP} is geen percentage te geven: de aantallen zijn te klein."),
        (kpi(0, 0), f"Er zijn in deze selectie geen {GROUP}."),
        (kpi(70, 100, how="afgerond"), f"Van de ongeveer 100 {GROUP}, kreeg ongeveer 70% {PLAN}; {MISSED}"),
        (kpi(100, 100, how="afgerond"), f"Van de ongeveer 100 {GROUP}, kreeg ongeveer 100% {PLAN}; {UNSEEN}"),
        (words("meer dan driekwart"), f"Van de {GROUP}, kreeg meer dan driekwart {PLAN}; {UNSEEN}"),
        (words("minder dan de helft"), f"Van de {GROUP}, kreeg minder dan de helft {PLAN}; {MISSED}"),
        # A theme is told with its own verb.
        (kpi(3, 30, name="overdracht_gedaan"), f"Van de 30 personen van wie de begeleiding 30 dagen of langer geleden is afgerond, is 10% overgedragen aan een wijkteam; {MISSED}"),
        # Counts of a share that is not shown are not told, whatever they are: beside each other they read as a share.
        (kpi(20, 30, None, how="afgerond", waarde="beschermd"), ""),
    ],
)  # fmt: skip
def test_a_theme_is_one_sentence_of_how_many_which_share_and_the_norm(row, expected):
    assert says.stand(row["indicator"], row) == expected


# ----------------------------------------------------------------------------------------------- kernboodschap


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (MET, f"Van de {len(NORMS)} normen zijn er {len(NORMS)} gehaald."),
        (
            {**MET, "pip_tijdig": kpi(38, 40), "ontzorging_volledig": kpi(20, 40)},
            f"Van de {len(NORMS)} normen zijn er {len(NORMS) - 2} gehaald en 2 niet gehaald. Het verst van de norm ligt ‘Zes maanden ontzorgd’ (50%, norm 100%).",
        ),
        (
            {**SMALL, "begeleiding_over_norm": kpi(4, 40)},
            f"Van de {len(NORMS)} normen is er 1 niet gehaald; over {len(NORMS) - 1} is niets te zeggen (te weinig personen). Het verst van de norm ligt ‘Begeleiding langer dan de norm’ (10%, norm 0%).",
        ),
        (
            {**dict.fromkeys(NORMS, kpi(38, 40)), "begeleiding_over_norm": kpi(2, 40), "pip_tijdig": kpi(29, 40), "overdracht_gedaan": kpi(28, 40)},
            f"Geen van de {len(NORMS)} normen is gehaald. Het verst van de norm liggen, ongeveer even ver, ‘Overgedragen aan het wijkteam’ (70%, norm 100%) en ‘PIP binnen tien weken’ (72%, norm 100%).",
        ),
        (SMALL, f"Over de {len(NORMS)} normen is niets te zeggen: te weinig personen."),
        (dict.fromkeys(NORMS, kpi(0, 0)), f"Over de {len(NORMS)} normen is niets te zeggen: niemand telt mee."),
        (
            {**dict.fromkeys(NORMS, kpi(100, 100, how="afgerond")), "pip_tijdig": kpi(80, 100, how="afgerond"), "begeleiding_over_norm": HIDDEN},
            f"Van de {len(NORMS)} normen is er 1 niet gehaald; over {len(NORMS) - 1} is niets te zeggen (afgeronde cijfers en te weinig personen). "
            "Het verst van de norm ligt ‘PIP binnen tien weken’ (ongeveer 80%, norm 100%).",
        ),
        # How far a share in words is from its norm, is not known; that it misses it may be.
        (
            {**dict.fromkeys(NORMS, HIDDEN), "pip_tijdig": kpi(80, 100, how="afgerond"), "ontzorging_dekking": words("minder dan 100%")},
            f"Van de {len(NORMS)} normen zijn er 2 niet gehaald; over {len(NORMS) - 2} is niets te zeggen (te weinig personen). "
            "Van wat in procenten te tonen is, ligt het verst van de norm ‘PIP binnen tien weken’ (ongeveer 80%, norm 100%).",
        ),
        (
            {**dict.fromkeys(NORMS, HIDDEN), "pip_tijdig": words("meer dan de helft"), "ontzorging_dekking": words("minder dan een kwart")},
            f"Van de {len(NORMS)} normen is er 1 niet gehaald; over {len(NORMS) - 1} is niets te zeggen (te weinig personen en afgeronde cijfers).",
        ),
    ],
)  # fmt: skip
def test_the_norms_are_tallied(rows, expected):
    assert says.norms({name: kpi(20, 40) for name in ASKED} | rows) == expected


def waiting(pip, relief, handover):
    """Rows of those who wait too long, each with how many there are in the whole group."""
    found = {}
    for name, (row, group) in zip(says.WAITING, (pip, relief, handover), strict=True):
        found |= {name: row, ASKED[name].deel_van: kpi(row["noemer"], group, row["noemer"], how=row["noemer_weergave"])}
    return found


PIP, RELIEF, HANDOVER = (told["more"] for told in says.WAITING.values())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            waiting((kpi(7, 98, 7), 244), (kpi(1, 23, 1), 102), (kpi(0, 26, 0), 111)),
            f"{PIP.format(number=7)} (van 98 zonder PIP), bij 1 persoon uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen (van 23 bij wie het nog niet begon) "
            "en niemand wacht langer dan 90 dagen op de overdracht aan een wijkteam (van 26 die wachten).",
        ),
        # Who has nobody in the group that could wait, is not told of.
        (waiting((kpi(1, 1, 1), 40), (kpi(0, 0, 0), 20), (kpi(0, 0, 0), 0)), f"{says.WAITING['pip_over_termijn']['one']} (van 1 zonder PIP) en {says.WAITING['ontzorging_lang_zonder']['nobody']}."),
        (
            # "20 van 20" would say everybody, and may be 12 of 28.
            waiting((kpi(None, 100, None, how="afgerond", teller="beschermd"), 240), (kpi(20, 50, 20, how="afgerond"), 100), (kpi(20, 20, 20, how="afgerond"), 110)),
            f"Minder dan 10{PIP[8:]} (van ongeveer 100 zonder PIP), {RELIEF.format(number='ongeveer 20')} (van ongeveer 50 bij wie het nog niet begon) en {HANDOVER.format(number='ongeveer 20')}.",
        ),
        (
            waiting((kpi(20, 50, 20, how="afgerond"), 100), (HIDDEN, None), (HIDDEN, None)),
            f"Ongeveer 20{PIP[8:]} (van ongeveer 50 zonder PIP).",
        ),
        # What may not be told is not told: it is named once, where the page ends.
        (waiting(*[(HIDDEN, None)] * 3), ""),
        (waiting(*[(kpi(0, 0, 0), 0)] * 3), ""),
    ],
)  # fmt: skip
def test_who_waits_too_long_comes_first_and_of_how_many(rows, expected):
    assert says.waiting(rows) == expected


def months(*row, **hows):
    return kpi(*row, name="begeleiding_mediaan", **hows)


def routes(*rows):
    return dict(zip(says.ROUTES, rows, strict=True))


@pytest.mark.parametrize(
    ("says_of", "figures", "expected"),
    [
        (says.duration, months(160, 291, 11.86), "In de regimes van 12 maanden is de helft van de perioden van begeleiding na 11,9 maanden beëindigd."),
        (says.duration, months(None, None, 12.0, how="afgerond", teller="weggelaten", noemer="weggelaten"),
         "In de regimes van 12 maanden is de helft van de perioden van begeleiding na ongeveer 12 maanden beëindigd."),
        (says.duration, months(4, 291, None), "Hoe lang de begeleiding duurt, is nog niet te zeggen: van te weinig perioden is het einde al bekend."),
        (says.duration, months(4, 9, 10.0), "Hoe lang de begeleiding duurt, is niet te zeggen: de aantallen zijn te klein."),
        (says.duration, months(None, None, None, how="beschermd"), ""),
        (says.duration, months(0, 0, None), ""),
        (says.over_norm, kpi(4, 40), f"Van de 40 perioden van begeleiding duurde 10% {OVER}."),
        (says.over_norm, kpi(4, 20), f"Van de kleine groep van 20 perioden van begeleiding duurde 20% {OVER}."),
        (says.over_norm, kpi(4, 9), "Over de norm van 24 of 12 maanden is niets te zeggen: er zijn te weinig perioden van begeleiding."),
        (says.over_norm, kpi(0, 0), "Geen periode van begeleiding begon lang genoeg geleden om iets over de norm te zeggen."),
        (says.routes, routes(kpi(24, 40), kpi(4, 40), kpi(12, 40)),
         "Van de 40 personen met een PIP volgt 60% de B1-route, 10% de onderwijsroute en 30% de zelfredzaamheidsroute."),
        (says.routes, routes(kpi(60, 100, how="afgerond"), HIDDEN, kpi(30, 100, how="afgerond")),
         "Van de ongeveer 100 personen met een PIP volgt ongeveer 60% de B1-route en ongeveer 30% de zelfredzaamheidsroute."),
        (says.routes, routes(HIDDEN, HIDDEN, HIDDEN), ""),
        (says.routes, routes(kpi(1, 1), kpi(0, 1), kpi(0, 1)), "Percentages per leerroute zijn niet te geven: de aantallen zijn te klein."),
        (says.routes, routes(*[kpi(0, 0)] * 3), ""),
        # No difference measurable is not the same as no difference shown.
        (says.comparison, {"oordeel": "niet te vergelijken"}, says.NO_DIFFERENCE_MEASURABLE),
        (says.comparison, {"oordeel": "geen verschil aangetoond"}, says.DIFFERENCE["geen verschil aangetoond"]),
    ],
)  # fmt: skip
def test_a_figure_is_told_as_far_as_it_may_be_or_why_not(says_of, figures, expected):
    assert says_of(figures) == expected


ENTERED = "Bij wie in het 4e kwartaal 2022 ging meetellen,"
BEYOND = "dan eerder dat jaar, meer dan door toeval te verklaren is"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([moved("geen oordeel")], "Of iets in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein."),
        ([moved("binnen toeval", name="leerroute_b")], f"{ENTERED} is bij ‘B1-route’ geen verschil met eerder dat jaar aangetoond; de andere kengetallen zijn niet te vergelijken."),
        ([moved("binnen toeval")] * 2, f"{ENTERED} is bij geen enkel kengetal een verschil met eerder dat jaar aangetoond (2 kengetallen vergeleken)."),
        (
            [moved("lager", name="overdracht_gedaan"), moved("hoger", 0.8, 0.5, name="leerroute_b"), moved("hoger", 0.8, 0.5, "afgerond", name="leerroute_z")],
            f"{ENTERED} is ‘Overgedragen binnen 30 dagen’ (50% tegen 80%) lager en zijn ‘B1-route’ (80% tegen 50%) en ‘Zelfredzaamheidsroute’ (ongeveer 80% tegen ongeveer 50%) hoger {BEYOND} (3 kengetallen vergeleken).",
        ),
        # Two shares that differ beyond chance never look the same.
        ([moved("hoger", 0.5039, 0.4961)], f"{ENTERED} is ‘PIP binnen tien weken’ (50,4% tegen 49,6%) hoger {BEYOND} (1 kengetal vergeleken)."),
        # Quarters that differ are not told as one.
        (
            [moved("hoger", 0.8, 0.5, name="leerroute_b"), moved("lager", name="leerroute_o", kwartaal=date(2022, 7, 1))],
            f"Bij wie in het laatste kwartaal met genoeg personen ging meetellen, is ‘Onderwijsroute’ (50% tegen 80%) lager en is ‘B1-route’ (80% tegen 50%) hoger {BEYOND} (2 kengetallen vergeleken).",
        ),
    ],
)  # fmt: skip
def test_changes_beyond_chance_are_named(rows, expected):
    assert says.changes(rows) == expected


REFUSED = {"oordeel": "niet te vergelijken", "reden": "niet vastgelegd"}


def condition(voorwaarde, voldaan, toelichting, waarde=None, drempel=0.8):
    """A row of the question evaluatie_meetbaarheid."""
    return locals()


SMALL_GROUPS = [condition(f"groep_{months}_maanden", False, "Te klein.") for months in (24, 12)]
WHO = "Bij 717 van 1.122 meldingen is vastgelegd wie verwees"


@pytest.mark.parametrize(
    ("row", "conditions", "expected"),
    [
        (REFUSED, [condition("groep_24_maanden", True, "Goed.")], ("niet vastgelegd",)),
        # The reason is that of a condition, which says it already.
        (REFUSED, SMALL_GROUPS, ("Te klein.",)),
        (REFUSED, [condition("verwijzer_bekend", False, f"{WHO}.", 0.639)], (f"{WHO}; nodig is minstens 80%.",)),
        (REFUSED, [condition("statushouder_geregistreerd", False, "Staat er niet in.", 0.0)], ("Staat er niet in.",)),
        ({"oordeel": "meer", "reden": "meer"}, [condition("verwijzer_bekend", True, "Goed.", 0.9)], ()),
    ],
)
def test_what_stands_in_the_way_is_told_once_with_what_is_needed(row, conditions, expected):
    assert says.obstacles(row, conditions) == expected
