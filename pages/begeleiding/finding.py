"""What the figures of the page Begeleiding say: the finding of the page and the titles of its charts.

The sentences compare, pick and add up counts of different periods; every number in them stands in a chart or tile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

import queries
from pages.shared import formats, total

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.indicators.MINIMUM_NOEMER
SMALL = 30

NOBODY = "In deze selectie heeft niemand maatschappelijke begeleiding gehad."
TOO_EARLY = "Geen periode van begeleiding begon lang genoeg geleden om iets over de norm te zeggen."
TOO_FEW_WORDS = "Dat zijn te weinig perioden voor een oordeel over de norm."
CAUTION = "Dat is een kleine groep: lees het percentage met voorzichtigheid."

REGIMES = (
    "Het regime hangt af van de dag van huisvesting: vóór 2020 24 maanden, in 2020 en 2021 12 maanden, vanaf 2022 "
    "12 maanden met het nieuwe contract. Wie in 2022 is gehuisvest, komt meestal pas in 2023 aan het eind van de "
    "twaalf maanden. Over het contract van 2022 zeggen de cijfers tot en met 2022 daarom nog weinig."
)
CURVE = (
    "Zo leest u de lijn: elke stap omlaag is een periode die eindigt; bij de punt is de helft beëindigd (mediaan). "
    "Lopende perioden tellen mee zo lang als ze duren, en wie verhuisde tot die dag (Kaplan-Meier). Gestippeld: er "
    "worden minder dan 10 perioden nog gevolgd, dus één periode meer of minder maakt veel uit."
)
DURATIONS = (
    "Aantallen zijn perioden van begeleiding, duren zijn in maanden. Over de norm: meer dan 30 dagen langer dan "
    "24 of 12 maanden, van de perioden die lang genoeg geleden begonnen."
)
STOCK = "Perioden van begeleiding per maand, alle regimes. Een verticale streeplijn is een gebeurtenis."

_NAMES = {
    "24 maanden": "het regime van 24 maanden",
    "12 maanden": "het regime van 12 maanden",
    "12 maanden (contract 2022)": "het contract van 2022",
}
_NORMS = {730: "24 maanden", 365: "12 maanden"}


def n_words(number: int) -> str:
    """On how many periods a chart rests: "n = 461 perioden"."""
    return f"n = {_periods(number)}"


def finding(durations: pl.DataFrame, rows: Mapping[str, dict]) -> str:
    """How many periods ran over their norm, and after how long half of those of 12 months have ended.

    durations: the question begeleiding_duur. rows: per indicator its row of the question kpi.
    """
    if not total(durations, "periodes"):
        return NOBODY
    return " ".join(filter(None, (_over_norm(rows["begeleiding_over_norm"]), _half(rows["begeleiding_mediaan"]))))


def _over_norm(row: dict) -> str:
    over, noemer = row["teller"], row["noemer"]
    if not noemer:
        return TOO_EARLY
    indicator = queries.INDICATOREN["begeleiding_over_norm"]
    judged = queries.verdict(indicator, over, noemer, row["waarde"])
    verb = "duurde" if over == 1 else "duurden"
    if judged.reden == "te weinig waarnemingen":
        subject = f"{formats.count(over)} van de {_periods(noemer)}" if over else f"Geen van de {_periods(noemer)}"
        verb = verb if over else "duurde"
        if noemer == 1:
            subject, verb = "De ene periode die te beoordelen is,", "duurde" if over else "duurde niet"
        return f"{subject} {verb} meer dan 30 dagen langer dan de norm. {TOO_FEW_WORDS}"
    if judged.uitkomst == "voldoet":
        return f"Geen van de {_periods(noemer)} duurde meer dan 30 dagen langer dan de norm van 24 of 12 maanden."
    words = (
        f"{formats.count(over)} van de {_periods(noemer)} ({formats.percent(row['waarde'])}) {verb} meer dan 30 dagen "
        "langer dan de norm van 24 of 12 maanden."
    )
    return f"{words} {CAUTION}" if noemer < SMALL else words


def _half(row: dict) -> str:
    if row["noemer"] < TOO_FEW:
        return ""
    # Of a median, teller is the number that ended: with few of them and many running, one more moves it a lot.
    if row["waarde"] is not None and row["teller"] < TOO_FEW:
        return ""
    if row["waarde"] is None:
        return "Van de begeleiding van 12 maanden is nog niet de helft beëindigd."
    return f"Van de begeleiding van 12 maanden is de helft na {formats.months(row['waarde'])} beëindigd."


def curve_title(durations: pl.DataFrame) -> str:
    """After how many months half of the periods have ended, for every regime with 10 periods and 10 that ended.

    durations: the question begeleiding_duur.
    """
    if durations.is_empty():
        return "Hoe lang de begeleiding duurt"
    few_ended = pl.col("mediaan_maanden").is_not_null() & (pl.col("beeindigd") < TOO_FEW)
    enough = durations.filter(pl.col("periodes") >= TOO_FEW, ~few_ended)
    if enough.is_empty():
        return "Hoe lang de begeleiding duurt: te weinig perioden voor een uitspraak"
    reached = enough.drop_nulls("mediaan_maanden")
    waiting = enough.filter(pl.col("mediaan_maanden").is_null())["regime"].to_list()
    ended = [
        f"na {formats.months(row['mediaan_maanden'])} in {_NAMES[row['regime']]}"
        for row in reached.iter_rows(named=True)
    ]
    if not ended:
        return f"Nog niet de helft is beëindigd in {_enumerate(waiting)}"
    words = f"De helft is beëindigd {formats.enumerate_words(ended)}"
    return f"{words}; nog niet in {_enumerate(waiting)}" if waiting else words


def of_every_hundred(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """The curve for a layman: of every 100 periods so many still ran when the norm was over.

    curve: the question begeleiding_overleving, read at the last day on or before the norm. durations:
    begeleiding_duur. See share_left for when there is nothing to read.
    """
    known, unknown = [], []
    for row in durations.iter_rows(named=True):
        share = share_left(curve.filter(pl.col("regime") == row["regime"]), row["norm_dagen"])
        if share is None:
            unknown.append(row["regime"])
        else:
            known.append(f"na {_NORMS[row['norm_dagen']]} nog {_hundredths(share)} in {_NAMES[row['regime']]}")
    words = f"Van elke 100 perioden lopen er {formats.enumerate_words(known)}. " if known else ""
    if unknown:
        words += f"Voor {_enumerate(unknown)} is dat nog niet te zeggen: er zijn te weinig perioden zo lang gevolgd. "
    return words.strip()


def share_left(curve: pl.DataFrame, day: int) -> float | None:
    """The share that still ran on a day: the last row on or before it.

    curve: one regime of begeleiding_overleving. None when the line ends before that day, when the outcome on that day
    is known of fewer than 10 periods, or when it is known of less than half and fewer than 10 were still followed.
    """
    before = curve.filter(pl.col("dag") <= day)
    if before.is_empty():
        return None
    periods, at_risk, left = before["in_risico"][0], before["in_risico"][-1], before["overleving"][-1]
    lost = total(before.filter(pl.col("dag") < day), "gecensureerd")
    if periods - lost < TOO_FEW or (left > 0 and curve["dag"][-1] < day):
        return None
    return left if at_risk >= TOO_FEW or lost <= periods - lost else None


def durations_title(durations: pl.DataFrame) -> str:
    """Per regime how many of the periods that can be judged ran over the norm.

    durations: the question begeleiding_duur.
    """
    if durations.is_empty():
        return "Duur per regime"
    parts = [
        f"{formats.count(row['over_norm_teller'])} van de {formats.count(row['over_norm_noemer'])} in "
        f"{_NAMES[row['regime']]}"
        for row in durations.iter_rows(named=True)
        if row["over_norm_noemer"]
    ]
    if not parts:
        return "Duur per regime: over de norm is nog niets te zeggen"
    return f"Langer dan de norm: {formats.enumerate_words(parts)}"


def curve_words(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """What the curve means, what is drawn and of how many periods."""
    numbers = "; ".join(f"{row['regime']}: {_periods(row['periodes'])}" for row in durations.iter_rows(named=True))
    return f"{of_every_hundred(curve, durations)} Getekend: het deel dat nog loopt, per regime ({numbers})."


def stock_title(stock: pl.DataFrame, peildatum: date) -> str:
    """How many periods run at the peildatum, and how many began and ended in its year.

    stock: the question begeleiding_voorraad.
    """
    if stock.is_empty():
        return "Begeleiding per maand"
    year = stock.filter(pl.col("maand").dt.year() == peildatum.year)
    began, ended, now = total(year, "gestart"), total(year, "beeindigd"), stock["lopend"][-1]
    # Every month up to the peildatum is in the answer, so the year's row is there even when nothing happened.
    return (
        f"Op {formats.long_date(peildatum)} {'loopt' if now == 1 else 'lopen'} {_periods(now)}; in {peildatum.year} "
        f"{'begon' if began == 1 else 'begonnen'} er {formats.count(began)} en "
        f"{'eindigde' if ended == 1 else 'eindigden'} er {formats.count(ended)}"
    )


def _periods(number: int) -> str:
    return f"{formats.count(number)} {'periode' if number == 1 else 'perioden'}"


def _enumerate(regimes: list[str]) -> str:
    return formats.enumerate_words([_NAMES[regime] for regime in regimes])


def _hundredths(share: float) -> str:
    """0.47 is "47"; a share that is not quite 0 or 1 is never written as 0 or 100."""
    return formats.percent(share).replace("< ", "minder dan ").replace("> ", "meer dan ").removesuffix("%")
