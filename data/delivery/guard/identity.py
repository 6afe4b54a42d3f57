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
# A name of something that is no person.
_GEEN_PERSOON = re.compile(r"wijk|team|gemeente|school|organisatie|instelling|bestand|regeling|product|traject|dienst")

# One character in front is enough to find it: with more, a long word would be read anew from each of its letters.
EMAIL = r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]"
# The first value of this form is enough.
_MET_EEN = {
    "een e-mailadres": EMAIL,
    "een telefoonnummer": r"(?:^|[^0-9A-Za-z_-])(?:06|\+ ?31 ?\(?0?\)? ?-?6|00316)[ -]?(?:[0-9] ?){7}[0-9]"
    r"(?:$|[^0-9A-Za-z_-])",
}
_V_NUMMER = "een V-nummer"
_PER_AANDEEL = {
    # Nine digits behind the 0 or the country: a date such as 01-02-2022 has seven.
    "een telefoonnummer": r"^(?:(?:\+|00) ?31[ -]?(?:\(0\))?|\(?0)[ -]?\(?[1-9](?:[ ./()-]{0,2}[0-9]){8}$",
    # 2022000123 is a number with a year in front, as registrations have; a telephone number starts with 0.
    _V_NUMMER: r"^(?:[13-9][0-9]{2}|2[1-9][0-9]|20[3-9])[0-9]{7}$",
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
_GEEN_GEBOORTE = {"1900-01-01", "1899-12-30", "1899-12-31", "1800-01-01", "0001-01-01", "1970-01-01"}

_Find = tuple[int, str] | None


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
    postcode = any("postcode" in naam or "pc6" in naam for naam in plat)
    huis = next((kolom for naam, kolom in plat.items() if re.search(r"huisn(ummer|r)|^huisnum", naam)), None)
    return huis if postcode else None


def find(kolom: pl.Series, *, eigen: bool) -> _Find:
    """The index of the first value that gives a column away, and what it looks like in Dutch; None without.

    `eigen` says that the contract knows the column, whose dates are then what the contract says they are.
    """
    if kolom.dtype in (pl.Categorical, pl.Enum):
        kolom = kolom.cast(pl.String)
    if kolom.dtype.is_integer():
        # A number has lost the 0 in front of a telephone number, so only the V-nummer is left to find.
        return _by_share(kolom.cast(pl.String), [_V_NUMMER])
    if kolom.dtype in (pl.Date, pl.Datetime) and not eigen:
        return _birth_date(kolom.cast(pl.Date, strict=False))
    if kolom.dtype != pl.String:
        return None
    for soort, patroon in _MET_EEN.items():
        raak = kolom.str.contains(patroon).fill_null(False).arg_true()
        if len(raak):
            return raak[0], soort
    gevonden = _by_share(kolom, _PER_AANDEEL)
    return gevonden if gevonden or eigen else _full_names(kolom) or _birth_date_text(kolom)


def _sample(kolom: pl.Series) -> pl.Series:
    return kolom.gather_every(max(1, len(kolom) // STEEKPROEF)).drop_nulls().unique()


def _mostly(kolom: pl.Series, verschillend: pl.Series, raak: pl.Series, soort: str, aandeel: float = AANDEEL) -> _Find:
    """The first of the distinct values that are hit, when they are a large enough share of all those."""
    if not raak.any() or raak.sum() < aandeel * len(verschillend):
        return None
    return kolom.is_in(verschillend.filter(raak).to_list()).fill_null(False).arg_true()[0], soort


def _by_share(kolom: pl.Series, soorten: Iterable[str]) -> _Find:
    monster = _sample(kolom)
    gevonden = (_mostly(kolom, monster, monster.str.contains(_PER_AANDEEL[soort]), soort) for soort in soorten)
    return next(filter(None, gevonden), None)


def _full_names(kolom: pl.Series) -> _Find:
    """A column that the contract does not know, in which nearly every row has another first name and surname."""
    namen = kolom.drop_nulls().unique()
    if len(namen) < max(_MINSTENS, _VERSCHILLEND * kolom.count()):
        return None
    return _mostly(kolom, namen, namen.str.contains(_VOLUIT), "een naam", _VERSCHILLEND)


def _birth_date(kolom: pl.Series) -> _Find:
    """A column that the contract does not know, with days from before all that it knows: birth dates."""
    monster = _sample(kolom)
    monster = monster.filter(~monster.cast(pl.String).is_in(list(_GEEN_GEBOORTE)))
    return _mostly(kolom, monster, monster < contract.EERSTE_DATUM, "een geboortedatum")


def _birth_date_text(kolom: pl.Series) -> _Find:
    monster = _sample(kolom)
    datums = monster.str.contains(r"^\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")
    if not _mostly(kolom, monster, datums, ""):
        return None
    # Only the year counts here, so the order of day and month does not matter.
    dagen = values.to_date(kolom, "dmj")
    return _birth_date(dagen.zip_with(dagen.is_not_null(), values.to_date(kolom, "mdj")))
