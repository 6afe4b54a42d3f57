"""The same door for analysts: ``python -m queries NAME [filters] [--format table|csv|json]``."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import polars as pl

import queries
from data.command_line import Opdracht, say
from data.demo import first_start
from data.snapshots import store
from queries import InvalidSelection, QueryError, Selection


def main(arguments: list[str] | None = None) -> int:
    """Answer one question on standard output; returns 0, or 2 with a Dutch message on standard error."""
    try:
        options = _parser().parse_args(arguments)
    except QueryError as error:
        print(error, file=sys.stderr)
        return 2
    if options.vraag is None:
        width = max(len(name) for name in queries.QUESTIONS)
        for name in queries.QUESTIONS:
            print(f"{name:<{width}}  {queries.VRAGEN[name].titel}")
        return 0
    selection = Selection(
        stadsdelen=tuple(options.stadsdeel),
        wijkteams=tuple(options.wijkteam),
        doelgroepen=tuple(options.doelgroep),
        wetten=tuple(options.wet),
        cohorten=tuple(options.cohort),
        huisvesting_van=options.huisvesting_van,
        huisvesting_tot=options.huisvesting_tot,
        peildatum=options.peildatum,
    )
    try:
        queries.check_name(options.vraag)
        if options.data is None and queries.view() != queries.OPENBAAR:
            first_start.ensure_snapshot(lambda: say(first_start.BEING_MADE))
        database = queries.open_database(options.data)
        frame = queries.run(options.vraag, selection, database)
    except (QueryError, store.SnapshotError) as error:
        print(error, file=sys.stderr)
        return 2
    if database.demo:
        print("Demogegevens (synthetisch)", file=sys.stderr)
    print(_written(frame, options.format))
    return 0


def _written(frame: pl.DataFrame, form: str) -> str:
    if form == "json":
        rows = [
            {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
            for row in frame.iter_rows(named=True)
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1)
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


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise InvalidSelection(f"'{text}' is geen datum als 2022-12-31.") from None


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise InvalidSelection(f"'{text}' is geen jaar als 2022.")
    return int(text)


def _parser() -> Opdracht:
    parser = Opdracht(
        fout=QueryError,
        prog="python -m queries",
        description="Beantwoord een vraag over een snapshot; zonder vraag: de lijst van vragen.",
        epilog="De uitkomsten zijn exact en voor intern gebruik.",
    )
    parser.add_argument("vraag", nargs="?", help="naam van de vraag")
    parser.add_argument("--stadsdeel", action="append", default=[], metavar="S", help="ook: Onbekend; herhaalbaar")
    parser.add_argument("--wijkteam", action="append", default=[], metavar="W", help="ook: Onbekend; herhaalbaar")
    parser.add_argument("--doelgroep", action="append", default=[], metavar="D", help="herhaalbaar")
    parser.add_argument("--wet", action="append", default=[], metavar="W", help="WI2013 of WI2021; herhaalbaar")
    parser.add_argument(
        "--cohort",
        action="append",
        default=[],
        type=_year,
        metavar="JAAR",
        help="jaar van kennisgeving; herhaalbaar",
    )
    parser.add_argument("--huisvesting-van", type=_day, metavar="D", help="gehuisvest op of na deze dag")
    parser.add_argument("--huisvesting-tot", type=_day, metavar="D", help="gehuisvest voor deze dag")
    parser.add_argument("--peildatum", type=_day, metavar="D", help="standaard die van de snapshot")
    parser.add_argument("--data", type=Path, metavar="DIR", help="map van een snapshot; standaard die in gebruik is")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="vorm van het antwoord")
    return parser


if __name__ == "__main__":
    sys.exit(main())
