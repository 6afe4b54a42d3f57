"""What the page Evaluatie may say: the verdict per condition, and every branch of its titles."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.evaluatie import words as says

DAY = date(2022, 12, 31)
NOT_COMPARED = {"oordeel": "niet te vergelijken", "reden": "Er zijn geen meldingen van statushouders."}
LESS = {
    "per_100_24": 162.2, "per_100_12": 77.1, "verhouding": 0.475, "ci_laag": 0.446, "ci_hoog": 0.506,
    "oordeel": "minder", "reden": "",
}  # fmt: skip
MORE = LESS | {"per_100_24": 50.0, "per_100_12": 150.0, "verhouding": 3, "ci_laag": 1.8, "ci_hoog": 5.2} | {
    "oordeel": "meer"
}  # fmt: skip
SAME = LESS | {"per_100_24": 50.0, "per_100_12": 60.0, "verhouding": 1.2, "ci_laag": 0.65, "ci_hoog": 2.24} | {
    "oordeel": "geen verschil aangetoond"
}  # fmt: skip


def conditions(**unmet):
    """All conditions met, except those given with their value."""
    met = {
        "statushouder_geregistreerd": (0.98, 0.95),
        "regime_geregistreerd": (0.97, 0.95),
        "verwijzer_bekend": (0.9, 0.8),
        "groep_24_maanden": (167.0, 30.0),
        "groep_12_maanden": (285.0, 30.0),
        "aantoonbaar_verschil": (0.08, 0.1),
    }
    return {
        name: {
            "voorwaarde": name,
            "voldaan": name not in unmet,
            "waarde": unmet.get(name, value),
            "drempel": threshold,
            "toelichting": f"over {name}",
        }
        for name, (value, threshold) in met.items()
    }


def found(comparison=LESS, requests=100, chosen=(), **unmet):
    state = conditions(**unmet)
    # The question itself does not compare when a condition is not met or a filter on persons is set.
    comparison = NOT_COMPARED if unmet or chosen else comparison
    reason = says.obstacle(state, comparison, list(chosen))
    return says.finding(state, comparison, requests, reason)


def regimes(*rows):
    names = ("regime", "personen", "periodes", "mediaan_maanden", "gehuisvest_van", "gehuisvest_tot")
    types = (pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Date, pl.Date)
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


OLD = ("24 maanden", 167, 170, 23.8, date(2018, 1, 2), date(2019, 12, 26))
NEW = ("12 maanden", 171, 176, 11.9, date(2020, 1, 20), date(2021, 12, 29))
NEWEST = ("12 maanden (contract 2022)", 114, 115, None, date(2022, 1, 3), date(2022, 12, 16))


# --- the verdict


def test_without_knowing_who_asks_the_page_says_that_nothing_can_be_told():
    assert found(NOT_COMPARED, statushouder_geregistreerd=0.0, regime_geregistreerd=None) == (
        "Of één jaar begeleiding in plaats van twee nadelig was voor statushouders, is met deze gegevens niet te "
        "zeggen. De wijkteams leggen de hulpvraag vast en niet wie die stelt. Dat er geen verschil te meten is, "
        "betekent niet dat er geen verschil is."
    )


@pytest.mark.parametrize(
    ("unmet", "reason"),
    [
        (
            {"statushouder_geregistreerd": 0.5},
            "Bij 50% van de meldingen is vastgelegd of de vrager statushouder is; ten minste 95% is nodig.",
        ),
        ({"statushouder_geregistreerd": None}, "In deze selectie zijn geen meldingen, dus er is niets te meten."),
        ({"regime_geregistreerd": None}, "Geen enkele melding is als die van een statushouder vastgelegd."),
        (
            {"regime_geregistreerd": 0.0},
            "De wijkteams leggen niet vast hoeveel maanden begeleiding de vrager kreeg.",
        ),
        (
            {"regime_geregistreerd": 0.6},
            "Bij 60% van de meldingen van statushouders is vastgelegd welke duur van begeleiding gold; ten minste 95% "
            "is nodig.",
        ),
        (
            {"verwijzer_bekend": 0.64},
            "Bij 64% van de meldingen is vastgelegd wie verwees; ten minste 80% is nodig.",
        ),
        ({"verwijzer_bekend": 0.0}, "Van geen enkele melding is vastgelegd wie verwees."),
        (
            {"groep_24_maanden": 1.0},
            "De groep met 24 maanden telt 1 persoon; er zijn er ten minste 30 nodig.",
        ),
        (
            {"groep_24_maanden": 6.0, "groep_12_maanden": 7.0, "aantoonbaar_verschil": 0.78},
            "De groep met 24 maanden telt 6 personen en de groep met 12 maanden telt 7 personen; per groep zijn er ten "
            "minste 30 nodig.",
        ),
        (
            {"aantoonbaar_verschil": 0.1366},
            "De groepen zijn te klein: pas een verschil van 13,7 procentpunt zou opvallen, en nodig is 10 procentpunt "
            "of minder.",
        ),
    ],
)
def test_every_unmet_condition_keeps_the_verdict_away_and_says_why(unmet, reason):
    words = found(LESS, **unmet)
    assert words.startswith(f"{says.QUESTION}, is met deze gegevens niet te zeggen. {reason} ")
    assert words.endswith(says.NOT_MEASURED_IS_NOT_NONE)
    assert "77,1" not in words


def test_registration_goes_before_the_size_of_the_groups():
    words = found(NOT_COMPARED, statushouder_geregistreerd=0.0, groep_24_maanden=3.0, verwijzer_bekend=0.1)
    assert "niet wie die stelt" in words
    assert "3 personen" not in words


def test_a_filter_on_persons_keeps_the_verdict_away_because_the_requests_do_not_follow_it():
    words = found(LESS, chosen=["‘Doelgroep’", "‘Wet’"])
    assert "is met deze filters niet te zeggen" in words
    assert "Het filter op ‘Doelgroep’ en ‘Wet’ verandert de groepen en niet de meldingen" in words


def test_what_the_question_itself_refuses_is_not_compared_either():
    assert NOT_COMPARED["reden"] in found(NOT_COMPARED)


def test_fewer_requests_are_not_told_as_proof_that_nothing_was_lost():
    assert found(LESS) == (
        "Per 100 personen kwamen er minder meldingen onder 12 maanden begeleiding dan onder 24 maanden: 77,1 tegen "
        "162,2. Dat verschil is groter dan toeval, als elke melding op zichzelf staat. Dat de kortere begeleiding geen "
        "nadeel had, is daarmee niet gezegd: wie 24 maanden kreeg, kwam eerder en had meer tijd om hulp te vragen."
    )


def test_more_requests_are_not_told_as_caused_by_the_shorter_begeleiding():
    words = found(MORE)
    assert words.startswith("Per 100 personen kwamen er meer meldingen onder 12 maanden")
    assert words.endswith(says.OTHER_YEARS)


def test_no_difference_shown_is_not_told_as_no_difference():
    assert found(SAME) == (
        "Een verschil is niet aangetoond: 60,0 tegen 50,0 meldingen per 100 personen (12 tegen 24 maanden "
        "begeleiding). Dat is iets anders dan geen verschil: bij deze cijfers past alles van 0,65 tot 2,24 keer zoveel "
        "meldingen onder 12 maanden."
    )


def test_nobody_and_nothing_in_the_selection():
    words = found(
        NOT_COMPARED, 0, statushouder_geregistreerd=None, groep_24_maanden=0.0, groep_12_maanden=0.0,
        aantoonbaar_verschil=None,
    )  # fmt: skip
    assert words == says.NOBODY


@pytest.mark.parametrize(
    ("reason", "comparison", "here"),
    [
        ("Te klein.", LESS, "Hier geldt: geen verschil meetbaar."),
        ("", SAME, "Hier geldt: geen verschil aangetoond."),
        ("", MORE, "Hier geldt geen van beide: er is een verschil gemeten dat groter is dan toeval."),
    ],
)
def test_not_measurable_and_not_shown_are_kept_apart(reason, comparison, here):
    words = says.meaning(reason, comparison)
    assert words.startswith(says.MEANING)
    assert words.endswith(here)


def test_filters_on_persons_are_named_and_those_on_area_and_day_are_not():
    chosen = queries.Selection(
        stadsdelen=("Noord",), wijkteams=("Oost",), peildatum=DAY, doelgroepen=("x",), huisvesting_tot=DAY
    )
    assert says.person_filters(chosen) == ["‘Doelgroep’", "‘Gehuisvest vóór’"]
    assert says.person_filters(queries.Selection(stadsdelen=("Noord",), peildatum=DAY)) == []


def test_every_filter_on_persons_counts():
    every = queries.Selection(
        doelgroepen=("x",), wetten=("x",), cohorten=(2022,), huisvesting_van=DAY, huisvesting_tot=DAY
    )
    assert len(says.person_filters(every)) == 5


def test_what_the_requests_follow_is_said_with_and_without_a_filter():
    assert says.follow_words([]) == says.FOLLOW
    words = says.follow_words(["‘Wet’"])
    assert words == f"U filtert op ‘Wet’: dat verandert de groepen, maar niet de meldingen. {says.FOLLOW}"


def test_whose_requests_are_counted_depends_on_what_is_registered():
    assert says.asker_words(conditions()) == says.ASKER_KNOWN
    assert says.asker_words(conditions(statushouder_geregistreerd=0.0)) == says.ASKER_UNKNOWN


def test_with_an_area_the_caution_is_that_residents_and_requests_may_differ():
    assert says.OTHER_AREA not in says.cautions(queries.Selection())
    assert says.cautions(queries.Selection(wijkteams=("Oost",)))[-1] == says.OTHER_AREA


# --- what can and cannot be said


def test_what_can_be_said_is_the_groups_the_durations_and_the_requests():
    assert says.can_say(conditions(), regimes(OLD, NEW, NEWEST), 1122, "Te klein.") == [
        "Hoe groot de groepen zijn: 167 personen met 24 maanden en 285 personen met 12 maanden begeleiding.",
        "Na hoeveel tijd de helft van de begeleiding was beëindigd: 23,8 maanden bij ‘24 maanden’, 11,9 maanden bij "
        "‘12 maanden’ en nog niet bereikt bij ‘12 maanden (contract 2022)’.",
        "Hoeveel meldingen de wijkteams kregen (1.122), waarover ze gingen en hoe vaak er een begeleidingstraject "
        "begon.",
    ]


def test_the_comparison_can_be_said_only_when_nothing_stands_in_its_way():
    words = "Of er per 100 personen meer of minder meldingen kwamen onder 12 dan onder 24 maanden."
    assert words in says.can_say(conditions(), regimes(OLD), 5, "")
    assert words not in says.can_say(conditions(), regimes(OLD), 5, "Te klein.")


def test_with_nobody_and_nothing_there_is_nothing_to_say():
    assert says.can_say(conditions(), regimes(), 0, "Te klein.") == [
        "In deze selectie is er niemand met begeleiding en zijn er geen meldingen."
    ]


def test_the_cause_is_never_among_what_can_be_said():
    for reason in ("", "Te klein."):
        assert any("door de kortere begeleiding komt" in sentence for sentence in says.cannot_say(reason))
    assert "Te klein." in says.cannot_say("Te klein.")[0]
    assert len(says.cannot_say("")) == 2


# --- tiles and tables


def test_the_tiles_count_the_conditions():
    state = conditions(aantoonbaar_verschil=0.1366, verwijzer_bekend=0.5)
    first, old, new, smallest, requests = says.tiles(state, 1122, date(2020, 1, 1), "Te klein.", [])
    assert (first.value, first.verdict[0]) == ("4 van 6", "Niet te vergelijken")
    assert (old.value, new.value, old.verdict[0]) == ("167 personen", "285 personen", "Groot genoeg")
    assert (smallest.value, smallest.verdict[0]) == ("13,7 procentpunt", "Te grof")
    assert (requests.value, requests.basis) == ("1.122", "sinds januari 2020; meldingen, geen personen")


def test_the_first_tile_says_whether_it_can_be_compared():
    assert says.tiles(conditions(), 1, DAY, "", [])[0].verdict[0] == "Te vergelijken"
    assert says.tiles(conditions(), 1, DAY, "Filter.", ["‘Wet’"])[0].verdict[0] == "Niet met deze filters"


def test_without_groups_and_requests_the_tiles_say_so():
    state = conditions(groep_24_maanden=0.0, groep_12_maanden=0.0, aantoonbaar_verschil=None)
    tiles = says.tiles(state, 0, None, "Niets.", [])
    assert (tiles[3].value, tiles[3].verdict[0]) == ("—", "Niet te meten")
    assert tiles[4].basis == "geen in deze selectie"


def test_a_condition_is_met_or_not_in_words_and_a_sign_with_value_threshold_and_sentence():
    state = conditions(statushouder_geregistreerd=0.0, regime_geregistreerd=None, aantoonbaar_verschil=0.1366)
    table = says.condition_table(pl.DataFrame(list(state.values()), infer_schema_length=None))
    assert table.columns == ["voorwaarde", "uitkomst", "gemeten", "nodig", "toelichting"]
    assert [row[1:4] for row in table.rows()] == [
        ("✕ niet voldaan", "0%", "ten minste 95%"),
        ("✕ niet voldaan", "niet te meten", "ten minste 95%"),
        ("✓ voldaan", "90%", "ten minste 80%"),
        ("✓ voldaan", "167 personen", "ten minste 30 personen"),
        ("✓ voldaan", "285 personen", "ten minste 30 personen"),
        ("✕ niet voldaan", "13,7 procentpunt", "hoogstens 10 procentpunt"),
    ]
    assert table["toelichting"][0] == "over statushouder_geregistreerd"


def test_every_condition_of_the_question_has_its_words(snapshots_in_use):
    asked = queries.run("evaluatie_meetbaarheid", queries.Selection(), queries.open_database(snapshots_in_use))
    assert asked["voorwaarde"].to_list() == list(says.CONDITIONS)


@pytest.mark.parametrize(
    ("unmet", "title"),
    [
        ({}, "Aan alle 6 voorwaarden voor een vergelijking is voldaan"),
        ({"verwijzer_bekend": 0.1}, "Aan 5 van de 6 voorwaarden voor een vergelijking is voldaan"),
        (dict.fromkeys(says.CONDITIONS, 0.0), "Aan geen van de 6 voorwaarden voor een vergelijking is voldaan"),
    ],
)
def test_the_title_counts_the_conditions(unmet, title):
    assert says.conditions_title(conditions(**unmet)) == title


def test_a_sentence_in_a_narrow_cell_keeps_its_words_and_some_of_them_together():
    words = says.in_few_lines("Bij 717 van 1122 meldingen is vastgelegd wie verwees.")
    assert words.replace("\N{NO-BREAK SPACE}", " ") == "Bij 717 van 1122 meldingen is vastgelegd wie verwees."
    assert 1 <= words.count(" ") <= 2


# --- the comparison


def test_the_rates_and_their_ratio_stand_in_tiles():
    counted = pl.DataFrame({"regime": ["24 maanden", "12 maanden"], "meldingen": [270, 1], "personen": [167, 285]})
    old, new, ratio = says.rate_tiles(LESS, counted)
    assert (old.value, old.basis) == ("162,2", "270 meldingen · 167 personen")
    assert (new.value, new.basis) == ("77,1", "1 melding · 285 personen")
    assert (ratio.value, ratio.basis) == ("0,48", "95%-interval: 0,45 tot 0,51")


def test_without_requests_under_24_months_the_ratio_has_no_upper_bound():
    endless = MORE | {"verhouding": None, "ci_hoog": None, "ci_laag": 8.1}
    assert says.ratio_words(endless["verhouding"]) == "—"
    assert says.interval_words(endless) == "vanaf 8,10"


@pytest.mark.parametrize(
    ("comparison", "title"),
    [
        (MORE, "Meer meldingen per 100 personen onder 12 maanden dan onder 24 maanden"),
        (LESS, "Minder meldingen per 100 personen onder 12 maanden dan onder 24 maanden"),
        (SAME, "Geen verschil aangetoond: het verschil kan toeval zijn"),
    ],
)
def test_the_title_of_the_comparison_follows_from_the_interval(comparison, title):
    assert says.comparison_title(comparison) == title


# --- the titles of the charts


def test_the_groups_are_different_years_when_they_do_not_overlap():
    size = "167 personen met 24 maanden en 285 personen met 12 maanden begeleiding"
    assert says.regimes_title(regimes(OLD, NEW, NEWEST), conditions()) == f"De groepen kwamen in andere jaren: {size}"
    assert says.regimes_title(regimes(OLD), conditions()) == size
    assert says.regimes_title(regimes((*OLD[:4], None, None), NEW), conditions()) == size
    overlapping = (*NEW[:4], date(2019, 12, 26), NEW[5])
    assert says.regimes_title(regimes(OLD, overlapping), conditions()) == size
    assert says.regimes_title(regimes(), conditions()) == "Geen groepen om te vergelijken"


def months(*numbers):
    rows = [(date(2022, month, 1), number, 0) for month, number in enumerate(numbers, start=1)]
    return pl.DataFrame(rows, schema=["maand", "hulpvragen", "trajecten"], orient="row")


@pytest.mark.parametrize(
    ("numbers", "peildatum", "title"),
    [
        ((5, 9, 1), date(2022, 3, 31), "1 melding in maart 2022; het hoogste aantal was 9, in februari 2022"),
        ((5, 9), date(2022, 2, 28), "9 meldingen in februari 2022, het hoogste aantal tot dan toe"),
        ((5,), date(2022, 1, 31), "5 meldingen in januari 2022"),
        (
            (5, 2),
            date(2022, 2, 10),
            "2 meldingen in februari 2022 (tot en met 10 februari 2022); het hoogste aantal was 5, in januari 2022",
        ),
        ((), DAY, "Meldingen per maand"),
    ],
)
def test_the_last_month_is_told_beside_the_highest_and_as_unfinished_when_it_is(numbers, peildatum, title):
    assert says.months_title(months(*numbers), peildatum) == title


def requests(column, **numbers):
    return pl.DataFrame(
        {column: list(numbers), "aantal": list(numbers.values())}, schema={column: pl.String, "aantal": pl.Int64}
    )


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        ({"Oost": 12, "Centrum": 8}, "De meeste meldingen kwamen bij Oost (12 van 20)"),
        ({"Oost": 8, "Centrum": 8}, "De meeste meldingen kwamen bij Oost en Centrum (elk 8 van 16)"),
        ({"Oost": 12}, "Alle 12 meldingen kwamen bij Oost"),
        ({"Oost": 1}, "Meldingen per wijkteam: 1 melding, te weinig om er één uit te lichten"),
        ({}, "Meldingen per wijkteam"),
    ],
)
def test_the_wijkteam_with_most_requests_is_told_from_ten_requests(numbers, title):
    assert says.teams_title(requests("wijkteam", **numbers)) == title


def test_the_topic_counts_questions_and_trajectories_together():
    topics = pl.DataFrame({"hulpvraag": ["Wonen", "Overig"], "hulpvragen": [3, 6], "trajecten": [9, 0]})
    assert says.topics_title(topics) == "De meeste meldingen gingen over Wonen (12 van 18)"
    assert says.topics_title(topics.clear()) == "Onderwerpen van de meldingen"


def shares(*rows):
    columns = {"kwartaal": pl.Date, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    return pl.DataFrame(rows, schema=columns, orient="row")


def test_the_share_of_trajectories_is_that_of_the_latest_quarter_with_enough_requests():
    frame = shares((date(2022, 1, 1), 3, 12, 0.25), (date(2022, 4, 1), 1, 9, None))
    assert says.traject_title(frame) == (
        "In het 1e kwartaal 2022 was 25% van de meldingen een begeleidingstraject (3 van 12)"
    )
    assert says.traject_title(frame.tail(1)) == (
        "Begeleidingstrajecten: in elk kwartaal te weinig meldingen voor een percentage"
    )


def test_zelforganisaties_are_told_of_the_known_referrers():
    assert says.zelforganisatie_title(shares((date(2022, 10, 1), 9, 73, 9 / 73))) == (
        "Zelforganisaties verwezen 9 van de 73 meldingen met een bekende verwijzer (12%) in het 4e kwartaal 2022"
    )
    assert "verwezen geen van de 20 meldingen" in says.zelforganisatie_title(shares((DAY, 0, 20, 0.0)))
    assert says.zelforganisatie_title(shares((DAY, 1, 2, None))) == (
        "Zelforganisaties: in elk kwartaal te weinig bekende verwijzers voor een percentage"
    )


def test_diversity_is_told_of_the_latest_quarter_with_enough_requests():
    frame = pl.DataFrame({"kwartaal": [date(2022, 7, 1), date(2022, 10, 1)], "diversiteit": [5.52, None]})
    assert says.diversity_title(frame) == "Zo gevarieerd als 5,5 onderwerpen die even vaak voorkomen (3e kwartaal 2022)"
    assert says.diversity_title(frame.tail(1)) == "Hoe gevarieerd: in elk kwartaal te weinig meldingen voor een getal"


@pytest.mark.parametrize(
    ("numbers", "title"),
    [
        (
            {"School": 12, "Niet geregistreerd": 30},
            "Wie verwees, is vastgelegd bij 12 van de 42 meldingen; het vaakst School (12)",
        ),
        (
            {"School": 6, "Huisarts": 6},
            "Wie verwees, is vastgelegd bij 12 van de 12 meldingen; het vaakst School en Huisarts (elk 6)",
        ),
        ({"School": 2, "Niet geregistreerd": 30}, "Wie verwees, is vastgelegd bij 2 van de 32 meldingen"),
        ({"Niet geregistreerd": 30}, "Wie verwees, is bij geen enkele melding vastgelegd"),
        ({}, "Wie verwees"),
    ],
)
def test_how_many_referrers_are_registered_goes_before_who_they_are(numbers, title):
    assert says.referrers_title(requests("verwijzer", **numbers)) == title


def test_the_toezegging_comes_from_the_register():
    register = queries.commitments()
    assert says.commitment(register) == (
        "Deze pagina hoort bij toezegging BAZ 2022/48297: Evaluatie van de kortere maatschappelijke begeleiding. "
        "Stand: Afgedaan. Afgedaan met de informatienota van 25 april 2022."
    )
    dated = register.with_columns(datum=pl.lit(date(2022, 3, 1)), toelichting=pl.lit(None, pl.String))
    assert "BAZ 2022/48297 van 1 maart 2022:" in says.commitment(dated)
    assert says.commitment(register.clear()) == says.NO_COMMITMENT


# --- published figures: rounded, and some too small to show


def rounded(row, *names):
    """A row with, beside the columns named, how each figure is shown: None is too small to show."""
    return row | {f"{name}_weergave": "beschermd" if row[name] is None else "afgerond" for name in names}


def published_conditions(**changed):
    """The conditions as they are published, with the values given."""
    state = conditions(**changed)
    return {name: rounded(row, "waarde") for name, row in state.items()}


RATES = ("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog")
ABOUT_LESS = rounded(LESS, *RATES)


def published_frame(*rows, **kinds):
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    figures = [name for name, kind in kinds.items() if kind in (pl.Int64, pl.Float64)]
    return frame.with_columns(
        pl.when(pl.col(name).is_null())
        .then(pl.lit("beschermd"))
        .otherwise(pl.lit("afgerond"))
        .alias(f"{name}_weergave")
        for name in figures
    )


def published_shares(*rows):
    return published_frame(*rows, kwartaal=pl.Date, teller=pl.Int64, noemer=pl.Int64, waarde=pl.Float64)


def test_rounded_rates_are_told_as_about_so_much_and_without_decimals():
    words = says.finding(
        published_conditions(), ABOUT_LESS, None, says.obstacle(published_conditions(), ABOUT_LESS, [])
    )
    assert words.startswith(
        "Per 100 personen kwamen er minder meldingen onder 12 maanden begeleiding dan onder 24 maanden: ongeveer 77 "
        "tegen 162."
    )


def test_rounded_no_difference_is_about_so_much_as_well():
    same = rounded(SAME, *RATES)
    words = says.finding(published_conditions(), same, None, "")
    assert "ongeveer 60 tegen 50 meldingen per 100 personen" in words
    assert "past alles van ongeveer 0,65 tot 2,24 keer" in words


@pytest.mark.parametrize("rate", [None, 0.0])
def test_a_rate_of_too_few_requests_to_show_is_not_compared(rate):
    few = rounded(LESS | {"per_100_24": rate}, *RATES)
    reason = says.obstacle(published_conditions(), few, [])
    assert reason == "De aantallen meldingen zijn te klein om te tonen."
    assert "niet te zeggen" in says.finding(published_conditions(), few, None, reason)


def test_an_exact_rate_of_0_is_compared():
    assert says.obstacle(conditions(), MORE | {"per_100_24": 0.0}, []) == ""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (
            {"verwijzer_bekend": 0.64},
            "Bij ongeveer 64% van de meldingen is vastgelegd wie verwees; ten minste 80% is nodig.",
        ),
        ({"verwijzer_bekend": 0.0}, "over verwijzer_bekend"),
        ({"regime_geregistreerd": None}, "over regime_geregistreerd"),
        (
            {"groep_24_maanden": None},
            "De groep met 24 maanden telt minder dan 10 personen; er zijn er ten minste 30 nodig.",
        ),
        (
            {"groep_24_maanden": 10.0, "groep_12_maanden": 20.0},
            "De groep met 24 maanden telt ongeveer 10 personen en de groep met 12 maanden telt ongeveer 20 personen; "
            "per groep zijn er ten minste 30 nodig.",
        ),
        (
            {"aantoonbaar_verschil": 0.14},
            "De groepen zijn te klein: pas een verschil van ongeveer 14 procentpunt zou opvallen, en nodig is 10 "
            "procentpunt of minder.",
        ),
        ({"aantoonbaar_verschil": None}, "De groepen zijn te klein om een verschil te zien."),
    ],
)
def test_of_published_conditions_a_rounded_0_is_never_told_as_none(changed, reason):
    assert says.obstacle(published_conditions(**changed), NOT_COMPARED, []) == reason


def test_a_published_selection_without_a_number_is_not_told_as_nobody():
    state = published_conditions(groep_24_maanden=None, groep_12_maanden=None, statushouder_geregistreerd=0.0)
    assert says.NOBODY not in says.finding(state, NOT_COMPARED, None, "Te klein.")


def test_published_conditions_in_the_table_are_numbers_or_words():
    state = published_conditions(
        statushouder_geregistreerd=0.0, regime_geregistreerd=None, groep_24_maanden=None, aantoonbaar_verschil=0.14
    )
    table = says.condition_table(pl.DataFrame(list(state.values()), infer_schema_length=None))
    assert table["gemeten"].to_list() == [
        "0%",
        "niet te meten",
        "90%",
        "<10 personen",
        "285 personen",
        "14 procentpunt",
    ]
    left_out = state["regime_geregistreerd"] | {"waarde_weergave": "weggelaten"}
    assert says.measured(left_out) == "niet getoond"


LATEST = rounded({"kwartaal": date(2022, 10, 1), "meldingen": 110, "trajecten": None}, "meldingen", "trajecten")


def test_the_published_tiles_take_the_requests_from_the_latest_quarter():
    state = published_conditions(groep_24_maanden=None, aantoonbaar_verschil=0.14)
    _, old, new, smallest, requests = says.tiles(state, None, date(2020, 1, 1), "Te klein.", [], LATEST)
    assert (old.value, old.verdict[0]) == ("<10 personen", "Te klein")
    assert new.value == "285 personen"
    assert smallest.value == "14 procentpunt"
    assert (requests.value, requests.basis) == ("110", "in het 4e kwartaal 2022; meldingen, geen personen")
    few = says.tiles(state, None, None, "Te klein.", [], LATEST | {"meldingen_weergave": "beschermd"})
    assert few[-1].value == "<10"


def test_what_can_be_said_of_published_figures_leaves_out_what_is_too_small():
    kinds = {"regime": pl.String, "mediaan_maanden": pl.Float64}
    frame = published_frame(("24 maanden", 24.0), ("12 maanden", None), **kinds)
    said = says.can_say(published_conditions(groep_24_maanden=None), frame, None, "Te klein.")
    assert said == [
        "Hoe groot de groepen zijn: minder dan 10 personen met 24 maanden en ongeveer 285 personen met 12 maanden "
        "begeleiding.",
        "Na hoeveel tijd de helft van de begeleiding was beëindigd: ongeveer 24 maanden bij ‘24 maanden’.",
        "Hoeveel meldingen de wijkteams per kwartaal ongeveer kregen, waarover ze gingen en hoe vaak er een "
        "begeleidingstraject begon, voor zover die aantallen 10 of meer zijn.",
    ]
    not_reached = frame.tail(1).with_columns(mediaan_maanden_weergave=pl.lit("afgerond"))
    assert "nog niet bereikt bij ‘12 maanden’" in says.can_say(published_conditions(), not_reached, None, "")[2]
    assert len(says.can_say(published_conditions(), frame.tail(1), None, "Te klein.")) == 2


def test_the_published_groups_have_no_days_and_no_conclusion_from_them():
    hidden = regimes(OLD, NEW).with_columns(
        pl.lit(None, pl.Date).alias("gehuisvest_van"), gehuisvest_van_weergave=pl.lit("weggelaten")
    )
    assert says.regimes_title(hidden, published_conditions(groep_24_maanden=None)) == (
        "Minder dan 10 personen met 24 maanden en ongeveer 285 personen met 12 maanden begeleiding"
    )
    assert says.regimes_words(hidden) == f"{says.NOT_HOUSED} {says.REGIMES}"
    assert says.regimes_words(regimes(OLD)) == f"{says.HOUSED} {says.REGIMES}"


def test_rounded_rates_stand_in_tiles_without_decimals_and_their_counts_as_they_may_be_shown():
    kinds = {"regime": pl.String, "meldingen": pl.Int64, "personen": pl.Int64}
    counted = published_frame(("24 maanden", 270, 170), ("12 maanden", None, 290), **kinds)
    old, new, ratio = says.rate_tiles(ABOUT_LESS, counted)
    assert (old.value, old.basis) == ("162", "270 meldingen · 170 personen")
    assert (new.value, new.basis) == ("77", "<10 meldingen · 290 personen")
    assert ratio.value == "0,48"
    assert says.comparison_notation(ABOUT_LESS)["per_100_24"](162.41) == "162"
    assert "per_100_24" not in says.comparison_notation(LESS)


def test_that_the_interval_does_not_know_of_the_rounding_is_said():
    assert says.INTERVAL_ROUNDED in says.ratio_drawn(ABOUT_LESS)
    assert says.INTERVAL in says.ratio_drawn(LESS)
    assert says.cautions(queries.Selection(), ABOUT_LESS)[-1] == says.ROUNDED
    assert says.ROUNDED not in says.cautions(queries.Selection(), LESS)


def published_quarters(*numbers):
    starts = pl.date_range(date(2022, 1, 1), date(2022, 10, 1), "1q", eager=True).to_list()
    rows = zip(starts, numbers, strict=False)
    return published_frame(*rows, kwartaal=pl.Date, meldingen=pl.Int64)


@pytest.mark.parametrize(
    ("numbers", "peildatum", "title"),
    [
        (
            (70, 110, 90),
            date(2022, 9, 30),
            "Ongeveer 90 meldingen in het 3e kwartaal 2022; in eerdere kwartalen waren het er ongeveer 70 tot 110",
        ),
        (
            (80, 80),
            date(2022, 6, 30),
            "Ongeveer 80 meldingen in het 2e kwartaal 2022; in eerdere kwartalen waren het er ongeveer 80",
        ),
        (
            (None, 20, 10),
            date(2022, 9, 30),
            "Ongeveer 10 meldingen in het 3e kwartaal 2022; in eerdere kwartalen waren het er hoogstens ongeveer 20",
        ),
        (
            (10, None),
            date(2022, 5, 31),
            "Minder dan 10 meldingen in het 2e kwartaal 2022 (tot en met 31 mei 2022); in eerdere kwartalen waren het "
            "er ongeveer 10",
        ),
        ((None, None), date(2022, 6, 30), "Minder dan 10 meldingen in het 2e kwartaal 2022"),
        ((1230,), date(2022, 3, 31), "Ongeveer 1.230 meldingen in het 1e kwartaal 2022"),
    ],
)
def test_the_latest_published_quarter_is_told_beside_the_earlier_ones(numbers, peildatum, title):
    assert says.over_time_title(published_quarters(*numbers), peildatum) == title


def test_exact_requests_over_time_are_told_per_month():
    assert says.over_time_title(months(5), date(2022, 1, 31)) == says.months_title(months(5), date(2022, 1, 31))
    assert says.over_time_words(months(5)) == says.PER_MONTH
    assert says.over_time_words(published_quarters(10)) == says.PER_QUARTER


Q3, Q4 = date(2022, 7, 1), date(2022, 10, 1)


@pytest.mark.parametrize(
    ("row", "trajects", "zelforganisaties"),
    [
        (
            (Q4, 20, 110, 0.18),
            "In het 4e kwartaal 2022 was ongeveer 18% van de meldingen een begeleidingstraject (20 van 110)",
            "Zelforganisaties verwezen ongeveer 20 van de 110 meldingen met een bekende verwijzer (18%) in het 4e "
            "kwartaal 2022",
        ),
        (
            (Q4, 10, 10, None),
            "Begeleidingstrajecten in het 4e kwartaal 2022: te klein om te tonen",
            "Verwijzingen door zelforganisaties in het 4e kwartaal 2022: te klein om te tonen",
        ),
        (
            (Q4, None, None, None),
            "Begeleidingstrajecten in het 4e kwartaal 2022: te klein om te tonen",
            "Verwijzingen door zelforganisaties in het 4e kwartaal 2022: te klein om te tonen",
        ),
    ],
)
def test_a_published_share_is_that_of_the_latest_quarter_also_when_it_is_too_small(row, trajects, zelforganisaties):
    """An earlier quarter that may be shown is not told in its place: those are the high ones."""
    frame = published_shares((Q3, 40, 100, 0.4), row)
    assert says.traject_title(frame) == trajects
    assert says.zelforganisatie_title(frame) == zelforganisaties


def test_what_shares_there_are_is_said_as_it_is():
    shown = published_shares((Q3, 40, 100, 0.4), (Q4, None, 70, None))
    assert says.shares_words(shown) == says.SHARES_PUBLISHED
    assert says.shares_words(shown.tail(1)) == says.NO_SHARES
    assert says.shares_words(shares((Q4, 3, 12, 0.25))) == says.SHARES


def test_of_published_counts_none_is_picked_as_the_highest():
    asked = published_frame(("Wonen", Q4, 30), hulpvraag=pl.String, kwartaal=pl.Date, hulpvragen=pl.Int64)
    assert says.topics_title(asked) == "Hulpvragen naar onderwerp, per kwartaal"
    assert says.topics_words(asked) == says.TOPICS_PER_QUARTER
    per_month = published_frame(("Alle wijkteams", 30), wijkteam=pl.String, aantal=pl.Int64)
    assert says.teams_title(per_month) == "Meldingen per wijkteam"
    assert says.why_empty(per_month, says.NO_TEAMS) == says.NO_TEAMS
    assert says.why_empty(per_month.clear(), says.NO_TEAMS) == says.NO_REQUESTS


def test_how_often_the_referrer_is_registered_comes_from_its_condition_where_counts_may_not_be_added_up():
    counted = published_frame(("School", 10), ("Niet geregistreerd", 40), verwijzer=pl.String, aantal=pl.Int64)
    known = published_conditions(verwijzer_bekend=0.63)["verwijzer_bekend"]
    assert says.referrers_title(counted, known) == "Bij ongeveer 63% van de meldingen is vastgelegd wie verwees"
    for few in (None, 0.0):
        known = published_conditions(verwijzer_bekend=few)["verwijzer_bekend"]
        assert says.referrers_title(counted, known) == "Wie verwees, per kwartaal"


def test_what_is_not_drawn_is_named():
    assert says.left_out([]) == ""
    assert says.left_out(["School", "Overig"]) == " In elk kwartaal te klein om te tonen: School en Overig."


def test_published_requests_follow_other_filters():
    assert says.follow_words([], None) == says.FOLLOW_PUBLISHED
    assert says.n(None) == ""
