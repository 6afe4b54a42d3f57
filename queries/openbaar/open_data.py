"""The publication as open data: a CSV per question, a Dutch codebook, and metadata after DCAT-AP."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jinja2
import polars as pl

from queries import VRAGEN
from queries.definitions.columns import figures, weergave_van
from queries.openbaar.publication import OPEN_DATA, SOORT, SOORT_NAAM, TEXTS
from queries.openbaar.use import COUNTS

CODEBOOK = "codeboek.csv"
USE = "gebruik.csv"
CATALOGUE = "dcat.json"

SAYS = TEXTS["open_data"]


def write(
    folder: Path, tables: Mapping[str, pl.DataFrame], report: pl.DataFrame, peildatum: date, *, demo: bool
) -> None:
    """Write a CSV per question, the report of use, the codebook and the metadata into ``folder``/open_data."""
    target = folder / OPEN_DATA
    target.mkdir()
    texts = {f"{question}.csv": table.write_csv() for question, table in tables.items()}
    metadata = json.dumps(catalogue(list(tables), peildatum, demo=demo), ensure_ascii=False, indent=2)
    texts |= {USE: report.write_csv(), CODEBOOK: codebook(list(tables)).write_csv(), CATALOGUE: metadata + "\n"}
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")


def codebook(names: list[str]) -> pl.DataFrame:
    """One row per column of every CSV: bestand, kolom, betekenis."""
    rows = []
    for question in names:
        columns = {name: SAYS[name] for name in (SOORT, SOORT_NAAM)}
        for kolom, betekenis in VRAGEN[question].kolommen.items():
            columns[kolom] = betekenis + (SAYS["per_quarter"] if kolom in ("maand", "stand") else "")
            if kolom in figures(question):
                columns[weergave_van(kolom)] = SAYS["weergave"].format(kolom=kolom)
        rows += [(f"{question}.csv", kolom, betekenis) for kolom, betekenis in columns.items()]
    columns = {name: SAYS[name] for name in (SOORT, SOORT_NAAM)} | TEXTS["gebruik"]
    rows += [(USE, kolom, columns[kolom]) for kolom in ("vraag", SOORT, SOORT_NAAM, *COUNTS)]
    return pl.DataFrame(rows, schema=["bestand", "kolom", "betekenis"], orient="row")


def catalogue(names: list[str], peildatum: date, *, demo: bool) -> dict:
    """The metadata in the terms of DCAT-AP 3; see ``dcat.json.jinja``."""
    template = jinja2.Template(Path(__file__).with_name("dcat.json.jinja").read_text(encoding="utf-8"))
    text = template.render(
        vragen={name: VRAGEN[name] for name in names},
        peildatum=peildatum.isoformat(),
        demo=demo,
        toelichting=(SAYS["demo"] if demo else "") + SAYS["toelichting"],
        codeboek=CODEBOOK,
    )
    return json.loads(text)
