"""The command line of every program here: whole options, help and mistakes in Dutch, no English of argparse."""

import argparse
import contextlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from data.errors import RefusedError

KLOPT_NIET = "De opdracht klopt niet. Gebruik:"


def say(words: str) -> AbstractContextManager:
    """Say on standard error what is going on, once; nothing happens when it ends."""
    print(words, file=sys.stderr)
    return contextlib.nullcontext()


def exit_status(work: Callable[[], int]) -> int:
    """Do the work of a program on the snapshots; returns its exit status, 2 when it is refused, which is told."""
    try:
        return work()
    except RefusedError as error:
        told = f"Geweigerd: {error}"
    except KeyboardInterrupt:
        told = "Afgebroken. De snapshot in gebruik is niet veranderd."
    except Exception as error:
        # Nobody foresaw this one; its message may hold a value, so only its kind is told.
        told = f"Geweigerd: onverwachte fout ({type(error).__name__}). De snapshot in gebruik is niet veranderd."
    print(told, file=sys.stderr)
    return 2


def peildatum(text: str) -> date:
    """A peildatum as typed. Raises RefusedError."""
    with contextlib.suppress(ValueError):
        # Python reads 20221231 and 2022-W52-6 as well.
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    raise RefusedError("de peildatum is geen datum in de vorm JJJJ-MM-DD.")


def put_in_place(file: Path, content: bytes, fout: Callable[[str], BaseException] = RefusedError) -> None:
    """Write a file, at once or not at all. fout: makes the error to raise from a Dutch message."""
    beside = file.with_name(f".{file.name}.nieuw")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise fout(f"Het bestand kan niet worden geschreven: {error.strerror}.") from error


class Opdracht(argparse.ArgumentParser):
    """A parser that raises ``fout`` with a Dutch message and the usage; an option is never abbreviated.

    fout: makes the error to raise from the message. A type of an option raises errors of its own kind, in Dutch too.
    """

    def __init__(self, *, fout: Callable[[str], BaseException] = RefusedError, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._fout = fout
        self.add_argument("--help", "-h", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Raise the error; the English message of argparse, which may hold what was typed, is not in it."""
        usage = " ".join(self.format_usage().removeprefix("usage: ").split())
        raise self._fout(f"{KLOPT_NIET}\n{usage}")

    def format_help(self) -> str:
        """The help, with its headings in Dutch."""
        found = super().format_help()
        for english, dutch in (("usage: ", "gebruik: "), ("positional arguments:", "wat:"), ("options:", "opties:")):
            found = found.replace(english, dutch, 1)
        return found
