"""What a municipality is: its folder is checked when a program starts, and a slip is told in Dutch by file and line."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data import contract
from data.contract import gemeente, reference

ROOT = Path(__file__).parents[3]
HAARLEM, VOORBEELDSTAD = reference.GEDEELD / "haarlem", ROOT / "tests" / "voorbeeldstad"


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """The folder of a municipality with something else in one of its files: changed(HAARLEM, "wijk.csv", "a", "b")."""

    def make(folder, file, old, new):
        place = tmp_path / folder.name
        shutil.copytree(folder, place)
        text = (place / file).read_text(encoding="utf-8")
        assert old in text
        (place / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr(contract, "REFERENTIE_MAP", place)

    return make


REGIME, ORDER = "gemeente.toml, regel 51: ‘regime", "gemeente.toml, regel 43: ‘regime’ moet op"
COLOUR = "theme.toml, regel 3: ‘actie’"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("gemeente.toml", '"0392"', '"392"', "gemeente.toml, regel 4: ‘gemeentecode’ moet zijn: de CBS-code "),
        ("gemeente.toml", "naam =", "naem =", "gemeente.toml, ‘naam’ ontbreekt; regel 3: ‘naem’ is geen veld"),
        ("gemeente.toml", '"Oost"', '"Oots"', "delen noemt een stadsdeel dat niet in wijk.csv staat: Oots."),
        ("gemeente.toml", "norm = 0.0", 'norm = "nul"', "‘norm.begeleiding_over_norm.norm’ is geen getal"),
        ("gemeente.toml", "norm = 0.0", "norm = 3.0", "moet zijn: een deel van 0 tot 1"),
        (
            "gemeente.toml",
            "norm_dagen = 365",
            "norm_dagen = 12",
            f"{REGIME}.norm_dagen’ moet zijn: een tot vijf keer naam, ",
        ),
        ("gemeente.toml", "2022-01-01", '"2022"', "regel 57: ‘regime.vanaf’ is geen datum zoals 2023-03-14"),
        (
            "gemeente.toml",
            "2022-01-01",
            "2020-01-01",
            f"{ORDER} volgorde staan: het eerste zonder vanaf, elk ander met ",
        ),
        ("gemeente.toml", "vanaf = 2020-01-01", "", f"{ORDER} volgorde staan"),
        ("gemeente.toml", "norm_dagen = 730", "norm_dagen = 730\nvanaf = 2018-01-01", f"{ORDER} volgorde staan"),
        ("gemeente.toml", '"12 maanden"', '"24 maanden"', "‘regime’ heeft twee keer dezelfde naam"),
        ("gemeente.toml", "[[regime]]", "[[regiem]]", "‘regiem’ is geen veld (bedoelt u ‘regime’?)"),
        ("gemeente.toml", "naam =", "naam", "gemeente.toml, regel 3: dit is niet te lezen als TOML, in UTF-8."),
        ("theme.toml", "#0B5FA5", "#7DB7EC", f"{COLOUR} is niet goed te lezen op #FFFFFF: het contrast is 2,1 "),
        ("theme.toml", "#0B5FA5", "blauw", f"{COLOUR} moet zijn: een kleur zoals #0B5FA5."),
        ("wijk.csv", "Duinwijk,Zuid-West", "Duinwijk,", "wijk.csv, regel 6: stadsdeel is leeg terwijl andere wijken "),
    ],
)
def test_a_slip_in_the_folder_is_told_by_its_line(changed, file, old, new, told):
    changed(HAARLEM, file, old, new)
    with pytest.raises(contract.ReferentieError) as slip:
        gemeente.lees()
    assert told in str(slip.value)


def test_a_municipality_may_have_no_stadsdelen_no_map_and_no_colours_of_its_own(monkeypatch):
    monkeypatch.setattr(contract, "REFERENTIE_MAP", VOORBEELDSTAD)
    found, house, stadsdelen = gemeente.lees()
    assert (found.naam, found.gemeentecode, stadsdelen) == ("Voorbeeldstad", "9999", ())
    assert contract.kaart() is None
    assert house != gemeente.Huisstijl()
    # What is the same for all it need not have.
    assert contract.referentie("landelijk").height > 0


@pytest.mark.parametrize(
    ("norms", "groups", "told"),
    [
        ([730, 365, 365], ["eerste", "tweede"], "één jaar in plaats van twee, de kortere: 24 of 12 maanden"),
        ([730, 365, 274], ["eerste", "tweede"], "12 of 9 maanden in plaats van 24, de kortere: 24 of 12 of 9 maanden"),
        ([183, 365], ["eerste", "tweede"], "12 maanden in plaats van 6, de andere: 6 of 12 maanden"),
        # There is nothing to compare.
        ([365], ["eerste"], "één jaar in plaats van een andere, de andere: 12 maanden"),
        ([547, 548], ["eerste"], "18 maanden in plaats van een andere, de andere: 18 maanden"),
    ],
)
def test_the_first_regime_is_compared_with_those_after_it(norms, groups, told):
    names = ("eerste", "tweede", "derde")
    regimes = [
        {"naam": name, "norm_dagen": norm, "bron": "raad", "vanaf": date(2020 + number, 1, 1) if number else None}
        for number, (name, norm) in enumerate(zip(names, norms, strict=False))
    ]
    made = gemeente.Gemeente(naam="Stad", gemeentecode="9999", telefoon="14 099", regime=regimes)
    assert list(made.groepen) == groups
    words = gemeente.of_regimes(made.regime, made.groepen)
    assert "{duur_nu} in plaats van {getal_toen}, de {kortere}: {elke_norm}".format(**words) == told


def started(program, **environment):
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_a_program_does_not_start_with_a_folder_that_is_not_right(tmp_path):
    done = started("import queries", WI_GEMEENTE="nergens")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "nergens staat geen gemeente.toml. WI_GEMEENTE kiest die map." in done.stderr
    shutil.copytree(VOORBEELDSTAD, tmp_path / "stad")
    with (tmp_path / "stad" / "gemeente.toml").open("a", encoding="utf-8") as file:
        # The law says within which time; that is not for a municipality to say.
        file.write('pip_tijdig = { norm = 0.9, norm_tekst = "eigen afspraak" }')
    done = started("import queries", WI_GEMEENTE=str(tmp_path / "stad"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "‘norm.pip_tijdig’ is geen kengetal met een eigen norm" in done.stderr


def test_what_is_kept_of_another_municipality_lies_apart():
    program = "from data.snapshots import store; print(store.SNAPSHOTS)"
    done = started(program, WI_GEMEENTE=str(VOORBEELDSTAD), WI_SNAPSHOTS="")
    assert done.stdout.strip().endswith("data/local/voorbeeldstad/snapshots")
