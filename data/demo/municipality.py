"""A synthetic municipality in the shape of Haarlem: "Demogegevens (synthetisch)".

    python -m data.demo [--peildatum 2022-12-31] [--personen N] [--seed N] [--naar DIR] [--met-statushouder]

Nothing in here describes the real Haarlem. The sizes (about 175 asielstatushouders and 70 others with a
kennisgeving in 2022, a few hundred statushouders housed in 2018-2021) are estimates for a municipality of
this size, scaled from national figures. Every share, delay, reason and difference between wijken is
invented, so that each page has something to show; only the rules and dates of the law, of DUO's pause in
2022 and of the contracts are real.

How it works. A person is made as a whole life course, without knowing the peildatum. The course is then cut
(`add_state_on`) as an extract made on that day would have shown it: nothing dated after the peildatum except
datum_gepland, an end that is still to come is an open period, a status as it was known on that day. Two
peildata with the same seed therefore tell one story. Each person draws from a generator of their own,
derived from seed and number: they are the same in a small municipality and in a large one.

`personen` is the number of people in beeld on 2022-12-31. An earlier peildatum holds fewer, a later one
also those who came after 2022.

The shares stand in weights.toml; people.py, inburgering.py, guidance.py and requests.py draw by them, life.py cuts
and write.py writes.
"""

import tempfile
from datetime import date, datetime
from itertools import chain, product, repeat
from pathlib import Path
from zoneinfo import ZoneInfo

from tqdm import tqdm

from data import contract
from data.command_line import Opdracht, exit_status
from data.command_line import peildatum as typed_peildatum
from data.delivery.source import TIJDZONE
from data.demo.chance import EPOCH, Chance
from data.demo.life import City, add_state_on
from data.demo.people import life_course
from data.demo.requests import draw_meldingen
from data.demo.write import TITEL, Writer, in_place_of, write_manifest
from data.errors import RefusedError
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import MANIFEST, Manifest

PEILDATUM, VORIGE_PEILDATUM = date(2022, 12, 31), date(2022, 11, 30)
EERSTE_PEILDATUM = date(2018, 1, 1)
PERSONEN = 600
SEED = 2022
PERSONEN_PER_BLOK = 25_000  # bounds the memory: one block is one row group
PERSONEN_PER_LATER_JAAR = 0.4  # of `personen`, for every year after 2022


def _fill(
    folder: Path, peildatum: date, personen: int, seed: int, met_statushouder: bool, block: int, hidden: bool | None
) -> None:
    """Write the whole demo into an empty folder, a block of persons at a time."""
    parameters = {"seed": seed, "personen": personen, "met_statushouder": met_statushouder}
    city, chance = City.on(PEILDATUM.toordinal() - EPOCH), Chance()
    metadata = {"titel": TITEL, "herkomst": "demo", "peildatum": peildatum.isoformat()}
    writer = Writer(folder, met_statushouder, metadata | {k: str(v) for k, v in parameters.items()})
    on = peildatum.toordinal() - EPOCH
    # Those who may be in beeld: of up to 2022, then each later year's.
    years, later = range(PEILDATUM.year + 1, peildatum.year + 1), round(personen * PERSONEN_PER_LATER_JAAR)
    persons = chain(zip(repeat(None), range(personen)), product(years, range(later)))
    bar = tqdm(persons, TITEL, personen + len(years) * later, unit=" personen", disable=hidden, delay=1)
    try:
        for counter, (year, number) in enumerate(bar, start=1):
            add_state_on(life_course(chance, seed, number, city, year), on, writer.rows)
            if counter % block == 0:
                writer.flush()
        for melding in draw_meldingen(seed, personen, on, city, met_statushouder):
            writer.rows["melding"].append(melding)
            if len(writer.rows["melding"]) == block:
                writer.flush()
        writer.flush()
    finally:
        writer.close()
    write_manifest(folder, peildatum, parameters)


