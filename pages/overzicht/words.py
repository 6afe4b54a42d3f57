"""What the figures of the page Overzicht say, in words: verdicts on chance, titles of charts and tables, cautions.

The sentences compare and pick; every number in them stands in a chart, a tile or a table. Of rounded figures they say
that they are rounded, and what may not be shown they name in words; see weergave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

import queries
from pages.filters import bar
from pages.show.kpi import SHORT_TOO_SMALL
from pages.words import formats, presentation
from queries.definitions import columns

TOO_FEW = queries.MINIMUM_NOEMER

# A sign and the words of every verdict on a difference.
VERDICTS = {
    "hoger": "▲ hoger",
    "lager": "▼ lager",
    "binnen toeval": "● binnen toeval",
    "geen oordeel": f"? {presentation.TOO_FEW}",
}
NOT_COMPARED = "– geen vergelijking"
REST_OF_THE_CITY, REST_OF_YOURS = "rest van de stad", "rest van uw gebieden"
REST_TOO_SMALL = "? rest te klein om te vergelijken"
TOO_SMALL = f"? {SHORT_TOO_SMALL}"
NOBODY_HERE = f"– {presentation.NOBODY}"

NOBODY = "Er is niemand in deze selectie."
ONE_IN_TWENTY = "Van twintig vergelijkingen valt er gemiddeld één alleen door toeval buiten zo’n interval."
CHANGE = (
    "Wie instroomde in het laatste kwartaal met 10 of meer waarnemingen, tegen wie eerder in dat jaar instroomde. "
    "De stip is het verschil in procentpunten (%-punt), de lijn is het 95%-interval. Ligt de lijn over de stippellijn "
    "(geen verschil), dan kan het verschil toeval zijn."
)
# When a figure is public, and what the rounding does to an interval.
PUBLISHED_SHARE = (
    "Een percentage is openbaar vanaf ongeveer 50 waarnemingen, waarvan ongeveer 10 of meer wel en 10 of meer niet."
)
PUBLISHED_MEDIAN = "Een mediaan is openbaar vanaf ongeveer 50 waarnemingen."
ROUNDING_IN_INTERVAL = "Het interval telt de onzekerheid door het afronden mee."
SAME_TIME = (
    "Ieder wordt na evenveel tijd beoordeeld; wie zo kort geleden instroomde dat die tijd niet om is, telt niet mee."
)
ONLY_SHARES = (
    "Aantallen en medianen staan er niet bij: die hebben geen kwartaal van instroom. Gesprekken met de budgetcoach ook "
    "niet: die hebben geen datum."
)
QUARTERS = f"Het aandeel van wie in dat kwartaal instroomde. {SAME_TIME} Een streep is een kwartaal met minder dan 10."
PUBLISHED_QUARTERS = (
    f"Het aandeel van wie in dat kwartaal instroomde. {SAME_TIME} Alleen de kengetallen waarvan een kwartaal groot "
    "genoeg is om te tonen. Een streep is een kwartaal met minder dan 10."
)
TREND = (
    "Elke stip is de stand aan het eind van een {}; de laatste is die op de peildatum. Een stand telt iedereen tot "
    "en met die dag: opeenvolgende standen gaan grotendeels over dezelfde personen. Een beweging van de lijn is daarom "
    "geen verandering tussen groepen; die staat onder ‘Wat verandert er?’. De lichte band is het 95%-interval van een "
    "aandeel."
)
WITHOUT_DOT = f"Zonder stip zijn er {presentation.TOO_FEW} (minder dan 10)."
PUBLISHED_WITHOUT_DOT = f"Waar ‘te klein’ of {presentation.FEW} staat, is het cijfer te klein om te tonen."
EVENT = "Een verticale stippellijn is een gebeurtenis."
FEW_EVENTS = "Een mediaan vraagt 10 waarnemingen, waarvan er 10 zover zijn."
AREAS = (
    "Elk gebied tegen alle andere gebieden samen, met een 99%-interval: ruimer dan 95%, omdat er veel gebieden zijn. "
    "Onder de 10 waarnemingen is er geen percentage, mediaan of oordeel. "
    f"{FEW_EVENTS} Aantallen en medianen worden niet vergeleken."
)
PUBLISHED_AREAS = (
    "Elk gebied tegen de andere gebieden samen, met een 99%-interval: ruimer dan 95%, omdat er veel gebieden zijn. "
    f"{ROUNDING_IN_INTERVAL} {PUBLISHED_SHARE} {PUBLISHED_MEDIAN} Aantallen en medianen worden niet vergeleken."
)
RECEIVING = "De overdracht telt bij het ontvangende wijkteam, de rest bij het gebied waar iemand woont."
RESIDENCE = "Een gebied is waar iemand woont."

NOTHING_MOVED = "Bij geen kengetal is het verschil groter dan toeval, of er zijn te weinig waarnemingen."
NO_CORRECTIONS = "Alle cijfers van die eerdere peildatum zijn nog gelijk."
REST = (
    "De stip is het verschil met alle andere gebieden samen, ook die niet gekozen zijn, in procentpunten (%-punt); de "
    "lijn is het 99%-interval. "
    "Ligt de lijn over de stippellijn, dan kan het verschil toeval zijn."
)
ENOUGH = "Alleen gebieden met 10 of meer waarnemingen."
NO_EARLIER = "Er is geen eerdere levering om mee te vergelijken."
NEWS_NOT_PUBLISHED = (
    "Wat er sinds de vorige levering veranderde, is niet openbaar: het gaat bijna altijd om minder dan 10 personen."
)
AREAS_OF_THE_CITY = "Cijfers per gebied zijn alleen openbaar voor heel Haarlem. Wis de filters om ze te zien."
NOTHING_NEW = "Er is sindsdien niets veranderd dat meer is dan toeval, en eerdere cijfers zijn gelijk gebleven."
MOVED_SINCE = (
    "Wie na die dag werd beoordeeld, tegen wie eerder in het jaar werd beoordeeld, ieder na evenveel tijd, met het "
    "95%-interval van het verschil."
)
LATE = (
    "Cijfers van die eerdere peildatum die nu anders zijn, omdat er daarna iets over die tijd is geregistreerd of "
    "verbeterd."
)
BACKLOG = "Personen op de twee peildata."

_INTERVAL = {"ci_laag": "Verschil: laagst aannemelijk", "ci_hoog": "Verschil: hoogst aannemelijk"}
CHANGE_HEADINGS = {
    "indicator": "Kengetal",
    "kwartaal": "Laatste kwartaal",
    "waarde": "Laatste kwartaal: deel",
    "eerder_teller": "Eerder: teller",
    "eerder_noemer": "Eerder: noemer",
    "eerder_waarde": "Eerder dat jaar: deel",
    **_INTERVAL,
}
MOVED_HEADINGS = {
    "indicator": "Kengetal",
    "waarde": "Sindsdien: deel",
    "eerder_teller": "Eerder: teller",
    "eerder_noemer": "Eerder: noemer",
    "eerder_waarde": "Eerder dit jaar: deel",
    **_INTERVAL,
}
REST_HEADINGS = {**_INTERVAL, "uitleg": "Cijfers"}
AREA_HEADINGS = {"indicator": "Kengetal", **_INTERVAL}
CORRECTION_HEADINGS = {
    "indicator": "Kengetal",
    "teller_toen": "Teller toen",
    "noemer_toen": "Noemer toen",
    "teller_nu": "Teller nu",
    "noemer_nu": "Noemer nu",
}

# What the reader picks (it stands in the link as well), and the niveau of the question.
LEVELS = {"Stadsdeel": "stadsdeel", "Wijkteam": "wijkteam"}
_AREAS = {"stadsdeel": ("stadsdeel", "stadsdelen"), "wijkteam": ("wijkteam", "wijkteams")}
LABELS = {
    "overzicht_thema": "Thema",
    "overzicht_kaart": "Kengetal op de kaart",
    "overzicht_niveau": "Toon per",
}


def titled(name: str) -> str:
    """The title of a KPI."""
    return queries.INDICATOREN[name].titel


def entered(name: str) -> str:
    """The title of a KPI where entrants are compared, each after the same time."""
    return queries.INDICATOREN[name].titel_instroom


def points(difference: float | None) -> str:
    """A difference of two shares in percentage points: 0.123 is "+12%-punt", -0.004 "0%-punt"; None a dash."""
    if difference is None:
        return formats.MISSING
    shown = formats.decimal(abs(difference) * 100, 0)
    sign = "" if not shown.strip("0,") else "+" if difference > 0 else "−"
    return f"{sign}{shown}%-punt"


def signed(number: int) -> str:
    """A change of a count: 4 is "+4", -9 "−9", 0 "0"."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{formats.count(abs(number))}"


