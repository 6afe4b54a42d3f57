"""levering.toml: what it maps, and every error told by line in Dutch."""

import time

import pytest

from data import contract
from data.delivery import mapping
from data.errors import RefusedError


def lees(tmp_path, tekst):
    (tmp_path / "levering.toml").write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
    return mapping.lees(tmp_path)


def test_without_a_file_every_table_follows_the_contract(tmp_path):
    assert mapping.lees(tmp_path) == dict.fromkeys(contract.TABELLEN, mapping.Koppeling())


def test_settings_for_all_hold_until_a_table_says_otherwise(tmp_path):
    koppelingen = lees(
        tmp_path,
        """
datumvolgorde = "DMJ"
scheidingsteken = "tab"
[pip]
bestand = " plannen.csv "
datumvolgorde = "mdj"
kopregel = 3
[pip.kolommen]
leerroute = "Route  keuze"
[pip.codes.leerroute]
"B1-route" = "B"
[pip.codes.uitstel_derden]
"X" = true
"" = false
[pip.vast]
gemeentecode = "0392"
""",
    )
    assert koppelingen["pip"].opmaak == mapping.reading.Opmaak(scheidingsteken="\t", datumvolgorde="mdj", kopregel=3)
    assert koppelingen["intake"].opmaak == mapping.reading.Opmaak(scheidingsteken="\t", datumvolgorde="dmj")
    pip = koppelingen["pip"]
    assert (pip.bestand, pip.kolommen, pip.vast) == (
        "plannen.csv",
        {"leerroute": "Route keuze"},
        {"gemeentecode": "0392"},
    )
    assert pip.codes == {"leerroute": {"B1-route": "B"}, "uitstel_derden": {"X": "true", "": "false"}}


def test_key_for_all_is_no_key_for_melding(tmp_path):
    koppelingen = lees(tmp_path, 'sleutel = "Clientnummer"\n')
    assert [tabel for tabel, koppeling in koppelingen.items() if not koppeling.sleutel] == ["melding"]


FOUTEN = {
    "syntax": ("\n\nbestand = \n[pip]\n", 3, "geen geldige TOML"),
    "curly quotes": ("[pip]\nbestand = “a.csv”\n", 2, "rechte aanhalingstekens"),
    "twice": ('[pip]\nblad = "a"\nblad = "b"\n', 3, "staat er al"),
    "table twice": ("[pip]\n[intake]\n[pip]\n", 3, "staat er al"),
    "unknown table": ('# x\n[pips]\nbestand = "a.csv"\n', 2, "onbekende tabel 'pips'. Bedoelt u pip?"),
    "unknown setting": ('kodering = "utf-8"\n', 1, "onbekende instelling 'kodering'. Bedoelt u codering?"),
    "unknown setting in a table": (
        '[pip]\n\nbestant = "a.csv"\n',
        3,
        "onbekende instelling 'bestant'. Bedoelt u bestand?",
    ),
    "unknown column": ('[pip.kolommen]\nroute = "x"\n', 2, "onbekende kolom van pip 'route'"),
    "unknown column in codes": ('[pip.codes.route]\n"x" = "B"\n', 1, "onbekende kolom van pip 'route'"),
    "unknown code": (
        '[pip.codes.leerroute]\n"x" = "B"\n"y" = "C"\n',
        3,
        "leerroute kent de code 'C' niet. Mogelijk: B, O, Z.",
    ),
    "unknown wijkteam": ('[melding.codes.wijkteam]\n"x" = "West"\n', 2, "wijkteam kent de code 'West' niet"),
    "inline table": ("[pip]\nkolommen = { leerroute = 3 }\n", 2, "staat tussen aanhalingstekens"),
    "after a value of more lines": ('[pip]\nalleen_als_gevuld = [\n"a",\n]\nblad = 3\n', 5, "blad is een tekst"),
    "wrong type of file": ("[pip]\nbestand = 3\n", 2, "bestand is een tekst"),
    "wrong type of table": ('pip = "a.csv"\n', 1, "pip is een tabel"),
    "wrong type of line": ('[pip]\nkopregel = "3"\n', 2, "kopregel is een regelnummer"),
    "boolean is no line": ("[pip]\nkopregel = true\n", 2, "kopregel is een regelnummer"),
    "wrong type of boolean": ('[pip.codes.uitstel_derden]\n"X" = "ja"\n', 2, "true of false"),
    "wrong type of number": ('[ontzorging.vast]\ngesprekken_budgetcoach = "3"\n', 2, "geheel getal"),
    "wrong form": ('[pip.vast]\ngemeentecode = "392"\n', 2, "voorgeschreven vorm"),
    "empty where it may not be": ('[pip.vast]\nleerroute = ""\n', 2, "leerroute"),
    "unknown encoding": ('codering = "latin-9"\n', 1, "Mogelijk: utf-8"),
    "unknown order": ('datumvolgorde = "dd-mm-jjjj"\n', 1, "Mogelijk: dmj mdj jmd"),
    "unknown delimiter": ('scheidingsteken = "/"\n', 1, "Mogelijk: ; , | tab"),
    "path out of the folder": ('[pip]\nbestand = "../pip.csv"\n', 2, "zonder map ervoor"),
    "key and column": ('sleutel = "nr"\n[pip.kolommen]\ninburgeraar_id = "id"\n', 3, "kies"),
    "key for some": ('[pip]\nsleutel = "nr"\n', 2, "voor alle tabellen met personen of voor geen"),
    "key of melding": ('[melding]\nsleutel = "nr"\n', 2, "geen inburgeraar_id"),
    "key fills another column": ('sleutel = "nr"\n[pip.kolommen]\ngemeentecode = "nr"\n', 3, "geen andere kolom"),
    "constant key": ('[pip.vast]\ndagtekening_pip = "2022-01-01"\n', 2, "niet in elke rij gelijk"),
    "constant and column": ('[pip.kolommen]\nniveau = "N"\n[pip.vast]\nniveau = "A2"\n', 4, "kies een van beide"),
    "no utf-8": (b'# x\n[pip]\nblad = "\xeb"\n', 3, "UTF-8"),
    "bsn": ('[pip]\nblad = "123456782"\n', 2, "BSN"),
}


