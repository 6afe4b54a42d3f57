"""A publication: the rounding and its thresholds, what is refused, and that it is whole or not there."""

import hmac
import os
import re
import resource
import shutil
import stat
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from unittest import mock

import polars as pl
import pytest

from data import contract
from data.demo import municipality
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries import INDICATOREN, QUESTIONS, Selection, computed, sql
from queries.database import reference
from queries.definitions.columns import (
    AANDELEN,
    AFGEROND,
    BESCHERMD,
    DUREN,
    TELLINGEN,
    WEGGELATEN,
    figures,
    weergave_van,
)
from queries.definitions.words import WORDS
from queries.openbaar import protect
from queries.openbaar import publish as publication
from queries.openbaar import register as publicatie_register
from queries.openbaar.attack import solver
from queries.openbaar.attack.puzzle import Version
from queries.openbaar.publication import Publication, PublicationManifest
from queries.openbaar.rules import (
    DELEN,
    LIJSTEN,
    NIET_OPENBAAR,
    REGELS,
    SHARES,
    STAD,
    ZINNEN,
    Plaats,
    Selectie,
    selecties,
)
from queries.openbaar.words import BEHIND
from tests import command, towns
from tests.data.conftest import contents_of
from tests.queries.conftest import PEILDATUM, person, write_snapshot

SALT = "een zout voor proeven, lang genoeg om te mogen"


# ------------------------------------------------------------------------------------------------- the rounding


def rounded(records: list[str]) -> int:
    """The number that a set of records gets, computed apart from the product: up when u < r / 10."""

    def key(text: str) -> int:
        return int.from_bytes(hmac.digest(SALT.encode(), text.encode(), "sha256")[:8])

    count = len(records)
    u = key(f"cel|{sum(map(key, records)) % 2**64}") / 2**64
    return count - count % 10 + (10 if u < count % 10 / 10 else 0)


def persons(*numbers: int) -> list[str]:
    return [f"persoon|{person(number)}" for number in numbers]


def begun(numbers: Iterable[int], day: str = "2022-01-03", **columns) -> list[dict]:
    """Persons whose PIP is waited for since a day."""
    term = {"datum_kennisgeving": day, "datum_inschrijving_brp": day}
    return [{"inburgeraar_id": person(number)} | term | columns for number in numbers]


@pytest.fixture
def protected_town(tmp_path_factory):
    """Make an engine in the view openbaar from rows: protected_town(inburgeraar=[...])."""

    def make(**tables) -> protect.Protected:
        return protect.Protected(write_snapshot(tmp_path_factory.mktemp("stad"), tables, PEILDATUM), SALT)

    return make


def shown_of(question: str, engine: protect.Protected) -> pl.DataFrame:
    return protect.protected(question, STAD, protect.answered(question, STAD, engine))


def asked(engine: protect.Protected, expression: str) -> object:
    return engine.ask(f"select {expression} as gevraagd", Selection())["gevraagd"].item()


def test_a_count_is_rounded_by_the_keys_of_its_records(protected_town):
    """As a computation apart from the product has it: persons, periods (by their first day) and requests."""
    periods = {person(number): f"2022-02-{number:02d}" for number in range(1, 18)}
    engine = protected_town(
        inburgeraar=begun(range(1, 38), datum_inschrijving_brp=None),
        begeleiding=[{"inburgeraar_id": who, "datum_start": day} for who, day in periods.items()],
        melding=[{"melding_id": f"m-{n}", "datum_melding": "2022-11-02"} for n in range(13)],
    )
    frame = protect.answered("pip_status", STAD, engine).filter(doelgroep="Asielstatushouder")
    found = {"Termijn niet gestart": rounded(persons(*range(1, 38)))}
    assert dict(frame.select("status", "aantal").rows()) == dict.fromkeys(LIJSTEN["pip_status"], 0) | found
    frame = protect.answered("begeleiding_duur", STAD, engine).filter(regime="12 maanden (contract 2022)")
    running = rounded([f"periode|{who}|{day}" for who, day in periods.items()])
    assert frame.select("periodes", "lopend", "beeindigd").rows() == [(running, running, 0)]
    frame = protect.answered("melding_traject", STAD, engine)
    assert frame["noemer"].to_list() == [rounded([f"melding|m-{n}" for n in range(13)])]


