"""A snapshot -> aggregates that were protected beforehand: all that the view `openbaar` ever reads.

    python -m queries.openbaar [--snapshot DIR] [--naar DIR]

Every public question is answered for the whole city, each stadsdeel and each doelgroep (``protect.py``). The result is
attacked (``attack/solver.py``), coarsened where the attack narrows a small count, and put in use at once or not at all.
``docs/openbaar.md`` has the rules.

The salt stands in the environment as WI_ZOUT. The demo has a fixed one; without a salt nothing real is published.
Exit status: 0 published, 2 refused, with a Dutch message; then what was in use is still in use.
"""

import contextlib
import hashlib
import hmac
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data import contract, secret
from data.command_line import Opdracht, say
from data.demo import first_start
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries import QueryError
from queries.openbaar import open_data
from queries.openbaar import register as publicatie_register
from queries.openbaar.attack import solver
from queries.openbaar.attack.puzzle import Version, day_of
from queries.openbaar.protect import BASIS, Frames, Protected, answers, published
from queries.openbaar.publication import (
    CHANGED,
    FORMAAT,
    PUBLICATIES,
    SOORT,
    SOORT_NAAM,
    Aanval,
    NoPublication,
    PublicationManifest,
    published_file,
)
from queries.openbaar.rules import NIET_OPENBAAR, REGELS, Selectie, selecties, unclassified

ZOUT = "WI_ZOUT"
DEMO_ZOUT = "het zout van de demo is bekend en beschermt niets"
ROUNDS = 12
BUSY = "In deze map wordt al een publicatie gemaakt. Wacht tot die klaar is en probeer het opnieuw."
NO_SNAPSHOT = "Er is geen snapshot om te publiceren. Neem eerst een levering in."
BEZIG = "De cijfers worden afgeschermd en daarna aangevallen; samen met eerdere publicaties kan dat even duren …"


class PublicationError(Exception):
    """The publication is refused; the message is Dutch and says what to do."""


@dataclass(frozen=True)
class Outcome:
    """A publication as it was put in use: its folder, what the attack on it found, and how many counts it left out."""

    folder: Path
    report: solver.Report
    weggelaten: int


def publish(source: Path, root: Path = PUBLICATIES, salt: str | None = None) -> Outcome:
    """Protect the snapshot in ``source``, attack the result, and put it in use under ``root``.

    Raises PublicationError when it is refused, QueryError when the snapshot cannot be read, snapshot.SnapshotError or
    OSError when the folder cannot be written.
    """
    if missing := unclassified():
        raise PublicationError(
            f"Van {', '.join(sorted(missing))} staat nergens of ze openbaar zijn. Vul queries/openbaar/rules.toml aan."
        )
    try:
        manifest = Manifest.read(source)
    except (OSError, ValueError) as error:
        raise PublicationError(NO_SNAPSHOT) from error
    salt = _salt(manifest.demo, salt)
    about = PublicationManifest(
        formaat=FORMAAT,
        peildatum=manifest.peildatum,
        herkomst=manifest.herkomst,
        titel=manifest.titel,
        basis=BASIS,
        zout_vingerafdruk=fingerprint(salt),
        sleutel=manifest.sleutel,
        doelgroepen=contract.DOELGROEPEN,
    )
    register = publicatie_register.place(root, demo=manifest.demo)
    with contextlib.ExitStack() as alone:
        try:
            for folder in (root, register):
                alone.enter_context(store.exclusive(folder))
        except store.InUseElsewhereError as error:
            raise PublicationError(BUSY) from error
        earlier = _earlier(root, register, about)
        engine = Protected(source, salt)
        shown, report, left_out = _withstood_all(published(answers(engine)), manifest.peildatum, earlier)
        known = {
            "stadsdelen": engine.stadsdelen,
            "wijkteams": engine.wijkteams,
            "alle_wijkteams": engine.alle_wijkteams,
            "keuzes": selecties(engine.plaats),
            "aanval": Aanval(
                publicaties=1 + len(earlier),
                cellen=report.cellen,
                cellen_onder_10=report.klein,
                smalste=report.smalste,
                losgelaten=report.losgelaten,
                weggelaten=left_out,
            ),
        }
        made = put_in_use(shown, about.model_copy(update=known), root)
        store.clean_up(root)
    return Outcome(made, report, left_out)


