"""The page Verantwoording: every figure can be checked from it, and no record stands on it."""

from __future__ import annotations

import json
import re
import shlex
from datetime import UTC, date, datetime

import polars as pl
import pytest

import queries
from data.demo import municipality
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from pages.access import gate, log, roles
from pages.filters import bar
from pages.show import pictures
from pages.verantwoording import charts, parts
from pages.verantwoording import words as says
from pages.words import presentation
from queries import __main__ as command_line
from queries.definitions.words import WORDS
from tests.pages.show.drawing import tooltip_faults
from tests.pages.show.published import exact_row, published_row

TOLD = says.TEXTS
DELIVERED = {"peildatum": "2022-12-31", "herkomst": "levering"}


def read(**more):
    """A delivery as its manifest tells it."""
    return queries.read_delivery(Manifest(**DELIVERED | more))


def delivery(gelezen=10, afgekeurd=None, **more):
    afgekeurd = afgekeurd or {}
    table = {"bestand": "pip.parquet", "gelezen": gelezen, "rijen": gelezen - sum(afgekeurd.values())}
    return read(**{"tabellen": {"pip": {**table, "afgekeurd": afgekeurd}}} | more)


ONE, SOME = {"afgekeurd": {"a": 1}}, {"afgekeurd": {"a": 1, "b": 2}}
GONE = [{"verdwenen": {"vorige_peildatum": "2022-11-30", "aantal": number}} for number in (0, 1, 4)]


@pytest.mark.parametrize(
    ("say", "given", "expected"),
    [
        (says.finding, {"gelezen": 3205}, "Alle 3.205 geleverde rijen tellen mee; er is niets afgekeurd."),
        (says.finding, ONE, "Van de 10 geleverde rijen is er 1 afgekeurd (10,0%); die telt in geen enkel cijfer mee."),
        (says.finding, SOME, "Van de 10 geleverde rijen zijn er 3 afgekeurd (30,0%); die tellen in geen enkel cijfer"),
        (says.finding, {"gelezen": 0}, "De levering bevat geen enkele rij."),
        (says.finding, {"tabellen": {}}, "Bij deze gegevens staat niet wat er per tabel is geleverd."),
        (says.finding, {"herkomst": "demo"}, f"{TOLD['finding']['demo']} Alle 10 geleverde rijen"),
        (says.gone, {}, "Er is geen eerdere levering om mee te vergelijken."),
        (says.gone, GONE[0], "Iedereen uit de levering van 30 november 2022 staat ook in deze levering."),
        (says.gone, GONE[1], "1 persoon uit de levering van 30 november 2022 staat niet meer in deze levering."),
        (says.gone, GONE[2], "4 personen uit de levering van 30 november 2022 staan niet meer in deze levering."),
    ],
)
def test_what_came_in_was_rejected_or_disappeared_is_counted(say, given, expected):
    assert say(delivery(**given), *([False] if say is says.finding else [])).startswith(expected)


def test_the_public_reader_gets_the_same_limits_and_reads_of_no_filter_or_delivery_that_he_has_not():
    intern, public = says.limits(), says.limits(published=True)
    assert [limit.split("**")[1] for limit in public] == [limit.split("**")[1] for limit in intern]
    assert not any(bar.LABELS["wijkteam"] in limit or "cohort" in limit for limit in public)
    assert "opdracht" in str(says.TEXTS["intern"]["steps"]) and "leveringen" in says.TEXTS["intern"]["filters"]
    assert not any(word in str(says.TEXTS["openbaar"]) for word in ("opdracht", "geleverd", "leveringen"))


@pytest.mark.parametrize(
    ("view", "name", "row", "expected"),
    [
        (exact_row, "pip_tijdig", (201, 287, 201 / 287), "70% (201 van 287 · norm 100%). Norm niet gehaald."),
        (exact_row, "pip_tijdig", (0, 0, None), "— (niemand in deze selectie). Te weinig waarnemingen."),
        (published_row, "pip_tijdig", (None, 20, None), "te klein om te tonen (norm 100%)."),
        (published_row, "pip_zonder", (None, None, None), "<10."),
    ],
)
def test_the_figure_of_now_has_its_noemer_and_verdict_and_one_that_is_too_small_has_none(view, name, row, expected):
    row = view({"indicator": name, **dict(zip(("teller", "noemer", "waarde"), row, strict=True))})
    facts = dict(parts.indicator_facts(queries.INDICATOREN[name], row))
    assert facts["Nu" if view is exact_row else "Nu, afgerond"] == expected