def test_the_same_records_get_the_same_number_in_every_question_and_selection(protected_town):
    engine = protected_town(inburgeraar=begun(range(1, 28), datum_inschrijving_brp=None))
    expected = rounded(persons(*range(1, 28)))
    for selectie in (STAD, Selectie("stadsdeel", "Centrum"), Selectie("doelgroep", "Asielstatushouder")):
        zonder = protect.answered("kpi", selectie, engine).filter(pl.col("indicator") == "pip_zonder")
        assert zonder["teller"].item() == zonder["noemer"].item() == expected
        assert protect.answered("leerroute_verdeling", selectie, engine)["aantal"].max() == expected


def test_a_part_of_the_city_is_its_stadsdelen_together_and_not_split(protected_town):
    places = {"WK039207": range(1, 15), "WK039218": range(15, 38), "WK039201": range(38, 50)}
    engine = protected_town(inburgeraar=[row for code, who in places.items() for row in begun(who, wijkcode=code)])
    east, other = DELEN
    assert [(east.naam, east.filters), other.naam] == [
        ("Oost + Schalkwijk", Selection(stadsdelen=("Oost", "Schalkwijk"))),
        "Centrum + Zuid-West + Noord",
    ]
    for deel, who in ((east, range(1, 38)), (other, range(38, 50))):
        routes = protect.answered("leerroute_verdeling", deel, engine).filter(leerroute="Nog geen PIP")
        assert routes.rows() == [(deel.naam, "Alle doelgroepen", "Nog geen PIP", rounded(persons(*who)))]
    # Of wijkteams and of stadsdelen in it nothing more is told than for the city.
    areas = protect.protected("kpi_per_gebied", east, protect.answered("kpi_per_gebied", east, engine))
    assert set(areas["noemer_weergave"]) == {WEGGELATEN}


def test_all_selections_at_once_have_what_each_has_by_itself(protected_town):
    """Every question that nothing is put together in; where the rules give no rows, in the same order too."""
    who = [
        *begun(range(1, 60)),
        *begun(range(60, 90), doelgroep="Gezinsmigrant en overige migrant", wijkcode="WK039207"),
    ]
    engine = protected_town(
        inburgeraar=who,
        begeleiding=[{"inburgeraar_id": person(n), "datum_start": f"2022-0{1 + n % 9}-03"} for n in range(1, 80)],
        melding=[{"melding_id": f"m-{n}", "datum_melding": f"2022-{1 + n % 12:02}-02"} for n in range(40)],
    )
    for question in REGELS.keys() - computed.COMPUTED.keys():
        if re.search(r"\bper_(stadsdeel|doelgroep|wijkteam)\(", text := sql(question)):
            continue
        at_once = engine.of_each(question)
        for selectie in at_once.keys() & {
            STAD,
            Selectie("stadsdeel", "Oost"),
            Selectie("doelgroep", contract.DOELGROEPEN[1]),
        }:
            found, alone = at_once[selectie], engine.ask(text, selectie.filters)
            assert found.sort(found.columns).equals(alone.sort(alone.columns)), (question, selectie)
            if REGELS[question].rijen is None and not REGELS[question].reeks:
                assert found.equals(alone), (question, selectie)


def test_of_each_doelgroep_the_other_is_left_out(protected_town):
    """What is published of selections with the same rules at once is what is published of each."""
    groups = [Selectie("doelgroep", naam) for naam in contract.DOELGROEPEN]
    frames = protect.answers(protected_town(inburgeraar=begun(range(1, 28))), ["intake_landelijk", "pip_status"])
    shown = protect.published(frames)
    assert shown.keys() == frames.keys()
    for each in groups:
        frame = shown["intake_landelijk", each]
        assert set(frame.filter(pl.col("waarde_weergave") != WEGGELATEN)["doelgroep"]) == {each.naam}
    for selectie in selecties(Plaats(("Oost", "Centrum"), (), PEILDATUM)):
        key = "pip_status", selectie
        assert shown[key].equals(protect.protected(*key, frames[key]))


def test_of_a_doelgroep_nothing_is_published_of_what_is_there_for_asielstatushouders_alone():
    """No table of it, no row and no words."""
    of_those = ("begeleiding", "ontzorging", "overdracht", "evaluatie", "melding")
    for (question, selectie), frame in towns.known().items():
        told = {question, *(frame["indicator"] if "indicator" in frame.columns else ())}
        away = [name for name in told if name.startswith(of_those)]
        assert selectie.soort != "doelgroep" or not away, (question, selectie)
        # As many KPIs of every other selection.
        if question == "kpi":
            assert len(frame) == (8 if selectie.soort == "doelgroep" else len(INDICATOREN)), selectie


