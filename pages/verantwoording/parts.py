"""The parts of the page Verantwoording: definitions and deliveries as frames and lists of facts. No record in any."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

import queries
from pages.filters import bar
from pages.server.pictures import PICTURES
from pages.show import tiles
from pages.verantwoording.words import TEXTS
from pages.words import formats, national, presentation

NOT_KNOWN = "niet bekend"
DEFINING = ("thema", "titel", "naam", "definitie", "eenheid", "norm", "sinds", "bron")
Facts = list[tuple[str, str]]


def indicator_facts(indicator: queries.Indicator, row: Mapping[str, object]) -> Facts:
    """What there is to know of one KPI, as label and text. row: its row of the question kpi."""
    basis = "niemand in deze selectie" if presentation.is_empty(row) else tiles.basis_words(indicator, row)
    now = f"{tiles.value_words(indicator, row)}{f' ({basis})' if basis else ''}."
    if not presentation.hidden(row, "waarde"):
        now += f" {tiles.verdict_words(indicator, row)[0]}."
    facts = [("Nu" if presentation.exact(row) else "Nu, afgerond", now), ("Definitie", indicator.definitie)]
    if indicator.instroom:
        facts.append(("Per kwartaal van instroom", f"{indicator.instroom}: zo krijgt ieder evenveel tijd."))
    defined = _defined(indicator) | {"sinds": formats.long_date(indicator.sinds)}
    return facts + [(name.capitalize(), defined[name]) for name in ("eenheid", "norm", "sinds", "bron", "naam")]


def _defined(indicator: queries.Indicator) -> dict[str, object]:
    """Everything that defines a KPI."""
    norm = indicator.norm_tekst
    if indicator.norm is not None:
        norm = f"{presentation.norm(indicator)} ({norm})"
    written = {"eenheid": TEXTS["units"][indicator.eenheid], "norm": norm}
    return {name: written.get(name, getattr(indicator, name)) for name in DEFINING}


def definitions(indicators: Mapping[str, queries.Indicator]) -> pl.DataFrame:
    """All KPIs with everything that defines them, one row each, to take along."""
    return pl.DataFrame(map(_defined, indicators.values())).rename({"titel": "indicator"})


def command(name: str, selection: queries.Selection) -> str:
    """The command that gives the same figures on the command line, for the same filters."""
    given: list[str] = []
    for part, option in TEXTS["options"].items():
        chosen = getattr(selection, part)
        for value in chosen if isinstance(chosen, tuple) else filter(None, [chosen]):
            given += [option, str(value)]
    return shlex.join(["python", "-m", "queries", name, *given])


def source_facts(delivery: queries.Delivery, published: bool) -> Facts:
    """Which data stand behind the figures: day, origin, delivery or publication, and version of the product.

    delivery: read from the manifest of the snapshot or the publication.
    """
    what = "publicatie" if published else "levering"
    told = {
        f"Peildatum van de {what}": formats.long_date(delivery.peildatum),
        "Herkomst": origin(delivery),
        "Ingenomen op": "" if published else moment(delivery.aangemaakt),
        f"Kenmerk van de {what}": delivery.levering_id or NOT_KNOWN,
        "Versie van de monitor": queries.VERSION,
    }
    return [(label, text) for label, text in told.items() if text]


def origin(delivery: queries.Delivery) -> str:
    """Where a delivery comes from, in words."""
    if not delivery.leesbaar:
        return "niet meer te lezen"
    return bar.DEMO if delivery.demo else f"Extracten van de gemeente {queries.GEMEENTE.naam}"


def moment(when: datetime | None) -> str:
    """A moment as people write it: 24-11-2026, 01:16."""
    return f"{formats.short_date(when.date())}, {when:%H:%M}" if when else NOT_KNOWN


def delivered(delivery: queries.Delivery) -> pl.DataFrame:
    """Per table what came in: tabel, bestand, gelezen, goedgekeurd, afgekeurd (rows) and geleverd (moment)."""
    numbers = {"gelezen": int, "goedgekeurd": int, "afgekeurd": int}
    rows = [
        (it.naam, it.bestand or NOT_KNOWN, it.gelezen, it.rijen, it.aantal_afgekeurd, moment(it.levertijd))
        for it in delivery.tabellen
    ]
    return pl.DataFrame(rows, {"tabel": str, "bestand": str, **numbers, "geleverd": str}, orient="row")


def rejected(delivery: queries.Delivery) -> pl.DataFrame:
    """Why rows were rejected: tabel, reden, rijen, waar; the most frequent reason of a table first."""
    return _counted(delivery, "reden", [tabel.afgekeurd for tabel in delivery.tabellen])


def warned(delivery: queries.Delivery) -> pl.DataFrame:
    """What was suspicious but allowed: tabel, waarschuwing, rijen, waar; what is said of a whole table comes first.

    How a file was read is among it. rijen is null where rows are not what is counted.
    """
    found = [tabel.waarschuwingen | dict.fromkeys(tabel.opmerkingen) for tabel in delivery.tabellen]
    return _counted(delivery, "waarschuwing", found)


def _counted(delivery: queries.Delivery, column: str, found: list[dict[str, int | None]]) -> pl.DataFrame:
    rows = [
        # The file, and the lines in it when they were kept.
        (tabel.naam, words, number, ", ".join(filter(None, (tabel.bestand or NOT_KNOWN, tabel.plaatsen.get(words)))))
        for tabel, counts in zip(delivery.tabellen, found, strict=True)
        for words, number in sorted(counts.items(), key=lambda at: (at[1] is not None, -(at[1] or 0), at[0]))
    ]
    return pl.DataFrame(rows, {"tabel": str, column: str, "rijen": int, "waar": str}, orient="row")


def dropped(delivery: queries.Delivery) -> pl.DataFrame:
    """Columns that came along and were not kept: tabel, kolom."""
    rows = [(tabel.naam, kolom) for tabel in delivery.tabellen for kolom in tabel.extra_kolommen]
    return pl.DataFrame(rows, {"tabel": str, "kolom": str}, orient="row")


def hashes(delivery: queries.Delivery) -> pl.DataFrame:
    """The fingerprint of every file, to check whether a file is the one that was taken in: bestand, sha256."""
    rows = [(tabel.bestand or tabel.naam, tabel.sha256) for tabel in delivery.tabellen if tabel.sha256]
    return pl.DataFrame(rows, {"bestand": str, "sha256": str}, orient="row")


def history(deliveries: Sequence[queries.Delivery]) -> pl.DataFrame:
    """The deliveries that are kept, newest first.

    Columns: peildatum, herkomst, ingenomen, gelezen and afgekeurd (rows), aandeel (fraction rejected), verdwenen
    (persons), in_gebruik, levering.
    """
    columns = {"peildatum": date, "herkomst": str, "ingenomen": str, "gelezen": int, "afgekeurd": int, "aandeel": float}
    rows = []
    for it in deliveries:
        numbers = (it.gelezen, it.afgekeurd) if it.tabellen else (None, None)
        told = (it.aandeel_afgekeurd, it.verdwenen, it.in_gebruik, it.levering_id or NOT_KNOWN)
        rows.append((it.peildatum, origin(it), moment(it.aangemaakt), *numbers, *told))
    return pl.DataFrame(rows, columns | {"verdwenen": int, "in_gebruik": bool, "levering": str}, orient="row")


def breaks(events: pl.DataFrame) -> Facts:
    """The events that break a series: the period, and what happened, for which figures, with the source."""
    told = []
    for event in events.sort("datum_van").iter_rows(named=True):
        period = " tot en met ".join(formats.short_date(event[day]) for day in ("datum_van", "datum_tot") if event[day])
        named, of = set((event["indicatoren"] or "").split()), queries.INDICATOREN | queries.VRAGEN
        titles = ", ".join(entry.titel for name, entry in of.items() if name in named)
        matters = f" Van belang voor: {titles}." if titles else ""
        if named >= set(queries.INDICATOREN):
            matters = " Van belang voor alle kengetallen."
        told.append((period, f"{event['titel']}. {event['toelichting']}{matters} Bron: {event['bron']}."))
    return told


def promises(commitments: pl.DataFrame) -> Facts:
    """The register of toezeggingen: the number, and its subject, day, status and explanation."""
    told = []
    for row in commitments.iter_rows(named=True):
        day = formats.short_date(row["datum"]) if row["datum"] else NOT_KNOWN
        stand = f"Status: {presentation.lower(row['status'])}. {row['toelichting'] or ''}".rstrip()
        told.append((row["nummer"], f"{row['onderwerp']}. Datum: {day}. {stand}"))
    return told


def nation(published: pl.DataFrame) -> list[tuple[str, national.Parts]]:
    """National figures, see queries.national(): of whom and when, and the figure with its source."""
    told = []
    for row in published.iter_rows(named=True):
        numbers = {"{} personen": row["noemer"], "van wie {}": row["teller"]}
        counts = ", ".join(words.format(formats.count(number)) for words, number in numbers.items() if number)
        figure = f"{presentation.capital(national.share(row))}{f' ({counts})' if counts else ''}. Bron: "
        whom = f"{row['doelgroep']}, cohort {row['cohort']}, {formats.short_date(row['stand'])}"
        told.append((whom, [figure, *national.source(row)]))
    return told


def knowable(known: pl.DataFrame) -> pl.DataFrame:
    """What can be known of each stage of the law, see queries.knowable(): stap, vraag, stand with its year, waarom."""
    return known.select("stap", "vraag", pl.concat_str("stand", "jaar", separator=" ", ignore_nulls=True), "waarom")


def on_one_line(value: object) -> str:
    """A value of a table that must not be broken in two."""
    return formats.MISSING if value is None else str(value).replace(" ", "\u00a0").replace("-", "\u2011")


def addresses(base: str, *, catalogue: bool) -> list[tuple[str, national.Parts]]:
    """What of the public data has an address that stays, and the charts that have one as a picture.

    base: the path of the application. catalogue: whether there are metadata for a catalogue of data.
    """
    root, told = f"/{base.strip('/')}/".replace("//", "/"), []
    for path, label in TEXTS["addresses"].items():
        if path == "beeld/":
            pictures = [(picture["title"], f"{root}{path}{name}.svg") for name, picture in PICTURES.items()]
            told.append((label, [part for picture in pictures for part in (picture, " · ")][:-1]))
        elif catalogue or "dcat" not in path:
            told.append((label, [(f"{root}{path}", f"{root}{path}")]))
    return told
