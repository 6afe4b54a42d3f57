"""Looking after the snapshots that are kept: `--terug PEILDATUM`, `--verwijder PEILDATUM` and `--ruim-op N`.

They work under the lock of an intake, so that an intake and a clean-up never meet, and end in atomic renames: killed at
any moment, a whole snapshot is in use. Each tells in Dutch what it did, and raises SnapshotError when it cannot be
done, when an intake is running, or when the disk refuses; then nothing has changed.
"""

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from data import contract
from data.errors import cause
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest
from data.snapshots.store import SnapshotError


def go_back(peildatum: date, root: Path = store.SNAPSHOTS) -> str:
    """Put the kept snapshot of `peildatum` in use; the others stay.

    Refused when there is none, when it is damaged, or when it is demo data while a real one is kept.
    """
    with _under_lock(root):
        folder = store.folder_of(peildatum, root)
        if folder is None:
            raise _none_of(peildatum, root)
        if not is_whole(folder):
            raise SnapshotError(f"De snapshot met peildatum {peildatum} is beschadigd. {_kept(root)}")
        if store.is_demo(folder) and store.real(root):
            raise SnapshotError(
                f"De snapshot met peildatum {peildatum} bevat demogegevens. Die nemen de plaats van een echte "
                "levering niet in."
            )
        store.switch_to(peildatum, root)
    return f"De snapshot met peildatum {peildatum} is nu in gebruik."


def remove(peildatum: date, root: Path = store.SNAPSHOTS) -> str:
    """Remove the snapshot of `peildatum`, damaged or not.

    Was it in use, then the newest whole one that remains takes its place, demo data only where no real one is; none
    when none remains.
    """
    with _under_lock(root):
        if not (root / str(peildatum)).is_symlink():
            raise _none_of(peildatum, root)
        if store.folder_of(peildatum, root) == store.in_use(root):
            others = [day for day in store.peildata(root) if day != peildatum]
            real = [day for day in others if day in store.real(root)]
            whole = [day for day in real or others if is_whole(store.folder_of(day, root))]
            if others and not whole:
                raise SnapshotError(f"Wat overblijft, is beschadigd. {_kept(root)}")
            store.switch_to(whole[-1] if whole else None, root)
        store.remove([peildatum], root)
        current = Manifest.read_or_none(store.in_use(root))
    now = f"In gebruik is die met peildatum {current.peildatum}." if current else "Er is er nu geen in gebruik."
    return f"De snapshot met peildatum {peildatum} is verwijderd. {now}"


def tidy(keep: int, root: Path = store.SNAPSHOTS) -> str:
    """Keep the newest `keep` snapshots, 1 or more, and the one in use.

    While a real snapshot is in use, demo data count as older than any real one. What is not a snapshot stays.
    """
    with _under_lock(root):
        current = store.in_use(root)
        if current is None:
            # Without one in use nobody can tell what may go.
            raise SnapshotError("Er is geen snapshot in gebruik. Er is niets opgeruimd.")
        real = not store.is_demo(current)
        days = [day for day in store.peildata(root) if (root / str(day)).is_symlink()]
        by_age = sorted(days, key=lambda day: not (real and store.is_demo(store.folder_of(day, root))))
        removed = sorted(day for day in by_age[:-keep] if store.folder_of(day, root) != current)
        store.remove(removed, root)
    if not removed:
        return f"Er is niets opgeruimd. {_kept(root)}"
    noun = "snapshot" if len(removed) == 1 else "snapshots"
    return f"Opgeruimd: {len(removed)} {noun} ({', '.join(map(str, removed))}). {_kept(root)}"


def is_whole(folder: Path) -> bool:
    """Whether a snapshot has a manifest and every table, readable and with as many rows as the manifest tells."""
    with contextlib.suppress(ValueError, *store.UNREADABLE):
        told = Manifest.read(folder).tabellen
        heights = {tabel: pl.read_parquet(folder / f"{tabel}.parquet").height for tabel in contract.TABELLEN}
        return all(told.get(tabel, Extract()).rijen in (None, height) for tabel, height in heights.items())
    return False


@contextlib.contextmanager
def _under_lock(root: Path) -> Iterator[None]:
    if not store.peildata(root):
        raise SnapshotError(f"In de map {root} staan geen snapshots.")
    try:
        with store.exclusive(root):
            yield
    except OSError as error:
        raise SnapshotError(
            f"De map voor snapshots kan niet worden bijgewerkt{cause(error)}. De snapshot in gebruik is niet veranderd."
        ) from error


def _none_of(peildatum: date, root: Path) -> SnapshotError:
    return SnapshotError(f"Er is geen snapshot met peildatum {peildatum}. {_kept(root)}")


def _kept(root: Path) -> str:
    *others, last = map(str, store.peildata(root))
    return f"Bewaard zijn {', '.join(others)} en {last}." if others else f"Bewaard is alleen {last}."
