"""The part of data/README.md that follows from the contract: `python -m data.contract.guide` writes it anew.

The tables, columns, codes and rules stand in data/contract/ and nowhere else; a test keeps the page equal to them.
"""

import sys
from pathlib import Path

import dataframely as dy

from data import contract

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- begin tabellen: gemaakt met python -m data.contract.guide -->"
END = "<!-- eind tabellen -->"

_SOORTEN = {dy.String: "tekst", dy.Date: "datum", dy.Bool: "ja/nee", dy.Int64: "geheel getal"}


def tables() -> str:
    """Every extract with its key, columns, kinds, codes and rules, as Dutch Markdown."""
    return "\n\n".join(_table(name, schema) for name, schema in contract.TABELLEN.items())


def _table(name: str, schema: type[dy.Schema]) -> str:
    optional = contract.OPTIONEEL.get(name, ())
    rows = [
        f"| {column} | {_kind(kind)} | {_empty(column, kind, optional)} | {_cell(kind.description or '')} |"
        for column, kind in schema.columns().items()
    ]
    text = [
        f"### {name}",
        f"{contract.OMSCHRIJVINGEN[name]} Sleutel: {' en '.join(schema.primary_key())}.",
        "\n".join(["| kolom | soort | leeg | betekenis |", "| --- | --- | --- | --- |", *rows]),
    ]
    codes = [f"- {column}: {_codes(kind)}." for column, kind in schema.columns().items() if _codes(kind)]
    if codes:
        text.append("Codes, letterlijk:\n\n" + "\n".join(codes))
    between = [words for rule, words in contract.REDENEN.items() if rule in schema._validation_rules(with_cast=False)]
    if between:
        text.append("Afgekeurd wordt ook een rij met:\n\n" + "\n".join(f"- {words};" for words in between)[:-1] + ".")
    return "\n\n".join(text)


def _kind(kind: dy.Column) -> str:
    return "code" if _codes(kind) else _SOORTEN[type(kind)]


def _codes(kind: dy.Column) -> str:
    return ", ".join(f"`{code}`" for code in (kind.metadata or {}).get("codes", ()))


def _empty(column: str, kind: dy.Column, optional: tuple[str, ...]) -> str:
    if column in optional:
        return "ja, en de kolom mag ontbreken"
    return "ja" if kind.nullable else "nee"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_tables(page: str) -> str:
    """The page with the part between BEGIN and END made anew. Raises ValueError when the page lacks those lines."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{README.name} lacks the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def main() -> int:
    """Write the page; returns the exit status."""
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{README.name} is bijgewerkt.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
