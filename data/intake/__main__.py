"""The command line of an intake, and of what is kept: ``python -m data.intake``."""

import argparse
import contextlib
import os
import re
import sys
from pathlib import Path

from data.command_line import Opdracht, exit_status, peildatum
from data.errors import RefusedError
from data.intake import TEXTS, draft
from data.intake.inbox import take_in_all
from data.intake.steps import check, prepare, take_in, told
from data.snapshots import manage, store

SAYS: dict[str, str] = TEXTS["command"]


def main(argumenten: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    return exit_status(lambda: _run(_parse(argumenten)))


def _parse(argumenten: list[str] | None) -> argparse.Namespace:
    opdracht = Opdracht(prog="python -m data.intake", usage=SAYS["usage"], description=SAYS["description"])
    dag = {"metavar": "JJJJ-MM-DD", "type": peildatum}
    opdracht.add_argument("levering", metavar="DIR", type=Path, nargs="?", help=SAYS["levering"])
    opdracht.add_argument("--peildatum", **dag, help=SAYS["peildatum"])
    opdracht.add_argument("--controleer", action="store_true", help=SAYS["controleer"])
    opdracht.add_argument("--toch", action="store_true", help=SAYS["toch"])
    opdracht.add_argument("--naar", type=Path, default=store.SNAPSHOTS, metavar="DIR", help=SAYS["naar"])
    opdracht.add_argument("--zet-klaar", type=Path, metavar="DIR", help=SAYS["zet_klaar"])
    anders = opdracht.add_mutually_exclusive_group()
    anders.add_argument("--voorbeeld", metavar="DIR", type=Path, help=SAYS["voorbeeld"])
    anders.add_argument("--ontwerp", metavar="DIR", type=Path, help=SAYS["ontwerp"])
    anders.add_argument("--terug", **dag, help=SAYS["terug"])
    anders.add_argument("--verwijder", **dag, help=SAYS["verwijder"])
    anders.add_argument("--ruim-op", metavar="N", type=_how_many, help=SAYS["ruim_op"])
    anders.add_argument("--inbox", metavar="DIR", type=Path, help=SAYS["inbox"])
    anders.add_argument("--vergeet-rijen", metavar="DAGEN", type=_how_many, help=SAYS["vergeet_rijen"])
    opdracht.add_argument("--ja", action="store_true", help=SAYS["ja"])
    keuzes = opdracht.parse_args(argumenten)
    geleverd = [keuzes.levering is not None, keuzes.peildatum is not None]
    other = ("voorbeeld", "ontwerp", "terug", "verwijder", "ruim_op", "inbox", "vergeet_rijen")
    if any(getattr(keuzes, wat) is not None for wat in other):
        klopt = not any([*geleverd, keuzes.controleer, keuzes.toch, keuzes.zet_klaar])
    else:
        klopt = all(geleverd)
    if not klopt or (keuzes.ja and keuzes.verwijder is None):
        opdracht.error("")
    return keuzes


def _how_many(tekst: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", tekst, re.ASCII):
        raise RefusedError(SAYS["how_many"])
    return int(tekst)


def _run(keuzes: argparse.Namespace) -> int:
    if keuzes.voorbeeld is not None:
        # Made from the demo, which is itself taken in.
        from data.demo import example

        print(example.schrijf(keuzes.voorbeeld))
    elif keuzes.ontwerp is not None:
        print(draft.write(keuzes.ontwerp, keuzes.naar))
    elif keuzes.terug is not None:
        print(manage.go_back(keuzes.terug, keuzes.naar))
    elif keuzes.ruim_op is not None:
        print(manage.tidy(keuzes.ruim_op, keuzes.naar))
    elif keuzes.vergeet_rijen is not None:
        print(manage.forget_rows(keuzes.vergeet_rijen, keuzes.naar))
    elif keuzes.inbox is not None:
        codes = []
        for code, words in take_in_all(keuzes.inbox, keuzes.naar):
            print(words)
            codes.append(code)
        if not codes:
            print(SAYS["nothing"])
        return max(codes, default=0)
    elif keuzes.verwijder is not None:
        if not keuzes.ja:
            print(SAYS["ask"].format(peildatum=keuzes.verwijder))
            antwoord = ""
            with contextlib.suppress(EOFError):
                antwoord = input(SAYS["confirm"])
            if antwoord.strip().casefold() != "ja":
                raise RefusedError(SAYS["kept"])
        print(manage.remove(keuzes.verwijder, keuzes.naar))
    elif keuzes.zet_klaar is not None:
        # For a program, which reads the outcome in that folder and the progress on standard error.
        given = (keuzes.levering, keuzes.peildatum, keuzes.zet_klaar, keuzes.naar)
        return prepare(*given, voortgang=True, toch=keuzes.toch).code
    else:
        neem = check if keuzes.controleer else take_in
        uitslag = neem(keuzes.levering, keuzes.peildatum, keuzes.naar, voortgang=None, toch=keuzes.toch)
        print(told(uitslag))
        return uitslag.code
    return 0


if __name__ == "__main__":
    # What native code prints about a damaged file stays off the screen; Python's own messages still show.
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.exit(main())
