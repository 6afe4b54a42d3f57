"""An inbox: folders named after their peildatum, each taken in when the steward says that it is complete.

    <inbox>/2022-12-31/          the files of a delivery, and an empty file `klaar` when all of them are there
    <inbox>/2022-12-31.txt       what became of it

What was taken in is removed from the inbox: it holds records, and the steward has them. What was refused stays, without
`klaar`, until the steward says again that it is complete.
"""

import contextlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.command_line import put_in_place
from data.errors import BusyError, RefusedError
from data.intake.steps import take_in, told
from data.snapshots import store

READY = "klaar"


def take_in_all(inbox: Path, naar: Path = store.SNAPSHOTS) -> Iterator[tuple[int, str]]:
    """Take in what is complete, the oldest day first; per folder the exit status and what is told of it.

    Raises RefusedError when the inbox cannot be read, and BusyError when another intake is running.
    """
    try:
        folders = sorted(inbox.iterdir())
    except OSError as error:
        raise RefusedError(f"De map {inbox} kan niet worden gelezen: {error.strerror}.") from error
    for folder in folders:
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(folder.name)
            if folder.name == day.isoformat() and (folder / READY).is_file():
                code, words = _take_in(folder, day, naar)
                put_in_place(inbox / f"{folder.name}.txt", f"{words}\n".encode())
                yield code, f"{folder.name}: {words}"


def _take_in(folder: Path, day: date, naar: Path) -> tuple[int, str]:
    try:
        (folder / READY).unlink()
    except PermissionError:
        # What cannot be removed would be taken in again each night.
        return 2, "Geweigerd: de inname mag in deze map niet schrijven. Geef haar groep schrijfrecht (chmod -R g+w)."
    try:
        found = take_in(folder, day, naar)
    except BusyError:
        (folder / READY).touch()
        raise
    except RefusedError as error:
        return 2, f"Geweigerd: {error}"
    shutil.rmtree(folder)
    return found.code, told(found)
