"""The publication as open data: a CSV per question, a Dutch codebook, and metadata after DCAT-AP."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import jinja2
import polars as pl

from queries import VRAGEN
from queries.definitions.columns import figures, weergave_van
from queries.openbaar.publication import OPEN_DATA, SOORT, SOORT_NAAM

CODEBOOK = "codeboek.csv"
CATALOGUE = "dcat.json"

_EXTRA = {
    SOORT: "waarover de rij gaat: stad (heel Haarlem), stadsdeel of doelgroep",
    SOORT_NAAM: "naam van het stadsdeel of de doelgroep; leeg bij heel Haarlem",
}
_WEERGAVE = (
    "hoe {kolom} is weergegeven: afgerond (op tientallen of hele procenten, weken of maanden), beschermd (te klein om "
    "te tonen: een aantal dat op 0 is afgerond en dus onder de 10 ligt, of een aandeel of duur over te weinig mensen) "
    "of weggelaten (niet openbaar)"
)
TOELICHTING = (
    "Aantallen zijn willekeurig afgerond op tientallen, zodat niemand herkenbaar is: dezelfde groep krijgt altijd "
    "hetzelfde getal, en totalen zijn apart afgerond, dus delen tellen niet altijd op. Kleine verschillen kunnen "
    "afronding zijn."
)


def write(folder: Path, tables: Mapping[str, pl.DataFrame], peildatum: date, *, demo: bool) -> None:
    """Write a CSV per question, the codebook and the metadata into ``folder``/open_data."""
    target = folder / OPEN_DATA
    target.mkdir()
    texts = {f"{question}.csv": table.write_csv() for question, table in tables.items()}
    metadata = json.dumps(catalogue(list(tables), peildatum, demo=demo), ensure_ascii=False, indent=2)
    texts |= {CODEBOOK: codebook(list(tables)).write_csv(), CATALOGUE: metadata + "\n"}
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")


def codebook(names: list[str]) -> pl.DataFrame:
    """One row per column of every CSV: bestand, kolom, betekenis."""
    rows = []
    for question in names:
        columns = dict(_EXTRA)
        for kolom, betekenis in VRAGEN[question].kolommen.items():
            per_quarter = "; in de openbare cijfers per kwartaal" if kolom in ("maand", "stand") else ""
            columns[kolom] = betekenis + per_quarter
            if kolom in figures(question):
                columns[weergave_van(kolom)] = _WEERGAVE.format(kolom=kolom)
        rows += [(f"{question}.csv", kolom, betekenis) for kolom, betekenis in columns.items()]
    return pl.DataFrame(rows, schema=["bestand", "kolom", "betekenis"], orient="row")


def catalogue(names: list[str], peildatum: date, *, demo: bool) -> dict:
    """The metadata in the terms of DCAT-AP 3; see ``dcat.json.jinja``."""
    template = jinja2.Template(Path(__file__).with_name("dcat.json.jinja").read_text(encoding="utf-8"))
    text = template.render(
        vragen={name: VRAGEN[name] for name in names},
        peildatum=peildatum.isoformat(),
        demo=demo,
        toelichting=("Alle cijfers zijn verzonnen. " if demo else "") + TOELICHTING,
        codeboek=CODEBOOK,
    )
    return json.loads(text)
