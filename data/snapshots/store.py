"""Where snapshots live and how a new one takes its place without a reader ever seeing half of it.

    <root>/2022-12-31            symlink to the version that counts for this peildatum
    <root>/.versies/<name>/      the versions: parquet per extract, afgekeurd/, manifest.json
    <root>/CURRENT               one line: the peildatum of the snapshot in use

A version is built under a hidden name, written through to disk and renamed; then the symlink is replaced, then CURRENT,
each in one atomic rename. Killed at any moment, the old snapshot or the new one is in use, whole; what is left behind
is removed by the next run that publishes. A version that a redelivery replaces stays until then, for who still reads.

What is made here is for the user that makes it alone: folders 0700, files 0600, whatever the umask; publications, which
lie in a folder of this shape too, are public.

With `WI_DATA` these folders are copies of what several machines share: see remote.py.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data import contract
from data.errors import BusyError, RefusedError, cause
from data.snapshots import TEXTS
from data.snapshots.manifest import MANIFEST, Manifest

if TYPE_CHECKING:
    from data.snapshots import remote

# What a deployment keeps lies here, outside version control, unless WI_SNAPSHOTS and WI_PUBLICATIES name other folders.
_LOCAL = Path(__file__).parents[1] / "local" / contract.EIGEN_MAP
SNAPSHOTS = Path(os.environ.get("WI_SNAPSHOTS") or _LOCAL / "snapshots").expanduser().absolute()
PUBLICATIES = Path(os.environ.get("WI_PUBLICATIES") or _LOCAL / "publicaties").expanduser().absolute()
DATA, REGISTER = "WI_DATA", "WI_REGISTER"
# The file that says of a folder of which place in a store it is a copy.
MARKER = ".kopie-van"
# Seconds that a writer waits for who brings a copy up to date.
_PATIENCE = 10

CURRENT = "CURRENT"
REFUSED: dict[str, str] = TEXTS["refused"]
LOST = REFUSED["lost"]
VERSIONS = ".versies"
_UNFINISHED, _NEW_LINK, _NEW_CURRENT = ".bezig-", ".koppeling-", ".CURRENT-"

# What reading a damaged table ends in; the reader of polars can panic.
UNREADABLE = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException)


class SnapshotError(RefusedError):
    """The snapshots folder cannot be used, or not for what was asked; the message is Dutch and fit for a screen."""


class InUseElsewhereError(SnapshotError, BusyError):
    """Another process is taking in a delivery in the same folder."""


def register() -> Path:
    """The folder of what was ever public, of real data."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Path(os.environ.get(REGISTER) or state / "monitor-inburgering" / "openbaar").expanduser().absolute()


def copy_of(root: Path) -> remote.Copy | None:
    """What a folder is a copy of; None where nothing is shared. Raises SnapshotError for what cannot be a store."""
    if not (address := os.environ.get(DATA, "").strip()):
        return None
    # Imported when it is needed: it has requirements of its own.
    from data.snapshots import remote

    return remote.of(root, address)


def trouble(root: Path) -> str | None:
    """Why a folder may be behind what is shared, in Dutch; None when it is not, as far as is known."""
    copy = copy_of(root)
    return copy.trouble if copy else None


def follow(*roots: Path) -> Callable[[], None]:
    """Keep what is shared up to date beside a server; what it returns ends that. Raises SnapshotError as copy_of."""
    copies = [copy for root in roots if (copy := copy_of(root))]
    if not copies:
        return lambda: None
    from data.snapshots import remote

    return remote.follow(copies)


def in_use(root: Path = SNAPSHOTS) -> Path | None:
    """The resolved folder of the snapshot in use, or None when there is none."""
    _look(root)
    day = current(root)
    return folder_of(day, root) if day else None


def current(root: Path) -> date | None:
    """The day that CURRENT names, here and now."""
    with contextlib.suppress(OSError, ValueError):
        return date.fromisoformat((root / CURRENT).read_text(encoding="utf-8").strip())
    return None


def _look(root: Path) -> None:
    """What is shared is looked at before the first answer of a process, and then by who follows it."""
    if copy := copy_of(root):
        copy.first()


