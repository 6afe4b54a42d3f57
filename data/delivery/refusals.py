"""Why a delivery is refused. What is told stands in refusals.toml, in Dutch, and never holds a value of a delivery."""

import tomllib
from pathlib import Path

from data.errors import RefusedError

SAYS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def refusal(key: str, **places: object) -> RefusedError:
    """The refusal that is told under this key, with its places filled, also by other sentences."""
    return RefusedError(SAYS[key].format_map(SAYS | places))
