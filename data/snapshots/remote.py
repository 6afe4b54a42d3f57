"""What several machines share: `WI_DATA=s3://bucket/prefix`, of which the folders of this machine are then copies.

    <WI_DATA>/publicaties/STAND                       the days, the version that counts for each, the one in use, and
                                                      every file by its SHA-256; also of snapshots/ and register/
    <WI_DATA>/publicaties/.versies/<name>/<file>      the files, under the name of a version, which no other ever has

Who writes puts the files there first and `STAND` last, and that only over the one that was read before (If-Match): a
reader finds what was or what is, whole, and of two writers the second is refused. Only then it counts on the machine of
the writer. Who reads asks whether `STAND` is another one, fetches what it lacks, checks every file by its hash and puts
it in place as an intake does (store.py). Without the store a server goes on with its copy.
"""

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from data.errors import cause
from data.snapshots import TEXTS, store
from data.snapshots.manifest import MANIFEST

try:
    import obstore
    from obstore import exceptions as failures
    from obstore.store import ObjectStore, from_url
except ImportError as error:
    raise store.SnapshotError(TEXTS["remote"]["no_package"]) from error

LOG = logging.getLogger("dashboard")
SAYS: dict[str, str] = TEXTS["remote"]
STAND = "STAND"
NOT_ALLOWED = (failures.PermissionDeniedError, failures.UnauthenticatedError)
FAILED = (failures.BaseError, OSError, ValueError)
# Seconds between two looks at the store, by a server.
EVERY = 5.0
# What a killed writer left is not of a writer at work any more.
_DEBRIS = timedelta(days=1)
NOTHING: Mapping = MappingProxyType({})
_PATIENCE = {"max_retries": 2, "retry_timeout": timedelta(seconds=15)}


def _inside(path: str) -> str:
    if PurePosixPath(path).is_absolute() or {"", ".", ".."} & {*path.split("/")}:
        raise ValueError("a path that leads elsewhere")
    return path


Inside = Annotated[str, AfterValidator(_inside)]


