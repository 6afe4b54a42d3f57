"""levering.toml: how the names, codes and files of a municipality map to the contract.

    datumvolgorde = "dmj"                 # for every file; a table may say otherwise
    sleutel = "Clientnummer"              # make inburgeraar_id a keyed hash of this column

    [inburgeraar]
    bestand = "clienten.csv"              # one file may feed several tables
    codering = "windows-1252"

    [inburgeraar.kolommen]                # column of the contract = column in the file
    datum_huisvesting = "Gehuisvest op"

    [inburgeraar.codes.wet]               # own code = code of the contract; "" is an empty cell
    "Wet 2021" = "WI2021"

    [pip]
    bestand = "clienten.csv"
    alleen_als_gevuld = "PIP getekend op" # other rows of the file are not of this table

    [pip.vast]                            # the same value in every row, where the file has no such column
    gemeentecode = "0392"

Every error is told in Dutch with the line on which it stands.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from data import contract, errors
from data.delivery import reading, values
from data.delivery.guard import bsn, names
from data.errors import RefusedError

BESTAND = "levering.toml"
# The parser takes a time that grows with the square of a line: a key may have a dot behind every letter.
MAX_GROOTTE, MAX_REGEL = 64 * 1024, 1_000

# Of valid TOML what a bracket or a line end may be hidden in, and those themselves.
_TEKENS = re.compile(r'''"""(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*'|#[^\n]*|[][{}\n]''', re.S)

_SCHEIDINGSTEKENS = {";": ";", ",": ",", "|": "|", "\t": "\t", "tab": "\t"}
_OPMAAK = ("scheidingsteken", "codering", "datumvolgorde", "decimaalteken", "blad", "kopregel")
_ALGEMEEN = ("scheidingsteken", "codering", "datumvolgorde", "decimaalteken", "sleutel")
_PER_TABEL = ("bestand", "sleutel", "alleen_als_gevuld", "kolommen", "codes", "vast", *_OPMAAK)


@dataclass(frozen=True)
class Koppeling:
    """How one table is delivered. kolommen: own name by contract name; codes: per column, own code to code.

    codes and vast hold texts as a file would (`true` for a boolean). gegeven: levering.toml speaks of the table.
    """

    bestand: str | None = None
    sleutel: str | None = None
    gevuld: tuple[str, ...] = ()
    kolommen: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    vast: dict[str, str] = field(default_factory=dict)
    opmaak: reading.Opmaak = field(default_factory=reading.Opmaak)
    gegeven: bool = False

    def eigen_naam(self, kolom: str) -> str:
        """The name in the file of a column of the contract."""
        if kolom == "inburgeraar_id" and self.sleutel:
            return self.sleutel
        return self.kolommen.get(kolom, kolom)


def lees(map_: Path) -> dict[str, Koppeling]:
    """A Koppeling for every table of the contract; what levering.toml leaves out follows the contract.

    Raises RefusedError that tells of every error by line number.
    """
    pad = map_ / BESTAND
    if not pad.exists():
        return {tabel: Koppeling() for tabel in contract.TABELLEN}
    try:
        if pad.stat().st_size > MAX_GROOTTE:
            raise RefusedError(f"{BESTAND} is groter dan 64 kB; dat kan niet kloppen.")
        tekst = pad.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fout:
        regel = fout.object.count(b"\n", 0, fout.start) + 1
        raise RefusedError(f"{BESTAND}, regel {regel}: sla het bestand op als UTF-8.") from fout
    except OSError as fout:
        raise RefusedError(f"{BESTAND} kan niet worden gelezen{errors.oorzaak(fout)}.") from fout
    for nummer, regel in enumerate(tekst.split("\n"), start=1):
        if bsn.in_tekst(regel):
            raise RefusedError(f"{BESTAND}, regel {nummer}: hier staat een BSN. De levering is geweigerd.")
        if len(regel) > MAX_REGEL:
            raise RefusedError(f"{BESTAND}, regel {nummer}: deze regel heeft meer dan 1.000 tekens. Verdeel haar.")
    try:
        inhoud = tomllib.loads(tekst)
    except (tomllib.TOMLDecodeError, RecursionError) as fout:
        raise RefusedError(_schrijffout(str(fout), tekst)) from fout
    return _Lezer(inhoud, tekst).koppelingen()


def met_eigen_namen(reden: str, kolomnamen: dict[str, str]) -> str:
    """A reason in the contract's words, with the delivery's own column name behind every column it names."""
    if not kolomnamen:
        return reden
    namen = "|".join(sorted(map(re.escape, kolomnamen), key=len, reverse=True))
    return re.sub(rf"\b({namen})\b", lambda raak: f"{raak[1]} (kolom {kolomnamen[raak[1]]})", reden)


