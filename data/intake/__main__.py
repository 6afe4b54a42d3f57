"""The command line of an intake, and of what is kept: ``python -m data.intake``."""

import argparse
import contextlib
import os
import re
import sys
from pathlib import Path

from data.command_line import Opdracht, exit_status, peildatum
from data.errors import RefusedError
from data.intake.steps import check, take_in, told
from data.snapshots import manage, store


def main(argumenten: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    return exit_status(lambda: _run(_parse(argumenten)))


def _parse(argumenten: list[str] | None) -> argparse.Namespace:
    opdracht = Opdracht(
        prog="python -m data.intake",
        usage="python -m data.intake DIR --peildatum JJJJ-MM-DD [--controleer] [--toch] [--naar DIR]  of  "
        "python -m data.intake --voorbeeld DIR  of  "
        "python -m data.intake (--terug JJJJ-MM-DD | --verwijder JJJJ-MM-DD [--ja] | --ruim-op N) [--naar DIR]",
        description="Neem een levering in: controleer haar en zet haar klaar als snapshot. Of beheer de snapshots.",
    )
    dag = {"metavar": "JJJJ-MM-DD", "type": peildatum}
    opdracht.add_argument("levering", metavar="DIR", type=Path, nargs="?", help="map met de bestanden van de levering")
    opdracht.add_argument("--peildatum", **dag, help="dag van de extracten")
    opdracht.add_argument("--controleer", action="store_true", help="alleen controleren, niets bewaren")
    opdracht.add_argument(
        "--toch", action="store_true", help="ook opnemen als de levering als geheel niet lijkt te kloppen"
    )
    opdracht.add_argument("--naar", type=Path, default=store.SNAPSHOTS, metavar="DIR", help="map voor snapshots")
    anders = opdracht.add_mutually_exclusive_group()
    voorbeeld = "schrijf een voorbeeldlevering in CSV en XLSX, met levering.toml, uit de demogegevens"
    anders.add_argument("--voorbeeld", metavar="DIR", type=Path, help=voorbeeld)
    anders.add_argument("--terug", **dag, help="zet een eerdere snapshot in gebruik")
    anders.add_argument("--verwijder", **dag, help="verwijder een snapshot")
    anders.add_argument("--ruim-op", metavar="N", type=_how_many, help="houd de nieuwste N snapshots")
    opdracht.add_argument("--ja", action="store_true", help="verwijder zonder te vragen")
    keuzes = opdracht.parse_args(argumenten)
    geleverd = [keuzes.levering is not None, keuzes.peildatum is not None]
    if any(wat is not None for wat in (keuzes.voorbeeld, keuzes.terug, keuzes.verwijder, keuzes.ruim_op)):
        klopt = not any([*geleverd, keuzes.controleer, keuzes.toch])
    else:
        klopt = all(geleverd)
    if not klopt or (keuzes.ja and keuzes.verwijder is None):
        opdracht.error("")
    return keuzes


def _how_many(tekst: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", tekst, re.ASCII):
        raise RefusedError("Zet achter --ruim-op hoeveel snapshots er blijven: een getal van 1 of hoger.")
    return int(tekst)


def _run(keuzes: argparse.Namespace) -> int:
    if keuzes.voorbeeld is not None:
        # Made from the demo, which is itself taken in.
        from data.demo import example

        print(example.schrijf(keuzes.voorbeeld))
    elif keuzes.terug is not None:
        print(manage.go_back(keuzes.terug, keuzes.naar))
    elif keuzes.ruim_op is not None:
        print(manage.tidy(keuzes.ruim_op, keuzes.naar))
    elif keuzes.verwijder is not None:
        if not keuzes.ja:
            print(f"De snapshot met peildatum {keuzes.verwijder} wordt verwijderd; dat is niet terug te draaien.")
            antwoord = ""
            with contextlib.suppress(EOFError):
                antwoord = input("Typ ja om door te gaan: ")
            if antwoord.strip().casefold() != "ja":
                raise RefusedError("er is niets verwijderd. Zonder vraag verwijderen kan met --ja.")
        print(manage.remove(keuzes.verwijder, keuzes.naar))
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
