"""The parts of the page Verantwoording: definitions and deliveries as frames and lists of facts. No record in any."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

import queries
from pages.filters import bar
from pages.show import tiles
from pages.words import formats, presentation

UNITS = {
    "aandeel": "percentage van personen of perioden",
    "aantal": "aantal personen",
    "maanden": "maanden (mediaan)",
    "dagen": "dagen (mediaan)",
}
NOT_KNOWN = "niet bekend"

Facts = list[tuple[str, str]]


# ---------------------------------------------------------------------------------------------------- figures


def indicator_facts(indicator: queries.Indicator, row: Mapping[str, object]) -> Facts:
    """What there is to know of one KPI, as label and text. row: its row of the question kpi."""
    words, _, _ = tiles.verdict_words(indicator, row)
    basis = "niemand in deze selectie" if presentation.is_empty(row) else tiles.basis_words(indicator, row)
    value = tiles.value_words(indicator, row)
    basis = f" ({basis})" if basis else ""
    verdict = "" if presentation.hidden(row, "waarde") else f" {words}."
    facts = [
        ("Nu" if presentation.exact(row) else "Nu, afgerond", f"{value}{basis}.{verdict}"),
        ("Definitie", indicator.definitie),
        ("Eenheid", UNITS[indicator.eenheid]),
        ("Norm", norm_words(indicator)),
        ("Sinds", formats.long_date(indicator.sinds)),
        ("Bron", indicator.bron),
        ("Naam", indicator.naam),
    ]
    if indicator.instroom:
        facts.insert(2, ("Per kwartaal van instroom", f"{indicator.instroom}: zo krijgt ieder evenveel tijd."))
    return facts


def norm_words(indicator: queries.Indicator) -> str:
    """The norm and where it comes from: "100% (wet)"; without a norm what stands in its place."""
    if indicator.norm is None:
        return indicator.norm_tekst
    return f"{formats.value(indicator.norm, indicator.eenheid)} ({indicator.norm_tekst})"


def definitions(indicators: Mapping[str, queries.Indicator]) -> pl.DataFrame:
    """All KPIs with everything that defines them, one row each, to take along."""
    return pl.DataFrame(
        [
            {
                "thema": entry.thema,
                "indicator": entry.titel,
                "naam": entry.naam,
                "definitie": entry.definitie,
                "eenheid": UNITS[entry.eenheid],
                "norm": norm_words(entry),
                "sinds": entry.sinds,
                "bron": entry.bron,
            }
            for entry in indicators.values()
        ]
    )


def columns(question: queries.Vraag) -> Facts:
    """The columns of a question and what they hold, in their order."""
    return list(question.kolommen.items())


def command(name: str, selection: queries.Selection) -> str:
    """The command that gives the same figures on the command line, for the same filters."""
    options: list[str] = []
    for option, values in (
        ("--stadsdeel", selection.stadsdelen),
        ("--wijkteam", selection.wijkteams),
        ("--doelgroep", selection.doelgroepen),
        ("--wet", selection.wetten),
        ("--cohort", selection.cohorten),
    ):
        for value in values:
            options += [option, str(value)]
    for option, day in (
        ("--huisvesting-van", selection.huisvesting_van),
        ("--huisvesting-tot", selection.huisvesting_tot),
        ("--peildatum", selection.peildatum),
    ):
        if day:
            options += [option, day.isoformat()]
    return shlex.join(["python", "-m", "queries", name, *options])


# -------------------------------------------------------------------------------------------------- deliveries


def snapshot_facts(delivery: queries.Delivery) -> Facts:
    """Which data stand behind the figures: day, origin, delivery and version of the product."""
    return [
        ("Peildatum van de levering", formats.long_date(delivery.peildatum)),
        ("Herkomst", origin(delivery)),
        ("Ingenomen op", moment(delivery.aangemaakt)),
        ("Kenmerk van de levering", delivery.levering_id or NOT_KNOWN),
        ("Versie van de monitor", queries.VERSION),
    ]


def publication_facts(delivery: queries.Delivery) -> Facts:
    """Which publication the figures come from: day, origin, publication and version of the product.

    delivery: read from the manifest of the publication.
    """
    return [
        ("Peildatum van de publicatie", formats.long_date(delivery.peildatum)),
        ("Herkomst", origin(delivery)),
        ("Kenmerk van de publicatie", delivery.levering_id or NOT_KNOWN),
        ("Versie van de monitor", queries.VERSION),
    ]


def origin(delivery: queries.Delivery) -> str:
    """Where a delivery comes from, in words."""
    if not delivery.leesbaar:
        return "niet meer te lezen"
    return bar.DEMO if delivery.demo else "Extracten van de gemeente Haarlem"


def moment(when: datetime | None) -> str:
    """A moment as people write it: 24-11-2026, 01:16."""
    return f"{formats.short_date(when.date())}, {when:%H:%M}" if when else NOT_KNOWN


def delivered(delivery: queries.Delivery) -> pl.DataFrame:
    """Per table what came in: tabel, bestand, gelezen, goedgekeurd, afgekeurd (rows) and geleverd (moment)."""
    return pl.DataFrame(
        [
            (
                tabel.naam,
                tabel.bestand or NOT_KNOWN,
                tabel.gelezen,
                tabel.rijen,
                tabel.aantal_afgekeurd,
                moment(tabel.levertijd),
            )
            for tabel in delivery.tabellen
        ],
        schema={
            "tabel": pl.String,
            "bestand": pl.String,
            "gelezen": pl.Int64,
            "goedgekeurd": pl.Int64,
            "afgekeurd": pl.Int64,
            "geleverd": pl.String,
        },
        orient="row",
    )


def with_places(delivery: queries.Delivery, kept: Sequence[queries.Delivery]) -> queries.Delivery:
    """The delivery as it is kept, which knows where its rejected rows are; the same when it is not among kept."""
    return next((each for each in kept if each.levering_id and each.levering_id == delivery.levering_id), delivery)


def rejected(delivery: queries.Delivery) -> pl.DataFrame:
    """Why rows were rejected: tabel, reden, rijen, waar; the most frequent reason of a table first."""
    return _counted(delivery, "reden", lambda tabel: tabel.afgekeurd)


def warned(delivery: queries.Delivery) -> pl.DataFrame:
    """What was suspicious but allowed: tabel, waarschuwing, rijen, waar; what is said of a whole table comes first.

    How a file was read is among it. rijen is null where rows are not what is counted.
    """
    return _counted(
        delivery, "waarschuwing", lambda tabel: tabel.waarschuwingen | dict.fromkeys(tabel.opmerkingen, None)
    )


def _counted(delivery: queries.Delivery, column: str, of) -> pl.DataFrame:
    rows = [
        (tabel.naam, words, number, _where(tabel, words))
        for tabel in delivery.tabellen
        for words, number in sorted(
            of(tabel).items(), key=lambda entry: (entry[1] is not None, -(entry[1] or 0), entry[0])
        )
    ]
    schema = {"tabel": pl.String, column: pl.String, "rijen": pl.Int64, "waar": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _where(tabel: queries.Tabel, words: str) -> str:
    """The file, and the lines in it when they were kept."""
    return ", ".join(part for part in (tabel.bestand or NOT_KNOWN, tabel.plaatsen.get(words, "")) if part)


def dropped(delivery: queries.Delivery) -> pl.DataFrame:
    """Columns that came along and were not kept: tabel, kolom."""
    rows = [(tabel.naam, kolom) for tabel in delivery.tabellen for kolom in tabel.extra_kolommen]
    return pl.DataFrame(rows, schema={"tabel": pl.String, "kolom": pl.String}, orient="row")


def hashes(delivery: queries.Delivery) -> pl.DataFrame:
    """The fingerprint of every file, to check whether a file is the one that was taken in: bestand, sha256."""
    rows = [(tabel.bestand or tabel.naam, tabel.sha256) for tabel in delivery.tabellen if tabel.sha256]
    return pl.DataFrame(rows, schema={"bestand": pl.String, "sha256": pl.String}, orient="row")


def history(deliveries: Sequence[queries.Delivery]) -> pl.DataFrame:
    """The deliveries that are kept, newest first.

    Columns: peildatum, herkomst, ingenomen, gelezen and afgekeurd (rows), aandeel (fraction rejected), verdwenen
    (persons), in_gebruik, levering.
    """
    rows = [
        (
            each.peildatum,
            origin(each),
            moment(each.aangemaakt),
            each.gelezen if each.tabellen else None,
            each.afgekeurd if each.tabellen else None,
            each.aandeel_afgekeurd,
            each.verdwenen,
            each.in_gebruik,
            each.levering_id or NOT_KNOWN,
        )
        for each in deliveries
    ]
    schema = {
        "peildatum": pl.Date,
        "herkomst": pl.String,
        "ingenomen": pl.String,
        "gelezen": pl.Int64,
        "afgekeurd": pl.Int64,
        "aandeel": pl.Float64,
        "verdwenen": pl.Int64,
        "in_gebruik": pl.Boolean,
        "levering": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


# ------------------------------------------------------------------------------------------------------ breaks


def breaks(events: pl.DataFrame) -> Facts:
    """The events that break a series: the period, and what happened, for which figures, with the source."""
    return [
        (
            _period(event["datum_van"], event["datum_tot"]),
            f"{event['titel']}. {event['toelichting']}{_concerning(event['indicatoren'])} Bron: {event['bron']}.",
        )
        for event in events.sort("datum_van").iter_rows(named=True)
    ]


def _period(first: date, last: date | None) -> str:
    return f"{formats.short_date(first)} tot en met {formats.short_date(last)}" if last else formats.short_date(first)


def _concerning(names: str | None) -> str:
    """For which figures an event matters: " Van belang voor: …", or nothing when none is named."""
    named = set((names or "").split())
    if set(queries.INDICATOREN) <= named:
        return " Van belang voor alle kengetallen."
    titles = [entry.titel for name, entry in (queries.INDICATOREN | queries.VRAGEN).items() if name in named]
    return f" Van belang voor: {', '.join(titles)}." if titles else ""


def promises(commitments: pl.DataFrame) -> Facts:
    """The register of toezeggingen: the number, and its subject, day, status and explanation."""
    return [
        (
            row["nummer"],
            f"{row['onderwerp']}. Datum: {formats.short_date(row['datum']) if row['datum'] else NOT_KNOWN}. "
            f"Status: {row['status'][0].lower()}{row['status'][1:]}. {row['toelichting'] or ''}".rstrip(),
        )
        for row in commitments.iter_rows(named=True)
    ]


def on_one_line(value: object) -> str:
    """A value of a table that must not be broken in two."""
    return formats.MISSING if value is None else str(value).replace(" ", "\u00a0").replace("-", "\u2011")


def facts_html(facts: Facts) -> str:
    """Facts as a list of terms and their meaning, every value escaped."""
    rows = "".join(f"<dt>{formats.escape(label)}</dt><dd>{formats.escape(text)}</dd>" for label, text in facts)
    return f'<dl class="feiten">{rows}</dl>'
