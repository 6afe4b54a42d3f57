"""What was ever public: every version of every publication, kept with the salt and not in the folder that is served.

A publication that is replaced, or put into another folder, stays known to whoever saw it; so it stays in the attack on
the next. An entry is a folder with a number, a day and a mark: the tables and the manifest of that version, and the
counts behind its words, which are not public (``words.py``). Beside them lie the solutions that the next attack starts
from.
"""

import contextlib
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from data.snapshots import store
from data.snapshots.manifest import Manifest

_UNFINISHED, _SOLUTIONS = ".bezig", "oplossingen.parquet"


def place(publications: Path, *, demo: bool) -> Path:
    """The folder of the register; that of the demo, whose salt is known, lies with its publications."""
    return publications / ".register" if demo else store.register()


def versions(register: Path) -> list[Path]:
    """The entries, in the order in which they became public."""
    with contextlib.suppress(FileNotFoundError):
        return sorted(path for path in register.iterdir() if path.is_dir() and path.name[:6].isdigit())
    return []


def holds(register: Path, manifest: Manifest) -> bool:
    """Whether this version is in the register."""
    return any(path.name.endswith(f"_{manifest.levering_id}") for path in versions(register))


def enter(register: Path, folder: Path, manifest: Manifest, more: Mapping[str, bytes] | None = None) -> None:
    """Keep the tables of a publication, and more that nobody may see, before anybody can see them.

    more: the content of files by their names; the manifest names them. Raises OSError when the disk refuses.
    """
    if holds(register, manifest):
        return
    mark, there = manifest.levering_id, versions(register)
    number = int(there[-1].name[:6]) + 1 if there else 1
    unfinished = register / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for folder_of_owner in (register, unfinished):
        folder_of_owner.chmod(0o700)
    for table in sorted(folder.glob("*.parquet")):
        shutil.copyfile(table, unfinished / table.name)
    for name, content in (more or {}).items():
        (unfinished / name).write_bytes(content)
    manifest.write(unfinished)
    store.write_through(unfinished)
    name = f"{number:06}_{manifest.peildatum}_{mark}"
    if copy := store.copy_of(register):
        copy.share({name: unfinished})
    unfinished.rename(register / name)
    store.sync(register)


def solutions(register: Path) -> tuple[list[int], np.ndarray] | None:
    """What the last attack kept: the marks of its counts, and a row of whole numbers for each of its solutions.

    None when there is nothing that can be read: then the next attack finds them again, in more time.
    """
    try:
        table = pl.read_parquet(register / _SOLUTIONS)
        return table["telling"].to_list(), table.drop("telling").cast(pl.Int32).to_numpy().T
    except (OSError, pl.exceptions.PolarsError):
        return None


def keep_solutions(register: Path, marks: list[int], rows: np.ndarray) -> None:
    """Keep what the next attack goes on from; it is as secret as the register. Raises OSError when the disk refuses."""
    told = pl.DataFrame({"telling": marks}, {"telling": pl.UInt64})
    table = told.hstack(pl.from_numpy(rows.T.astype(np.int32), [str(number) for number in range(len(rows))]))
    made = io.BytesIO()
    table.write_parquet(made, statistics=False)
    unfinished = register / f"{_SOLUTIONS}{_UNFINISHED}"
    unfinished.write_bytes(made.getvalue())
    unfinished.replace(register / _SOLUTIONS)
