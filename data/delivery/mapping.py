"""levering.toml: how the names, codes and files of a municipality map to the contract; data/README.md has an example.

Every error is told in Dutch, by the key that is wrong; of a file that is no TOML, by its line.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import dataframely as dy

from data import contract, errors
from data.delivery import csv_file, values
from data.delivery.guard import bsn, names
from data.delivery.refusals import SAYS
from data.delivery.source import Opmaak
from data.errors import RefusedError

BESTAND = "levering.toml"
# The parser takes a time that grows with the square of a line: a key may have a dot behind every letter.
MAX_GROOTTE, MAX_REGEL = 64 * 1024, 1_000

_WITH_ID = [tabel for tabel, schema in contract.TABELLEN.items() if "inburgeraar_id" in schema.column_names()]
_FILE_NAME = re.compile(r"(?!\.{1,2}$)[^/\\]+")
# The keys that lead to an error, and what is wrong there.
_Fout = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Koppeling(Opmaak):
    """How one table is delivered. kolommen: own name by contract name; codes: per column, own code to code.

    codes and vast hold texts as a file would (`true` for a boolean). gegeven: levering.toml speaks of the table.
    """

    sleutel: str | None = None
    bestand: str | None = None
    alleen_als_gevuld: list[str] = field(default_factory=list)
    kolommen: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    vast: dict[str, str] = field(default_factory=dict)
    gegeven: bool = False

    @property
    def opmaak(self) -> Opmaak:
        """How the file is written, as far as it is told."""
        return Opmaak(**{veld.name: getattr(self, veld.name) for veld in fields(Opmaak)})

    def own_name(self, kolom: str) -> str:
        """The name in the file of a column of the contract."""
        eigen = self.kolommen.get(kolom, kolom)
        return (self.sleutel or eigen) if kolom == "inburgeraar_id" else eigen


def read(map_: Path) -> dict[str, Koppeling]:
    """A Koppeling for every table of the contract; what levering.toml leaves out follows the contract.

    Raises RefusedError that tells of every error by its key.
    """
    pad = map_ / BESTAND
    fouten: list[_Fout] = []
    gelezen = _read(_FORM, _parse(_text(pad)) if pad.exists() else {}, (), fouten)
    koppelingen = {}
    for tabel in contract.TABELLEN:
        # What stands under a table's name, else what stands on top.
        eigen = {naam: gelezen[naam] for naam in gelezen.keys() & _FORM[tabel].keys()} | gelezen.get(tabel, {})
        koppelingen[tabel] = Koppeling(**eigen, gegeven=tabel in gelezen)
    if fouten := fouten or list(_contradictions(koppelingen)):
        raise RefusedError("\n".join(f"{BESTAND}, {_place(sleutels)}: {wat}" for sleutels, wat in fouten))
    return koppelingen


def _text(pad: Path) -> str:
    try:
        if pad.stat().st_size > MAX_GROOTTE:
            raise RefusedError(f"{BESTAND} is groter dan 64 kB; dat kan niet kloppen.")
        tekst = pad.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fout:
        regel = fout.object.count(b"\n", 0, fout.start) + 1
        raise RefusedError(f"{BESTAND}, regel {regel}: sla het bestand op als UTF-8.") from fout
    except OSError as fout:
        raise RefusedError(f"{BESTAND} kan niet worden gelezen{errors.cause(fout)}.") from fout
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        if bsn.in_text(regel):
            raise RefusedError(f"{BESTAND}, regel {nummer}: hier staat een BSN. De levering is geweigerd.")
        if len(regel) > MAX_REGEL:
            raise RefusedError(f"{BESTAND}, regel {nummer}: deze regel heeft meer dan 1.000 tekens. Verdeel haar.")
    return tekst


def _parse(tekst: str) -> dict[str, Any]:
    try:
        return tomllib.loads(tekst)
    except (tomllib.TOMLDecodeError, RecursionError) as fout:
        melding = str(fout)
    plaats = re.search(r"at line (\d+), column (\d+)", melding)
    regel, positie = (plaats[1], f", positie {plaats[2]}") if plaats else (tekst.rstrip("\n").count("\n") + 1, "")
    wat = 'dit is geen geldige TOML. Schrijf bijvoorbeeld: bestand = "clienten.csv", met rechte aanhalingstekens.'
    if re.search("Cannot declare|Cannot overwrite|Duplicate", melding):
        wat = "dit staat er al: een naam of een [kop] mag maar één keer voorkomen."
    raise RefusedError(f"{BESTAND}, regel {regel}{positie}: {wat}")


def _one_of(mogelijk: Mapping[str, str], waarde: object) -> str:
    if isinstance(waarde, str) and (gekozen := mogelijk.get(waarde.strip(" ").lower())):
        return gekozen
    raise ValueError(f"dit kan niet. Mogelijk: {' '.join(filter(str.isprintable, mogelijk))}")


def _written(waarde: object, fits: Callable[[str], bool] = bool, wat: str = "") -> str:
    if not isinstance(waarde, str) or not waarde.strip():
        raise ValueError("hier hoort een tekst tussen aanhalingstekens.")
    if not fits(waarde.strip()):
        raise ValueError(wat)
    return waarde.strip()


def _line(waarde: object) -> int:
    if type(waarde) is not int or not 1 <= waarde <= 10_000:
        raise ValueError("hier hoort een regelnummer, zonder aanhalingstekens: kopregel = 3.")
    return waarde


def _as_code(kolom: str, definitie: dy.Column, waarde: object) -> str:
    """A value of the contract as text; an empty text is no value. Raises ValueError when it is none."""
    if waarde == "" and definitie.nullable:
        return ""
    mogelijk = contract.wijkteams() if kolom == "wijkteam" else (definitie.metadata or {}).get("codes")
    match definitie:
        case dy.Bool() if not isinstance(waarde, bool):
            wat = "is true of false, zonder aanhalingstekens"
        case dy.Int64() if type(waarde) is not int or waarde < 0:
            wat = "is een geheel getal, zonder aanhalingstekens"
        case dy.Date() if not values.read_date(str(waarde), "jmd"):
            wat = f'is een datum als "2022-06-01"{" of leeg" if definitie.nullable else ""}'
        case dy.String() if not isinstance(waarde, str) or not waarde:
            wat = "is een tekst tussen aanhalingstekens"
        case dy.String() if mogelijk and waarde not in mogelijk:
            getoond = f"'{waarde}'" if names.may_be_shown(waarde) else "(weggelaten)"
            wat = f"kent de code {getoond} niet. Mogelijk: {', '.join(mogelijk)}"
        case dy.String() if definitie.regex and not re.fullmatch(definitie.regex, waarde):
            wat = f"heeft niet de voorgeschreven vorm: {definitie.description}"
        case _:
            return str(waarde).lower() if isinstance(waarde, bool) else str(waarde)
    raise ValueError(f"{kolom} {wat}.")


# What the file may hold: per key how its value is read, or what the table of that name may hold.
_FOR_ALL = {
    "scheidingsteken": partial(_one_of, csv_file.SCHEIDINGSTEKENS),
    "codering": partial(_one_of, csv_file.CODERINGEN),
    "datumvolgorde": partial(_one_of, {"dmj": "dmj", "mdj": "mdj", "jmd": "jmd"}),
    "decimaalteken": partial(_one_of, {",": ",", ".": "."}),
    "sleutel": _written,
}


def _form_of(tabel: str) -> dict[str, Any]:
    schema = contract.TABELLEN[tabel]
    code = {kolom: partial(_as_code, kolom, definitie) for kolom, definitie in schema.columns().items()}
    return {naam: soort for naam, soort in _FOR_ALL.items() if naam != "sleutel" or tabel in _WITH_ID} | {
        "bestand": partial(_written, fits=_FILE_NAME.fullmatch, wat=SAYS["no_file_name"]),
        "blad": _written,
        "kopregel": _line,
        # One name or a list of them.
        "alleen_als_gevuld": lambda een: list(map(_written, een if isinstance(een, list) and een else [een])),
        "kolommen": dict.fromkeys(code, partial(_written, fits=names.may_be_shown, wat=SAYS["no_column_name"])),
        # Whatever the own code is.
        "codes": {kolom: {None: soort} for kolom, soort in code.items() if kolom != "inburgeraar_id"},
        "vast": {kolom: soort for kolom, soort in code.items() if kolom not in schema.primary_key()},
    }


_FORM = _FOR_ALL | {tabel: _form_of(tabel) for tabel in contract.TABELLEN}


def _read(form: dict, inhoud: dict[str, Any], plek: tuple[str, ...], fouten: list[_Fout]) -> dict[str, Any]:
    """What a table of the file holds, as its form says; what is wrong in it is added to `fouten`."""
    gelezen = {}
    for naam, waarde in inhoud.items():
        soort = form.get(naam, form.get(None))
        try:
            if soort is None:
                raise ValueError(_unknown(form, (*plek, naam), waarde))
            if callable(soort):
                gelezen[naam if naam in form else naam.strip()] = soort(waarde)
            elif isinstance(waarde, dict):
                gelezen[naam] = _read(soort, waarde, (*plek, naam), fouten)
            else:
                raise ValueError(f"dit is een tabel: schrijf [{'.'.join((*plek, naam))}] op een eigen regel.")
        except ValueError as fout:
            fouten.append(((*plek, naam), str(fout)))
    return gelezen


def _place(sleutels: tuple[str, ...]) -> str:
    """A key as it stands in the file: `[pip.kolommen] leerroute`. A code of the delivery's own is not told."""
    *koppen, naam = sleutels
    if len(sleutels) > 3:
        return f"[{'.'.join(koppen)}]"
    naam = naam if names.may_be_shown(naam) else "(weggelaten)"
    return f"[{'.'.join(koppen)}] {naam}" if koppen else naam


