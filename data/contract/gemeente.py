"""Which municipality this is: `gemeente.toml` and `theme.toml` in its folder, read once, when the program starts."""

import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from data import contract
from data.contract.reference import referentie
from data.contract.toml_file import ReferentieError, fill

Naam = Annotated[str, Field(pattern=r"^[^'\"\\\\{}]+$")]
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


class Regime(BaseModel):
    """How long begeleiding is to last for who was housed from a day on, and where that was agreed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    naam: Naam
    norm_dagen: int = Field(ge=60, le=1826)
    bron: Naam
    vanaf: date | None = None
    zin: Naam = Field(default_factory=lambda given: f"het regime van {given.get('naam')}")

    @property
    def maanden(self) -> int:
        """The norm in months."""
        return round(self.norm_dagen * 12 / 365.25)


class Gemeente(BaseModel):
    """What the municipality is called and what it decided itself; ../reference/README.md says what each field is."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    naam: str = Field(pattern=r'^[^"\\{}]+$', description="de naam van de gemeente, zoals Haarlem")
    gemeentecode: str = Field(pattern=r"^[0-9]{4}$", description='de CBS-code tussen aanhalingstekens, zoals "0392"')
    telefoon: str = Field(pattern=r"^[0-9+() -]+$", description="een telefoonnummer tussen aanhalingstekens")
    regime: tuple[Regime, ...] = Field(
        min_length=1, max_length=5, description="een tot vijf keer naam, norm_dagen (60 tot 1826) en bron, op volgorde"
    )
    overdracht: Naam = "Afspraak van de gemeente"
    begeleiding: str = ""
    delen: tuple[tuple[str, ...], ...] = ()
    evaluatie: str = ""
    pilot: str = ""
    lezers: tuple[dict[str, str], ...] = ()
    beperkingen: dict[str, str] = {}
    norm: dict[str, Norm] = Field({}, description="een deel van 0 tot 1, met in norm_tekst waar dat is afgesproken")
    demo: dict[str, tuple[float, float, float]] = {}

    @field_validator("regime")
    @classmethod
    def _in_order(cls, regimes: tuple[Regime, ...]) -> tuple[Regime, ...]:
        first, *later = [each.vanaf for each in regimes]
        if first or None in later or later != sorted({*later}):
            raise ValueError("moet op volgorde staan: het eerste zonder vanaf, elk ander met een latere dan ervoor")
        if len({each.naam for each in regimes}) < len(regimes):
            raise ValueError("heeft twee keer dezelfde naam")
        return regimes

    @property
    def groepen(self) -> dict[str, list[Regime]]:
        """What is compared: the first regime with those after it, named after the second; all, if all are as long."""
        first, *later = self.regime
        changed = len({each.maanden for each in self.regime}) > 1
        return {first.naam: [first], later[0].naam: later} if changed else {first.naam: [first, *later]}

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
    """The texts, each in the form for what this municipality is, where it has that form."""
    if isinstance(told, list):
        return [_own(each) for each in told]
    if not isinstance(told, dict):
        return told
    for ending, holds in FORMS.items():
        other = {name: told[name] for name in told if name.endswith(ending)}
        forms = {name.removesuffix(ending): text for name, text in other.items()} if holds else {}
        told = {name: text for name, text in told.items() if name not in other} | forms
    return {name: _own(text) for name, text in told.items()}


def filled_in(file: Path) -> str:
    """A text of the monitor with what the municipality is called in the place of {gemeente}, and so on."""
    text = file.read_text(encoding="utf-8")
    for name, value in WOORDEN.items():
        first = {"é": "E"}.get(value[:1], value[:1].upper())
        text = text.replace(f"{{{name}}}", value).replace(f"{{{name.capitalize()}}}", first + value[1:])
    return text


def of_regimes(regimes: tuple[Regime, ...], groepen: dict[str, list[Regime]]) -> dict[str, str]:
    """What a text calls the regimes of now, and that of before if there was one. Terms of whole years are in years."""
    last, *names = regimes[-1], *groepen
    terms = [" of ".join(dict.fromkeys(str(each.maanden) for each in group)) for group in groepen.values()]
    years = JAREN.keys() >= {*terms}
    (*toen, nu), unit = [JAREN[term] if years else term for term in terms], "jaar" if years else "maanden"
    return {
        "groep_nu": names[-1],
        "groep_toen": names[0] if toen else "een andere duur",
        "regimes_nu": f"{'de regimes' if len(groepen[names[-1]]) > 1 else 'het regime'} van {names[-1]}",
        "getal_nu": nu,
        "duur_nu": f"{nu} {unit}",
        "kaal_nu": f"{nu} {unit}".replace("é", "e"),
        "getal_toen": toen[0] if toen else "een andere",
        "duur_toen": f"{toen[0]} {unit}" if toen else "een andere",
        "maanden_nu": terms[-1],
        "maanden_toen": terms[0],
        "elke_norm": f"{' of '.join(terms)} maanden",
        "kortere": "kortere" if last.norm_dagen < regimes[0].norm_dagen else "andere",
        "sinds_nu": str(groepen[names[-1]][0].vanaf or date(2022, 1, 1)),
        "laatste_regime": last.zin,
        "laatste_norm": f"{GETALLEN.get(last.maanden, last.maanden)} maanden",
        "bron_norm": "; ".join(dict.fromkeys(each.bron for each in regimes)),
    }


try:
    GEMEENTE, HUISSTIJL, STADSDELEN = lees()
except ReferentieError as slip:
    sys.exit(str(slip))
# The end of the name of a text, where a municipality without stadsdelen, or with one group of regimes, has another one.
FORMS = {"_zonder_stadsdelen": not STADSDELEN, "_bij_een_groep": len(GEMEENTE.groepen) == 1}
# Terms in months that are years, and numbers as a sentence has them.
JAREN = {"12": "één", "24": "twee", "36": "drie"}
GETALLEN = {6: "zes", 9: "negen", 12: "twaalf", 15: "vijftien", 18: "achttien", 24: "vierentwintig"}
# What a text of the monitor says between braces. A municipality without stadsdelen has areas, those of its wijkteams.
WOORDEN = {"gemeente": GEMEENTE.naam, "gemeentecode": GEMEENTE.gemeentecode, "telefoon": GEMEENTE.telefoon} | (
    {"stadsdeel": "stadsdeel", "stadsdelen": "stadsdelen", "alles": "Alle stadsdelen"}
    if STADSDELEN
    else {"stadsdeel": "gebied", "stadsdelen": "gebieden", "alles": f"Heel {GEMEENTE.naam}"}
)
WOORDEN |= of_regimes(GEMEENTE.regime, GEMEENTE.groepen) | {"bron_overdracht": GEMEENTE.overdracht}
