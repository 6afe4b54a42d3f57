"""The publication as open data: a CSV and a JSON per question, a Dutch codebook, one ZIP of all, and their metadata."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import polars as pl
import polars.selectors as cs

from data.contract import GEMEENTE
from queries.definitions.columns import figures, weergave_van
from queries.definitions.indicators import VRAGEN
from queries.openbaar.publication import OPEN_DATA, SOORT, SOORT_NAAM, TEXTS, Publication, published_file

CODEBOOK, USE, INDEX, PACKED = "codeboek.csv", "gebruik.csv", "index.json", "alles.zip"
# The metadata after DCAT-AP-NL 3.0: the same as JSON-LD and as Turtle.
CATALOGUE, TURTLE = "dcat.json", "dcat.ttl"

# What the deployment says of itself: where it stands, whom to ask about the data, and under which licence they are.
ADDRESS, CONTACT, LICENCE = "WI_ADRES", "WI_CONTACT", "WI_LICENTIE"

SAYS = TEXTS["open_data"]
_TEMPLATE = jinja2.Template(Path(__file__).with_name("dcat.json.jinja").read_text(encoding="utf-8"))
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# The first day a ZIP can tell: the same publication is the same file.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


class NotSaid(ValueError):
    """The deployment does not say what the metadata have to tell; the message tells the administrator what."""


@dataclass(frozen=True)
class Deployment:
    """What the deployment says of itself; "" for what it does not say, or not so that a machine can follow it.

    address: of the monitor, without a slash at its end. contact: mailto: or a web address. licence: a web address.
    """

    address: str = ""
    contact: str = ""
    licence: str = ""

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Deployment:
        """From the environment. A contact is also a text on a page: the first address in it counts."""
        address, contact, licence = (settings.get(name, "").strip() for name in (ADDRESS, CONTACT, LICENCE))
        mail, web = _EMAIL.search(contact), _URL.search(contact)
        return cls(
            address.rstrip("/") if _URL.fullmatch(address) else "",
            f"mailto:{mail[0]}" if mail else web[0].rstrip(".,;)") if web else "",
            licence if _URL.fullmatch(licence) else "",
        )

    @property
    def missing(self) -> list[str]:
        """The settings that the metadata need and that are not there."""
        said = {ADDRESS: self.address, CONTACT: self.contact, LICENCE: self.licence}
        return [name for name, value in said.items() if not value]


def write(folder: Path, tables: Mapping[str, pl.DataFrame], report: pl.DataFrame) -> None:
    """Write a CSV per question, the report of use and the codebook into ``folder``/open_data."""
    target = folder / OPEN_DATA
    target.mkdir()
    texts = {f"{question}.csv": table.write_csv() for question, table in tables.items()}
    texts |= {USE: report.write_csv(), CODEBOOK: codebook(list(tables)).write_csv()}
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8")


def codebook(names: list[str]) -> pl.DataFrame:
    """One row per column of every CSV: bestand, kolom, betekenis."""
    rows = [(f"{name}.csv", kolom, betekenis) for name in names for kolom, betekenis in columns(name).items()]
    told = {name: SAYS[name] for name in (SOORT, SOORT_NAAM)} | TEXTS["gebruik"]
    vraag, *counts = TEXTS["gebruik"]
    rows += [(USE, kolom, told[kolom]) for kolom in (vraag, SOORT, SOORT_NAAM, *counts)]
    return pl.DataFrame(rows, schema=["bestand", "kolom", "betekenis"], orient="row")


def columns(question: str) -> dict[str, str]:
    """What each column of a published table holds, in its order."""
    told = {name: SAYS[name] for name in (SOORT, SOORT_NAAM)}
    for kolom, betekenis in VRAGEN[question].kolommen.items():
        told[kolom] = betekenis + (SAYS["per_quarter"] if kolom in ("maand", "stand") else "")
        if kolom in figures(question):
            told[weergave_van(kolom)] = SAYS["weergave"].format(kolom=kolom)
    return told


def csv(source: Publication, name: str) -> bytes:
    """A CSV of the publication, by its file name. Raises NoPublication when it was changed since, or OSError."""
    return published_file(source.folder, path := f"{OPEN_DATA}/{name}", source.manifest.bestanden[path])


def files(source: Publication, deployment: Deployment) -> dict[str, partial[bytes]]:
    """All files of the open data by name, with what makes each; metadata raise NotSaid where a setting is missing."""
    written = [Path(path).name for path in source.manifest.bestanden if path.startswith(f"{OPEN_DATA}/")]
    made = {name: partial(csv, source, name) for name in sorted(written) if name.endswith(".csv")}
    made |= {f"{question}.json": partial(_json, source, question) for question in source.questions}
    made |= {PACKED: partial(packed, source, deployment)}
    return made | {CATALOGUE: partial(_as_json, source, deployment), TURTLE: partial(_as_turtle, source, deployment)}


def packed(source: Publication, deployment: Deployment) -> bytes:
    """All tables in one ZIP with how to read and to cite them; the same bytes each time.

    Raises NoPublication when a file was changed since, or OSError.
    """
    names = [name for name in files(source, deployment) if name.endswith(".csv")]
    contents = {name: csv(source, name) for name in names}
    told = {"LEESMIJ.txt": SAYS["readme"], "CITATION.cff": SAYS["citation"]}
    contents |= {name: text.format(**_words(source, deployment)).encode() for name, text in told.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            archive.writestr(zipfile.ZipInfo(name, _ALWAYS), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _words(source: Publication, deployment: Deployment) -> dict[str, str]:
    """What README and citation say of this publication and of where it stands."""
    said = {"adres": deployment.address, "licentie": deployment.licence}
    return {
        "titel": title(source),
        "uitgever": SAYS["publisher"]["demo" if source.demo else "real"],
        "peildatum": source.peildatum.isoformat(),
        "toelichting": explanation(source),
        "contact": deployment.contact.removeprefix("mailto:") or SAYS["not_given"],
        "in_citation": "".join(f'\n{SAYS["cff"][name]}: "{value}"' for name, value in said.items() if value),
        **{name: value or SAYS["not_given"] for name, value in said.items()},
    }


def title(source: Publication) -> str:
    """What the publication is called."""
    return SAYS["title"] + (SAYS["synthetic"] if source.demo else "")


def explanation(source: Publication) -> str:
    """What has to be known before a figure is used."""
    return (SAYS["demo"] if source.demo else "") + SAYS["toelichting"]


def _json(source: Publication, question: str) -> bytes:
    """A table of the publication with what its columns hold; dates as 2022-12-31, a figure not shown as null."""
    rows = source.table(question).with_columns(cs.temporal().cast(pl.String)).to_dicts()
    told = {"vraag": question, "titel": VRAGEN[question].titel, "peildatum": source.peildatum.isoformat()}
    return dumped(told | {"toelichting": explanation(source), "kolommen": columns(question), "rijen": rows})


def dumped(document: object) -> bytes:
    """A document as JSON that a person can read as well."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def catalogue(source: Publication, deployment: Deployment) -> dict[str, Any]:
    """The metadata as JSON-LD after DCAT-AP-NL 3.0; see ``dcat.json.jinja``. Raises NotSaid."""
    if deployment.missing:
        raise NotSaid(" ".join([SAYS["refused"], *(SAYS["settings"][name] for name in deployment.missing)]))
    text = _TEMPLATE.render(
        vragen={name: VRAGEN[name] for name in source.questions},
        peildatum=source.peildatum.isoformat(),
        demo=source.demo,
        gemeente=GEMEENTE,
        titel=title(source),
        uitgever=SAYS["publisher"]["demo" if source.demo else "real"],
        toelichting=explanation(source),
        monitor=deployment,
        data=f"{deployment.address}/data/",
    )
    return json.loads(text)


def _as_json(source: Publication, deployment: Deployment) -> bytes:
    return dumped(catalogue(source, deployment))


def _as_turtle(source: Publication, deployment: Deployment) -> bytes:
    document = catalogue(source, deployment)
    prefixes = [f"@prefix {prefix}: <{name}> ." for prefix, name in document["@context"].items()]
    between = " ;\n  "
    nodes = [f"<{node['@id']}> {between.join(_said_of(node))} ." for node in document["@graph"]]
    return "\n".join([*prefixes, "", *nodes, ""]).encode()


def _said_of(node: Mapping[str, Any]) -> Iterator[str]:
    """Each property of a node with its values, as Turtle."""
    for name, value in node.items():
        values = value if isinstance(value, list) else [value]
        if name == "@type":
            yield f"a {', '.join(values)}"
        elif name != "@id":
            yield f"{name} {', '.join(map(_object, values))}"


def _object(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if "@id" in value:
        return f"<{value['@id']}>"
    if "@value" not in value:
        return f"[ {' ; '.join(_said_of(value))} ]"
    kind = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
    return json.dumps(value["@value"], ensure_ascii=False) + kind