def _schrijffout(melding: str, tekst: str) -> str:
    plaats = re.search(r"at line (\d+), column (\d+)", melding)
    regel, positie = (int(plaats[1]), int(plaats[2])) if plaats else (tekst.rstrip("\n").count("\n") + 1, None)
    if "Cannot declare" in melding or "Cannot overwrite" in melding or "Duplicate" in melding:
        wat = "dit staat er al: een naam of een [kop] mag maar één keer voorkomen."
    else:
        wat = 'dit is geen geldige TOML. Schrijf bijvoorbeeld: bestand = "clienten.csv", met rechte aanhalingstekens.'
    return f"{BESTAND}, regel {regel}{f', positie {positie}' if positie else ''}: {wat}"


def _uitspraken(tekst: str) -> Iterator[tuple[int, str]]:
    """Of valid TOML every statement and the line on which it begins: a bracket or a quote may run on over lines."""
    nummer, begin, diepte = 1, 0, 0
    for raak in _TEKENS.finditer(tekst + "\n"):
        diepte += {"[": 1, "{": 1, "]": -1, "}": -1}.get(raak[0], 0)
        if raak[0] == "\n" and not diepte:
            yield nummer, (stuk := tekst[begin : raak.end()])
            nummer, begin = nummer + stuk.count("\n"), raak.end()


def _regelnummers(tekst: str) -> dict[tuple[str, ...], int]:
    """The line of every header and key of valid TOML."""
    gevonden: dict[tuple[str, ...], int] = {}
    kop: tuple[str, ...] = ()

    def onthoud(waarde: Any, pad: tuple[str, ...], nummer: int) -> tuple[str, ...]:
        diepste = pad
        if isinstance(waarde, list) and waarde and isinstance(waarde[0], dict):
            waarde = waarde[0]
        if isinstance(waarde, dict):
            for naam, deel in waarde.items():
                gevonden.setdefault((*pad, naam), nummer)
                diepste = onthoud(deel, (*pad, naam), nummer)
        return diepste

    for nummer, stuk in _uitspraken(tekst):
        deel = tomllib.loads(stuk)
        if stuk.lstrip().startswith("["):
            kop = onthoud(deel, (), nummer)
        else:
            onthoud(deel, kop, nummer)
    return gevonden