def folder_of(peildatum: date, root: Path = SNAPSHOTS) -> Path | None:
    """The resolved folder of the snapshot of `peildatum`, or None when there is none."""
    folder = (root / peildatum.isoformat()).resolve()
    with contextlib.suppress(OSError):
        return folder if (folder / MANIFEST).is_file() else None
    return None


def peildata(root: Path = SNAPSHOTS) -> list[date]:
    """The peildata of which there is a snapshot, oldest first."""
    return [peildatum for peildatum in _days(root) if folder_of(peildatum, root)]


def kept(root: Path = SNAPSHOTS) -> list[Path | None]:
    """The version in use and that of each peildatum: another list after whatever is taken in, removed or put in use."""
    return [in_use(root), *(folder_of(peildatum, root) for peildatum in peildata(root))]


def real(root: Path = SNAPSHOTS) -> list[date]:
    """The peildata of what stands there and may be a real delivery, oldest first: all that is not surely demo data.

    Also of what cannot be read: where one is, demo data are neither made nor put in use.
    """
    return [peildatum for peildatum in _days(root) if not is_demo(folder_of(peildatum, root))]


def is_demo(folder: Path | None) -> bool:
    """Whether a snapshot says that it is demo data; of one that cannot be read nobody knows."""
    manifest = Manifest.read_or_none(folder)
    return manifest is not None and manifest.demo


def _days(root: Path) -> list[date]:
    _look(root)
    found = []
    for entry in root.glob("*"):
        with contextlib.suppress(ValueError):
            found.append(date.fromisoformat(entry.name))
    return sorted(found)