# How columns are written that several tables of this page have.
WRITTEN = {
    "indicator": titled,
    "waarde": formats.percent,
    "eerder_waarde": formats.percent,
    "rest_waarde": formats.percent,
    "verschil": points,
    "ci_laag": points,
    "ci_hoog": points,
}
# Where entrants are compared.
WRITTEN_ENTERED = WRITTEN | {"indicator": entered}


def of(row: Mapping[str, object], share: str = "waarde", part: str = "teller", whole: str = "noemer") -> str:
    """A share with its counts: "52% (33 van 64)"; under 10 observations the counts alone, hidden none of these."""
    if presentation.hidden(row, share):
        return presentation.TOO_SMALL
    counts = presentation.of(row, part, whole)
    return counts if row[whole] < TOO_FEW else f"{formats.percent(row[share])} ({counts})"


def n_words(row: Mapping[str, object]) -> str:
    """On how many a row of a question about KPIs rests: "n = 38", "n <10"; empty when that is not published."""
    if presentation.how(row, "noemer") == columns.WEGGELATEN:
        return ""
    return f"n {presentation.FEW}" if presentation.hidden(row, "noemer") else f"n = {formats.count(row['noemer'])}"


def nobody(frame: pl.DataFrame) -> bool:
    """Whether nobody is in any row of a question about KPIs; not when that may not be shown."""
    return not frame["noemer"].fill_null(1).sum()