def _unknown(form: dict, sleutels: tuple[str, ...], waarde: object) -> str:
    tabel, naam = sleutels[0], sleutels[-1]
    wat, mogelijk = "instelling", [naam for naam in form if naam not in contract.TABELLEN]
    if len(sleutels) > 2:
        wat, mogelijk = f"kolom van {tabel}", contract.TABELLEN[tabel].column_names()
        if naam in mogelijk:
            return f"{naam} hoort bij de sleutel van {tabel} en kan hier niet staan."
    elif len(sleutels) == 1 and isinstance(waarde, dict | list):
        wat, mogelijk = "tabel", list(contract.TABELLEN)
    lijkt = difflib.get_close_matches(naam, mogelijk, n=1)
    return f"onbekende {wat}. " + (f"Bedoelt u {lijkt[0]}?" if lijkt else f"Mogelijk: {', '.join(mogelijk)}.")


def _contradictions(koppelingen: Mapping[str, Koppeling]) -> Iterator[_Fout]:
    """What is right by itself and does not go together."""
    zonder = [tabel for tabel in _WITH_ID if not koppelingen[tabel].sleutel]
    if 0 < len(zonder) < len(_WITH_ID):
        wat = "een sleutel geldt voor alle tabellen met personen of voor geen; hij ontbreekt bij"
        yield ("sleutel",), f"{wat} {', '.join(zonder)}."
    for tabel, koppeling in koppelingen.items():
        for kolom, eigen in koppeling.kolommen.items():
            sleutels = (tabel, "kolommen", kolom)
            if koppeling.sleutel and kolom == "inburgeraar_id":
                yield sleutels, "kies: een sleutel of een kolom voor inburgeraar_id."
            elif eigen == koppeling.sleutel:
                yield sleutels, "de kolom van de sleutel kan geen andere kolom vullen."
            if kolom in koppeling.vast:
                yield (tabel, "vast", kolom), f"{kolom} staat ook onder kolommen; kies een van beide."