def _check_request(naar: Path, peildatum: date, personen: int, seed: int) -> None:
    if personen < 0:
        raise RefusedError(f"Het aantal personen moet 0 of meer zijn (gevraagd: {personen}).")
    if not 0 <= seed < 2**63:
        raise RefusedError("De seed moet een geheel getal van 0 tot 2^63 zijn.")
    if peildatum < EERSTE_PEILDATUM:
        raise RefusedError(f"De peildatum {peildatum} ligt voor {EERSTE_PEILDATUM}: eerder begint de demo niet.")
    if peildatum > datetime.now(ZoneInfo(TIJDZONE)).date():
        raise RefusedError(f"De peildatum {peildatum} ligt na vandaag.")
    if naar.is_symlink() or (naar.exists() and not naar.is_dir()):
        raise RefusedError(f"{naar} bestaat al en is geen gewone map; kies een andere map voor de demo.")
    # Replacing an earlier demo, and nothing else, loses nothing.
    present = {path.name for path in naar.iterdir()} if naar.exists() else set()
    manifest = Manifest.read_or_none(naar)
    if present and not (
        manifest and manifest.demo and present <= {MANIFEST, *(f"{tabel}.parquet" for tabel in contract.TABELLEN)}
    ):
        raise RefusedError(f"{naar} bestaat al en is geen eerdere demo; kies een andere map. Er is niets gewijzigd.")


def maak(
    naar: Path,
    peildatum: date = PEILDATUM,
    personen: int | None = None,
    seed: int = SEED,
    voortgang: bool | None = False,
    melding_met_statushouder: bool = False,
    personen_per_blok: int = PERSONEN_PER_BLOK,
) -> Path:
    """Make a demo delivery: the folder `naar` with eight <tabel>.parquet and manifest.json. Returns `naar`.

    personen: number of people in beeld on 2022-12-31 (None: the default size, an estimate). voortgang: a
    progress bar, True, False, or None for only in a terminal and only for long work. personen_per_blok: rows
    are written per so many persons, which bounds memory and does not change what is made. The folder is made
    beside `naar` first and then renamed.
    Raises RefusedError (in Dutch) for an impossible request, or when `naar` holds anything but an earlier demo.
    """
    naar, personen = Path(naar), PERSONEN if personen is None else personen
    hidden = None if voortgang is None else not voortgang
    _check_request(naar, peildatum, personen, seed)
    with in_place_of(naar, "De demo") as folder:
        _fill(folder, peildatum, personen, seed, melding_met_statushouder, personen_per_blok, hidden)
    return naar


def publiceer_demo(
    root: Path = store.SNAPSHOTS,
    peildatum: date = PEILDATUM,
    personen: int | None = None,
    seed: int = SEED,
    voortgang: bool | None = False,
    melding_met_statushouder: bool = False,
) -> steps.Uitslag:
    """Make a demo, take it in through data.intake as a snapshot under `root` and put it in use.

    Raises RefusedError, in Dutch: for an impossible request, or when intake refuses, as it does when a real
    delivery is in use or has the same peildatum (a demo never takes its place). Then nothing has changed.
    """
    with tempfile.TemporaryDirectory(prefix="demo-") as temporary:
        levering = maak(Path(temporary) / "demo", peildatum, personen, seed, voortgang, melding_met_statushouder)
        return steps.take_in(levering, peildatum, root, voortgang, toch=True)


# --- Command line -------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status: 0 made, 2 refused."""
    return exit_status(lambda: _run(arguments))


def _run(arguments: list[str] | None) -> int:
    parser = Opdracht(
        prog="python -m data.demo",
        usage="python -m data.demo [--peildatum JJJJ-MM-DD] [--personen N] [--seed N] [--naar DIR] "
        "[--met-statushouder]",
        description=f"Maak een verzonnen gemeente in de vorm van Haarlem: {TITEL}. De omvang is een "
        "schatting; geen cijfer beschrijft het echte Haarlem.",
    )
    option, naar = parser.add_argument, "alleen de levering maken, in deze map; anders in gebruik nemen"
    option("--peildatum", type=typed_peildatum, default=PEILDATUM, metavar="JJJJ-MM-DD", help="dag van de extracten")
    option("--personen", type=_as_integer, metavar="N", help=f"in beeld op 2022-12-31 (standaard {PERSONEN})")
    option("--seed", type=_as_integer, default=SEED, metavar="N", help="dezelfde seed geeft dezelfde demo")
    option("--naar", type=Path, metavar="DIR", help=naar)
    option("--met-statushouder", action="store_true", help="meldingen met statushouder en begeleidingsregime")
    choice = parser.parse_args(arguments)
    options = (choice.peildatum, choice.personen, choice.seed, None, choice.met_statushouder)
    if choice.naar is None:
        uitslag = publiceer_demo(store.SNAPSHOTS, *options)
        print(steps.told(uitslag))
        return uitslag.code
    print(f"{TITEL}: {maak(choice.naar, *options)}")
    return 0


def _as_integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise RefusedError(f"'{text}' is geen geheel getal.") from None
