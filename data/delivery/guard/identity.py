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

# At least this share of the distinct values has the form: then it is what the column holds.
AANDEEL = 0.5

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
# A name of something that is no person.
_GEEN_PERSOON = re.compile(r"wijk|team|gemeente|school|organisatie|instelling|bestand|regeling|product|traject|dienst")

# One character in front is enough to find it: with more, a long word would be read anew from each of its letters.
EMAIL = r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]"
_MOBIEL = r"(?:^|[^0-9A-Za-z_-])(?:06|\+ ?31 ?\(?0?\)? ?-?6|00316)[ -]?(?:[0-9] ?){7}[0-9](?:$|[^0-9A-Za-z_-])"
# Nine digits behind the 0 or the country: a date such as 01-02-2022 has seven.
_TELEFOON = r"^(?:(?:\+|00) ?31[ -]?(?:\(0\))?|\(?0)[ -]?\(?[1-9](?:[ ./()-]{0,2}[0-9]){8}$"
# 2022000123 is a number with a year in front, as registrations have; a telephone number starts with 0.
_V_NUMMER = r"^(?:[13-9][0-9]{2}|2[1-9][0-9]|20[3-9])[0-9]{7}$"
_ADRES = r"(?:^|[^0-9])[1-9][0-9]{3} ?[A-Za-z]{2}[ ,]+(?:nr\.? ?)?[0-9]{1,5}(?:$|[^0-9])"
_NAAM = r"^(?:\p{Lu}[\p{L}'-]+(?: [\p{L}'-]+)*, ?\p{Lu}\.|(?:\p{Lu}\. ?)+(?:[a-z']+ ){0,3}\p{Lu}[\p{L}'-]+)"
# The form of a value, what it then looks like, and the share of the distinct values that have it; 0: one is enough.
_VORMEN = [
    (EMAIL, "een e-mailadres", 0),
    (_MOBIEL, "een telefoonnummer", 0),
    (_TELEFOON, "een telefoonnummer", AANDEEL),
    (_V_NUMMER, "een V-nummer", AANDEEL),
    (_ADRES, "een postcode met huisnummer", AANDEEL),
    (_NAAM, "een naam", AANDEEL),
]
# First name and surname; a column of them hardly repeats itself, as a column of organisations or streets would.
_VOLUIT = (
    r"^\p{Lu}[\p{L}'-]+(?: (?:van|de|der|den|het|ten|ter|te|el|al|bin|ibn|abu|'t|von))*"
    r"(?: \p{Lu}[\p{L}'-]+){1,4}$"
)
_VERSCHILLEND = 0.8
_DATUM = r"^\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_GEEN_GEBOORTE = ["1900-01-01", "1899-12-30", "1899-12-31", "1800-01-01", "0001-01-01", "1970-01-01"]


def by_name(kolom: str) -> str | None:
    """What a column's name says it holds, in Dutch, or None."""
    woorden = re.findall(r"[a-zà-ÿ]+", re.sub(r"([a-zà-ÿ])([A-Z])", r"\1 \2", kolom).lower())
    aaneen = "".join(woorden)
    for delen in ([aaneen, *woorden], [een + twee for een, twee in pairwise(woorden)]):
        for soort, patroon in _WOORDEN.items():
            if any(re.fullmatch(patroon, deel) for deel in delen):
                return soort
    return "een naam" if "naam" in woorden and not _GEEN_PERSOON.search(aaneen) else None


def address_in_two_columns(kolommen: Iterable[str]) -> str | None:
    """The column with a house number when another one has the postcode: together they are an address."""
    plat = {re.sub(r"[^a-z]", "", kolom.lower()): kolom for kolom in kolommen}
    huizen = [kolom for naam, kolom in plat.items() if re.search(r"huisn(ummer|r)|^huisnum", naam)]
    return huizen[0] if huizen and any("postcode" in naam for naam in plat) else None


def find(kolom: pl.Series, *, eigen: bool) -> tuple[int, str] | None:
    """The index of the first value that gives a column away, and what it looks like in Dutch; None without.

    `eigen` says that the contract knows the column, whose dates are then what the contract says they are.
    """
    if kolom.dtype in (pl.Date, pl.Datetime):
        return None if eigen else _birth_date(kolom.cast(pl.Date, strict=False))
    getal = kolom.dtype.is_integer()
    if not getal and kolom.dtype not in (pl.String, pl.Categorical, pl.Enum):
        return None
    kolom = kolom.cast(pl.String)
    verschillend = kolom.drop_nulls().unique()
    # A number has lost the 0 in front of a telephone number, so only the V-nummer is left to find.
    vormen = [vorm for vorm in _VORMEN if vorm[0] == _V_NUMMER or not getal]
    if not eigen and not getal and len(verschillend) >= max(5, _VERSCHILLEND * kolom.count()):
        vormen.append((_VOLUIT, "een naam", _VERSCHILLEND))
    for patroon, soort, aandeel in vormen:
        raak = verschillend.str.contains(patroon)
        if raak.any() and raak.sum() >= aandeel * len(verschillend):
            return kolom.str.contains(patroon).fill_null(False).arg_true()[0], soort
    datums = 0 if eigen or getal else verschillend.str.contains(_DATUM).sum()
    if not datums or datums < AANDEEL * len(verschillend):
        return None
    # Only the year counts here, so the order of day and month does not matter.
    dagen = values.read(kolom, pl.Date, "dmj")
    return _birth_date(dagen.zip_with(dagen.is_not_null(), values.read(kolom, pl.Date, "mdj")))


def _birth_date(kolom: pl.Series) -> tuple[int, str] | None:
    """A column that the contract does not know, with days from before all that it knows: birth dates."""
    dagen = kolom.set(kolom.cast(pl.String).is_in(_GEEN_GEBOORTE).fill_null(False), None)
    oud = dagen.drop_nulls().unique() < contract.EERSTE_DATUM
    if not oud.any() or oud.sum() < AANDEEL * len(oud):
        return None
    return (dagen < contract.EERSTE_DATUM).fill_null(False).arg_true()[0], "een geboortedatum"
