"""A snapshot loaded in a DuckDB that can read nothing else."""

import copy
import hashlib
import secrets
import threading
import warnings
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data import contract
from data.snapshots.manifest import FORMAAT, Manifest
from queries.definitions.indicators import INDICATOREN, VRAGEN
from queries.errors import NoSnapshot, QueryError
from queries.selection import ONBEKEND, Selection, check, last_day_of_month_before

MODEL = Path(__file__).parent / "model"
KPI = Path(__file__).parent / "kpi"

# From so many bytes of parquet on (some 150 thousand persons) what is derived is kept beside the snapshot.
LARGE = 10 * 2**20
_SETTINGS = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
_LOCKED = {"enable_external_access": False, "lock_configuration": True}
# Of a large snapshot: the rest waits on the disk, in the snapshot's own folder.
_ROOM = {"memory_limit": "1GiB"}

# cursor.sql() would spare the copy of a few rows that this is about and read the statement twice, which takes longer.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

# Separates the snapshot from the limit in an identity.
_LIMIT = "#grens="

# What a manifest says of the snapshot itself; the rest are numbers of rows and persons of the whole city.
_CITYLESS = {"formaat", "peildatum", "herkomst", "levering_id", "aangemaakt", "titel"}


class Database:
    """One snapshot, loaded once; after loading the engine is locked: no file, no network, no extension, no setting.

    Every call uses a cursor of its own, so that threads may share a Database. ``grens``: the wijkteams to whose area
    every answer is limited, see limited(); None is no limit.
    """

    grens: tuple[str, ...] | None = None
    # Stadsdelen that are published together: any may be chosen together here.
    delen: tuple[tuple[str, ...], ...] = ()
    weergave = "intern"
    questions = tuple(VRAGEN)

    def __init__(self, folder: Path, before: str = "") -> None:
        """Load the snapshot in ``folder`` (parquet per table and manifest.json), and derive what held when.

        ``before``: SQL that the model of the view stands on. Raises NoSnapshot when it is not one.
        """
        self.manifest = _manifest(folder)
        self.folder = folder
        self.peildatum = self.manifest.peildatum
        self.demo = self.manifest.demo
        self.identity = identity(folder, self.manifest)
        self._lock = threading.Lock()
        texts = [before, *model_sql(self.weergave).values()]
        large = sum(path.stat().st_size for path in folder.glob("*.parquet")) >= LARGE
        kept = self._kept(texts) if large and not before else None
        if kept:
            self._connection = duckdb.connect(str(kept), read_only=True, config=_SETTINGS | _ROOM | _LOCKED)
        else:
            # Of few rows the work of dividing them over threads is more than what it saves.
            self._make(":memory:", texts, _SETTINGS if large else _SETTINGS | {"threads": 1})
            for name, value in _LOCKED.items():
                self._connection.execute(f"set {name} = {value}")
        self._read_choices()

    def _kept(self, texts: list[str]) -> Path | None:
        """The file in the snapshot's folder with all that is derived from it, made by who opens it first.

        None where it cannot be written: then it is derived in memory, as of a small snapshot.
        """
        known = hashlib.sha256(repr((duckdb.__version__, texts, INDICATOREN, contract.GEMEENTE.regime)).encode())
        for table in contract.REFERENTIES:
            known.update(reference(table).write_csv().encode())
        kept = self.folder / f"afgeleid-{known.hexdigest()[:16]}.duckdb"
        if kept.exists():
            return kept
        unfinished = kept.with_suffix(f".{secrets.token_hex(8)}")
        with suppress(OSError, duckdb.IOException):
            try:
                self._make(str(unfinished), texts, _SETTINGS | _ROOM)
                self._connection.close()
                unfinished.chmod(0o600)
                unfinished.replace(kept)
            finally:
                unfinished.unlink(missing_ok=True)
            # Of another model, or left by a process that was killed; who is making one now reads in memory.
            for other in set(self.folder.glob("afgeleid-*")) - {kept}:
                other.unlink()
        return kept if kept.exists() else None

    def _make(self, place: str, texts: list[str], settings: dict[str, object]) -> None:
        self._connection = duckdb.connect(place, config=settings)
        # It would write among what a command says.
        self._connection.execute("set enable_progress_bar = false")
        try:
            self._load_extracts(self.folder)
        except duckdb.Error as error:
            raise NoSnapshot(
                f"De map {self.folder} is geen volledige snapshot: een van de tabellen is niet te lezen."
            ) from error
        self._load_reference()
        for text in texts:
            self._connection.execute(text)

    def _load_extracts(self, folder: Path) -> None:
        for table in contract.TABELLEN:
            path = [str(folder / f"{table}.parquet")]
            self._connection.execute(f"create table {table} as select * from read_parquet(?)", path)
        # The columns that a melding may lack are empty then, and what was delivered is kept.
        columns = {row[0] for row in self._connection.execute("describe melding").fetchall()}
        delivered = ["statushouder" in columns]
        self._connection.execute("create table melding_kolommen as select ?::boolean as statushouder", delivered)
        for column in ("statushouder boolean", "begeleidingsregime varchar"):
            self._connection.execute(f"alter table melding add column if not exists {column}")

    def _load_reference(self) -> None:
        for table in contract.REFERENTIES:
            self._create_table(table, reference(table).with_row_index("volgorde"))
        none = {"geen": None}
        rows = [(each.naam, each.eenheid, none.get(each.volgtijd, each.volgtijd)) for each in INDICATOREN.values()]
        indicator = pl.DataFrame(rows, ["indicator", "eenheid", "volgtijd"], orient="row")
        self._create_table("indicator", indicator.with_row_index("volgorde"))
        regimes = [
            (each.naam, each.vanaf or date.min, each.norm_dagen, groep)
            for groep, group in contract.GEMEENTE.groepen.items()
            for each in group
        ]
        columns = {"regime": pl.String, "regime_vanaf": pl.Date, "norm_dagen": pl.Int32, "regimegroep": pl.String}
        self._create_table("regimes", pl.DataFrame(regimes, columns, orient="row"))

    def _create_table(self, name: str, frame: pl.DataFrame) -> None:
        self._connection.register("aangeleverd", frame.to_arrow())
        self._connection.execute(f"create table {name} as select * from aangeleverd")
        self._connection.unregister("aangeleverd")

    def _read_choices(self) -> None:
        rows = self._connection.execute(
            "select niveau, gebied, stadsdeel from gebieden left join wijkteam_gebied on wijkteam = gebied "
            "order by niveau, gebieden.volgorde"
        ).fetchall()
        places = tuple(gebied for niveau, gebied, _ in rows if niveau == "stadsdeel")
        teams = {gebied: stadsdeel or ONBEKEND for niveau, gebied, stadsdeel in rows if niveau == "wijkteam"}
        self.alle_wijkteams = tuple(teams)
        self._city: dict[str, tuple[str, ...]] = {
            stadsdeel: tuple(team for team, place in teams.items() if place == stadsdeel) for stadsdeel in places
        }
        (with_stadsdelen,) = self._connection.execute("select count(stadsdeel) > 0 from wijk").fetchone()
        # A municipality without stadsdelen has all its wijkteams under no name.
        self.stadsdelen, self.wijkteams = (places, self._city) if with_stadsdelen else ((), {"": self.alle_wijkteams})
        self.doelgroepen = contract.DOELGROEPEN
        self.wetten = contract.WETTEN
        self.cohorten = self._cohorts()

    def _cohorts(self) -> tuple[int, ...]:
        rows = self.ask(
            "select distinct cohort::integer as jaar from persoon "
            "where cohort is not null and van <= $peildatum and $peildatum < tot and $selectie order by jaar",
            Selection(),
        )
        return tuple(rows["jaar"])

    def limited(self, grens: Iterable[str] | None) -> "Database":
        """The same snapshot for a reader who may see the areas of these wijkteams only; None changes nothing.

        Persons count by the wijkteam of their residence, requests by the wijkteam they were made to; a limit without a
        wijkteam that exists shows nobody. The limit is part of every statement, of the choices, of the manifest
        (numbers of the whole city are left out) and of ``identity``, and can only be made narrower.
        """
        if grens is None:
            return self
        wanted = set(grens)
        if self.grens is not None:
            wanted &= set(self.grens)
        view = copy.copy(self)
        view.grens = tuple(team for team in self.alle_wijkteams if team in wanted)
        view.identity = f"{self.identity.split(_LIMIT)[0]}{_LIMIT}{'|'.join(view.grens)}"
        view.manifest = Manifest(**self.manifest.model_dump(include=_CITYLESS))
        view.wijkteams = {
            stadsdeel: tuple(team for team in teams if team in view.grens)
            for stadsdeel, teams in self.wijkteams.items()
            if wanted.intersection(teams)
        }
        view.stadsdelen = tuple(stadsdeel for stadsdeel in self.stadsdelen if stadsdeel in view.wijkteams)
        view.alle_wijkteams = view.grens
        view.cohorten = view._cohorts()
        return view

    def check(self, selection: Selection) -> None:
        """Refuse a selection that this snapshot cannot answer; raises InvalidSelection."""
        check(selection, stadsdelen=self.stadsdelen, wijkteams=self.alle_wijkteams, peildatum=self.peildatum)

    def ask(self, sql: str, selection: Selection) -> pl.DataFrame:
        """Answer one statement for a selection.

        In it stand ``$selectie``, ``$zonder_gebied``, ``$gebied`` or ``$naast`` for conditions, see
        Selection.written_into(), and it may have the parameters ``$peildatum``, ``$naast_peildatum`` (of what is
        compared with), ``$sinds``, ``$gebieden`` (the areas within the limit) and ``$gekozen_gebieden`` (those that the
        filters on area choose whole), see is_een_van() in the model.
        """
        self.check(selection)
        self.check(selection.other)
        peildatum = selection.peildatum or self.peildatum
        values = vars(selection) | {f"naast_{name}": value for name, value in vars(selection.other).items()}
        values |= {
            "peildatum": peildatum,
            "naast_peildatum": selection.other.peildatum or self.peildatum,
            "sinds": selection.sinds or last_day_of_month_before(peildatum),
            "grens": self.grens,
            "gebieden": named_areas(self.stadsdelen, self.alle_wijkteams),
            "gekozen_gebieden": named_areas(*self._chosen_areas(selection)),
        }
        sql = selection.written_into(sql, limited=self.grens is not None)
        with self._lock:
            cursor = self._connection.cursor()
        try:
            (statement,) = cursor.extract_statements(sql)
            bound = {name: values[name] for name in statement.named_parameters}
            bound = {name: list(value) if isinstance(value, tuple) else value for name, value in bound.items()}
            return pl.from_arrow(cursor.execute(statement, bound).to_arrow_table())
        finally:
            cursor.close()

    def _chosen_areas(self, selection: Selection) -> tuple[list[str], list[str]]:
        """The areas within the limit that the filters choose whole: a stadsdeel with all its wijkteams."""
        areas = [name for name in self.wijkteams if name in (selection.stadsdelen or self.wijkteams)]
        teams = [team for name in areas for team in self.wijkteams[name]]
        if chosen := set(selection.wijkteams):
            teams = [team for team in teams if team in chosen]
            areas = [name for name in areas if name not in ("", ONBEKEND) and chosen.issuperset(self._city[name])]
        if selection.rest:
            teams = [team for team in self.alle_wijkteams if team not in teams]
            areas = [name for name in self.stadsdelen if set(self._city[name]).issubset(teams)]
        return areas, teams


