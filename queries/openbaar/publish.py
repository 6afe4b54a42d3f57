"""A snapshot -> aggregates that were protected beforehand: all that the view `openbaar` ever reads.

Every public question is answered for the whole city, each stadsdeel, some together, and each doelgroep
(``protect.py``). The result is attacked (``attack/solver.py``), coarsened where the attack narrows a small count, and
put in use at once or not at all.
``docs/openbaar.md`` has the rules, the salt (WI_ZOUT) and what ``python -m queries.openbaar`` ends with.
"""

import contextlib
import hashlib
import hmac
import io
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from data import contract, secret
from data.command_line import Opdracht, say
from data.demo import first_start
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries import QueryError
from queries.openbaar import open_data, words
from queries.openbaar import register as publicatie_register
from queries.openbaar.attack import coarsen, solver
from queries.openbaar.attack.puzzle import Version, day_of
from queries.openbaar.protect import BASIS, Frames, Protected, answers, published
from queries.openbaar.publication import (
    FORMAAT,
    LEESBAAR,
    PUBLICATIES,
    SOORT,
    SOORT_NAAM,
    TEXTS,
    Aanval,
    NoPublication,
    PublicationManifest,
    apart,
    published_file,
)
from queries.openbaar.rules import NIET_OPENBAAR, REGELS, Selectie, selecties, unclassified
from queries.openbaar.use import by_reader, use
from queries.openbaar.words import BEHIND

ZOUT = "WI_ZOUT"
DEMO_ZOUT = "het zout van de demo is bekend en beschermt niets"
ROUNDS, ROUNDS_OF_WORDS = 12, 4
REFUSED, NOT_WEIGHED, SAYS = TEXTS["refused"], TEXTS["not_weighed"], TEXTS["publish"]


class PublicationError(Exception):
    """The publication is refused; the message is Dutch and says what to do."""


@contextlib.contextmanager
def _refused_on(*errors: type[Exception], told: str) -> Iterator[None]:
    """Refuse the publication with these words on one of the errors."""
    try:
        yield
    except errors as error:
        raise PublicationError(told) from error


def publish(source: Path, root: Path = PUBLICATIES, salt: str | None = None) -> Path:
    """Protect the snapshot in ``source``, attack the result, and put it in use under ``root``; returns its folder.

    Raises PublicationError when it is refused, QueryError when the snapshot cannot be read, snapshot.SnapshotError or
    OSError when the folder cannot be written.
    """
    if missing := unclassified():
        raise PublicationError(REFUSED["unclassified"].format(vragen=", ".join(sorted(missing))))
    with _refused_on(OSError, ValueError, told=REFUSED["no_snapshot"]):
        manifest = Manifest.read(source)
    salt = _salt(manifest.demo, salt)
    about = PublicationManifest(
        **manifest.model_dump(include={"peildatum", "herkomst", "titel", "sleutel"}),
        formaat=FORMAAT,
        basis=BASIS,
        zout_vingerafdruk=fingerprint(salt),
        doelgroepen=contract.DOELGROEPEN,
    )
    register = publicatie_register.place(root, demo=manifest.demo)
    with contextlib.ExitStack() as alone:
        with _refused_on(store.InUseElsewhereError, told=REFUSED["in_use"]):
            for folder in (root, register):
                alone.enter_context(store.exclusive(folder))
        earlier = _earlier(root, register, about)
        engine = Protected(source, salt)
        kept = publicatie_register.solutions(register) if earlier else None
        shown, report, left_out = _withstood_all(published(answers(engine)), manifest.peildatum, earlier, kept)
        attacked = {name: getattr(report, name) for name in ("cellen", "cellen_onder_10", "smalste", "losgelaten")}
        found = Aanval(publicaties=1 + len(earlier), weggelaten=left_out, **attacked)
        areas = {name: getattr(engine, name) for name in ("stadsdelen", "wijkteams", "alle_wijkteams")}
        about = about.model_copy(update={**areas, "keuzes": selecties(engine.plaats), "aanval": found})
        made = put_in_use(shown, about, root)
        publicatie_register.keep_solutions(register, *report.oplossingen)
        store.clean_up(root)
    return made


def put_in_use(shown: Frames, about: PublicationManifest, root: Path) -> Path:
    """Write the frames as parquet and as open data, and make them the publication in use; returns its folder.

    They are in the register before anybody can see them.
    ``about`` becomes the manifest, with the files and a name that follows from their content. Raises OSError when the
    disk refuses.
    """
    tables = {question: _table(shown, question) for question in REGELS}
    with store.under_construction(root, public=True) as folder:
        for question, table in tables.items():
            (folder / f"{question}.parquet").write_bytes(_parquet(table))
        report = use(shown)
        open_data.write(folder, tables, report)
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        files = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        name = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
        manifest = about.model_copy(update={"levering_id": name, "bestanden": files, "gebruik": by_reader(report)})
        more = (
            {f"{BEHIND}.parquet": _parquet(_table(shown, BEHIND))} if any(name == BEHIND for name, _ in shown) else {}
        )
        kept = {name: hashlib.sha256(content).hexdigest() for name, content in more.items()}
        entry = manifest.model_copy(update={"bestanden": files | kept})
        publicatie_register.enter(publicatie_register.place(root, demo=about.demo), folder, entry, more)
        return store.publish(folder, manifest, root, public=True)


