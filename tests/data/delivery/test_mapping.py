"""levering.toml: what it maps, and every error told by its key in Dutch."""

import time

import pytest

from data import contract
from data.delivery import mapping
from data.delivery.source import Opmaak
from data.errors import RefusedError


def read(tmp_path, tekst):
    (tmp_path / "levering.toml").write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
    return mapping.read(tmp_path)


def test_without_a_file_every_table_follows_the_contract(tmp_path):
    assert mapping.read(tmp_path) == dict.fromkeys(contract.TABELLEN, mapping.Koppeling())


def test_settings_for_all_hold_until_a_table_says_otherwise(tmp_path):
    koppelingen = read(
        tmp_path,
        """
datumvolgorde = "DMJ"
scheidingsteken = "tab"
[pip]
bestand = " plannen.csv "
datumvolgorde = "mdj"
kopregel = 3
alleen_als_gevuld = "Route  keuze"
[pip.kolommen]
leerroute = "Route  keuze"
[pip.codes.leerroute]
" B1-route " = "B"
[pip.codes.uitstel_derden]
"X" = true
"" = false
[pip.vast]
gemeentecode = "0392"
""",
    )
    pip, intake = koppelingen["pip"], koppelingen["intake"]
    assert pip.opmaak == Opmaak(scheidingsteken="\t", datumvolgorde="mdj", kopregel=3)
    assert intake.opmaak == Opmaak(scheidingsteken="\t", datumvolgorde="dmj")
    assert (pip.gegeven, intake.gegeven) == (True, False)
    assert (pip.bestand, pip.alleen_als_gevuld) == ("plannen.csv", ["Route  keuze"])
    assert (pip.kolommen, pip.vast) == ({"leerroute": "Route keuze"}, {"gemeentecode": "0392"})
    assert pip.codes == {"leerroute": {"B1-route": "B"}, "uitstel_derden": {"X": "true", "": "false"}}


def test_key_for_all_is_no_key_for_melding(tmp_path):
    koppelingen = read(tmp_path, 'sleutel = "Clientnummer"\n')
    assert [tabel for tabel, koppeling in koppelingen.items() if not koppeling.sleutel] == ["melding"]


