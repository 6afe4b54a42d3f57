"""levering.toml: how the names, codes and files of a municipality map to the contract; data/README.md has an example.

Every error is told in Dutch, by the key that is wrong; of a file that is no TOML, by its line.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import dataframely as dy
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    create_model,
)
from typing_extensions import TypedDict

from data import contract, errors
from data.delivery import csv_file, values
from data.delivery.guard import bsn, names
from data.delivery.source import Opmaak
from data.errors import RefusedError

BESTAND = "levering.toml"
# The parser takes a time that grows with the square of a line: a key may have a dot behind every letter.
MAX_GROOTTE, MAX_REGEL = 64 * 1024, 1_000

_WITH_ID = [tabel for tabel, schema in contract.TABELLEN.items() if "inburgeraar_id" in schema.column_names()]


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
    if "Cannot declare" in melding or "Cannot overwrite" in melding or "Duplicate" in melding:
        wat = "dit staat er al: een naam of een [kop] mag maar één keer voorkomen."
    else:
        wat = 'dit is geen geldige TOML. Schrijf bijvoorbeeld: bestand = "clienten.csv", met rechte aanhalingstekens.'
    raise RefusedError(f"{BESTAND}, regel {regel}{positie}: {wat}")


def _one_of(mogelijk: Mapping[str, str], waarde: object) -> str:
    gekozen = mogelijk.get(waarde.strip(" ").lower()) if isinstance(waarde, str) else None
    if gekozen is None:
        raise ValueError(f"dit kan niet. Mogelijk: {' '.join(filter(str.isprintable, mogelijk))}")
    return gekozen


def _as_list(waarde: object) -> object:
    return [waarde] if isinstance(waarde, str) else waarde


def _file_name(waarde: str) -> str:
    if Path(waarde).name != waarde or "\\" in waarde or waarde in (".", ".."):
        raise ValueError("dit is de naam van een bestand in de map van de levering, zonder map ervoor.")
    return waarde


def _column_name(waarde: str) -> str:
    if not names.may_be_shown(waarde):
        raise ValueError("deze kolomnaam bevat een lang getal of vreemd teken. Geef de kolom een andere naam.")
    return " ".join(waarde.split())


def _as_code(kolom: str, definitie: dy.Column, waarde: object) -> str:
    """A value of the contract as text; an empty text is no value. Raises ValueError when it is none."""
    if waarde == "" and definitie.nullable:
        return ""
    metadata = definitie.metadata or {}
    mogelijk = contract.wijkteams() if metadata.get("referentie") == "wijkteam" else metadata.get("codes")
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


def _no_key(_: object) -> str:
    raise ValueError("deze tabel heeft geen inburgeraar_id en dus geen sleutel.")


def _choice(mogelijk: Mapping[str, str]) -> Any:
    return Annotated[str | None, PlainValidator(partial(_one_of, mogelijk))]


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Code = Annotated[str, StringConstraints(strip_whitespace=True)]


class _ForAll(BaseModel):
    """What may stand on top, for every table."""

    model_config = ConfigDict(extra="forbid", strict=True)

    scheidingsteken: _choice(csv_file.SCHEIDINGSTEKENS) = None
    codering: _choice(csv_file.CODERINGEN) = None
    datumvolgorde: _choice({"dmj": "dmj", "mdj": "mdj", "jmd": "jmd"}) = None
    decimaalteken: _choice({",": ",", ".": "."}) = None
    sleutel: _Text = None


class Koppeling(_ForAll):
    """How one table is delivered. kolommen: own name by contract name; codes: per column, own code to code.

    codes and vast hold texts as a file would (`true` for a boolean).
    """

    bestand: Annotated[_Text, AfterValidator(_file_name)] = None
    blad: _Text = None
    kopregel: Annotated[int, Field(ge=1, le=10_000)] = None
    alleen_als_gevuld: Annotated[list[_Text], Field(min_length=1), BeforeValidator(_as_list)] = []
    kolommen: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    vast: dict[str, str] = {}

    @property
    def opmaak(self) -> Opmaak:
        """How the file is written, as far as it is told."""
        return Opmaak(**{naam: getattr(self, naam) for naam in Opmaak.__dataclass_fields__})

    @property
    def gegeven(self) -> bool:
        """Whether levering.toml speaks of the table."""
        return type(self) is not Koppeling

    def own_name(self, kolom: str) -> str:
        """The name in the file of a column of the contract."""
        eigen = self.kolommen.get(kolom, kolom)
        return (self.sleutel or eigen) if kolom == "inburgeraar_id" else eigen


def _table_model(tabel: str) -> type[Koppeling]:
    """The form of [tabel], with the contract's columns and the values that each may have."""
    schema = contract.TABELLEN[tabel]
    code = {
        kolom: Annotated[str, PlainValidator(partial(_as_code, kolom, definitie))]
        for kolom, definitie in schema.columns().items()
    }
    per_kolom = {
        "kolommen": dict.fromkeys(code, Annotated[_Text, AfterValidator(_column_name)]),
        "codes": {kolom: dict[_Code, code[kolom]] for kolom in code if kolom != "inburgeraar_id"},
        "vast": {kolom: code[kolom] for kolom in code if kolom not in schema.primary_key()},
    }
    delen = {}
    for deel, soorten in per_kolom.items():
        delen[deel] = TypedDict(deel, soorten, total=False), {}
        delen[deel][0].__pydantic_config__ = _ForAll.model_config
    if tabel not in _WITH_ID:
        delen["sleutel"] = Annotated[str, PlainValidator(_no_key)], None
    return create_model(tabel, __base__=Koppeling, **delen)