def put_in_use(shown: Frames, about: PublicationManifest, root: Path) -> Path:
    """Write the frames as parquet and as open data, and make them the publication in use; returns its folder.

    They are in the register before anybody can see them.
    ``about`` becomes the manifest, with the files and a name that follows from their content. Raises OSError when the
    disk refuses; then what was in use is still in use.
    """
    tables = {
        question: pl.concat(
            [
                frame.select(pl.lit(soort).alias(SOORT), pl.lit(naam).alias(SOORT_NAAM), *frame.columns)
                for (name, (soort, naam)), frame in shown.items()
                if name == question
            ],
            how="vertical_relaxed",
        )
        for question in REGELS
    }
    with store.under_construction(root, public=True) as folder:
        for question, table in tables.items():
            # Made in memory: polars itself tells a full disk as an error of its own kind.
            made = io.BytesIO()
            table.write_parquet(made)
            (folder / f"{question}.parquet").write_bytes(made.getvalue())
        open_data.write(folder, tables, about.peildatum, demo=about.demo)
        files = {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        name = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
        manifest = about.model_copy(update={"levering_id": name, "bestanden": files})
        publicatie_register.enter(publicatie_register.place(root, demo=about.demo), folder, manifest)
        return store.publish(folder, manifest, root, public=True)


def _withstood_all(shown: Frames, peildatum: date, earlier: Mapping[date, Frames]) -> tuple[Frames, solver.Report, int]:
    """The frames after an attack that knows the replaced versions of this day too, unless they are one of these."""
    others = {day: frames for day, frames in earlier.items() if day_of(day) != peildatum}
    found = withstood(shown, peildatum, others)
    made, replaced = found[0], [frames for day, frames in earlier.items() if day not in others]
    if not replaced or any(
        made.keys() == frames.keys() and all(frame.equals(frames[key]) for key, frame in made.items())
        for frames in replaced
    ):
        return found
    return withstood(shown, peildatum, earlier)


def withstood(shown: Frames, peildatum: date, earlier: Mapping[date, Frames]) -> tuple[Frames, solver.Report, int]:
    """The frames after the attack, coarsened until it finds nothing; its report; and how many cells were left out.

    Raises PublicationError when cells remain that can be narrowed.
    """
    left_out: set[solver.Cell] = set()
    for _ in range(ROUNDS):
        try:
            report = solver.attack({**earlier, peildatum: shown}, BASIS)
        except solver.Contradiction as error:
            raise PublicationError(
                "De publicatie is geweigerd: de cijfers spreken elkaar tegen, dus de aanval kan ze niet toetsen. Wat "
                "openbaar was, blijft staan."
            ) from error
        if not report.lekken:
            return shown, report, len(left_out)
        away = solver.to_leave_out(report, peildatum)
        if not away:
            break
        left_out |= away
        shown = solver.without(shown, report.puzzel, away)
    raise PublicationError(
        f"De publicatie is geweigerd: {len(report.lekken)} kleine aantallen zijn uit de cijfers terug te rekenen, "
        "ook na het weglaten van cellen. Wat openbaar was, blijft staan."
    )


def fingerprint(salt: str) -> str:
    """What tells one salt from another without telling the salt."""
    return hmac.new(salt.encode(), b"vingerafdruk", hashlib.sha256).hexdigest()[:16]


def _salt(demo: bool, salt: str | None) -> str:
    salt = os.environ.get(ZOUT, "") if salt is None else salt
    if demo:
        return DEMO_ZOUT
    told = ""
    if not salt:
        told = f"Er is geen zout, dus er wordt niets gepubliceerd. Zet een geheim van minstens {{}}tekens in {ZOUT}"
    elif secret.is_weak(salt) or salt == DEMO_ZOUT:
        told = f"Het zout in {ZOUT} is te kort, te eenvormig of bekend. Neem minstens {{}}willekeurige tekens"
    if told:
        raise PublicationError(told.format(f"{secret.SHORTEST} ") + ", bijvoorbeeld van: openssl rand -hex 32")
    return salt


def _earlier(root: Path, register: Path, about: PublicationManifest) -> dict[date, Frames]:
    """All that was ever public, in its order: of a day that was published again, each version that was replaced too."""
    for day in store.peildata(root):
        folder = store.folder_of(day, root)
        manifest, _ = _weighed(folder, day, about)
        publicatie_register.enter(register, folder, manifest)
    entries = [(date.fromisoformat(path.name[7:17]), path) for path in publicatie_register.versions(register)]
    last = {day: number for number, (day, _) in enumerate(entries)}
    found: dict[date, Frames] = {}
    for number, (day, folder) in enumerate(entries):
        _, frames = _weighed(folder, day, about)
        replaced = day == about.peildatum or number < last[day]
        found[Version(day, number) if replaced else day] = frames
    return found


def _weighed(folder: Path, day: date, about: PublicationManifest) -> tuple[PublicationManifest, Frames]:
    """The manifest and the frames of an earlier publication that can be weighed with the new one.

    Raises PublicationError when it cannot.
    """
    earlier = f"De publicatie van {day.isoformat()} is"
    try:
        manifest = PublicationManifest.read(folder)
    except (OSError, ValueError) as error:
        raise PublicationError(f"{earlier} niet te lezen, dus ook niet mee te wegen. Herstel die eerst.") from error
    if manifest.formaat != FORMAAT:
        raise PublicationError(
            f"{earlier} van een andere versie van dit programma en niet mee te wegen. Gebruik de versie waarmee die is "
            "gemaakt."
        )
    if manifest.demo != about.demo:
        raise PublicationError("In deze map staan publicaties van een andere herkomst: demo en echt gaan niet samen.")
    if manifest.zout_vingerafdruk != about.zout_vingerafdruk:
        raise PublicationError(
            f"Eerdere publicaties zijn met een ander zout gemaakt. Met twee zouten is de afronding weg te "
            f"middelen; zet het oude zout in {ZOUT}."
        )
    if about.sleutel and manifest.sleutel not in (None, about.sleutel):
        raise PublicationError(
            "Eerdere publicaties zijn van leveringen die met een andere sleutel zijn gepseudonimiseerd. Met twee "
            "sleutels is de afronding weg te middelen; neem de levering opnieuw in met de oude sleutel."
        )
    try:
        return manifest, read_frames(folder, manifest)
    except (NoPublication, OSError) as error:
        raise PublicationError(
            f"{earlier} veranderd nadat ze gemaakt is, dus niet mee te wegen. Herstel die eerst."
        ) from error


def read_frames(folder: Path, manifest: PublicationManifest) -> Frames:
    """The frames of a publication. Raises NoPublication when a file was changed, or OSError."""
    found: Frames = {}
    for question in REGELS:
        name = f"{question}.parquet"
        if name not in manifest.bestanden:
            continue
        whole = pl.read_parquet(io.BytesIO(published_file(folder, name, manifest.bestanden[name])))
        for soort, naam in manifest.keuzes:
            part = whole.filter((pl.col(SOORT) == soort) & (pl.col(SOORT_NAAM) == naam)).drop(SOORT, SOORT_NAAM)
            found[question, Selectie(soort, naam)] = part
    if not found:
        raise NoPublication(CHANGED)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Publish from the command line; returns 0, or 2 with a Dutch message on standard error."""
    parser = Opdracht(
        fout=PublicationError,
        prog="python -m queries.openbaar",
        description="Maak van een snapshot een openbare publicatie: beschermde aantallen, nagerekend door een aanval.",
        epilog=f"Het zout staat in de omgeving als {ZOUT}; de demo heeft een vast zout.",
    )
    parser.add_argument(
        "--snapshot", type=Path, metavar="DIR", help="map van een snapshot; standaard die in gebruik is"
    )
    parser.add_argument("--naar", type=Path, metavar="DIR", default=PUBLICATIES, help="map voor publicaties")
    try:
        options = parser.parse_args(arguments)
        if options.snapshot is None:
            first_start.ensure_snapshot(lambda: say(first_start.BEING_MADE))
        source = options.snapshot or store.in_use(store.SNAPSHOTS)
        if source is not None and not (source / store.MANIFEST).exists():
            source = store.in_use(source)
        if source is None:
            raise PublicationError(NO_SNAPSHOT)
        if sys.stderr.isatty():
            print(BEZIG, file=sys.stderr)
        outcome = publish(source, options.naar)
    except (PublicationError, QueryError, store.SnapshotError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"De publicatie kon niet worden geschreven: {error.strerror}.", file=sys.stderr)
        return 2
    report = outcome.report
    print(
        f"Gepubliceerd in {outcome.folder}. De aanval op {report.klein} aantallen die onder 10 kunnen liggen liet bij "
        f"elk minstens {report.smalste} mogelijke waarden over; weggelaten: {outcome.weggelaten}. "
        f"Niet openbaar: {', '.join(NIET_OPENBAAR)}."
    )
    return 0
