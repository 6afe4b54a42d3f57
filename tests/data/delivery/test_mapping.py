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


VOORBEELD = """
datumvolgorde = "DMJ"
scheidingsteken = "tab"
sleutel = "Clientnummer"
[pip]
bestand = " plannen.csv "
datumvolgorde = "mdj"
kopregel = 3
alleen_als_gevuld = "Route  keuze"
kolommen.leerroute = "Route  keuze"
codes.leerroute = { " B1-route " = "B" }
codes.uitstel_derden = { "X" = true, "" = false }
vast.gemeentecode = "0392"
"""


def test_settings_for_all_hold_until_a_table_says_otherwise(tmp_path):
    assert mapping.read(tmp_path) == dict.fromkeys(contract.TABELLEN, mapping.Koppeling())
    koppelingen = read(tmp_path, VOORBEELD)
    pip, intake = koppelingen["pip"], koppelingen["intake"]
    assert pip.opmaak == Opmaak(scheidingsteken="\t", datumvolgorde="mdj", kopregel=3)
    assert intake.opmaak == Opmaak(scheidingsteken="\t", datumvolgorde="dmj")
    assert (pip.gegeven, intake.gegeven) == (True, False)
    assert (pip.bestand, pip.alleen_als_gevuld) == ("plannen.csv", ["Route  keuze"])
    assert (pip.kolommen, pip.vast) == ({"leerroute": "Route  keuze"}, {"gemeentecode": "0392"})
    assert pip.codes == {"leerroute": {"B1-route": "B"}, "uitstel_derden": {"X": "true", "": "false"}}
    assert [tabel for tabel, koppeling in koppelingen.items() if not koppeling.sleutel] == ["melding"]


# What the file holds, where the error is, and some words of it.
FOUTEN = [
    ("\n\nbestand = \n[pip]\n", "regel 3, positie 11", "geen geldige TOML"),
    ("[pip]\nbestand = “a.csv”\n", "regel 2, positie 11", "rechte aanhalingstekens"),
    ("[pip]\nalleen_als_gevuld = [\n\n", "regel 2", "geen geldige TOML"),
    ('[pip]\nblad = "a"\nblad = "b"\n', "regel 3, positie 11", "staat er al"),
    ("[pip]\n[intake]\n[pip]\n", "regel 3, positie 5", "staat er al"),
    (b'# x\n[pip]\nblad = "\xeb"\n', "regel 3", "UTF-8"),
    ("\n# " + "x" * 999 + "\n", "regel 2", "deze regel heeft meer dan 1.000 tekens"),
    ('[pip]\nblad = "123456782"\n', "regel 2", "BSN"),
    ('pips.bestand = "a.csv"', "pips", "onbekende tabel. Bedoelt u pip?"),
    ('kodering = "utf-8"', "kodering", "onbekende instelling. Bedoelt u codering?"),
    ('pip.bestant = "a.csv"', "[pip] bestant", "onbekende instelling. Bedoelt u"),
    ('pip.kolommen.route = "x"', "[pip.kolommen] route", "onbekende kolom van pip. Bedoelt u"),
    # A name that may be somebody's is not told, and no code of the delivery's own.
    ('pip."a@b.nl" = 1', "[pip] (weggelaten)", "onbekende instelling"),
    ('pip.kolommen.niveau = "a@b.nl"', "[pip.kolommen] niveau", "vreemd teken"),
    ('pip.codes.leerroute."Route van Jansen" = "C"', "[pip.codes.leerroute]", "de code 'C' niet. Mogelijk: B, O, Z."),
    ('melding.codes.wijkteam.x = "West"', "[melding.codes.wijkteam]", "kent de code 'West'"),
    ("pip.kolommen = { leerroute = 3 }", "[pip.kolommen] leerroute", "tussen aanhalingstekens"),
    ('pip.blad = " "', "[pip] blad", "tekst tussen aanhalingstekens"),
    *((f"pip.alleen_als_gevuld = {fout}", "[pip] alleen_als_gevuld", "tussen aanhaling") for fout in ("[3]", "[]")),
    ('pip = "a.csv"', "pip", "dit is een tabel: schrijf [pip] op een eigen regel"),
    ("pip.codes = 1", "[pip] codes", "dit is een tabel: schrijf [pip.codes]"),
    *((f"pip.kopregel = {fout}", "[pip] kopregel", "een regelnummer") for fout in ('"3"', "0", "true")),
    ('pip.codes.uitstel_derden.X = "ja"', "[pip.codes.uitstel_derden]", "true of false"),
    ('ontzorging.vast.gesprekken_budgetcoach = "3"', "[ontzorging.vast] gesprekken_budgetcoach", "geheel getal"),
    ('overdracht.vast.datum_gepland = "nu"', "[overdracht.vast] datum_gepland", "een datum als"),
    ('pip.vast.gemeentecode = "392"', "[pip.vast] gemeentecode", "voorgeschreven vorm"),
    ('pip.vast.leerroute = ""', "[pip.vast] leerroute", "een tekst tussen"),
    ('codering = "latin-9"', "codering", "Mogelijk: utf-8"),
    ('datumvolgorde = "dd-mm-jjjj"', "datumvolgorde", "Mogelijk: dmj mdj jmd"),
    ('scheidingsteken = "/"', "scheidingsteken", "Mogelijk: ; , | tab"),
    ('pip.bestand = "../pip.csv"', "[pip] bestand", "zonder map ervoor"),
    ('sleutel = "n"\npip.kolommen.inburgeraar_id = "x"', "[pip.kolommen] inburgeraar_id", "een sleutel of een kolom"),
    ('pip.sleutel = "nr"', "sleutel", "voor alle tabellen met personen of voor geen"),
    ('melding.sleutel = "nr"', "[melding] sleutel", "onbekende instelling"),
    ('sleutel = "nr"\npip.kolommen.gemeentecode = "nr"', "[pip.kolommen] gemeentecode", "geen andere kolom"),
    ('pip.vast.dagtekening_pip = "x"', "[pip.vast] dagtekening_pip", "hoort bij de sleutel"),
    ('pip.kolommen.niveau = "N"\npip.vast.niveau = "A2"', "[pip.vast] niveau", "kies een van beide"),
]


