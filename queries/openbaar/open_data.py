"""The publication as open data: a CSV per question, a Dutch codebook, and metadata after DCAT-AP."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

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


_AUTHORITY = "http://publications.europa.eu/resource/authority"


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
    """The metadata as JSON-LD in the terms of DCAT-AP 3; identifiers are relative: the address is not known here."""
    about = ("Alle cijfers zijn verzonnen. " if demo else "") + TOELICHTING
    publisher = {"@type": "foaf:Agent", "foaf:name": "Demonstratie" if demo else "Gemeente Haarlem"}
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": "dcat.json",
        "@type": "dcat:Catalog",
        "dct:title": _dutch("Monitor inburgering Haarlem" + (": demogegevens (synthetisch)" if demo else "")),
        "dct:description": _dutch(about),
        "dct:publisher": publisher,
        "dct:language": {"@id": f"{_AUTHORITY}/language/NLD"},
        "dcat:dataset": [
            {
                "@id": f"dcat.json#{question}",
                "@type": "dcat:Dataset",
                "dct:identifier": f"{question}-{peildatum.isoformat()}",
                "dct:title": _dutch(VRAGEN[question].titel),
                "dct:description": _dutch(f"{VRAGEN[question].titel}. {about}"),
                "dct:publisher": publisher,
                "dct:temporal": {
                    "@type": "dct:PeriodOfTime",
                    "dcat:endDate": {"@value": peildatum.isoformat(), "@type": "xsd:date"},
                },
                "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
                "dcat:theme": [{"@id": f"{_AUTHORITY}/data-theme/SOCI"}],
                "dct:conformsTo": {"@id": CODEBOOK},
                "dcat:distribution": [
                    {
                        "@id": f"{question}.csv",
                        "@type": "dcat:Distribution",
                        "dcat:accessURL": {"@id": f"{question}.csv"},
                        "dcat:downloadURL": {"@id": f"{question}.csv"},
                        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                        "dct:format": {"@id": f"{_AUTHORITY}/file-type/CSV"},
                    }
                ],
            }
            for question in names
        ],
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}
