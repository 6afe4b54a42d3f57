"""A draft of levering.toml, from nothing but the names of files, sheets and columns: `--ontwerp DIR`.

What a name means is told by the contract, by draft.toml (other words for it) and, when neither knows it, by likeness.
No value goes into the draft or into what is told of it, so a column's name is written only of a file in which a header
was recognised: without one, its first line may be a person.
"""

import difflib
import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import dataframely as dy

from data import contract
from data.delivery import mapping
from data.delivery.guard import names, search
from data.delivery.reading import ACHTERVOEGSELS, open_source
from data.delivery.source import ZONDER_KOP, Bron, Opmaak
from data.delivery.xlsx_file import Werkmap
from data.errors import RefusedError, cause
from data.intake import TEXTS

SAYS: dict[str, str] = TEXTS["draft"]
# Other words for a table, and per table (or for all, under its own name) for a column.
WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ID = "inburgeraar_id"
# So alike are names that may mean the same; what is less than certain is said to be so.
ALIKE, CERTAIN = 0.8, 0.99
# This part of a table's columns is in the file that feeds it, never one alone: that may be a value that looks like a
# column ("van"). A file that is called after the table goes first.
ENOUGH, CALLED = 0.5, 0.3
# So many names that are not used are told.
TOLD = 10


@dataclass
class _Table:
    """What feeds a table: own name by contract name, how alike they are, and what else it could have been."""

    tabel: str
    bron: Bron
    kolommen: dict[str, str] = field(default_factory=dict)
    hoe: dict[str, float] = field(default_factory=dict)
    ook: dict[str, str] = field(default_factory=dict)
    gedeeld: bool = False

    @property
    def score(self) -> tuple[float, int]:
        """Which part of the columns was found, and how many; 0 when that is not enough."""
        gevraagd = _required(self.tabel)
        gevonden = sum(self.hoe[kolom] for kolom in self.kolommen if kolom in gevraagd)
        if len(self.kolommen) < 2 or gevonden < ENOUGH * len(gevraagd):
            return 0, 0
        return gevonden / len(gevraagd) + _called(self.bron, self.tabel) * CALLED, len(self.kolommen)


def write(map_: Path, behalve: Path) -> str:
    """Draft levering.toml in the folder of a delivery; returns what is in it and what to do, in Dutch.

    behalve: see `search.files`. Raises RefusedError when there is one already, or no file looks like a table.
    """
    pad = map_ / mapping.BESTAND
    if pad.exists():
        raise RefusedError(SAYS["there_is_one"].format(map=map_))
    bronnen = [bron for pad in search.files(map_, behalve) if pad.parent == map_ for bron in _sources(pad)]
    tabellen = _feeding(bronnen)
    if not tabellen:
        raise RefusedError(SAYS["nothing"].format(map=map_))
    tekst = "\n\n".join([SAYS["head"], *(_section(tabel, tabellen.get(tabel)) for tabel in contract.TABELLEN)])
    try:
        with pad.open("x", encoding="utf-8") as bestand:
            bestand.write(tekst + _left_over(tabellen, bronnen) + "\n")
    except OSError as fout:
        raise RefusedError(SAYS["disk"].format(oorzaak=cause(fout))) from fout
    told = {"tabellen": len(tabellen), "van": len(contract.TABELLEN)}
    told |= {wat: len(re.findall(rf"# {SAYS[wat]}", tekst)) for wat in ("missing", "unsure")}
    return SAYS["told"].format(map=map_, bestand=pad, **told)


def _sources(pad: Path) -> list[Bron]:
    """A file, or every sheet of a workbook, with its columns; nothing of what the system leaves behind."""
    if pad.suffix.lower() not in ACHTERVOEGSELS or search.VANZELF.fullmatch(pad.name):
        return []
    verwacht = [naam for tabel in contract.TABELLEN for kolom in _columns(tabel) for naam in _names(tabel, kolom)]
    if ACHTERVOEGSELS[pad.suffix.lower()] != "xlsx":
        return [open_source(pad, Opmaak(), verwacht)]
    with Werkmap(pad) as werkmap:
        namen = frozenset(naam.casefold() for naam in verwacht)
        return [werkmap.read(blad, Opmaak(), namen) for blad in werkmap.bladen if names.may_be_shown(blad)]


