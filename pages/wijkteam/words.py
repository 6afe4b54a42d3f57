"""What the page Wijkteam says of its figures; what follows from no figure stands in texts.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

import queries
from pages.show import tiles
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

TEXTS: dict[str, Any] = queries.texts(__file__)
VERDICTS = TEXTS["verdicts"]
TITLES_OF = {name: entry.titel for name, entry in queries.INDICATOREN.items()}


def not_public(per_area: pl.DataFrame) -> bool:
    """Whether who waits at a wijkteam was left out of the publication. per_area: the question kpi_per_gebied."""
    open_there = per_area.filter(niveau="wijkteam", indicator="overdracht_open")
    return open_there.height > 0 and presentation.all_left_out(open_there, "teller")


def name_of(team: str) -> str:
    """What a wijkteam is called as a title; those of whom it is not known are no team."""
    return TEXTS["titles"]["unknown" if team == queries.ONBEKEND else "team"].format(team=team)


def where_most_wait(per_area: pl.DataFrame, teams: Iterable[str]) -> str:
    """At which of these wijkteams most persons wait long for the handover. per_area: the question kpi_per_gebied."""
    told, rows = TEXTS["most"], per_area.filter(pl.col("gebied").is_in(list(teams)), niveau="wijkteam")
    longest = rows.filter(indicator="overdracht_lang_open")
    if not longest["teller"].max():
        return told["nobody"]
    at_most = longest.filter(pl.col("teller") == pl.col("teller").max())
    names = at_most["gebied"].to_list()
    where = formats.enumerate_words(names) if len(names) <= 3 else f"{len(names)} wijkteams"
    number, each = formats.persons(at_most["teller"][0]), " elk" if len(names) > 1 else ""
    return told["told"].format(where=where, number=number + each)


def has_rest(compared: Mapping[str, Row]) -> bool:
    """Whether there is anybody outside the area, which there is not for a reader who is limited to it."""
    return any(row["rest_noemer"] for row in compared.values())


def finding(rows: Mapping[str, Row], compared: Mapping[str, Row], rest: str) -> str:
    """How many wait too long, and in what the team differs from the rest beyond chance.

    rows, compared: per indicator the row of the team in kpi_per_gebied and in kpi_gebied_vergelijking.
    """
    told = TEXTS["difference"]
    judged = [row for row in compared.values() if row["oordeel"] in ("hoger", "lager", "binnen toeval")]
    found = [
        f"‘{TITLES_OF[row['indicator']]}’ ({row['oordeel']})" for row in judged if row["oordeel"] != "binnen toeval"
    ]
    how = "told" if found else "none" if judged else "unknown" if has_rest(compared) else "alone"
    number = f"{len(judged)} {'kengetal' if len(judged) == 1 else 'kengetallen'}"
    differs = told[how].format(rest=rest, found=formats.enumerate_words(found), compared=number)
    long = {name: rows[name]["teller"] for name in sentences.WAITING}
    waits = {name: formats.persons(number) if number else presentation.NOBODY for name, number in long.items()}
    return f"{TEXTS['too_long']['told' if any(long.values()) else 'nobody'].format(**waits)} {differs}".strip()


def beside(entry: queries.Indicator, against: Row | None, city: Row) -> dict[str, str]:
    """What stands beside the figure of a team: the rest and the verdict on the difference, else the whole.

    against: the row of kpi_gebied_vergelijking, which has shares only. city: that of the question kpi.
    """
    if against is None:
        value = presentation.of(city) if entry.eenheid == "aantal" else tiles.value_words(entry, city)
        return {"rest": f"{value} *", "verschil": ""}
    share, counts = against["rest_waarde_kort"], presentation.of(against, "rest_teller", "rest_noemer")
    few = against["rest_noemer"] < presentation.MINIMUM
    rest = share if against["rest_noemer"] == 0 else counts if few else f"{share} ({counts})"
    both = against["noemer"] and against["rest_noemer"]
    return {"rest": rest, "verschil": VERDICTS[against["oordeel"]] if both else ""}


def counted(name: str, table: pl.DataFrame, column: str) -> str:
    """A title with how many there are; of nobody the title alone. name: of the titles in texts.toml."""
    title, number = TEXTS["titles"][name], table[column].sum()
    return f"{title}: {formats.count(number)}" if number else title


def contact(filled_in: queries.Contact) -> list[tuple[str, str]]:
    """What was filled in of a contact, under its labels."""
    who = " · ".join(filter(None, (filled_in.contactpersoon, filled_in.email, filled_in.telefoon)))
    day = formats.long_date(filled_in.bijgewerkt_op) if filled_in.bijgewerkt_op else ""
    told = filled_in._replace(contactpersoon=who, bijgewerkt_op=day)
    return [(label, text) for name, label in TEXTS["contact"].items() if (text := getattr(told, name))]
