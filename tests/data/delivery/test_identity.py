"""Columns that look like personal data, by name and by value."""

import datetime as dt

import polars as pl
import pytest

from data.delivery.guard import identity, names

NAMEN = {
    "een BSN": ["BSN"],
    "een naam": ["Achternaam", "naam", "Naam client", "clientNaam", "voor_naam"],
    "een geboortedatum": ["Geb.datum", "geboortedatum_partner"],
    "een e-mailadres": ["E-mail"],
    "een telefoonnummer": ["tel.nr", "Mobiel"],
    "een V-nummer": ["V-nummer"],
    "een adres": ["Straatnaam"],
    None: ["Naam wijkteam", "wijknaam", "Schoolnaam", "Toelichting", "hotel", "postcode"],
}


@pytest.mark.parametrize(
    ("kolom", "soort"), [(kolom, soort) for soort, kolommen in NAMEN.items() for kolom in kolommen]
)
def test_by_name(kolom, soort):
    assert identity.by_name(kolom) == soort


@pytest.mark.parametrize(
    ("naam", "toonbaar"),
    [("Getekend op", True), ("nr 1234567", True), ("nr 12345678", False), ("a@b.nl", False), ("a\nb", False)],
)
def test_a_name_that_may_be_somebodys_is_not_shown(naam, toonbaar):
    assert names.may_be_shown(naam) is toonbaar


def test_postcode_and_house_number_together_are_an_address():
    assert identity.address_in_two_columns(["id", "Postcode", "Huisnr."]) == "Huisnr."
    assert identity.address_in_two_columns(["Postcode", "nummer"]) is None
    assert identity.address_in_two_columns(["huisnummer"]) is None


TELEFOONS = ["+31 6 1234 5678", "0235115116", "(023) 511 51 15", "+31 (0)23-5115115", "06.12.34.56.78"]
VOLUIT = ["Fatima El Amrani", "Jan de Vries", "Anne-Marie van der Berg", "Omar Haddad", "Çelik Öztürk"]


@pytest.mark.parametrize(
    ("waarden", "gevonden"),
    [
        (["x", "stuur naar a.b@voorbeeld.nl"], (1, "een e-mailadres")),
        (["x", "y", "bel 06-12345678"], (2, "een telefoonnummer")),
        *(([nummer], (0, "een telefoonnummer")) for nummer in TELEFOONS),
        (["01-02-2022", "06-12-2022 10:30:00", "01/02/2022", "01.02.2022"], None),
        (["1234567890", "2801234567"], (0, "een V-nummer")),
        (["2022000123", "2021000456"], None),
        (["2011 AB 12", "2034XY, 5"], (0, "een postcode met huisnummer")),
        (["2011 AB", "2034XY"], None),
        (["a", "b", "2011 AB 12"], None),
        (["Jansen, A.", "De Vries, B.C."], (0, "een naam")),
        (["A. de Vries"], (0, "een naam")),
        ([None, *VOLUIT], (1, "een naam")),
        (VOLUIT[:2] * 5, None),
        (["Grote Markt 2", "Wonen en werk", "Europawijk", "Aanvraag loopt", "Twee Woorden"], None),
        (["01-02-1985", "13-3-1989", "4-5-2001"], (0, "een geboortedatum")),
        (["1985-02-01"], (0, "een geboortedatum")),
        (["01-01-1900", "05-05-2022"], None),
        ([5, 2801234567], (1, "een V-nummer")),
        ([True, None], None),
        ([], None),
    ],
)
def test_by_value_of_a_column_that_the_contract_does_not_know(waarden, gevonden):
    assert identity.find(pl.Series(waarden), eigen=False) == gevonden


def test_birth_dates_are_dates_that_the_contract_does_not_know():
    datums = pl.Series([dt.date(1980, 1, 1), dt.date(2022, 1, 1)])
    assert identity.find(datums, eigen=False) == (0, "een geboortedatum")
    assert identity.find(datums, eigen=True) is None
