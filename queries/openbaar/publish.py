"""A snapshot -> aggregates that were protected beforehand: all that the view `openbaar` ever reads.

    python -m queries.openbaar [--snapshot DIR] [--naar DIR]

Every public question is answered for the whole city, each stadsdeel and each doelgroep, by the same SQL as in `intern`,
with the definitions of ``queries/model/openbaar/`` in place. The result is attacked (``publicatie_aanval``), coarsened
where the attack narrows a small count, and put in use at once or not at all. ``docs/openbaar.md`` has the rules.

The salt stands in the environment as WI_ZOUT. The demo has a fixed one; without a salt nothing real is published.
Exit status: 0 published, 2 refused, with a Dutch message; then what was in use is still in use.
"""

import contextlib
import hashlib
import hmac
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

import queries
from data import contract, secret
from data.command_line import Opdracht, say
from data.demo import first_start
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries import Database, QueryError, Selection
from queries.computed import COMPUTED
from queries.definitions.columns import (
    AANDELEN,
    AFGEROND,
    BESCHERMD,
    DAGEN,
    DUREN,
    TELLINGEN,
    WEGGELATEN,
    figures,
    kind_of_waarde,
    weergave_van,
)
from queries.openbaar import open_data
from queries.openbaar import register as publicatie_register
from queries.openbaar.attack import solver
from queries.openbaar.attack.knowledge import CURVES, FEW, Version, day_of, out_of
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
from queries.openbaar.rules import (
    ALLE,
    GENOEG,
    NIET_OPENBAAR,
    TE_KLEIN,
    VRAGEN,
    WEGGELATEN_ZIN,
    WEINIG,
    ZINNEN,
    Keuze,
    Plaats,
    counts,
    keuzes,
    samengevoegd,
    unclassified,
    without_their_share,
)
from queries.questions import answer

ZOUT = "WI_ZOUT"
DEMO_ZOUT = "het zout van de demo is bekend en beschermt niets"
BASIS = 10
ROUNDS = 12
BEZIG = "De cijfers worden afgeschermd en daarna aangevallen; samen met eerdere publicaties duurt dat enkele minuten …"

NOT_COMPARED = "niet te vergelijken"
# The columns with a sentence in which counts, or what follows from them, are told.
SENTENCES = ("toelichting", "reden")

# Each stands on those before it.
_PREPARED = ("personen", "begeleidingen", "pips", "ontzorgingen", "overdrachten", "waarnemingen")
_OPENBAAR_MODEL = Path(queries.__file__).parent / "model" / "openbaar"

Frames = dict[tuple[str, Keuze], pl.DataFrame]


class PublicationError(Exception):
    """The publication is refused; the message is Dutch and says what to do."""