def test_every_kpi_has_all_that_defines_it_on_the_page_and_to_take_along():
    frame = parts.definitions(queries.INDICATOREN)
    assert frame["naam"].to_list() == list(queries.INDICATOREN)
    assert frame.null_count().sum_horizontal().item() == 0
    for row in frame.iter_rows(named=True):
        entry = queries.INDICATOREN[row["naam"]]
        facts = dict(parts.indicator_facts(entry, exact_row({"teller": 3, "noemer": 30, "waarde": 0.1})))
        for name in ("definitie", "eenheid", "norm", "bron"):
            assert facts[name.capitalize()] == row[name]
        assert ("Per kwartaal van instroom" in facts) == (entry.instroom is not None)
    assert frame.row(by_predicate=pl.col("naam") == "pip_tijdig", named=True)["norm"] == "100% (wet)"


EVERYTHING = queries.Selection(
    ("Noord", "Zuid-West"), ("Delftwijk-Vondelkwartier",), ("Asielstatushouder", "Gezinsmigrant en overige migrant"),
    ("WI2021",), (2022,), date(2022, 1, 1), date(2022, 10, 1), date(2022, 11, 30),
)  # fmt: skip


@pytest.mark.parametrize("selection", [queries.Selection(), EVERYTHING], ids=["nothing", "everything"])
def test_the_command_on_the_page_gives_the_figures_on_the_page(demo_snapshots, capsys, selection):
    folder = store.in_use(demo_snapshots)
    python, m, module, *arguments = shlex.split(parts.command("kpi", selection))
    assert (python, m, module) == ("python", "-m", "queries")
    assert command_line.main([*arguments, "--data", str(folder), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == queries.answer("kpi", selection, queries.open_database(folder)).to_dicts()


PIP = {
    "bestand": "PIP.parquet", "sha256": "ab", "levertijd": "2023-01-04T17:05:00+01:00", "gelezen": 9, "rijen": 5,
    "afgekeurd": {"af en toe": 1, "vaak": 3}, "extra_kolommen": ["opmerking"],
    "waarschuwingen": [{"regel": "valt op", "aantal": 2}, {"regel": "minder rijen", "aantal": None}],
    "opmerkingen": ["regel 9: een totaalregel, niet gelezen als rij"],
}  # fmt: skip
PLACES = {
    "tabel": "pip", "bestand": "PIP.parquet",
    "afgekeurd": [{"reden": "vaak", "aantal": 3, "plaatsen": [{"bestand": "PIP.parquet", "regels": [2, 3, 9]}]}],
    "waarschuwingen": [{"waarschuwing": "valt op", "aantal": 2, "plaatsen": [{"bestand": "b.csv", "regels": [4, 7]}]}],
}  # fmt: skip
MANIFEST = Manifest(**DELIVERED, tabellen={"pip": PIP, "melding": {"bestand": "melding.parquet"}})
CAME_IN = [("pip", "PIP.parquet", 9, 5, 4, "04-01-2023, 17:05")]
CAME_IN += [("melding", "melding.parquet", None, None, 0, "niet bekend")]
# The most frequent reason first; a warning about the whole table before the others.
REASONS = [("pip", "vaak", 3, "PIP.parquet, regel 2, 3 en 9"), ("pip", "af en toe", 1, "PIP.parquet")]
WARNINGS = [("pip", words, None, "PIP.parquet") for words in ("minder rijen", PIP["opmerkingen"][0])]
WARNINGS += [("pip", "valt op", 2, "PIP.parquet, b.csv: regel 4 en 7")]


def test_a_delivery_tells_per_table():
    told = {parts.delivered: CAME_IN, parts.rejected: REASONS, parts.warned: WARNINGS}
    told |= {parts.dropped: [("pip", "opmerking")], parts.hashes: [("PIP.parquet", "ab")]}
    for part, rows in told.items():
        found, bare = part(queries.read_delivery(MANIFEST, report={"tabellen": [PLACES]})), part(read())
        assert found.rows() == rows
        # Of a bare manifest it is empty, with the same columns.
        assert bare.is_empty() and bare.schema == found.schema


def test_a_delivery_and_a_publication_have_their_day_origin_and_mark():
    day, unknown, version = "31 december 2022", "niet bekend", ("Versie van de monitor", queries.VERSION)
    names = ("Peildatum van de levering", "Herkomst", "Ingenomen op", "Kenmerk van de levering")
    values = (day, "Extracten van de gemeente Haarlem", unknown, unknown)
    assert parts.source_facts(read(), published=False) == [*zip(names, values, strict=True), version]
    known = [("Peildatum van de publicatie", day), ("Herkomst", bar.DEMO), ("Kenmerk van de publicatie", "ab12")]
    assert parts.source_facts(read(herkomst="demo", levering_id="ab12"), published=True) == [*known, version]


def kept(*numbers, herkomst="levering"):
    """Deliveries at the ends of months of 2022, oldest first, of (rows read, rows rejected)."""
    return [
        delivery(read, {"reden": bad} if bad else {}, peildatum=date(2022, month, 28), herkomst=herkomst)
        for month, (read, bad) in enumerate(numbers, start=1)
    ]


LOST = queries.Delivery(date(2022, 11, 30), False, "", None, (), leesbaar=False)


def test_the_history_shows_the_share_that_was_rejected_and_what_cannot_be_read():
    history = parts.history([queries.read_delivery(MANIFEST, in_gebruik=True), LOST])
    assert history.select("herkomst", "gelezen", "afgekeurd", "aandeel", "in_gebruik").rows() == [
        ("Extracten van de gemeente Haarlem", 9, 4, 4 / 9, True), ("niet meer te lezen", None, None, None, False)
    ]  # fmt: skip


def test_the_chart_shows_rows_and_rejected_rows_of_every_delivery_oldest_first():
    chart = charts.deliveries(parts.history([*reversed(kept((1000, 10), (1200, 0)))]))
    assert chart.description == (
        "Rijen per levering. 28-01-2022: 1.000 geleverd, 10 afgekeurd; 28-02-2022: 1.200 geleverd, 0 afgekeurd."
    )
    told = re.findall(r">([\d.]+|[A-Z][a-z]+ rijen)</text>", pictures.svg(chart, pictures.Words("Titel")))
    # A name stands twice: on its rim.
    assert list(dict.fromkeys(told)) == ["Geleverde rijen", "1.000", "1.200", "Afgekeurde rijen", "10", "0"]
    assert tooltip_faults(chart) == []


@pytest.mark.parametrize(
    ("deliveries", "compared", "words"),
    [
        ([], [], ()),
        (kept((5, 0)), [5], ()),
        ([LOST, *kept((5, 0), (0, 0))], [5], ()),
        ([*kept((5, 0), herkomst="demo"), *kept((5, 0), (6, 0), (7, 0))[1:]], [6, 7], ("1 rij meer dan", "februari")),
        (kept((5, 0), (2000, 20)), [5, 2000], ("1.995 rijen meer dan", "januari 2022; 1,0% is afgekeurd, toen 0,0%")),
        (kept((11, 0), (10, 0)), [11, 10], ("1 rij minder dan", "januari 2022; beide keren is 0,0% afgekeurd")),
        (kept((10, 0), (10, 1)), [10, 10], ("evenveel rijen als", "januari 2022; 10,0% is afgekeurd, toen 0,0%")),
    ],
    ids=["none", "one", "without rows", "demo beside real ones", "more", "less", "as many"],
)
def test_the_last_two_deliveries_with_rows_and_of_one_origin_are_compared(deliveries, compared, words):
    history = parts.history(deliveries)
    assert charts.comparable(history)["gelezen"].to_list() == compared
    assert (charts.deliveries(history) is None) == (len(compared) < 2)
    expected = "De laatste levering heeft {} die van 28 {}".format(*words) if words else TOLD["history"]["title"]
    assert says.developed(charts.comparable(history)).startswith(expected)


TWO = ("pip_tijdig melding_verwijzer", "voor: PIP binnen tien weken, Wie naar de wijkteams verwijst, per kwartaal.")


@pytest.mark.parametrize(
    ("names", "until", "period", "expected"),
    [
        (TWO[0], None, "01-01-2023", f" Van belang {TWO[1]}"),
        (" ".join(queries.INDICATOREN), None, "01-01-2023", " Van belang voor alle kengetallen."),
        (None, date(2023, 3, 1), "01-01-2023 tot en met 01-03-2023", ""),
    ],
)
def test_a_break_has_its_period_and_names_the_figures_that_it_breaks(names, until, period, expected):
    given = {"datum_van": date(2023, 1, 1), "datum_tot": until, "titel": "Breuk", "toelichting": "Zo is het."}
    events = pl.DataFrame([given | {"bron": "CBS", "indicatoren": names}])
    assert parts.breaks(events) == [(period, f"Breuk. Zo is het.{expected} Bron: CBS.")]


NATION = {
    "doelgroep": "Asielstatushouder", "cohort": 2022, "stand": date(2022, 12, 31), "soort": "getal", "teller": 6700,
    "noemer": 19000, "waarde": 0.35, "versie": "voorlopig", "gepubliceerd_op": None, "bron": "CBS", "url": "https://cbs.nl/a",
}  # fmt: skip
NO_DAY = ("CBS", "https://cbs.nl/a"), " (voorlopig cijfer, publicatiedatum niet bekend)."


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, ["35% (19.000 personen, van wie 6.700). Bron: ", *NO_DAY]),
        ({"soort": "ondergrens", "teller": None, "waarde": 0.7}, ["Ten minste 70% (19.000 personen). Bron: ", *NO_DAY]),
        ({"soort": "bovengrens", "teller": None, "noemer": None}, ["Hooguit 35%. Bron: ", *NO_DAY]),
        (
            {"versie": "herzien", "gepubliceerd_op": date(2024, 4, 2), "url": None},
            [
                "35% (19.000 personen, van wie 6.700). Bron: ",
                ("CBS", ""),
                " (herzien cijfer, gepubliceerd op 2 april 2024).",
            ],
        ),
    ],
)
def test_a_national_figure_has_its_kind_version_day_and_source(row, told):
    assert parts.nation(pl.DataFrame([NATION | row])) == [("Asielstatushouder, cohort 2022, 31-12-2022", told)]


