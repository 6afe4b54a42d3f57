"""``python -m data.demo``; exit status 0: made, 2: refused."""

import sys
from pathlib import Path

from data import contract
from data.command_line import Opdracht, exit_status, peildatum
from data.demo.municipality import PEILDATUM, PERSONEN, SEED, maak, publiceer_demo
from data.demo.write import TITEL
from data.errors import RefusedError
from data.intake import steps
from data.snapshots import store

PROGRAM = "python -m data.demo"


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    return exit_status(lambda: _run(arguments))


def _run(arguments: list[str] | None) -> int:
    options = "[--peildatum JJJJ-MM-DD] [--personen N] [--seed N] [--naar DIR] [--met-statushouder]"
    what = f"Maak een verzonnen gemeente in de vorm van {contract.GEMEENTE.naam}: {TITEL}. "
    not_real = f"De omvang is een schatting; geen cijfer beschrijft het echte {contract.GEMEENTE.naam}."
    parser = Opdracht(prog=PROGRAM, usage=f"{PROGRAM} {options}", description=what + not_real)
    option = parser.add_argument
    option("--peildatum", type=peildatum, default=PEILDATUM, metavar="JJJJ-MM-DD", help="dag van de extracten")
    option("--personen", type=_as_integer, metavar="N", help=f"in beeld op 2022-12-31 (standaard {PERSONEN})")
    option("--seed", type=_as_integer, default=SEED, metavar="N", help="dezelfde seed geeft dezelfde demo")
    alleen = "alleen de levering maken, in deze map; anders in gebruik nemen"
    option("--naar", type=Path, metavar="DIR", help=alleen)
    wat, waar = "meldingen met statushouder en begeleidingsregime", "melding_met_statushouder"
    option("--met-statushouder", dest=waar, action="store_true", help=wat)
    asked = vars(parser.parse_args(arguments)) | {"voortgang": None}
    if (naar := asked.pop("naar")) is not None:
        print(f"{TITEL}: {maak(naar, **asked)}")
        return 0
    uitslag = publiceer_demo(store.SNAPSHOTS, **asked)
    print(steps.told(uitslag))
    return uitslag.code


def _as_integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise RefusedError(f"'{text}' is geen geheel getal.") from None


if __name__ == "__main__":
    sys.exit(main())
