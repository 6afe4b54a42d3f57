"""A publication: what the view `openbaar` reads in place of a snapshot. Aggregates only, protected beforehand."""

import hashlib
import io
import tomllib
from dataclasses import replace
from pathlib import Path

import polars as pl
from pydantic import BaseModel, Field

from data import contract
from data.snapshots import store
from data.snapshots.manifest import Manifest
from queries.definitions.columns import figures, weergave_van
from queries.definitions.indicators import VRAGEN
from queries.errors import InvalidSelection, NoSnapshot, QueryError
from queries.formats import enumerate_words
from queries.selection import Selection

# WI_WEERGAVE chooses the view; everything but `openbaar` is `intern`.
WEERGAVE = "WI_WEERGAVE"
OPENBAAR = "openbaar"

PUBLICATIES = store.PUBLICATIES
FORMAAT = 3
# What can be read and weighed too: 2 has no shares in words.
LEESBAAR = (2, FORMAAT)
# The folder in a publication with its open data.
OPEN_DATA = "open_data"

# The columns that say which selection a row of a file belongs to.
SOORT, SOORT_NAAM = "selectie", "selectie_naam"
# Between the stadsdelen in the name of a part of the city.
TOGETHER = " + "

TEXTS = contract.texts(__file__)
_SAYS = TEXTS["publication"]
_NIET_APART = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))["niet_apart"]


def apart(naam: str, soort: str) -> bool:
    """Whether what a question or a KPI tells is public of this kind of selection by itself."""
    return naam.partition("_")[0] not in _NIET_APART.get(soort, ())


class Aanval(BaseModel, frozen=True):
    """What the attack found (solver.Report). publicaties: attacked together; weggelaten: counts that were left out."""

    publicaties: int = 1
    cellen: int = 0
    cellen_onder_10: int = 0
    smalste: int | None = None
    losgelaten: int = 0
    weggelaten: int = 0


class Gebruik(BaseModel, frozen=True):
    """What a reader can use (use.by_reader): figures shown, in words, and not; norms, and how many are judged."""

    lezer: str
    getoond: int
    in_woorden: int
    te_klein: int
    normen: int
    oordelen: int


class PublicationManifest(Manifest):
    """manifest.json of a publication. bestanden: SHA-256 per file; keuzes: the selections, as kind and name."""

    basis: int | None = None
    zout_vingerafdruk: str | None = None
    stadsdelen: tuple[str, ...] = ()
    wijkteams: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    alle_wijkteams: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    keuzes: tuple[tuple[str, str], ...] = ()
    aanval: Aanval | None = None
    gebruik: tuple[Gebruik, ...] = ()
    bestanden: dict[str, str] = Field(default_factory=dict)


class NoPublication(NoSnapshot):
    """Nothing was published yet, or it cannot be read."""


def published_file(folder: Path, name: str, digest: str) -> bytes:
    """The content of a file of a publication. Raises NoPublication when it is not what was published, or OSError."""
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise NoPublication(_SAYS["changed"])
    return content


class Publication:
    """One publication, in the place of a Database: the same attributes and the same answers, of protected figures.

    ``wetten`` and ``cohorten`` are empty, because nothing was published by them; wijkteams are in the answers only.
    ``delen``: the parts of the city that were published, each as the stadsdelen that it is together.
    """

    grens = None
    doelgroepen = contract.DOELGROEPEN
    wetten: tuple[str, ...] = ()
    cohorten: tuple[int, ...] = ()

    def __init__(self, folder: Path) -> None:
        """Read the publication in ``folder``; raises NoPublication unless it is whole and as it was made."""
        self.folder = folder
        try:
            self.manifest = PublicationManifest.read(folder)
            contents = {name: published_file(folder, name, sha) for name, sha in self.manifest.bestanden.items()}
            self._frames = {
                Path(name).stem: pl.read_parquet(io.BytesIO(content))
                for name, content in contents.items()
                if name.endswith(".parquet")
            }
        except (OSError, ValueError, pl.exceptions.PolarsError) as error:
            raise NoPublication(_SAYS["unreadable"]) from error
        if self.manifest.formaat not in LEESBAAR:
            raise NoPublication(_SAYS["newer" if self.manifest.formaat > FORMAAT else "older"])
        if not self._frames:
            raise NoPublication(_SAYS["unreadable"])
        self.peildatum, self.demo = self.manifest.peildatum, self.manifest.demo
        self.identity = f"{OPENBAAR}#{folder.name}#{self.manifest.levering_id}"
        self.stadsdelen, self.wijkteams = self.manifest.stadsdelen, self.manifest.wijkteams
        self.alle_wijkteams = self.manifest.alle_wijkteams
        self.delen = tuple(tuple(naam.split(TOGETHER)) for soort, naam in self.manifest.keuzes if soort == "deel")

    def check(self, selection: Selection) -> None:
        """Refuse a selection that was not published; raises InvalidSelection."""
        self._part(selection)

    def _part(self, selection: Selection) -> tuple[str, str]:
        others = replace(selection, stadsdelen=(), doelgroepen=(), peildatum=None)
        deel = next((TOGETHER.join(deel) for deel in self.delen if {*deel} == {*selection.stadsdelen}), None)
        areas = [("stadsdeel", naam, self.stadsdelen) for naam in selection.stadsdelen]
        chosen = [
            *([("deel", deel, (deel,))] if deel else areas),
            *(("doelgroep", naam, self.doelgroepen) for naam in selection.doelgroepen),
        ]
        if others != Selection() or len(chosen) > 1 or selection.peildatum not in (None, self.peildatum):
            delen = "".join(f", voor {enumerate_words(deel)} samen" for deel in self.delen)
            raise InvalidSelection(_SAYS["one_at_a_time"].format(delen=delen))
        soort, naam, known = chosen[0] if chosen else ("stad", "", ("",))
        if naam not in known:
            raise InvalidSelection(_SAYS["unknown"].format(soort=soort, keuze=", ".join(known)))
        return soort, naam

    def shown(self, name: str, selection: Selection) -> pl.DataFrame:
        """The answer with, beside every figure, the column that says how it is shown.

        Raises InvalidSelection for a selection that was not published, QueryError for a question that is not public.
        """
        soort, naam = self._part(selection)
        if name not in self._frames:
            raise QueryError(_SAYS["not_public"].format(titel=VRAGEN[name].titel))
        own = self._frames[name].filter(pl.col(SOORT) == soort, pl.col(SOORT_NAAM) == naam).drop(SOORT, SOORT_NAAM)
        # A publication of before told more of a doelgroep.
        if own.is_empty() and not apart(name, soort):
            raise InvalidSelection(_SAYS["not_apart"].format(titel=VRAGEN[name].titel, soort=soort))
        return own

    def answer(self, name: str, selection: Selection) -> pl.DataFrame:
        """The answer with the columns of the question; a protected figure is empty."""
        return self.shown(name, selection).drop([weergave_van(kolom) for kolom in figures(name)])

    def limited(self, grens: object) -> "Publication":
        """The same: what is public is public for everybody."""
        return self

    def table(self, name: str) -> pl.DataFrame:
        """The answers to a question for every selection, which the first two columns name."""
        return self._frames[name]

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that were published."""
        return tuple(self._frames)
