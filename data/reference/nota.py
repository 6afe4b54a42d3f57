"""What stands above a briefing when the municipality fills it in: `data/reference/nota.toml`. Nothing is made up."""

import re
import tomllib
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from data import contract

BESTAND = "nota.toml"
# What is wrong with a field, by the kind of error of pydantic; of another kind it is no text.
_WRONG = {
    "extra_forbidden": "is geen veld",
    "date": "is geen datum zoals 2023-03-14",
    "tuple": "is geen lijst van teksten",
}


class Nota(BaseModel):
    """The title block of an informatienota; what is not filled in is empty. The subject follows from the figures."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    datum: date | None = None
    portefeuillehouder: str = ""
    afdeling: str = ""
    contact: str = ""
    zaaknummer: str = ""
    eerdere_besluiten: tuple[str, ...] = ()
    gevraagd: str = "Ter kennisname"

    @field_validator("datum", mode="before")
    @classmethod
    def _empty_is_none(cls, given: Any) -> Any:
        return given or None


def nota() -> Nota:
    """What is filled in; all of it empty when the file is not there.

    Raises contract.ReferentieError, in Dutch and with the name of the field, when it is not as it should be.
    """
    try:
        given = tomllib.loads((contract.REFERENTIE_MAP / BESTAND).read_text(encoding="utf-8-sig"))
        return Nota(**given)
    except FileNotFoundError:
        return Nota()
    except ValidationError as slip:
        raise contract.ReferentieError(f"{BESTAND}: {'; '.join(map(_told, slip.errors()))}.") from slip
    except (OSError, ValueError) as slip:
        line = re.search(r"\(at (line \d+)", str(slip))
        where = f", {line[1].replace('line', 'regel')}" if line else ""
        raise contract.ReferentieError(f"{BESTAND}{where}: dit is niet te lezen als TOML, in UTF-8.") from slip


def _told(slip: Any) -> str:
    field, kind = str(slip["loc"][0]), slip["type"]
    wrong = next((words for begin, words in _WRONG.items() if kind.startswith(begin)), "is geen tekst")
    meant = get_close_matches(field, Nota.model_fields, 1) if kind == "extra_forbidden" else []
    return f"‘{field}’ {wrong}" + (f" (bedoelt u ‘{meant[0]}’?)" if meant else "")