def test_every_stadsdeel_is_in_one_part_of_the_city():
    areas = reference("wijk")["stadsdeel"].unique().to_list()
    assert sorted(name for deel in DELEN for name in deel.stadsdelen) == sorted(areas)
    # Where one of its stadsdelen is unknown a part is not there.
    known = selecties(Plaats(("Oost", "Schalkwijk", "Noord"), (), PEILDATUM))
    assert [each.naam for each in known if each.soort == "deel"] == ["Oost + Schalkwijk"]


def test_a_difference_of_counts_has_the_key_of_the_records_that_are_left(protected_town):
    people = begun(range(1, 15), wijkcode="WK039201") + begun(range(15, 42), wijkcode="WK039207")
    frame = protect.answered("kpi_gebied_vergelijking", STAD, protected_town(inburgeraar=people))
    (row,) = frame.filter(niveau="stadsdeel", gebied="Centrum", indicator="intake_gestart").to_dicts()
    assert row["noemer"] == rounded(persons(*range(1, 15)))
    assert row["rest_noemer"] == rounded(persons(*range(15, 42)))


@pytest.mark.parametrize("size", [1, 3, 7, 9, 10, 20, 24])
def test_the_expectation_of_a_rounded_count_is_the_count(protected_town, size):
    engine = protected_town()
    sets = engine.ask(
        "select groep, getoond(aantal(celsleutel_van('persoon', groep::varchar || '-' || nummer::varchar))) as getal "
        f"from range(4000) as groepen (groep), range({size}) as nummers (nummer) group by groep",
        Selection(),
    )["getal"]
    down = size - size % 10
    assert set(sets) == ({down} if size % 10 == 0 else {down, down + 10})
    assert sets.mean() == pytest.approx(size, abs=0.25)


# ------------------------------------------------------------------------------------------------ the thresholds


@pytest.mark.parametrize(
    ("teller", "noemer", "share"),
    [(20, 50, 0.4), (20, 40, None), (10, 50, 0.2), (0, 50, None), (40, 50, 0.8), (50, 50, None), (60, 50, None),
     (10, 60, 0.17), (None, 60, None)],
)  # fmt: skip
def test_a_share_is_shown_from_50_and_not_when_either_side_is_under_10(protected_town, teller, noemer, share):
    engine = protected_town()
    counts = ", ".join("null::bigint" if count is None else f"{count}::bigint" for count in (teller, noemer))
    assert asked(engine, f"aandeel({counts})") == share
    for bound in ("wilson_laag", "wilson_hoog"):
        assert (asked(engine, f"{bound}({counts}, z95())") is None) == (share is None)


def test_a_difference_is_that_of_two_shares_that_are_shown(protected_town):
    engine = protected_town()
    assert asked(engine, "verschil(30, 60, 20, 60)") == pytest.approx(0.17)
    for counts in ("30, 60, 0, 60", "30, 60, 20, 40"):
        assert asked(engine, f"verschil({counts})") is None
        assert asked(engine, f"verschil_laag({counts}, z95())") is None
        assert asked(engine, f"verschil_oordeel(verschil_laag({counts}, z95()), 0)") == "geen oordeel"


def waiting_persons(wanted: int) -> list[int]:
    """45 persons who are rounded to the number that is wanted."""
    sets = (list(range(first, first + 45)) for first in range(1, 2000, 50))
    return next(numbers for numbers in sets if rounded(persons(*numbers)) == wanted)


def plans(numbers: Iterable[int], day: str | None) -> list[dict]:
    return [{"inburgeraar_id": person(n), "dagtekening_pip": day} for n in numbers if day]


@pytest.mark.parametrize(
    ("wanted", "plan", "median", "how"),
    [(40, "2022-06-01", None, BESCHERMD), (50, "2022-06-01", 63.0, AFGEROND), (50, None, None, AFGEROND)],
    ids=["too few", "61 days are 8.7 weeks", "not reached"],
)
def test_a_median_is_shown_from_50_rounded_in_whole_weeks(protected_town, wanted, plan, median, how):
    """45 persons each time, who are rounded down or up: the true number decides nothing."""
    numbers = waiting_persons(wanted)
    engine = protected_town(inburgeraar=begun(numbers, "2022-04-01"), pip=plans(numbers, plan))
    (row,) = shown_of("kpi", engine).filter(indicator="pip_mediaan_dagen").to_dicts()
    assert (row["waarde"], row["waarde_weergave"]) == (median, how)
    assert row["teller"] is None and row["noemer"] is None
    assert row["teller_weergave"] == row["noemer_weergave"] == WEGGELATEN


