"""A draft of levering.toml: from names alone, complete about its doubts, and never over another."""

import tomllib

import pytest

from data.delivery import mapping
from data.demo import example, municipality
from data.intake import steps
from tests.command import run
from tests.data.text_delivery import csv_of, with_file, write_csv_delivery, write_xlsx

# What a steward fills in of the example: two columns with names of their own, and codes, which the draft does not see.
FOUND_BY_HAND = {
    '# reden_niet_gestart = ""  #': 'reden_niet_gestart = "Waarom niet begonnen"  #',
    '# reden_einde = ""  #': 'reden_einde = "Waarom gestopt"  #',
}


def of_tables(text: str) -> dict:
    """What a levering.toml says, without what need not be said: how a file is written, and the codes."""
    said = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
    return {name: {key: table[key] for key in table.keys() - {"codering", "codes"}} for name, table in said.items()}


def test_draft_of_the_example_is_what_it_was_mapped_with_and_can_be_taken_in(tmp_path):
    example.schrijf(folder := tmp_path / "voorbeeld")
    pad = folder / mapping.BESTAND
    own = pad.read_text(encoding="utf-8")
    pad.unlink()
    done = run("data.intake", "--ontwerp", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Van 8 van de 8 tabellen" in done.stdout
    assert "Kolommen niet gevonden: 2. Niet zeker: 1." in done.stdout
    draft = pad.read_text(encoding="utf-8")
    for commented, filled in FOUND_BY_HAND.items():
        assert draft.count(commented) == 1
        draft = draft.replace(commented, filled)
    assert "niet gebruikt: Waarom niet begonnen, Waarom gestopt" in draft
    assert of_tables(draft) == of_tables(own)
    codes = [part for part in own.split("\n\n") if ".codes." in part.partition("\n")[0]]
    pad.write_text("\n\n".join([draft, *codes]), encoding="utf-8")
    assert steps.check(folder, municipality.PEILDATUM, tmp_path / "s").code == 0


STRANGE = {"pip": "a;b;c\n1;2;3\n"}
DOUBTS = [
    # What is written, and a line that the draft then has.
    ({}, "# pip: pip.csv heet al zoals in de monitor, met alle kolommen. Daarvoor is geen vertaling nodig."),
    (
        {"pip": csv_of("pip", {}).replace("dagtekening_pip", "Dagtekeningg")},
        'dagtekening_pip = "Dagtekeningg"  # niet zeker: lijkt op dagtekening_pip',
    ),
    (
        {"pip": csv_of("pip", {}).replace("inburgeraar_id", "Clientnummer")},
        'inburgeraar_id = "Clientnummer"  # niet zeker: is dit geen pseudoniem, haal dan deze kolom overal weg en '
        'zet bovenaan: sleutel = "Clientnummer"',
    ),
    (
        {"uitkering": "inburgeraar_id;startdatum;begindatum;einddatum\na;b;c;d\n"},
        'datum_start = "startdatum"  # niet zeker: het kan ook begindatum zijn',
    ),
    (
        {"pip": "a;b;c\n1;2;3\n"},
        "# Geen bestand gevonden voor de tabel pip. Zonder die tabel is de levering niet volledig.",
    ),
    (
        {"pip": "a;b;c\n1;2;3\n"},
        "# pip.csv: niet herkend als tabel. Hoort het niet bij de levering, haal het dan uit de map.",
    ),
    (
        {"pip": csv_of("pip", {}).replace("gemeentecode", 'met "aanhaling" \\')},
        '# pip.csv: deze kolommen zijn niet gebruikt: met "aanhaling" \\',
    ),
]


@pytest.mark.parametrize(("files", "line"), DOUBTS)
def test_what_is_unsure_or_lacks_stands_in_it(tmp_path, files, line):
    folder = write_csv_delivery(tmp_path / "levering", **files)
    (folder / mapping.BESTAND).unlink()
    assert run("data.intake", "--ontwerp", folder).returncode == 0
    assert line in (folder / mapping.BESTAND).read_text(encoding="utf-8").splitlines()
    mapping.read(folder)


def test_names_of_any_kind_are_written_as_toml_understands_them(tmp_path):
    folder = write_csv_delivery(tmp_path / "levering")
    (folder / mapping.BESTAND).unlink()
    (folder / "pip.csv").unlink()
    kop = ["Cliënt-kenmerk", 'PIP "getekend" op', "Gemeente\\code", "LeerRoute", "Niveau", "Uitstel (derden)"]
    write_xlsx(folder / "map 'x'.xlsx", **{'"Plannen"': [["Lijst van PIP's"], [], kop, ["persoon-001"] * 6]})
    assert run("data.intake", "--ontwerp", folder).returncode == 0
    pip = mapping.read(folder)["pip"]
    assert (pip.bestand, pip.blad) == ("map 'x'.xlsx", '"Plannen"')
    assert list(pip.kolommen.values()) == kop


SECRET = "Wiersma"
HEADERLESS = [
    f"persoon-001;WI2021;{SECRET};asiel;2022-02-01\n" * 3,
    # A title that holds a value, a header with a number of a person, and values that are words of the contract.
    f"Export van {SECRET}\n" + csv_of("inburgeraar", {"wijkcode": SECRET}).replace("datum_uitstroom", "123456782"),
    f"persoon-001;Gepland;Centrum;{SECRET};Wonen\n" * 3,
    f"persoon-001;van;{SECRET}\n",
]


@pytest.mark.parametrize("content", HEADERLESS)
def test_no_value_is_in_it_nor_told(tmp_path, content):
    folder = write_csv_delivery(tmp_path / "levering", inburgeraar=content, uitkering=content)
    (folder / mapping.BESTAND).unlink()
    done = run("data.intake", "--ontwerp", folder)
    draft = (folder / mapping.BESTAND).read_text(encoding="utf-8")
    assert not any(
        value in text for value in (SECRET, "persoon-001", "123456782") for text in (draft, done.stdout, done.stderr)
    )


@pytest.mark.parametrize("there", [True, False])
def test_refused_when_there_is_one_already_or_nothing_is_recognised(tmp_path, there):
    folder = write_csv_delivery(tmp_path / "levering", toml="# eigen\n") if there else tmp_path
    with_file("notitie.csv", "a;b\n1;2\n")(folder)
    done = run("data.intake", "--ontwerp", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert ("wordt niet overschreven" if there else "geen bestand herkend") in done.stderr
    assert (folder / mapping.BESTAND).exists() == there
    if there:
        assert (folder / mapping.BESTAND).read_text(encoding="utf-8") == "# eigen\n"