class Stand(BaseModel):
    """What counts: the folder per day, the day in use, and of each folder its files with their SHA-256."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    dagen: dict[date, Inside] = {}
    in_gebruik: date | None = None
    mappen: dict[Inside, dict[Inside, str]] = {}

    def objects(self) -> set[str]:
        """The files, as they are named in the store."""
        return {f"{name}/{file}" for name, files in self.mappen.items() for file in files}


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder, but for what was derived from them here."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("afgeleid-")]
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


class Copy:
    """A folder of this machine that is a copy of what lies at a place in the store. trouble: why it may be behind."""

    def __init__(self, root: Path, address: str, part: str) -> None:
        """Raises SnapshotError when the address is none."""
        self.root, self._part, self.trouble = root, part, None
        self._mark = f"{address}/{part}\n"
        self._stand, self._etag, self._checked = Stand(), None, dict[str, dict[str, str]]()
        self._once, self._asked = threading.RLock(), False
        options = {"connect_timeout": "3s", "timeout": "60s", "allow_http": os.environ.get("AWS_ALLOW_HTTP", "false")}
        with _in_dutch():
            self._store: ObjectStore = from_url(address, client_options=options, retry_config=_PATIENCE)

    def first(self) -> None:
        """Bring it up to date once in this process, as far as that can be."""
        if not self._asked:
            self.follow()

    def follow(self) -> None:
        """As refresh, for who goes on with what is there: what is wrong stands in `trouble` and, once, in the log."""
        with self._once:
            try:
                self.refresh()
            except store.InUseElsewhereError:
                # Who writes here brings it up to date.
                return
            except store.SnapshotError as error:
                if str(error) != self.trouble:
                    LOG.warning("%s: %s", self._part, error)
                self.trouble = str(error)
            else:
                self.trouble = None
            finally:
                self._asked = True

    def refresh(self, *, writes: bool = False) -> None:
        """Fetch what is new. writes: by who holds the folder; an empty store is then given what is here.

        Raises SnapshotError.
        """
        with self._once:
            found, etag = self._read()
            if etag is None:
                if writes:
                    self._is_a_copy()
                    if (here := self._as_it_is()).mappen:
                        self._put(here, {name: self.root / name for name in here.mappen})
            elif etag != self._etag:
                try:
                    with contextlib.nullcontext() if writes else store.locked(self.root):
                        self._apply(found)
                except OSError as error:
                    words = store.REFUSED["folder"].format(root=self.root, oorzaak=cause(error))
                    raise store.SnapshotError(words) from error
                self._stand, self._etag = found, etag

    def share(
        self,
        folders: Mapping[str, Path] = NOTHING,
        days: Mapping[date, str | None] = NOTHING,
        in_use: date | None = None,
        *,
        switch: bool = False,
    ) -> None:
        """Make a change in the store, at once or not at all. Call under `exclusive`. Raises SnapshotError.

        folders: what is in a folder now, by its name; days: the folder of a day, None for none any more; in_use: where
        that is to be switched.
        """
        with self._once:
            was = self._stand
            dagen = {day: name for day, name in (was.dagen | days).items() if name}
            mappen = was.mappen | {name: contents(folder) for name, folder in folders.items()}
            counting = {name: files for name, files in mappen.items() if _no_version(name) or name in dagen.values()}
            self._put(Stand(dagen=dagen, in_gebruik=in_use if switch else was.in_gebruik, mappen=counting), folders)

    def may_read(self) -> bool:
        """Whether who asks may look here. Raises SnapshotError when that cannot be told."""
        try:
            self._read()
        except store.SnapshotError as error:
            if not isinstance(error.__cause__, NOT_ALLOWED):
                raise
            return False
        return True

    def may_write(self) -> bool:
        """Whether who asks may write here. Raises SnapshotError where two writers would not be kept apart."""
        name = f"{self._part}/controle-{secrets.token_hex(8)}"
        with _in_dutch():
            try:
                obstore.put(self._store, name, b"", mode="create")
                obstore.put(self._store, name, b"", mode="create")
            except NOT_ALLOWED:
                return False
            except failures.AlreadyExistsError:
                return True
            finally:
                with contextlib.suppress(*FAILED):
                    obstore.delete(self._store, name)
        raise store.SnapshotError(SAYS["no_conditions"])

    def _read(self) -> tuple[Stand, str | None]:
        """What counts, and its mark; no mark where there is nothing yet."""
        with _in_dutch():
            try:
                unless = {"if_none_match": self._etag} if self._etag else {}
                found = obstore.get(self._store, f"{self._part}/{STAND}", options=unless)
                return Stand.model_validate_json(bytes(found.bytes())), found.meta["e_tag"]
            except failures.NotModifiedError:
                return self._stand, self._etag
            except FileNotFoundError:
                return Stand(), None

    def _put(self, stand: Stand, folders: Mapping[str, Path]) -> None:
        was = self._stand
        for name, folder in folders.items():
            for file, digest in stand.mappen.get(name, {}).items():
                if was.mappen.get(name, {}).get(file) != digest:
                    content = (folder / file).read_bytes()
                    with _in_dutch():
                        obstore.put(self._store, f"{self._part}/{name}/{file}", content)
        text = stand.model_dump_json(indent=1).encode()
        try:
            mode = {"e_tag": self._etag} if self._etag else "create"
            self._etag = obstore.put(self._store, f"{self._part}/{STAND}", text, mode=mode)["e_tag"]
        except FAILED as error:
            # It may be there all the same, with only the answer lost.
            found, etag = self._read()
            if found != stand:
                overtaken = isinstance(error, failures.AlreadyExistsError | failures.PreconditionError)
                raise store.SnapshotError(SAYS["overtaken"] if overtaken else _words(error)) from error
            self._etag = etag
        self._stand = stand
        self._checked |= {name: stand.mappen[name] for name in folders if name in stand.mappen}
        self._sweep(was)

    def _sweep(self, was: Stand) -> None:
        """Remove what counted before and does not any more, and what a killed writer left."""
        try:
            before, now = datetime.now(UTC) - _DEBRIS, self._stand.objects() | {STAND}
            gone, counted = [], was.objects()
            for each in chain.from_iterable(obstore.list(self._store, self._part)):
                key = each["path"].removeprefix(f"{self._part}/")
                if key not in now and (key in counted or each["last_modified"] < before):
                    gone.append(each["path"])
            if gone:
                obstore.delete(self._store, gone)
        except FAILED as error:
            LOG.warning("%s: %s", self._part, SAYS["not_swept"].format(soort=type(error).__name__))

    def _apply(self, stand: Stand) -> None:
        """Make the folder as it stands there; nobody who reads meanwhile sees half of it. Raises also OSError."""
        links, plain = self._entries()
        marker = self.root / store.MARKER
        if not marker.exists() or marker.read_text(encoding="utf-8") != self._mark:
            alone = {entry.name for entry in (*links, *plain)} - {*map(str, stand.dagen), *stand.mappen}
            if alone:
                raise store.SnapshotError(SAYS["no_copy"].format(root=self.root, wat=", ".join(sorted(alone))))
            self._is_a_copy()
        reading = {link.resolve().name for link in links}
        for name, files in stand.mappen.items():
            if self._checked.get(name) != files:
                if contents(self.root / name) != files:
                    self._fetch(name, files)
                self._checked[name] = files
        for day, name in stand.dagen.items():
            entry = self.root / str(day)
            if not entry.is_symlink() or str(entry.readlink()) != name:
                store.link(str(day), name, self.root)
        if store.current(self.root) != stand.in_gebruik:
            store.put_current(stand.in_gebruik, self.root, public=self._public)
        for link in links:
            if link.name not in map(str, stand.dagen):
                link.unlink()
        for version in (self.root / store.VERSIONS).glob("*"):
            if f"{store.VERSIONS}/{version.name}" not in stand.mappen and version.name not in reading:
                shutil.rmtree(version, ignore_errors=True)

    def _fetch(self, name: str, files: Mapping[str, str]) -> None:
        with store.under_construction(self.root, public=self._public) as made:
            for file, digest in files.items():
                with _in_dutch():
                    content = bytes(obstore.get(self._store, f"{self._part}/{name}/{file}").bytes())
                if hashlib.sha256(content).hexdigest() != digest:
                    raise store.SnapshotError(SAYS["changed"].format(bestand=f"{name}/{file}"))
                (made / file).parent.mkdir(parents=True, exist_ok=True)
                (made / file).write_bytes(content)
            store.close(made, self.root, public=self._public)
            # One that is not what it should be gives its place.
            with contextlib.suppress(FileNotFoundError):
                (self.root / name).rename(made.with_name(f"{made.name}-{secrets.token_hex(4)}"))
            made.rename(self.root / name)

    @property
    def _public(self) -> bool:
        return self.root == store.PUBLICATIES

    def _is_a_copy(self) -> None:
        """From now on what is not in the store goes away here too."""
        marker = self.root / store.MARKER
        marker.write_text(self._mark, encoding="utf-8")
        if not self._public:
            store.shut(marker)

    def _entries(self) -> tuple[list[Path], list[Path]]:
        """The links, and the folders of the register."""
        whole = [entry for entry in sorted(self.root.iterdir()) if (entry / MANIFEST).is_file()]
        return [each for each in whole if each.is_symlink()], [each for each in whole if not each.is_symlink()]

    def _as_it_is(self) -> Stand:
        """The folder as it is, to begin a store with."""
        links, plain = self._entries()
        dagen = {date.fromisoformat(link.name): str(link.readlink()) for link in links}
        mappen = {name: contents(self.root / name) for name in (*dagen.values(), *(each.name for each in plain))}
        return Stand(dagen=dagen, in_gebruik=store.current(self.root), mappen=mappen)


def _no_version(name: str) -> bool:
    """Whether a folder is one of the register, where all that ever was stays."""
    return not name.startswith(f"{store.VERSIONS}/")


@contextlib.contextmanager
def _in_dutch() -> Iterator[None]:
    try:
        yield
    except FAILED as error:
        raise store.SnapshotError(_words(error)) from error


def _words(error: Exception) -> str:
    """What went wrong; never the text of the error, which may hold an address with a signature."""
    if isinstance(error, NOT_ALLOWED):
        return SAYS["no_rights"]
    if isinstance(error, FileNotFoundError):
        return SAYS["missing"]
    return SAYS["not_readable" if isinstance(error, ValueError) else "unreachable"].format(soort=type(error).__name__)


@cache
def _copy(root: Path, address: str, part: str) -> Copy:
    return Copy(root, address, part)


def of(root: Path, address: str) -> Copy | None:
    """The copy that a folder is; None for a folder that is on this machine alone."""
    places = {"snapshots": store.SNAPSHOTS, "publicaties": store.PUBLICATIES, "register": store.register()}
    for name, place in places.items():
        if root.absolute() == place:
            return _copy(place, address, name)
        # That of the demo, beside its publications.
        if root.absolute() == place / ".register":
            return _copy(root, address, f"{name}.register")
    return None


def follow(copies: list[Copy]) -> Callable[[], None]:
    """Look at the store every few seconds, beside a server; what it returns ends that."""
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            for copy in copies:
                copy.follow()
            ended.wait(EVERY)

    threading.Thread(target=look, daemon=True).start()
    return ended.set