def reference(table: str) -> pl.DataFrame:
    """A reference table. Raises QueryError, with the file and the line, when it breaks its rules."""
    try:
        return contract.referentie(table)
    except contract.ReferentieError as error:
        raise QueryError(str(error)) from error


def named_areas(stadsdelen: Iterable[str], wijkteams: Iterable[str]) -> list[str]:
    return [*(f"stadsdeel {name}" for name in stadsdelen), *(f"wijkteam {name}" for name in wijkteams)]


def model_sql(weergave: str = "intern") -> dict[str, str]:
    """The SQL that every question stands on: file name and text, in the order in which it is loaded."""
    views = MODEL / weergave
    paths = [views / "telling.sql", *sorted(MODEL.glob("*.sql")), *sorted(KPI.glob("*.sql")), views / "overleving.sql"]
    names = (str(path.relative_to(MODEL.parent)).removeprefix("model/") for path in paths)
    return {name: contract.filled_in(path) for name, path in zip(names, paths, strict=True)}


def rounding_sql() -> dict[str, str]:
    """The SQL that a publication has in the place of that of `intern`: file name and text."""
    return {name: text for name, text in model_sql("openbaar").items() if name.startswith("openbaar/")}


def identity(folder: Path, manifest: Manifest | None = None) -> str:
    """What tells one snapshot from another: its real folder and its delivery."""
    manifest = manifest or _manifest(folder)
    return f"{folder}#{manifest.levering_id}"


def _manifest(folder: Path) -> Manifest:
    try:
        found = Manifest.read(folder)
    except (OSError, ValueError) as error:
        raise NoSnapshot(
            f"De map {folder} is geen snapshot: manifest.json ontbreekt of is niet te lezen. "
            "Maak er een met: python -m data.intake DIR --peildatum JJJJ-MM-DD"
        ) from error
    if found.formaat > FORMAAT:
        raise NoSnapshot(
            f"De snapshot van {found.peildatum} is gemaakt door een nieuwere versie van dit programma. "
            "Gebruik die versie, of zet de kopie van voor de overgang terug."
        )
    return found
