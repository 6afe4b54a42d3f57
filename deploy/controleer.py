"""Check this machine for a view: ``python -m deploy.controleer``, as its user and with its environment.

Exit status 0: all is well; 2: something is wrong, which is said in Dutch. No value of a secret is ever printed.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(lambda record: False)

import queries  # noqa: E402
from data.secret import is_weak  # noqa: E402
from data.snapshots import store  # noqa: E402
from pages.access import gate, log  # noqa: E402
from queries.openbaar import register  # noqa: E402

ROOT = Path(__file__).parents[1]
SAYS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
WRONG, TOLD = SAYS["wrong"], SAYS["told"]
NEEDED = (3, 11)
# A disk with less is full before somebody looks; a delivery is monthly.
LEAST_GB, LEAST_SHARE, OLDEST_DAYS = 2, 5, 62
SECRETS, PASSWORD = ("WI_ZOUT", "WI_SLEUTEL"), "WI_SMTP_WACHTWOORD"
SIGN_IN = ROOT / ".streamlit" / "secrets.toml"

# What is wrong, and whether it only is a remark.
Found = Iterator[tuple[str, bool]]


def python(view: str) -> Found:
    """The version of Python, and every package against requirements.lock, and what a store needs."""
    if sys.version_info < NEEDED:
        yield WRONG["python"].format(found=sys.version.split()[0], needed="3.11"), False
    locks = ("requirements.lock", "deploy/requirements-s3.lock")[: 2 if os.environ.get(store.DATA) else 1]
    required = "".join((ROOT / lock).read_text(encoding="utf-8") for lock in locks)
    for name, needed, marker in re.findall(r"^([\w.-]+)==([^\s;\\]+)\s*(;?)", required, re.MULTILINE):
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            # One with a condition may be for another kind of machine.
            if not marker:
                yield WRONG["no_package"].format(name=name, needed=needed), False
            continue
        if found != needed:
            yield WRONG["package"].format(name=name, found=found, needed=needed), False


def settings(view: str) -> Found:
    """The names in the environment that begin with WI_, and the view."""
    known = set(re.findall(r"WI_[A-Z_]+", Path(__file__).with_name("README.md").read_text(encoding="utf-8")))
    for name in sorted(os.environ):
        if name.startswith("WI_") and name not in known:
            yield WRONG["unknown"].format(name=name), False
    if view not in (gate.INTERN, gate.OPENBAAR):
        yield WRONG["view"].format(found=view), False
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield WRONG["root"], False


def folders(view: str) -> Found:
    """Who may do what where."""
    kept = register.place(store.PUBLICATIES, demo=False)
    if view == gate.OPENBAAR:
        for name, folder in (("WI_SNAPSHOTS", store.SNAPSHOTS), ("WI_REGISTER", kept)):
            if os.access(folder, os.R_OK | os.X_OK):
                yield WRONG["reachable"].format(name=name, folder=folder), False
    else:
        yield from _own("WI_SNAPSHOTS", store.SNAPSHOTS)
        yield from _own(log.FILE, log.file().parent)
    if not store.PUBLICATIES.is_dir():
        yield WRONG["no_folder"].format(name="WI_PUBLICATIES", folder=store.PUBLICATIES), view == gate.INTERN
    elif not os.access(store.PUBLICATIES, os.R_OK | os.X_OK):
        yield WRONG["not_readable"].format(name="WI_PUBLICATIES", folder=store.PUBLICATIES), False


def _own(name: str, folder: Path) -> Found:
    if not folder.is_dir():
        yield WRONG["no_folder"].format(name=name, folder=folder), False
        return
    if not os.access(folder, os.W_OK):
        yield WRONG["not_writable"].format(name=name, folder=folder), False
    if (mode := folder.stat().st_mode & 0o777) & 0o077:
        yield WRONG["open_to_others"].format(name=name, folder=folder, mode=f"{mode:04o}"), False


def shared(view: str) -> Found:
    """Whether the store of several machines can be reached, and who may do what there."""
    public = view == gate.OPENBAAR
    try:
        for folder in (store.SNAPSHOTS, store.PUBLICATIES, store.register()):
            if (copy := store.copy_of(folder)) is None:
                return
            reads, writes = copy.may_read(), copy.may_write()
            if public and (writes or (reads and folder != store.PUBLICATIES)):
                yield WRONG["store_open"].format(name=folder.name), False
            if not reads and (not public or folder == store.PUBLICATIES):
                yield WRONG["store_shut"].format(name=folder.name), False
            if not public and not writes:
                yield WRONG["store_read_only"].format(name=folder.name), True
    except store.SnapshotError as error:
        yield str(error), False


def secrets(view: str) -> Found:
    """Whether the secrets are there and cannot be guessed; the public view has none."""
    if view == gate.OPENBAAR:
        for name in (*SECRETS, PASSWORD):
            if os.environ.get(name):
                yield WRONG["secret_in_public"].format(name=name), False
        return
    for name in SECRETS:
        if not (value := os.environ.get(name, "")):
            # The server itself needs none: they are for taking in, publishing and sending.
            yield WRONG["no_secret"].format(name=name), True
        elif is_weak(value):
            yield WRONG["weak"].format(name=name), False


def sign_in(view: str) -> Found:
    """Whether somebody can sign in."""
    if view == gate.OPENBAAR:
        return
    if SIGN_IN.exists() and (mode := SIGN_IN.stat().st_mode & 0o777) & 0o077:
        yield WRONG["secrets_file"].format(file=SIGN_IN, mode=f"{mode:04o}"), False
    found = gate.settings()
    if found.view != view:
        yield WRONG["sign_in"], False
    elif found.sign_in is None:
        yield WRONG["no_sign_in"], not _is_real()


def _is_real() -> bool:
    return bool(store.real(store.SNAPSHOTS))


def snapshot(view: str) -> Found:
    """Whether the snapshot in use can be opened, and how old it is."""
    if view == gate.OPENBAAR:
        return
    if (folder := store.in_use(store.SNAPSHOTS)) is None:
        yield WRONG["no_delivery"], True
        return
    try:
        day = queries.open_database(folder).peildatum
    except queries.QueryError as error:
        yield WRONG["damaged"].format(reason=error), False
        return
    if (days := (date.today() - day).days) > OLDEST_DAYS:
        yield WRONG["old"].format(day=day, days=days), True


def publication(view: str) -> Found:
    """Whether the publication in use is whole."""
    if store.in_use(store.PUBLICATIES) is None:
        yield WRONG["no_publication"], True
        return
    try:
        queries.open_publication(store.PUBLICATIES)
    except queries.QueryError as error:
        yield WRONG["damaged"].format(reason=error), False


def disk(view: str) -> Found:
    """How much room there is."""
    there = queries.kept_in()
    used = shutil.disk_usage(there)
    gigabytes, share = used.free / 1e9, 100 * used.free / used.total
    if gigabytes < LEAST_GB or share < LEAST_SHARE:
        yield WRONG["disk"].format(free=f"{gigabytes:.1f}".replace(".", ","), share=round(share), folder=there), False


def clock(view: str) -> Found:
    """Whether the clock can be believed: a sign-in and a peildatum depend on it."""
    manifest = store.Manifest.read_or_none(store.in_use(store.SNAPSHOTS)) if view == gate.INTERN else None
    now = datetime.now(UTC)
    if manifest and manifest.aangemaakt and manifest.aangemaakt.astimezone(UTC) > now:
        yield WRONG["ahead"].format(day=manifest.aangemaakt, now=now.replace(microsecond=0)), False
    if shutil.which("timedatectl"):
        asked = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if told == "no":
            yield WRONG["unsynchronised"], True


CHECKS: tuple[Callable[[str], Found], ...] = (
    python, settings, folders, shared, secrets, sign_in, snapshot, publication, disk, clock,
)  # fmt: skip


def main() -> int:
    """Says of each check whether it is good."""
    view, wrong = os.environ.get(gate.VIEW, "").strip().lower() or gate.INTERN, False
    for check in CHECKS:
        found = list(check(view))
        print(f"{SAYS['about'][check.__name__]}: {TOLD['good'] if not found else ''}".rstrip())
        for words, remark in found:
            print(f"  {TOLD['remark' if remark else 'wrong']}: {words}")
            wrong |= not remark
    print(TOLD["some_wrong"] if wrong else TOLD["all_good"].format(view=view))
    return 2 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
