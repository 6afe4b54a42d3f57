"""What a publication holds: which questions, of which selections, with which rows, and what is left out.

The rounding itself stands in one place, ``queries/model/openbaar/telling.sql``; the reasons in ``docs/openbaar.md``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, product
from typing import Any

import polars as pl

from data import contract
from queries import INDICATOREN, ONBEKEND, QUESTIONS, Selection
from queries.definitions.columns import DAGEN, figures

# A question is public only when it has an entry in REGELS below; these are not, for a reason.
NIET_OPENBAAR = {
    "kpi_sinds": "vergelijkt wie sinds de vorige levering instroomde: een maand, dus bijna alleen aantallen onder 10",
    "kpi_kwartaal": "geeft wie later instroomde minder tijd; openbaar is kpi_instroom, dat ieder na evenveel tijd telt",
}

ALLE = {"stadsdeel": "Alle stadsdelen", "doelgroep": "Alle doelgroepen", "wijkteam": "Alle wijkteams"}

PIP_STATUSSEN = (
    "Op tijd",
    "Met uitstel",
    "PIP te laat",
    "Binnen termijn",
    "Termijn verstreken zonder PIP",
    "Termijn niet gestart",
    "Termijn onbekend",
    "Vorige gemeente",
    "Uitgestroomd zonder PIP",
)
ONTZORGING_STATUSSEN = ("Voltooid", "Lopend", "Voortijdig beëindigd", "Niet gestart", "Geen registratie")
REGIMES = (("24 maanden", 730), ("12 maanden", 365), ("12 maanden (contract 2022)", 365))
_REGIMES = [regime for regime, _ in REGIMES]
# A PIP cannot have another niveau with these leerroutes; see the contract.
LEERROUTE_NIVEAUS = (("B", "A2"), ("B", "B1"), ("O", "B1"), ("Z", "A2"))
REDENEN = (
    *(("Niet gestart", reden) for reden in (*contract.REDENEN_NIET_GESTART, ONBEKEND)),
    *(("Voortijdig beëindigd", reden) for reden in (*contract.REDENEN_EINDE_ONTZORGING, ONBEKEND)),
)
# Sentences of a question that say nobody, or none, of a count that was rounded to 0; what is published in their place.
ZINNEN = {
    "Er zijn in deze selectie geen meldingen, dus er is niets te meten.": (
        "Er zijn in deze selectie minder dan 10 meldingen: te weinig om iets te meten."
    ),
    "Geen melding is als die van een statushouder herkenbaar, dus ook de duur van de begeleiding is er niet aan te "
    "koppelen.": (
        "Minder dan 10 meldingen zijn als die van een statushouder herkenbaar: te weinig om er de duur van de "
        "begeleiding aan te koppelen."
    ),
    "Een van beide groepen is leeg, dus er valt geen verschil te zien.": (
        "Een van beide groepen is kleiner dan 10 personen: te klein om een verschil te zien."
    ),
    "Er zijn geen meldingen van statushouders.": "Er zijn minder dan 10 meldingen van statushouders.",
}
# The sentence in the place of one with counts that were left out, or whose share is not shown.
WEGGELATEN_ZIN = "Het aantal is te klein om te tonen."
TE_KLEIN = "De aantallen zijn te klein om de groepen in het openbaar te vergelijken."

# Shares, and what is computed like them: from 50 (rounded) on, with 10 (rounded) or more on either side. The same is in
# queries/model/openbaar/telling.sql for what is computed in SQL.
GENOEG, WEINIG = 50, 10

SHARES = tuple(name for name, entry in INDICATOREN.items() if entry.eenheid == "aandeel")


@dataclass(frozen=True, order=True)
class Keuze:
    """A selection that is published: the whole city, one stadsdeel or one doelgroep."""

    soort: str
    naam: str = ""

    @property
    def selection(self) -> Selection:
        """The same for ``queries.run``."""
        if self.soort == "stadsdeel":
            return Selection(stadsdelen=(self.naam,))
        if self.soort == "doelgroep":
            return Selection(doelgroepen=(self.naam,))
        return Selection()


STAD = Keuze("stad")


@dataclass(frozen=True)
class Plaats:
    """What the rows are made of: the areas of the city and the last quarter (its first day)."""

    stadsdelen: tuple[str, ...]
    wijkteams: tuple[str, ...]
    kwartaal: date


@dataclass(frozen=True)
class Regel:
    """How one question is published.

    rijen: the dimensions with their values, of which the answer has every combination, whatever the counts are, so that
    a missing row tells nothing; None when the question always gives the same rows. A stadsdeel, doelgroep or wijkteam
    has the values of the selection; a key of two columns has pairs. reeks: the column with the quarter; then rows run
    from the first quarter with a count of 10 (rounded) to the last. samen: dimensions that are put together for every
    selection, beside those that the selection's own limit asks for. weg: the rows and columns that are left out.
    """

    rijen: Mapping[str | tuple[str, ...], Iterable | None] | None = None
    reeks: str = ""
    samen: tuple[str, ...] = ()
    weg: Callable[[Keuze], dict[str, pl.Expr]] = lambda keuze: {}

    @property
    def dimensies(self) -> tuple[str, ...]:
        """The columns of ``rijen``."""
        return tuple(chain.from_iterable([key] if isinstance(key, str) else key for key in self.rijen or {}))

    def samengevoegd(self, keuze: Keuze) -> set[str]:
        """The dimensions that are put together, so that one stadsdeel or one doelgroep is never split by the other."""
        other = {"stadsdeel": {"doelgroep"}, "doelgroep": {"stadsdeel"}}.get(keuze.soort, set())
        return other | {*self.samen} - {keuze.soort}

    def rows(self, keuze: Keuze, plaats: Plaats) -> Iterator[tuple]:
        """Every row of ``rijen`` for a selection."""
        of_place = {"stadsdeel": plaats.stadsdelen, "doelgroep": contract.DOELGROEPEN, "wijkteam": plaats.wijkteams}
        of_place |= {keuze.soort: (keuze.naam,)} | {name: (ALLE[name],) for name in self.samengevoegd(keuze)}
        for parts in product(*(of_place[key] if values is None else values for key, values in self.rijen.items())):
            yield tuple(chain.from_iterable(part if isinstance(part, tuple) else (part,) for part in parts))


_WIJKTEAM = pl.col("niveau") == "wijkteam"


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


def _away(question: str, hidden: pl.Expr | bool, *others: str) -> dict[str, pl.Expr]:
    """The figures of a question, and other columns, left out in some rows."""
    return dict.fromkeys((*figures(question), *others), pl.lit(hidden) if isinstance(hidden, bool) else hidden)


REGELS: dict[str, Regel] = {
    "kpi": Regel(),
    "kpi_trend": Regel(),
    "kpi_per_gebied": Regel(
        # Of a wijkteam only the share handed over, and what it is computed from.
        weg=lambda keuze: _away(
            "kpi_per_gebied", pl.lit(keuze != STAD) | (_WIJKTEAM & (pl.col("indicator") != "overdracht_gedaan"))
        )
    ),
    "kpi_gebied_vergelijking": Regel(
        weg=lambda keuze: _away("kpi_gebied_vergelijking", pl.lit(keuze != STAD) | _WIJKTEAM, "oordeel")
    ),
    "kpi_instroom": Regel(
        {"indicator": [name for name in SHARES if INDICATOREN[name].volgtijd != "geen"]}, reeks="kwartaal"
    ),
    # Which quarter is the latest with 10 tells that its noemer was rounded to 10 or more.
    "kpi_verandering": Regel(
        weg=lambda keuze: dict.fromkeys(
            ("kwartaal", "eerder_teller", "eerder_noemer", "eerder_waarde"), pl.col("waarde").is_null()
        )
    ),
    "begeleiding_duur": Regel({("regime", "norm_dagen"): REGIMES}),
    "begeleiding_overleving": Regel({"regime": _REGIMES}),
    "begeleiding_voorraad": Regel(reeks="maand"),
    "pip_status": Regel({"doelgroep": None, "status": PIP_STATUSSEN}),
    "pip_overleving": Regel({"doelgroep": None}),
    # The rows of both doelgroepen for the city, of its own for a doelgroep, none for a stadsdeel.
    "intake_landelijk": Regel(
        weg=lambda keuze: _away(
            "intake_landelijk",
            keuze != STAD and (pl.col("doelgroep") != keuze.naam) | pl.lit(keuze.soort == "stadsdeel"),
        )
    ),
    "leerroute_verdeling": Regel(
        {"stadsdeel": None, "doelgroep": None, "leerroute": (*contract.LEERROUTES, "Nog geen PIP")},
        samen=("doelgroep",),
    ),
    "leerroute_wissel": Regel(
        {"eerste_leerroute": contract.LEERROUTES, ("leerroute", "niveau"): LEERROUTE_NIVEAUS},
    ),
    "leerroute_advies": Regel(
        {"uitslag": (*contract.UITSLAGEN, "Niet afgenomen"), "eerste_leerroute": contract.LEERROUTES}
    ),
    "ontzorging_status": Regel({"stadsdeel": None, "status": ONTZORGING_STATUSSEN}),
    "ontzorging_redenen": Regel({("soort", "reden"): REDENEN}),
    "ontzorging_lasten": Regel(),
    "ontzorging_voorraad": Regel(reeks="maand"),
    "overdracht_totaal": Regel({}),
    "overdracht_per_wijkteam": Regel(
        {"wijkteam": None},
        # Of a wijkteam the population only; the statuses are in overdracht_totaal.
        weg=lambda keuze: _away("overdracht_per_wijkteam", True) | {"populatie": pl.lit(keuze != STAD)},
    ),
    "overdracht_overleving": Regel({}),
    "melding_per_maand": Regel(
        {"wijkteam": None, "hulpvraag": contract.HULPVRAGEN, "soort": contract.SOORTEN_MELDING},
        reeks="maand",
        samen=("wijkteam",),
    ),
    "melding_per_kwartaal": Regel(
        {"wijkteam": None, "soort": contract.SOORTEN_MELDING, "hulpvraag": contract.HULPVRAGEN},
        reeks="kwartaal",
        samen=("wijkteam",),
    ),
    # Kinds that were rounded to 0 vanish, so that the diversity of rounded counts comes out far too low.
    "melding_diversiteit": Regel(
        reeks="kwartaal", samen=("wijkteam",), weg=lambda keuze: dict.fromkeys(("soorten", "diversiteit"), pl.lit(True))
    ),
    "melding_verwijzer": Regel({"verwijzer": (*contract.VERWIJZERS, "Niet geregistreerd")}, reeks="kwartaal"),
    "melding_traject": Regel(reeks="kwartaal"),
    "melding_zelforganisatie": Regel(reeks="kwartaal"),
    "evaluatie_regimes": Regel({"regime": _REGIMES}, weg=lambda keuze: dict.fromkeys(DAGEN, pl.lit(True))),
    "evaluatie_meldingen": Regel(),
    "evaluatie_meetbaarheid": Regel(),
    "evaluatie_vergelijking": Regel(),
}


def unclassified() -> set[str]:
    """Questions of which nothing says whether they are public; a publication is refused while there are any."""
    return set(QUESTIONS) - set(REGELS) - set(NIET_OPENBAAR)


def keuzes(plaats: Plaats) -> tuple[Keuze, ...]:
    """All selections that are published, in a fixed order."""
    return (
        STAD,
        *(Keuze("stadsdeel", naam) for naam in plaats.stadsdelen),
        *(Keuze("doelgroep", naam) for naam in contract.DOELGROEPEN),
    )
