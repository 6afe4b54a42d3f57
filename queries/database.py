"""A snapshot loaded in a DuckDB that can read nothing else."""

import copy
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data import contract
from data.snapshots.manifest import Manifest
from queries.definitions.indicators import INDICATOREN
from queries.errors import NoSnapshot, QueryError
from queries.selection import ONBEKEND, Selection, check, last_day_of_month_before

MODEL = Path(__file__).parent / "model"

# Separates the snapshot from the limit in an identity.
_LIMIT = "#grens="

# What a manifest says of the snapshot itself; the rest are numbers of rows and persons of the whole city.
_CITYLESS = {"formaat", "peildatum", "herkomst", "levering_id", "aangemaakt", "titel"}

# The columns that a melding may lack; without them they are empty, and the question of what was delivered is kept.
_OPTIONAL_TYPES = {"statushouder": "boolean", "begeleidingsregime": "varchar"}


class Database:
    """One snapshot, loaded once; after loading the engine is locked: no file, no network, no extension, no setting.

    Every call uses a cursor of its own, so that threads may share a Database. ``grens``: the wijkteams to whose area
    every answer is limited, see limited(); None is no limit.
    """

    grens: tuple[str, ...] | None = None

    def __init__(self, folder: Path) -> None:
        """Load the snapshot in ``folder`` (parquet per table and manifest.json).

        Raises NoSnapshot when it is not one.
        """
        self.manifest = _manifest(folder)
        self.folder = folder
        self.peildatum = self.manifest.peildatum
        self.demo = self.manifest.demo
        self.identity = identity(folder, self.manifest)
        self._lock = threading.Lock()
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )
        try:
            self._load_extracts(folder)
        except duckdb.Error as error:
            raise NoSnapshot(
                f"De map {folder} is geen volledige snapshot: een van de tabellen is niet te lezen."
            ) from error
        self._load_reference()
        for model in sorted(MODEL.glob("*.sql")):
            self._connection.execute(model.read_text(encoding="utf-8"))
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")
        self._read_choices()

    def _load_extracts(self, folder: Path) -> None:
        for table in contract.TABELLEN:
            self._connection.execute(
                f"create table {table} as select * from read_parquet(?)", [str(folder / f"{table}.parquet")]
            )
        columns = {row[0] for row in self._connection.execute("describe melding").fetchall()}
        for column, kind in _OPTIONAL_TYPES.items():
            if column not in columns:
                self._connection.execute(f"alter table melding add column {column} {kind}")
        self._connection.execute(
            "create table melding_kolommen as select ?::boolean as statushouder, ?::boolean as begeleidingsregime",
            ["statushouder" in columns, "begeleidingsregime" in columns],
        )

    def _load_reference(self) -> None:
        for table in contract.REFERENTIES:
            try:
                self._create_table(table, contract.referentie(table).with_row_index("volgorde"))
            except contract.ReferentieError as error:
                raise QueryError(str(error)) from error
        self._create_table(
            "indicator",
            pl.DataFrame(
                {
                    "volgorde": range(len(INDICATOREN)),
                    "indicator": list(INDICATOREN),
                    "eenheid": [entry.eenheid for entry in INDICATOREN.values()],
                    "volgtijd": [
                        None if entry.volgtijd == "geen" else entry.volgtijd for entry in INDICATOREN.values()
                    ],
                }
            ),
        )

    def _create_table(self, name: str, frame: pl.DataFrame) -> None:
        self._connection.register("aangeleverd", frame.to_arrow())
        self._connection.execute(f"create table {name} as select * from aangeleverd")
        self._connection.unregister("aangeleverd")

    def _read_choices(self) -> None:
        rows = self._connection.execute("select niveau, gebied from gebieden order by niveau, volgorde").fetchall()
        self.stadsdelen = tuple(gebied for niveau, gebied in rows if niveau == "stadsdeel")
        self.alle_wijkteams = tuple(gebied for niveau, gebied in rows if niveau == "wijkteam")
        teams = self._connection.execute("select stadsdeel, wijkteam from wijkteam_gebied order by volgorde").fetchall()
        self.wijkteams: dict[str, tuple[str, ...]] = {
            stadsdeel: tuple(team for gebied, team in teams if gebied == stadsdeel) for stadsdeel in self.stadsdelen
        }
        self.wijkteams[ONBEKEND] = (ONBEKEND,)
        self.doelgroepen = contract.DOELGROEPEN
        self.wetten = contract.WETTEN
        self.cohorten = tuple(
            row[0]
            for row in self._connection.execute(
                "select distinct year(datum_kennisgeving)::integer as jaar from inburgeraar "
                "where datum_kennisgeving is not null order by jaar"
            ).fetchall()
        )

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
        view._limit_choices()
        return view

    def _limit_choices(self) -> None:
        keuze = Selection().as_keuze(self.grens)
        cursor = self._connection.cursor()
        try:
            rows = cursor.execute(
                "select niveau, gebied from gebieden_binnen($selectie) order by niveau, volgorde", {"selectie": keuze}
            ).fetchall()
            cohorten = cursor.execute(
                "select distinct year(inburgeraar.datum_kennisgeving)::integer as jaar "
                "from personen([$peildatum::date], $selectie) join inburgeraar using (inburgeraar_id) "
                "where inburgeraar.datum_kennisgeving is not null order by jaar",
                {"peildatum": self.peildatum, "selectie": keuze},
            ).fetchall()
        finally:
            cursor.close()
        self.stadsdelen = tuple(gebied for niveau, gebied in rows if niveau == "stadsdeel")
        self.alle_wijkteams = tuple(gebied for niveau, gebied in rows if niveau == "wijkteam")
        self.wijkteams = {
            stadsdeel: tuple(team for team in self.wijkteams[stadsdeel] if team in self.alle_wijkteams)
            for stadsdeel in self.stadsdelen
        }
        self.cohorten = tuple(jaar for (jaar,) in cohorten)

    def check(self, selection: Selection) -> None:
        """Refuse a selection that this snapshot cannot answer; raises InvalidSelection."""
        check(selection, stadsdelen=self.stadsdelen, wijkteams=self.alle_wijkteams, peildatum=self.peildatum)

    def ask(self, sql: str, selection: Selection) -> pl.DataFrame:
        """Answer one statement; its parameters may be ``$peildatum``, ``$sinds`` and ``$selectie``."""
        self.check(selection)
        peildatum = selection.peildatum or self.peildatum
        values: dict[str, Any] = {
            "peildatum": peildatum,
            "sinds": selection.sinds or last_day_of_month_before(peildatum),
            "selectie": selection.as_keuze(self.grens),
        }
        with self._lock:
            cursor = self._connection.cursor()
        try:
            (statement,) = cursor.extract_statements(sql)
            bound = {name: values[name] for name in statement.named_parameters}
            return cursor.sql(sql, params=bound).pl() if bound else cursor.sql(sql).pl()
        finally:
            cursor.close()


def identity(folder: Path, manifest: Manifest | None = None) -> str:
    """What tells one snapshot from another: its real folder and its delivery."""
    manifest = manifest or _manifest(folder)
    return f"{folder}#{manifest.levering_id}"


def _manifest(folder: Path) -> Manifest:
    try:
        return Manifest.read(folder)
    except (OSError, ValueError) as error:
        raise NoSnapshot(
            f"De map {folder} is geen snapshot: manifest.json ontbreekt of is niet te lezen. "
            "Maak er een met: python -m data.intake DIR --peildatum JJJJ-MM-DD"
        ) from error