def _feeding(bronnen: list[Bron]) -> dict[str, _Table]:
    """Which file feeds which table: the surest first, and what that one uses is not there for another."""
    vrij = {bron: [naam for naam in bron.soorten if _may_be_used(naam)] for bron in bronnen}
    te_doen, gevonden = list(contract.TABELLEN), {}
    while te_doen:
        fits = (_fit(tabel, bron, vrij[bron]) for tabel in te_doen for bron in vrij)
        beste = max(fits, key=lambda een: een.score, default=None)
        if not beste or not beste.score[0]:
            break
        beste.gedeeld = any(ander.bron is beste.bron for ander in gevonden.values())
        gevonden[beste.tabel] = beste
        te_doen.remove(beste.tabel)
        gebruikt = {naam for kolom, naam in beste.kolommen.items() if kolom != ID}
        vrij[beste.bron] = [naam for naam in vrij[beste.bron] if naam not in gebruikt]
    return gevonden


def _may_be_used(naam: str) -> bool:
    return names.may_be_shown(naam) and not naam.endswith(ZONDER_KOP)


def _fit(tabel: str, bron: Bron, namen: list[str]) -> _Table:
    """The columns of a file that look most like those of a table, each used once."""
    paren = [(_likeness(tabel, kolom, naam), kolom, naam) for kolom in _columns(tabel) for naam in namen]
    fit = _Table(tabel, bron)
    for hoe, kolom, naam in sorted((paar for paar in paren if paar[0]), key=lambda paar: -paar[0]):
        if kolom in fit.kolommen:
            fit.ook.setdefault(kolom, naam)
        elif naam not in fit.kolommen.values():
            fit.kolommen[kolom], fit.hoe[kolom] = naam, hoe
    fit.ook = {kolom: naam for kolom, naam in fit.ook.items() if naam not in fit.kolommen.values()}
    return fit


def _columns(tabel: str) -> dict[str, dy.Column]:
    return contract.TABELLEN[tabel].columns()


def _required(tabel: str) -> list[str]:
    """The columns by which a table is known: not the id, which every file has, nor what may lack."""
    return [kolom for kolom in _columns(tabel) if kolom != ID and kolom not in contract.OPTIONEEL.get(tabel, ())]


def _names(tabel: str, kolom: str) -> list[str]:
    """What a column may be called."""
    return [kolom, *WORDS["kolommen"].get(tabel, {}).get(kolom, WORDS["kolommen"].get(kolom, []))]


def _words(naam: str) -> list[str]:
    """A name in small letters without accents, word by word: DatumStart is two words."""
    kaal = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", naam)).encode("ascii", "ignore").decode()
    return re.findall("[a-z0-9]+", kaal.lower())


@lru_cache(maxsize=100_000)
def _likeness(tabel: str, kolom: str, naam: str) -> float:
    """How alike a column's name is to what it may be called: 1 is the same, 0 too little to count.

    With and without the words for the table itself: in a table of PIPs, 'PIP getekend op' is 'getekend op'.
    """
    mogelijk = ["".join(_words(een)) for een in _names(tabel, kolom)]
    van_tabel = {woord for een in (tabel, *WORDS["tabellen"][tabel]) for woord in _words(een)}
    zonder = "".join(woord for woord in _words(naam) if woord not in van_tabel)
    beste = 0.0
    for geschreven in filter(None, ("".join(_words(naam)), zonder)):
        for raak in difflib.get_close_matches(geschreven, mogelijk, n=1, cutoff=ALIKE):
            beste = max(beste, difflib.SequenceMatcher(None, raak, geschreven).ratio())
    return beste