class Protected(Database):
    """A snapshot that answers in the view `openbaar`: counts rounded by cell key, shares and durations from those.

    An answer still holds a rounded 0 as 0 and a median that is not reached as infinity; see ``protected``.
    """

    def __init__(self, folder: Path, salt: str, basis: int = BASIS) -> None:
        """Load the snapshot in ``folder``. ``basis`` is what counts are rounded to; 1 leaves them as they are."""
        super().__init__(folder)
        self._connection.execute(_hmac_macro(salt))
        self._connection.execute(f"create macro basis() as {int(basis)}::hugeint")
        for path in sorted(_OPENBAAR_MODEL.glob("*.sql"), reverse=True):
            self._connection.execute(path.read_text(encoding="utf-8"))

    def prepare(self, selection: Selection) -> None:
        """Work the dossier of a selection out once, for all its questions.

        The macros of the model then read the outcome of their own definition; nothing is defined twice.
        """
        for name in ("05_dossier.sql", "06_kpi.sql"):
            text = queries.model_sql()[name]
            self._connection.execute(text.replace("create macro", "create or replace macro"))
        values = {"peildatum": self.peildatum, "selectie": selection.as_keuze(None)}
        for macro in _PREPARED:
            self._connection.execute(
                f"create or replace table {macro}_klaar as "
                f"from {macro}(standen_van_het_jaar($peildatum::date), $selectie)",
                values,
            )
            self._connection.execute(
                f"create or replace macro {macro}(standen, selectie) as table "
                f"(from {macro}_klaar where list_contains(standen, stand))"
            )

    def put_together(self, dimensies: Iterable[str]) -> None:
        """From here on these dimensions are one group in every answer; the others are themselves."""
        together = set(dimensies)
        for dimensie, words in ALLE.items():
            body = f"'{words}'" if dimensie in together else dimensie
            self._connection.execute(f"create or replace macro per_{dimensie}({dimensie}) as {body}")

    @property
    def plaats(self) -> Plaats:
        """The areas and the last quarter of this snapshot."""
        quarter = date(self.peildatum.year, 3 * ((self.peildatum.month - 1) // 3) + 1, 1)
        return Plaats(self.stadsdelen, self.alle_wijkteams, quarter)


def _hmac_macro(salt: str) -> str:
    """HMAC-SHA-256 (RFC 2104) in SQL, because DuckDB has the hash and not the HMAC."""
    key = salt.encode()
    key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner, outer = ("'" + "".join(f"\\x{byte ^ pad:02X}" for byte in key) + "'::blob" for pad in (0x36, 0x5C))
    return f"create macro hmac_zout(tekst) as sha256({outer} || unhex(sha256({inner} || encode(tekst))))"


# ------------------------------------------------------------------------------------------------- the frames


def answered(question: str, keuze: Keuze, engine: Protected) -> pl.DataFrame:
    """The rounded answer with every row that it must have, before anything is left out."""
    engine.put_together(samengevoegd(question, keuze))
    frame = _computed(question, keuze, engine) if question in COMPUTED else answer(question, keuze.selection, engine)
    rule = VRAGEN[question]
    if rule.rijen is None and not rule.reeks:
        return frame
    dimensions = frame.select([*rule.dimensies]).schema
    rows = pl.DataFrame(
        list(rule.rijen(keuze, engine.plaats)) if rule.rijen and rule.dimensies else None, dimensions, orient="row"
    )
    keys = [column for column in frame.columns if column in (*rule.dimensies, rule.reeks)]
    if rule.reeks:
        first = min([engine.plaats.kwartaal, *frame[rule.reeks].to_list()])
        quarters = pl.DataFrame({rule.reeks: _quarters(first, engine.plaats.kwartaal)})
        if not rule.dimensies:
            rows = quarters
        else:
            left, right = (quarters, rows) if keys[0] == rule.reeks else (rows, quarters)
            rows = left.join(right, how="cross")
    if keys:
        complete = rows.select(keys).join(frame, on=keys, how="left", maintain_order="left").select(frame.columns)
    else:
        complete = frame if frame.height else pl.DataFrame({name: [None] for name in frame.columns}, frame.schema)
    # A curve that is not there, because the group is too small, has its first day.
    first = [pl.col("dag").fill_null(0)] if question in CURVES else []
    return complete.with_columns(pl.col(counts(question, frame.columns)).fill_null(0), *first)


def _computed(question: str, keuze: Keuze, engine: Protected) -> pl.DataFrame:
    """What a library computes, from rounded counts, and only where these are large enough."""
    selection = keuze.selection

    def ask(other: str) -> pl.DataFrame:
        found = answer(other, selection, engine)
        # A kind that was rounded to 0 and one that did not occur must look the same.
        return found.filter(pl.col("aantal") > 0) if other == "melding_per_kwartaal" else found

    frame = COMPUTED[question](ask, selection)
    if question == "melding_diversiteit":
        quarters = answer("melding_traject", selection, engine).select("kwartaal", meldingen="noemer")
        frame = quarters.join(frame.drop("meldingen"), on="kwartaal", how="left", maintain_order="left")
        enough = pl.col("meldingen") >= GENOEG
        return frame.select(
            "kwartaal",
            "meldingen",
            pl.col("soorten").fill_null(0),
            pl.when(enough).then(pl.col("diversiteit")).alias("diversiteit"),
        )
    if question == "evaluatie_vergelijking":
        groups = answer("evaluatie_meldingen", selection, engine)
        if groups["personen"].min() < GENOEG or groups["meldingen"].min() < WEINIG:
            told = pl.when(pl.col("oordeel") == NOT_COMPARED).then("reden").otherwise(pl.lit(TE_KLEIN))
            empty = [pl.lit(None, frame.schema[kolom]).alias(kolom) for kolom in figures(question)]
            return frame.with_columns(*empty, oordeel=pl.lit(NOT_COMPARED), reden=told)
    return frame


def _quarters(first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        found.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        while first.month % 3 != 1:
            first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found


def trimmed(question: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A time series from the first quarter with a count of 10 or more (rounded); the last quarter always stays.

    Where counts are left out with their share, that share decides: the first row must not tell of a count.
    """
    rule = VRAGEN[question]
    if not rule.reeks:
        return frame
    by_share = question == "kpi_instroom"
    seen = pl.col("waarde").is_not_null() if by_share else pl.max_horizontal(counts(question, frame.columns)) >= 10
    first = pl.col(rule.reeks).filter(seen).min()
    if by_share:
        first = first.over("indicator")
    return frame.filter(pl.col(rule.reeks) >= pl.coalesce(first, pl.col(rule.reeks).max()))


def protected(question: str, keuze: Keuze, frame: pl.DataFrame) -> pl.DataFrame:
    """The answer as it is published: a rounded 0 is empty, and beside every figure stands how it is shown.

    ``<kolom>_weergave``: afgerond, beschermd (a count under 10 rounded; a share or duration on too few), or weggelaten
    (not published in this selection, or the count of a share that is not shown). A duration that is empty and afgerond
    was not reached.
    """
    away = {**VRAGEN[question].weg(keuze)}
    for kolom, unseen in without_their_share(question, frame.columns).items():
        away[kolom] = away.get(kolom, pl.lit(False)) | unseen
    kinds: dict[str, dict[str, pl.Expr]] = {}
    for kolom in figures(question):
        kinds[kolom] = _kinds(question, kolom)
    out: list[pl.Expr] = []
    for kolom in frame.columns:
        value = pl.col(kolom)
        left_out = away.get(kolom, pl.lit(False))
        if kolom not in kinds:
            out.append(pl.when(left_out).then(None).otherwise(value).alias(kolom))
            continue
        is_count, is_duration, is_none = (kinds[kolom][kind] for kind in ("telling", "duur", "geen"))
        weergave = (
            pl.when(left_out | (is_count & value.is_null()) | (kolom in DAGEN))
            .then(pl.lit(WEGGELATEN))
            .when(is_none)
            .then(pl.lit(AFGEROND))
            .when(_on_too_few(question, kolom))
            .then(pl.lit(BESCHERMD))
            .when(value.is_null() | (is_count & _is_zero(value, kolom)))
            .then(pl.lit(BESCHERMD))
            .otherwise(pl.lit(AFGEROND))
        )
        gone = weergave.is_in([WEGGELATEN, BESCHERMD]) | (is_duration & _is_endless(value, frame.schema[kolom]))
        out += [
            pl.when(gone).then(None).otherwise(value.round(2) if kolom in AANDELEN else value).alias(kolom),
            weergave.alias(weergave_van(kolom)),
        ]
    sentences = [name for name in SENTENCES if name in frame.columns and name not in VRAGEN[question].dimensies]
    # Days are whole in both views; only the infinity of "not reached" needed a fraction.
    whole = [pl.col(name).cast(pl.Int64) for name in ("mediaan_dagen",) if name in frame.columns]
    return (
        frame.select(out)
        .with_columns(whole)
        .with_columns(pl.col(name).map_elements(_sentence, return_dtype=pl.String) for name in sentences)
    )


def _kinds(question: str, kolom: str) -> dict[str, pl.Expr]:
    """Per row, whether the column holds a count, a duration, or nothing (the interval of what is no share)."""
    if kolom == "waarde" and question == "evaluatie_meetbaarheid":
        return {
            "telling": pl.col("voorwaarde").str.starts_with("groep_"),
            "duur": pl.lit(False),
            "geen": pl.lit(False),
        }
    with_indicator = "indicator" in queries.VRAGEN[question].kolommen
    if with_indicator and kolom in ("waarde", "ci_laag", "ci_hoog"):
        of_kind = {
            kind: [name for name in queries.INDICATOREN if kind_of_waarde(name) is kind]
            for kind in (TELLINGEN, DUREN, AANDELEN)
        }
        if kolom != "waarde":
            return {
                "telling": pl.lit(False),
                "duur": pl.lit(False),
                "geen": ~pl.col("indicator").is_in(of_kind[AANDELEN]),
            }
        return {
            "telling": pl.col("indicator").is_in(of_kind[TELLINGEN]),
            "duur": pl.col("indicator").is_in(of_kind[DUREN]),
            "geen": pl.lit(False),
        }
    return {
        "telling": pl.lit(kolom in TELLINGEN),
        "duur": pl.lit(kolom in DUREN),
        "geen": pl.lit(False),
    }


def _on_too_few(question: str, kolom: str) -> pl.Expr:
    """Whether a share of evaluatie_meetbaarheid is one of too few; its counts stand in the sentence beside it."""
    if question != "evaluatie_meetbaarheid" or kolom != "waarde":
        return pl.lit(False)
    return pl.col("toelichting").map_elements(_says_too_few, return_dtype=pl.Boolean)


def _says_too_few(sentence: str) -> bool:
    part, whole = out_of(sentence) or (WEINIG, GENOEG)
    return whole < GENOEG or part < WEINIG or whole - part < WEINIG


def _is_zero(value: pl.Expr, kolom: str) -> pl.Expr:
    return pl.lit(False) if kolom in DAGEN else value == 0


def _is_endless(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    return value.is_infinite() if kind.is_float() else pl.lit(False)


def _sentence(text: str) -> str:
    """A rounded 0 is not nobody in a sentence either, and counts of a share that is not shown are not told."""
    if _says_too_few(text):
        return WEGGELATEN_ZIN
    return re.sub(r"(?<![\d.,])0(?![\d.,]*\d)", FEW, ZINNEN.get(text, text))


def answers(engine: Protected, questions: Iterable[str] = tuple(VRAGEN)) -> Frames:
    """The public questions for every selection, completed and rounded (see ``answered``)."""
    found: Frames = {}
    for keuze in keuzes(engine.plaats):
        engine.prepare(keuze.selection)
        found |= {(question, keuze): answered(question, keuze, engine) for question in questions}
    return found


def published(frames: Frames) -> Frames:
    """The same as they are published."""
    return {
        (question, keuze): protected(question, keuze, trimmed(question, frame))
        for (question, keuze), frame in frames.items()
    }


# ------------------------------------------------------------------------------------------- the publication


@dataclass(frozen=True)
class Origin:
    """What all publications that are attacked together share: whether of the demo, and the marks of salt and key."""

    demo: bool
    zout: str
    sleutel: str | None


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
            f"Van {', '.join(sorted(missing))} staat nergens of ze openbaar zijn. Vul queries/openbaar/rules.py aan."
        )
    manifest = _read(source)
    demo, peildatum = manifest.demo, manifest.peildatum
    salt = _salt(demo, salt)
    register = _register(root, manifest)
    with _alone_in(root), _alone_in(register):
        origin = Origin(demo, fingerprint(salt), manifest.sleutel)
        earlier = _earlier(root, register, peildatum, origin)
        engine = Protected(source, salt)
        shown, report, left_out = _withstood_all(published(answers(engine)), peildatum, earlier)
        about = PublicationManifest(
            formaat=FORMAAT,
            peildatum=peildatum,
            herkomst=manifest.herkomst,
            titel=manifest.titel,
            basis=BASIS,
            zout_vingerafdruk=fingerprint(salt),
            sleutel=manifest.sleutel,
            stadsdelen=engine.stadsdelen,
            wijkteams=engine.wijkteams,
            alle_wijkteams=engine.alle_wijkteams,
            doelgroepen=contract.DOELGROEPEN,
            keuzes=[(keuze.soort, keuze.naam) for keuze in keuzes(engine.plaats)],
            aanval=Aanval(
                publicaties=1 + len(earlier),
                cellen=report.cellen,
                cellen_onder_10=report.klein,
                smalste=report.smalste,
                losgelaten=report.losgelaten,
                weggelaten=left_out,
            ),
        )
        made = put_in_use(shown, about, root)
        store.clean_up(root)
    return Outcome(made, report, left_out)


def put_in_use(shown: Frames, about: PublicationManifest, root: Path) -> Path:
    """Write the frames as parquet and as open data, and make them the publication in use; returns its folder.

    They are in the register before anybody can see them.
    ``about`` becomes the manifest, with the files and a name that follows from their content. Raises OSError when the
    disk refuses; then what was in use is still in use.
    """
    with store.under_construction(root, public=True) as folder:
        for question in VRAGEN:
            # Made in memory: polars itself tells a full disk as an error of its own kind.
            made = io.BytesIO()
            _stacked(shown, question).write_parquet(made)
            (folder / f"{question}.parquet").write_bytes(made.getvalue())
        open_data.write(
            folder,
            {question: _stacked(shown, question) for question in VRAGEN},
            about.peildatum,
            demo=about.demo,
        )
        files = {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        name = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
        manifest = about.model_copy(update={"levering_id": name, "bestanden": files})
        publicatie_register.enter(_register(root, about), folder, manifest)
        return store.publish(folder, manifest, root, public=True)


def _stacked(shown: Frames, question: str) -> pl.DataFrame:
    """The answers of all selections, with the selection in front."""
    return pl.concat(
        [
            frame.select(pl.lit(keuze.soort).alias(SOORT), pl.lit(keuze.naam).alias(SOORT_NAAM), *frame.columns)
            for (name, keuze), frame in shown.items()
            if name == question
        ],
        how="vertical_relaxed",
    )


@contextlib.contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """The folder of publications for one publication; raises PublicationError when another one is being made."""
    try:
        with store.exclusive(root):
            yield
    except store.InUseElsewhereError as error:
        raise PublicationError(
            "In deze map wordt al een publicatie gemaakt. Wacht tot die klaar is en probeer het opnieuw."
        ) from error


def _register(root: Path, manifest: Manifest) -> Path:
    return publicatie_register.place(root, demo=manifest.demo)


def _withstood_all(shown: Frames, peildatum: date, earlier: Mapping[date, Frames]) -> tuple[Frames, solver.Report, int]:
    """The frames after an attack that knows the replaced versions of this day too, unless they are one of these."""
    others = {stand: frames for stand, frames in earlier.items() if day_of(stand) != peildatum}
    found = withstood(shown, peildatum, others)
    replaced = [frames for stand, frames in earlier.items() if stand not in others]
    if not replaced or any(_are_equal(found[0], frames) for frames in replaced):
        return found
    return withstood(shown, peildatum, earlier)


def _are_equal(one: Frames, other: Frames) -> bool:
    return one.keys() == other.keys() and all(frame.equals(other[key]) for key, frame in one.items())


def withstood(shown: Frames, peildatum: date, earlier: Mapping[date, Frames]) -> tuple[Frames, solver.Report, int]:
    """The frames after the attack, coarsened until it finds nothing; its report; and how many cells were left out.

    Raises PublicationError when cells remain that can be narrowed.
    """
    left_out: set[solver.Cell] = set()
    report: solver.Report | None = None
    for _ in range(ROUNDS):
        try:
            report = solver.attack({**earlier, peildatum: shown}, BASIS, before=report)
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
    if not salt:
        raise PublicationError(
            "Er is geen zout, dus er wordt niets gepubliceerd. Zet een geheim van minstens "
            f"{secret.SHORTEST} tekens in {ZOUT}, bijvoorbeeld van: openssl rand -hex 32"
        )
    if secret.is_weak(salt) or salt == DEMO_ZOUT:
        raise PublicationError(
            f"Het zout in {ZOUT} is te kort, te eenvormig of bekend. Neem minstens {secret.SHORTEST} willekeurige "
            "tekens, bijvoorbeeld van: openssl rand -hex 32"
        )
    return salt


def _read(source: Path) -> Manifest:
    try:
        return Manifest.read(source)
    except (OSError, ValueError) as error:
        raise PublicationError("Er is geen snapshot om te publiceren. Neem eerst een levering in.") from error


def _earlier(root: Path, register: Path, peildatum: date, origin: Origin) -> dict[date, Frames]:
    """All that was ever public, in its order: of a day that was published again, each version that was replaced too."""
    for day in store.peildata(root):
        folder = store.folder_of(day, root)
        manifest, _ = _weighed(folder, day, origin)
        publicatie_register.enter(register, folder, manifest)
    entries = list(publicatie_register.days(register))
    last = {day: number for number, (day, _) in enumerate(entries)}
    found: dict[date, Frames] = {}
    for number, (day, folder) in enumerate(entries):
        _, frames = _weighed(folder, day, origin)
        replaced = day == peildatum or number < last[day]
        found[Version(day, number) if replaced else day] = frames
    return found


def _weighed(folder: Path, day: date, origin: Origin) -> tuple[PublicationManifest, Frames]:
    """The manifest and the frames of an earlier publication, as they were made; or raises PublicationError."""
    manifest = _manifest_of(folder, day, origin)
    try:
        return manifest, read_frames(folder, manifest)
    except (NoPublication, OSError) as error:
        raise PublicationError(
            f"De publicatie van {day.isoformat()} is veranderd nadat ze gemaakt is, dus niet mee te wegen. "
            "Herstel die eerst."
        ) from error


def _manifest_of(folder: Path, day: date, origin: Origin) -> PublicationManifest:
    """The manifest of an earlier publication that can be weighed with the new one; else raises PublicationError."""
    try:
        manifest = PublicationManifest.read(folder)
    except (OSError, ValueError) as error:
        raise PublicationError(
            f"De publicatie van {day.isoformat()} is niet te lezen, dus ook niet mee te wegen. Herstel die eerst."
        ) from error
    if manifest.formaat != FORMAAT:
        raise PublicationError(
            f"De publicatie van {day.isoformat()} is van een andere versie van dit programma en niet mee te wegen. "
            "Gebruik de versie waarmee die is gemaakt."
        )
    if manifest.demo != origin.demo:
        raise PublicationError("In deze map staan publicaties van een andere herkomst: demo en echt gaan niet samen.")
    if manifest.zout_vingerafdruk != origin.zout:
        raise PublicationError(
            f"Eerdere publicaties zijn met een ander zout gemaakt. Met twee zouten is de afronding weg te "
            f"middelen; zet het oude zout in {ZOUT}."
        )
    if origin.sleutel and manifest.sleutel not in (None, origin.sleutel):
        raise PublicationError(
            "Eerdere publicaties zijn van leveringen die met een andere sleutel zijn gepseudonimiseerd. Met twee "
            "sleutels is de afronding weg te middelen; neem de levering opnieuw in met de oude sleutel."
        )
    return manifest


def read_frames(folder: Path, manifest: PublicationManifest) -> Frames:
    """The frames of a publication. Raises NoPublication when a file was changed, or OSError."""
    found: Frames = {}
    for question in VRAGEN:
        name = f"{question}.parquet"
        if name not in manifest.bestanden:
            continue
        whole = pl.read_parquet(io.BytesIO(published_file(folder, name, manifest.bestanden[name])))
        for soort, naam in manifest.keuzes:
            part = whole.filter((pl.col(SOORT) == soort) & (pl.col(SOORT_NAAM) == naam)).drop(SOORT, SOORT_NAAM)
            found[question, Keuze(soort, naam)] = part
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
            raise PublicationError("Er is geen snapshot om te publiceren. Neem eerst een levering in.")
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
