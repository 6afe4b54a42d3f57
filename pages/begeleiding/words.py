"""What the figures of the page Begeleiding say: the finding of the page and the titles of its charts.

The sentences compare, pick and add up counts of different periods; every number in them stands in a chart or tile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

import queries
from pages.kit import total
from pages.show import curves, series
from pages.words import formats, presentation

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.MINIMUM_NOEMER
SMALL = 30

NOBODY = "In deze selectie heeft niemand maatschappelijke begeleiding gehad."
TOO_EARLY = "Geen periode van begeleiding begon lang genoeg geleden om iets over de norm te zeggen."
TOO_FEW_WORDS = "Dat zijn te weinig perioden voor een oordeel over de norm."
TOO_SMALL = "Te klein om te tonen: er zijn te weinig perioden van begeleiding voor openbare cijfers over de norm."
NO_CURVE = "Te klein om te tonen: een lijn per regime is openbaar vanaf ongeveer 50 perioden."
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
PUBLISHED_CURVE = (
    "Zo leest u de lijn: bij de punt is de helft beëindigd (mediaan). Er is één stand per hele maand, afgerond. "
    "Lopende perioden tellen mee zo lang als ze duren, en wie verhuisde tot die dag (Kaplan-Meier). Geen lijn: er zijn "
    "minder dan 10 perioden beëindigd, of er worden er minder dan 10 nog gevolgd."
)
CURVE_HEADINGS = {
    "gebeurtenissen": "Beëindigd",
    "gecensureerd": "Niet verder gevolgd",
    "maanden": "Maanden sinds het begin",
}
DURATIONS = (
    "Aantallen zijn perioden van begeleiding, duren zijn in maanden. Over de norm: meer dan 30 dagen langer dan "
    "24 of 12 maanden, van de perioden die lang genoeg geleden begonnen."
)
PUBLISHED_DURATIONS = (
    f"{DURATIONS} De duren zijn op hele maanden afgerond. De lijn hierboven is anders afgerond, en kan er een paar "
    "procentpunten naast zitten; daardoor passen lijn en duur niet altijd precies bij elkaar."
)
STOCK = "Perioden van begeleiding per {}, alle regimes. Een verticale streeplijn is een gebeurtenis."

_NAMES = {
    "24 maanden": "het regime van 24 maanden",
    "12 maanden": "het regime van 12 maanden",
    "12 maanden (contract 2022)": "het contract van 2022",
}
_NORMS = {730: "24 maanden", 365: "12 maanden"}


def n_words(number: int | None) -> str:
    """On how many periods a chart rests: "n = 461 perioden"; empty when that is not one exact number."""
    return "" if number is None else f"n = {_periods(number)}"


def finding(durations: pl.DataFrame, rows: Mapping[str, dict]) -> str:
    """How many periods ran over their norm, and after how long half of those of 12 months have ended.

    durations: the question begeleiding_duur. rows: per indicator its row of the question kpi.
    """
    if total(durations, "periodes") == 0:
        return NOBODY
    return " ".join(filter(None, (_over_norm(rows["begeleiding_over_norm"]), _half(rows["begeleiding_mediaan"]))))


def _over_norm(row: dict) -> str:
    if not presentation.exact(row):
        return _published_over_norm(row)
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


def _published_over_norm(row: dict) -> str:
    if presentation.hidden(row, "waarde"):
        return TOO_SMALL
    over = f"{_capital(presentation.count(row, 'teller'))} van de {formats.count(row['noemer'])} perioden"
    share = formats.percent(row["waarde"])
    return f"{over} ({share}) duurden meer dan 30 dagen langer dan de norm van 24 of 12 maanden."


def _half(row: dict) -> str:
    if presentation.hidden(row, "waarde"):
        return ""
    if presentation.exact(row, "waarde") and row["noemer"] < TOO_FEW:
        return ""
    # With few that ended and many running, one more moves a median a lot.
    if row["waarde"] is not None and presentation.too_few_events(row):
        return ""
    if row["waarde"] is None:
        return "Van de begeleiding van 12 maanden is nog niet de helft beëindigd."
    return f"Van de begeleiding van 12 maanden is de helft na {_months(row, 'waarde')} beëindigd."


def curve_title(durations: pl.DataFrame) -> str:
    """After how many months half of the periods have ended, for every regime with 10 periods and 10 that ended.

    durations: the question begeleiding_duur. A published median is on enough of both.
    """
    shown = presentation.drawable(durations, "mediaan_maanden")
    if shown.is_empty():
        return "Hoe lang de begeleiding duurt"
    enough = [row for row in shown.iter_rows(named=True) if _enough(row)]
    if not enough:
        return "Hoe lang de begeleiding duurt: te weinig perioden voor een uitspraak"
    waiting = [row["regime"] for row in enough if row["mediaan_maanden"] is None]
    ended = [
        f"na {_months(row, 'mediaan_maanden')} in {_NAMES[row['regime']]}"
        for row in enough
        if row["mediaan_maanden"] is not None
    ]
    if not ended:
        return f"Nog niet de helft is beëindigd in {_enumerate(waiting)}"
    words = f"De helft is beëindigd {formats.enumerate_words(ended)}"
    return f"{words}; nog niet in {_enumerate(waiting)}" if waiting else words


def _enough(row: dict) -> bool:
    if not presentation.exact(row, "mediaan_maanden"):
        return True
    return row["periodes"] >= TOO_FEW and (row["mediaan_maanden"] is None or row["beeindigd"] >= TOO_FEW)


def of_every_hundred(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """The curve for a layman: of every 100 periods so many still ran when the norm was over.

    curve: the question begeleiding_overleving, read at the last day on or before the norm. durations:
    begeleiding_duur. See curves.read_at for when there is nothing to read.
    """
    known, unknown = [], []
    for row in durations.iter_rows(named=True):
        at_norm = curves.read_at(curve.filter(pl.col("regime") == row["regime"]), row["norm_dagen"])
        if at_norm is None:
            unknown.append(row)
        else:
            left = presentation.about(at_norm, "overleving", _hundredths(at_norm["overleving"]))
            known.append(f"na {_NORMS[row['norm_dagen']]} nog {left} in {_NAMES[row['regime']]}")
    words = f"Van elke 100 perioden lopen er {formats.enumerate_words(known)}. " if known else ""
    if unknown:
        names = _enumerate([row["regime"] for row in unknown])
        words += (
            f"Voor {names} is dat nog niet te zeggen: er zijn te weinig perioden zo lang gevolgd. "
            if all(presentation.exact(row) for row in unknown)
            else f"Voor {names} is dat niet te tonen: zo lang zijn er te weinig perioden gevolgd. "
        )
    return words.strip()


def no_curve(durations: pl.DataFrame) -> str:
    """Why there is no curve. durations: the question begeleiding_duur."""
    return NOBODY if presentation.all_exact(durations) else NO_CURVE


def how_to_read(curve: pl.DataFrame) -> str:
    """What a step, a point, and a place without a line in the curve mean. curve: begeleiding_overleving."""
    return CURVE if presentation.all_exact(curve) else PUBLISHED_CURVE


def durations_title(durations: pl.DataFrame) -> str:
    """Per regime how many of the periods that can be judged ran over the norm.

    durations: the question begeleiding_duur.
    """
    if durations.is_empty():
        return "Duur per regime"
    judged = presentation.drawable(durations, "over_norm_teller", "over_norm_noemer").filter(
        pl.col("over_norm_noemer") > 0
    )
    parts = [
        f"{presentation.count(row, 'over_norm_teller')} van de {formats.count(row['over_norm_noemer'])} in "
        f"{_NAMES[row['regime']]}"
        for row in judged.iter_rows(named=True)
    ]
    if not parts and not presentation.all_exact(durations):
        return "Duur per regime: over de norm is niets te tonen, de aantallen zijn te klein"
    if not parts:
        return "Duur per regime: over de norm is nog niets te zeggen"
    return f"Langer dan de norm: {formats.enumerate_words(parts)}"


def durations_words(durations: pl.DataFrame) -> str:
    """What stands in the table of durations. durations: the question begeleiding_duur."""
    return DURATIONS if presentation.all_exact(durations) else PUBLISHED_DURATIONS


def curve_words(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """What the curve means, what is drawn and of how many periods."""
    numbers = "; ".join(f"{row['regime']}: {_periods_of(row)}" for row in durations.iter_rows(named=True))
    return f"{of_every_hundred(curve, durations)} Getekend: het deel dat nog loopt, per regime ({numbers})."


def stock_title(stock: pl.DataFrame, peildatum: date) -> str:
    """How many periods run at the peildatum, and how many began and ended in its year.

    stock: the question begeleiding_voorraad, see series.by_period. Rounded quarters are not added up to a year: then
    the last quarter is told.
    """
    period = series.period(stock)
    if stock.is_empty():
        return f"Begeleiding per {period}"
    year = stock.filter(pl.col(period).dt.year() == peildatum.year)
    began, ended, now = total(year, "gestart"), total(year, "beeindigd"), stock["lopend"][-1]
    if began is None or ended is None or not presentation.all_exact(stock, "lopend"):
        return _published_stock_title(stock, peildatum)
    # Every month up to the peildatum is in the answer, so the year's row is there even when nothing happened.
    return (
        f"Op {formats.long_date(peildatum)} {'loopt' if now == 1 else 'lopen'} {_periods(now)}; in {peildatum.year} "
        f"{'begon' if began == 1 else 'begonnen'} er {formats.count(began)} en "
        f"{'eindigde' if ended == 1 else 'eindigden'} er {formats.count(ended)}"
    )


def _published_stock_title(stock: pl.DataFrame, peildatum: date) -> str:
    last = stock.row(-1, named=True)
    if presentation.hidden(last, "lopend"):
        return f"Begeleiding per {series.period(stock)}"
    words = f"Op {formats.long_date(peildatum)} lopen {presentation.count(last, 'lopend')} perioden"
    if presentation.hidden(last, "gestart") or presentation.hidden(last, "beeindigd"):
        return words
    began, ended = presentation.count(last, "gestart"), presentation.count(last, "beeindigd")
    return f"{words}; in het {formats.quarter(last[series.period(stock)])} begonnen er {began} en eindigden er {ended}"


def stock_words(stock: pl.DataFrame) -> str:
    """What the series counts. stock: see stock_title()."""
    return STOCK.format(series.period(stock))


def _periods(number: int) -> str:
    return f"{formats.count(number)} {'periode' if number == 1 else 'perioden'}"


def _periods_of(row: dict) -> str:
    if presentation.hidden(row, "periodes"):
        return presentation.count(row, "periodes")
    return presentation.about(row, "periodes", _periods(row["periodes"]))


def _months(row: dict, column: str) -> str:
    """A median in words: "11,9 maanden", of rounded figures "ongeveer 12 maanden"."""
    if presentation.exact(row, column):
        return formats.months(row[column])
    return presentation.about(row, column, presentation.whole_months(row[column]))


def _enumerate(regimes: list[str]) -> str:
    return formats.enumerate_words([_NAMES[regime] for regime in regimes])


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _hundredths(share: float) -> str:
    """0.47 is "47"; a share that is not quite 0 or 1 is never written as 0 or 100."""
    return formats.percent(share).replace("< ", "minder dan ").replace("> ", "meer dan ").removesuffix("%")
