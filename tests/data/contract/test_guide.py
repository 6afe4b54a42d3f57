"""The steward's page: its tables are those of the contract, and its commands do what it says."""

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from data.contract import guide
from data.delivery import mapping, pseudonym
from data.intake import objections, steps, warnings
from data.intake.report import HTML, JSON, VERDWENEN, WERKLIJST
from data.snapshots import store

WORTEL = Path(__file__).parents[3]
PAGINA = guide.README.read_text(encoding="utf-8")


def blokken(taal: str) -> list[str]:
    return re.findall(rf"```{taal}\n(.+?)\n```", PAGINA, flags=re.DOTALL)


def test_tables_on_the_page_are_those_of_the_contract():
    assert guide.with_tables(PAGINA) == PAGINA
    assert guide.with_tables(PAGINA.replace("### pip", "### oud")) == PAGINA
    with pytest.raises(ValueError, match="lacks the lines"):
        guide.with_tables("zonder regels")


def test_worked_example_runs_as_it_stands_on_the_page(tmp_path):
    (voorbeeld,) = (blok for blok in blokken("bash") if "data.demo" in blok)
    python = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    omgeving = os.environ | {"PYTHONPATH": str(WORTEL), "PATH": python}
    subprocess.run(["bash", "-ec", voorbeeld], cwd=tmp_path, env=omgeving, capture_output=True, check=True)
    root = tmp_path / "oefening" / "snapshots"
    assert [str(dag) for dag in store.peildata(root)] == ["2022-12-31"]
    for naam in (HTML, JSON, WERKLIJST, VERDWENEN, "afgekeurd", "opvallend"):
        assert (store.in_use(root) / naam).exists()
        assert f"`{naam}" in PAGINA


def test_example_of_levering_toml_is_understood(tmp_path):
    (voorbeeld,) = blokken("toml")
    (tmp_path / "levering.toml").write_text(voorbeeld, encoding="utf-8")
    koppelingen = mapping.read(tmp_path)
    assert koppelingen["pip"].bestand == koppelingen["inburgeraar"].bestand == "clienten.csv"
    assert koppelingen["inburgeraar"].own_name("inburgeraar_id") == "Clientnummer"
    assert koppelingen["pip"].vast == {"gemeentecode": "0392"}


def test_every_option_variable_and_limit_that_the_code_has_is_on_the_page():
    bron = Path(steps.__file__).with_name("__main__.py").read_text(encoding="utf-8")
    opties = set(re.findall(r'add_argument\(\s*"(--[a-z-]+)"', bron)) - {"--help"}
    assert len(opties) == 14
    instellingen = [veld.name for veld in dataclasses.fields(mapping.Koppeling) if veld.name != "gegeven"]
    genoemd = [
        *opties,
        *(f"`{naam}`" for naam in (*instellingen, pseudonym.OMGEVING)),
        f"ten minste {pseudonym.MINIMUM} tekens",
        f"{warnings.MINDER_RIJEN}% of meer rijen minder",
        f"meer dan {objections.DAGEN_STIL} dagen voor de",
        f"meer dan {objections.NA_PEILDATUM}% van een tabel heeft een datum erna",
        f"meer dan {objections.AFGEKEURD}% van een tabel wordt afgekeurd",
    ]
    assert [wat for wat in genoemd if wat not in PAGINA] == []


@pytest.mark.parametrize(
    ("waarde", "map_"),
    [("", WORTEL / "data" / "local" / "snapshots"), ("elders", WORTEL / "elders"), ("/a/b", Path("/a/b"))],
)
def test_another_folder_of_snapshots_is_set_in_the_environment(waarde, map_):
    vraag = [sys.executable, "-c", "from data.snapshots import store; print(store.SNAPSHOTS)"]
    omgeving = os.environ | {"WI_SNAPSHOTS": waarde}
    klaar = subprocess.run(vraag, cwd=WORTEL, env=omgeving, capture_output=True, text=True, check=True)
    assert klaar.stdout == f"{map_}\n"