class _Lezer:
    """Checks the parsed file against the contract and gathers every error with its line."""

    def __init__(self, inhoud: dict[str, Any], tekst: str) -> None:
        self.inhoud = inhoud
        self.regels = _regelnummers(tekst)
        self.fouten: list[tuple[int, str]] = []

    def koppelingen(self) -> dict[str, Koppeling]:
        """Raises RefusedError when anything is wrong."""
        algemeen = {}
        for naam, waarde in self.inhoud.items():
            if naam in contract.TABELLEN and isinstance(waarde, dict):
                continue
            if naam in contract.TABELLEN:
                self.fout((naam,), f"{naam} is een tabel: schrijf [{naam}] op een eigen regel.")
            elif naam in _ALGEMEEN:
                algemeen[naam] = self.waarde((naam,), waarde)
            elif isinstance(waarde, (dict, list)):
                self.onbekend((naam,), "tabel", contract.TABELLEN)
            else:
                self.onbekend((naam,), "instelling", _ALGEMEEN)
        uit = {}
        for tabel in contract.TABELLEN:
            deel = self.inhoud.get(tabel)
            if isinstance(deel, dict):
                uit[tabel] = self.tabel(tabel, deel, algemeen)
            else:
                opmaak = reading.Opmaak(**{naam: algemeen.get(naam) for naam in _OPMAAK if naam in algemeen})
                uit[tabel] = Koppeling(opmaak=opmaak, sleutel=self.sleutel(tabel, algemeen.get("sleutel")))
        self.een_sleutel_voor_allen(uit)
        if self.fouten:
            raise RefusedError("\n".join(f"{BESTAND}, regel {regel}: {tekst}" for regel, tekst in sorted(self.fouten)))
        return uit

    def fout(self, pad: tuple[str, ...], tekst: str) -> None:
        while pad and pad not in self.regels:
            pad = pad[:-1]
        self.fouten.append((self.regels.get(pad, 1), tekst))

    def onbekend(self, pad: tuple[str, ...], wat: str, mogelijk: Iterable[str]) -> None:
        mogelijk = [str(naam) for naam in mogelijk]
        lijkt = difflib.get_close_matches(pad[-1], mogelijk, n=1)
        raad = f"Bedoelt u {lijkt[0]}?" if lijkt else f"Mogelijk: {', '.join(mogelijk)}."
        self.fout(pad, f"onbekende {wat} {_toon(pad[-1])}. {raad}")

    @staticmethod
    def sleutel(tabel: str, sleutel: str | None) -> str | None:
        return sleutel if "inburgeraar_id" in contract.TABELLEN[tabel].column_names() else None

    def een_sleutel_voor_allen(self, koppelingen: dict[str, Koppeling]) -> None:
        met = [tabel for tabel, koppeling in koppelingen.items() if koppeling.sleutel]
        zonder = [tabel for tabel in koppelingen if self.sleutel(tabel, "x") and tabel not in met]
        if met and zonder:
            self.fout(
                (met[0], "sleutel"),
                "een sleutel geldt voor alle tabellen met personen of voor geen; hij ontbreekt bij "
                f"{', '.join(zonder)}.",
            )

    def tabel(self, tabel: str, deel: dict[str, Any], algemeen: dict[str, Any]) -> Koppeling:
        waarden_ = dict(algemeen)
        for naam, waarde in deel.items():
            if naam not in _PER_TABEL:
                self.onbekend((tabel, naam), "instelling", _PER_TABEL)
            elif naam not in ("kolommen", "codes", "vast"):
                waarden_[naam] = self.waarde((tabel, naam), waarde)
        kolommen = self.kolommen(tabel, deel.get("kolommen", {}))
        sleutel = self.sleutel(tabel, waarden_.get("sleutel"))
        if "sleutel" in deel and not sleutel:
            self.fout((tabel, "sleutel"), f"{tabel} heeft geen inburgeraar_id en dus geen sleutel.")
        if sleutel and "inburgeraar_id" in kolommen:
            self.fout((tabel, "kolommen", "inburgeraar_id"), "kies: een sleutel of een kolom voor inburgeraar_id.")
        for kolom, eigen in kolommen.items():
            if sleutel and eigen == sleutel and kolom != "inburgeraar_id":
                self.fout((tabel, "kolommen", kolom), "de kolom van de sleutel kan geen andere kolom vullen.")
        vast = self.vast(tabel, deel.get("vast", {}), kolommen)
        gevuld = waarden_.get("alleen_als_gevuld") or ()
        return Koppeling(
            bestand=waarden_.get("bestand"),
            sleutel=sleutel,
            gevuld=(gevuld,) if isinstance(gevuld, str) else tuple(gevuld),
            kolommen=kolommen,
            codes=self.codes(tabel, deel.get("codes", {})),
            vast=vast,
            opmaak=reading.Opmaak(**{naam: waarden_.get(naam) for naam in _OPMAAK}),
            gegeven=True,
        )

    def waarde(self, pad: tuple[str, ...], waarde: Any) -> Any:
        """A setting's value, or None after telling what is wrong with it."""
        naam = pad[-1]
        if naam == "kopregel":
            if type(waarde) is int and 1 <= waarde <= 10_000:
                return waarde
            return self.fout(pad, "kopregel is een regelnummer, zonder aanhalingstekens: kopregel = 3.")
        if naam == "alleen_als_gevuld" and isinstance(waarde, list) and waarde:
            if all(isinstance(deel, str) and deel.strip() for deel in waarde):
                return [deel.strip() for deel in waarde]
            return self.fout(pad, "alleen_als_gevuld bevat kolomnamen tussen aanhalingstekens.")
        if not isinstance(waarde, str) or not (waarde == "\t" or waarde.strip()):
            return self.fout(pad, f'{naam} is een tekst tussen aanhalingstekens: {naam} = "...".')
        keuzes: dict[str, dict[str, str]] = {
            "scheidingsteken": _SCHEIDINGSTEKENS,
            "codering": {"utf-8": "utf-8", "utf-8-sig": "utf-8", "windows-1252": "cp1252", "utf-16": "utf-16"},
            "datumvolgorde": {volgorde: volgorde for volgorde in values.VOLGORDEN},
            "decimaalteken": {",": ",", ".": "."},
        }
        if naam in keuzes:
            gekozen = keuzes[naam].get(waarde if waarde == "\t" else waarde.strip().lower())
            if gekozen is None:
                mogelijk = " ".join("tab" if keuze == "\t" else keuze for keuze in dict.fromkeys(keuzes[naam]))
                return self.fout(pad, f"{naam} kent {_toon(waarde)} niet. Mogelijk: {mogelijk}")
            return gekozen
        waarde = waarde.strip()
        if naam == "bestand" and (Path(waarde).name != waarde or "\\" in waarde or waarde in (".", "..")):
            return self.fout(pad, "bestand is de naam van een bestand in de map van de levering, zonder map ervoor.")
        return waarde

    def deeltabel(self, pad: tuple[str, ...], waarde: Any) -> dict[str, Any]:
        if isinstance(waarde, dict):
            return waarde
        self.fout(pad, f"{pad[-1]} is een tabel: schrijf [{'.'.join(pad)}] op een eigen regel.")
        return {}

    def kolom(self, pad: tuple[str, ...], tabel: str) -> bool:
        if pad[-1] in contract.TABELLEN[tabel].column_names():
            return True
        self.onbekend(pad, f"kolom van {tabel}", contract.TABELLEN[tabel].column_names())
        return False

    def kolommen(self, tabel: str, deel: Any) -> dict[str, str]:
        uit: dict[str, str] = {}
        for kolom, eigen in self.deeltabel((tabel, "kolommen"), deel).items():
            pad = (tabel, "kolommen", kolom)
            if not self.kolom(pad, tabel):
                continue
            if not isinstance(eigen, str) or not eigen.strip():
                self.fout(pad, f'de naam van een kolom staat tussen aanhalingstekens: {kolom} = "...".')
            elif not names.is_toonbaar(eigen):
                self.fout(pad, "deze kolomnaam bevat een lang getal of vreemd teken. Geef de kolom een andere naam.")
            else:
                uit[kolom] = " ".join(eigen.split())
        return uit

    def codes(self, tabel: str, deel: Any) -> dict[str, dict[str, str]]:
        uit: dict[str, dict[str, str]] = {}
        for kolom, vertaling in self.deeltabel((tabel, "codes"), deel).items():
            if not self.kolom((tabel, "codes", kolom), tabel):
                continue
            if kolom == "inburgeraar_id":
                self.fout((tabel, "codes", kolom), "inburgeraar_id heeft geen codes.")
                continue
            uit[kolom] = {}
            for eigen, code in self.deeltabel((tabel, "codes", kolom), vertaling).items():
                gelezen = self.code((tabel, "codes", kolom, eigen), tabel, kolom, code)
                if gelezen is not None:
                    uit[kolom][eigen.strip()] = gelezen
        return uit

    def vast(self, tabel: str, deel: Any, kolommen: dict[str, str]) -> dict[str, str]:
        uit = {}
        for kolom, waarde in self.deeltabel((tabel, "vast"), deel).items():
            pad = (tabel, "vast", kolom)
            if not self.kolom(pad, tabel):
                continue
            if kolom in contract.TABELLEN[tabel].primary_key():
                self.fout(pad, f"{kolom} hoort bij de sleutel van {tabel} en kan niet in elke rij gelijk zijn.")
            elif kolom in kolommen:
                self.fout(pad, f"{kolom} staat ook onder kolommen; kies een van beide.")
            elif (gelezen := self.code(pad, tabel, kolom, waarde)) is not None:
                uit[kolom] = gelezen
        return uit

    def code(self, pad: tuple[str, ...], tabel: str, kolom: str, waarde: Any) -> str | None:
        """A value of the contract as text, or None after telling why it is none. An empty text is no value."""
        definitie = contract.TABELLEN[tabel].columns()[kolom]
        if waarde == "" and definitie.nullable:
            return ""
        if definitie.dtype == pl.Boolean:
            if isinstance(waarde, bool):
                return "true" if waarde else "false"
            return self.fout(pad, f"{kolom} is true of false, zonder aanhalingstekens.")
        if definitie.dtype == pl.Int64:
            if type(waarde) is int and waarde >= 0:
                return str(waarde)
            return self.fout(pad, f"{kolom} is een geheel getal, zonder aanhalingstekens.")
        if definitie.dtype == pl.Date:
            if values.lees_datum(str(waarde), "jmd"):
                return str(waarde)
            return self.fout(pad, f'{kolom} is een datum als "2022-06-01"{" of leeg" if definitie.nullable else ""}.')
        if not isinstance(waarde, str) or not waarde:
            return self.fout(pad, f"{kolom} is een tekst tussen aanhalingstekens.")
        metadata = definitie.metadata or {}
        mogelijk = contract.wijkteams() if metadata.get("referentie") == "wijkteam" else metadata.get("codes")
        if mogelijk and waarde not in mogelijk:
            return self.fout(pad, f"{kolom} kent de code {_toon(waarde)} niet. Mogelijk: {', '.join(mogelijk)}.")
        if definitie.regex and not re.fullmatch(definitie.regex, waarde):
            return self.fout(pad, f"{kolom} heeft niet de voorgeschreven vorm: {definitie.description}.")
        return waarde


def _toon(naam: str) -> str:
    return f"'{naam}'" if names.is_toonbaar(naam) else "(weggelaten)"
