"""The map of the city: every wijk has its place and its area, and borders that cannot be used are told."""

from datetime import date

import pytest

import queries
from data import contract
from data.reference import borders


@pytest.fixture
def reference(tmp_path, monkeypatch):
    """A folder of reference tables of two wijken; writes the tables that a test gives it."""
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    tables = {
        "wijk": "wijkcode,wijk,stadsdeel\nWK039201,Oude Stad,Centrum\nWK039221,Meerwijk,Schalkwijk\n",
        "wijkteam": "wijkcode,wijkteam,geldig_van,geldig_tot\nWK039201,Centrum,,\nWK039221,Meerwijk,,\n",
        "kaart": "wijkcode,kolom,rij,opschrift\nWK039221,4,7,Meerwijk\nWK039201,2,4,Oude Stad|(Centrum)\n",
    }

    def write(**changed: str):
        for name, text in (tables | changed).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_every_wijk_has_one_place_in_the_order_of_the_city():
    city = queries.city_map(date(2022, 12, 31))
    assert city["wijkcode"].to_list() == contract.referentie("wijk")["wijkcode"].to_list()
    assert city.select("kolom", "rij").is_unique().all()
    assert city.null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize(
    ("day", "team"),
    [("2022-06-30", "Oud"), ("2022-07-01", "Nieuw"), ("2022-12-31", "Nieuw"), ("2023-01-01", "Onbekend")],
)
def test_a_place_has_its_words_and_the_wijkteam_of_the_day_from_its_first_to_before_its_last(reference, day, team):
    reference(
        wijkteam="wijkcode,wijkteam,geldig_van,geldig_tot\n"
        "WK039201,Oud,,2022-07-01\nWK039201,Nieuw,2022-07-01,2023-01-01\nWK039221,Meerwijk,,\n"
    )
    assert queries.city_map(date.fromisoformat(day)).rows() == [
        ("WK039201", "Oude Stad", "Centrum", team, 2, 4, "Oude Stad|(Centrum)"),
        ("WK039221", "Meerwijk", "Schalkwijk", "Meerwijk", 4, 7, "Meerwijk"),
    ]


@pytest.mark.parametrize(
    ("kaart", "message"),
    [
        ("wijkcode,kolom,rij,opschrift\nWK039201,2,4,Oude Stad\n", "zonder tegel: WK039221"),
        ("wijkcode,kolom,rij,opschrift\nWK039201,2,4,A\nWK039221,2,4,B\n", "kaart.csv"),
        ("wijkcode,kolom,rij\nWK039201,2,4\n", "kolommen"),
    ],
)
def test_a_broken_map_is_told_in_dutch(reference, kaart, message):
    reference(kaart=kaart)
    with pytest.raises(queries.QueryError, match=message):
        queries.city_map(date(2022, 12, 31))


def test_without_a_file_there_are_no_borders_and_one_that_cannot_be_used_comes_as_a_complaint(reference):
    folder = reference()
    assert queries.city_borders() is None
    (folder / borders.BESTAND).write_text("{}", encoding="utf-8")
    found = queries.city_borders()
    assert found.features == ()
    assert found.complaint == "wijken.geojson: het bestand is niet te lezen als GeoJSON met vlakken."