@pytest.mark.parametrize("geval", FOUTEN)
def test_error_is_told_by_line(tmp_path, geval):
    tekst, regel, woorden = FOUTEN[geval]
    with pytest.raises(RefusedError) as fout:
        lees(tmp_path, tekst)
    eerste = str(fout.value).split("\n")[0]
    assert eerste.startswith(f"levering.toml, regel {regel}") and woorden in str(fout.value)
    assert "123456782" not in str(fout.value)


def test_every_error_is_told_at_once_in_the_order_of_the_lines(tmp_path):
    with pytest.raises(RefusedError) as fout:
        lees(tmp_path, '[pip]\nblat = "x"\n[intake.kolommen]\ndatum = "x"\n[melding]\nkopregel = 0\n')
    assert [regel.split(":")[0] for regel in str(fout.value).split("\n")] == [
        "levering.toml, regel 2",
        "levering.toml, regel 4",
        "levering.toml, regel 6",
    ]


def test_own_name_stands_behind_the_contracts_name_in_a_reason():
    namen = {"datum_start": "Begin", "datum_einde": "Eind"}
    reden = "datum_einde ligt voor datum_start"
    assert mapping.met_eigen_namen(reden, namen) == "datum_einde (kolom Eind) ligt voor datum_start (kolom Begin)"
    assert mapping.met_eigen_namen(reden, {}) == reden


LANG = {
    "array over lines": ("[pip]\nalleen_als_gevuld = [\n" + '"a",\n' * 9_000 + "]\nkopregel = 0\n", 9_004),
    "comments in an array": ("[pip]\nalleen_als_gevuld = [\n" + "#]\n" * 20_000 + '"a"]\nkopregel = 0\n', 20_004),
    "text over lines": ('[pip]\nblad = """' + "[a\n" * 20_000 + '""""\nkopregel = 0\n', 20_003),
    "escapes": ('[pip]\nblad = """a' + "\\\\\n" * 20_000 + '\\""""\nkopregel = 0\n', 20_003),
    "literal text over lines": ("[pip]\nblad = '''" + '"[\n' * 20_000 + "''''\nkopregel = 0\n", 20_003),
    "key with many parts": ("[" + ".".join("a" * 30_000) + "]\n", 1),
}


@pytest.mark.parametrize(("tekst", "regel"), LANG.values(), ids=LANG)
def test_long_file_is_read_in_no_time_and_its_errors_still_have_their_line(tmp_path, tekst, regel):
    begin = time.process_time()
    with pytest.raises(RefusedError, match=rf"^levering\.toml, regel {regel}: (kopregel is een|deze regel heeft meer)"):
        lees(tmp_path, tekst)
    assert time.process_time() - begin < 2


def test_file_and_line_that_are_too_long_are_refused(tmp_path):
    assert lees(tmp_path, "# " + "x" * 998 + "\n")
    with pytest.raises(RefusedError, match=r"regel 2: deze regel heeft meer dan 1\.000 tekens"):
        lees(tmp_path, "\n# " + "x" * 999 + "\n")
    with pytest.raises(RefusedError, match="groter dan 64 kB"):
        lees(tmp_path, "#\n" * 33_000)
