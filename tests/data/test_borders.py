"""The real borders: what CBS, PDOK and a municipality deliver is read, and what is missing is named."""

import json
import math
import os

import pytest

from data import contract
from data.reference import borders

METRES = [[104_000, 488_000], [104_001, 488_000], [104_001, 488_001], [104_000, 488_000]]


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Puts a file with borders among reference tables of two wijken, and reads it."""
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    wijken = "wijkcode,wijk,stadsdeel\nWK039201,Oude Stad,Centrum\nWK039221,Meerwijk,Schalkwijk\n"
    (tmp_path / "wijk.csv").write_text(wijken, encoding="utf-8")
    (tmp_path / "wijkteam.csv").write_text("wijkcode,wijkteam,geldig_van,geldig_tot\n", encoding="utf-8")

    def read(*features, text=None):
        file = tmp_path / borders.BESTAND
        file.write_text(text if text is not None else json.dumps({"features": features}), encoding="utf-8")
        # The same moment on a coarse clock would hide that the file was replaced.
        os.utime(file, ns=(1, hash(file.read_bytes()) % 10**9))
        return borders.borders()

    return read


def feature(code, *polygons, name="wijkcode"):
    """A wijk of polygons of one ring each."""
    kind, coordinates = ("MultiPolygon", [[ring] for ring in polygons]) if len(polygons) > 1 else ("Polygon", polygons)
    return {"properties": {name: code}, "geometry": {"type": kind, "coordinates": coordinates}}


MEERWIJK = feature("WK039221", METRES)


@pytest.mark.parametrize("name", ["wijkcode", "statcode", "wk_code", "WK_CODE"])
def test_the_wijken_come_in_the_order_of_the_table_under_the_names_of_cbs_and_pdok_and_without_others(read, name):
    assert borders.borders() is None
    found = read(*(feature(code, METRES, name=name) for code in ("WK039221", "WK036301", "WK039201")))
    assert [each["properties"] for each in found] == [{"wijkcode": "WK039201"}, {"wijkcode": "WK039221"}]


def test_metres_stay_metres_and_heights_are_left_out(read):
    ring = [[104_000.4, 488_000.6, 3.0], [104_001, 488_000, 3.0], [104_001, 488_001, 3.0], [104_000.4, 488_000.6, 3.0]]
    flat = [[104_000.0, 488_001.0], [104_001.0, 488_000.0], [104_001.0, 488_001.0], [104_000.0, 488_001.0]]
    assert read(feature("WK039201", ring), MEERWIJK)[0]["geometry"] == {"type": "MultiPolygon", "coordinates": [[flat]]}


def test_a_degree_to_the_east_is_brought_to_the_length_of_one_to_the_north(read):
    square = [[4.6, 52.0], [4.7, 52.0], [4.7, 52.0], [4.6, 52.0]]
    found = read(feature("WK039201", square), feature("WK039221", square))
    (west, _), (east, _), *_ = found[0]["geometry"]["coordinates"][0][0]
    assert east - west == pytest.approx(0.1 * math.cos(math.radians(52)), abs=2e-5)


def test_pieces_of_one_wijk_are_taken_together_and_a_file_that_is_replaced_is_read_again(read):
    one, two = feature("WK039201", METRES), feature("WK039201", METRES, METRES)
    for pieces, number in (([one], 1), ([one, two], 3)):
        assert len(read(*pieces, MEERWIJK)[0]["geometry"]["coordinates"]) == number


@pytest.mark.parametrize(("kind", "coordinates"), [("Point", [1, 2]), ("Polygon", []), ("MultiPolygon", [[]])])
def test_a_wijk_without_a_surface_is_named(read, kind, coordinates):
    empty = {"properties": {"wijkcode": "WK039221"}, "geometry": {"type": kind, "coordinates": coordinates}}
    with pytest.raises(borders.BordersError, match="er is geen vlak voor Meerwijk"):
        read(feature("WK039201", METRES), empty)


POLYGON = '{{"features": [{{"properties": {{}}, "geometry": {{"type": "Polygon", "coordinates": {}}}}}]}}'
SHAPES = [POLYGON.format(shape) for shape in ("null", '[[["a", 1]]]', "[[[NaN, 52.3]]]", "[[1, 2]]")]


@pytest.mark.parametrize("text", ["", "geen json", "[]", "{}", '{"features": [1]}', *SHAPES])
def test_what_is_no_geojson_is_told_and_does_not_crash(read, text):
    with pytest.raises(borders.BordersError, match="niet te lezen als GeoJSON"):
        read(text=text)