def test_a_curve_has_whole_months_and_whole_percents_and_does_not_tell_the_first_event(protected_town):
    numbers = waiting_persons(50)
    one = protected_town(inburgeraar=begun(numbers), pip=plans(numbers[:1], "2022-02-01"))
    half = protected_town(inburgeraar=begun(numbers), pip=plans(numbers[:22], "2022-03-01"))
    for engine in (one, half):
        frame = shown_of("pip_overleving", engine).filter(doelgroep="Asielstatushouder")
        assert frame["dag"].to_list() == [round(month * 30.4375) for month in range(12)]
        counts = ("in_risico", "gebeurtenissen", "gecensureerd")
        assert {how for name in counts for how in frame[f"{name}_weergave"]} == {WEGGELATEN}
        known = frame["overleving"].drop_nulls()
        assert known[0] == 1.0
        assert (known * 50 % 10 == 0).all()  # as many as if tens of 50 had left
    # 1 of 45 or 49 is no whole percent that may be seen.
    after = protect.answered("pip_overleving", STAD, one).filter(pl.col("dag") > 40)["overleving"]
    assert after.null_count() == after.len()
    after = protect.answered("pip_overleving", STAD, half).filter(pl.col("dag") > 70)["overleving"]
    assert set(after) <= {0.6, 0.4}


@pytest.mark.parametrize("size", [0, 1, 9, 30, 39])
def test_of_a_group_under_fifty_the_curve_has_one_row_whatever_happened(protected_town, size):
    """How many months it has would tell how many are still followed, and the norm day how many ran too long."""
    shown = shown_of("pip_overleving", protected_town(inburgeraar=begun(range(1, size + 1))))
    assert shown.select("doelgroep", "dag", "overleving", "overleving_weergave").rows() == [
        (doelgroep, 0, None, BESCHERMD) for doelgroep in contract.DOELGROEPEN
    ]
    assert set(shown["in_risico_weergave"]) == {WEGGELATEN}


@pytest.mark.parametrize(("sentence", "told"), ZINNEN.items())
def test_a_sentence_that_says_nobody_stands_in_a_question_and_is_not_published(sentence, told):
    texts = [sql("evaluatie_meetbaarheid"), Path(computed.__file__).read_text("utf-8")]
    assert any(sentence in text for text in texts)
    assert "10" in told


def test_a_comparison_on_few_is_not_told(protected_town):
    """60 persons on either side and 5 requests of each: rounded to 0 or 10, and no rate per 100 of so few."""
    people = begun(range(1, 61), datum_huisvesting="2019-03-01") + begun(range(61, 121), datum_huisvesting="2020-03-01")
    periods = [{"inburgeraar_id": row["inburgeraar_id"], "datum_start": "2020-04-01"} for row in people]
    known = {"datum_melding": "2022-11-02", "statushouder": True, "verwijzer": "Huisarts"}
    regimes = enumerate(["24 maanden"] + ["12 maanden"] * 8)
    some = [known | {"melding_id": f"m-{n}", "begeleidingsregime": regime} for n, regime in regimes]
    engine = protected_town(inburgeraar=people, begeleiding=periods, melding=some)
    (row,) = protect.answered("evaluatie_vergelijking", STAD, engine).to_dicts()
    assert row["oordeel"] == "niet te vergelijken"
    assert all(row[kolom] is None for kolom in figures("evaluatie_vergelijking"))


# ------------------------------------------------------------------------------------------------ what is published


def published(question: str) -> list[tuple[Selectie, pl.DataFrame]]:
    return [(selectie, frame) for (name, selectie), frame in towns.shown().items() if name == question]


def test_every_question_is_public_or_is_not_for_a_reason():
    assert set(REGELS) | set(NIET_OPENBAAR) == set(QUESTIONS)
    assert all(NIET_OPENBAAR.values())


