"""The part of data/README.md that follows from the contract: `python -m data.contract.guide` writes it anew."""

from pathlib import Path

import dataframely as dy

from data import contract

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- begin tabellen: gemaakt met python -m data.contract.guide -->"
END = "<!-- eind tabellen -->"


def _table(name: str, schema: type[dy.Schema]) -> str:
    """An extract with its key, columns, kinds, codes and rules, as Dutch Markdown."""
    rows, codes = ["| kolom | soort | leeg | betekenis |", "| --- | --- | --- | --- |"], []
    for column, kind in schema.columns().items():
        values = ", ".join(f"`{code}`" for code in (kind.metadata or {}).get("codes", ()))
        codes += [f"- {column}: {values}."] if values else []
        may_lack = column in contract.OPTIONEEL.get(name, ())
        empty = "ja, en de kolom mag ontbreken" if may_lack else "ja" if kind.nullable else "nee"
        meaning = kind.description.replace("|", "\\|")
        rows.append(f"| {column} | {'code' if values else contract.SOORTEN[type(kind.dtype)]} | {empty} | {meaning} |")
    text = [f"### {name}", f"{schema.__doc__} Sleutel: {' en '.join(schema.primary_key())}.", "\n".join(rows)]
    if codes:
        text.append("Codes, letterlijk:\n\n" + "\n".join(codes))
    if between := contract.tussen_kolommen(schema).values():
        text.append("Afgekeurd wordt ook een rij met:\n\n" + ";\n".join(f"- {reden}" for reden in between) + ".")
    return "\n\n".join(text)


def with_tables(page: str) -> str:
    """The page with the part between BEGIN and END made anew. Raises ValueError when the page lacks those lines."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{README.name} lacks the lines {BEGIN} and {END}")
    tables = "\n\n".join(_table(name, schema) for name, schema in contract.TABELLEN.items())
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{README.name} is bijgewerkt.")