def _table(shown: Frames, question: str) -> pl.DataFrame:
    """The frames of a question as one, with whose they are."""
    parts = [
        frame.select(pl.lit(selectie.soort).alias(SOORT), pl.lit(selectie.naam).alias(SOORT_NAAM), pl.all())
        for (name, selectie), frame in shown.items()
        if name == question
    ]
    return pl.concat(parts, how="vertical_relaxed")


def _parquet(table: pl.DataFrame) -> bytes:
    """Made in memory: polars itself tells a full disk as an error of its own kind."""
    made = io.BytesIO()
    table.write_parquet(made)
    return made.getvalue()


def _withstood_all(
    shown: Frames, peildatum: date, earlier: Mapping[date, Frames], kept: solver.Solutions | None
) -> tuple[Frames, solver.Report, int]:
    """The frames after an attack that knows the replaced versions of this day too, unless they are one of these."""
    others = {day: frames for day, frames in earlier.items() if day_of(day) != peildatum}
    found = withstood(shown, peildatum, others, kept)
    made, replaced = found[0], [frames for day, frames in earlier.items() if day not in others]
    if not replaced or any(
        made.keys() == frames.keys() and all(frame.equals(frames[key]) for key, frame in made.items())
        for frames in replaced
    ):
        return found
    return withstood(shown, peildatum, earlier, kept)


def withstood(
    shown: Frames, peildatum: date, earlier: Mapping[date, Frames], kept: solver.Solutions | None = None
) -> tuple[Frames, solver.Report, int]:
    """The frames after the attack, coarsened until it finds nothing; its report; and how many cells were left out.

    Words are told where they narrow nothing, and cost no figure: what leaks with words is weighed without them first.
    kept: the solutions of the attack before. Raises PublicationError when cells remain that can be narrowed.
    """

    def attacked(frames: Frames) -> solver.Report:
        nonlocal kept
        with _refused_on(solver.Contradiction, told=REFUSED["contradiction"]):
            report = solver.attack({**earlier, peildatum: frames}, BASIS, kept=kept)
        kept = report.oplossingen
        return report

    report, left_out = attacked(shown), set[coarsen.Cell]()
    if not report.lekken:
        return words.told(shown), report, 0
    figures, behind = words.without(shown), {key: frame for key, frame in shown.items() if key[0] == BEHIND}
    if behind:
        report = attacked(figures)
    for _ in range(ROUNDS):
        if not report.lekken or not (away := coarsen.to_leave_out(report, peildatum)):
            break
        left_out |= away
        figures = coarsen.without(figures, report.puzzel, away)
        report = attacked(figures)
    if report.lekken:
        raise PublicationError(REFUSED["leaks"].format(number=len(report.lekken)))
    for _ in range(ROUNDS_OF_WORDS if behind else 0):
        found = attacked(figures | behind)
        if not found.lekken:
            return words.told(figures | behind), found, len(left_out)
        if not (away := coarsen.to_leave_out(found, peildatum, of=BEHIND)):
            break
        behind = words.without(behind, {(cell.rij[0], cell.selectie.soort) for cell in away})
    return figures, report, len(left_out)


def fingerprint(salt: str) -> str:
    """What tells one salt from another without telling the salt."""
    return hmac.new(salt.encode(), b"vingerafdruk", hashlib.sha256).hexdigest()[:16]


def _salt(demo: bool, salt: str | None) -> str:
    salt = os.environ.get(ZOUT, "") if salt is None else salt
    if not demo and (not salt or secret.is_weak(salt) or salt == DEMO_ZOUT):
        told = REFUSED["weak_salt" if salt else "no_salt"]
        raise PublicationError(told.format(shortest=secret.SHORTEST, zout=ZOUT))
    return DEMO_ZOUT if demo else salt


def _earlier(root: Path, register: Path, about: PublicationManifest) -> dict[date, Frames]:
    """All that was ever public, in its order: of a day that was published again, each version that was replaced too."""
    for day in store.peildata(root):
        folder = store.folder_of(day, root)
        manifest = _can_be_weighed(folder, day, about)
        if publicatie_register.holds(register, manifest):
            continue
        _frames_of(folder, day, manifest)
        # Of older ones nothing is behind words; of this one it stands in the register alone.
        if manifest.formaat == FORMAAT:
            raise PublicationError(REFUSED["not_in_register"].format(dag=day.isoformat(), register=register))
        publicatie_register.enter(register, folder, manifest)
    entries = [(date.fromisoformat(path.name[7:17]), path) for path in publicatie_register.versions(register)]
    last = {day: number for number, (day, _) in enumerate(entries)}
    found: dict[date, Frames] = {}
    for number, (day, folder) in enumerate(entries):
        replaced = day == about.peildatum or number < last[day]
        manifest = _can_be_weighed(folder, day, about)
        found[Version(day, number) if replaced else day] = _frames_of(folder, day, manifest)
    return found