def nothing_to_show(frame: pl.DataFrame, column: str = "waarde") -> bool:
    """Whether there are rows and in none of them the figure may be shown."""
    return not frame.is_empty() and presentation.drawable(frame, column).is_empty()


def all_hidden(frame: pl.DataFrame) -> bool:
    """Whether there are rows about KPIs and nothing in them may be shown, the counts included."""
    return all(nothing_to_show(frame, column) for column in ("waarde", "teller", "noemer"))


def not_published(frame: pl.DataFrame) -> bool:
    """Whether there are rows about KPIs and the values of all of them were left out of the publication."""
    return nothing_to_show(frame) and all(
        presentation.how(row, "waarde") == columns.WEGGELATEN for row in frame.iter_rows(named=True)
    )


def nothing(frame: pl.DataFrame) -> str:
    """Why there is nothing to show of a frame: nobody is there, or the figures are too small."""
    return NOBODY if presentation.all_exact(frame) else presentation.NOTHING_PUBLISHED_HERE


def change_title(change: pl.DataFrame) -> str:
    """Which KPIs moved beyond chance in their latest quarter of entry.

    change: the question kpi_verandering.
    """
    judged = change.filter(pl.col("verschil").is_not_null())
    moved = judged.filter(pl.col("oordeel").is_in(["hoger", "lager"]))
    if judged.is_empty() and not presentation.all_exact(change, "verschil"):
        return "Over verandering is niets te tonen: per kwartaal zijn de aantallen te klein"
    if judged.is_empty():
        return "Over verandering is nog niets te zeggen: te weinig waarnemingen"
    if moved.is_empty():
        return f"Geen verandering die meer is dan toeval ({_compared(judged.height)})"
    return f"Meer dan toeval in het laatste kwartaal: {_moved(moved)} ({_compared(judged.height)})"


