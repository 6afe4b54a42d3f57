"""The mapping of the Gemeentelijk Gegevensmodel: only names that it has, and nothing of the contract forgotten."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from data import contract
from data.delivery import mapping, pseudonym
from tests.data.conftest import GELDIG, PEILDATUM, take_in
from tests.data.text_delivery import text

ROOT = Path(__file__).parents[3]
GGM = ROOT / "data" / "reference" / "ggm"
TOML = (GGM / mapping.BESTAND).read_text(encoding="utf-8")
PROPOSAL = (ROOT / "docs" / "ggm.md").read_text(encoding="utf-8")
SEEN = Path(__file__).with_name("ggm_2_5_1.txt").read_text(encoding="utf-8")
# Every word of the list: tables, columns and values of enumerations.
NAMES = {name for line in SEEN.splitlines() if not line.startswith("#") for name in re.findall(r"\w+", line)}
# Own words in capitals that are no names of the model.
OWN = {"PIP", "VALUE"} | {"CBS", "DUO", "BRP", "GGM", "DDL", "README", "WI2013", "WI2021"}

COLUMNS = {table: set(schema.column_names()) for table, schema in contract.TABELLEN.items()}
LACKS = {
    table: COLUMNS[table] if columns == "*" else set(columns.split(", "))
    for table, columns in re.findall(r"^# ontbreekt: (\w+): (.+)$", TOML, flags=re.MULTILINE)
}


@pytest.mark.parametrize("page", [TOML, PROPOSAL])
def test_every_name_in_capitals_was_seen_in_the_model(page):
    used = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", page))
    assert len(used) > 20
    assert used - NAMES - OWN == set()


def test_every_column_of_the_contract_is_mapped_or_named_as_lacking():
    for table, how in mapping.read(GGM).items():
        mapped = how.kolommen.keys() | how.vast.keys() | ({"inburgeraar_id"} if how.sleutel else set())
        assert {own for column, own in how.kolommen.items() if own != column} <= NAMES
        lacks = LACKS.get(table, set()) - {"inburgeraar_id"}
        assert mapped & lacks == set()
        assert mapped | lacks | set(contract.OPTIONEEL.get(table, ())) == COLUMNS[table], table


def test_every_attribute_that_lacks_is_in_the_proposal():
    """In the proposal it is written as attributes are there: datum_start is datumStart."""
    words = set(re.findall(r"\w+", PROPOSAL))
    said = {"inburgeraar_id", "wijkteam"}
    lacking = {column for columns in LACKS.values() for column in columns - said}
    assert [name for name in lacking if re.sub(r"_(\w)", lambda m: m[1].upper(), name) not in words] == []
    kinds = [contract.TABELLEN[table].columns()[column] for table, columns in LACKS.items() for column in columns]
    codes = {code for kind in kinds for code in (kind.metadata or {}).get("codes", ())}
    assert [code for code in codes if code not in PROPOSAL] == []


def written(value: object) -> str:
    """As a database writes it: dates are ISO."""
    return str(value) if isinstance(value, date) else text(value)


def test_a_delivery_from_the_model_is_taken_in(tmp_path, monkeypatch):
    monkeypatch.setenv(pseudonym.OMGEVING, "geheim" * 8)
    folder = tmp_path / "levering"
    folder.mkdir()
    shutil.copy(GGM / mapping.BESTAND, folder)
    for table, how in mapping.read(GGM).items():
        row = {
            how.own_name(column): written(value) for column, value in GELDIG[table].items() if column not in how.vast
        }
        row |= {how.kolommen[column]: next(iter(codes)) for column, codes in how.codes.items()}
        if "NATUURLIJKPERSOON_ID" in row:
            row["NATUURLIJKPERSOON_ID"] = "1"
        (folder / f"{table}.csv").write_text(f"{';'.join(row)}\n{';'.join(row.values())}\n", encoding="utf-8")
    done = take_in(folder, PEILDATUM, tmp_path / "s")
    assert done.manifest.tabellen.keys() == COLUMNS.keys()
    assert [extract.afgekeurd for extract in done.manifest.tabellen.values() if extract.afgekeurd] == []
