"""What a publication holds: ``rules.toml``, with which rows a question has and what of it is left out.

The rounding itself stands in one place, ``queries/model/openbaar/telling.sql``; the reasons in ``docs/openbaar.md``.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from data import contract
from queries import INDICATOREN, ONBEKEND, QUESTIONS, Selection
from queries.definitions.columns import figures
from queries.openbaar.publication import TOGETHER, apart

_RULES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# A question is public only when it has an entry in REGELS below; these are not, for a reason.
NIET_OPENBAAR: dict[str, str] = _RULES["niet_openbaar"]
# Sentences of a question that say nobody, or none, of a count that was rounded to 0; what is published in their place.
ZINNEN: dict[str, str] = _RULES["zinnen"]
# The sentence in the place of one with counts that were left out or whose share is not shown, or of a comparison.
WEGGELATEN_ZIN, TE_KLEIN = _RULES["te_klein"]["aantal"], _RULES["te_klein"]["groepen"]

# Shares, and what is computed like them: from 50 (rounded) on, with 10 (rounded) or more on either side. The same is in
# queries/model/openbaar/telling.sql for what is computed in SQL.
GENOEG, WEINIG = 50, 10

ALLE = {"stadsdeel": contract.WOORDEN["alles"], "doelgroep": "Alle doelgroepen", "wijkteam": "Alle wijkteams"}
SHARES = tuple(name for name, entry in INDICATOREN.items() if entry.eenheid == "aandeel")
# The values that a column of an answer can have, or two columns together.
LIJSTEN: dict[str, tuple] = {
    "leerroute": contract.LEERROUTES,
    "leerroute_of_geen": (*contract.LEERROUTES, "Nog geen PIP"),
    "uitslag": (*contract.UITSLAGEN, "Niet afgenomen"),
    "reden_niet_gestart": (*contract.REDENEN_NIET_GESTART, ONBEKEND),
    "reden_einde": (*contract.REDENEN_EINDE_ONTZORGING, ONBEKEND),
    "hulpvraag": contract.HULPVRAGEN,
    "soort_melding": contract.SOORTEN_MELDING,
    "verwijzer": contract.VERWIJZERS,
    "verwijzer_of_geen": (*contract.VERWIJZERS, "Niet geregistreerd"),
    "regime": tuple(each.naam for each in contract.GEMEENTE.regime),
    "regime_en_norm": tuple((each.naam, each.norm_dagen) for each in contract.GEMEENTE.regime),
    # What the evaluation compares: the first regime, if others came after it, and those of now, under one name.
    "regime_toen": tuple(contract.GEMEENTE.groepen)[:-1],
    "regime_nu": tuple(each.naam for each in [*contract.GEMEENTE.groepen.values()][-1]),
    "groep_nu": tuple(contract.GEMEENTE.groepen)[-1:],
    "regimegroep": tuple(contract.GEMEENTE.groepen),
    "aandeel_van_instroom": tuple(name for name in SHARES if INDICATOREN[name].volgtijd != "geen"),
} | {
    name: tuple(tuple(each) if isinstance(each, list) else each for each in values)
    for name, values in _RULES["lijsten"].items()
}
LIJSTEN["reden"] = (
    *product(["Niet gestart"], LIJSTEN["reden_niet_gestart"]),
    *product(["Voortijdig beëindigd"], LIJSTEN["reden_einde"]),
)


class Selectie(NamedTuple):
    """A selection that is published: the whole city, one stadsdeel, one doelgroep, or a part of the city (``deel``):
    some stadsdelen together, whose names are its name.
    """

    soort: str
    naam: str = ""

    @property
    def filters(self) -> Selection:
        """The same for ``queries.answer``."""
        if self.soort == "doelgroep":
            return Selection(doelgroepen=(self.naam,))
        return Selection(stadsdelen=self.stadsdelen)

    @property
    def stadsdelen(self) -> tuple[str, ...]:
        """The stadsdelen that it is limited to."""
        return {"stadsdeel": (self.naam,), "deel": tuple(self.naam.split(TOGETHER))}.get(self.soort, ())


STAD = Selectie("stad")
# Parts of the city that are large enough for shares: each is some stadsdelen together, as the municipality chose.
DELEN = tuple(Selectie("deel", TOGETHER.join(names)) for names in contract.GEMEENTE.delen)


@dataclass(frozen=True)
class Plaats:
    """What the rows are made of: the areas of the city and the last quarter (its first day)."""

    stadsdelen: tuple[str, ...]
    wijkteams: tuple[str, ...]
    kwartaal: date


@dataclass(frozen=True)
class Regel:
    """How one question is published; what the fields mean stands in rules.toml."""

    vraag: str
    rijen: Mapping[str, str] | None = None
    reeks: str = ""
    samen: tuple[str, ...] = ()
    weg: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def dimensies(self) -> tuple[str, ...]:
        """The columns of ``rijen``."""
        return tuple(chain.from_iterable(key.split(", ") for key in self.rijen or {}))

    def samengevoegd(self, selectie: Selectie) -> dict[str, str]:
        """The dimensions that are put together, so that an area or a doelgroep is never split by another.

        With what they are called together.
        """
        apart = {"stadsdeel": ["doelgroep"], "doelgroep": ["stadsdeel"], "deel": ["doelgroep"]}.get(selectie.soort, [])
        none = () if contract.STADSDELEN else ("stadsdeel",)
        named = {name: ALLE[name] for name in (*apart, *self.samen, *none) if name != selectie.soort}
        return named | ({"stadsdeel": selectie.naam} if selectie.soort == "deel" else {})

    def rows(self, selectie: Selectie, plaats: Plaats) -> Iterator[tuple]:
        """Every row of ``rijen`` for a selection."""
        of_place = {"stadsdeel": plaats.stadsdelen, "doelgroep": contract.DOELGROEPEN, "wijkteam": plaats.wijkteams}
        one = {selectie.soort: selectie.naam} | self.samengevoegd(selectie)
        of_place |= {key: (name,) for key, name in one.items()}
        for parts in product(*(LIJSTEN[name] if name else of_place[key] for key, name in self.rijen.items())):
            yield tuple(chain.from_iterable(part if isinstance(part, tuple) else (part,) for part in parts))

    def never(self, soort: str) -> set[str]:
        """The figures that are left out in every row of this kind of selection."""
        weg = self.weg.get(soort, {}) if apart(self.vraag, soort) else {"*": "true"}
        away = {each for names, where in weg.items() if where == "true" for each in names.split(", ")}
        return {kolom for kolom in figures(self.vraag) if away & {kolom, "*"}}

    def shows_nothing(self, soort: str) -> bool:
        """Whether no figure of it is ever shown of this kind of selection."""
        return self.never(soort) == {*figures(self.vraag)}

    def left_out_of(self, selectie: Selectie) -> dict[str, str]:
        """Per column, or some with commas between them, in which rows it is left out, as SQL."""
        away = self.weg.get(selectie.soort, {}) | self.weg.get("alle", {})
        return {columns: where.format(naam=selectie.naam) for columns, where in away.items()}

    def left_out(self, selectie: Selectie) -> dict[str, pl.Expr]:
        """Per column in which rows it is left out."""
        found = {}
        for columns, where in self.left_out_of(selectie).items():
            names = chain.from_iterable(figures(self.vraag) if each == "*" else [each] for each in columns.split(", "))
            found |= dict.fromkeys(names, pl.sql_expr(where))
        return found


REGELS: dict[str, Regel] = {vraag: Regel(vraag, **entry) for vraag, entry in _RULES["openbaar"].items()}


def too_few(teller: Any, noemer: Any) -> Any:
    """Whether a share of these rounded counts, numbers or columns, is not shown."""
    return (noemer < GENOEG) | (teller < WEINIG) | (noemer - teller < WEINIG)


def without_their_share(question: str, columns: Iterable[str]) -> dict[str, pl.Expr]:
    """The tellers and noemers of shares that are not shown, by column and row: beside each other they read as a share.

    Small ones, quarter by quarter beside their sums, would also leak. The noemer of requests is a count of its own.
    """
    if question == "begeleiding_duur":
        return {"over_norm_teller": too_few(pl.col("over_norm_teller"), pl.col("over_norm_noemer"))}
    is_share = pl.col("indicator").is_in(SHARES) if "indicator" in columns else pl.lit(True)
    parts = ("teller",) if question.startswith("melding_") else ("teller", "noemer")
    return {
        f"{of}{part}": is_share & pl.col(f"{of}waarde").is_null()
        for of in ("", "eerder_", "rest_")
        for part in parts
        if f"{of}{part}" in columns
    }


def unclassified() -> set[str]:
    """Questions of which nothing says whether they are public; a publication is refused while there are any."""
    return set(QUESTIONS) - set(REGELS) - set(NIET_OPENBAAR)


def selecties(plaats: Plaats) -> tuple[Selectie, ...]:
    """All selections that are published, in a fixed order."""
    parts = (("stadsdeel", plaats.stadsdelen), ("doelgroep", contract.DOELGROEPEN))
    delen = (deel for deel in DELEN if {*deel.stadsdelen} <= {*plaats.stadsdelen})
    return STAD, *(Selectie(soort, naam) for soort, names in parts for naam in names), *delen