def change_note(change: pl.DataFrame) -> str:
    """What the change compares and how it is drawn. change: the question kpi_verandering."""
    published = () if presentation.all_exact(change) else (ROUNDING_IN_INTERVAL, PUBLISHED_SHARE)
    return " ".join((CHANGE, SAME_TIME, *published, ONE_IN_TWENTY, ONLY_SHARES))


def left_out(change: pl.DataFrame) -> str:
    """Which KPIs could not be compared, in a sentence; empty when none. Of published ones how many."""
    undated = [name for name, entry in queries.INDICATOREN.items() if entry.volgtijd == "geen"]
    names = change.filter(pl.col("verschil").is_null(), ~pl.col("indicator").is_in(undated))["indicator"].to_list()
    if not names or change["verschil"].is_null().all():
        return ""
    if not presentation.all_exact(change, "verschil"):
        if len(names) == 1:
            return f"Te klein om te vergelijken: ‘{entered(names[0])}’."
        return f"Bij {len(names)} andere kengetallen zijn de aantallen te klein om te vergelijken."
    listed = formats.enumerate_words([f"‘{entered(name)}’" for name in names])
    return f"Te weinig waarnemingen om te vergelijken: {listed}."


def quarters_note(quarters: pl.DataFrame) -> str:
    """What the table of quarters tells. quarters: the question kpi_instroom."""
    return QUARTERS if presentation.all_exact(quarters) else f"{PUBLISHED_QUARTERS} {PUBLISHED_SHARE}"


def _compared(number: int) -> str:
    return f"{number} {'kengetal' if number == 1 else 'kengetallen'} vergeleken"


def _moved(moved: pl.DataFrame) -> str:
    """ "lager zijn A* en B; hoger is C", the lower ones first."""
    parts = []
    for verdict in ("lager", "hoger"):
        names = [entered(name) for name in moved.filter(pl.col("oordeel") == verdict)["indicator"]]
        if names:
            listed = formats.enumerate_words([f"‘{name}’" for name in names])
            parts.append(f"{verdict} {'is' if len(names) == 1 else 'zijn'} {listed}")
    return "; ".join(parts)


def trend_title(thema: str, stands: pl.DataFrame) -> str:
    """What a trend shows: the theme and from when until when. stands: the question kpi_trend."""
    first, last = stands["stand"].min(), stands["stand"].max()
    if first is None or first == last:
        return f"{thema}: de stand" + ("" if last is None else f" op {formats.long_date(last)}")
    if not presentation.all_exact(stands):
        return f"{thema}: de stand per kwartaal, van {formats.long_date(first)} tot en met {formats.long_date(last)}"
    return f"{thema}: de stand per maand, van {formats.month(first)} tot en met {formats.long_date(last)}"


def trend_note(stands: pl.DataFrame) -> str:
    """How a trend is read. stands: the question kpi_trend."""
    if presentation.all_exact(stands):
        return f"{TREND.format('maand')} {WITHOUT_DOT} {EVENT}"
    parts = (TREND.format("kwartaal"), ROUNDING_IN_INTERVAL, PUBLISHED_WITHOUT_DOT, PUBLISHED_SHARE, EVENT)
    return " ".join(parts)


def trend_headings(names: Sequence[str]) -> dict[str, str]:
    """The headings of charts.trend_table()."""
    headings = {"stand": "Stand"}
    for name in names:
        headings |= {name: titled(name), f"{name}_noemer": f"{titled(name)}: van"}
    return headings


def trend_written(names: Sequence[str], stands: pl.DataFrame) -> dict[str, Callable[[object], str]]:
    """How the values of charts.trend_table() are written: each in the unit of its KPI, or a dash when there is none.

    stands: the question kpi_trend. A published median that is not there and may be shown was not reached.
    """
    exact = presentation.all_exact(stands)
    how = {columns.weergave_van("waarde"): columns.EXACT if exact else columns.AFGEROND}

    def written(indicator: queries.Indicator) -> Callable[[object], str]:
        return lambda figure: (
            formats.MISSING if figure is None and exact else presentation.figure(indicator, {"waarde": figure, **how})
        )

    return {name: written(queries.INDICATOREN[name]) for name in names}


