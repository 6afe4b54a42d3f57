"""What the page Evaluatie may say: the verdict per condition, and every branch of its titles."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.evaluatie import finding as says

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
