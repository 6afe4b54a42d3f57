"""The real borders of the wijken, when the municipality has put them in `wijken.geojson` in its folder.

The file is made ready for drawing on a flat plane: only the wijken of the reference table, one feature per wijk, in the
table's order, two coordinates per point.
"""

import contextlib
import json
import math
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from data import contract

BESTAND = "wijken.geojson"

# Where the code of a wijk stands: our own name, PDOK's and CBS's.
CODE_NAMES = ("wijkcode", "statcode", "wk_code")


class BordersError(Exception):
    """The borders cannot be read or lack a wijk; the message is Dutch and for the reader."""


def borders() -> list[dict[str, Any]] | None:
    """The wijken as GeoJSON features with the property `wijkcode`; None when the file is not there.

    Geometry is MultiPolygon, x to the east and y to the north in one unit: degrees are brought to the length of a
    degree of latitude, metres stay metres. Raises BordersError.
    """
    file = contract.REFERENTIE_MAP / BESTAND
    # A file that cannot be looked at counts as absent; one that cannot be read is told.
    with contextlib.suppress(OSError):
        return _read(file, file.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> list[dict[str, Any]]:
    pieces: dict[str, list] = defaultdict(list)
    try:
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            shape = feature.get("geometry") or {}
            if shape.get("type") in ("Polygon", "MultiPolygon"):
                polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
                named = {name.lower(): value for name, value in (feature.get("properties") or {}).items()}
                code = next((str(named[name]) for name in CODE_NAMES if named.get(name)), "")
                pieces[code] += [[list(map(_point, ring)) for ring in polygon] for polygon in polygons]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BordersError(f"{file.name}: het bestand is niet te lezen als GeoJSON met vlakken.") from error
    wijk = dict(contract.referentie("wijk").select("wijkcode", "wijk").iter_rows())
    points = {code: [point for polygon in pieces[code] for ring in polygon for point in ring] for code in wijk}
    if missing := [name for code, name in wijk.items() if not points[code]]:
        raise BordersError(f"{file.name}: er is geen vlak voor {', '.join(missing)}.")
    together = list(chain(*points.values()))
    degrees = all(abs(x) <= 180 and abs(y) <= 90 for x, y in together)
    # A degree of longitude is shorter than one of latitude; on the scale of a city that is one factor.
    factor = math.cos(math.radians(sum(y for _, y in together) / len(together))) if degrees else 1.0
    # To about a metre.
    decimals = 5 if degrees else 0

    def flat(ring: list[tuple[float, float]]) -> list[list[float]]:
        return [[round(x * factor, decimals), round(y, decimals)] for x, y in ring]

    shapes = {code: [list(map(flat, polygon)) for polygon in pieces[code]] for code in wijk}
    return [
        {"type": "Feature", "properties": {"wijkcode": code}, "geometry": {"type": "MultiPolygon", "coordinates": each}}
        for code, each in shapes.items()
    ]


def _point(point: list) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a coordinate is not a number")
    return x, y
