"""Overzicht: the finding, five large figures, one table of all others, the map and what changed; the rest is folded."""

from dataclasses import replace

import streamlit as st

import queries
from pages import kit
from pages.filters.link import address
from pages.overzicht import charts, city, matrix, words
from pages.overzicht.headline import headline

selection = kit.selection()
source = kit.database()
peildatum = selection.peildatum or source.peildatum
kpis = kit.ask("kpi", selection)
rows = {row["indicator"]: row for row in kpis.iter_rows(named=True)}
KAART = {entry.titel: entry for entry in queries.INDICATOREN.values()}
CHOICES = {
    "overzicht_thema": queries.THEMAS,
    "overzicht_kaart": tuple(KAART),
    "overzicht_niveau": tuple(words.LEVELS),
    "overzicht_verdieping": words.DEEPER,
}


def choose_area(fields) -> None:
    """What a click on the map does: the area that was clicked is chosen, or no longer when it was already."""
    level = words.LEVELS[st.session_state["overzicht_niveau"]]
    chosen = words.narrowed(selection, level, fields["gebied"])
    if chosen == selection:
        chosen = replace(chosen, **{"stadsdelen" if level == "stadsdeel" else "wijkteams": ()})
    if isinstance(source, queries.Publication):
        st.session_state["stadsdeel"] = next(iter(chosen.stadsdelen), None)
    else:
        st.session_state["stadsdeel"], st.session_state["wijkteam"] = list(chosen.stadsdelen), list(chosen.wijkteams)


def draw_map(per_area) -> None:
    """The city, with a KPI that the reader chooses."""
    which, per = st.columns([3, 2])
    first = words.first_on_map(per_area)
    kit.filters.begin_with("overzicht_kaart", first)
    titles = CHOICES["overzicht_kaart"]
    label, index = words.LABELS["overzicht_kaart"], titles.index(first)
    indicator = KAART[which.selectbox(label, titles, index=index, key="overzicht_kaart", bind="query-params")]
    with per:
        picked = kit.filters.choose_one(
            words.LABELS["overzicht_niveau"], CHOICES["overzicht_niveau"], key="overzicht_niveau"
        )
    level = words.LEVELS[picked]
    borders = queries.city_borders()
    if borders and borders.complaint:
        st.warning(words.SCHEMATIC.format(borders.complaint), icon=":material/map:")
    features = borders.features if borders else ()
    figures = city.figures(per_area, level, indicator, city.not_chosen(selection, source.wijkteams, level))
    drawn = not city.nothing_to_draw(figures)
    kit.show(
        (lambda: city.city_map(queries.city_map(peildatum), level, figures, indicator, features)) if drawn else None,
        table=city.table(figures),
        title=words.map_title(figures, indicator, level),
        toelichting=words.map_note(indicator, level, selection, figures, real=bool(features)) if drawn else "",
        headings={"gebied": picked, "cijfer": indicator.titel},
        question="kpi_per_gebied",
        indicators=(indicator.naam,),
        empty=words.only_published(per_area, level),
        level=2,
        picked=choose_area,
    )


def draw_year() -> None:
    """A line per KPI of a theme."""
    thema = kit.filters.choose_one(words.LABELS["overzicht_thema"], CHOICES["overzicht_thema"], key="overzicht_thema")
    names = [name for name, entry in queries.INDICATOREN.items() if entry.thema == thema]
    kit.show(
        lambda: kit.trend.chart(stands, names, queries.events()),
        table=kit.trend.table(stands, names),
        title=words.trend_title(thema, stands),
        toelichting=words.noted(stands, words.TREND.format(words.period(stands)), peildatum),
        headings=words.HEADINGS | {"waarde": "Stand", "stand": "Dag"},
        written=words.WRITTEN | {"waarde": str},
        empty=words.nothing(stands),
        question="kpi_trend",
        indicators=names,
    )


def draw_quarters() -> None:
    """Entrants of the latest quarter beside those before, and every quarter."""
    compared = charts.change_rows(change)
    title = "Het laatste kwartaal van instroom naast de eerdere van dat jaar"
    kit.show(
        (lambda: charts.differences(compared, title)) if compared.height else None,
        table=charts.change_table(change),
        title=title,
        toelichting=words.noted(change, words.CHANGE, peildatum),
        headings=words.SHARES,
        written=words.WRITTEN_ENTERED,
        empty=words.nothing(change),
        question="kpi_verandering",
    )
    quarters = kit.ask("kpi_instroom", selection)
    table = charts.quarters_table(quarters, peildatum.year)
    kit.show(
        None,
        table=table,
        title=f"De aandelen per kwartaal van instroom in {peildatum.year}",
        toelichting=words.noted(quarters, words.QUARTERS, peildatum),
        headings=words.HEADINGS,
        written=dict.fromkeys(table.columns, kit.formats.percent) | words.WRITTEN_ENTERED,
        empty=words.nothing(quarters),
        question="kpi_instroom",
    )


