"""The filter bar, and what of it stands in a link. TEXTS: their words."""

from typing import Any

import queries

TEXTS: dict[str, Any] = queries.texts(__file__)
