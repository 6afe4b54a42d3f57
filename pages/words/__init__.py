"""How figures and days are written, and what the figures say in sentences. TEXTS: the sentences, from texts.toml."""

import tomllib
from pathlib import Path
from typing import Any

from queries import formats as formats

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
