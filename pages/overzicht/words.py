"""What the figures of the page Overzicht say, in words: verdicts on chance, titles of charts and tables, cautions.

The sentences compare and pick; every number in them stands in a chart, a tile or a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

import queries
from pages.filters import bar
from pages.words import formats, presentation, sentences
from queries.definitions import columns

TOO_FEW = queries.MINIMUM_NOEMER
# The page that tells more of a theme.
PAGES = {
    "Begeleiding": "begeleiding",
    "Intake en PIP": "leerroutes",
    "Leerroutes": "leerroutes",
    "Ontzorging": "ontzorging",
    "Overdracht": "overdracht",
}
# A sign and the words of every verdict on a difference.
VERDICTS = {
    "hoger": "▲ hoger",
    "lager": "▼ lager",
    "binnen toeval": "● binnen toeval",
    "geen oordeel": f"? {presentation.TOO_FEW}",
}
REST_OF_THE_CITY, REST_OF_YOURS = "rest van de stad", "rest van uw gebieden"

NOBODY = "Er is niemand in deze selectie. Kies andere filters of wis ze."
# When a figure is given: in the intern view, and in the public one with what the rounding does to an interval.
FROM_TEN = "Onder de 10 waarnemingen is er geen percentage, mediaan of oordeel."
PUBLISHED = (
    "Een percentage is openbaar vanaf ongeveer 50 waarnemingen, waarvan ongeveer 10 of meer wel en 10 of meer niet; "
    "een mediaan vanaf ongeveer 50. Een interval telt de onzekerheid door het afronden mee."
)
READ_TABLE = (
    "▲ en ▼: meer dan toeval hoger of lager dan de {}. Grijs: te weinig om iets te zeggen. Het lijntje is het jaar op "
    "een eigen schaal, met de norm als streeplijn. Een naam of cijfer opent de pagina die er meer over zegt."
)
CHANCE = (
    "De stip is het verschil in procentpunten (%-punt). Ligt de lijn over de stippellijn (geen verschil), dan kan het "
    "verschil toeval zijn. Van twintig vergelijkingen valt er gemiddeld één alleen door toeval buiten een 95%-interval."
)
SAME_TIME = (
    "Ieder wordt na evenveel tijd beoordeeld; wie zo kort geleden instroomde dat die tijd niet om is, telt niet mee."
)
CHANGE = (
    "Wie instroomde in het laatste kwartaal met 10 of meer waarnemingen, tegen wie eerder in dat jaar instroomde, met "
    f"het 95%-interval. {SAME_TIME} {CHANCE} Aantallen en medianen staan er niet bij: die hebben geen kwartaal van "
    "instroom. Gesprekken met de budgetcoach ook niet: die hebben geen datum."
)
QUARTERS = f"Het aandeel van wie in dat kwartaal instroomde. {SAME_TIME} Een streep is een kwartaal met minder dan 10."
TREND = (
    "Elke stip is de stand aan het eind van een {}; de laatste is die op de peildatum. Een stand telt iedereen tot "
    "en met die dag: opeenvolgende standen gaan grotendeels over dezelfde personen. Een beweging van de lijn is daarom "
    "geen verandering tussen groepen; die staat bij ‘Per kwartaal van instroom’. De lichte band is het "
    "95%-interval van een aandeel. Een verticale streeplijn is een gebeurtenis."
)
REST = (
    "Elk gebied tegen alle andere gebieden samen, ook die niet gekozen zijn, met een 99%-interval: ruimer dan 95%, "
    f"omdat er veel gebieden zijn. {CHANCE}"
)
NO_REST = (
    "Er is geen vergelijking: het kengetal is een aantal of een mediaan, de groepen zijn te klein, of van een gebied "
    "is maar een deel gekozen."
)
RECEIVING = "De overdracht telt bij het ontvangende wijkteam, de rest bij het gebied waar iemand woont."
RESIDENCE = "Een gebied is waar iemand woont."
MOVED_SINCE = (
    "Wie na die dag werd beoordeeld, tegen wie eerder in het jaar werd beoordeeld, ieder na evenveel tijd, met het "
    "95%-interval van het verschil."
)
LATE = (
    "Cijfers van die eerdere peildatum die nu anders zijn, omdat er daarna iets over die tijd is geregistreerd of "
    "verbeterd."
)
NOTHING_MOVED = "Bij geen kengetal is het verschil groter dan toeval, of er zijn te weinig waarnemingen."
NO_CORRECTIONS = "Alle cijfers van die eerdere peildatum zijn nog gelijk."
NO_EARLIER = "Er is geen eerdere levering om mee te vergelijken."
NEWS_NOT_PUBLISHED = (
    "Wat er sinds de vorige levering veranderde, is niet openbaar: het gaat bijna altijd om minder dan 10 personen."
)
AREAS_OF_THE_CITY = "Cijfers per gebied zijn alleen openbaar voor heel Haarlem. Wis de filters om ze te zien."
CLICK = "Een klik kiest het gebied, of geeft heel Haarlem terug."
SCHEMATIC = "De echte kaart kan niet worden getekend; u ziet de schematische. {}"

HEADINGS = {
    "indicator": "Kengetal",
    "ci_laag": "Verschil: laagst aannemelijk",
    "ci_hoog": "Verschil: hoogst aannemelijk",
    "eerder_waarde": "Eerder dat jaar: deel",
    "rest_waarde": "Rest: deel",
    "uitleg": "Cijfers",
}
SHARES = HEADINGS | {"waarde": "Deel"}

# What the reader picks (it stands in the link as well), and the niveau of the question.
LEVELS = {"Stadsdeel": "stadsdeel", "Wijkteam": "wijkteam"}
DEEPER = ("Het jaar per kengetal", "Per kwartaal van instroom", "Gebieden naast de rest", "Sinds de vorige levering")
LABELS = {
    "overzicht_thema": "Thema",
    "overzicht_kaart": "Kengetal op de kaart",
    "overzicht_niveau": "Toon per",
    "overzicht_verdieping": "Verdieping",
}


def finding(rows: Mapping[str, Mapping]) -> str:
    """Who waits too long, in the words of the briefing. rows: per indicator its row of the question kpi."""
    return NOBODY if all(row["noemer"] == 0 for row in rows.values()) else sentences.waiting(rows)


def norms(rows: Mapping[str, Mapping]) -> tuple[str, str]:
    """How many norms are met, and which is farthest away, in the words of the briefing. rows: see finding()."""
    met, _, farthest = sentences.norms(rows).partition(". ")
    return met.removesuffix("."), farthest


def titled(name: str) -> str:
    """The title of a KPI."""
    return queries.INDICATOREN[name].titel


def entered(name: str) -> str:
    """The title of a KPI where entrants are compared, each after the same time."""
    return queries.INDICATOREN[name].titel_instroom


def points(difference: float | None) -> str:
    """A difference of two shares in percentage points: 0.123 is "+12%-punt", -0.004 "0%-punt"; None a dash."""
    return formats.MISSING if difference is None else f"{signed(round(difference * 100))}%-punt"


def signed(number: int) -> str:
    """A change of a count: 4 is "+4", -9 "−9", 0 "0"."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{formats.count(abs(number))}"