KNOWN = pl.DataFrame(
    [("PIP", "Wie?", "beschikbaar", None, "Zo."), ("MAP", "Wat?", "niet voor", 2025, "Wet.")],
    schema=["stap", "vraag", "stand", "jaar", "waarom"], orient="row",
)  # fmt: skip


def test_what_cannot_be_known_yet_is_told_with_its_year():
    assert parts.knowable(KNOWN)["stand"].to_list() == ["beschikbaar", "niet voor 2025"]
    assert says.knowable(KNOWN).startswith("Van de 2 vragen over de stappen van de wet zijn er 1 ")


@pytest.mark.parametrize("view", ["open_page", "open_public_page"])
def test_both_readers_find_what_cannot_be_known_and_the_national_figures(request, text_of, view):
    def part(name):
        return text_of(request.getfixturevalue(view)("verantwoording", verantwoording_deel=name))

    assert part("Wat nog niet te weten is").count("<tr>") == queries.knowable().height + 1
    assert 'href="https://www.schulinck.nl/' in part("Landelijke cijfers")


def test_every_event_and_every_commitment_of_the_reference_is_told():
    assert len(parts.breaks(queries.events())) == queries.events().height
    told = parts.promises(queries.commitments())
    assert [number for number, _ in told] == queries.commitments()["nummer"].to_list()
    assert all("Datum: " in text and "Status: " in text for _, text in told)


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
            wet = pl.when(pl.int_range(pl.len()) < 2).then(pl.lit("WI1998")).otherwise("wet")
            bent = persons.with_columns(wet=wet, opmerking=pl.lit("vrije tekst")).head(persons.height - 3)
            bent.write_parquet(folder / "inburgeraar.parquet")
        steps.take_in(folder, day, root, toch=True)
    return root


