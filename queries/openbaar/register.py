"""What was ever public: every version of every publication, kept with the salt and not in the folder that is served.

A publication that is replaced, or put into another folder, stays known to whoever saw it; so it stays in the attack on
the next. An entry is a folder with a number, a day and a mark: the tables and the manifest of that version.
"""

import contextlib
import os
import shutil
from pathlib import Path

from data.snapshots import store
from data.snapshots.manifest import Manifest

REGISTER = "WI_REGISTER"
_UNFINISHED = ".bezig"


def place(publications: Path, *, demo: bool) -> Path:
    """The folder of the register; that of the demo, whose salt is known, lies with its publications."""
    if demo:
        return publications / ".register"
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return Path(os.environ.get(REGISTER) or state / "monitor-inburgering" / "openbaar").expanduser().absolute()


def versions(register: Path) -> list[Path]:
    """The entries, in the order in which they became public."""
    with contextlib.suppress(FileNotFoundError):
        return sorted(path for path in register.iterdir() if path.is_dir() and path.name[:6].isdigit())
    return []


def enter(register: Path, folder: Path, manifest: Manifest) -> None:
    """Keep the tables of a publication before anybody can see them. Raises OSError when the disk refuses."""
    mark = manifest.levering_id
    there = versions(register)
    if any(path.name.endswith(f"_{mark}") for path in there):
        return
    number = int(there[-1].name[:6]) + 1 if there else 1
    unfinished = register / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for folder_of_owner in (register, unfinished):
        folder_of_owner.chmod(0o700)
    for table in sorted(folder.glob("*.parquet")):
        shutil.copyfile(table, unfinished / table.name)
    manifest.write(unfinished)
    store.write_through(unfinished)
    unfinished.rename(register / f"{number:06}_{manifest.peildatum}_{mark}")
    store.sync(register)
