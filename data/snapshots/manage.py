"""Looking after the snapshots that are kept: `--terug`, `--verwijder`, `--ruim-op` and `--vergeet-rijen`.

They work under the lock of an intake, so that an intake and a clean-up never meet, and end in atomic renames: killed at
any moment, a whole snapshot is in use. Each tells in Dutch what it did, and raises SnapshotError when it cannot be
done, when an intake is running, or when the disk refuses; then nothing has changed.
"""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from data import contract
from data.errors import cause
from data.snapshots import TEXTS, store
from data.snapshots.manifest import Extract, Manifest
from data.snapshots.store import REFUSED, SnapshotError

DONE: dict[str, str] = TEXTS["done"]
# The folders of a version with rows that do not count, or that somebody should look at.
ASIDE = ("afgekeurd", "opvallend")


def go_back(peildatum: date, root: Path = store.SNAPSHOTS) -> str:
    """Put the kept snapshot of `peildatum` in use; the others stay.

    Refused when there is none, when it is damaged, or when it is demo data while a real one is kept.
    """
    with _under_lock(root):
        folder = store.folder_of(peildatum, root)
        if folder is None:
            raise _none_of(peildatum, root)
        if not is_whole(folder):
            raise SnapshotError(REFUSED["damaged"].format(peildatum=peildatum, kept=_kept(root)))
        if store.is_demo(folder) and store.real(root):
            raise SnapshotError(REFUSED["demo"].format(peildatum=peildatum))
        store.switch_to(peildatum, root)
    return DONE["in_use"].format(peildatum=peildatum)


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
                raise SnapshotError(REFUSED["others_damaged"].format(kept=_kept(root)))
            store.switch_to(whole[-1] if whole else None, root)
        store.remove([peildatum], root)
        current = Manifest.read_or_none(store.in_use(root))
    now = DONE["now"].format(peildatum=current.peildatum) if current else DONE["none_now"]
    return DONE["removed"].format(peildatum=peildatum, now=now)


def tidy(keep: int, root: Path = store.SNAPSHOTS) -> str:
    """Keep the newest `keep` snapshots, 1 or more, and the one in use.

    While a real snapshot is in use, demo data count as older than any real one. What is not a snapshot stays.
    """
    with _under_lock(root):
        current = store.in_use(root)
        if current is None:
            # Without one in use nobody can tell what may go.
            raise SnapshotError(REFUSED["none_in_use"])
        real = not store.is_demo(current)
        days = [day for day in store.peildata(root) if (root / str(day)).is_symlink()]
        by_age = sorted(days, key=lambda day: not (real and store.is_demo(store.folder_of(day, root))))
        removed = sorted(day for day in by_age[:-keep] if store.folder_of(day, root) != current)
        store.remove(removed, root)
    told = DONE["nothing_tidied" if not removed else "tidied_one" if len(removed) == 1 else "tidied"]
    return told.format(aantal=len(removed), dagen=", ".join(map(str, removed)), kept=_kept(root))


def forget_rows(days: int, root: Path = store.SNAPSHOTS) -> str:
    """Remove the rows that were kept aside (rejected, or remarkable) of what was taken in more than `days` days ago.

    The snapshot, its manifest and its report, with how many there were and why, stay.
    """
    before, found = datetime.now(UTC) - timedelta(days=days), 0
    with _under_lock(root):
        for version in (root / store.VERSIONS).iterdir():
            manifest = Manifest.read_or_none(version)
            taken_in = manifest and manifest.aangemaakt
            if taken_in and taken_in.astimezone(UTC) < before:
                rows = [file for part in ASIDE for file in (version / part).glob("*.parquet")]
                found += bool(rows)
                for file in rows:
                    file.unlink()
                if rows and (copy := store.copy_of(root)):
                    copy.share({f"{store.VERSIONS}/{version.name}": version})
    return DONE["forgotten"].format(aantal=found, dagen=days)


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
        raise SnapshotError(REFUSED["none"].format(root=root))
    try:
        with store.exclusive(root):
            yield
    except OSError as error:
        raise SnapshotError(REFUSED["disk"].format(oorzaak=cause(error))) from error


def _none_of(peildatum: date, root: Path) -> SnapshotError:
    return SnapshotError(REFUSED["none_of"].format(peildatum=peildatum, kept=_kept(root)))


def _kept(root: Path) -> str:
    *others, last = map(str, store.peildata(root))
    return TEXTS["kept"]["more" if others else "one"].format(others=", ".join(others), last=last)
