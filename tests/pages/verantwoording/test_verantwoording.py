"""The page Verantwoording: every figure can be checked from it, and no record stands on it."""

from __future__ import annotations

import json
import shlex
from datetime import date

import polars as pl
import pytest

import queries
from data import demo, intake, snapshot
from pages.shared import filters
from pages.verantwoording import finding, parts
from queries import __main__ as command_line

ROW = {"teller": 201, "noemer": 287, "waarde": 201 / 287}


def delivery(*, herkomst="levering", afgekeurd=None, gelezen=10, **more):
    afgekeurd = afgekeurd or {}
    table = {"bestand": "pip.parquet", "gelezen": gelezen, "rijen": gelezen - sum(afgekeurd.values())}
    return queries.read_delivery(
        {
            "peildatum": "2022-12-31",
            "herkomst": herkomst,
            "tabellen": {"pip": {**table, "afgekeurd": afgekeurd}},
            **more,
        }
    )


# -------------------------------------------------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"gelezen": 3205}, "Alle 3.205 geleverde rijen tellen mee; er is niets afgekeurd."),
        ({"gelezen": 1}, "De ene geleverde rij telt mee; er is niets afgekeurd."),
        (
            {"gelezen": 10, "afgekeurd": {"a": 1}},
            "Van de 10 geleverde rijen is er 1 afgekeurd (10,0%); die telt in geen enkel cijfer mee.",
        ),
        (
            {"gelezen": 10, "afgekeurd": {"a": 1, "b": 2}},
            "Van de 10 geleverde rijen zijn er 3 afgekeurd (30,0%); die tellen in geen enkel cijfer mee.",
        ),
        (
            {"gelezen": 1, "afgekeurd": {"a": 1}},
            "Van de ene geleverde rij is er 1 afgekeurd (100,0%); die telt in geen enkel cijfer mee.",
        ),
        ({"gelezen": 0}, "De levering bevat geen enkele rij."),
        ({"tabellen": None}, finding.NOT_TOLD),
    ],
    ids=["all", "one", "one rejected", "some rejected", "the only one rejected", "no rows", "not told"],
)
def test_the_finding_counts_what_came_in_and_what_was_rejected(given, expected):
    assert finding.finding(delivery(**given)) == expected


def test_the_finding_on_the_demo_says_first_that_it_is_the_demo():
    assert finding.finding(delivery(herkomst="demo")).startswith(finding.DEMO)


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (None, finding.NO_EARLIER),
        ({"vorige_peildatum": "2022-11-30", "aantal": 0}, "Iedereen uit de levering van 30 november 2022 staat"),
        ({"vorige_peildatum": "2022-11-30", "aantal": 1}, "1 persoon uit de levering van 30 november 2022 staat niet"),
        ({"vorige_peildatum": "2022-11-30", "aantal": 4}, "4 personen uit de levering van 30 november 2022 staan niet"),
        ({"aantal": 4}, finding.NO_EARLIER),
    ],
)
def test_who_disappeared_is_counted_against_the_delivery_before(gone, expected):
    assert finding.gone(delivery(verdwenen=gone)).startswith(expected)


def test_the_limits_name_the_kpis_that_mature():
    (maturing,) = [limit for limit in finding.limits(queries.INDICATOREN) if finding.MATURING in limit]
    for entry in queries.INDICATOREN.values():
        assert (f"“{entry.titel}”" in maturing) == entry.rijpt


def test_without_a_kpi_that_matures_none_is_named():
    assert finding.maturing({}).startswith("Er is geen kengetal")


@pytest.mark.parametrize(
    "words",
    ["wet, verblijfsrecht en wijk", "aanname", "Duinwijk", "Spaarndam", "30 dagen", "Onder de 10", "Buurts", "azc"],
)
def test_the_known_limits_are_told(words):
    assert any(words in limit for limit in finding.limits(queries.INDICATOREN))


# -------------------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize("entry", queries.INDICATOREN.values(), ids=str)
def test_every_kpi_has_its_definition_unit_source_norm_and_day(entry):
    facts = dict(parts.indicator_facts(entry, ROW))
    assert facts["Definitie"] == entry.definitie
    assert facts["Bron"] == entry.bron
    assert facts["Norm"]
    assert facts["Eenheid"]
    assert str(entry.sinds.year) in facts["Sinds"]
    assert ("Let op" in facts) == entry.rijpt


def test_the_figure_of_now_comes_with_its_teller_noemer_and_verdict():
    facts = dict(parts.indicator_facts(queries.INDICATOREN["pip_tijdig"], ROW))
    assert facts["Nu"] == "70% (201 van 287 · norm 100%). Norm niet gehaald."
    assert facts["Norm"] == "100% (wet)"


