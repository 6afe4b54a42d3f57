"""How figures look: charts, tables, tiles, and the files that can be taken along. TEXTS: their words."""

import tomllib
from pathlib import Path
from typing import Any

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
