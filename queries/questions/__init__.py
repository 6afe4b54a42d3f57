"""The questions by name: their text, and how one is answered by a database."""

import inspect
from pathlib import Path

import polars as pl

from data import contract
from queries.computed import COMPUTED
from queries.database import KPI, Database
from queries.errors import UnknownQuestion
from queries.openbaar.publication import Publication
from queries.selection import Selection

_FOLDER = Path(__file__).parent

QUESTIONS: tuple[str, ...] = tuple(sorted({path.stem for path in _FOLDER.glob("*.sql")} | set(COMPUTED)))


def answer(name: str, selection: Selection, database: Database | Publication) -> pl.DataFrame:
    """Answer the question ``name``; raises UnknownQuestion or InvalidSelection."""
    if isinstance(database, Publication):
        return database.answer(name, selection)
    if name in COMPUTED:
        return COMPUTED[name](lambda other: database.ask(sql(other), selection), selection)
    return database.ask(sql(name), selection)


def sql(name: str) -> str:
    """The SQL text of a question, or the Python of one that a library answers; raises UnknownQuestion."""
    check_name(name)
    if name in COMPUTED:
        return inspect.getsource(COMPUTED[name])
    return contract.filled_in(_FOLDER / f"{name}.sql")


def observations_sql(indicator: str) -> str:
    """The part of the model that says which observations a KPI counts: one select, without what is around it.

    Raises UnknownQuestion when no select names the indicator.
    """
    for path in KPI.glob("*.sql"):
        for part in contract.filled_in(path).split("union all by name"):
            if f"'{indicator}'" in part:
                # The first part has the tables and the name of the view before it.
                return inspect.cleandoc(part.rpartition(" as\n")[2]).removesuffix(";")
    raise UnknownQuestion(f"Er is geen kengetal met de naam '{indicator}'.")


def check_name(name: str) -> None:
    """Refuse a name that is no question's; raises UnknownQuestion."""
    if name not in QUESTIONS:
        raise UnknownQuestion(f"Er is geen vraag met de naam '{name}'. Keuze: {', '.join(QUESTIONS)}.")