def test_a_real_delivery_shows_rejections_and_no_record(open_page, text_of, real_snapshots, tmp_path, monkeypatch):
    # Real data are for who signed in: somebody who may see the whole city.
    visitor = roles.visitor({"sub": "42", "iat": datetime.now(UTC).timestamp()}, roles.Rules(gebied_verplicht=False))
    monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(gate.INTERN, visitor))
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))
    monkeypatch.setattr(store, "SNAPSHOTS", real_snapshots)
    app = open_page("verantwoording", verantwoording_deel="De gegevens")
    text = text_of(app)
    assert not app.exception and not app.error
    reasons = ("wet heeft een onbekende code", "inburgeraar_id komt niet voor in de goedgekeurde rijen", "opmerking")
    gone = "3 personen uit de levering van 30 november 2022 staan niet meer"
    # A parquet file has no lines of text: its rows are counted from 1.
    where = ("inburgeraar.parquet, regel 1 en 2", "dan die van 30 november 2022", "Extracten van de gemeente Haarlem")
    assert [words for words in (*reasons, gone, *where) if words not in text] == []
    files = store.in_use(real_snapshots).glob("**/*.parquet")
    columns = pl.selectors.by_name("inburgeraar_id", "melding_id", require_all=False)
    identifiers = {value for file in files for column in pl.read_parquet(file).select(columns) for value in column}
    assert len(identifiers) > 60
    told = [each for each in (*identifiers, bar.DEMO, "vrije tekst") if each and each in text]
    assert told == []


