"""A TOML file that people fill in by hand: read as it stands, and a slip told in Dutch by its line and its name."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Form = TypeVar("Form", bound=BaseModel)
# What is wrong with a field, by the kind of error of pydantic; of another kind it is told what the field is.
_WRONG = {
    "extra_forbidden": "is geen veld",
    "missing": "ontbreekt",
    "date": "is geen datum zoals 2023-03-14",
    "tuple": "is geen lijst",
    "float": "is geen getal",
    "string_type": "is geen tekst",
}


class ReferentieError(Exception):
    """What is kept by hand cannot be read or breaks its rules; the message is Dutch and for the reader."""


def fill(form: type[Form], file: Path) -> Form:
    """What a file says; what it leaves out is as the form has it. Raises ReferentieError, or FileNotFoundError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return form(**tomllib.loads(text))
    except ValidationError as slip:
        lines = [line.partition("#")[0] for line in text.splitlines()]
        told = "; ".join(dict.fromkeys(_told(form, lines, error) for error in slip.errors()))
        raise ReferentieError(f"{file.name}, {told}.") from slip
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as slip:
        line = re.search(r"\(at (line \d+)", str(slip))
        where = f", {line[1].replace('line', 'regel')}" if line else ""
        raise ReferentieError(f"{file.name}{where}: dit is niet te lezen als TOML, in UTF-8.") from slip


def _told(form: type[BaseModel], lines: list[str], error: Any) -> str:
    """A slip: "regel 3: ‘datum’ is geen datum zoals 2023-03-14"."""
    names, kind = [part for part in error["loc"] if isinstance(part, str)], error["type"]
    about = form.model_fields.get(names[0])
    meaning = f"moet zijn: {about.description}" if about and about.description else "klopt niet"
    if kind == "value_error":
        meaning = str(error["ctx"]["error"])
    wrong = next((words for begin, words in _WRONG.items() if kind.startswith(begin)), meaning)
    meant = get_close_matches(names[0], form.model_fields, 1) if kind == "extra_forbidden" else []
    more = f" (bedoelt u ‘{meant[0]}’?)" if meant else ""
    where = "" if kind == "missing" else f"regel {_line(lines, error['loc'])}: "
    return f"{where}‘{'.'.join(names)}’ {wrong}{more}"


def _line(lines: list[str], place: tuple[str | int, ...]) -> int:
    """Where a field stands: its first name at the beginning of a line, each other on that line or below it."""
    headings = [at for at, line in enumerate(lines) if line.startswith(f"[[{place[0]}]]")]
    at, begin = 0, r"^\W*"
    for part in place:
        if part in range(len(headings)):
            at = headings[part]
        elif isinstance(part, str):
            named = re.compile(rf"{begin}\b{re.escape(part)}\b")
            at, begin = next((at for at, line in enumerate(lines[at:], at) if named.search(line)), at), ""
    return at + 1