def test_beside_every_figure_stands_how_it_is_shown_and_what_is_not_is_empty():
    for (question, selectie), frame in towns.shown().items():
        for kolom in figures(question):
            place, beside = (question, selectie, kolom), weergave_van(kolom)
            assert frame.columns.index(beside) == frame.columns.index(kolom) + 1, place
            in_words = WORDS.keys() if kolom == "waarde" else set()
            assert set(frame[beside]) <= {AFGEROND, BESCHERMD, WEGGELATEN, *in_words}, place
            hidden = frame.filter(pl.col(beside) != AFGEROND)[kolom]
            assert hidden.null_count() == hidden.len(), place
            shown = frame.filter(pl.col(beside) == AFGEROND)[kolom].drop_nulls()
            if kolom in TELLINGEN and kolom != "soorten":
                assert (shown % 10 == 0).all() and (shown > 0).all(), place
            elif kolom in DUREN:
                assert (shown % (7 if kolom.endswith("dagen") else 1) == 0).all(), place
            elif kolom in AANDELEN:
                assert (shown == shown.round(2)).all(), place


def test_a_share_follows_from_the_counts_beside_it():
    for frame in towns.shown().values():
        if not {"teller", "noemer", "waarde"} <= set(frame.columns):
            continue
        shares = frame.filter(pl.col("waarde").is_between(0, 1), pl.col("noemer").is_not_null())
        # Half a percent may be rounded either way.
        assert ((shares["waarde"] - shares["teller"] / shares["noemer"]).abs() <= 0.005 + 1e-9).all()
        assert (shares["noemer"] >= 50).all() and (shares["noemer"] - shares["teller"] >= 10).all()


def test_of_a_share_that_is_not_shown_no_teller_and_noemer_are_told():
    """In no table and no file: beside each other they would be read as the share."""
    left_out = 0
    for (question, selectie), frame in towns.shown().items():
        for of in ("", "eerder_", "rest_"):
            share, *counts = (f"{of}{name}" for name in ("waarde", "teller", "noemer"))
            if not {share, *counts} <= set(frame.columns):
                continue
            hidden = frame.filter(pl.col(weergave_van(share)) != AFGEROND)
            if "indicator" in frame.columns:
                hidden = hidden.filter(pl.col("indicator").is_in(SHARES))
            # How many requests there were is a figure of its own.
            counts = counts[:1] if question.startswith("melding_") else counts
            assert [kolom for kolom in counts if hidden[kolom].null_count() < hidden.height] == [], (question, selectie)
            left_out += hidden.height
    assert left_out > 500
    for selectie, frame in published("evaluatie_meetbaarheid"):
        assert not frame.filter(waarde_weergave=BESCHERMD)["toelichting"].str.contains(r"\d van ").any(), selectie


def test_the_smallest_difference_is_the_same_in_its_column_and_its_sentence():
    rows = [frame.row(by_predicate=pl.col("voorwaarde") == "aantoonbaar_verschil", named=True)
            for _, frame in published("evaluatie_meetbaarheid")]  # fmt: skip
    told = {row["waarde"]: row["toelichting"] for row in rows if row["waarde"] and row["waarde"] <= 1}
    assert told and all(f" verschil van {round(100 * waarde)} procentpunt" in told[waarde] for waarde in told)


def test_no_row_and_no_quarter_tells_of_a_count_that_is_left_out():
    """Which quarter is the latest with 10, or the first in a series, is itself a bound on its count."""
    for selectie, frame in published("kpi_verandering"):
        hidden = frame.filter(pl.col("waarde_weergave") != AFGEROND)
        told = hidden.select("kwartaal", "eerder_waarde", "eerder_noemer")
        assert told.null_count().row(0) == (hidden.height,) * 3, selectie
    for selectie, frame in published("kpi_instroom"):
        if "waarde" in REGELS["kpi_instroom"].never(selectie.soort):
            assert frame["kwartaal"].unique().to_list() == [date(2022, 10, 1)], selectie
            continue
        for _, rows in frame.group_by("indicator"):
            shown = rows.filter(waarde_weergave=AFGEROND)["kwartaal"]
            assert rows["kwartaal"].min() == (shown.min() if shown.len() else rows["kwartaal"].max()), selectie


def test_series_are_of_quarters_and_trends_of_quarter_ends():
    for (question, _), frame in towns.shown().items():
        if REGELS[question].reeks:
            assert {(day.month % 3, day.day) for day in frame[REGELS[question].reeks]} <= {(1, 1)}, question
    trend = towns.shown()["kpi_trend", STAD]["stand"].unique().sort().to_list()
    assert trend == [date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31)]