def opened(open_page, key):
    """The page with one of its folds open, and the code on it."""
    deel = "Wat elk cijfer betekent" if key.startswith("kpi_") else "Zelf narekenen"
    app = open_page("verantwoording", verantwoording_deel=deel)
    app.session_state[f"verantwoording_{key}"] = True
    return app.run(), [block.value.strip() for block in app.code]


FILE, TEXT = next(iter(queries.model_sql().items()))
ROUNDING = queries.rounding_sql()["openbaar/telling.sql"]
QUESTIONS = ("pip_status", "evaluatie_vergelijking", "kpi_sinds")


@pytest.mark.parametrize(
    ("key", "code", "command"),
    [
        ("kpi_pip_tijdig", [queries.observations_sql("pip_tijdig"), queries.sql("kpi")], "kpi"),
        *((f"vraag_{name}", [queries.sql(name)], name) for name in QUESTIONS),
        (f"model_{FILE}", [TEXT], ""),
    ],
)
def test_what_makes_a_figure_opens_and_the_command_where_it_is_exact(open_page, text_of, request, key, code, command):
    code = [text.strip() for text in code]
    assert opened(open_page, key)[1] == code + ([f"python -m queries {command}"] if command else [])
    public, shown = opened(request.getfixturevalue("open_public_page"), key)
    assert shown == code
    assert (TOLD["sql"]["not_public"] in text_of(public)) == (command == "kpi_sinds")


def test_the_public_reader_can_read_the_rounding_itself(open_public_page):
    assert opened(open_public_page, "model_openbaar/telling.sql")[1] == [ROUNDING.strip()]


EVERY = tuple(queries.VRAGEN)
ATTACK = {"publicaties": 1, "smalste": 5, "weggelaten": 0}


def told(questions=EVERY, herkomst="levering", aanval=ATTACK):
    manifest = queries.PublicationManifest(peildatum="2022-12-31", herkomst=herkomst, aanval=aanval)
    return dict(says.protection(manifest, questions))


