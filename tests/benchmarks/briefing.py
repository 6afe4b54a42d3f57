"""The files of a briefing: how long each takes the first time in a process, and after that.

python -m tests.benchmarks briefing [number of times]
"""

from __future__ import annotations

import statistics
import timeit

import queries
from pages.briefing import content, figures, pdf, word, workbook
from tests import towns


def main(times: int = 5) -> None:
    """Print seconds per file, first and after that (median), and the latter over the time of asking the questions."""
    found = figures.intern(queries.Selection(), towns.folder())
    after = {}
    for name, make in {
        "questions": lambda: figures.intern(queries.Selection(), towns.folder()),
        "PDF": lambda: pdf.pdf(content.build(found)),
        "PDF and pages": lambda: pdf.pdf_and_pages(content.build(found)),
        "Word": lambda: word.docx(content.build(found)),
        "workbook": lambda: workbook.xlsx(found),
    }.items():
        first, *rest = timeit.repeat(make, number=1, repeat=times + 1)
        after[name] = statistics.median(rest)
        ratio = after[name] / after["questions"]
        print(f"{name:<14}first {first:6.2f} s   after that {after[name]:6.2f} s   {ratio:5.1f} x the questions")