def map_headings(picked: str, indicator: queries.Indicator) -> dict[str, str]:
    """The headings of the table of the map."""
    return {"gebied": picked, "cijfer": indicator.titel, "klasse": "Kleur op de kaart"}


def border_complaint(complaint: str) -> str:
    """Why the schematic map is there although there is a file with borders."""
    return f"De echte kaart kan niet worden getekend; u ziet de schematische. {complaint}"


def first_on_map(per_area: pl.DataFrame) -> str:
    """The KPI that is on the map before the reader picks one: of published figures the one that most stadsdelen have.

    per_area: the question kpi_per_gebied.
    """
    usual = str(bar.OWN["overzicht_kaart"])
    rows = per_area.filter(pl.col("niveau") == "stadsdeel", pl.col("gebied") != queries.ONBEKEND)
    if presentation.all_exact(rows, "waarde"):
        return usual
    shown = presentation.drawable(rows, "waarde").filter(pl.col("waarde").is_not_null())["indicator"].to_list()
    most = max(queries.INDICATOREN, key=shown.count)
    return titled(most) if shown else usual


def map_title(figures: pl.DataFrame, indicator: queries.Indicator, level: str) -> str:
    """The highest and the lowest area of a KPI, among those with enough observations.

    figures: see city.figures().
    """
    one, more = _AREAS[level]
    on_map = figures.filter(pl.col("gebied") != queries.ONBEKEND)
    enough = on_map.filter(pl.col("stand") == "waarde")
    if not_published(figures):
        return f"{indicator.titel}: per {one} niet openbaar"
    if enough.is_empty() and not presentation.all_exact(on_map, "waarde"):
        return f"{indicator.titel}: per {one} {presentation.TOO_SMALL}"
    if enough.is_empty():
        return f"{indicator.titel}: per {one} te weinig waarnemingen"
    low, high = enough["waarde"].min(), enough["waarde"].max()
    areas_with = {figure: enough.filter(pl.col("waarde") == figure)["gebied"].to_list() for figure in (low, high)}
    written = {row["waarde"]: presentation.value(indicator, row) for row in enough.iter_rows(named=True)}
    if not presentation.all_exact(on_map, "waarde"):
        small = on_map.filter(~presentation.may_be_shown(on_map, "waarde"))["gebied"].to_list()
        return f"{indicator.titel}: {_rounded_range(indicator, written, areas_with, small, more)}"

    def named(figure: float) -> str:
        return f"{formats.enumerate_words(areas_with[figure])} ({written[figure]})"

    if enough.height == 1:
        return f"{indicator.titel}: alleen over {named(low)} is iets te zeggen"
    if low == high:
        return f"{indicator.titel}: in alle {more} met genoeg waarnemingen {written[low]}"
    return f"{indicator.titel}: laagst in {named(low)}, hoogst in {named(high)}"


def _rounded_range(
    indicator: queries.Indicator,
    written: Mapping[float, str],
    areas_with: Mapping[float, list[str]],
    small: list[str],
    more: str,
) -> str:
    """From the lowest to the highest of rounded figures; what is lowest is not said, for rounding may have made it so.

    written: the figures in words. areas_with: the areas with the lowest and with the highest figure. small: the areas
    of which the figure may not be shown; a count in them is lower than all others. more: what areas are called.
    """
    ends = [(written[figure], areas_with[figure]) for figure in sorted(areas_with)]
    rest = ""
    if small and indicator.eenheid == "aantal":
        ends = [(f"minder dan {TOO_FEW}", small), ends[-1]]
    elif small:
        names = f"de andere {more} zijn" if len(small) > 1 else f"{small[0]} is"
        rest = f"; {names} {presentation.TOO_SMALL}"
    if len(ends) == 1:
        ((figure, areas),) = ends
        return f"{figure} in {formats.enumerate_words(areas)}{rest}"
    start, end = (f"{figure} ({formats.enumerate_words(areas)})" for figure, areas in ends)
    return f"van {start} tot {end}{rest}"