def _called(bron: Bron, tabel: str) -> bool:
    """Whether a file or its sheet is called after a table."""
    namen = [" ".join(_words(een)) for een in (bron.blad or bron.pad.stem, bron.pad.stem)]
    return any(" ".join(_words(een)) in naam for een in (tabel, *WORDS["tabellen"][tabel]) for naam in namen)


def _section(tabel: str, fit: _Table | None) -> str:
    """What the draft says of a table."""
    if fit is None:
        return "# " + SAYS["no_file"].format(tabel=tabel)
    eigen = _columns(tabel)
    gemist = [kolom for kolom in (ID, *_required(tabel)) if kolom in eigen and kolom not in fit.kolommen]
    if not gemist and fit.bron.pad.stem.lower() == tabel and all(een == ander for een, ander in fit.kolommen.items()):
        return "# " + SAYS["as_it_is"].format(tabel=tabel, bestand=fit.bron.naam)
    regels = [f"[{tabel}]", f"bestand = {_quoted(fit.bron.pad.name)}"]
    if fit.bron.blad is not None:
        regels.append(f"blad = {_quoted(fit.bron.blad)}")
    if fit.gedeeld and (eerste := next((k for k in _required(tabel) if k in fit.kolommen), None)):
        regels.append(f"alleen_als_gevuld = {_quoted(fit.kolommen[eerste])}  # {SAYS['unsure']}: {SAYS['shared']}")
    regels += ["", f"[{tabel}.kolommen]"]
    for kolom in eigen:
        if kolom in fit.kolommen:
            regels.append(f"{kolom} = {_quoted(fit.kolommen[kolom])}{_doubt(fit, kolom)}")
        elif kolom in gemist:
            regels.append(f'# {kolom} = ""  # {SAYS["missing"]}: {eigen[kolom].description}')
    codes = {kolom: (eigen[kolom].metadata or {}).get("codes") for kolom in eigen if kolom in fit.kolommen}
    if any(codes.values()):
        regels += ["", "# " + SAYS["codes"]]
        regels += [f"# [{tabel}.codes.{kolom}]  # {', '.join(van)}" for kolom, van in codes.items() if van]
    return "\n".join(regels)


def _doubt(fit: _Table, kolom: str) -> str:
    """What is not sure of a column, as a comment behind it."""
    redenen = [SAYS["alike"].format(kolom=kolom)] if fit.hoe[kolom] < CERTAIN else []
    redenen += [SAYS["also"].format(naam=fit.ook[kolom])] if kolom in fit.ook else []
    if kolom == ID and re.search("nummer|nr$|bsn", fit.kolommen[kolom], re.I):
        redenen.append(SAYS["number"].format(naam=fit.kolommen[kolom]))
    return f"  # {SAYS['unsure']}: {'; '.join(redenen)}" if redenen else ""


def _left_over(tabellen: dict[str, _Table], bronnen: list[Bron]) -> str:
    """The files that feed no table, and of the others the columns that no table uses."""
    regels = []
    for bron in bronnen:
        van = [fit for fit in tabellen.values() if fit.bron is bron]
        gebruikt = {naam for fit in van for naam in fit.kolommen.values()}
        over = [naam for naam in bron.soorten if naam not in gebruikt and _may_be_used(naam)]
        if not van:
            regels.append("# " + SAYS["unknown"].format(bestand=bron.naam))
        elif over:
            meer = SAYS["more"].format(aantal=len(over) - TOLD) if len(over) > TOLD else ""
            regels.append("# " + SAYS["unused"].format(bestand=bron.naam, namen=", ".join(over[:TOLD]) + meer))
    return "".join(f"\n{regel}" for regel in ["", *regels]) if regels else ""


def _quoted(tekst: str) -> str:
    """As a text of TOML, which escapes as JSON does."""
    return json.dumps(tekst, ensure_ascii=False)
