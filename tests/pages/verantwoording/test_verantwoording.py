"""The page Verantwoording: every figure can be checked from it, and no record stands on it."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

import queries
from data.demo import municipality
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from pages.access import gate, log, roles
from pages.filters import bar
from pages.verantwoording import charts, parts, protection
from pages.verantwoording import words as finding
from queries import __main__ as command_line
from tests import towns
from tests.pages.show.drawing import tooltip_faults

ROW = {"teller": 201, "noemer": 287, "waarde": 201 / 287}


def delivery(*, herkomst="levering", afgekeurd=None, gelezen=10, **more):
    afgekeurd = afgekeurd or {}
    table = {"bestand": "pip.parquet", "gelezen": gelezen, "rijen": gelezen - sum(afgekeurd.values())}
    tabellen = {"pip": {**table, "afgekeurd": afgekeurd}}
    return queries.read_delivery(Manifest(peildatum="2022-12-31", herkomst=herkomst, **{"tabellen": tabellen, **more}))


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
        ({"tabellen": {}}, finding.NOT_TOLD),
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
    ],
)
def test_who_disappeared_is_counted_against_the_delivery_before(gone, expected):
    assert finding.gone(delivery(verdwenen=gone)).startswith(expected)


@pytest.mark.parametrize(
    "words",
    ["wet, verblijfsrecht en wijk", "aanname", "Duinwijk", "Spaarndam", "30 dagen", "Onder de 10", "Buurts", "azc"],
)
def test_the_known_limits_are_told(words):
    assert any(words in limit for limit in finding.limits())


# -------------------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize("entry", queries.INDICATOREN.values(), ids=str)
def test_every_kpi_has_its_definition_unit_source_norm_and_day(entry):
    facts = dict(parts.indicator_facts(entry, ROW))
    assert facts["Definitie"] == entry.definitie
    assert facts["Bron"] == entry.bron
    assert facts["Norm"]
    assert facts["Eenheid"]
    assert str(entry.sinds.year) in facts["Sinds"]
    assert ("Per kwartaal van instroom" in facts) == (entry.instroom is not None)


def test_the_figure_of_now_comes_with_its_teller_noemer_and_verdict():
    facts = dict(parts.indicator_facts(queries.INDICATOREN["pip_tijdig"], ROW))
    assert facts["Nu"] == "70% (201 van 287 · norm 100%). Norm niet gehaald."
    assert facts["Norm"] == "100% (wet)"


def test_a_figure_without_anybody_is_said_in_words():
    nobody = {"teller": 0, "noemer": 0, "waarde": None}
    facts = dict(parts.indicator_facts(queries.INDICATOREN["pip_tijdig"], nobody))
    assert facts["Nu"] == "— (niemand in deze selectie). Te weinig waarnemingen."


def published_row(teller, noemer, waarde):
    row = {"teller": teller, "noemer": noemer, "waarde": waarde}
    return row | {f"{name}_weergave": "beschermd" if figure is None else "afgerond" for name, figure in row.items()}


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        ("pip_tijdig", (200, 290, 0.69), "69% (200 van 290 · norm 100%). Norm niet gehaald."),
        ("pip_tijdig", (None, 20, None), "te klein om te tonen (norm 100%)."),
        ("pip_zonder", (None, None, None), "<10."),
        ("pip_mediaan_dagen", (None, None, 63), "9 weken (mediaan · norm 70 dagen). Geen oordeel: mediaan."),
    ],
)
def test_a_published_figure_is_said_to_be_rounded_and_one_that_is_too_small_gets_no_verdict(name, row, expected):
    facts = dict(parts.indicator_facts(queries.INDICATOREN[name], published_row(*row)))
    assert facts["Nu, afgerond"] == expected
    assert "Nu" not in facts


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
    folder = store.in_use(demo_snapshots)
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
    frame = parts.delivered(queries.read_delivery(Manifest(**MANIFEST)))
    assert frame.rows() == [
        ("pip", "PIP.parquet", 9, 5, 4, "04-01-2023, 17:05"),
        ("melding", "melding.parquet", None, None, 0, "niet bekend"),
    ]


def test_reasons_stand_most_frequent_first():
    assert parts.rejected(queries.read_delivery(Manifest(**MANIFEST))).rows() == [
        ("pip", "vaak", 3, "PIP.parquet"),
        ("pip", "zeldzaam", 1, "PIP.parquet"),
    ]


def test_reasons_and_warnings_come_with_file_and_line():
    report = {
        "tabellen": [
            {
                "tabel": "pip",
                "bestand": "PIP.parquet",
                "afgekeurd": [
                    {"reden": "vaak", "aantal": 3, "plaatsen": [{"bestand": "PIP.parquet", "regels": [2, 3, 9]}]}
                ],
                "waarschuwingen": [
                    {"waarschuwing": "valt op", "aantal": 2, "plaatsen": [{"bestand": "b.csv", "regels": [4, 7]}]}
                ],
            }
        ]
    }
    read = queries.read_delivery(Manifest(**MANIFEST), report=report)
    assert parts.rejected(read).rows() == [
        ("pip", "vaak", 3, "PIP.parquet, regel 2, 3 en 9"),
        ("pip", "zeldzaam", 1, "PIP.parquet"),
    ]
    assert parts.warned(read).rows() == [("pip", "valt op", 2, "PIP.parquet, b.csv: regel 4 en 7")]


def test_what_is_said_of_a_whole_table_has_no_number_of_rows():
    table = {
        "bestand": "pip.csv",
        "waarschuwingen": [{"regel": "valt op", "aantal": 2}, {"regel": "minder rijen", "aantal": None}],
        "opmerkingen": ["regel 9: een totaalregel, niet gelezen als rij"],
    }
    read = delivery(tabellen={"pip": table})
    assert parts.warned(read)["waarschuwing", "rijen"].rows() == [
        ("minder rijen", None),
        ("regel 9: een totaalregel, niet gelezen als rij", None),
        ("valt op", 2),
    ]


def test_warnings_dropped_columns_and_hashes_stand_per_table():
    read = queries.read_delivery(Manifest(**MANIFEST))
    assert parts.warned(read).rows() == [("pip", "valt op", 2, "PIP.parquet")]
    assert parts.dropped(read).rows() == [("pip", "opmerking")]
    assert parts.hashes(read).rows() == [("PIP.parquet", "ab")]


def test_a_bare_manifest_gives_empty_tables_of_the_same_columns():
    bare = queries.read_delivery(Manifest(**{"peildatum": "2022-12-31", "herkomst": "levering"}))
    for part in (parts.delivered, parts.rejected, parts.warned, parts.dropped, parts.hashes):
        assert part(bare).is_empty()
        assert part(bare).columns == part(queries.read_delivery(Manifest(**MANIFEST))).columns
    facts = dict(parts.snapshot_facts(bare))
    assert facts["Kenmerk van de levering"] == facts["Ingenomen op"] == "niet bekend"
    assert facts["Versie van de monitor"] == queries.VERSION


def test_the_history_shows_the_share_that_was_rejected():
    (row,) = parts.history([queries.read_delivery(Manifest(**MANIFEST), in_gebruik=True)]).rows(named=True)
    assert (row["gelezen"], row["afgekeurd"], row["aandeel"], row["in_gebruik"]) == (9, 4, 4 / 9, True)


def kept(*numbers, herkomst="levering"):
    """Deliveries at the ends of months of 2022, oldest first, of (rows read, rows rejected)."""
    return [
        queries.read_delivery(
            Manifest(
                peildatum=date(2022, month, 28),
                herkomst=herkomst,
                tabellen={"pip": {"gelezen": read, "rijen": read - bad, "afgekeurd": {"reden": bad} if bad else {}}},
            )
        )
        for month, (read, bad) in enumerate(numbers, start=1)
    ]


def test_the_chart_shows_rows_and_rejected_rows_of_every_delivery_oldest_first():
    history = parts.history([*reversed(kept((1000, 10), (1200, 0)))])
    chart = charts.deliveries(history)
    assert chart.description == (
        "Rijen per levering. 28-01-2022: 1.000 geleverd, 10 afgekeurd; 28-02-2022: 1.200 geleverd, 0 afgekeurd."
    )
    drawn = chart.to_dict()
    (bars, *_) = [rows for rows in drawn["datasets"].values() if "gelezen" in rows[0]]
    assert [(row["dag"], row["gelezen"], row["afgekeurd"]) for row in bars] == [
        ("28-01-2022", 1000, 10),
        ("28-02-2022", 1200, 0),
    ]
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == ["rule", "text", "bar", "text"] * 2
    assert tooltip_faults(chart) == []


def test_one_delivery_or_none_has_no_chart_and_demo_is_not_set_beside_real_ones():
    assert charts.deliveries(parts.history([])) is None
    assert charts.deliveries(parts.history(kept((5, 0)))) is None
    lost = queries.Delivery(date(2022, 11, 30), False, "", None, (), leesbaar=False)
    assert charts.deliveries(parts.history([lost, *kept((5, 0))])) is None
    mixed = [*kept((5, 0), herkomst="demo"), *kept((5, 0), (6, 0), (7, 0))[1:]]
    assert charts.comparable(parts.history(mixed))["gelezen"].to_list() == [6, 7]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([(10, 0)], finding.HISTORY),
        (
            [(1000, 10), (2200, 0)],
            "De laatste levering heeft 1.200 rijen meer dan die van 28 januari 2022; 0,0% is afgekeurd, toen 1,0%",
        ),
        (
            [(5, 5), (11, 0), (10, 0)],
            "De laatste levering heeft 1 rij minder dan die van 28 februari 2022; beide keren is 0,0% afgekeurd",
        ),
        (
            [(10, 0), (10, 1)],
            "De laatste levering heeft evenveel rijen als die van 28 januari 2022; 10,0% is afgekeurd, toen 0,0%",
        ),
        ([(0, 0), (10, 1)], "De laatste levering heeft 10 rijen meer dan die van 28 januari 2022"),
    ],
)
def test_the_title_of_the_history_compares_the_last_two_deliveries(numbers, expected):
    assert finding.developed(charts.comparable(parts.history(kept(*numbers)))) == expected


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
        municipality.maak(folder, day, personen=60)
        (folder / "manifest.json").unlink()
        persons = pl.read_parquet(folder / "inburgeraar.parquet")
        if day.month == 12:
            first = pl.int_range(pl.len()) < 2
            persons.with_columns(
                wet=pl.when(first).then(pl.lit("WI1998")).otherwise("wet"), opmerking=pl.lit("vrije tekst")
            ).head(persons.height - 3).write_parquet(folder / "inburgeraar.parquet")
        steps.take_in(folder, day, root, toch=True)
    return root


@pytest.fixture
def identifiers(real_snapshots):
    """Every identifier of the delivery that is in use, rejected rows included."""
    folder = store.in_use(real_snapshots)
    files = [*folder.glob("*.parquet"), *folder.glob("afgekeurd/*.parquet")]
    columns = ("inburgeraar_id", "melding_id")
    frames = [pl.read_parquet(file) for file in files]
    return {value for frame in frames for column in columns if column in frame.columns for value in frame[column]}


@pytest.fixture
def signed_in(monkeypatch, tmp_path):
    """Real data are for who signed in: somebody who may see the whole city."""
    now = datetime.now(UTC)
    visitor = roles.Visitor(
        uitgever="https://id.example",
        onderwerp="42",
        naam="a@haarlem.example",
        rollen=("beheer",),
        grens=None,
        van=now,
        tot=now + timedelta(hours=1),
        kenmerk="k",
    )
    monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(gate.INTERN, visitor))
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))


def test_a_real_delivery_shows_what_was_rejected_and_no_record(
    open_page, text_of, real_snapshots, identifiers, signed_in, monkeypatch
):
    monkeypatch.setattr(store, "SNAPSHOTS", real_snapshots)
    app = open_page("verantwoording")
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert "wet heeft een onbekende code" in text
    assert "inburgeraar_id komt niet voor in de goedgekeurde rijen" in text
    assert "opmerking" in text
    # A parquet file has no lines of text: its rows are counted from 1.
    assert "inburgeraar.parquet, regel 1 en 2" in text
    assert "meer dan die van 30 november 2022" in text or "minder dan die van 30 november 2022" in text
    assert "3 personen uit de levering van 30 november 2022 staan niet meer" in text
    assert "Extracten van de gemeente Haarlem" in text
    assert bar.DEMO not in text
    assert "vrije tekst" not in text
    assert identifiers
    assert not any(identifier in text for identifier in identifiers if identifier)


def test_a_manifest_without_its_optional_parts_breaks_nothing(
    open_page, text_of, snapshots_in_use, tmp_path, monkeypatch
):
    root = shutil.copytree(towns.demo(), tmp_path / "kaal", symlinks=True)
    folder = store.in_use(root)
    manifest = Manifest.read(folder)
    Manifest(peildatum=manifest.peildatum, herkomst=manifest.herkomst).write(folder)
    monkeypatch.setattr(store, "SNAPSHOTS", root)
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


@pytest.mark.parametrize("name", ["overdracht_per_wijkteam", "evaluatie_vergelijking"])
def test_what_answers_a_question_opens_with_it(open_page, name):
    code, command = code_of(opened(open_page, f"vraag_{name}"))
    assert code == queries.sql(name).strip()
    assert command == f"python -m queries {name}"


# ---------------------------------------------------------------------------------------------------- publications


EVERY = tuple(queries.VRAGEN)


def told(questions=EVERY, herkomst="levering", **attack):
    found = {"publicaties": 1, "smalste": 5, "weggelaten": 0} | attack
    manifest = queries.PublicationManifest(peildatum="2022-12-31", herkomst=herkomst, aanval=found)
    return dict(protection.facts(manifest, questions))


def test_the_protection_tells_its_rules_and_that_the_key_is_secret():
    facts = told()
    assert list(facts) == ["Aantallen", *dict(protection.RULES), "Nagerekend", "Niet openbaar"]
    assert facts["Aantallen"] == f"{protection.COUNTS} {protection.SECRET}"


def test_of_demo_data_the_key_is_not_called_secret():
    assert told(herkomst="demo")["Aantallen"].endswith(protection.NO_SECRET)


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        (
            {},
            "Voordat dit openbaar werd, is met een rekenprogramma geprobeerd de echte aantallen terug te vinden uit "
            "alle openbare cijfers samen. Bij elk aantal dat onder 10 kan liggen, bleven minstens 5 uitkomsten "
            "mogelijk.",
        ),
        ({"publicaties": 2, "weggelaten": 1}, "mogelijk. Daarvoor is 1 cijfer niet getoond."),
        ({"weggelaten": 1200}, "mogelijk. Daarvoor zijn 1.200 cijfers niet getoond."),
        ({"smalste": None}, "samen. Er was geen aantal bij dat onder 10 kan liggen."),
    ],
)
def test_what_the_attack_found_is_told(attack, expected):
    words = told(**attack)["Nagerekend"]
    assert words.endswith(expected)
    assert ("ook die van eerdere publicaties" in words) == ("publicaties" in attack)


def test_a_manifest_without_its_attack_tells_the_rest():
    facts = dict(protection.facts(queries.PublicationManifest(peildatum="2022-12-31", herkomst="levering"), EVERY))
    assert "Nagerekend" not in facts
    assert facts["Niet openbaar"] == protection.NEVER_PUBLIC


def open_data_buttons(app):
    return [button.key for button in app.get("download_button") if button.key == "open_data"]


def test_the_open_data_are_offered_where_the_figures_are_public(open_public_page, text_of):
    app = open_public_page("verantwoording")
    assert open_data_buttons(app) == ["open_data"]
    assert protection.OPEN_DATA in text_of(app)


def test_the_open_data_are_not_offered_beside_exact_figures(open_page):
    assert open_data_buttons(open_page("verantwoording")) == []


def test_questions_that_are_not_public_are_named():
    without = [name for name in EVERY if name != "kpi_sinds"]
    title = queries.VRAGEN["kpi_sinds"].titel
    assert told(questions=without)["Niet openbaar"] == (
        f"{protection.NEVER_PUBLIC} Ook niet openbaar is “{title}”: bijna alle aantallen daarin zijn kleiner dan 10."
    )
    assert " Ook niet openbaar zijn “" in told(questions=without[1:])["Niet openbaar"]


def test_the_thresholds_that_are_told_are_those_of_the_rounding():
    rounding = (Path(queries.__file__).parent / "model" / "openbaar" / "telling.sql").read_text(encoding="utf-8")
    assert f"create macro genoeg(noemer) as coalesce(noemer >= {protection.ENOUGH}, false);" in rounding
    assert "genoeg(noemer) and teller >= 10 and noemer - teller >= 10;" in rounding
    rules = dict(protection.RULES)
    assert f"{protection.ENOUGH} of meer" in rules["Percentages"]
    assert "het deel als de rest 10 of meer" in rules["Percentages"]
    assert f"{protection.ENOUGH} of meer" in rules["Duur"]


def test_the_public_limits_name_no_filter_that_the_public_view_has_not():
    public = finding.limits(is_published=True)
    assert len(public) == len(finding.limits())
    assert not any(bar.LABELS["wijkteam"] in limit or "cohort" in limit for limit in public)
    assert set(finding.LIMITS_PUBLISHED) <= set(finding.LIMITS)


def test_the_words_above_the_parts_differ_per_reader():
    intern, public = finding.words(False), finding.words(True)
    assert any("opdracht die erbij staat" in step for step in intern.steps)
    assert not any("opdracht" in step or "geleverd" in step for step in public.steps)
    assert "leveringen" in intern.filters
    assert "leveringen" not in public.filters


def test_a_publication_has_its_day_origin_and_mark():
    read = queries.read_delivery(Manifest(**{"peildatum": "2022-12-31", "herkomst": "demo", "levering_id": "ab12"}))
    assert parts.publication_facts(read) == [
        ("Peildatum van de publicatie", "31 december 2022"),
        ("Herkomst", bar.DEMO),
        ("Kenmerk van de publicatie", "ab12"),
        ("Versie van de monitor", queries.VERSION),
    ]


def headings(app):
    return {heading.value for heading in (*app.header, *app.subheader)}


def test_the_public_page_tells_the_protection_and_no_delivery(open_public_page, demo_snapshots, text_of):
    app = open_public_page("verantwoording")
    text = text_of(app)
    assert not app.exception and not app.error
    assert protection.TITLE in headings(app)
    assert {"Breuken en beperkingen", "Toezeggingen aan de raad", "Het model onder de vragen"} <= headings(app)
    assert "Wat er is geleverd" not in headings(app)
    assert "Leveringen door de tijd" not in headings(app)
    assert queries.VRAGEN["kpi_sinds"].titel in text
    for table in Manifest.read(store.in_use(demo_snapshots)).tabellen.values():
        assert table.sha256 not in text
        assert table.bestand not in text
    assert "geleverde rij" not in text


@pytest.mark.parametrize("key", ["kpi_pip_tijdig", "vraag_pip_status"])
def test_the_public_reader_gets_the_sql_and_no_command_for_exact_figures(open_public_page, key):
    code = code_of(opened(open_public_page, key))
    assert code
    assert not any("python -m queries" in text for text in code)


def test_the_public_reader_can_read_the_rounding_itself(open_public_page):
    code = code_of(opened(open_public_page, "model_openbaar/telling.sql"))
    assert any("create macro afgerond(telling)" in text for text in code)


@pytest.mark.parametrize(("name", "public"), [("kpi_sinds", False), ("pip_status", True)])
def test_of_a_question_that_is_not_public_it_is_said(open_public_page, text_of, name, public):
    text = text_of(opened(open_public_page, f"vraag_{name}"))
    assert (finding.NOT_PUBLIC in text) != public
