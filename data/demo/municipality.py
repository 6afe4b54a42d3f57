"""A synthetic municipality in the shape of the one that is chosen: "Demogegevens (synthetisch)".

Nothing in here describes the real one: the sizes are estimates, scaled from national figures, and every share,
delay, reason and difference between wijken (weights.toml) is invented, so that each page has something to show. Only
the rules and dates of the law, of DUO's pause in 2022 and of the contracts are real.

A person is made as a whole life course, by a generator of their own and without knowing the peildatum; it is then cut
(`add_state_on`) as an extract made on that day would have shown it. Two peildata with the same seed therefore tell one
story, and people are the same in a small municipality and in a large one.
"""

import contextlib
import tempfile
from datetime import date, datetime
from itertools import chain, product, repeat
from pathlib import Path
from zoneinfo import ZoneInfo

from tqdm import tqdm

from data import contract
from data.delivery.source import TIJDZONE
from data.demo.chance import EPOCH, Chance
from data.demo.life import add_state_on, wijkteams_on
from data.demo.people import life_course
from data.demo.requests import draw_meldingen
from data.demo.write import TITEL, Writer, in_place_of, write_manifest
from data.errors import RefusedError
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import MANIFEST

PEILDATUM, VORIGE_PEILDATUM = date(2022, 12, 31), date(2022, 11, 30)
EERSTE_PEILDATUM = date(2018, 1, 1)
PERSONEN = 600
SEED = 2022
PERSONEN_PER_BLOK = 25_000  # bounds the memory: one block is one row group
PERSONEN_PER_LATER_JAAR = 0.4  # of `personen`, for every year after 2022


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
    ours = {MANIFEST, *(f"{tabel}.parquet" for tabel in contract.TABELLEN)}
    if present and not (store.is_demo(naar) and present <= ours):
        raise RefusedError(f"{naar} bestaat al en is geen eerdere demo; kies een andere map. Er is niets gewijzigd.")


def maak(
    naar: Path,
    peildatum: date = PEILDATUM,
    personen: int | None = None,
    seed: int = SEED,
    voortgang: bool | None = False,
    melding_met_statushouder: bool = False,
) -> Path:
    """Make a demo delivery: the folder `naar` with eight <tabel>.parquet and manifest.json. Returns `naar`.

    personen: number of people in beeld on 2022-12-31 (None: the default size, an estimate); an earlier peildatum holds
    fewer, a later one also those who came after 2022. voortgang: a progress bar, True, False, or None for only in a
    terminal and only for long work. The folder is made beside `naar` first and then renamed.
    Raises RefusedError (in Dutch) for an impossible request, or when `naar` holds anything but an earlier demo.
    """
    personen = PERSONEN if personen is None else personen
    _check_request(naar, peildatum, personen, seed)
    parameters = {"seed": seed, "personen": personen, "met_statushouder": melding_met_statushouder}
    metadata = {"titel": TITEL, "herkomst": "demo", "peildatum": peildatum} | parameters
    on = peildatum.toordinal() - EPOCH
    with in_place_of(naar, "De demo") as folder:
        team_van, chance = wijkteams_on(PEILDATUM.toordinal() - EPOCH), Chance()
        # Those who may be in beeld: of up to 2022, then each later year's.
        years, later = range(PEILDATUM.year + 1, peildatum.year + 1), round(personen * PERSONEN_PER_LATER_JAAR)
        persons = chain(zip(repeat(None), range(personen)), product(years, range(later)))
        hidden = None if voortgang is None else not voortgang
        bar = tqdm(persons, TITEL, personen + len(years) * later, unit=" personen", disable=hidden, delay=1)
        with contextlib.closing(Writer(folder, melding_met_statushouder, metadata)) as writer:
            for counter, (year, number) in enumerate(bar, start=1):
                add_state_on(life_course(chance, seed, number, team_van, year), on, writer.rows)
                if counter % PERSONEN_PER_BLOK == 0:
                    writer.flush()
            for melding in draw_meldingen(seed, personen, on, team_van, melding_met_statushouder):
                writer.rows["melding"].append(melding)
                if len(writer.rows["melding"]) == PERSONEN_PER_BLOK:
                    writer.flush()
            writer.flush()
        write_manifest(folder, peildatum, parameters)
    return naar


def publiceer_demo(
    root: Path, peildatum: date = PEILDATUM, voortgang: bool | None = False, **asked: int | bool | None
) -> steps.Uitslag:
    """Make a demo (asked: see `maak`), take it in as a snapshot under `root` and put it in use.

    Raises RefusedError, in Dutch: for an impossible request, or when intake refuses, as it does when a real
    delivery is in use or has the same peildatum (a demo never takes its place). Then nothing has changed.
    """
    with tempfile.TemporaryDirectory(prefix="demo-") as temporary:
        levering = maak(Path(temporary) / "demo", peildatum, voortgang=voortgang, **asked)
        return steps.take_in(levering, peildatum, root, voortgang, toch=True)
