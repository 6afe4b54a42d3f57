"""The real borders of the wijken, when the municipality has put them in `data/reference/wijken.geojson`.

The file is made ready for drawing on a flat plane: only the wijken of the reference table, one feature per wijk, in the
table's order, two coordinates per point.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
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
    return _read(file, file.stat().st_mtime_ns) if file.exists() else None


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> list[dict[str, Any]]:
    pieces: dict[str, list] = defaultdict(list)
    try:
        for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
            kind = (feature.get("geometry") or {}).get("type")
            if depth := {"Polygon": 2, "MultiPolygon": 3}.get(kind):
                shape = _each(feature["geometry"]["coordinates"], depth, _point)
                named = {name.lower(): value for name, value in (feature.get("properties") or {}).items()}
                code = next((str(named[name]) for name in CODE_NAMES if named.get(name)), "")
                pieces[code] += [shape] if kind == "Polygon" else shape
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BordersError(f"{file.name}: het bestand is niet te lezen als GeoJSON met vlakken.") from error
    wijk = contract.referentie("wijk")
    missing = [name for code, name in wijk.select("wijkcode", "wijk").iter_rows() if not pieces[code]]
    if missing:
        raise BordersError(f"{file.name}: er is geen vlak voor {', '.join(missing)}.")
    shapes = _flat([pieces[code] for code in wijk["wijkcode"]])
    return [
        {"type": "Feature", "properties": {"wijkcode": code}, "geometry": {"type": "MultiPolygon", "coordinates": each}}
        for code, each in zip(wijk["wijkcode"], shapes, strict=True)
    ]


def _each(shape: Any, depth: int, change: Callable[[Any], Any]) -> Any:
    """The same lists within lists, so many deep, with every point in them changed."""
    return [_each(part, depth - 1, change) for part in shape] if depth else change(shape)


def _point(point: list) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a coordinate is not a number")
    return x, y


def _flat(shapes: list) -> list:
    points: list[tuple[float, float]] = []
    _each(shapes, 4, points.append)
    degrees = all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    # A degree of longitude is shorter than one of latitude; on the scale of a city that is one factor.
    factor = math.cos(math.radians(sum(y for _, y in points) / len(points))) if degrees else 1.0
    # To about a metre.
    decimals = 5 if degrees else 0
    return _each(shapes, 4, lambda point: [round(point[0] * factor, decimals), round(point[1], decimals)])
