"""What the figures of the page Begeleiding say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pages.kit import total
from pages.show import curves
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

NOBODY = "In deze selectie heeft niemand maatschappelijke begeleiding gehad."
NO_CURVE = "Te klein om te tonen: een lijn per regime is openbaar vanaf ongeveer 50 perioden."

REGIMES = (
    "Het regime hangt af van de dag van huisvesting: vóór 2020 24 maanden, in 2020 en 2021 12 maanden, vanaf 2022 "
    "12 maanden met het nieuwe contract. Wie in 2022 is gehuisvest, komt meestal pas in 2023 aan het eind van de "
    "twaalf maanden. Over het contract van 2022 zeggen de cijfers tot en met 2022 daarom nog weinig."
)
CURVE = (
    "Zo leest u de lijn: bij de punt is de helft beëindigd (mediaan). Lopende perioden tellen mee zo lang als ze "
    "duren, en wie verhuisde tot die dag (Kaplan-Meier)."
)
CURVE_HEADINGS = {
    "gebeurtenissen": "Beëindigd",
    "gecensureerd": "Niet verder gevolgd",
    "maanden": "Maanden sinds het begin",
}
_DURATIONS = (
    "Aantallen zijn perioden van begeleiding, duren zijn in maanden. Over de norm: meer dan 30 dagen langer dan "
    "24 of 12 maanden, van de perioden die lang genoeg geleden begonnen."
)
# Of exact durations, or of rounded ones.
DURATIONS = {
    True: _DURATIONS,
    False: f"{_DURATIONS} De duren zijn op hele maanden afgerond. De lijn hierboven is anders afgerond, en kan er een "
    "paar procentpunten naast zitten; daardoor passen lijn en duur niet altijd precies bij elkaar.",
}
STOCK = "Perioden van begeleiding per {}, alle regimes. Een verticale streeplijn is een gebeurtenis."

_NAMES = {
    "24 maanden": "het regime van 24 maanden",
    "12 maanden": "het regime van 12 maanden",
    "12 maanden (contract 2022)": "het contract van 2022",
}
_NORMS = {730: "24 maanden", 365: "12 maanden"}


def finding(durations: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many periods ran over their norm, and the median. durations: begeleiding_duur. rows: by KPI."""
    if total(durations, "periodes") == 0:
        return NOBODY
    half = sentences.duration(rows["begeleiding_mediaan"])
    return f"{sentences.over_norm(rows['begeleiding_over_norm'])} {half}".strip()


def curve_title(durations: pl.DataFrame) -> str:
    """After how many months half of the periods have ended, per regime with enough of them: all that is published."""
    told = [
        f"{_NAMES[row['regime']]} {row['mediaan_maanden_tekst']}"
        for row in presentation.drawable(durations, "mediaan_maanden").iter_rows(named=True)
        if _enough(row)
    ]
    return f"De helft is beëindigd na: {', '.join(told)}" if told else "Hoe lang de begeleiding duurt"


def _enough(row: Row) -> bool:
    few = row["mediaan_maanden"] is not None and row["beeindigd"] < presentation.MINIMUM
    return not presentation.exact(row, "mediaan_maanden") or (row["periodes"] >= presentation.MINIMUM and not few)


def of_every_hundred(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """The curve for a layman: of every 100 periods so many still ran when the norm was over; see curves.read_at()."""
    known, unknown = [], []
    for row in durations.iter_rows(named=True):
        at_norm = curves.read_at(curve.filter(regime=row["regime"]), row["norm_dagen"])
        if at_norm is None:
            unknown.append(_NAMES[row["regime"]])
        else:
            left = presentation.about(at_norm, "overleving", _hundredths(at_norm["overleving"]))
            known.append(f"na {_NORMS[row['norm_dagen']]} nog {left} in {_NAMES[row['regime']]}")
    words = f"Van elke 100 perioden lopen er {formats.enumerate_words(known)}. " if known else ""
    if unknown:
        names = formats.enumerate_words(unknown)
        words += f"Voor {names} is dat niet te zeggen: er zijn te weinig perioden zo lang gevolgd."
    return words.strip()


def durations_title(durations: pl.DataFrame) -> str:
    """Per regime how many of the periods that can be judged ran over the norm. durations: begeleiding_duur."""
    judged = presentation.drawable(durations, "over_norm_teller", "over_norm_noemer")
    told = [
        f"{_NAMES[row['regime']]} {presentation.out_of(row, 'over_norm_teller', 'over_norm_noemer')}"
        for row in judged.filter(pl.col("over_norm_noemer") > 0).iter_rows(named=True)
    ]
    return f"Langer dan de norm: {', '.join(told)}" if told else "Duur per regime"


def curve_words(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """What the curve means, what is drawn and of how many periods."""
    numbers = "; ".join(f"{row['regime']}: {row['periodes_tekst']} perioden" for row in durations.iter_rows(named=True))
    return f"{of_every_hundred(curve, durations)} Getekend: het deel dat nog loopt, per regime ({numbers})."


def _hundredths(share: float) -> str:
    """0.47 is "47"; a share that is not quite 0 or 1 is never written as 0 or 100."""
    return formats.percent(share).replace("< ", "minder dan ").replace("> ", "meer dan ").removesuffix("%")
