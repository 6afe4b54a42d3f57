"""From figures to a briefing: which sections there are, and what stands in each. Four pages A4 at most."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

import queries
from pages.briefing import charts
from pages.briefing.document import Block, Briefing, Facts, Section, Table
from pages.briefing.figures import INTERN, OPENBAAR, Figures
from pages.filters import bar
from pages.show import downloads
from pages.words import formats, presentation
from pages.words import sentences as says
from queries.definitions import columns

KIND = "Informatienota"
FIRST_YEAR = 2022
FIRST_YEAR_TITLE = "Het eerste jaar van de Wet inburgering 2021 in Haarlem"
OTHER_YEAR_TITLE = "Inburgering in Haarlem"
# For whom an edition is, and what it is. The internal one is not for the committee: what lies before it is public.
ADDRESSED = {OPENBAAR: "Commissie Samenleving", INTERN: "Leidinggevenden en beleidsmedewerkers"}
EDITIONS = {
    OPENBAAR: "openbaar; cijfers afgerond ter bescherming van personen",
    INTERN: "intern; exacte cijfers, niet openbaar maken",
}


@dataclass(frozen=True)
class Theme:
    """The themes of queries.INDICATOREN in it, and the KPIs of its chart. Its sentences are about the first."""

    title: str
    themas: tuple[str, ...]
    drawn: tuple[str, ...]

    @property
    def indicators(self) -> list[queries.Indicator]:
        """The KPIs of the theme, in the order of indicators.toml."""
        return [entry for entry in queries.INDICATOREN.values() if entry.thema in self.themas]


THEMES = {
    "begeleiding": Theme("Begeleiding", ("Begeleiding",), ("begeleiding_dekking", "begeleiding_over_norm")),
    "leerroutes": Theme(
        "Persoonlijk plan en leerroutes", ("Intake en PIP", "Leerroutes"), ("pip_tijdig", "pip_zonder")
    ),
    "ontzorging": Theme("Ontzorging", ("Ontzorging",), ("ontzorging_dekking", "ontzorging_zonder")),
    "overdracht": Theme("Overdracht aan het wijkteam", ("Overdracht",), ("overdracht_gedaan", "overdracht_open")),
}

KPI_HEADINGS = ("Kengetal", "Stand", "Norm", "Aantal", "Oordeel")
TEAM_COLUMNS = {
    "populatie": "Begeleiding afgerond",
    "overgedragen": "Overgedragen",
    "gepland": "Gepland",
    "niet_bereikt": "Niet bereikt",
    "geen_registratie": "Niets bekend",
    "afgezien": "Afgezien",
    "vertrokken": "Vertrokken",
    "open_90_plus": "Wacht > 90 dagen",
}
STATUSES = {
    "overgedragen": "Overgedragen",
    "gepland": "Overdracht gepland",
    "niet_bereikt": "Niet bereikt",
    "geen_registratie": "Geen overdracht geregistreerd",
    "afgezien": "Van overdracht afgezien",
    "vertrokken": "Vertrokken uit Haarlem",
    "populatie": "Samen",
}

NOBODY_IN_THEME = "In deze selectie telt hiervoor niemand mee. Er zijn geen cijfers om te tonen."
NOBODY_HANDED_OVER = "In deze selectie is niemand van wie de begeleiding sinds 2022 als afgerond is beëindigd."
NOBODY = "In deze selectie is niemand. Er zijn geen cijfers om te tonen."
TEAMS_OF_THE_CITY = "Cijfers per wijkteam zijn alleen voor heel Haarlem gepubliceerd: voor een deel zijn ze te klein."
NO_TEAM_SHOWN = (
    "Voor geen enkel wijkteam is het aantal groot genoeg om te tonen hoeveel er is overgedragen. Dat zegt niets over "
    "hoe goed het gaat."
)
SOME_TEAMS_HIDDEN = "Van een wijkteam met kleine aantallen is niet te tonen hoeveel er is overgedragen."
ROUNDED = (
    "Aantallen zijn willekeurig afgerond op tientallen en percentages volgen uit die afgeronde aantallen. Delen tellen "
    "daardoor niet altijd op tot het geheel, en een klein verschil kan van de afronding komen. Wat te klein is om te "
    "tonen, staat er in woorden."
)
CUMULATIVE = (
    "Een grafiek toont de stand aan het eind van elke maand of elk kwartaal. Opeenvolgende standen gaan grotendeels "
    "over dezelfde personen; of iets echt veranderde, staat in de tekst. Het lichte vlak om een lijn is de marge voor "
    "toeval (95%). De vlakke streeplijn is de norm."
)
BASIS = (
    "Bij ‘Aantal’ staat op hoeveel personen of perioden een kengetal rust. Bij een duur is dat hoeveel er al zover "
    "zijn, van hoeveel."
)
ROUNDED_CONDITIONS = "De aantallen in deze punten zijn afgerond."
EXACT = "De cijfers zijn exact en kunnen over kleine groepen gaan. Deel dit stuk niet buiten de organisatie."
PSEUDONYMS = "De gegevens bevatten geen namen, geboortedata of burgerservicenummers; een persoon is een pseudoniem."
SYNTHETIC = "Dit zijn verzonnen demogegevens. Ze zeggen niets over de echte gemeente Haarlem."
NO_LINK = "Meldingen bij de wijkteams zijn niet aan personen te koppelen."
TEAMS_MEAN = (
    "Personen van wie de begeleiding sinds 2022 als afgerond is beëindigd. Wijkteams zonder zulke personen staan er "
    "niet bij. Niets bekend: er is geen overdracht geregistreerd. Wacht: gepland, niet bereikt of niets bekend."
)


def build(figures: Figures, chosen: Collection[str] = ()) -> Briefing:
    """The briefing about these figures with the chosen sections, in the order of SECTIONS; none chosen: all of them.

    Raises KeyError for a section that does not exist.
    """
    if unknown := set(chosen) - set(SECTIONS):
        raise KeyError(f"no such section: {sorted(unknown)}")
    headings = {"verstoringen": f"Verstoringen en veranderingen in {figures.peildatum.year}"}
    return Briefing(
        title=title(figures.peildatum),
        kind=KIND,
        facts=_title_block(figures),
        sections=tuple(
            Section(headings.get(key, title), make(figures))
            for key, (title, make) in SECTIONS.items()
            if key in (chosen or SECTIONS)
        ),
        marks=marks(figures),
        footer=f"{downloads.PRODUCT} · stand {formats.long_date(figures.peildatum)}",
        made=figures.made,
        subject=file_stem(figures),
    )


def title(peildatum: date) -> str:
    """The subject of a briefing about this day."""
    return FIRST_YEAR_TITLE if peildatum.year == FIRST_YEAR else OTHER_YEAR_TITLE


def marks(figures: Figures) -> tuple[str, ...]:
    """What every page says."""
    internal = () if figures.openbaar else (downloads.INTERNAL,)
    return (*internal, bar.DEMO) if figures.demo else internal


def file_stem(figures: Figures) -> str:
    """The name of the file without its extension: subject, edition, day and selection."""
    parts = ("briefing", figures.uitgave, figures.peildatum.isoformat(), downloads.selection_slug(figures))
    return "_".join((*parts, "demo") if figures.demo else parts)


def selection_words(figures: Figures) -> str:
    """The selection without its day: "heel Haarlem, alle doelgroepen"."""
    # The day, the edition and the demo have a place of their own here.
    return ", ".join(part for part in figures.filters.split(" · ")[1:] if part not in (bar.OPENBAAR, bar.DEMO))


def _title_block(figures: Figures) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Aan", ADDRESSED[figures.uitgave]),
        ("Onderwerp", title(figures.peildatum)),
        ("Peildatum", formats.long_date(figures.peildatum)),
        ("Gaat over", selection_words(figures)),
        ("Uitgave", EDITIONS[figures.uitgave]),
    )
    return (*rows, ("Let op", SYNTHETIC)) if figures.demo else rows


def _key_message(figures: Figures) -> tuple[Block, ...]:
    rows = figures.by_indicator("kpi")
    if all(presentation.is_empty(row) for row in rows.values()):
        return (NOBODY,)
    told = (
        says.waiting(rows),
        " ".join(filter(None, [says.duration(rows["begeleiding_mediaan"]), says.routes(rows)])),
        says.norms(rows),
        says.changes(figures.rows("kpi_verandering")),
        says.comparison(figures.rows("evaluatie_vergelijking")[0]),
    )
    return (tuple(filter(None, told)),)


def _commitments(_: Figures) -> tuple[Block, ...]:
    rows = queries.commitments().select("nummer", "onderwerp", "status", pl.col("toelichting").fill_null("")).rows()
    if not rows:
        return ("In het register staan geen toezeggingen.",)
    headings = ("Nummer", "Onderwerp", "Status", "Toelichting")
    return (Table("Toezeggingen en hun stand", headings, tuple(rows), widths=(1.3, 2.4, 1.4, 2.6)),)


def _theme(theme: Theme, figures: Figures) -> tuple[Block, ...]:
    rows, lead = figures.by_indicator("kpi"), theme.drawn[0]
    if all(presentation.is_empty(rows[entry.naam]) for entry in theme.indicators):
        return (NOBODY_IN_THEME,)
    told = [says.stand(lead, rows[lead])]
    if not presentation.is_empty(rows[lead]):
        told.append(says.change(lead, figures.by_indicator("kpi_verandering")[lead]))
    table = Table(
        f"Kengetallen {theme.title.lower()}",
        KPI_HEADINGS,
        tuple(kpi_row(entry, rows[entry.naam]) for entry in theme.indicators),
        numbers=(1, 2, 3),
        widths=(4.7, 3.5, 1.55, 3.1, 3.75),
    )
    picture = charts.trend(theme.title, theme.drawn, figures, tuple(told))
    if picture is None:
        return (*told[:-1], f"{told[-1]} {charts.NO_TREND}", table)
    return (picture, table)


def kpi_row(indicator: queries.Indicator, row: presentation.Row) -> tuple[str, ...]:
    """The cells of one KPI: title, value, norm, n and verdict."""
    told = (presentation.norm(indicator), presentation.basis(indicator, row), presentation.verdict(indicator, row))
    return (indicator.titel, row["waarde_tekst"], *told)


def _teams(figures: Figures) -> tuple[Block, ...]:
    together = figures.rows("overdracht_totaal")
    if not together or together[0]["populatie"] == 0:
        return (NOBODY_HANDED_OVER,)
    if figures.openbaar:
        return _teams_in_public(figures, together[0])
    teams = [row for row in figures.rows("overdracht_per_wijkteam") if row["populatie"]]
    table = Table(
        "De overdracht per ontvangend wijkteam, in personen",
        ("Wijkteam", *TEAM_COLUMNS.values()),
        tuple(
            (row["wijkteam"], *(row[f"{column}_tekst"] for column in TEAM_COLUMNS))
            for row in (*teams, {**together[0], "wijkteam": "Samen"})
        ),
        numbers=tuple(range(1, len(TEAM_COLUMNS) + 1)),
        widths=(3.7, 1.9, 2.15, 1.4, 1.35, 1.3, 1.5, 1.75, 1.55),
        total=True,
    )
    return (table, TEAMS_MEAN)


def _teams_in_public(figures: Figures, together: presentation.Row) -> tuple[Block, ...]:
    """Statuses for the whole; of a team how many came from guidance, and the share handed over if it may be shown."""
    status = Table(
        "De stand van de overdracht, alle wijkteams samen",
        ("Stand", "Personen"),
        tuple((label, together[f"{column}_tekst"]) for column, label in STATUSES.items()),
        numbers=(1,),
        widths=(3, 1.4),
        total=True,
    )
    done = {row["gebied"]: row["waarde_tekst"] for row in figures.rows("kpi_per_gebied")}
    teams = figures.rows("overdracht_per_wijkteam")
    if all(presentation.how(row, "populatie") == columns.WEGGELATEN for row in teams):
        return (status, TEAMS_OF_THE_CITY)
    small = presentation.TOO_SMALL
    rows = [(row["wijkteam"], row["populatie_tekst"], done.get(row["wijkteam"], small)) for row in teams]
    hidden = sum(share in (small, presentation.NOT_SHOWN) for *_, share in rows)
    # A column with nothing but "te klein om te tonen" says in eight rows what one sentence says.
    shown = 2 if hidden == len(rows) else 3
    table = Table(
        "Per ontvangend wijkteam",
        ("Wijkteam", "Begeleiding afgerond", "Deel overgedragen")[:shown],
        tuple(row[:shown] for row in rows),
        numbers=tuple(range(1, shown)),
        widths=(3, 1.4, 1.4)[:shown],
    )
    if not hidden:
        return (status, table)
    return (status, table, NO_TEAM_SHOWN if hidden == len(rows) else SOME_TEAMS_HIDDEN)


def _conclusions(figures: Figures) -> tuple[Block, ...]:
    (row,) = figures.rows("evaluatie_vergelijking")
    reasons = says.obstacles(row, figures.rows("evaluatie_meetbaarheid"))
    told = f"{says.comparison(row)} {says.MEANING}"
    if not reasons:
        return (told,)
    return (told, reasons, ROUNDED_CONDITIONS) if figures.openbaar else (told, reasons)


def disturbances(events: pl.DataFrame, peildatum: date) -> list[dict]:
    """The events that touch the year of the peildatum, up to that day."""
    last_day = pl.coalesce("datum_tot", "datum_van")
    found = events.filter(pl.col("datum_van") <= peildatum, last_day >= date(peildatum.year, 1, 1))
    return found.sort("datum_van").to_dicts()


def _disturbances(figures: Figures) -> tuple[Block, ...]:
    told = []
    for event in disturbances(queries.events(), figures.peildatum):
        first, until = formats.long_date(event["datum_van"]), event["datum_tot"]
        period = f"{first} tot en met {formats.long_date(until)}" if until else f"Vanaf {first}"
        told.append((period, f"{event['titel']}. {event['toelichting']} Bron: {event['bron']}."))
    return (Facts(tuple(told)) if told else "Van dit jaar zijn geen verstoringen vastgelegd.",)


def _definitions(_: Figures) -> tuple[Block, ...]:
    return tuple(
        Facts(tuple((entry.titel, entry.definitie) for entry in theme.indicators), small=True)
        for theme in THEMES.values()
    )


def _account(figures: Figures) -> tuple[Block, ...]:
    protection = ROUNDED if figures.openbaar else EXACT
    told = (f"Bron: {figures.source}", protection, f"{PSEUDONYMS} {NO_LINK}", BASIS, CUMULATIVE)
    return ((*told, bar.EARLIER_PEILDATUM) if figures.selection.peildatum else told,)


# What can be chosen, in the order of the document: its title, and what makes it.
SECTIONS: dict[str, tuple[str, Callable[[Figures], tuple[Block, ...]]]] = {
    "kernboodschap": ("Kernboodschap", _key_message),
    "toezeggingen": ("Toezeggingen aan de raad", _commitments),
    **{key: (theme.title, partial(_theme, theme)) for key, theme in THEMES.items()},
    "wijkteams": ("De overdracht per wijkteam", _teams),
    "conclusies": ("Wat niet te concluderen is", _conclusions),
    "verstoringen": ("Verstoringen in het jaar", _disturbances),
    "definities": ("Wat de kengetallen betekenen", _definitions),
    "verantwoording": ("Over de gegevens en de bescherming", _account),
}
