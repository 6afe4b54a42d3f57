"""The command lines of the product, run in this process: a process of its own for each would take seconds."""

import contextlib
import importlib
import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def run(program: str, *arguments: object) -> Done:
    """What `python -m PROGRAM ARGUMENTS` does, by the function that it calls."""
    main = importlib.import_module(f"{program}.__main__").main
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code or 0
    return Done(status, out.getvalue(), err.getvalue())
