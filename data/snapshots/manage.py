"""Looking after the snapshots that are kept: `--terug PEILDATUM`, `--verwijder PEILDATUM` and `--ruim-op N`.

These are options of `python -m data.intake`. They work under the lock of an intake, so that an intake and a clean-up
never meet, and end in atomic renames: killed at any moment, a whole snapshot is in use.
"""

import contextlib
from datetime import date
from pathlib import Path

import polars as pl

from data import contract
from data.errors import cause
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest

_HOW_MANY = "Zet achter --ruim-op hoeveel snapshots er blijven: een getal van 1 of hoger."


class BeheerError(Exception):
    """What was asked cannot be done and nothing has changed; the message is Dutch and for the data steward."""


def go_back(peildatum: date, root: Path = store.SNAPSHOTS) -> Path:
    """Put the kept snapshot of `peildatum` in use and return its folder; the others stay.

    Raises BeheerError when there is none, when it is damaged, when it is demo data while a real one is kept, when
    an intake is running, or when the disk refuses.
    """
    with _under_lock(root):
        folder = store.folder_of(peildatum, root)
        if folder is None:
            raise BeheerError(f"Er is geen snapshot met peildatum {peildatum}. {_kept_in_words(root)}")
        if not is_whole(folder):
            raise BeheerError(f"De snapshot met peildatum {peildatum} is beschadigd. {_kept_in_words(root)}")
        if store.is_demo(folder) and store.real(root):
            raise BeheerError(
                f"De snapshot met peildatum {peildatum} bevat demogegevens. Die nemen de plaats van een echte "
                "levering niet in."
            )
        return store.switch_to(peildatum, root)


def remove(peildatum: date, root: Path = store.SNAPSHOTS) -> Path | None:
    """Remove the snapshot of `peildatum`, damaged or not; returns the folder of the one that is in use afterwards.

    Was it in use, then the newest whole one that remains takes its place, demo data only where no real one is; None
    when none remains. Raises BeheerError when there is none, when an intake is running, or when the disk refuses.
    """
    with _under_lock(root):
        if not (root / peildatum.isoformat()).is_symlink():
            raise BeheerError(f"Er is geen snapshot met peildatum {peildatum}. {_kept_in_words(root)}")
        if store.folder_of(peildatum, root) == store.in_use(root):
            others = [day for day in store.peildata(root) if day != peildatum]
            real = [day for day in others if day in store.real(root)]
            whole = [day for day in real or others if is_whole(store.folder_of(day, root))]
            if whole:
                store.switch_to(whole[-1], root)
            elif others:
                raise BeheerError(f"Wat overblijft, is beschadigd. {_kept_in_words(root)}")
            else:
                store.put_out_of_use(root)
        store.remove(peildatum, root)
        store.clean_up(root)
        return store.in_use(root)


def tidy(keep: int, root: Path = store.SNAPSHOTS) -> list[date]:
    """Keep the newest `keep` snapshots and the one in use; returns the peildata that were removed, oldest first.

    While a real snapshot is in use, demo data count as older than any real one. What is not a snapshot stays.
    Raises BeheerError when keep is below 1, when none is in use, when an intake is running, or when the disk refuses.
    """
    if keep < 1:
        raise BeheerError(_HOW_MANY)
    with _under_lock(root):
        current = store.in_use(root)
        if current is None:
            # Without one in use nobody can tell what may go.
            raise BeheerError("Er is geen snapshot in gebruik. Er is niets opgeruimd.")
        real = not store.is_demo(current)
        by_age = sorted(
            (peildatum for peildatum in store.peildata(root) if (root / peildatum.isoformat()).is_symlink()),
            key=lambda peildatum: (not (real and store.is_demo(store.folder_of(peildatum, root))), peildatum),
        )
        removed = [day for day in by_age[:-keep] if store.folder_of(day, root) != current]
        for peildatum in removed:
            store.remove(peildatum, root)
        store.clean_up(root)
    return sorted(removed)


def is_whole(folder: Path) -> bool:
    """Whether a snapshot has a manifest and every table, readable and with as many rows as the manifest tells."""
    manifest = Manifest.read_or_none(folder)
    if manifest is None:
        return False
    try:
        for tabel in contract.TABELLEN:
            rows = pl.read_parquet(folder / f"{tabel}.parquet").height
            if manifest.tabellen.get(tabel, Extract()).rijen not in (None, rows):
                return False
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return False
    return True


@contextlib.contextmanager
def _under_lock(root: Path):
    if not store.peildata(root):
        raise BeheerError(f"In de map {root} staan geen snapshots.")
    try:
        with store.exclusive(root):
            yield
    except store.SnapshotError as error:
        raise BeheerError(str(error)) from error
    except OSError as error:
        raise BeheerError(
            f"De map voor snapshots kan niet worden bijgewerkt{cause(error)}. De snapshot in gebruik is niet veranderd."
        ) from error


def _kept_in_words(root: Path) -> str:
    days = [str(day) for day in store.peildata(root)]
    if len(days) == 1:
        return f"Bewaard is alleen {days[0]}."
    return f"Bewaard zijn {', '.join(days[:-1])} en {days[-1]}."


def go_back_on_command(peildatum: date, root: Path) -> str:
    """`go_back`, told in Dutch."""
    go_back(peildatum, root)
    return f"De snapshot met peildatum {peildatum} is nu in gebruik."


def remove_on_command(peildatum: date, root: Path) -> str:
    """`remove`, told in Dutch."""
    current = Manifest.read_or_none(remove(peildatum, root))
    now = f"In gebruik is die met peildatum {current.peildatum}." if current else "Er is er nu geen in gebruik."
    return f"De snapshot met peildatum {peildatum} is verwijderd. {now}"


def tidy_on_command(keep: str, root: Path) -> str:
    """`tidy`, told in Dutch. keep: as typed."""
    if not (keep.isascii() and keep.isdigit()) or len(keep) > 9:
        raise BeheerError(_HOW_MANY)
    removed = tidy(int(keep), root)
    if not removed:
        return f"Er is niets opgeruimd. {_kept_in_words(root)}"
    noun = "snapshot" if len(removed) == 1 else "snapshots"
    return f"Opgeruimd: {len(removed)} {noun} ({', '.join(map(str, removed))}). {_kept_in_words(root)}"
