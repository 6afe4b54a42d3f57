"""Which municipality this is: `gemeente.toml` and `theme.toml` in its folder, read once, when the program starts."""

import sys
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from data import contract
from data.contract.reference import referentie
from data.contract.toml_file import ReferentieError, fill

Kleur = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", description="een kleur zoals #0B5FA5")]
# What a colour has to be told from, and how much at least (WCAG 2.1 AA: text, and the edge of a button): white text on
# it and the grounds of pages/show/theme.py under it.
LEESBAAR = {
    "actie": {"#FFFFFF": 4.5, "#F3F5F7": 4.5},
    "actie_donker": {"#12181F": 4.5, "#1B2430": 4.5},
    "knop_donker": {"#FFFFFF": 4.5, "#1B2430": 3.0},
}


class Norm(BaseModel):
    """What the municipality agreed itself for a KPI: a share, and where that stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    norm: float = Field(ge=0, le=1)
    norm_tekst: str


class Gemeente(BaseModel):
    """What the municipality is called and what it decided itself; ../reference/README.md says what each field is."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    naam: str = Field(pattern=r'^[^"\\{}]+$', description="de naam van de gemeente, zoals Haarlem")
    gemeentecode: str = Field(pattern=r"^[0-9]{4}$", description='de CBS-code tussen aanhalingstekens, zoals "0392"')
    telefoon: str = Field(pattern=r"^[0-9+() -]+$", description="een telefoonnummer tussen aanhalingstekens")
    delen: tuple[tuple[str, ...], ...] = ()
    evaluatie: str = ""
    pilot: str = ""
    lezers: tuple[dict[str, str], ...] = ()
    beperkingen: dict[str, str] = {}
    norm: dict[str, Norm] = Field({}, description="een deel van 0 tot 1, met in norm_tekst waar dat is afgesproken")
    demo: dict[str, tuple[float, float, float]] = {}

    @property
    def geheel(self) -> str:
        """All of it: "heel Haarlem"."""
        return f"heel {self.naam}"

    @property
    def afzender(self) -> str:
        """Who publishes: "Gemeente Haarlem"."""
        return f"Gemeente {self.naam}"


class Huisstijl(BaseModel):
    """The colours of the house, by default neutral ones: links and buttons on a light page, links on a dark one, and
    buttons there. Colours that mean something in a chart are the same everywhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    actie: Kleur = "#0B5FA5"
    actie_donker: Kleur = "#7DB7EC"
    knop_donker: Kleur = "#1F76C2"

    @field_validator(*LEESBAAR)
    @classmethod
    def _readable(cls, colour: str, about: ValidationInfo) -> str:
        for ground, least in LEESBAAR[about.field_name].items():
            if (found := contrast(colour, ground)) < least:
                told = f"is niet goed te lezen op {ground}: het contrast is {found:.1f} en moet {least:g} zijn"
                raise ValueError(told.replace(".", ","))
        return colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1)."""
    high, low = sorted(map(_luminance, (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lees() -> tuple[Gemeente, Huisstijl, tuple[str, ...]]:
    """The municipality, its colours and its stadsdelen, which may be none. Raises ReferentieError."""
    place = contract.REFERENTIE_MAP
    try:
        gemeente = fill(Gemeente, place / "gemeente.toml")
    except FileNotFoundError as slip:
        raise ReferentieError(f"In de map {place} staat geen gemeente.toml. WI_GEMEENTE kiest die map.") from slip
    stadsdelen = tuple(referentie("wijk")["stadsdeel"].drop_nulls().unique(maintain_order=True))
    if unknown := [name for deel in gemeente.delen for name in deel if name not in stadsdelen]:
        raise ReferentieError(f"gemeente.toml: delen noemt een stadsdeel dat niet in wijk.csv staat: {unknown[0]}.")
    theme = place / "theme.toml"
    return gemeente, fill(Huisstijl, theme) if theme.exists() else Huisstijl(), stadsdelen


def texts(beside: str, name: str = "texts.toml") -> dict[str, Any]:
    """The texts in the file beside a module, with the name of the municipality in them."""
    return _own(tomllib.loads(filled_in(Path(beside).with_name(name))))


def _own(told: Any) -> Any:
    """The texts, each in the form for a municipality without stadsdelen where this is one and it has that form."""
    if isinstance(told, list):
        return [_own(each) for each in told]
    if not isinstance(told, dict):
        return told
    other = {name: told[name] for name in told if name.endswith(ZONDER)}
    forms = {} if STADSDELEN else {name.removesuffix(ZONDER): text for name, text in other.items()}
    return {name: _own(value) for name, value in told.items() if name not in other} | forms


def filled_in(file: Path) -> str:
    """A text of the monitor with what the municipality is called in the place of {gemeente}, and so on."""
    text = file.read_text(encoding="utf-8")
    for name, value in WOORDEN.items():
        text = text.replace(f"{{{name}}}", value)
    return text


try:
    GEMEENTE, HUISSTIJL, STADSDELEN = lees()
except ReferentieError as slip:
    sys.exit(str(slip))
# The end of the name of a text, where a municipality without stadsdelen has another one.
ZONDER = "_zonder_stadsdelen"
# What a text of the monitor says between braces. A municipality without stadsdelen has areas, those of its wijkteams.
WOORDEN = {"gemeente": GEMEENTE.naam, "gemeentecode": GEMEENTE.gemeentecode, "telefoon": GEMEENTE.telefoon} | (
    {"stadsdeel": "stadsdeel", "stadsdelen": "stadsdelen", "Stadsdeel": "Stadsdeel", "alles": "Alle stadsdelen"}
    if STADSDELEN
    else {"stadsdeel": "gebied", "stadsdelen": "gebieden", "Stadsdeel": "Gebied", "alles": f"Heel {GEMEENTE.naam}"}
)
