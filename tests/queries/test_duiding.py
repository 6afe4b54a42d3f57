"""What the college says belongs to exactly one figure: of one area, without another filter, and not of a later day."""

from datetime import date

import pytest

import queries

DAY, EARLIER = date(2022, 12, 31), date(2022, 9, 30)
CITY = "pip_tijdig,,2022-12-31,De wachttijd bij de taalschool telt mee.,Extra plek in maart,Team Inburgering"
LINES = (
    "pip_tijdig,,2022-09-30,Eerder.,,",
    CITY,
    "pip_tijdig,stadsdeel Oost,2022-12-31,Over het stadsdeel.,,",
    "pip_tijdig,wijkteam Oost,2022-12-31,Over het wijkteam.,,",
)


@pytest.mark.parametrize(
    ("chosen", "peildatum", "grens", "expected"),
    [
        ({}, DAY, None, "De wachttijd bij de taalschool telt mee."),
        ({}, date(2022, 12, 30), None, "Eerder."),
        ({}, date(2022, 9, 29), None, None),
        ({"peildatum": DAY}, DAY, None, "De wachttijd bij de taalschool telt mee."),
        ({"stadsdelen": ("Oost",)}, DAY, None, "Over het stadsdeel."),
        ({"wijkteams": ("Oost",)}, DAY, None, "Over het wijkteam."),
        ({"stadsdelen": ("Oost", "Noord")}, DAY, None, None),
        ({"stadsdelen": ("Oost",), "wijkteams": ("Oost",)}, DAY, None, None),
        ({"stadsdelen": ("Noord",)}, DAY, None, None),
        ({"doelgroepen": ("Asielstatushouder",)}, DAY, None, None),
        # Who sees a part of the city sees another figure than the text is about.
        ({}, DAY, ("Meerwijk",), None),
        ({"wijkteams": ("Oost",)}, DAY, ("Oost",), "Over het wijkteam."),
    ],
)
def test_a_text_stands_at_its_own_figure_only(college_says, chosen, peildatum, grens, expected):
    college_says(*LINES)
    found = queries.duiding(queries.Selection(**chosen), peildatum, grens)
    assert {name: each.tekst for name, each in found.items()} == ({"pip_tijdig": expected} if expected else {})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pip_op_tijd,,2022-12-31,Tekst.,,", "duiding.csv, regel 3: indicator is geen kengetal van deze monitor."),
        ("pip_tijdig,Oost,2022-12-31,Tekst.,,", "duiding.csv, regel 3: gebied is geen gebied zoals ‘stadsdeel Noord’"),
        ("pip_tijdig,,2022,Tekst.,,", "duiding.csv, regel 3: peildatum is geen datum"),
    ],
)
def test_a_slip_is_told_by_its_line(college_says, line, message):
    college_says(CITY, line)
    with pytest.raises(queries.QueryError, match=message):
        queries.read_duiding()