def draw_rest(per_area, compared) -> None:
    """The areas against the rest, for the KPI and the level of the map; and for every share."""
    picked, indicator = st.session_state["overzicht_niveau"], KAART[st.session_state["overzicht_kaart"]]
    level, rest = words.LEVELS[picked], words.rest_of(source.grens)
    one, every = charts.area_rows(compared, level, indicator.naam, rest), charts.area_table(compared, level)
    kit.show(
        lambda: charts.differences(one, f"{indicator.titel}: elk gebied naast de {rest}"),
        table=charts.with_verdict(one),
        title=f"{indicator.titel}: elk gebied naast de {rest}",
        toelichting=words.noted(compared, words.REST, peildatum),
        headings=words.HEADINGS | {"naam": picked},
        written=words.WRITTEN,
        empty=words.NO_REST,
        question="kpi_gebied_vergelijking",
        indicators=(indicator.naam,),
    )
    kit.show(
        None,
        table=every,
        title=f"Alle aandelen per {level} naast de {rest}",
        toelichting=words.noted(compared, words.RECEIVING if level == "wijkteam" else words.RESIDENCE, peildatum),
        headings=words.SHARES | {"gebied": picked},
        written=words.WRITTEN,
        empty=words.only_published(per_area, level),
        question="kpi_gebied_vergelijking",
    )


def draw_news() -> None:
    """What two deliveries differ in."""
    if earlier is None:
        kit.note(words.changed(change, None, None, source)[-1])
        return
    kit.show(
        None,
        table=charts.with_verdict(news.bewogen),
        title=words.moved_title(news.bewogen, earlier.peildatum),
        toelichting=words.MOVED_SINCE,
        headings=words.SHARES,
        written=words.WRITTEN_ENTERED,
        empty=words.NOTHING_MOVED,
        question="kpi_sinds",
    )
    days = {"vorige": kit.formats.short_date(earlier.peildatum), "nu": kit.formats.short_date(source.peildatum)}
    kit.show(
        None,
        table=news.voorraad,
        title=words.backlog_title(news.voorraad),
        headings=words.HEADINGS | days,
        written=words.WRITTEN | {"verschil": words.signed},
        question="kpi",
    )
    kit.show(
        None,
        table=news.correcties,
        title=words.corrections_title(news.correcties, earlier.peildatum),
        toelichting=words.LATE,
        headings=words.HEADINGS,
        written=words.WRITTEN,
        empty=words.NO_CORRECTIONS,
        question="kpi",
    )


def draw_deeper(per_area, compared) -> None:
    """What is folded until somebody asks for it."""
    year, quarters, areas, since = words.DEEPER
    label = words.LABELS["overzicht_verdieping"]
    deeper = st.segmented_control(label, words.DEEPER, key="overzicht_verdieping", bind="query-params")
    if deeper == areas and words.not_published(per_area):
        kit.note(words.AREAS_OF_THE_CITY)
    elif deeper == areas:
        draw_rest(per_area, compared)
    elif deeper:
        {year: draw_year, quarters: draw_quarters, since: draw_news}[deeper]()


def draw() -> None:
    """All that stands below the finding."""
    addresses = {page: address(page, selection) for page in words.PAGES.values()}
    kit.grid(headline(rows, kit.ask("pip_status", selection), stands, addresses), large=True)
    per_area, compared = kit.ask("kpi_per_gebied", selection), kit.ask("kpi_gebied_vergelijking", selection)
    rest = words.rest_of(source.grens)
    table = matrix.Table(rows, stands, matrix.columns_told(per_area, compared, selection, source), selection, rest)
    norms, farthest = words.norms(rows)
    kit.show(
        None,
        table=table.frame(),
        title=norms,
        toelichting=f"{farthest} {words.READ_TABLE.format(rest)}".strip(),
        headings=words.HEADINGS | {"waarde": "Stand"},
        written=words.WRITTEN | {"waarde": str},
        question="kpi",
        level=2,
        html=table.html(),
    )
    on_map, beside = st.columns([2, 1], gap="large")
    with beside:
        kit.section("Wat veranderde er?")
        told = words.changed(change, news, earlier.peildatum if earlier else None, source)
        items = "".join(f"<li>{kit.formats.escape(sentence)}</li>" for sentence in told)
        st.html(f'<ul class="zinnen">{items}</ul>')
    with on_map:
        if words.not_published(per_area):
            kit.section("Waar in de stad?")
            kit.note(words.AREAS_OF_THE_CITY)
        else:
            draw_map(per_area)
    draw_deeper(per_area, compared)


kit.head("Het eerste jaar van de Wet inburgering 2021 in Haarlem", words.finding(rows))
kit.filters.warn_of_unknown_choices(
    {key: CHOICES[key] for key in ("overzicht_kaart", "overzicht_verdieping")}, words.LABELS
)
if not words.nobody(kpis):
    stands, change = kit.ask("kpi_trend", selection), kit.ask("kpi_verandering", selection)
    earlier = kit.previous()
    news = kit.news(selection, earlier) if earlier else None
    draw()
