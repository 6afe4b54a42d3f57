"""How figures and days are written, and what the figures say in sentences. TEXTS: the sentences, from texts.toml."""

from typing import Any

import queries
from queries import formats as formats

TEXTS: dict[str, Any] = queries.texts(__file__)