# How columns are written that several tables of this page have; and where entrants are compared.
WRITTEN = {
    "indicator": titled,
    **dict.fromkeys(("waarde", "eerder_waarde", "rest_waarde"), formats.percent),
    **dict.fromkeys(("verschil", "ci_laag", "ci_hoog"), points),
}
WRITTEN_ENTERED = WRITTEN | {"indicator": entered}


def of(row: Mapping[str, object], beside: str = "") -> str:
    """A share with its counts: "52% (33 van 64)"; under 10 observations the counts alone, hidden none of these.

    beside: of which group: "", "eerder_" or "rest_".
    """
    share, part, whole = (f"{beside}{name}" for name in ("waarde", "teller", "noemer"))
    if presentation.hidden(row, share):
        return presentation.TOO_SMALL
    counts = presentation.of(row, part, whole)
    return counts if row[whole] < TOO_FEW else f"{row[f'{share}_kort']} ({counts})"


def nobody(frame: pl.DataFrame) -> bool:
    """Whether nobody is in any row of a question about KPIs; not when that may not be shown."""
    return not frame["noemer"].fill_null(1).sum()


def not_published(frame: pl.DataFrame) -> bool:
    """Whether there are rows about KPIs and the values of all of them were left out of the publication."""
    return frame.height > 0 and presentation.all_left_out(frame, "waarde")


