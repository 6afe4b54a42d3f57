"""What the page Evaluatie may say of one year of begeleiding against two.

The verdict is that of the question evaluatie_vergelijking, in the words of the briefing: nothing is concluded that a
condition of evaluatie_meetbaarheid does not allow.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import polars as pl

from pages.words import formats, presentation, sentences
from pages.words.presentation import Row
from queries import written
from queries.definitions import columns

TOEZEGGING = "BAZ 2022/48297"

CONDITIONS = {
    "statushouder_geregistreerd": "Vastgelegd of de vrager statushouder is",
    "regime_geregistreerd": "Vastgelegd welke duur van begeleiding gold",
    "verwijzer_bekend": "Vastgelegd wie verwees",
    "groep_24_maanden": "Groep met 24 maanden is groot genoeg",
    "groep_12_maanden": "Groep met 12 maanden is groot genoeg",
    "aantoonbaar_verschil": "Een klein verschil zou te zien zijn",
}
MET = "✓ voldaan"
NOT_MET = "✕ niet voldaan"

KNOWN = (
    "Hoe groot de groepen zijn, en na hoeveel maanden de helft van hun begeleiding was beëindigd: zie de tabel.",
    "Hoeveel meldingen de wijkteams kregen, waarover die gingen en wie verwees, voor zover dat is vastgelegd: zie de "
    "pagina Meldingen.",
)
NO_COMPARISON = "Of er na 12 maanden begeleiding meer hulpvragen kwamen dan na 24 maanden."
UNKNOWN = (
    "Of een hulpvraag door de kortere begeleiding komt: een melding is niet aan een persoon te koppelen, en de groepen "
    "kwamen in andere jaren.",
    "Of er mensen waren die hulp nodig hadden en niet naar een wijkteam gingen: wie niet komt, staat er niet in.",
)
RATES = (
    "Hoeveel meldingen er per 100 personen kwamen: {old} onder 24 maanden en {new} onder 12 maanden, een verhouding "
    "van {ratio} (95%-interval: {interval}). Wat binnen dat interval ligt, past bij deze cijfers."
)
REGIMES = (
    "Per regime hoeveel personen en perioden er zijn, en na hoeveel maanden de helft was beëindigd. Het regime volgt "
    "uit de datum van huisvesting: een verschil tussen de groepen kan ook van die jaren komen, bijvoorbeeld van de "
    "coronatijd."
)
NO_REGIMES = "In deze selectie is niemand met begeleiding."
REQUESTS = "Meldingen bij de wijkteams"
COMPARISON_HEADINGS = {
    "per_100_24": "Per 100 personen, 24 maanden",
    "per_100_12": "Per 100 personen, 12 maanden",
    "verhouding": "Verhouding (12 gedeeld door 24 maanden)",
    "reden": "Toelichting",
}
HOW_TO_READ = (
    sentences.MEANING,
    "Het kleinste verschil dat te zien is, gaat over twee aandelen van rond de helft: bij een kleiner verschil is de "
    "kans minder dan 80% dat het opvalt (toets op 5%, tweezijdig).",
    "De verhouding is het aantal meldingen per persoon onder 12 maanden, gedeeld door dat onder 24 maanden, met het "
    "exacte 95%-interval. Ligt het hele interval aan één kant van 1, dan is het verschil groter dan toeval. Zijn de "
    "aantallen afgerond, dan houdt het interval daar geen rekening mee; ook daardoor is de onzekerheid groter.",
    "Eén persoon kan vaker komen. Geteld zijn meldingen en geen mensen; daardoor is de onzekerheid in werkelijkheid "
    "groter dan het interval laat zien.",
    "De groepen zijn in andere jaren gehuisvest. Wie eerder kwam, had meer tijd om hulp te vragen: het cijfer telt "
    "alle meldingen tot de peildatum en houdt met die tijd geen rekening.",
    "Een melding is niet aan een persoon te koppelen: meldingen en personen zijn los van elkaar geteld.",
    "Bij een gekozen gebied tellen de personen die er wonen en de meldingen die het wijkteam van dat gebied vastlegde. "
    "Dat hoeven niet dezelfde mensen te zijn. Een ander filter verandert de groepen en niet de meldingen; dan wordt er "
    "niet vergeleken.",
)


# Two decimals; a dash when there was no request under 24 months to divide by.


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
    if can_be_compared(comparison):
        return {"Wel": [rates(comparison), *KNOWN], "Niet": [*UNKNOWN]}
    return {"Wel": [*KNOWN], "Niet": [NO_COMPARISON, *UNKNOWN]}


def rates(comparison: Row) -> str:
    """Requests per 100 persons under either regime, and their ratio with its interval."""
    low, high = comparison["ci_laag_kort"], comparison["ci_hoog_kort"]
    # Without a request under 24 months there is no upper bound.
    interval = f"vanaf {low}" if comparison["ci_hoog"] is None else f"{low} tot {high}"
    return RATES.format(
        old=comparison["per_100_24_tekst"],
        new=comparison["per_100_12_kort"],
        ratio=comparison["verhouding_tekst"],
        interval=interval,
    )


def comparison_notation(comparison: Row) -> dict[str, Callable[[float | None], str]]:
    """How the figures of the comparison are written in its table."""
    names = ("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog")
    return {name: lambda _, name=name: comparison[columns.kort_van(name)] for name in names}


def counted(groups: pl.DataFrame) -> str:
    """On how many requests and persons the comparison rests. groups: the question evaluatie_meldingen."""
    rows = groups.iter_rows(named=True)
    told = [
        f"{row['meldingen_tekst']} meldingen bij {row['personen_tekst']} personen ({row['regime']})" for row in rows
    ]
    return f"Geteld: {formats.enumerate_words(told)}."


# --- the tables


def condition_table(conditions: pl.DataFrame) -> pl.DataFrame:
    """The conditions as people read them: voorwaarde, uitkomst, gemeten, nodig, toelichting (all text)."""
    return pl.DataFrame(
        [
            {
                "voorwaarde": CONDITIONS[row["voorwaarde"]],
                "uitkomst": MET if row["voldaan"] else NOT_MET,
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
    return " ".join(
        f"Deze pagina hoort bij toezegging {row['nummer']}: {row['onderwerp']}. Stand: {row['status']}. "
        f"{row['toelichting'] or ''}".strip()
        for row in register.filter(pl.col("nummer") == TOEZEGGING).iter_rows(named=True)
    )