def nothing_on_map(per_area: pl.DataFrame, figures: pl.DataFrame, level: str) -> str:
    """Why there is no map. per_area: the question kpi_per_gebied. figures: see city.figures()."""
    return f"{_published_of(per_area, level)}." if not_published(figures) else nothing(figures)


def nothing_per_area(per_area: pl.DataFrame, level: str) -> str:
    """Why there is no table of areas. per_area: the question kpi_per_gebied."""
    rows = per_area.filter(pl.col("niveau") == level)
    only = _published_of(per_area, level)
    return f"{only}, en de aantallen zijn te klein om te tonen." if only else nothing(rows)


def _published_of(per_area: pl.DataFrame, level: str) -> str:
    """Which KPIs are published of the areas of a level; empty when all of them are, and for exact figures."""
    rows = per_area.filter(pl.col("niveau") == level)
    told = [titled(name) for name in queries.INDICATOREN if not not_published(rows.filter(pl.col("indicator") == name))]
    if len(told) == len(queries.INDICATOREN):
        return ""
    listed = formats.enumerate_words([f"‘{name}’" for name in told])
    return f"Per {level} {'is' if len(told) == 1 else 'zijn'} alleen {listed} openbaar"


def map_note(indicator: queries.Indicator, level: str, peildatum: date, *, real: bool, figures: pl.DataFrame) -> str:
    """What the map draws, if it is drawn, and what a place on it means. figures: see city.figures()."""
    one, _ = _AREAS[level]
    if not presentation.all_exact(figures):
        few = {"aandeel": f"{PUBLISHED_SHARE} ", "aantal": ""}.get(indicator.eenheid, f"{PUBLISHED_MEDIAN} ")
    else:
        few = f"{FEW_EVENTS} " if indicator.is_mediaan else ""
    place = place_words(indicator, level)
    if nothing_to_show(figures.filter(pl.col("gebied") != queries.ONBEKEND)):
        return f"{few}{place} {stand_words(peildatum)}"
    drawn = (
        "De grenzen van de wijken, met de kleur van hun"
        if real
        else "Elke tegel is een wijk, ongeveer op zijn plek in de stad; de grootte zegt niets. De kleur is die van het"
    )
    what = {"aantal": "het aantal personen"}.get(indicator.eenheid, "het cijfer")
    return f"{drawn} {one}: {what} geldt voor het hele {one}. {few}{place} {stand_words(peildatum)}"


def place_words(indicator: queries.Indicator, level: str) -> str:
    """When a person counts in an area: by residence, or by the receiving wijkteam."""
    if level == "wijkteam" and indicator.thema == "Overdracht":
        return "De overdracht telt bij het ontvangende wijkteam."
    return RESIDENCE


def stand_words(day: date) -> str:
    """ "Stand 31 december 2022."."""
    return f"Stand {formats.long_date(day)}."


def not_on_map(figures: pl.DataFrame, indicator: queries.Indicator) -> str:
    """Who is in no area on the map, in a sentence; empty when nobody is, and when there is no map."""
    rows = figures.filter(pl.col("gebied") == queries.ONBEKEND)
    without_map = nothing_to_show(figures.filter(pl.col("gebied") != queries.ONBEKEND))
    if without_map or rows.is_empty() or nobody(rows) or not_published(rows):
        return ""
    unknown = rows.row(0, named=True)
    n = n_words(unknown)
    return f"Niet op de kaart: Onbekend, {presentation.value(indicator, unknown)}{f' ({n})' if n else ''}."


def rest_of(grens: Sequence[str] | None) -> str:
    """What an area is held against. grens: the wijkteams to which the reader is limited."""
    return REST_OF_THE_CITY if grens is None else REST_OF_YOURS


