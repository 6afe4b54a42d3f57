"""The contacts of the wijkteams: what was filled in is read, and a line that cannot be right is told and left out."""

from datetime import date

import pytest

from data import contract
from data.reference import contacts

HEAD = "wijkteam,contactpersoon,email,telefoon,toelichting,bijgewerkt_op"
RIGHT = 'Meerwijk,Teamleider,meerwijk@voorbeeld.nl,023 511 5115,"Eén vacature, sinds mei",2022-12-01'
FOUND = contacts.Contact(
    "Meerwijk", "Teamleider", "meerwijk@voorbeeld.nl", "023 511 5115", "Eén vacature, sinds mei", date(2022, 12, 1)
)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Puts a file with contacts among the reference tables, and reads it."""
    for name in ("wijk.csv", "wijkteam.csv"):
        (tmp_path / name).write_bytes((contract.REFERENTIE_MAP / name).read_bytes())
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)

    def read(text: str, encoding: str = "utf-8"):
        (tmp_path / contacts.BESTAND).write_bytes(text.encode(encoding))
        return contacts.contacts()

    return read


def test_without_a_file_or_with_the_one_that_ships_there_are_no_contacts():
    assert contacts.contacts() == ([], [])
    assert (contract.REFERENTIE_MAP / contacts.BESTAND).read_text(encoding="utf-8") == f"{HEAD}\n"


def test_a_municipality_without_the_file_misses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    assert contacts.contacts() == ([], [])


@pytest.mark.parametrize("text", [f"{HEAD}\n{RIGHT}\n", f"\ufeff{HEAD}\r\n\r\n{RIGHT}\r\n,,,,,\r\n"])
def test_a_right_line_is_read_also_as_a_spreadsheet_saves_it(read, text):
    assert read(text) == ([FOUND], [])


def test_only_the_wijkteam_has_to_be_filled_in(read):
    assert read(f"{HEAD}\n Meerwijk ,,,,,\n") == ([contacts.Contact("Meerwijk")], [])


EMAIL, DAY = "email is geen e-mailadres", "bijgewerkt_op is geen datum zoals 2022-12-31"
CELLS = "het aantal cellen is {} in plaats van 6; om een cel met een komma horen aanhalingstekens"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Atlantis,,,,,", "wijkteam is niet een van de wijkteams in wijkteam.csv"),
        (",Teamleider,,,,", "wijkteam is niet een van de wijkteams in wijkteam.csv"),
        ("Meerwijk,,meerwijk,,,", EMAIL),
        ("Meerwijk,,a@b,,,", EMAIL),
        ('Meerwijk,,"a@b.nl, c@d.nl",,,', EMAIL),
        ("Meerwijk,,,bel maar,,", "telefoon is geen telefoonnummer"),
        ("Meerwijk,,,,,31-12-2022", DAY),
        ("Meerwijk,,,,,2022-02-30", DAY),
        ("Meerwijk,,x,,,morgen", f"{EMAIL}; {DAY}"),
        ("Meerwijk,,,,een, twee,2022-12-01", CELLS.format(7)),
        ("Meerwijk", CELLS.format(1)),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_number_and_the_others_count(read, line, wrong):
    told = f"wijkteam_contact.csv, regel 3: {wrong}. Deze regel telt niet mee."
    assert read(f"{HEAD}\n{RIGHT}\n{line}\n{RIGHT}\n") == ([FOUND, FOUND], [told])


def test_the_number_of_a_line_counts_those_inside_a_cell(read):
    assert read(f'{HEAD}\nMeerwijk,,,,"een\ntwee",\nAtlantis,,,,,\n')[1][0].startswith(
        "wijkteam_contact.csv, regel 4: "
    )


UNREADABLE = "wijkteam_contact.csv: het bestand is niet te lezen als CSV met komma's, in UTF-8."
COLUMNS = f"wijkteam_contact.csv, regel 1: de kolommen moeten zijn: {HEAD}."


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (f"{HEAD}\n{RIGHT}\n", "utf-16", UNREADABLE),
        (f"{HEAD}\n{RIGHT}\n", "cp1252", UNREADABLE),
        (f'{HEAD}\nMeerwijk,"x"y,,,,\n', "utf-8", UNREADABLE),
        (f"{HEAD};\n".replace(",", ";"), "utf-8", COLUMNS),
        ("", "utf-8", COLUMNS),
    ],
)
def test_a_file_that_cannot_be_read_is_told_once(read, text, encoding, told):
    assert read(text, encoding) == ([], [told])
