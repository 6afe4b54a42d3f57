"""What stands above a briefing when the municipality fills it in: `nota.toml` in its folder. Nothing is made up."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from data import contract

BESTAND = "nota.toml"


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
        return contract.fill(Nota, contract.REFERENTIE_MAP / BESTAND)
    except FileNotFoundError:
        return Nota()