_FILE = create_model(
    BESTAND, __base__=_ForAll, **{tabel: (_table_model(tabel), Koppeling()) for tabel in contract.TABELLEN}
)


def _with_general(tabel: str, gelezen: _ForAll) -> Koppeling:
    """What holds for one table: what stands under its name, else what stands on top."""
    koppeling: Koppeling = getattr(gelezen, tabel)
    open_ = set(_ForAll.model_fields) - koppeling.model_fields_set - (set() if tabel in _WITH_ID else {"sleutel"})
    return koppeling.model_copy(update={naam: getattr(gelezen, naam) for naam in open_})


def read(map_: Path) -> dict[str, Koppeling]:
    """A Koppeling for every table of the contract; what levering.toml leaves out follows the contract.

    Raises RefusedError that tells of every error by its key.
    """
    pad = map_ / BESTAND
    inhoud = _parse(_text(pad)) if pad.exists() else {}
    try:
        gelezen = _FILE.model_validate(inhoud)
    except ValidationError as fout:
        raise _refused(map(_in_dutch, fout.errors(include_url=False))) from None
    koppelingen = {tabel: _with_general(tabel, gelezen) for tabel in contract.TABELLEN}
    if tegenstrijdig := list(_contradictions(koppelingen)):
        raise _refused(tegenstrijdig)
    return koppelingen


_TEXT = "hier hoort een tekst tussen aanhalingstekens."
_LINE = "hier hoort een regelnummer, zonder aanhalingstekens: kopregel = 3."


def _refused(fouten: Iterable[tuple[tuple, str]]) -> RefusedError:
    return RefusedError("\n".join(f"{BESTAND}, {_place(sleutels)}: {tekst}" for sleutels, tekst in fouten))


def _place(sleutels: tuple) -> str:
    """A key as it stands in the file: `[pip.kolommen] leerroute`. A code of the delivery's own is not told."""
    koppen, naam = sleutels[:-1], sleutels[-1]
    if len(sleutels) > 3 or isinstance(naam, int):
        return f"[{'.'.join(map(str, koppen[:3]))}]"
    naam = naam if names.may_be_shown(naam) else "(weggelaten)"
    return f"[{'.'.join(koppen)}] {naam}" if koppen else naam


def _in_dutch(fout: Mapping[str, Any]) -> tuple[tuple, str]:
    """The keys that lead to an error of pydantic, and what is wrong there."""
    sleutels, soort = fout["loc"], fout["type"]
    if soort == "extra_forbidden":
        return sleutels, _unknown(sleutels, fout["input"])
    if soort in ("model_type", "dict_type"):
        return sleutels, f"dit is een tabel: schrijf [{'.'.join(sleutels)}] op een eigen regel."
    if soort == "value_error":
        return sleutels, str(fout["ctx"]["error"])
    return sleutels, _LINE if sleutels[-1] == "kopregel" else _TEXT


def _unknown(sleutels: tuple[str, ...], waarde: object) -> str:
    tabel, naam = sleutels[0], sleutels[-1]
    if len(sleutels) > 2:
        wat, mogelijk = f"kolom van {tabel}", contract.TABELLEN[tabel].column_names()
        if naam in mogelijk:
            return f"{naam} hoort bij de sleutel van {tabel} en kan hier niet staan."
    elif len(sleutels) == 2:
        wat, mogelijk = "instelling", list(Koppeling.model_fields)
    elif isinstance(waarde, dict | list):
        wat, mogelijk = "tabel", list(contract.TABELLEN)
    else:
        wat, mogelijk = "instelling", list(_ForAll.model_fields)
    lijkt = difflib.get_close_matches(naam, mogelijk, n=1)
    return f"onbekende {wat}. " + (f"Bedoelt u {lijkt[0]}?" if lijkt else f"Mogelijk: {', '.join(mogelijk)}.")


def _contradictions(koppelingen: Mapping[str, Koppeling]) -> Iterator[tuple[tuple, str]]:
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
