"""The snapshots: how one takes its place, and what becomes of those before it; what is said of it is in texts.toml."""

import tomllib
from pathlib import Path
from typing import Any

TEXTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
