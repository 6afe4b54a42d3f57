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


def write(folder: Path, tables: Mapping[str, pl.DataFrame], peildatum: date, *, demo: bool) -> None:
    """Write a CSV per question, the codebook and the metadata into ``folder``/open_data."""
    target = folder / OPEN_DATA
    target.mkdir()
    for question, table in tables.items():
        (target / f"{question}.csv").write_text(table.write_csv(), encoding="utf-8")
    names = list(tables)
    (target / CODEBOOK).write_text(codebook(names).write_csv(), encoding="utf-8")
    text = json.dumps(catalogue(names, peildatum, demo=demo), ensure_ascii=False, indent=2)
    (target / CATALOGUE).write_text(text + "\n", encoding="utf-8")


def codebook(names: list[str]) -> pl.DataFrame:
    """One row per column of every CSV: bestand, kolom, betekenis."""
    rows = []
    for question in names:
        rows += [(f"{question}.csv", kolom, betekenis) for kolom, betekenis in _EXTRA.items()]
        for kolom, betekenis in VRAGEN[question].kolommen.items():
            if kolom in ("maand", "stand"):
                betekenis = f"{betekenis}; in de openbare cijfers per kwartaal"
            rows.append((f"{question}.csv", kolom, betekenis))
            if kolom in figures(question):
                rows.append((f"{question}.csv", weergave_van(kolom), _WEERGAVE.format(kolom=kolom)))
    return pl.DataFrame(rows, schema=["bestand", "kolom", "betekenis"], orient="row")


def catalogue(names: list[str], peildatum: date, *, demo: bool) -> dict:
    """The metadata as JSON-LD in the terms of DCAT-AP 3; identifiers are relative: the address is not known here."""
    title = "Monitor inburgering Haarlem" + (": demogegevens (synthetisch)" if demo else "")
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
        "dct:title": {"@value": title, "@language": "nl"},
        "dct:description": {"@value": _about(demo), "@language": "nl"},
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dcat:dataset": [
            {
                "@id": f"dcat.json#{question}",
                "@type": "dcat:Dataset",
                "dct:identifier": f"{question}-{peildatum.isoformat()}",
                "dct:title": {"@value": VRAGEN[question].titel, "@language": "nl"},
                "dct:description": {"@value": f"{VRAGEN[question].titel}. {_about(demo)}", "@language": "nl"},
                "dct:publisher": publisher,
                "dct:temporal": {
                    "@type": "dct:PeriodOfTime",
                    "dcat:endDate": {"@value": peildatum.isoformat(), "@type": "xsd:date"},
                },
                "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
                "dcat:theme": [{"@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"}],
                "dct:conformsTo": {"@id": CODEBOOK},
                "dcat:distribution": [
                    {
                        "@id": f"{question}.csv",
                        "@type": "dcat:Distribution",
                        "dcat:accessURL": {"@id": f"{question}.csv"},
                        "dcat:downloadURL": {"@id": f"{question}.csv"},
                        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                        "dct:format": {"@id": "http://publications.europa.eu/resource/authority/file-type/CSV"},
                    }
                ],
            }
            for question in names
        ],
    }


def _about(demo: bool) -> str:
    return ("Alle cijfers zijn verzonnen. " if demo else "") + TOELICHTING
