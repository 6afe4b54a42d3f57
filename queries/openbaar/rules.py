"""What a publication holds: which questions, of which selections, with which rows, and what is left out.

The rounding itself stands in one place, ``queries/model/openbaar/telling.sql``; the reasons in ``docs/openbaar.md``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import polars as pl

from data import contract
from queries import INDICATOREN, ONBEKEND, QUESTIONS, Selection
from queries.definitions.columns import TELLINGEN

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

    rijen: the dimensions and every row that the answer has, whatever the counts are, so that a missing row tells
    nothing; None when the question always gives the same rows. reeks: the column with the quarter; then rows run
    from the first quarter with a count of 10 (rounded) to the last. samen: dimensions that are put together for every
    selection, beside those that the selection's own limit asks for. weg: the rows and columns that are left out.
    """

    rijen: Callable[[Keuze, Plaats], Iterable[tuple]] | None = None
    dimensies: tuple[str, ...] = ()
    reeks: str = ""
    samen: Callable[[Keuze], tuple[str, ...]] = lambda keuze: ()
    weg: Callable[[Keuze], dict[str, pl.Expr]] = lambda keuze: {}


def samengevoegd(question: str, keuze: Keuze) -> frozenset[str]:
    """The dimensions that are put together, so that one stadsdeel or one doelgroep is never split by the other."""
    other = {"stadsdeel": ("doelgroep",), "doelgroep": ("stadsdeel",)}.get(keuze.soort, ())
    return frozenset({*other, *REGELS[question].samen(keuze)})


def _areas(keuze: Keuze, plaats: Plaats) -> tuple[str, ...]:
    if keuze.soort == "stadsdeel":
        return (keuze.naam,)
    return (ALLE["stadsdeel"],) if keuze.soort == "doelgroep" else plaats.stadsdelen


def _groups(keuze: Keuze) -> tuple[str, ...]:
    if keuze.soort == "doelgroep":
        return (keuze.naam,)
    return (ALLE["doelgroep"],) if keuze.soort == "stadsdeel" else contract.DOELGROEPEN


def _everything(columns: Iterable[str]) -> dict[str, pl.Expr]:
    return dict.fromkeys(columns, pl.lit(True))


_GEBIED = ["teller", "noemer", "waarde", "ci_laag", "ci_hoog"]
_VERGELIJKING = [*_GEBIED, "rest_teller", "rest_noemer", "rest_waarde", "verschil", "oordeel"]
_STATUSSEN_VAN_TEAM = [
    *("overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken", "driegesprek"),
    *("mediaan_dagen", "open_0_30", "open_31_90", "open_90_plus"),
]
_WIJKTEAM = pl.col("niveau") == "wijkteam"


def _per_gebied(keuze: Keuze) -> dict[str, pl.Expr]:
    """Areas for the whole city only; of a wijkteam only the share handed over, and what it is computed from."""
    if keuze != STAD:
        return _everything(_GEBIED)
    return dict.fromkeys(_GEBIED, _WIJKTEAM & (pl.col("indicator") != "overdracht_gedaan"))


def _vergelijking(keuze: Keuze) -> dict[str, pl.Expr]:
    """Stadsdelen against the rest, for the whole city only."""
    return dict.fromkeys(_VERGELIJKING, _WIJKTEAM) if keuze == STAD else _everything(_VERGELIJKING)


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


def _per_wijkteam(keuze: Keuze) -> dict[str, pl.Expr]:
    """Of a wijkteam the population only, for the whole city; the statuses are in overdracht_totaal."""
    return _everything(_STATUSSEN_VAN_TEAM if keuze == STAD else ["populatie", *_STATUSSEN_VAN_TEAM])


def _per_doelgroep(keuze: Keuze) -> dict[str, pl.Expr]:
    """The rows of both doelgroepen for the city, of its own for a doelgroep, none for a stadsdeel."""
    if keuze == STAD:
        return {}
    return dict.fromkeys(_GEBIED, (pl.col("doelgroep") != keuze.naam) | pl.lit(keuze.soort == "stadsdeel"))