def test_the_protection_tells_its_rules_whether_the_key_is_secret_and_what_is_never_public():
    rules = [rule["name"] for rule in says.PROTECTION["rules"]]
    assert list(told()) == [*rules, "Nagerekend", "Niet openbaar"]
    assert told()["Aantallen"].endswith(says.PROTECTION["secret"])
    assert told(herkomst="demo")["Aantallen"].endswith(says.PROTECTION["not_secret"])
    assert told()["Niet openbaar"] == says.PROTECTION["never_public"]
    assert "Nagerekend" not in told(aanval=None)
    assert not any("{" in text for text in told().values())


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        ({}, "cijfers samen. Bij elk aantal dat onder 10 kan liggen, bleven minstens 5 uitkomsten mogelijk."),
        ({"publicaties": 2, "weggelaten": 1}, "mogelijk. Daarvoor is 1 cijfer niet getoond."),
        ({"weggelaten": 1200}, "mogelijk. Daarvoor zijn 1.200 cijfers niet getoond."),
        ({"smalste": None}, "samen. Er was geen aantal bij dat onder 10 kan liggen."),
    ],
)
def test_what_the_attack_found_is_told(attack, expected):
    words = told(aanval=ATTACK | attack)["Nagerekend"]
    assert words.startswith("Voordat dit openbaar werd, is met een rekenprogramma") and words.endswith(expected)
    assert ("ook die van eerdere publicaties" in words) == ("publicaties" in attack)


@pytest.mark.parametrize(("kept", "verb"), [(["kpi_sinds"], "is"), (["kpi_sinds", "kpi_kwartaal"], "zijn")])
def test_questions_that_are_not_public_are_named(kept, verb):
    titles = " en ".join(f"“{queries.VRAGEN[name].titel}”" for name in EVERY if name in kept)
    words = (
        f"Ook niet openbaar {verb} {titles}: de groepen zijn te klein, of de cijfers zijn niet eerlijk te vergelijken."
    )
    without = [name for name in EVERY if name not in kept]
    assert told(without)["Niet openbaar"] == f"{says.PROTECTION['never_public']} {words}"


def test_the_thresholds_that_are_told_are_those_of_the_rounding():
    assert f"create macro genoeg(noemer) as coalesce(noemer >= {presentation.ENOUGH}, false);" in ROUNDING
    assert "genoeg(noemer) and teller >= 10 and noemer - teller >= 10;" in ROUNDING
    assert f"{presentation.ENOUGH} of meer" in told()["Percentages"]
    assert "het deel als de rest 10 of meer" in told()["Percentages"]
    assert f"{presentation.ENOUGH} of meer" in told()["Duur"]


def test_the_words_for_a_share_are_explained_with_their_bounds():
    words = told()["Percentages in woorden"]
    alone = [tekst for tekst in WORDS if " maar " not in tekst]
    assert len(alone) == 8 and all(tekst in words.lower() for tekst in alone)
    assert all(f"{tekst} ({WORDS[tekst].kort})" in words for tekst in alone[:6])


def test_what_each_reader_can_use_is_counted():
    used = queries.Gebruik(lezer="Wie", getoond=2639, in_woorden=82, te_klein=4737, normen=7, oordelen=5)
    manifest = queries.PublicationManifest(peildatum="2022-12-31", herkomst="demo", gebruik=[used])
    words = "2.639 getallen, 82 in woorden en 4.737 te klein om te tonen. "
    words += "Een norm hebben 7 percentages; bij 5 is te zien of die is gehaald."
    assert says.use(manifest) == [("Wie", words)]


def test_the_public_page_has_protection_and_open_data_for_the_delivery(open_page, demo_snapshots, text_of, request):
    def offered(app):
        return "open_data" in [button.key for button in app.get("download_button")]

    data = {"verantwoording_deel": "De gegevens"}
    exact = open_page("verantwoording", **data)
    public = request.getfixturevalue("open_public_page")("verantwoording", **data)
    assert not public.exception and not public.error
    assert (offered(exact), offered(public)) == (False, True)
    of_exact, of_public = ({each.value for each in app.header} for app in (exact, public))
    assert of_public - of_exact == {
        "Hoe deze cijfers zijn afgeschermd", "Hoeveel er te zien is", "Alle openbare cijfers als open data",
    }  # fmt: skip
    assert of_exact - of_public == {"Wat er is geleverd", "Leveringen door de tijd"}
    tables = Manifest.read(store.in_use(demo_snapshots)).tabellen.values()
    delivered = {"geleverde rij", *(table.sha256 for table in tables), *(table.bestand for table in tables)}
    assert [words for words in delivered if words in text_of(public)] == []