def rest_title(rows: pl.DataFrame, indicator: queries.Indicator, level: str, rest: str = REST_OF_THE_CITY) -> str:
    """Which areas differ from the rest beyond chance. rows: see charts.area_rows(); rest: see rest_of()."""
    one, _ = _AREAS[level]
    if indicator.eenheid != "aandeel":
        return f"Vergelijking met de {rest}"
    if rows.is_empty():
        return f"Geen {one} is te vergelijken met de {rest}"
    parts = []
    for verdict in ("lager", "hoger"):
        areas = rows.filter(pl.col("oordeel") == verdict)["naam"].to_list()
        if areas:
            parts.append(f"{verdict} in {formats.enumerate_words(areas)}")
    if not parts:
        # Of published figures only some areas are large enough to compare.
        which = one if presentation.all_exact(rows) else f"{one} dat groot genoeg is,"
        return f"Geen {which} verschilt meer dan toeval van de {rest}"
    return f"Meer dan toeval anders dan de {rest}: {'; '.join(parts)}"


def not_compared(level: str) -> str:
    """That the comparison of the areas of a level is not published."""
    return f"De vergelijking per {level} is niet openbaar."


def rest_note(compared: pl.DataFrame) -> str:
    """How the comparison with the rest is read. compared: the question kpi_gebied_vergelijking."""
    if presentation.all_exact(compared):
        return f"{REST} {ENOUGH}"
    return f"{REST} {ROUNDING_IN_INTERVAL} {PUBLISHED_SHARE}"


def no_rest(indicator: queries.Indicator, compared: pl.DataFrame, level: str, rest: str = REST_OF_THE_CITY) -> str:
    """Why there is no comparison with the rest. compared: the question kpi_gebied_vergelijking; rest: see rest_of()."""
    rows = compared.filter(pl.col("niveau") == level, pl.col("indicator") == indicator.naam)
    if indicator.eenheid == "aandeel" and not_published(rows):
        return not_compared(level)
    if indicator.eenheid == "aandeel" and not presentation.all_exact(rows):
        return f"Te klein om te vergelijken. {PUBLISHED_SHARE}"
    if indicator.eenheid == "aandeel" and rows.is_empty():
        return f"{_part_chosen(level)}, dus er is niets om te vergelijken."
    if indicator.eenheid == "aandeel":
        return "Er zijn geen twee groepen van 10 of meer waarnemingen om te vergelijken."
    kind = "aantal" if indicator.eenheid == "aantal" else "mediaan"
    return f"‘{indicator.titel}’ is een {kind}: daarvoor is er geen vergelijking met de {rest}."


def _part_chosen(level: str) -> str:
    """Why a comparison has no rows: only a whole area is held against the rest."""
    return f"Van een {level} is maar een deel gekozen"


def areas_title(areas: pl.DataFrame, level: str, rest: str = REST_OF_THE_CITY) -> str:
    """How many comparisons of areas with the rest are beyond chance.

    areas: the question kpi_gebied_vergelijking; rest: see rest_of().
    """
    of_level = areas.filter(pl.col("niveau") == level)
    judged = of_level.filter(pl.col("verschil").is_not_null())
    moved = judged.filter(pl.col("oordeel").is_in(["hoger", "lager"]))
    start = f"Alle kengetallen per {level}"
    published = not presentation.all_exact(of_level)
    if not_published(of_level):
        return f"Kengetallen per {level}"
    if of_level.is_empty():
        return f"{start}: {_part_chosen(level).lower()}, dus niet vergeleken"
    if judged.is_empty() and published:
        return f"{start}: de aantallen zijn te klein om gebieden te vergelijken"
    if judged.is_empty():
        return f"{start}: te weinig waarnemingen om gebieden te vergelijken"
    if moved.is_empty():
        which = "verschil dat te tonen is," if published else f"verschil met de {rest}"
        return f"{start}: geen {which} is meer dan toeval"
    if moved.height > 1:
        return f"{start}: {moved.height} van de {judged.height} verschillen zijn meer dan toeval"
    row = moved.row(0, named=True)
    return f"{start}: alleen {row['gebied']} is meer dan toeval {row['oordeel']}, bij ‘{titled(row['indicator'])}’"