def nothing(frame: pl.DataFrame) -> str:
    """Why there is nothing to show of a frame: nobody is there, or the figures are too small."""
    return NOBODY if presentation.all_exact(frame) else presentation.NOTHING_PUBLISHED_HERE


def noted(frame: pl.DataFrame, how: str, day: date) -> str:
    """How a chart or table is read, from how many a figure is given in this view, and of which day it is."""
    few = FROM_TEN if presentation.all_exact(frame) else PUBLISHED
    return f"{how} {few} Stand {formats.long_date(day)}."


def narrowed(selection: queries.Selection, level: str, area: str) -> queries.Selection:
    """The selection with an area chosen, and no other."""
    if level == "wijkteam":
        return replace(selection, wijkteams=(area,))
    return replace(selection, stadsdelen=(area,), wijkteams=())


# ------------------------------------------------------------------------------------------------- what changed


def changed(
    change: pl.DataFrame, news: queries.Nieuws | None, earlier: date | None, source: queries.Database
) -> list[str]:
    """What changed, like with like, in at most five sentences.

    change: the question kpi_verandering. news: since the delivery of `earlier`, if there is one.
    """
    rows = change.to_dicts()
    moved = [row for row in rows if row["oordeel"] in ("hoger", "lager")]
    told = [sentences.changes(rows)]
    if len(moved) == 1:
        told.append(f"In dat kwartaal was het {of(moved[0])}, eerder dat jaar {of(moved[0], 'eerder_')}.")
    if news is None or earlier is None:
        return [*told, NEWS_NOT_PUBLISHED if isinstance(source, queries.Publication) else NO_EARLIER]
    since = (
        moved_title(news.bewogen, earlier),
        backlog_title(news.voorraad),
        corrections_title(news.correcties, earlier),
    )
    return [*told, *(f"{title}." for title in since)]


def moved_title(moved: pl.DataFrame, earlier: date) -> str:
    """Which KPIs are different for who was judged since an earlier delivery. moved: Nieuws.bewogen."""
    start = f"Sinds de levering van {formats.long_date(earlier)} is"
    told = [f"‘{entered(name)}’ {verdict}" for name, verdict in moved.select("indicator", "oordeel").iter_rows()]
    if not told:
        return f"{start} geen kengetal meer veranderd dan door toeval"
    return f"{start} meer veranderd dan door toeval: {formats.enumerate_words(told)}"


def backlog_title(backlog: pl.DataFrame) -> str:
    """Which counts grew and which shrank. backlog: Nieuws.voorraad."""
    parts = []
    for sign, word in ((1, "meer"), (-1, "minder")):
        rows = backlog.filter(pl.col("verschil") * sign > 0).select("indicator", "verschil").iter_rows()
        told = [f"‘{titled(name)}’ ({signed(number)})" for name, number in rows]
        parts += [f"{word} personen bij {formats.enumerate_words(told)}"] if told else []
    return presentation.capital("; ".join(parts)) or "De aantallen personen zijn gelijk gebleven"


def corrections_title(corrections: pl.DataFrame, earlier: date) -> str:
    """How many figures of the earlier peildatum are different now. corrections: Nieuws.correcties."""
    what = {0: "Geen kengetal is", 1: "1 kengetal is"}.get(corrections.height, f"{corrections.height} kengetallen zijn")
    return f"{what} achteraf veranderd over {formats.long_date(earlier)}"


# ------------------------------------------------------------------------------------------------------ the year


def period(stands: pl.DataFrame) -> str:
    """How far the stands lie apart: "maand", and published ones "kwartaal". stands: the question kpi_trend."""
    return "maand" if presentation.all_exact(stands) else "kwartaal"


def trend_title(thema: str, stands: pl.DataFrame) -> str:
    """What a trend shows: the theme and from when until when. stands: the question kpi_trend."""
    first, last = (formats.long_date(day) for day in (stands["stand"].min(), stands["stand"].max()))
    return f"{thema}: de stand per {period(stands)}, van {first} tot en met {last}"