def test_the_diversity_of_requests_is_left_out():
    """From rounded counts it comes out too low, and the number of kinds would tell whether there is a rare one."""
    for _, frame in published("melding_diversiteit"):
        assert frame["meldingen_weergave"].is_in([AFGEROND, BESCHERMD]).any()
        assert set(frame["soorten_weergave"]) == set(frame["diversiteit_weergave"]) == {WEGGELATEN}


def test_rows_are_there_whatever_the_counts_are():
    """But for the first quarter of a series and the last month of a curve, which follow from rounded numbers."""
    told = {"oordeel", "voldaan", "toelichting", "reden", "kwartaal"}
    true = towns.true(STAD, Selectie("stadsdeel", "Centrum"))
    for (question, selectie), exact in true.items():
        if not question.endswith("_overleving"):
            away = {*told, REGELS[question].reeks, *figures(question), *map(weergave_van, figures(question))}
            keys = [kolom for kolom in exact.columns if kolom not in away]
            frame = towns.shown()[question, selectie]
            assert set(frame.select(keys).iter_rows()) == set(exact.select(keys).iter_rows()), question


def test_wijkteams_have_a_population_and_a_share_and_nothing_else():
    teams = {question: frame for (question, selectie), frame in towns.shown().items() if selectie == STAD}
    for question in ("kpi_gebied_vergelijking", "kpi_per_gebied"):
        teams[question] = teams[question].filter(niveau="wijkteam")
    assert (teams["overdracht_per_wijkteam"]["populatie_weergave"] != WEGGELATEN).all()
    for question in ("overdracht_per_wijkteam", "kpi_gebied_vergelijking"):
        for kolom in {*figures(question)} - {"populatie"}:
            assert set(teams[question][weergave_van(kolom)]) == {WEGGELATEN}, (question, kolom)
    shares = teams["kpi_per_gebied"]
    assert set(shares.filter(waarde_weergave=AFGEROND)["indicator"]) <= {"overdracht_gedaan"}
    hidden = shares.filter(pl.col("waarde_weergave") != AFGEROND)
    assert set(hidden["teller_weergave"]) == set(hidden["noemer_weergave"]) == {WEGGELATEN}


def test_the_command_and_the_manifest_tell_of_the_attack_and_of_no_person():
    told = towns.told_when_published()
    assert "minstens" in told and "kpi_sinds" in told
    attack = PublicationManifest.read(towns.published()).aanval
    assert attack.publicaties == 1 and attack.smalste >= 5 and attack.cellen_onder_10 > 3_000
    text = (towns.published() / "manifest.json").read_text(encoding="utf-8")
    assert "demo-" not in text and publication.DEMO_ZOUT not in text and "aangemaakt" not in text


# ------------------------------------------------------------------------------------------------- what is refused


@pytest.fixture(autouse=True)
def register(tmp_path, monkeypatch):
    """The register of what was ever public is a test's own."""
    monkeypatch.setenv("WI_REGISTER", str(tmp_path / "register"))
    return tmp_path / "register"


@pytest.fixture
def delivered(tmp_path):
    """A real snapshot, as far as the command can tell."""
    return write_snapshot(tmp_path / "geleverd", {"inburgeraar": begun([1])})


@pytest.mark.parametrize(
    "salt", ["", "kort", "a" * 32, publication.DEMO_ZOUT], ids=["none", "short", "one letter", "known"]
)
def test_without_a_good_salt_nothing_real_is_published(delivered, tmp_path, monkeypatch, salt):
    monkeypatch.setenv(publication.ZOUT, salt)
    naar = tmp_path / "publicaties"
    refused = command.run("queries.openbaar", "--snapshot", delivered, "--naar", naar)
    assert refused.returncode == 2 and refused.stdout == ""
    assert ("te kort, te eenvormig of bekend" if salt else "Er is geen zout") in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not salt or salt == "kort" or salt not in refused.stderr
    assert not naar.exists()
    # Nor without a snapshot.
    refused = command.run("queries.openbaar", "--snapshot", tmp_path / "leeg", "--naar", naar)
    assert (refused.returncode, refused.stderr) == (2, f"{publication.REFUSED['no_snapshot']}\n")


