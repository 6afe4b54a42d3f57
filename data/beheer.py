"""Looking after the snapshots that are kept: `python -m data.intake --terug PEILDATUM` and `--ruim-op N`.

Both work under the lock of an intake, so that an intake and a clean-up never meet, and end in atomic renames: killed
at any moment, a whole snapshot is in use.
"""

import contextlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from data import contract, snapshot
from data.opdracht import Opdracht
from data.weigering import oorzaak

USAGE = "python -m data.intake --terug JJJJ-MM-DD [--naar DIR]  of  python -m data.intake --ruim-op N [--naar DIR]"

_HOW_MANY = "Zet achter --ruim-op hoeveel snapshots er blijven: een getal van 1 of hoger."


class BeheerError(Exception):
    """What was asked cannot be done and nothing has changed; the message is Dutch and for the data steward."""


def go_back(peildatum: date, root: Path = snapshot.SNAPSHOTS) -> Path:
    """Put the kept snapshot of `peildatum` in use and return its folder; the others stay.

    Raises BeheerError when there is none, when it is damaged, when it is demo data while a real one is in use, when
    an intake is running, or when the disk refuses.
    """
    with _under_lock(root):
        folder = snapshot.folder_of(peildatum, root)
        if folder is None:
            raise BeheerError(f"Er is geen snapshot met peildatum {peildatum}. {_kept_in_words(root)}")
        if not is_whole(folder):
            raise BeheerError(f"De snapshot met peildatum {peildatum} is beschadigd. {_kept_in_words(root)}")
        if _is_demo(folder) and not _is_demo(snapshot.in_use(root)):
            raise BeheerError(
                f"De snapshot met peildatum {peildatum} bevat demogegevens. Die nemen de plaats van een echte "
                "levering niet in."
            )
        return snapshot.switch_to(peildatum, root)


def tidy(keep: int, root: Path = snapshot.SNAPSHOTS) -> list[date]:
    """Keep the newest `keep` snapshots and the one in use; returns the peildata that were removed, oldest first.

    While a real snapshot is in use, demo data count as older than any real one. What is not a snapshot stays.
    Raises BeheerError when keep is below 1, when none is in use, when an intake is running, or when the disk refuses.
    """
    if keep < 1:
        raise BeheerError(_HOW_MANY)
    with _under_lock(root):
        current = snapshot.in_use(root)
        if current is None:
            # Without one in use nobody can tell what may go.
            raise BeheerError("Er is geen snapshot in gebruik. Er is niets opgeruimd.")
        real = not _is_demo(current)
        by_age = sorted(
            (peildatum for peildatum in snapshot.peildata(root) if (root / peildatum.isoformat()).is_symlink()),
            key=lambda peildatum: (not (real and _is_demo(snapshot.folder_of(peildatum, root))), peildatum),
        )
        removed = [day for day in by_age[:-keep] if snapshot.folder_of(day, root) != current]
        for peildatum in removed:
            snapshot.remove(peildatum, root)
        snapshot.clean_up(root)
    return sorted(removed)


def is_whole(folder: Path) -> bool:
    """Whether a snapshot has a manifest and every table, readable and with as many rows as the manifest tells."""
    manifest = snapshot.manifest_or_none(folder)
    if manifest is None:
        return False
    entries = manifest.get("tabellen")
    try:
        for tabel in contract.TABELLEN:
            rows = pl.read_parquet(folder / f"{tabel}.parquet").height
            entry = entries.get(tabel) if isinstance(entries, dict) else None
            if isinstance(entry, dict) and entry.get("rijen", rows) != rows:
                return False
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return False
    return True


@contextlib.contextmanager
def _under_lock(root: Path):
    if not snapshot.peildata(root):
        raise BeheerError(f"In de map {root} staan geen snapshots.")
    try:
        with snapshot.exclusive(root):
            yield
    except snapshot.SnapshotError as error:
        raise BeheerError(str(error)) from error
    except OSError as error:
        raise BeheerError(
            f"De map voor snapshots kan niet worden bijgewerkt{oorzaak(error)}. De snapshot in gebruik is niet "
            "veranderd."
        ) from error


def _is_demo(folder: Path | None) -> bool:
    """Of a snapshot that cannot be read nobody knows that it is demo data; without one there is none to protect."""
    if folder is None:
        return True
    manifest = snapshot.manifest_or_none(folder)
    return manifest is not None and manifest["herkomst"] == "demo"


def _kept_in_words(root: Path) -> str:
    days = [str(day) for day in snapshot.peildata(root)]
    if len(days) == 1:
        return f"Bewaard is alleen {days[0]}."
    return f"Bewaard zijn {', '.join(days[:-1])} en {days[-1]}."


# -------------------------------------------------------------------------------------------------- command line


def is_asked(arguments: Sequence[str]) -> bool:
    """Whether a command line is for this module and not for the intake of a delivery."""
    return any(argument.split("=")[0] in ("--terug", "--ruim-op") for argument in arguments)


def main(arguments: Sequence[str]) -> int:
    """The command line; returns the exit status: 0 done, 2 refused and nothing changed."""
    parser = Opdracht(fout=BeheerError, prog="python -m data.intake", usage=USAGE)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--terug", metavar="JJJJ-MM-DD")
    what.add_argument("--ruim-op", metavar="N")
    parser.add_argument("--naar", type=Path, default=snapshot.SNAPSHOTS, metavar="DIR")
    try:
        asked = parser.parse_args(arguments)
        if asked.terug is not None:
            peildatum = _day(asked.terug)
            go_back(peildatum, asked.naar)
            print(f"De snapshot met peildatum {peildatum} is nu in gebruik.")
        else:
            print(_removed_in_words(tidy(_number(asked.ruim_op), asked.naar), asked.naar))
    except BeheerError as error:
        print(f"Geweigerd: {error}", file=sys.stderr)
        return 2
    return 0


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise BeheerError("De peildatum is geen datum in de vorm JJJJ-MM-DD.")
    return day


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise BeheerError(_HOW_MANY)
    return int(text)


def _removed_in_words(removed: list[date], root: Path) -> str:
    if not removed:
        return f"Er is niets opgeruimd. {_kept_in_words(root)}"
    noun = "snapshot" if len(removed) == 1 else "snapshots"
    return f"Opgeruimd: {len(removed)} {noun} ({', '.join(map(str, removed))}). {_kept_in_words(root)}"
