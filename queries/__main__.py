"""The same door for analysts: ``python -m queries NAME [filters] [--format table|csv|json]``."""

import json
import sys
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

import queries
from data.command_line import Opdracht, say
from data.demo import first_start
from data.snapshots import store
from queries import QueryError, Selection


def main(arguments: list[str] | None = None) -> int:
    """Answer one question on standard output; returns 0, or 2 with a Dutch message on standard error."""
    try:
        options = vars(_parser().parse_args(arguments))
        vraag, folder, form = (options.pop(name) for name in ("vraag", "data", "format"))
        if vraag is None:
            width = max(len(name) for name in queries.QUESTIONS)
            for name in queries.QUESTIONS:
                print(f"{name:<{width}}  {queries.VRAGEN[name].titel}")
            return 0
        queries.check_name(vraag)
        if folder is None and queries.view() != queries.OPENBAAR:
            first_start.ensure_snapshot(lambda: say(first_start.BEING_MADE))
        database = queries.open_database(folder)
        filters = {name: tuple(found) if isinstance(found, list) else found for name, found in options.items()}
        frame = queries.answer(vraag, Selection(**filters), database)
    except (QueryError, store.SnapshotError) as error:
        print(error, file=sys.stderr)
        return 2
    if database.demo:
        print("Demogegevens (synthetisch)", file=sys.stderr)
    print(_written(frame, form))
    return 0


def _written(frame: pl.DataFrame, form: str) -> str:
    if form == "json":
        return json.dumps(frame.to_dicts(), ensure_ascii=False, indent=1, default=date.isoformat)
    if form == "csv":
        return frame.write_csv().rstrip("\n")
    with pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
        tbl_width_chars=240,
        fmt_str_lengths=200,
        tbl_formatting="UTF8_FULL_CONDENSED",
    ):
        return str(frame)


def _parser() -> Opdracht:
    parser = Opdracht(
        fout=QueryError,
        prog="python -m queries",
        description="Beantwoord een vraag over een snapshot; zonder vraag: de lijst van vragen.",
        epilog="De uitkomsten zijn exact en voor intern gebruik.",
    )
    parser.add_argument("vraag", nargs="?", help="naam van de vraag")
    # The filters have the names of a Selection.
    repeated = partial(parser.add_argument, action="append", default=[])
    repeated("--stadsdeel", dest="stadsdelen", metavar="S", help="ook: Onbekend; herhaalbaar")
    repeated("--wijkteam", dest="wijkteams", metavar="W", help="ook: Onbekend; herhaalbaar")
    repeated("--doelgroep", dest="doelgroepen", metavar="D", help="herhaalbaar")
    repeated("--wet", dest="wetten", metavar="W", help="WI2013 of WI2021; herhaalbaar")
    repeated("--cohort", dest="cohorten", type=int, metavar="JAAR", help="jaar van kennisgeving; herhaalbaar")
    parser.add_argument(
        "--huisvesting-van", type=date.fromisoformat, metavar="JJJJ-MM-DD", help="gehuisvest op of na deze dag"
    )
    parser.add_argument(
        "--huisvesting-tot", type=date.fromisoformat, metavar="JJJJ-MM-DD", help="gehuisvest voor deze dag"
    )
    parser.add_argument(
        "--peildatum", type=date.fromisoformat, metavar="JJJJ-MM-DD", help="standaard die van de snapshot"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="map van een snapshot; standaard die in gebruik is")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="vorm van het antwoord")
    return parser


if __name__ == "__main__":
    sys.exit(main())
