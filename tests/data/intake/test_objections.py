"""Objections to a delivery as a whole: it is refused, `--toch` takes it in, and the manifest says so."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data import contract
from data.intake import TEXTS, report, steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests import command
from tests.data.conftest import EERDER, PEILDATUM, contents_of, table

DAG = dt.timedelta(days=1)
AANTAL = 200
OPEN = {"datum_start": PEILDATUM - 60 * DAG}  # of a quarter that was not over by the delivery before
RECENT = {"datum_melding": EERDER}
LATER = {"dagtekening_pip": PEILDATUM + DAG}
FOUT = {"leerroute": "X"}
ANDERS = {"dagtekening_pip": dt.date(2022, 4, 2)}


def rows(naam: str, aantal: int = AANTAL, anders: tuple[int, dict] = (0, {}), nieuw: int = 0) -> pl.DataFrame:
    """Valid rows of a table, one per person; the first so many are different, the first `nieuw` have another key."""
    sleutel = "melding_id" if naam == "melding" else "inburgeraar_id"
    ids = ({sleutel: f"{'anders' if nr <= nieuw else 'nummer'}-{nr:03d}"} for nr in range(1, aantal + 1))
    return table(naam, *(wie | (anders[1] if nr < anders[0] else {}) for nr, wie in enumerate(ids)))


@pytest.fixture
def levering(make_delivery) -> Callable[..., Path]:
    """A delivery without any objection, whose youngest event is 31 days old, but for the given tables."""

    def maak(naam: str = "levering", **anders: pl.DataFrame) -> Path:
        tabellen = {tabelnaam: rows(tabelnaam) for tabelnaam in contract.TABELLEN}
        return make_delivery(naam, **tabellen | {"melding": rows("melding", anders=(1, RECENT))} | anders)

    return maak


def refused(map_: Path, root: Path, peildatum: dt.date = PEILDATUM) -> list[str]:
    """The objections for which a delivery is refused, and nothing has changed."""
    voor = contents_of(root) if root.exists() else {}
    with pytest.raises(steps.RefusedError, match="De levering kan zo niet kloppen"):
        steps.check(map_, peildatum, root)
    with pytest.raises(steps.RefusedError) as fout:
        steps.take_in(map_, peildatum, root)
    assert (contents_of(root) if root.exists() else {}) == voor
    eerste, *bezwaren, laatste = str(fout.value).split("\n")
    assert eerste == "De levering kan zo niet kloppen."
    assert laatste == "Klopt de levering zo, neem haar dan op met --toch; het rapport vermeldt dat dan."
    return [bezwaar.removeprefix("- ") for bezwaar in bezwaren]


def moved(naam: str, van: int, wat: str, toen: str = "2022-11-30") -> str:
    sleutel = ", ".join(contract.TABELLEN[naam].primary_key())
    return (
        f"{naam}.parquet, tabel {naam}: van de {van} rijen uit kwartalen die bij de levering van {toen} voorbij "
        f"waren, {wat}. Is de sleutel ({sleutel}) van elke rij dezelfde gebleven?"
    )


# A handover that is planned says nothing about how far the extracts go, and may lie after the peildatum.
PLANNED = {"overdracht": rows("overdracht", anders=(AANTAL, {"datum_gepland": PEILDATUM + 90 * DAG}))}
PLANNED_BEFORE = {"overdracht": rows("overdracht", anders=(1, {"datum_gepland": PEILDATUM}))}
QUIET = "De jongste gebeurtenis in de levering is van 2022-11-30, 32 dagen voor de peildatum 2023-01-01. "
AFTER = "3 van de 200 rijen (1,5%) hebben een datum na de peildatum 2022-12-31. Controleer de peildatum."
CODE = "21 keer leerroute heeft een onbekende code; toegestaan: B, O, Z"
WRONG = f"21 van de 200 rijen (10,5%) worden afgekeurd ({CODE}). Met --controleer --toch noemt het rapport de regels."
EMPTY = "uitkering.parquet, tabel uitkering: er staat geen enkele rij in."


@pytest.mark.parametrize(
    ("peildatum", "tabellen", "bezwaar"),
    [
        (PEILDATUM, PLANNED, None),
        (PEILDATUM + DAG, PLANNED_BEFORE, f"{QUIET}Controleer de peildatum."),
        (PEILDATUM, {"pip": rows("pip", anders=(2, LATER))}, None),
        (PEILDATUM, {"pip": rows("pip", anders=(3, LATER))}, f"pip.parquet, tabel pip: {AFTER}"),
        (PEILDATUM, {"uitkering": rows("uitkering", 0)}, EMPTY),
        (PEILDATUM, {"pip": rows("pip", anders=(20, FOUT))}, None),
        (PEILDATUM, {"pip": rows("pip", anders=(21, FOUT))}, f"pip.parquet, tabel pip: {WRONG}"),
    ],
)
def test_delivery_that_is_unlikely_by_itself(levering, tmp_path, peildatum, tabellen, bezwaar):
    map_ = levering(**tabellen)
    if bezwaar:
        assert refused(map_, tmp_path / "s", peildatum) == [bezwaar]
    else:
        uitslag = steps.take_in(map_, peildatum, tmp_path / "s")
        assert uitslag.manifest.toch == []
        assert "toch" not in steps.told(uitslag)


EEN, ALLE = (1, RECENT), (AANTAL, RECENT)
HALF = (
    "uitkering.parquet, tabel uitkering: 99 rijen, minder dan de helft van de 200 in de levering van 2022-11-30. "
    "Is de export volledig?"
)
UITKERING = {"uitkering": rows("uitkering", anders=(AANTAL, OPEN))}


@pytest.mark.parametrize(
    ("toen", "nu", "bezwaren"),
    [
        (UITKERING, {"uitkering": rows("uitkering", 100, (100, OPEN))}, []),
        (UITKERING, {"uitkering": rows("uitkering", 99, (99, OPEN))}, [HALF]),
        # 5 percent of the keys may change, and what was not over may all. Of melding one row is of an open quarter.
        ({}, {"pip": rows("pip", anders=(10, ANDERS))}, []),
        ({}, {"pip": rows("pip", anders=(11, ANDERS))}, [moved("pip", AANTAL, "ontbreken er nu 11")]),
        ({}, {"melding": rows("melding", anders=EEN, nieuw=AANTAL)}, [moved("melding", 199, "ontbreken er nu 199")]),
        ({"melding": rows("melding", anders=ALLE)}, {"melding": rows("melding", anders=ALLE, nieuw=AANTAL)}, []),
        ({"pip": rows("pip", 150)}, {}, [moved("pip", 150, "kwamen er 50 bij")]),
        # Rows that were rejected and are repaired are not new, and the other way round.
        ({"pip": rows("pip", anders=(20, FOUT))}, {}, []),
        ({}, {"pip": rows("pip", anders=(20, FOUT))}, []),
    ],
    ids=["half", "less", "5%", "other days", "other requests", "open", "more", "repaired", "broken"],
)
def test_delivery_that_is_unlikely_after_the_one_before(levering, tmp_path, toen, nu, bezwaren):
    root = tmp_path / "s"
    steps.take_in(levering("toen", **toen), EERDER, root)
    map_ = levering("nu", **nu)
    if bezwaren:
        assert refused(map_, root) == bezwaren
    assert steps.take_in(map_, PEILDATUM, root, toch=True).manifest.toch == bezwaren


def test_toch_takes_it_in_and_manifest_and_report_say_why_it_was_not_likely(levering, tmp_path):
    map_, root = levering(uitkering=rows("uitkering", 0)), tmp_path / "s"
    later = ["--peildatum", "2023-12-31", "--naar", root]
    assert command.run("data.intake", map_, *later).returncode == 2
    klaar = command.run("data.intake", map_, *later, "--toch")
    assert klaar.returncode == 0
    bezwaren = Manifest.read(store.in_use(root)).toch
    assert [bezwaar.split(":")[0] for bezwaar in bezwaren] == [
        "De jongste gebeurtenis in de levering is van 2022-11-30, 396 dagen voor de peildatum 2023-12-31. "
        "Controleer de peildatum.",
        "uitkering.parquet, tabel uitkering",
    ]
    html = (store.in_use(root) / report.HTML).read_text(encoding="utf-8")
    for tekst in (klaar.stdout, html):
        assert all(woorden in tekst for woorden in (TEXTS["report"]["toch"], *bezwaren))
    assert report.read(store.in_use(root))["toch"] == bezwaren
