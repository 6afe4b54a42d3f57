"""What the page Evaluatie may say of begeleiding as it is now against before.

The verdict is that of the question evaluatie_vergelijking, in the words of the briefing: nothing is concluded that a
condition of evaluatie_meetbaarheid does not allow.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import polars as pl

import queries
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row
from queries import written
from queries.definitions import columns

TEXTS: dict[str, Any] = queries.texts(__file__)


# --- the verdict and what it rests on


def can_be_compared(comparison: Row) -> bool:
    """Whether there are rates to compare. comparison: the row of evaluatie_vergelijking, here and below."""
    return comparison["oordeel"] != "niet te vergelijken"


def finding(comparison: Row) -> str:
    """The verdict; where nothing can be compared, with the reason."""
    verdict = sentences.comparison(comparison)
    return verdict if can_be_compared(comparison) else f"{verdict} {comparison['reden']}"


def told(comparison: Row) -> dict[str, list[str]]:
    """What the data tell, with the rates if they can be compared, and what they do not tell whatever the figures."""
    known, unknown = TEXTS["known"], TEXTS["unknown"]
    if can_be_compared(comparison):
        return {"Wel": [rates(comparison), *known], "Niet": unknown}
    return {"Wel": known, "Niet": [TEXTS["no_comparison"], *unknown]}


def rates(comparison: Row) -> str:
    """Requests per 100 persons under either regime, and their ratio with its interval."""
    low, high = comparison["ci_laag_kort"], comparison["ci_hoog_kort"]
    # Without a request under the first regime there is no upper bound.
    interval = f"vanaf {low}" if comparison["ci_hoog"] is None else f"{low} tot {high}"
    return TEXTS["rates"].format(**comparison, interval=interval)


def comparison_notation(comparison: Row) -> dict[str, Callable[[float | None], str]]:
    """How the figures of the comparison are written in its table."""
    names = ("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog")
    return {name: lambda _, name=name: comparison[columns.kort_van(name)] for name in names}


def counted(groups: pl.DataFrame) -> str:
    """On how many requests and persons the comparison rests. groups: the question evaluatie_meldingen."""
    told = [
        f"{row['meldingen_tekst']} meldingen bij {row['personen_tekst']} personen ({row['regime']})"
        for row in groups.iter_rows(named=True)
    ]
    return f"Geteld: {formats.enumerate_words(told)}."


# --- the tables


def condition_table(conditions: pl.DataFrame) -> pl.DataFrame:
    """The conditions as people read them: voorwaarde, uitkomst, gemeten, nodig, toelichting (all text)."""
    return pl.DataFrame(
        [
            {
                "voorwaarde": sentences.CONDITIONS[row["voorwaarde"]],
                "uitkomst": TEXTS["met" if row["voldaan"] else "not_met"],
                "gemeten": row["waarde_kort"],
                "nodig": needed(row["voorwaarde"], row["drempel"]),
                "toelichting": row["toelichting"],
            }
            for row in conditions.iter_rows(named=True)
        ]
    )


def needed(condition: str, threshold: float) -> str:
    """The threshold of a condition in words: "ten minste 95%"."""
    limit = "hoogstens" if condition == "aantoonbaar_verschil" else "ten minste"
    return f"{limit} {written.written(written.kind_of_condition(condition), threshold, columns.EXACT)[0]}"


def on_one_line(text: str) -> str:
    """Text of a cell that does not break."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def in_few_lines(sentence: str) -> str:
    """A sentence that keeps some words together: on a narrow screen the table scrolls, and does not become a tower."""
    return " ".join(on_one_line(line) for line in textwrap.wrap(sentence, 28))


def groups_table(regimes: pl.DataFrame) -> pl.DataFrame:
    """The question evaluatie_regimes without the dates of housing where those are not published."""
    days = presentation.with_weergave(regimes, "gehuisvest_van", "gehuisvest_tot")
    return regimes.drop(days) if presentation.drawable(regimes, "gehuisvest_van").is_empty() else regimes


def commitment(register: pl.DataFrame) -> str:
    """The toezegging that this page is about. register: queries.commitments()."""
    rows = register.filter(nummer=queries.GEMEENTE.evaluatie).fill_null("").iter_rows(named=True)
    return " ".join(TEXTS["commitment"].format(**row).strip() for row in rows)
