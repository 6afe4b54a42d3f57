"""manifest.json: read whatever version wrote it, written in the form that it has on disk, and never half understood."""

import datetime as dt
import json
from pathlib import Path

import pytest

from data.snapshots.manifest import Extract, Manifest, Verdwenen, Waarschuwing

WHOLE = {
    "formaat": 1,
    "peildatum": "2022-12-31",
    "herkomst": "levering",
    "aangemaakt": "2023-01-05T09:30:00+01:00",
    "levering_id": "ab12",
    "sleutel": "11111111",
    "toch": [],
    "tabellen": {
        "pip": {
            "bestand": "Plannen é.csv",
            "levertijd": "2023-01-04T17:00:00+01:00",
            "gelezen": 3,
            "rijen": 2,
            "afgekeurd": {"b is leeg": 2, "a is leeg": 1},
            "waarschuwingen": [{"regel": "minder rijen", "aantal": None}],
        }
    },
    "verdwenen": {"vorige_peildatum": "2022-11-30", "aantal": 3},
}


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "manifest.json").write_text(text, encoding)
    return folder


def test_what_is_written_again_has_the_form_that_was_read(tmp_path):
    text = json.dumps(WHOLE, ensure_ascii=False, indent=2) + "\n"
    read = Manifest.read(written(tmp_path, text))
    assert read.verdwenen == Verdwenen(vorige_peildatum=dt.date(2022, 11, 30), aantal=3)
    assert read.tabellen["pip"].waarschuwingen == [Waarschuwing(regel="minder rijen")]
    read.write(tmp_path)
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == text


def test_of_another_version_what_is_absent_has_its_default_and_what_is_not_known_is_passed_over(tmp_path):
    told = {"peildatum": "2022-12-31", "herkomst": "demo", "nieuw": 1, "tabellen": {"pip": {"later": True}}}
    read = Manifest.read(written(tmp_path, json.dumps(told)))
    assert (read.demo, read.levering_id, read.toch, read.verdwenen) == (True, "", [], None)
    assert read.tabellen == {"pip": Extract()}


def test_what_only_describes_is_passed_over_when_it_is_of_another_type_and_what_is_checked_is_not(tmp_path):
    bent = {"toch": "ja", "aangemaakt": "gisteren", "verdwenen": 3, "titel": 1}
    pip = {"rijen": 2, "afgekeurd": [], "opmerkingen": None, "waarschuwingen": [{"aantal": 2}]}
    told = {"peildatum": "2022-12-31", "herkomst": "demo", **bent, "tabellen": {"pip": pip}}
    read = Manifest.read(written(tmp_path, json.dumps(told)))
    assert (read.toch, read.aangemaakt, read.verdwenen, read.titel) == ([], None, None, None)
    assert read.tabellen == {"pip": Extract(rijen=2)}
    other = told | {"tabellen": {"pip": {"rijen": "x"}}}
    assert Manifest.read_or_none(written(tmp_path, json.dumps(other))) is None


NO_DAY = '{"peildatum": "x", "herkomst": "demo"}'


@pytest.mark.parametrize("told", ["{", "[]", '{"herkomst": "demo"}', '{"peildatum": "2022-12-31"}', NO_DAY, "\xff"])
def test_what_is_no_manifest_is_none_and_its_error_tells_no_value(tmp_path, told):
    assert Manifest.read_or_none(None) is None
    assert Manifest.read_or_none(tmp_path) is None
    assert Manifest.read_or_none(written(tmp_path, told, "latin-1")) is None
    with pytest.raises(ValueError, match="Manifest") as error:
        Manifest.read(tmp_path)
    assert "input_value" not in str(error.value)
