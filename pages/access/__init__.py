"""Who sees what: the gate, roles and areas, the way to the figures, the log of use."""

import tomllib
from pathlib import Path

TEXTS = tomllib.loads(Path(__file__).with_name("texts.toml").read_text(encoding="utf-8"))
