"""The command line of an intake, and of what is kept: ``python -m data.intake``."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data.command_line import Opdracht
from data.errors import RefusedError
from data.intake.steps import check, take_in, told
from data.snapshots import manage, store


class _Verkeerd(Exception):
    """The command line is wrong; the message is Dutch."""


def main(argumenten: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    try:
        return _run(_parse(sys.argv[1:] if argumenten is None else argumenten))
    except (_Verkeerd, RefusedError, manage.BeheerError) as fout:
        print(f"Geweigerd: {fout}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Afgebroken. De snapshot in gebruik is niet veranderd.", file=sys.stderr)
    except Exception as fout:
        # Nobody foresaw this one; its message may hold a value, so only its kind is told.
        print(
            f"Geweigerd: onverwachte fout ({type(fout).__name__}). De snapshot in gebruik is niet veranderd.",
            file=sys.stderr,
        )
    return 2


def _parse(argumenten: list[str]) -> argparse.Namespace:
    opdracht = Opdracht(
        fout=_Verkeerd,
        prog="python -m data.intake",
        usage="python -m data.intake DIR --peildatum JJJJ-MM-DD [--controleer] [--toch] [--naar DIR]  of  "
        "python -m data.intake --voorbeeld DIR  of  "
        "python -m data.intake (--terug JJJJ-MM-DD | --verwijder JJJJ-MM-DD [--ja] | --ruim-op N) [--naar DIR]",
        description="Neem een levering in: controleer haar en zet haar klaar als snapshot. Of beheer de snapshots.",
    )
    opdracht.add_argument("levering", metavar="DIR", type=Path, nargs="?", help="map met de bestanden van de levering")
    opdracht.add_argument("--peildatum", metavar="JJJJ-MM-DD", type=_day, help="dag van de extracten")
    opdracht.add_argument("--controleer", action="store_true", help="alleen controleren, niets bewaren")
    opdracht.add_argument(
        "--toch", action="store_true", help="ook opnemen als de levering als geheel niet lijkt te kloppen"
    )
    opdracht.add_argument("--naar", type=Path, default=store.SNAPSHOTS, metavar="DIR", help="map voor snapshots")
    anders = opdracht.add_mutually_exclusive_group()
    anders.add_argument(
        "--voorbeeld",
        metavar="DIR",
        type=Path,
        help="schrijf een voorbeeldlevering in CSV en XLSX, met levering.toml, uit de demogegevens",
    )
    anders.add_argument("--terug", metavar="JJJJ-MM-DD", type=_day, help="zet een eerdere snapshot in gebruik")
    anders.add_argument("--verwijder", metavar="JJJJ-MM-DD", type=_day, help="verwijder een snapshot")
    anders.add_argument("--ruim-op", metavar="N", help="houd de nieuwste N snapshots")
    opdracht.add_argument("--ja", action="store_true", help="verwijder zonder te vragen")
    keuzes = opdracht.parse_args(argumenten)
    beheerd = (keuzes.voorbeeld, keuzes.terug, keuzes.verwijder, keuzes.ruim_op)
    geleverd = (keuzes.levering, keuzes.peildatum)
    if any(wat is not None for wat in beheerd):
        verkeerd = any(geleverd) or keuzes.controleer or keuzes.toch
    else:
        verkeerd = not all(geleverd)
    if verkeerd or (keuzes.ja and keuzes.verwijder is None):
        opdracht.error("")
    return keuzes


def _day(tekst: str) -> date:
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        dag = None
    if dag is None or dag.isoformat() != tekst:
        raise _Verkeerd("de peildatum is geen datum in de vorm JJJJ-MM-DD.")
    return dag


def _run(keuzes: argparse.Namespace) -> int:
    if keuzes.voorbeeld is not None:
        # Made from the demo, which is itself taken in.
        from data.demo import example

        print(example.schrijf(keuzes.voorbeeld))
    elif keuzes.terug is not None:
        print(manage.go_back_on_command(keuzes.terug, keuzes.naar))
    elif keuzes.ruim_op is not None:
        print(manage.tidy_on_command(keuzes.ruim_op, keuzes.naar))
    elif keuzes.verwijder is not None:
        if not keuzes.ja:
            _ask_whether(keuzes.verwijder)
        print(manage.remove_on_command(keuzes.verwijder, keuzes.naar))
    elif keuzes.controleer:
        tekst, code = check(keuzes.levering, keuzes.peildatum, keuzes.naar, voortgang=None, toch=keuzes.toch)
        print(tekst)
        return code
    else:
        uitslag = take_in(keuzes.levering, keuzes.peildatum, keuzes.naar, voortgang=None, toch=keuzes.toch)
        print(told(uitslag))
        return uitslag.code
    return 0


def _ask_whether(peildatum: date) -> None:
    print(f"De snapshot met peildatum {peildatum} wordt verwijderd; dat is niet terug te draaien.")
    try:
        antwoord = input("Typ ja om door te gaan: ")
    except EOFError:
        antwoord = ""
    if antwoord.strip().casefold() != "ja":
        raise _Verkeerd("er is niets verwijderd. Zonder vraag verwijderen kan met --ja.")


@contextlib.contextmanager
def without_noise() -> Iterator[None]:
    """Keep what native code prints about a damaged file off the screen; Python's own messages still show."""
    scherm = os.dup(2)
    niets = os.open(os.devnull, os.O_WRONLY)
    os.dup2(niets, 2)
    os.close(niets)
    oud, sys.stderr = sys.stderr, os.fdopen(scherm, "w", buffering=1)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(sys.stderr.fileno(), 2)
        sys.stderr.close()
        sys.stderr = oud


if __name__ == "__main__":
    with without_noise():
        STATUS = main()
    sys.exit(STATUS)
