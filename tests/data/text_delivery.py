"""The small valid delivery as CSV, for tests that bend a line of it."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from data import contract
from tests.data.conftest import GELDIG


def text(waarde: object) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "Ja" if waarde else "Nee"
    return waarde.strftime("%d-%m-%Y") if isinstance(waarde, date) else str(waarde)


def csv_of(tabel: str, *afwijkingen: Mapping[str, object], teken: str = ";") -> str:
    """A header and one line per afwijking from the valid row; a text stays as it is."""
    kolommen = list(GELDIG[tabel])
    regels = [kolommen, *([text((GELDIG[tabel] | dict(af))[kolom]) for kolom in kolommen] for af in afwijkingen)]
    return "".join(teken.join(regel) + "\n" for regel in regels)


def write_csv_delivery(map_: Path, toml: str | None = None, **bestanden: str | bytes) -> Path:
    """A delivery in CSV; `bestanden` gives the content of a table's file. Dates show their order: 13-02-2022."""
    map_.mkdir()
    for tabel in contract.TABELLEN:
        inhoud = bestanden.pop(tabel, None)
        if inhoud is None:
            inhoud = csv_of(tabel, {})
        (map_ / f"{tabel}.csv").write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
    assert not bestanden
    volgorde = 'datumvolgorde = "dmj"\n'
    (map_ / "levering.toml").write_text(volgorde if toml is None else toml, encoding="utf-8")
    return map_


def with_file(naam: str, inhoud: str | bytes) -> Callable[[Path], None]:
    """Puts one more file in a delivery, or another in its place."""

    def change(map_: Path) -> None:
        (map_ / naam).parent.mkdir(exist_ok=True)
        (map_ / naam).write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())

    return change


def with_workbook(change: Callable[[Workbook], object] = str, **bladen: list[list[object]]) -> Callable[[Path], None]:
    """Puts the PIPs in a workbook with these sheets, then changed by `change`."""

    def made(map_: Path) -> None:
        (map_ / "pip.csv").unlink()
        write_xlsx(map_ / "pip.xlsx", change, **bladen)

    return made


def write_xlsx(pad: Path, change: Callable[[Workbook], object] = str, **bladen: list[list[object]]) -> None:
    boek = Workbook()
    boek.remove(boek.active)
    for naam, rijen in bladen.items():
        blad = boek.create_sheet(naam)
        for rij in rijen:
            blad.append(rij)
    change(boek)
    boek.save(pad)


def bend_xlsx(pad: Path, lid: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of a workbook, by its name under `xl/`."""
    with zipfile.ZipFile(pad) as oud:
        leden = {naam: oud.read(naam) for naam in oud.namelist()}
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam, inhoud in leden.items():
            nieuw.writestr(naam, change(inhoud) if naam == f"xl/{lid}" else inhoud)
