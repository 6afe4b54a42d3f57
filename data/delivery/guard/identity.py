"""What looks like personal data: names, birth dates, e-mail, telephone, V-nummer, postcode with house number.

None of these belongs in a delivery, so a column that looks like one refuses it. By its name, by the first
value that can be nothing else (an e-mail address, a mobile number), or by the share of its values.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

import polars as pl

from data import contract
from data.delivery import values

# At least this share of the distinct values in a sample has the form: then it is what the column holds.
AANDEEL = 0.5
STEEKPROEF = 20_000

_WOORDEN = {
    "een BSN": r"bsn|sofi|sofinummer|burgerservicenummer",
    "een naam": r"achternaam|voornaam|voornamen|voorletters?|roepnaam|geslachtsnaam|tussenvoegsels?|voorvoegsels?"
    r"|initialen|familienaam|meisjesnaam|partnernaam|clientnaam|cliëntnaam|klantnaam|persoonsnaam|naampersoon",
    "een geboortedatum": r"geboortedatum|geboortedag|geboortejaar|geboorte|geboren|gebdatum|gebdat|gebjaar",
    "een e-mailadres": r"email|emailadres|mailadres|mail",
    "een telefoonnummer": r"telefoon|telefoonnummer|telefoonnr|telnr|tel|mobiel|mobielnummer|gsm|telnummer|mobielnr",
    "een V-nummer": r"vnummer|vnr|vreemdelingennummer|indnummer",
    "een adres": r"adres|straat|straatnaam|woonadres|huisadres|postadres",
}
_SOORT_VAN_WOORD = {soort: re.compile(rf"(?:{woorden})") for soort, woorden in _WOORDEN.items()}
# A name of something that is no person.
_GEEN_PERSOON = re.compile(r"wijk|team|gemeente|school|organisatie|instelling|bestand|regeling|product|traject|dienst")

# One character in front is enough to find it: with more, a long word would be read anew from each of its letters.
EMAIL = r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]"
_MOBIEL = r"(?:^|[^0-9A-Za-z_-])(?:06|\+ ?31 ?\(?0?\)? ?-?6|00316)[ -]?(?:[0-9] ?){7}[0-9](?:$|[^0-9A-Za-z_-])"
_PER_AANDEEL = {
    # Nine digits behind the 0 or the country: a date such as 01-02-2022 has seven.
    "een telefoonnummer": r"^(?:(?:\+|00) ?31[ -]?(?:\(0\))?|\(?0)[ -]?\(?[1-9](?:[ ./()-]{0,2}[0-9]){8}$",
    "een V-nummer": r"^[0-9]{10}$",
    "een postcode met huisnummer": r"(?:^|[^0-9])[1-9][0-9]{3} ?[A-Za-z]{2}[ ,]+(?:nr\.? ?)?[0-9]{1,5}(?:$|[^0-9])",
    "een naam": r"^(?:\p{Lu}[\p{L}'-]+(?: [\p{L}'-]+)*, ?\p{Lu}\.|(?:\p{Lu}\. ?)+(?:[a-z']+ ){0,3}\p{Lu}[\p{L}'-]+)",
}
# First name and surname; a column of them hardly repeats itself, as a column of organisations or streets would.
_VOLUIT = (
    r"^\p{Lu}[\p{L}'-]+(?: (?:van|de|der|den|het|ten|ter|te|el|al|bin|ibn|abu|'t|von))*"
    r"(?: \p{Lu}[\p{L}'-]+){1,4}$"
)
_VERSCHILLEND = 0.8
_MINSTENS = 5
# 2022000123 is a number with a year in front, as registrations have; a telephone number starts with 0.
_JAARNUMMER = r"^20[012][0-9]{7}$|^0"
_GEEN_GEBOORTE = {"1900-01-01", "1899-12-30", "1899-12-31", "1800-01-01", "0001-01-01", "1970-01-01"}


def by_name(kolom: str) -> str | None:
    """What a column's name says it holds, in Dutch, or None."""
    woorden = re.findall(r"[a-zà-ÿ]+", re.sub(r"([a-zà-ÿ])([A-Z])", r"\1 \2", kolom).lower())
    aaneen = "".join(woorden)
    for soort, patroon in _SOORT_VAN_WOORD.items():
        if patroon.fullmatch(aaneen) or any(patroon.fullmatch(woord) for woord in woorden):
            return soort
    paren = {a + b for a, b in pairwise(woorden)}
    for soort, patroon in _SOORT_VAN_WOORD.items():
        if any(patroon.fullmatch(paar) for paar in paren):
            return soort
    if "naam" in woorden and not _GEEN_PERSOON.search(aaneen):
        return "een naam"
    return None