# ----------------------------------------------------------------------------------------------------- the areas


def first_on_map(per_area: pl.DataFrame) -> str:
    """The KPI that is on the map at first: the usual one, unless more is published of another.

    per_area: the question kpi_per_gebied.
    """
    shown = presentation.drawable(per_area.filter(niveau="stadsdeel"), "waarde")["indicator"].to_list()
    usual = bar.OWN["overzicht_kaart"]
    return titled(max(queries.INDICATOREN, key=lambda name: (shown.count(name), titled(name) == usual)))


def map_title(figures: pl.DataFrame, indicator: queries.Indicator, level: str) -> str:
    """From the lowest to the highest area of a KPI, among those with a figure. figures: see city.figures().

    Of published counts those that may not be shown are the lowest.
    """
    on_map = figures.filter(pl.col("gebied") != queries.ONBEKEND)
    small = on_map.filter(~presentation.may_be_shown(on_map, "waarde"))
    ends = [
        (written, rows["gebied"].to_list())
        for (_, written), rows in on_map.filter("heeft_waarde")
        .sort("waarde", maintain_order=True)
        .group_by("waarde", "waarde_tekst", maintain_order=True)
    ]
    if not ends:
        return (
            f"{indicator.titel}: per {level} {small['waarde_tekst'].first() if small.height else presentation.TOO_FEW}"
        )
    elsewhere = ""
    if small.height and indicator.eenheid == "aantal":
        ends.insert(0, (f"minder dan {TOO_FEW}", small["gebied"].to_list()))
    elif small.height:
        elsewhere = f"; elders {presentation.TOO_SMALL}"
    low, high = (f"{figure} ({formats.enumerate_words(areas)})" for figure, areas in (ends[0], ends[-1]))
    return f"{indicator.titel}: {low if low == high else f'van {low} tot {high}'}{elsewhere}"


def map_note(
    indicator: queries.Indicator, level: str, selection: queries.Selection, figures: pl.DataFrame, *, real: bool
) -> str:
    """What the map draws, what a place on it means, and who is on none. real: with the borders of the wijken."""
    drawn = (
        "De grenzen zijn die van de wijken." if real else "Elke tegel is een wijk, ongeveer op zijn plek in de stad."
    )
    whole = "gekozen deel van het" if level == "stadsdeel" and selection.wijkteams else "hele"
    colour = f"Hoe voller de kleur, hoe hoger het cijfer van het {whole} {level}."
    receiving = level == "wijkteam" and indicator.thema == "Overdracht"
    place = "De overdracht telt bij het ontvangende wijkteam." if receiving else RESIDENCE
    return " ".join(filter(None, (drawn, colour, place, CLICK, not_on_map(figures))))


def not_on_map(figures: pl.DataFrame) -> str:
    """Who is in no area on the map, in a sentence; empty when nobody is. figures: see city.figures()."""
    for unknown in figures.filter(gebied=queries.ONBEKEND).iter_rows(named=True):
        if unknown["noemer"] != 0 and presentation.how(unknown, "waarde") != columns.WEGGELATEN:
            n = f" ({unknown['n']})" if unknown["n"] else ""
            return f"Niet op de kaart: Onbekend, {unknown['waarde_tekst']}{n}."
    return ""


def only_published(per_area: pl.DataFrame, level: str) -> str:
    """Why there are no figures per area: nobody is there, or which KPIs are published. per_area: kpi_per_gebied."""
    rows = per_area.filter(niveau=level)
    shown = rows.filter(~presentation.left_out(rows, "waarde"))["indicator"].unique(maintain_order=True).to_list()
    if presentation.all_exact(rows) or len(shown) == len(queries.INDICATOREN):
        return nothing(rows)
    told = formats.enumerate_words([f"‘{titled(name)}’" for name in shown])
    return f"Per {level} {'is' if len(shown) == 1 else 'zijn'} alleen {told} openbaar, bij genoeg personen."


def rest_of(grens: Sequence[str] | None) -> str:
    """What an area is held against. grens: the wijkteams to which the reader is limited."""
    return REST_OF_THE_CITY if grens is None else REST_OF_YOURS
