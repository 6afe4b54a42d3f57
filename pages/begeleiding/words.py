"""What the figures of the page Begeleiding say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

import queries
from pages.kit import total
from pages.show import curves
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

TEXTS = queries.texts(__file__)
NAMES = {each.naam: each.zin for each in queries.GEMEENTE.regime}


def finding(durations: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many periods ran over their norm, and the median. durations: begeleiding_duur. rows: by KPI."""
    if total(durations, "periodes") == 0:
        return TEXTS["nobody"]
    half = sentences.duration(rows["begeleiding_mediaan"])
    return f"{sentences.over_norm(rows['begeleiding_over_norm'])} {half}".strip()


def curve_title(durations: pl.DataFrame) -> str:
    """After how many months half of the periods have ended, per regime with enough of them: all that is published."""
    told = []
    for row in presentation.drawable(durations, "mediaan_maanden").iter_rows(named=True):
        # A median rests on the periods that have ended.
        group = row["periodes" if row["mediaan_maanden"] is None else "beeindigd"]
        if not presentation.exact(row, "mediaan_maanden") or group >= presentation.MINIMUM:
            told.append(f"{NAMES[row['regime']]} {row['mediaan_maanden_tekst']}")
    return f"De helft is beëindigd na: {', '.join(told)}" if told else "Hoe lang de begeleiding duurt"


def durations_title(durations: pl.DataFrame) -> str:
    """Per regime how many of the periods that can be judged ran over the norm. durations: begeleiding_duur."""
    judged = presentation.drawable(durations, "over_norm_teller", "over_norm_noemer")
    told = [
        f"{NAMES[row['regime']]} {presentation.out_of(row, 'over_norm_teller', 'over_norm_noemer')}"
        for row in judged.filter(pl.col("over_norm_noemer") > 0).iter_rows(named=True)
    ]
    return f"Langer dan de norm: {', '.join(told)}" if told else "Duur per regime"


def durations_words(durations: pl.DataFrame, table: pl.DataFrame) -> str:
    """How to read the table of the durations, of what stands in it. durations: begeleiding_duur."""
    parts = {
        "durations": True,
        "over_norm": "over_norm" in table.columns,
        "rounded": not presentation.all_exact(durations),
    }
    return " ".join(TEXTS[name] for name, told in parts.items() if told)


def curve_words(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    """The curve for a layman: how many of every 100 periods still ran at their norm; and what is drawn, of how many."""
    known, unknown = [], []
    for row in durations.iter_rows(named=True):
        name, at_norm = NAMES[row["regime"]], curves.read_at(curve.filter(regime=row["regime"]), row["norm_dagen"])
        if at_norm is None:
            unknown.append(name)
            continue
        # A share that is not quite 0 or 1 is never written as 0 or 100.
        hundredths = formats.percent(at_norm["overleving"]).replace("< ", "minder dan ").replace("> ", "meer dan ")
        left = presentation.about(at_norm, "overleving", hundredths.removesuffix("%"))
        known.append(f"na {row['norm_dagen'] / curves.DAYS_IN_A_MONTH:.0f} maanden nog {left} in {name}")
    told = [f"Van elke 100 perioden lopen er {formats.enumerate_words(known)}."] if known else []
    told += [TEXTS["unknown"].format(formats.enumerate_words(unknown))] if unknown else []
    numbers = "; ".join(f"{row['regime']}: {row['periodes_tekst']} perioden" for row in durations.iter_rows(named=True))
    return " ".join([*told, f"Getekend: het deel dat nog loopt, per regime ({numbers})."])