@pytest.fixture
def earlier(tmp_path):
    """A folder with a publication of a real snapshot, a day before the one to come."""
    root = tmp_path / "publicaties"
    about = {"formaat": publication.FORMAAT, "peildatum": "2022-11-30", "herkomst": "levering", "basis": 10,
             "keuzes": [], "zout_vingerafdruk": publication.fingerprint(SALT)}  # fmt: skip

    def make(**changed) -> Path:
        with store.exclusive(root), store.under_construction(root) as folder:
            store.publish(folder, PublicationManifest(**about | changed), root)
        return root

    return make


@pytest.mark.parametrize(
    ("changed", "salt", "told"),
    [
        ({}, SALT[::-1], "ander zout"),
        ({"herkomst": "demo"}, SALT, "andere herkomst"),
        ({"formaat": 1}, SALT, "publiceer die dag opnieuw uit haar eigen snapshot"),
        ({"formaat": publication.FORMAAT + 1}, SALT, "nieuwere versie van dit programma en niet mee te wegen"),
        ({"sleutel": "11111111"}, SALT, "andere sleutel"),
        (None, SALT, "niet te lezen"),
        ({}, SALT, "veranderd nadat ze gemaakt is"),
        ({"bestanden": {"kpi.parquet": "0"}}, SALT, "veranderd nadat ze gemaakt is"),
    ],
)
def test_a_publication_that_cannot_be_weighed_with_the_earlier_ones_is_refused(delivered, earlier, changed, salt, told):
    root = earlier(**changed or {})
    if changed is None:
        (store.in_use(root) / "manifest.json").write_text("{", encoding="utf-8")
    Manifest.read(delivered).model_copy(update={"sleutel": "22222222"}).write(delivered)
    before = contents_of(root)
    with pytest.raises(publication.PublicationError, match=told):
        publication.publish(delivered, root, salt)
    assert contents_of(root) == before


def test_two_publications_at_once_are_refused(delivered, tmp_path):
    root = tmp_path / "publicaties"
    with store.exclusive(root), pytest.raises(publication.PublicationError, match="wordt al een publicatie gemaakt"):
        publication.publish(delivered, root, SALT)


@pytest.fixture
def real(tmp_path):
    """The demo's town as if it was delivered: makes a snapshot of a day, with a seed of its own."""

    @cache
    def make(day: date, seed: int = 1) -> Path:
        folder = tmp_path / f"{day}_{seed}"
        municipality.maak(folder, day, personen=150, seed=seed)
        Manifest.read(folder).model_copy(update={"herkomst": "levering"}).write(folder)
        return folder

    return make


def test_a_version_that_was_replaced_stays_in_the_attack_and_so_does_one_in_another_folder(real, register, tmp_path):
    """Of a few questions, so that it takes seconds; the campaign does it with all of them."""
    replaced = Version(towns.DAY, 0)
    attack = mock.Mock(wraps=solver.attack)
    with towns.with_few_questions(), mock.patch.object(solver, "attack", attack):
        for snapshot, folder, versions, attacked in (
            (real(towns.DAY), "een", 1, {towns.DAY}),
            # The same again tells nothing new.
            (real(towns.DAY), "een", 1, {towns.DAY}),
            (real(towns.DAY, seed=2), "een", 2, {replaced, towns.DAY}),
            # Another folder does not make forget what was public, nor with which salt.
            (real(towns.EARLIER), "twee", 3, {towns.EARLIER, replaced, towns.DAY}),
        ):
            is_first = not publicatie_register.versions(register)
            found = PublicationManifest.read(publication.publish(snapshot, tmp_path / folder, SALT)).aanval
            assert attack.call_args.args[0].keys() == attacked
            assert (attack.call_args.kwargs["kept"] is None) == is_first
            assert len(publicatie_register.versions(register)) == versions
            assert found.cellen_onder_10 > 100 and found.smalste >= 5
        assert found.publicaties == 3
        with pytest.raises(publication.PublicationError, match="ander zout"):
            publication.publish(real(towns.EARLIER), tmp_path / "drie", SALT[::-1])


def test_the_next_publication_is_the_same_without_the_solutions_that_were_kept(real, register, tmp_path):
    """They make it quicker, and nothing else: where they cannot be read they are found again."""
    made = []
    with towns.with_few_questions():
        for folder, damage in (("een", b""), ("twee", b"geen parquet"), ("drie", None)):
            publication.publish(real(towns.EARLIER), tmp_path / folder, SALT)
            kept = register / "oplossingen.parquet"
            assert stat.S_IMODE(register.stat().st_mode) == 0o700 and publicatie_register.solutions(register)
            if damage:
                kept.write_bytes(damage)
            elif damage is None:
                kept.unlink()
            made.append(contents_of(publication.publish(real(towns.DAY), tmp_path / folder, SALT)))
            shutil.rmtree(register)
    assert made[0] == made[1] == made[2]


