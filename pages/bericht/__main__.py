"""Tells by e-mail what changed since the previous delivery: ``python -m pages.bericht [--naar FILE.eml | --smtp]``."""

import logging
import os
import sys
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Streamlit, which pages need, warns that it does not serve; here it should not.
for _name in ("caching.cache_data_api", "scriptrunner_utils.script_run_context", "state.session_state_proxy"):
    logging.getLogger(f"streamlit.runtime.{_name}").addFilter(lambda record: False)

import queries  # noqa: E402
from data.command_line import Opdracht, peildatum, put_in_place  # noqa: E402
from data.errors import RefusedError  # noqa: E402
from pages.access import log, roles  # noqa: E402
from pages.bericht import message, post  # noqa: E402

NOTHING = 3
SAYS = post.SAYS


def main(arguments: list[str] | None = None) -> int:
    """Writes a message, or sends one to each reader who does not know this delivery yet.

    Returns 0, 2 with a Dutch message on standard error, or 3 when there is nothing to tell.
    """
    # A log that more than one process writes in is not turned well at midnight.
    os.environ.setdefault(log.FILE, str(log.file().with_name("bericht.jsonl")))
    try:
        options = _parser().parse_args(arguments)
        source = queries.open_database(options.data)
        if isinstance(source, queries.Publication):
            raise queries.QueryError(SAYS["public"])
        return _sent(options, source) if options.smtp else _written(options, source)
    except (queries.QueryError, RefusedError) as error:
        print(error, file=sys.stderr)
        return 2


def _written(options: Namespace, source: queries.Database) -> int:
    reader = post.Reader(naam=options.rol, rol=options.rol, aan=["-"], wijkteams=tuple(options.wijkteam) or None)
    found = message.changes(_limited(source, reader), options.sinds)
    if not found:
        return _nothing(found)
    letter = message.message(found, reader.rol, [], "", datetime.now().astimezone(), message.site())
    _record(reader, source)
    if options.naar:
        put_in_place(options.naar, bytes(letter), fout=queries.QueryError)
    else:
        print(letter.get_body().get_content())
    return 0


def _sent(options: Namespace, source: queries.Database) -> int:
    asked, told, site, delivery = post.settings(), post.Told(), message.site(), source.manifest.levering_id
    readers = [each for each in asked.ontvangers if options.sinds or not told.knows(each, delivery)]
    if not readers:
        print(SAYS["told_already"], file=sys.stderr)
        return NOTHING
    results, found = set(), None
    for reader in readers:
        if not (found := message.changes(_limited(source, reader), options.sinds)):
            continue
        letter = message.message(found, reader.rol, reader.aan, asked.van, datetime.now().astimezone(), site)
        _record(reader, source)
        try:
            post.send(asked.smtp, letter)
            told.add(reader, delivery)
        except OSError as error:
            # What a server answers may quote an address.
            results.add(2)
            print(SAYS["not_sent"].format(name=reader.naam, cause=type(error).__name__), file=sys.stderr)
        else:
            results.add(0)
            print(SAYS["sent"].format(name=reader.naam, number=len(reader.aan)), file=sys.stderr)
    return max(results) if results else _nothing(found)


def _limited(source: queries.Database, reader: post.Reader) -> queries.Database:
    for team in reader.wijkteams or ():
        if team not in source.alle_wijkteams:
            raise queries.QueryError(SAYS["unknown_team"].format(team=team))
    return source.limited(reader.wijkteams)


def _nothing(found: message.Changes | None) -> int:
    told = SAYS["no_earlier"] if found is None else SAYS["nothing"].format(earlier=found.earlier)
    print(told, file=sys.stderr)
    return NOTHING


def _record(reader: post.Reader, source: queries.Database) -> None:
    """A line in the log of use, before anybody has the figures."""
    if source.demo:
        return
    now, name = datetime.now(UTC), reader.naam
    who = roles.Visitor("bericht", name, name, (reader.rol,), reader.wijkteams, now, now + timedelta(hours=1), name)
    log.record(who, "bericht", message.EVERYTHING, levering=source.manifest.levering_id)


def _parser() -> Opdracht:
    parser = Opdracht(
        fout=queries.QueryError,
        prog="python -m pages.bericht",
        description="Vertelt per e-mail wat er sinds de vorige levering veranderde, met de interne briefing erbij.",
        epilog="Zonder --naar of --smtp komt de tekst op het scherm. Uitkomst 3: er is niets te melden.",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--naar", type=Path, metavar="BESTAND.eml", help="schrijf het bericht in een bestand")
    where.add_argument("--smtp", action="store_true", help=f"verzend aan de ontvangers die {post.SETTINGS} noemt")
    day = {"type": peildatum, "metavar": "JJJJ-MM-DD"}
    parser.add_argument("--sinds", **day, help="vergelijk met de levering van deze peildatum; standaard de vorige")
    parser.add_argument("--rol", choices=tuple(message.ROLES), default="beleid", help="standaard beleid")
    parser.add_argument("--wijkteam", action="append", default=[], metavar="W", help="alleen dit gebied; herhaalbaar")
    parser.add_argument("--data", type=Path, metavar="DIR", help="map met de gegevens; standaard die in gebruik is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
