"""The real borders: what CBS, PDOK and a municipality deliver is read, and what is missing is named."""

import json
import math
import os

import pytest

from data import contract
from data.reference import borders

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.fixture
def put(tmp_path, monkeypatch):
    """Puts a file with borders among reference tables of two wijken."""
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    (tmp_path / "wijk.csv").write_text(
        "wijkcode,wijk,stadsdeel\nWK039201,Oude Stad,Centrum\nWK039221,Meerwijk,Schalkwijk\n", encoding="utf-8"
    )
    (tmp_path / "wijkteam.csv").write_text("wijkcode,wijkteam,geldig_van,geldig_tot\n", encoding="utf-8")

    def write(*features, text=None):
        content = text if text is not None else json.dumps({"type": "FeatureCollection", "features": features})
        (tmp_path / borders.BESTAND).write_text(content, encoding="utf-8")

    return write


def feature(code, *rings, name="wijkcode", kind="Polygon"):
    coordinates = list(rings) if kind == "Polygon" else [[ring] for ring in rings]
    return {"type": "Feature", "properties": {name: code}, "geometry": {"type": kind, "coordinates": coordinates}}


def moved(ring, east, north):
    return [[x + east, y + north] for x, y in ring]


METRES = moved(SQUARE, 104_000, 488_000)


def test_without_a_file_there_are_none(put):
    assert borders.borders() is None


def test_the_wijken_come_in_the_order_of_the_table_and_others_are_left_out(put):
    put(feature("WK039221", METRES), feature("WK036301", METRES), feature("WK039201", METRES))
    assert [each["properties"]["wijkcode"] for each in borders.borders()] == ["WK039201", "WK039221"]


@pytest.mark.parametrize("name", ["wijkcode", "statcode", "wk_code", "WK_CODE"])
def test_the_code_is_found_under_the_names_of_cbs_and_pdok(put, name):
    put(feature("WK039201", METRES, name=name), feature("WK039221", METRES, name=name))
    assert len(borders.borders()) == 2


def test_metres_stay_metres_and_heights_are_left_out(put):
    ring = [[104_000.4, 488_000.6, 3.0], [104_001, 488_000, 3.0], [104_001, 488_001, 3.0], [104_000.4, 488_000.6, 3.0]]
    put(feature("WK039201", ring), feature("WK039221", METRES))
    assert borders.borders()[0]["geometry"] == {
        "type": "MultiPolygon",
        "coordinates": [
            [[[104_000.0, 488_001.0], [104_001.0, 488_000.0], [104_001.0, 488_001.0], [104_000.0, 488_001.0]]]
        ],
    }


def test_a_degree_to_the_east_is_brought_to_the_length_of_one_to_the_north(put):
    square = [[4.6, 52.0], [4.7, 52.0], [4.7, 52.0], [4.6, 52.0]]
    put(feature("WK039201", square), feature("WK039221", square))
    (west, _), (east, _), *_ = borders.borders()[0]["geometry"]["coordinates"][0][0]
    assert east - west == pytest.approx(0.1 * math.cos(math.radians(52)), abs=2e-5)


def test_pieces_of_one_wijk_are_taken_together(put):
    put(
        feature("WK039201", METRES),
        feature("WK039201", moved(METRES, 5, 0), moved(METRES, 9, 0), kind="MultiPolygon"),
        feature("WK039221", METRES),
    )
    assert len(borders.borders()[0]["geometry"]["coordinates"]) == 3


def test_a_wijk_without_a_surface_is_named(put):
    point = {
        "type": "Feature",
        "properties": {"wijkcode": "WK039221"},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    put(feature("WK039201", METRES), point)
    with pytest.raises(borders.BordersError, match="er is geen vlak voor Meerwijk"):
        borders.borders()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen json",
        "[]",
        "{}",
        '{"features": [1]}',
        '{"features": [{"properties": {"wijkcode": "WK039201"}, "geometry": {"type": "Polygon"}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[["a", 1]]]}}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[NaN, 52.3]]]}}]}',
    ],
)
def test_what_is_no_geojson_is_told_and_does_not_crash(put, text):
    put(text=text)
    with pytest.raises(borders.BordersError, match="niet te lezen als GeoJSON"):
        borders.borders()


def test_a_file_that_is_replaced_is_read_again(put, tmp_path):
    put(feature("WK039201", METRES), feature("WK039221", METRES))
    assert len(borders.borders()[0]["geometry"]["coordinates"]) == 1
    put(feature("WK039201", METRES, kind="Polygon"), feature("WK039201", METRES), feature("WK039221", METRES))
    # The same moment on a coarse clock would hide the change.
    os.utime(tmp_path / borders.BESTAND, ns=(1, 1))
    assert len(borders.borders()[0]["geometry"]["coordinates"]) == 2
