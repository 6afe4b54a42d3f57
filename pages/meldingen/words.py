"""What the page Meldingen says of the requests: one sentence per figure, as the answers write it.

What follows from no figure stands in texts.toml.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

import queries
from pages.meldingen import charts
from pages.show import series
from pages.words import formats, presentation
from pages.words.presentation import Row

TEXTS: dict[str, Any] = queries.texts(__file__)
SUBJECTS = TEXTS["subjects"]


def finding(per_quarter: pl.DataFrame, asker: Row) -> str:
    """The requests and trajectories of the latest quarter, and whether it is known who asked.

    per_quarter: the question melding_traject. asker: the row statushouder_geregistreerd of evaluatie_meetbaarheid.
    """
    if per_quarter.is_empty():
        return TEXTS["no_requests"]
    row = per_quarter.row(-1, named=True)
    trajects = "" if presentation.hidden(row, "waarde") else f", waarvan {row['teller_tekst']} begeleidingstrajecten"
    told = f"Meldingen in het {formats.quarter(row['kwartaal'])}: {presentation.told_count(row, 'noemer')}{trajects}."
    return f"{told} {TEXTS['asker_known' if asker['waarde'] else 'asker_unknown']}"


def over_time_title(frame: pl.DataFrame, peildatum: date) -> str:
    """The requests of the latest month or quarter, and the most in an earlier one. frame: see charts.requests()."""
    if frame.is_empty():
        return "Meldingen per maand"
    last, earlier = frame.row(-1, named=True), frame.head(-1)
    first = formats.long_date(last[frame.columns[0]]).rpartition(" ")[0]
    words = (
        f"Meldingen van {first} tot en met {formats.long_date(peildatum)}: {presentation.told_count(last, 'noemer')}"
    )
    most = presentation.drawable(earlier, "noemer").sort("noemer").tail(1)
    # The most of those that are told may not be the most of all.
    if most.is_empty() or earlier.filter(presentation.left_out(earlier)).height:
        return words
    return f"{words}; eerder hoogstens {most['noemer_tekst'][0]} per {series.period(frame)}"


def most(frame: pl.DataFrame, name: str) -> str:
    """What was counted most, of 10 requests or more; rounded counts, which do not add up, are too alike to pick from.

    frame: see charts.by(). name: its first column.
    """
    counted, subject = presentation.summed(frame, "aantal"), SUBJECTS[name]
    known = frame.filter(pl.col(name) != charts.UNKNOWN).head(3)
    if (counted["aantal"] or 0) < presentation.MINIMUM or known.is_empty():
        return subject
    told = [f"{row[name]} ({row['aantal_tekst']})" for row in known.iter_rows(named=True)]
    return f"{subject}: het vaakst {formats.enumerate_words(told)}"


def latest_share(frame: pl.DataFrame, what: str) -> str:
    """A share in the latest quarter in which it may be shown. frame: melding_traject, zelforganisatie."""
    shown = presentation.drawable(frame, "waarde")
    if shown.is_empty():
        return what
    row = shown.row(-1, named=True)
    return f"{what}: {row['waarde_tekst']} ({presentation.of(row)}) in het {formats.quarter(row['kwartaal'])}"


def diversity_title(frame: pl.DataFrame) -> str:
    """The effective number of kinds in the latest quarter with enough requests. frame: melding_diversiteit."""
    for row in frame.drop_nulls("diversiteit").tail(1).iter_rows(named=True):
        as_many = f"Zo gevarieerd als {row['diversiteit_tekst']} onderwerpen die even vaak voorkomen"
        return f"{as_many} ({formats.quarter(row['kwartaal'])})"
    return SUBJECTS["diversity"]
