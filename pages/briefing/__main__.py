"""The briefing without a screen, for a scheduled run: ``python -m pages.briefing --naar FILE.pdf [selection]``."""

import logging
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

# Streamlit, which pages need, warns at its import that it does not serve; here it should not.
logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(lambda record: False)

import queries  # noqa: E402
from data.command_line import Opdracht, put_in_place, say  # noqa: E402
from pages import start  # noqa: E402
from pages.briefing import annex, content, figures, pdf, word, workbook  # noqa: E402

# The kind of file follows from its name.
WRITERS: dict[str, Callable[[figures.Figures, tuple[str, ...]], bytes]] = {
    ".pdf": lambda found, chosen: pdf.pdf(content.build(found, chosen)),
    ".docx": lambda found, chosen: word.docx(content.build(found, chosen)),
    ".xlsx": lambda found, _: workbook.xlsx(found),
}


def main(arguments: list[str] | None = None) -> int:
    """Writes one file, at once or not at all; returns 0, or 2 with a Dutch message on standard error."""
    try:
        found = _written(_parser().parse_args(arguments))
    except queries.QueryError as error:
        print(error, file=sys.stderr)
        return 2
    for mark in content.marks(found):
        print(mark, file=sys.stderr)
    return 0


def _written(options: Namespace) -> figures.Figures:
    """Puts the file that is asked for in its place, and gives the figures in it. Raises queries.QueryError."""
    file = options.naar
    write = WRITERS.get(file.suffix.lower())
    if write is None:
        raise queries.QueryError(f"De naam van het bestand moet eindigen op {', '.join(WRITERS)}.")
    selection = queries.Selection(
        stadsdelen=tuple(options.stadsdeel), doelgroepen=tuple(options.doelgroep), peildatum=options.peildatum
    )
    if options.data is None:
        start.ensure_snapshot(lambda: say(start.BEING_MADE))
    if options.uitgave == figures.INTERN:
        found = figures.intern(selection, options.data)
    else:
        of_demo = partial(start.demo_publication, lambda: say(start.BEING_PUBLISHED))
        found = figures.openbaar(selection, options.data, of_demo)
    put_in_place(file, write(found, tuple(options.bijlage)), fout=queries.QueryError)
    return found


def _parser() -> Opdracht:
    parser = Opdracht(
        fout=queries.QueryError,
        prog="python -m pages.briefing",
        description="Schrijft de briefing voor de commissie Samenleving als PDF, Word-document of werkmap.",
        epilog="De openbare uitgave leest alleen gepubliceerde, afgeronde cijfers: zie python -m queries.openbaar. Wat "
        "boven de nota staat, komt uit nota.toml van de gemeente.",
    )
    many = {"action": "append", "default": []}
    kinds = "bestand dat eindigt op .pdf, .docx of .xlsx"
    parser.add_argument("--naar", type=Path, required=True, metavar="BESTAND", help=kinds)
    parser.add_argument("--uitgave", choices=(figures.OPENBAAR, figures.INTERN), default=figures.OPENBAAR)
    parser.add_argument("--stadsdeel", **many, metavar="S", help=f"standaard {queries.GEMEENTE.geheel}")
    parser.add_argument("--doelgroep", **many, metavar="D", help="standaard alle doelgroepen")
    day = {"type": date.fromisoformat, "metavar": "JJJJ-MM-DD"}
    parser.add_argument("--peildatum", **day, help="standaard die van de gegevens")
    parser.add_argument("--bijlage", **many, choices=tuple(annex.PARTS), help="herhaalbaar; standaard alle")
    parser.add_argument("--data", type=Path, metavar="DIR", help="map met de gegevens; standaard die in gebruik is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