def test_a_publication_whose_words_are_not_in_the_register_is_refused_and_one_without_words_is_entered(
    real, register, tmp_path
):
    with towns.with_few_questions():
        made = publication.publish(real(towns.EARLIER), tmp_path / "een", SALT)
        shutil.rmtree(register)
        with pytest.raises(publication.PublicationError, match=f"{towns.EARLIER} staat niet in het register"):
            publication.publish(real(towns.DAY), tmp_path / "een", SALT)
        PublicationManifest.read(made).model_copy(update={"formaat": 2}).write(made)
        assert Publication(made).peildatum == towns.EARLIER
        found = PublicationManifest.read(publication.publish(real(towns.DAY), tmp_path / "een", SALT))
    assert found.aanval.publicaties == len(publicatie_register.versions(register)) == 2


def test_what_is_behind_words_is_in_the_register_and_not_in_the_publication(tmp_path):
    behind = pl.DataFrame([("pip_tijdig", 30, 40, 10)], ["indicator", "teller", "noemer", "rest"], orient="row")
    shown = {key: frame for key, frame in towns.shown().items() if key[1] == STAD} | {(BEHIND, STAD): behind}
    with store.exclusive(tmp_path):
        made = publication.put_in_use(shown, PublicationManifest.read(towns.published()), tmp_path)
    (entry,) = publicatie_register.versions(tmp_path / ".register")
    assert publication.read_frames(entry, PublicationManifest.read(entry))[BEHIND, STAD].equals(behind)
    assert (BEHIND, STAD) not in publication.read_frames(made, PublicationManifest.read(made))
    assert not any(BEHIND in path.name or BEHIND.encode() in path.read_bytes() for path in made.rglob("*.*"))


def test_the_register_is_for_its_owner_alone_and_holds_a_publication_before_it_is_public(
    register, real, tmp_path, monkeypatch
):
    seen = []
    monkeypatch.setattr(store, "publish", lambda *_, **__: seen.append(publicatie_register.versions(register)))
    with towns.with_few_questions():
        publication.publish(real(towns.DAY), tmp_path / "een", SALT)
    (entry,) = seen[0]
    assert register.stat().st_mode & 0o077 == entry.stat().st_mode & 0o077 == 0
    assert {path.name for path in entry.iterdir()} == {"manifest.json", *(f"{name}.parquet" for name in towns.FEW)}


# -------------------------------------------------------------------------------------------- whole, or not there


@pytest.fixture
def two_publications(tmp_path):
    """A folder with a small publication in use, and what would take its place."""
    root = tmp_path / "publicaties"
    shown = {key: frame.head(1) for key, frame in towns.shown().items() if key[1] == STAD}
    about = PublicationManifest.read(towns.published())
    with store.exclusive(root):
        publication.put_in_use(shown, about.model_copy(update={"titel": "oud"}), root)
    return root, shown, about.model_copy(update={"titel": "nieuw"})


def test_a_publication_can_be_read_by_who_cannot_read_the_snapshots(two_publications):
    root, *_ = two_publications
    # The register is for its owner alone.
    served = [path for path in (root, *root.rglob("*")) if ".register" not in path.parts]
    mode = {path: path.stat().st_mode for path in served if not path.is_symlink()}
    umask = os.umask(0)
    os.umask(umask)
    found = {(path.is_dir(), stat.S_IMODE(mode[path])) for path in mode}
    assert found == {(True, 0o777 & ~umask), (False, 0o666 & ~umask)}


def put_in_use_on_a_full_disk(root: Path, shown: protect.Frames, about: PublicationManifest) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
    with store.exclusive(root), pytest.raises(OSError):
        publication.put_in_use(shown, about, root)


def test_a_full_disk_leaves_the_old_publication_in_use(two_publications, forkserver):
    root, shown, about = two_publications
    process = forkserver.Process(target=put_in_use_on_a_full_disk, args=(root, shown, about))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert Publication(store.in_use(root)).manifest.titel == "oud"
    assert not any(path.name.startswith(".bezig-") for path in (root / ".versies").iterdir())
