"""The questions whose statistics come from a library: exact ratio of two rates, and diversity.

Each function answers one question from the frames of others; it is asked by name through ``queries.answer``.
"""

import math
from collections.abc import Callable

import polars as pl

from data import contract
from queries.definitions.indicators import MINIMUM_NOEMER
from queries.selection import Selection

TOEN, NU = contract.WOORDEN["groep_toen"], contract.WOORDEN["groep_nu"]
Ask = Callable[[str], pl.DataFrame]

# Why there is no comparison, per condition of evaluatie_meetbaarheid that is not met; the first one is told.
_UNMET = {
    "statushouder_geregistreerd": "De wijkteams leggen niet vast of de vrager statushouder is.",
    "regime_geregistreerd": "De wijkteams leggen niet vast welke duur van begeleiding gold.",
    "groep_24_maanden": f"De groep met {TOEN} is te klein om te vergelijken.",
    "groep_12_maanden": f"De groep met {NU} is te klein om te vergelijken.",
    "verwijzer_bekend": "De wijkteams leggen te vaak niet vast wie verwees.",
    "aantoonbaar_verschil": "De groepen zijn te klein: een klein verschil zou niet opvallen.",
}
_VERDICTS = {
    "meer": f"Per 100 personen kwamen er onder {NU} meer meldingen dan onder {TOEN}.",
    "minder": f"Per 100 personen kwamen er onder {NU} minder meldingen dan onder {TOEN}.",
    "geen verschil aangetoond": "Het verschil kan toeval zijn; dat er geen verschil is, volgt daar niet uit.",
}
_FILTERED = (
    "Een filter op {} verandert de groepen en niet de meldingen: dan zijn de meldingen van meer mensen dan de personen."
)


def melding_diversiteit(ask: Ask, _: Selection) -> pl.DataFrame:
    """How varied the requests are, per quarter: the effective number of kinds.

    Hill number of order 1, exp of Shannon's entropy (Hill 1973; Jost 2006): the number of equally frequent kinds of
    hulpvraag that would be as varied. Between 1 and 7. Columns: kwartaal (date), meldingen (requests), soorten (kinds
    that occur), diversiteit (null under 10 requests).
    """
    number = pl.col("aantal").sum().cast(pl.Int64)
    return (
        ask("melding_per_maand")
        .group_by(pl.col("maand").dt.truncate("1q").alias("kwartaal"), "hulpvraag")
        .agg(pl.col("aantal").sum())
        .sort("kwartaal", "hulpvraag")
        .group_by("kwartaal", maintain_order=True)
        .agg(meldingen=number, soorten=pl.len().cast(pl.Int64), diversiteit=pl.col("aantal").entropy().exp())
        .with_columns(pl.when(pl.col("meldingen") >= MINIMUM_NOEMER).then("diversiteit").alias("diversiteit"))
    )


def evaluatie_vergelijking(ask: Ask, selection: Selection) -> pl.DataFrame:
    """Requests per 100 persons under the regimes of now against the first: one row, or what keeps it from being told.

    Columns: per_100_24 and per_100_12 (requests per 100 persons), verhouding (the later / the first), ci_laag and
    ci_hoog (95%, exact: conditional on the total number of requests, Clopper-Pearson; Przyborowski and Wilenski
    1940), oordeel and reden (Dutch).

    oordeel: ``niet te vergelijken`` (a condition of evaluatie_meetbaarheid is not met, the selection limits persons by
    something else than their area, or nobody asked), else ``meer`` or ``minder`` (the interval excludes 1) or ``geen
    verschil aangetoond``. The interval takes requests as independent; one person may come more than once, so it is too
    narrow rather than too wide.
    """
    *before, new = ask("evaluatie_meldingen").rows(named=True)
    old = before[0] if before else new
    met = dict(ask("evaluatie_meetbaarheid").select("voorwaarde", "voldaan").rows())
    limits = {
        "doelgroep": selection.doelgroepen,
        "wet": selection.wetten,
        "cohort": selection.cohorten,
        "datum van huisvesting": selection.huisvesting_van or selection.huisvesting_tot,
    }
    filtered = [name for name, limit in limits.items() if limit]
    reasons = [] if before else ["Er is maar één groep."]
    reasons += [text for name, text in _UNMET.items() if not met[name]]
    reasons += [_FILTERED.format(", ".join(filtered))] if filtered else []
    found = dict.fromkeys(("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog"))
    if not reasons:
        found["per_100_24"], found["per_100_12"] = (100 * each["meldingen"] / each["personen"] for each in (old, new))
        reasons += [] if old["meldingen"] + new["meldingen"] else ["Er zijn geen meldingen van statushouders."]
    if reasons:
        found |= {"oordeel": "niet te vergelijken", "reden": reasons[0]}
    else:
        low, high = rate_ratio_interval(new["meldingen"], new["personen"], old["meldingen"], old["personen"])
        # Without a request under the first regime there is no ratio, and its interval has no upper bound.
        ratio = found["per_100_12"] / found["per_100_24"] if old["meldingen"] else None
        verdict = "meer" if low > 1 else "minder" if high < 1 else "geen verschil aangetoond"
        found |= {"verhouding": ratio, "ci_laag": low, "ci_hoog": None if math.isinf(high) else high}
        found |= {"oordeel": verdict, "reden": _VERDICTS[verdict]}
    words = {"oordeel": pl.String, "reden": pl.String}
    return pl.DataFrame([found], schema=dict.fromkeys(found, pl.Float64) | words)


def rate_ratio_interval(count_1: int, size_1: int, count_2: int, size_2: int) -> tuple[float, float]:
    """Exact 95% interval of the ratio of two Poisson rates, first over second; the upper bound may be infinite.

    Given the total, the first count is binomial with p = ratio x size_1 / (ratio x size_1 + size_2); its
    Clopper-Pearson bounds are turned back into ratios.
    """
    # Imported when it is needed: it takes a fifth of a start, and is not before requests say of whom they are.
    from scipy.special import betaincinv

    low = betaincinv(count_1, count_2 + 1, 0.025) if count_1 else 0.0
    high = betaincinv(count_1 + 1, count_2, 0.975) if count_2 else 1.0
    return tuple(float("inf") if share == 1 else share / (1 - share) * size_2 / size_1 for share in (low, high))


COMPUTED = {each.__name__: each for each in (melding_diversiteit, evaluatie_vergelijking)}