def address_in_two_columns(kolommen: Iterable[str]) -> str | None:
    """The column with a house number when another one has the postcode: together they are an address."""
    plat = {re.sub(r"[^a-z]", "", kolom.lower()): kolom for kolom in kolommen}
    postcode = any(re.fullmatch(r".*(postcode|pc6).*", naam) for naam in plat)
    huis = next((kolom for naam, kolom in plat.items() if re.search(r"huisn(ummer|r)|^huisnum", naam)), None)
    return huis if postcode else None


def find(kolom: pl.Series, *, eigen: bool) -> tuple[int, str] | None:
    """The index of the first value that gives a column away, and what it looks like in Dutch; None without.

    `eigen` says that the contract knows the column, whose dates are then what the contract says they are.
    """
    if kolom.dtype in (pl.Categorical, pl.Enum):
        kolom = kolom.cast(pl.String)
    if kolom.dtype == pl.String:
        return _find_in_text(kolom, eigen)
    if kolom.dtype.is_integer():
        # A number has lost the 0 in front of a telephone number, so only the V-nummer is left to find.
        return _by_share(kolom.cast(pl.String), ["een V-nummer"])
    if kolom.dtype in (pl.Date, pl.Datetime) and not eigen:
        return _birth_date(kolom.cast(pl.Date, strict=False))
    return None


def _find_in_text(kolom: pl.Series, eigen: bool) -> tuple[int, str] | None:
    for soort, patroon, snel in (("een e-mailadres", EMAIL, "@"), ("een telefoonnummer", _MOBIEL, None)):
        if snel and not kolom.str.contains(snel, literal=True).any():
            continue
        raak = kolom.str.contains(patroon).fill_null(False).arg_true()
        if len(raak):
            return raak[0], soort
    gevonden = _by_share(kolom, list(_PER_AANDEEL))
    if gevonden or eigen:
        return gevonden
    return _full_names(kolom) or _birth_date_text(kolom)


def _sample(kolom: pl.Series) -> pl.Series:
    return kolom.gather_every(max(1, len(kolom) // STEEKPROEF)).drop_nulls().unique()


def _by_share(kolom: pl.Series, soorten: list[str]) -> tuple[int, str] | None:
    monster = _sample(kolom)
    if monster.is_empty():
        return None
    for soort in soorten:
        raak = monster.str.contains(_PER_AANDEEL[soort])
        if soort == "een V-nummer":
            raak &= ~monster.str.contains(_JAARNUMMER)
        if raak.sum() and raak.sum() >= AANDEEL * len(monster):
            return kolom.is_in(monster.filter(raak).to_list()).fill_null(False).arg_true()[0], soort
    return None


def _full_names(kolom: pl.Series) -> tuple[int, str] | None:
    """A column that the contract does not know, in which nearly every row has another first name and surname."""
    verschillend = kolom.drop_nulls().unique()
    if len(verschillend) < max(_MINSTENS, _VERSCHILLEND * kolom.count()):
        return None
    raak = verschillend.str.contains(_VOLUIT)
    if raak.sum() < _VERSCHILLEND * len(verschillend):
        return None
    return kolom.str.contains(_VOLUIT).fill_null(False).arg_true()[0], "een naam"


def _birth_date(kolom: pl.Series) -> tuple[int, str] | None:
    """A column that the contract does not know, with days from before all that it knows: birth dates."""
    monster = _sample(kolom)
    monster = monster.filter(~monster.cast(pl.String).is_in(list(_GEEN_GEBOORTE)))
    oud = monster < contract.EERSTE_DATUM
    if not oud.sum() or oud.sum() < AANDEEL * len(monster):
        return None
    return kolom.is_in(monster.filter(oud).to_list()).fill_null(False).arg_true()[0], "een geboortedatum"


def _birth_date_text(kolom: pl.Series) -> tuple[int, str] | None:
    monster = _sample(kolom)
    datumachtig = monster.str.contains(r"^\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}").sum()
    if not datumachtig or datumachtig < AANDEEL * len(monster):
        return None
    # Only the year counts here, so the order of day and month does not matter.
    dagen = values.to_date(kolom, "dmj")
    return _birth_date(dagen.zip_with(dagen.is_not_null(), values.to_date(kolom, "mdj")))