def test_a_figure_without_anybody_is_said_in_words():
    nobody = {"teller": 0, "noemer": 0, "waarde": None}
    facts = dict(parts.indicator_facts(queries.INDICATOREN["pip_tijdig"], nobody))
    assert facts["Nu"] == "— (niemand in deze selectie). Te weinig waarnemingen."


def test_the_definitions_to_take_along_are_complete():
    frame = parts.definitions(queries.INDICATOREN)
    assert frame["naam"].to_list() == list(queries.INDICATOREN)
    assert frame.null_count().sum_horizontal().item() == 0


SELECTIONS = {
    "nothing": queries.Selection(),
    "areas": queries.Selection(stadsdelen=("Noord", "Zuid-West"), wijkteams=("Delftwijk-Vondelkwartier",)),
    "groups": queries.Selection(
        doelgroepen=("Gezinsmigrant en overige migrant",), wetten=("WI2021",), cohorten=(2022,)
    ),
    "days": queries.Selection(
        huisvesting_van=date(2022, 1, 1), huisvesting_tot=date(2022, 10, 1), peildatum=date(2022, 11, 30)
    ),
}


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_the_command_on_the_page_gives_the_figures_on_the_page(demo_snapshots, capsys, selection):
    folder = snapshot.in_use(demo_snapshots)
    python, m, module, *arguments = shlex.split(parts.command("kpi", selection))
    assert (python, m, module) == ("python", "-m", "queries")
    assert command_line.main([*arguments, "--data", str(folder), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == queries.run("kpi", selection, queries.open_database(folder)).to_dicts()


# ----------------------------------------------------------------------------------------------------- deliveries


MANIFEST = {
    "peildatum": "2022-12-31",
    "herkomst": "levering",
    "tabellen": {
        "pip": {
            "bestand": "PIP.parquet",
            "sha256": "ab",
            "levertijd": "2023-01-04T17:05:00+01:00",
            "gelezen": 9,
            "rijen": 5,
            "afgekeurd": {"zeldzaam": 1, "vaak": 3},
            "extra_kolommen": ["opmerking"],
            "waarschuwingen": [{"regel": "valt op", "aantal": 2}],
        },
        "melding": {"bestand": "melding.parquet"},
    },
}


def test_what_came_in_stands_per_table():
    frame = parts.delivered(queries.read_delivery(MANIFEST))
    assert frame.rows() == [
        ("pip", "PIP.parquet", 9, 5, 4, "04-01-2023, 17:05"),
        ("melding", "melding.parquet", None, None, 0, "niet bekend"),
    ]


def test_reasons_stand_most_frequent_first():
    assert parts.rejected(queries.read_delivery(MANIFEST)).rows() == [("pip", "vaak", 3), ("pip", "zeldzaam", 1)]


def test_warnings_dropped_columns_and_hashes_stand_per_table():
    read = queries.read_delivery(MANIFEST)
    assert parts.warned(read).rows() == [("pip", "valt op", 2)]
    assert parts.dropped(read).rows() == [("pip", "opmerking")]
    assert parts.hashes(read).rows() == [("PIP.parquet", "ab")]


def test_a_bare_manifest_gives_empty_tables_of_the_same_columns():
    bare = queries.read_delivery({"peildatum": "2022-12-31", "herkomst": "levering"})
    for part in (parts.delivered, parts.rejected, parts.warned, parts.dropped, parts.hashes):
        assert part(bare).is_empty()
        assert part(bare).columns == part(queries.read_delivery(MANIFEST)).columns
    facts = dict(parts.snapshot_facts(bare))
    assert facts["Kenmerk van de levering"] == facts["Ingenomen op"] == "niet bekend"
    assert facts["Versie van de monitor"] == queries.VERSION


def test_the_history_shows_the_share_that_was_rejected():
    (row,) = parts.history([queries.read_delivery(MANIFEST, in_gebruik=True)]).rows(named=True)
    assert (row["gelezen"], row["afgekeurd"], row["aandeel"], row["in_gebruik"]) == (9, 4, 4 / 9, True)


def test_the_history_says_that_a_delivery_cannot_be_read():
    lost = queries.Delivery(date(2022, 11, 30), False, "", None, (), leesbaar=False)
    (row,) = parts.history([lost]).rows(named=True)
    assert (row["herkomst"], row["gelezen"], row["aandeel"]) == ("niet meer te lezen", None, None)


# --------------------------------------------------------------------------------------------------------- breaks


def event(**more):
    given = {"datum_van": date(2023, 1, 1), "datum_tot": None, "titel": "Breuk", "toelichting": "Zo is het."}
    given |= {"bron": "CBS", "indicatoren": "pip_tijdig melding_verwijzer"} | more
    return pl.DataFrame([given], schema_overrides={"datum_tot": pl.Date, "indicatoren": pl.String})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "Van belang voor: PIP binnen tien weken, Wie naar de wijkteams verwijst, per kwartaal."),
        ({"indicatoren": " ".join(queries.INDICATOREN)}, "Van belang voor alle kengetallen."),
    ],
)
def test_a_break_names_the_figures_that_it_breaks(given, expected):
    ((period, text),) = parts.breaks(event(**given))
    assert period == "01-01-2023"
    assert text == f"Breuk. Zo is het. {expected} Bron: CBS."


