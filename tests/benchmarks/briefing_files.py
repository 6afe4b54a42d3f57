"""Make the briefing about the demo and print how long each file took: the first time in a process, and after that.

python tests/benchmarks/briefing_files.py [number of times]

The last column holds the time against that of asking the questions: about the same on a fast and on a slow machine.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import queries
from data.demo import municipality
from pages.briefing import content, figures, pdf, word, workbook


def seconds(make: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    make()
    return time.perf_counter() - started


def main(times: int) -> None:
    """Print per file: seconds the first time, seconds after that (median), and that over the time of the questions."""
    with tempfile.TemporaryDirectory() as temporary:
        municipality.publiceer_demo(Path(temporary))
        database = queries.open_database(Path(temporary)).folder

        def found() -> figures.Figures:
            return figures.intern(queries.Selection(), database)

        makers = {
            "questions": found,
            "PDF": lambda: pdf.pdf(content.build(asked)),
            "PDF and pages": lambda: pdf.pdf_and_pages(content.build(asked)),
            "Word": lambda: word.docx(content.build(asked)),
            "workbook": lambda: workbook.xlsx(asked),
        }
        asked = found()
        first = {name: seconds(make) for name, make in makers.items()}
        after = {name: statistics.median(seconds(make) for _ in range(times)) for name, make in makers.items()}
    for name in makers:
        print(
            f"{name:<14} first {first[name]:6.2f} s   after that {after[name]:6.2f} s   "
            f"{after[name] / after['questions']:5.1f} x the questions"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