# What the file holds, where the error is, and some words of it.
FOUTEN = {
    "syntax": ("\n\nbestand = \n[pip]\n", "regel 3, positie 11", "geen geldige TOML"),
    "curly quotes": ("[pip]\nbestand = “a.csv”\n", "regel 2, positie 11", "rechte aanhalingstekens"),
    "not closed": ("[pip]\nalleen_als_gevuld = [\n\n", "regel 2", "geen geldige TOML"),
    "twice": ('[pip]\nblad = "a"\nblad = "b"\n', "regel 3, positie 11", "staat er al"),
    "table twice": ("[pip]\n[intake]\n[pip]\n", "regel 3, positie 5", "staat er al"),
    "no utf-8": (b'# x\n[pip]\nblad = "\xeb"\n', "regel 3", "UTF-8"),
    "bsn": ('[pip]\nblad = "123456782"\n', "regel 2", "BSN"),
    "unknown table": ('[pips]\nbestand = "a.csv"\n', "pips", "onbekende tabel. Bedoelt u pip?"),
    "unknown setting": ('kodering = "utf-8"\n', "kodering", "onbekende instelling. Bedoelt u codering?"),
    "unknown setting of a table": ('[pip]\nbestant = "a.csv"\n', "[pip] bestant", "onbekende instelling. Bedoelt u"),
    "unknown column": ('[pip.kolommen]\nroute = "x"\n', "[pip.kolommen] route", "onbekende kolom van pip. Bedoelt u"),
    "unknown column in codes": ('[pip.codes.route]\n"x" = "B"\n', "[pip.codes] route", "onbekende kolom van pip"),
    "name that may be somebody's": ('[pip]\n"a@b.nl" = 1\n', "[pip] (weggelaten)", "onbekende instelling"),
    "unknown code": (
        '[pip.codes.leerroute]\n"Route van Jansen" = "C"\n',
        "[pip.codes.leerroute]",
        "leerroute kent de code 'C' niet. Mogelijk: B, O, Z.",
    ),
    "unknown wijkteam": ('[melding.codes.wijkteam]\n"x" = "West"\n', "[melding.codes.wijkteam]", "kent de code 'West'"),
    "inline table": ("[pip]\nkolommen = { leerroute = 3 }\n", "[pip.kolommen] leerroute", "tussen aanhalingstekens"),
    "column that may be somebody's": ('[pip.kolommen]\nniveau = "a@b.nl"\n', "[pip.kolommen] niveau", "vreemd teken"),
    "wrong type of file": ("[pip]\nbestand = 3\n", "[pip] bestand", "tekst tussen aanhalingstekens"),
    "empty text": ('[pip]\nblad = " "\n', "[pip] blad", "tekst tussen aanhalingstekens"),
    "wrong type of list": ("[pip]\nalleen_als_gevuld = [3]\n", "[pip.alleen_als_gevuld]", "tussen aanhalingstekens"),
    "empty list": ("[pip]\nalleen_als_gevuld = []\n", "[pip] alleen_als_gevuld", "tussen aanhalingstekens"),
    "wrong type of table": ('pip = "a.csv"\n', "pip", "dit is een tabel: schrijf [pip] op een eigen regel"),
    "wrong type of part": ("[pip]\ncodes = 1\n", "[pip] codes", "dit is een tabel: schrijf [pip.codes]"),
    "wrong type of line": ('[pip]\nkopregel = "3"\n', "[pip] kopregel", "een regelnummer"),
    "line out of range": ("[pip]\nkopregel = 0\n", "[pip] kopregel", "een regelnummer"),
    "boolean is no line": ("[pip]\nkopregel = true\n", "[pip] kopregel", "een regelnummer"),
    "no boolean": ('[pip.codes.uitstel_derden]\n"X" = "ja"\n', "[pip.codes.uitstel_derden]", "true of false"),
    "no number": (
        '[ontzorging.vast]\ngesprekken_budgetcoach = "3"\n',
        "[ontzorging.vast] gesprekken_budgetcoach",
        "geheel getal",
    ),
    "no date": ('[overdracht.vast]\ndatum_gepland = "nu"\n', "[overdracht.vast] datum_gepland", "een datum als"),
    "wrong form": ('[pip.vast]\ngemeentecode = "392"\n', "[pip.vast] gemeentecode", "voorgeschreven vorm"),
    "empty where it may not be": ('[pip.vast]\nleerroute = ""\n', "[pip.vast] leerroute", "een tekst tussen"),
    "unknown encoding": ('codering = "latin-9"\n', "codering", "Mogelijk: utf-8"),
    "unknown order": ('datumvolgorde = "dd-mm-jjjj"\n', "datumvolgorde", "Mogelijk: dmj mdj jmd"),
    "unknown delimiter": ('scheidingsteken = "/"\n', "scheidingsteken", "Mogelijk: ; , | tab"),
    "path out of the folder": ('[pip]\nbestand = "../pip.csv"\n', "[pip] bestand", "zonder map ervoor"),
    "key and column": (
        'sleutel = "nr"\n[pip.kolommen]\ninburgeraar_id = "id"\n',
        "[pip.kolommen] inburgeraar_id",
        "kies: een sleutel of een kolom",
    ),
    "key for some": ('[pip]\nsleutel = "nr"\n', "sleutel", "voor alle tabellen met personen of voor geen"),
    "key of melding": ('[melding]\nsleutel = "nr"\n', "[melding] sleutel", "geen inburgeraar_id"),
    "key fills another column": (
        'sleutel = "nr"\n[pip.kolommen]\ngemeentecode = "nr"\n',
        "[pip.kolommen] gemeentecode",
        "geen andere kolom",
    ),
    "constant key": ('[pip.vast]\ndagtekening_pip = "x"\n', "[pip.vast] dagtekening_pip", "hoort bij de sleutel"),
    "constant and column": (
        '[pip.kolommen]\nniveau = "N"\n[pip.vast]\nniveau = "A2"\n',
        "[pip.vast] niveau",
        "kies een van beide",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tekst", "plek", "woorden"), FOUTEN.values(), ids=FOUTEN)
def test_error_is_told_by_its_place_and_without_what_may_be_personal(tmp_path, tekst, plek, woorden):
    with pytest.raises(RefusedError) as fout:
        read(tmp_path, tekst)
    assert str(fout.value).startswith(f"levering.toml, {plek}: ") and woorden in str(fout.value)
    assert not any(geheim in str(fout.value) for geheim in ("123456782", "Jansen", "a@b.nl"))


def test_every_error_is_told_at_once(tmp_path):
    with pytest.raises(RefusedError) as fout:
        read(tmp_path, '[pip]\nblat = "x"\n[intake.kolommen]\ndatum = "x"\n[melding]\nkopregel = 0\n')
    assert {regel.split(": ")[0] for regel in str(fout.value).split("\n")} == {
        "levering.toml, [pip] blat",
        "levering.toml, [intake.kolommen] datum",
        "levering.toml, [melding] kopregel",
    }


LANG = {
    "array over lines": "[pip]\nalleen_als_gevuld = [\n" + '"a",\n' * 9_000 + "]\nkopregel = 0\n",
    "comments in an array": "[pip]\nalleen_als_gevuld = [\n" + "#]\n" * 20_000 + '"a"]\nkopregel = 0\n',
    "text over lines": '[pip]\nblad = """' + "[a\n" * 20_000 + '""""\nkopregel = 0\n',
    "many codes": "[pip]\nkopregel = 0\n[pip.codes.leerroute]\n" + "".join(f'{nr} = "B"\n' for nr in range(5_000)),
    "tables in tables": "".join(f"[{'a.' * 400}a{nr}]\n" for nr in range(70)) + "[pip]\nkopregel = 0\n",
}


@pytest.mark.parametrize("tekst", LANG.values(), ids=LANG)
def test_long_file_is_read_in_no_time_and_its_error_still_has_its_place(tmp_path, tekst):
    begin = time.process_time()
    with pytest.raises(RefusedError, match=r"levering\.toml, \[pip\] kopregel: hier hoort een regelnummer"):
        read(tmp_path, tekst)
    assert time.process_time() - begin < 2


def test_file_and_line_that_are_too_long_are_refused(tmp_path):
    assert read(tmp_path, "# " + "x" * 998 + "\n")
    with pytest.raises(RefusedError, match=r"regel 2: deze regel heeft meer dan 1\.000 tekens"):
        read(tmp_path, "\n# " + "x" * 999 + "\n")
    with pytest.raises(RefusedError, match="groter dan 64 kB"):
        read(tmp_path, "#\n" * 33_000)