REGELS: dict[str, Regel] = {
    "kpi": Regel(),
    "kpi_trend": Regel(),
    "kpi_per_gebied": Regel(weg=_per_gebied),
    "kpi_gebied_vergelijking": Regel(weg=_vergelijking),
    "kpi_instroom": Regel(
        lambda keuze, plaats: product(name for name in SHARES if INDICATOREN[name].volgtijd != "geen"),
        ("indicator",),
        reeks="kwartaal",
    ),
    # Which quarter is the latest with 10 tells that its noemer was rounded to 10 or more.
    "kpi_verandering": Regel(
        weg=lambda keuze: dict.fromkeys(
            ("kwartaal", "eerder_teller", "eerder_noemer", "eerder_waarde"), pl.col("waarde").is_null()
        )
    ),
    "begeleiding_duur": Regel(lambda keuze, plaats: REGIMES, ("regime", "norm_dagen")),
    "begeleiding_overleving": Regel(lambda keuze, plaats: ((regime,) for regime, _ in REGIMES), ("regime",)),
    "begeleiding_voorraad": Regel(reeks="maand"),
    "pip_status": Regel(lambda keuze, plaats: product(_groups(keuze), PIP_STATUSSEN), ("doelgroep", "status")),
    "pip_overleving": Regel(lambda keuze, plaats: product(_groups(keuze)), ("doelgroep",)),
    "intake_landelijk": Regel(weg=_per_doelgroep),
    "leerroute_verdeling": Regel(
        lambda keuze, plaats: product(
            _areas(keuze, plaats),
            _groups(keuze) if keuze.soort == "doelgroep" else (ALLE["doelgroep"],),
            (*contract.LEERROUTES, "Nog geen PIP"),
        ),
        ("stadsdeel", "doelgroep", "leerroute"),
        samen=lambda keuze: ("doelgroep",) if keuze.soort != "doelgroep" else (),
    ),
    "leerroute_wissel": Regel(
        lambda keuze, plaats: ((first, *last) for first, last in product(contract.LEERROUTES, LEERROUTE_NIVEAUS)),
        ("eerste_leerroute", "leerroute", "niveau"),
    ),
    "leerroute_advies": Regel(
        lambda keuze, plaats: product((*contract.UITSLAGEN, "Niet afgenomen"), contract.LEERROUTES),
        ("uitslag", "eerste_leerroute"),
    ),
    "ontzorging_status": Regel(
        lambda keuze, plaats: product(_areas(keuze, plaats), ONTZORGING_STATUSSEN), ("stadsdeel", "status")
    ),
    "ontzorging_redenen": Regel(lambda keuze, plaats: REDENEN, ("soort", "reden")),
    "ontzorging_lasten": Regel(),
    "ontzorging_voorraad": Regel(reeks="maand"),
    "overdracht_totaal": Regel(lambda keuze, plaats: [()]),
    "overdracht_per_wijkteam": Regel(lambda keuze, plaats: product(plaats.wijkteams), ("wijkteam",), weg=_per_wijkteam),
    "overdracht_overleving": Regel(lambda keuze, plaats: [()]),
    "melding_per_maand": Regel(
        lambda keuze, plaats: product((ALLE["wijkteam"],), contract.HULPVRAGEN, contract.SOORTEN_MELDING),
        ("wijkteam", "hulpvraag", "soort"),
        reeks="maand",
        samen=lambda keuze: ("wijkteam",),
    ),
    "melding_per_kwartaal": Regel(
        lambda keuze, plaats: product((ALLE["wijkteam"],), contract.SOORTEN_MELDING, contract.HULPVRAGEN),
        ("wijkteam", "soort", "hulpvraag"),
        reeks="kwartaal",
        samen=lambda keuze: ("wijkteam",),
    ),
    # Kinds that were rounded to 0 vanish, so that the diversity of rounded counts comes out far too low.
    "melding_diversiteit": Regel(
        reeks="kwartaal", samen=lambda keuze: ("wijkteam",), weg=lambda keuze: _everything(("soorten", "diversiteit"))
    ),
    "melding_verwijzer": Regel(
        lambda keuze, plaats: product((*contract.VERWIJZERS, "Niet geregistreerd")), ("verwijzer",), reeks="kwartaal"
    ),
    "melding_traject": Regel(reeks="kwartaal"),
    "melding_zelforganisatie": Regel(reeks="kwartaal"),
    "evaluatie_regimes": Regel(
        lambda keuze, plaats: ((regime,) for regime, _ in REGIMES),
        ("regime",),
        weg=lambda keuze: dict.fromkeys(("gehuisvest_van", "gehuisvest_tot"), pl.lit(True)),
    ),
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


def counts(question: str, columns: Iterable[str]) -> list[str]:
    """The columns with counts among these."""
    return [column for column in columns if column in TELLINGEN]
