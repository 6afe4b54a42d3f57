"""How figures look: charts, tables, tiles, and the files that can be taken along. TEXTS: their words."""

from typing import Any

import queries

TEXTS: dict[str, Any] = queries.texts(__file__)
