"""What a message says: at most ten lines on what changed between two deliveries, each with where it is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import cached_property
from typing import Any

import queries
from pages.briefing import content, figures, pdf, workbook
from pages.filters import ways
from pages.words import formats, presentation, sentences

TEXTS: dict[str, Any] = queries.texts(__file__)
ROLES: dict[str, dict[str, list[str]]] = TEXTS["roles"]
WAYS: dict[str, str] = TEXTS["ways"]
# The address at which people open the monitor.
ADDRESS = "WI_ADRES"
MOST_LINES = 10
EVERYTHING = queries.Selection()

# What is attached, by the end of its name: its kind, and what makes it.
FILES: dict[str, tuple[str, Callable[[figures.Figures], bytes]]] = {
    ".pdf": (pdf.MIME, lambda found: pdf.pdf(content.build(found))),
    ".xlsx": (workbook.MIME, workbook.xlsx),
}
# A line, and the address on the site where it is told.
Line = tuple[str, str]


@dataclass(frozen=True)
class Changes:
    """What is different between two snapshots, for who may see the areas of these; before: of an earlier day."""

    now: queries.Database
    before: queries.Database

    @cached_property
    def news(self) -> queries.Nieuws:
        """What moved, grew or was corrected."""
        return queries.news(EVERYTHING, self.now, self.before)

    @cached_property
    def backlog(self) -> list[dict[str, Any]]:
        """The counts of persons that are another number now: indicator, vorige, nu, verschil."""
        return [row for row in self.news.voorraad.to_dicts() if row["verschil"]]

    def __bool__(self) -> bool:
        return bool(self.backlog) or not (self.news.bewogen.is_empty() and self.news.correcties.is_empty())

    def lines(self, role: str) -> list[Line]:
        """What a role is told, all of it, the most important first."""
        return [line for part in ROLES[role]["parts"] for line in getattr(self, f"_{part}")()]

    @property
    def earlier(self) -> str:
        """The day of the earlier delivery in words."""
        return formats.long_date(self.before.peildatum)

    def _norms(self) -> Iterator[Line]:
        rows = presentation.by_indicator(queries.shown("kpi", EVERYTHING, self.now))
        yield sentences.norms(rows), "/"

    def _moved(self) -> Iterator[Line]:
        for row in self.news.bewogen.to_dicts():
            entry = queries.INDICATOREN[row["indicator"]]
            now, before = (
                f"{formats.percent(row[f'{of}waarde'])} ({row[f'{of}teller']} van {row[f'{of}noemer']})"
                for of in ("", "eerder_")
            )
            how = {"title": entry.titel_instroom, "verdict": row["oordeel"], "now": now, "before": before}
            yield TEXTS["moved"].format(**how), ways.to_kpi(entry, EVERYTHING)

    def _backlog(self) -> Iterator[Line]:
        for row in sorted(self.backlog, key=lambda row: -abs(row["verschil"])):
            entry, before = queries.INDICATOREN[row["indicator"]], formats.count(row["vorige"])
            were = "was" if row["vorige"] == 1 else "waren"
            told = TEXTS["backlog"].format(title=entry.titel, now=formats.persons(row["nu"]), were=were, before=before)
            yield told, ways.to_kpi(entry, EVERYTHING)

    def _corrected(self) -> Iterator[Line]:
        titles = [f"‘{queries.INDICATOREN[name].titel}’" for name in self.news.correcties["indicator"]]
        if titles:
            told = TEXTS["corrected" if len(titles) > 1 else "corrected_one"]
            how = {"earlier": self.earlier, "number": len(titles), "titles": formats.enumerate_words(titles)}
            yield told.format(**how), WAYS["news"]

    def _rejected(self) -> Iterator[Line]:
        found = next(each for each in queries.deliveries() if each.levering_id == self.now.manifest.levering_id)
        if found.afgekeurd and self.now.grens is None:
            read, rejected = formats.count(found.gelezen), formats.count(found.afgekeurd)
            yield TEXTS["rejected"].format(read=read, rejected=rejected), WAYS["deliveries"]


def message(found: Changes, role: str, to: list[str], sender: str, made: datetime, site: str) -> EmailMessage:
    """The message for a role; its files are of the areas of the reader. site: the address of the monitor.

    Raises queries.QueryError.
    """
    source, site = found.now, site.rstrip("/")
    demo = TEXTS["demo"] if source.demo else ""
    whom = TEXTS["whole"] if source.grens is None else TEXTS["part"].format(teams=formats.enumerate_words(source.grens))
    day = formats.long_date(source.peildatum)
    lines = found.lines(role)
    told = [f"- {text}\n  {site}{address}" for text, address in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        told.append(TEXTS["more"].format(address=site + WAYS["news"]))
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = TEXTS["subject"].format(demo=demo, earlier=found.earlier)
    letter["From"], letter["To"], letter["Date"] = sender, ", ".join(to), format_datetime(made)
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "localhost")
    letter["Auto-Submitted"] = "auto-generated"
    begin = demo + TEXTS["begin"].format(earlier=found.earlier, day=day, whom=whom)
    letter.set_content("\n\n".join((begin, "\n".join(told), TEXTS["end"].strip())), cte="quoted-printable")
    if ROLES[role]["files"]:
        of_briefing = figures.gather(EVERYTHING, source)
        for end in ROLES[role]["files"]:
            kind, make = FILES[end]
            main, _, sub = kind.partition("/")
            name = f"briefing_{source.peildatum}_intern{end}"
            letter.add_attachment(make(of_briefing), maintype=main, subtype=sub, filename=name)
    return letter


def site() -> str:
    """The address of the monitor. Raises queries.QueryError when the deployment does not say it."""
    found = os.environ.get(ADDRESS, "").strip()
    if not found.startswith(("http://", "https://")):
        raise queries.QueryError(TEXTS["says"]["no_address"].format(variable=ADDRESS))
    return found


def changes(source: queries.Database, sinds: date | None) -> Changes | None:
    """The snapshot against the delivery of a day, by default the one before; None when there is none before.

    Raises queries.QueryError when no delivery of that day is kept.
    """
    before = queries.previous_database(source, sinds)
    if before is None and sinds:
        raise queries.QueryError(TEXTS["says"]["not_kept"].format(day=formats.long_date(sinds)))
    return Changes(source, before.limited(source.grens)) if before else None