@pytest.mark.parametrize(("tekst", "plek", "woorden"), FOUTEN)
def test_error_is_told_by_its_place_and_without_what_may_be_personal(tmp_path, tekst, plek, woorden):
    with pytest.raises(RefusedError) as fout:
        read(tmp_path, tekst)
    assert str(fout.value).startswith(f"levering.toml, {plek}: ") and woorden in str(fout.value)
    assert not any(geheim in str(fout.value) for geheim in ("123456782", "Jansen", "a@b.nl"))


def test_every_error_is_told_at_once(tmp_path):
    with pytest.raises(RefusedError, match=r"\[pip\] blat: .*\n.* datum: .*\n.*\[melding\] kopregel: "):
        read(tmp_path, 'pip.blat = "x"\nintake.kolommen.datum = "x"\nmelding.kopregel = 0\n')


LANG = {
    "comments in an array": "[pip]\nalleen_als_gevuld = [\n" + "#]\n" * 20_000 + '"a"]\nkopregel = 0\n',
    "many codes": "[pip]\nkopregel = 0\n[pip.codes.leerroute]\n" + "".join(f'{nr} = "B"\n' for nr in range(5_000)),
    "tables in tables": "".join(f"[{'a.' * 400}a{nr}]\n" for nr in range(70)) + "[pip]\nkopregel = 0\n",
}


@pytest.mark.parametrize("tekst", LANG.values(), ids=LANG)
def test_long_file_is_read_in_no_time_and_its_error_still_has_its_place(tmp_path, tekst):
    begin = time.process_time()
    with pytest.raises(RefusedError, match=r"levering\.toml, \[pip\] kopregel: hier hoort een regelnummer"):
        read(tmp_path, tekst)
    assert time.process_time() - begin < 2


def test_file_that_is_too_long_is_refused(tmp_path):
    assert read(tmp_path, "# " + "x" * 998 + "\n")
    with pytest.raises(RefusedError, match="groter dan 64 kB"):
        read(tmp_path, "#\n" * 33_000)