def areas_moved(areas: pl.DataFrame, level: str) -> str:
    """All differences with the rest of the city that are beyond chance, in a sentence; empty when there are none.

    areas: the question kpi_gebied_vergelijking.
    """
    moved = areas.filter(pl.col("niveau") == level, pl.col("oordeel").is_in(["hoger", "lager"]))
    told = [f"{row['gebied']} {row['oordeel']} bij ‘{titled(row['indicator'])}’" for row in moved.iter_rows(named=True)]
    return f"Meer dan toeval: {formats.enumerate_words(told)}." if told else ""


def areas_note(areas: pl.DataFrame, level: str, peildatum: date) -> str:
    """What the table of all KPIs per area says and how it is made. areas: the question kpi_gebied_vergelijking."""
    of_level = areas.filter(pl.col("niveau") == level)
    how = AREAS if presentation.all_exact(of_level) else PUBLISHED_AREAS
    parts = (
        areas_moved(areas, level),
        f"{not_compared(level)} {PUBLISHED_SHARE}" if not_published(of_level) else how,
        RECEIVING if level == "wijkteam" else RESIDENCE,
        stand_words(peildatum),
    )
    return " ".join(filter(None, parts))


def no_news(source: queries.Database | queries.Publication) -> str:
    """Why there is nothing to tell of what is new: it is not published, or there is no earlier delivery."""
    return NEWS_NOT_PUBLISHED if isinstance(source, queries.Publication) else NO_EARLIER


def since_title(previous: date | None) -> str:
    """The heading of what is new: "Nieuw sinds 30 november 2022"."""
    return "Nieuw" if previous is None else f"Nieuw sinds {formats.long_date(previous)}"


def since_note(previous: date, current: date, *, other_day: bool) -> str:
    """Which deliveries are compared; other_day: the reader has picked an earlier peildatum."""
    words = f"De levering van {formats.long_date(current)} naast die van {formats.long_date(previous)}."
    return f"{words} De gekozen peildatum telt hier niet mee." if other_day else words


def nothing_new(news: queries.Nieuws) -> bool:
    """Whether there is nothing to tell of what changed between two deliveries."""
    return news.bewogen.is_empty() and news.correcties.is_empty() and (news.voorraad["verschil"] == 0).all()


def backlog_headings(previous: date, current: date) -> dict[str, str]:
    """The headings of the table of counts: the two days."""
    return {
        "indicator": "Kengetal",
        "vorige": formats.short_date(previous),
        "nu": formats.short_date(current),
    }


def moved_title(moved: pl.DataFrame) -> str:
    """Which KPIs are different for who entered since. moved: Nieuws.bewogen."""
    if moved.is_empty():
        return "Geen kengetal bewoog meer dan toeval"
    return f"Meer dan toeval bewogen: {_moved(moved)}"


def backlog_title(backlog: pl.DataFrame) -> str:
    """Which counts grew and which shrank. backlog: Nieuws.voorraad."""
    parts = []
    for sign, word in ((1, "meer"), (-1, "minder")):
        told = [
            f"‘{titled(row['indicator'])}’ ({formats.count(abs(row['verschil']))} {word})"
            for row in backlog.iter_rows(named=True)
            if row["verschil"] * sign > 0
        ]
        if told:
            parts.append(f"{'gegroeid' if sign > 0 else 'gekrompen'}: {formats.enumerate_words(told)}")
    words = "; ".join(parts)
    return f"Voorraad {words}" if words else "De voorraad is gelijk gebleven"


def corrections_title(corrections: pl.DataFrame, previous: date) -> str:
    """How many figures of the earlier peildatum are different now. corrections: Nieuws.correcties."""
    if corrections.is_empty():
        return f"Over {formats.long_date(previous)} is niets achteraf veranderd"
    number = corrections.height
    verb = "kengetal is" if number == 1 else "kengetallen zijn"
    return f"{number} {verb} achteraf veranderd over {formats.long_date(previous)}"