def _can_be_weighed(folder: Path, day: date, about: PublicationManifest) -> PublicationManifest:
    """The manifest of an earlier publication that can be weighed with the new one; else raises PublicationError."""
    told = {name: text.format(dag=day.isoformat(), zout=ZOUT) for name, text in NOT_WEIGHED.items()}
    with _refused_on(OSError, ValueError, told=told["unreadable"]):
        manifest = PublicationManifest.read(folder)
    reasons = {
        "newer_version": manifest.formaat > FORMAAT,
        "older_version": manifest.formaat not in LEESBAAR,
        "other_origin": manifest.demo != about.demo,
        "other_salt": manifest.zout_vingerafdruk != about.zout_vingerafdruk,
        "other_key": about.sleutel and manifest.sleutel not in (None, about.sleutel),
    }
    if reason := next((name for name, holds in reasons.items() if holds), None):
        raise PublicationError(told[reason])
    return manifest


def _frames_of(folder: Path, day: date, manifest: PublicationManifest) -> Frames:
    """Its frames; raises PublicationError when they are not as they were published."""
    with _refused_on(NoPublication, OSError, told=NOT_WEIGHED["changed"].format(dag=day.isoformat(), zout=ZOUT)):
        return read_frames(folder, manifest)


def read_frames(folder: Path, manifest: PublicationManifest) -> Frames:
    """The frames of a publication. Raises NoPublication when a file was changed, or OSError."""
    found: Frames = {}
    for question in (*REGELS, BEHIND):
        name = f"{question}.parquet"
        if name not in manifest.bestanden:
            continue
        whole = pl.read_parquet(io.BytesIO(published_file(folder, name, manifest.bestanden[name])))
        parts = whole.partition_by(SOORT, SOORT_NAAM, as_dict=True, include_key=False)
        none = whole.drop(SOORT, SOORT_NAAM).clear()
        own = [Selectie(*each) for each in manifest.keuzes if tuple(each) in parts or apart(question, each[0])]
        found |= {(question, each): parts.get(tuple(each), none) for each in own}
    if not found:
        raise NoPublication(TEXTS["publication"]["changed"])
    return found


@contextlib.contextmanager
def _told_how_far() -> Iterator[None]:
    """Each step on standard error, once per line."""
    log, told = logging.getLogger("queries.openbaar"), logging.StreamHandler()
    said: set[str] = set()
    told.addFilter(lambda record: (line := record.getMessage()) not in said and not said.add(line))
    log.setLevel(logging.INFO)
    log.addHandler(told)
    try:
        yield
    finally:
        log.removeHandler(told)


def main(arguments: list[str] | None = None) -> int:
    """Publish from the command line; returns 0, or 2 with a Dutch message on standard error."""
    epilog = SAYS["epilog"].format(zout=ZOUT)
    parser = Opdracht(
        fout=PublicationError, prog="python -m queries.openbaar", description=SAYS["description"], epilog=epilog
    )
    parser.add_argument("--snapshot", type=Path, metavar="DIR", help=SAYS["snapshot"])
    parser.add_argument("--naar", type=Path, metavar="DIR", default=PUBLICATIES, help=SAYS["naar"])
    parser.add_argument("--voortgang", action="store_true", help=SAYS["voortgang"])
    try:
        options = parser.parse_args(arguments)
        if options.snapshot is None:
            first_start.ensure_snapshot(lambda: say(first_start.BEING_MADE))
        source = options.snapshot or store.in_use(store.SNAPSHOTS)
        if source is not None and not (source / store.MANIFEST).exists():
            source = store.in_use(source)
        if source is None:
            raise PublicationError(REFUSED["no_snapshot"])
        with _told_how_far() if options.voortgang or sys.stderr.isatty() else contextlib.nullcontext():
            made = publish(source, options.naar)
    except (PublicationError, QueryError, store.SnapshotError, OSError) as error:
        say(REFUSED["disk"].format(reason=error.strerror) if isinstance(error, OSError) else str(error))
        return 2
    manifest = PublicationManifest.read(made)
    print(SAYS["done"].format(folder=made, niet_openbaar=", ".join(NIET_OPENBAAR), **manifest.aanval.model_dump()))
    for reader in manifest.gebruik:
        print(SAYS["used"].format(**reader.model_dump()))
    return 0
