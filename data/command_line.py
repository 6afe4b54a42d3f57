"""The command line of every program here: whole options, help and mistakes in Dutch, no English of argparse."""

import argparse
import contextlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NoReturn

KLOPT_NIET = "De opdracht klopt niet. Gebruik:"


def say(words: str) -> AbstractContextManager:
    """Say on standard error what is going on, once; nothing happens when it ends."""
    print(words, file=sys.stderr)
    return contextlib.nullcontext()


class Opdracht(argparse.ArgumentParser):
    """A parser that raises ``fout`` with a Dutch message and the usage; an option is never abbreviated.

    fout: makes the error to raise from the message. A type of an option raises errors of its own kind, in Dutch too.
    """

    def __init__(self, *, fout: Callable[[str], BaseException], **settings: Any) -> None:
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