@contextlib.contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Hold the snapshots folder for one intake; a second one is refused at once.

    The lock is on the folder itself, so that a refused delivery leaves nothing behind, not even a lock file;
    a folder that had to be made and stayed empty is removed again.
    What is shared is brought up to date first. Raises InUseElsewhereError, or SnapshotError when the folder cannot be
    made or locked, or what is shared cannot be reached.
    """
    copy = copy_of(root)
    with locked(root, patience=_PATIENCE if copy else 0):
        if copy:
            copy.refresh(writes=True)
        yield


@contextlib.contextmanager
def locked(root: Path, patience: float = 0) -> Iterator[None]:
    """The lock of `exclusive`, after waiting for it at most so many seconds."""
    until = time.monotonic() + patience
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    with contextlib.ExitStack() as held:
        try:
            locked = None
            # The holder before us may have removed the folder between our opening and locking it.
            while not (locked and root.exists() and os.path.samestat(locked, root.stat())):
                root.mkdir(parents=True, exist_ok=True)
                handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
                held.callback(os.close, handle)
                _lock(handle, until)
                locked = os.fstat(handle)
        except BlockingIOError as error:
            raise InUseElsewhereError(REFUSED["busy"]) from error
        except OSError as error:
            raise SnapshotError(REFUSED["folder"].format(root=root, oorzaak=cause(error))) from error
        try:
            yield
        finally:
            for folder in (root / VERSIONS, *made):
                with contextlib.suppress(OSError):
                    folder.rmdir()


def _lock(handle: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def under_construction(root: Path, *, public: bool = False) -> Iterator[Path]:
    """A new hidden folder to build a version in, removed if not published. Call under `exclusive`.

    Other users can read what is built in it when it is `public`, as the umask has it.
    """
    folder = root / VERSIONS / f"{_UNFINISHED}{secrets.token_hex(8)}"
    folder.mkdir(parents=True)
    try:
        if not public:
            shut(folder.parent, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, manifest: Manifest, root: Path, put_in_use: bool = True, *, public: bool = False) -> Path:
    """Make the version built in `folder` the snapshot of its peildatum and, if asked, the one in use.

    `manifest` names the peildatum and is written as manifest.json. `public` as for `under_construction`. Returns the
    version's folder. Call under `exclusive`. Raises OSError when the disk refuses; then what was in use is still in
    use.
    """
    peildatum = manifest.peildatum.isoformat()
    link = root / peildatum
    if link.exists() and not link.is_symlink():
        raise SnapshotError(REFUSED["ordinary_folder"].format(peildatum=peildatum))
    version = root / VERSIONS / f"{peildatum}-{secrets.token_hex(8)}"
    new_link, new_current = (root / f"{name}{secrets.token_hex(8)}" for name in (_NEW_LINK, _NEW_CURRENT))
    manifest.write(folder)
    close(folder, root, public=public)
    published = False
    try:
        folder.rename(version)
        # Everything that needs room on the disk comes before the first rename that readers can see.
        new_link.symlink_to(Path(VERSIONS) / version.name)
        if put_in_use:
            _write_current(new_current, peildatum, public)
        sync(root / VERSIONS)
        if copy := copy_of(root):
            name = f"{VERSIONS}/{version.name}"
            copy.share({name: version}, {manifest.peildatum: name}, manifest.peildatum, switch=put_in_use)
        new_link.replace(link)
        published = True
        sync(root)
        if put_in_use:
            new_current.replace(root / CURRENT)
            sync(root)
    finally:
        for path in (new_link, new_current):
            path.unlink(missing_ok=True)
        if not published:
            shutil.rmtree(version, ignore_errors=True)
    return version.resolve()


def switch_to(peildatum: date | None, root: Path) -> None:
    """Make the snapshot of `peildatum`, which is there already, the one in use; None for none. Call under `exclusive`.

    Raises OSError when the disk refuses; then what was in use is still in use.
    """
    if copy := copy_of(root):
        copy.share(in_use=peildatum, switch=True)
    put_current(peildatum, root)


def put_current(peildatum: date | None, root: Path, public: bool = False) -> None:
    """As switch_to, on this machine alone."""
    new_current = root / f"{_NEW_CURRENT}{secrets.token_hex(8)}"
    try:
        if peildatum is None:
            (root / CURRENT).unlink(missing_ok=True)
        else:
            _write_current(new_current, str(peildatum), public)
            new_current.replace(root / CURRENT)
    finally:
        new_current.unlink(missing_ok=True)
    sync(root)


def _write_current(path: Path, peildatum: str, public: bool = False) -> None:
    path.write_text(f"{peildatum}\n", encoding="utf-8")
    if not public:
        shut(path)
    sync(path)


def link(name: str, target: str, root: Path) -> None:
    """Have a name in a folder lead elsewhere in it, at once. Raises OSError."""
    new_link = root / f"{_NEW_LINK}{secrets.token_hex(8)}"
    new_link.symlink_to(target)
    new_link.replace(root / name)


def remove(removed: Iterable[date], root: Path) -> None:
    """Remove snapshots that are not in use, and what `clean_up` does. Call under `exclusive`. Raises OSError.

    The links go first, so that no reader finds half a snapshot.
    """
    removed = list(removed)
    if copy := copy_of(root):
        copy.share(days=dict.fromkeys(removed))
    for peildatum in removed:
        (root / str(peildatum)).unlink()
    sync(root)
    clean_up(root)


def clean_up(root: Path) -> None:
    """Remove what killed runs left and versions replaced by an earlier run. Call under `exclusive`."""
    for entry in [*root.glob(f"{_NEW_LINK}*"), *root.glob(f"{_NEW_CURRENT}*")]:
        entry.unlink(missing_ok=True)
    kept = {entry.resolve() for entry in root.iterdir() if entry.is_symlink()}
    for version in (root / VERSIONS).glob("*"):
        if version.resolve() not in kept:
            shutil.rmtree(version, ignore_errors=True)


def shut(*paths: Path) -> None:
    """Close files and folders to other users."""
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)


def close(folder: Path, root: Path, *, public: bool) -> None:
    """Make what was built ready for its place: on the disk, and for this user alone unless it is public."""
    if not public:
        shut(folder, *folder.rglob("*"))
        # A folder that users share on purpose, such as /tmp, or that is another's, stays; what lies in it is shut.
        if not root.stat().st_mode & stat.S_ISVTX:
            with contextlib.suppress(PermissionError):
                shut(root)
    write_through(folder)


def write_through(folder: Path) -> None:
    """Have the disk write all that is in a folder. Raises OSError when it refuses."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Have the disk write a file, or the names in a folder. Raises OSError when it refuses."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