def test_a_break_without_figures_names_none():
    ((period, text),) = parts.breaks(event(indicatoren=None, datum_tot=date(2023, 3, 1)))
    assert period == "01-01-2023 tot en met 01-03-2023"
    assert text == "Breuk. Zo is het. Bron: CBS."


def test_every_event_and_every_commitment_of_the_reference_is_told():
    assert len(parts.breaks(queries.events())) == queries.events().height
    told = parts.promises(queries.commitments())
    assert [number for number, _ in told] == queries.commitments()["nummer"].to_list()
    assert all("Datum: " in text and "Status: " in text for _, text in told)


def test_what_a_delivery_says_cannot_become_markup():
    html = parts.facts_html([("<b>naam</b>", "<script>alert(1)</script>")])
    assert "<script>" not in html
    assert "<b>" not in html


# ------------------------------------------------------------------------------------------------------- the page


@pytest.fixture
def real_snapshots(tmp_path):
    """Two real deliveries; in the last one rows are rejected, columns dropped and persons gone."""
    root = tmp_path / "snapshots"
    for day in (date(2022, 11, 30), date(2022, 12, 31)):
        folder = tmp_path / day.isoformat()
        demo.maak(folder, day, personen=60)
        (folder / "manifest.json").unlink()
        persons = pl.read_parquet(folder / "inburgeraar.parquet")
        if day.month == 12:
            first = pl.int_range(pl.len()) < 2
            persons.with_columns(
                wet=pl.when(first).then(pl.lit("WI1998")).otherwise("wet"), opmerking=pl.lit("vrije tekst")
            ).head(persons.height - 3).write_parquet(folder / "inburgeraar.parquet")
        intake.neem_in(folder, day, root)
    return root


@pytest.fixture
def identifiers(real_snapshots):
    """Every identifier of the delivery that is in use, rejected rows included."""
    folder = snapshot.in_use(real_snapshots)
    files = [*folder.glob("*.parquet"), *folder.glob("afgekeurd/*.parquet")]
    columns = ("inburgeraar_id", "melding_id")
    frames = [pl.read_parquet(file) for file in files]
    return {value for frame in frames for column in columns if column in frame.columns for value in frame[column]}


def test_a_real_delivery_shows_what_was_rejected_and_no_record(
    open_page, text_of, real_snapshots, identifiers, monkeypatch
):
    monkeypatch.setattr(snapshot, "SNAPSHOTS", real_snapshots)
    app = open_page("verantwoording")
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert "wet heeft een onbekende code" in text
    assert "inburgeraar_id komt niet voor in de goedgekeurde rijen" in text
    assert "opmerking" in text
    assert "3 personen uit de levering van 30 november 2022 staan niet meer" in text
    assert "Extracten van de gemeente Haarlem" in text
    assert filters.DEMO not in text
    assert "vrije tekst" not in text
    assert identifiers
    assert not any(identifier in text for identifier in identifiers if identifier)


def test_a_manifest_without_its_optional_parts_breaks_nothing(
    open_page, text_of, snapshots_in_use, tmp_path, monkeypatch
):
    root = tmp_path / "kaal"
    demo.publiceer_demo(root)
    folder = snapshot.in_use(root)
    manifest = snapshot.read_manifest(folder)
    bare = {key: manifest[key] for key in ("peildatum", "herkomst")}
    (folder / "manifest.json").write_text(json.dumps(bare), encoding="utf-8")
    monkeypatch.setattr(snapshot, "SNAPSHOTS", root)
    app = open_page("verantwoording")
    assert not app.exception
    assert not app.error
    assert finding.NOT_TOLD in text_of(app)


def opened(open_page, key):
    app = open_page("verantwoording")
    app.session_state[f"verantwoording_{key}"] = True
    return app.run()


def code_of(app):
    return [block.value.strip() for block in app.code]


@pytest.mark.parametrize("name", ["pip_tijdig", "leerroute_o", "overdracht_bezoek_vooraf"])
def test_the_sql_of_a_kpi_opens_with_it(open_page, text_of, name):
    app = opened(open_page, f"kpi_{name}")
    assert not app.error
    assert code_of(app) == [queries.observations_sql(name), queries.sql("kpi").strip(), "python -m queries kpi"]
    assert queries.INDICATOREN[name].bron in text_of(app)


def test_the_model_opens_file_by_file(open_page):
    (name, text), *_ = queries.model_sql().items()
    assert code_of(opened(open_page, f"model_{name}")) == [text.strip()]
