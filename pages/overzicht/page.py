"""Overzicht: the finding, the figures that are asked for first, a tile per KPI; then news, change, trend and areas."""

import streamlit as st

import queries
from pages import kit
from pages.overzicht import charts, city, words
from pages.overzicht.finding import finding
from pages.overzicht.headline import headline

selection = kit.selection()
source = kit.database()
peildatum = selection.peildatum or source.peildatum
stand = words.stand_words(peildatum)
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}

kit.head("Het eerste jaar van de Wet inburgering 2021 in Haarlem", finding(rows))
KAART = {entry.titel: entry for entry in queries.INDICATOREN.values()}
CHOICES = {
    "overzicht_thema": queries.THEMAS,
    "overzicht_kaart": tuple(KAART),
    "overzicht_niveau": tuple(words.LEVELS),
}
kit.filters.warn_of_unknown_choices(CHOICES, words.LABELS)
kit.grid(headline(rows, kit.ask("pip_status", selection)), large=True)

for thema in queries.THEMAS:
    kit.section(thema)
    kit.kpi_grid(thema, rows)

earlier = kit.previous()
kit.section(words.since_title(earlier.peildatum if earlier else None))
if earlier is None:
    kit.note(words.no_news(source))
else:
    news = kit.news(selection, earlier)
    kit.note(words.since_note(earlier.peildatum, source.peildatum, other_day=selection.peildatum is not None))
    if words.nothing_new(news):
        kit.note(words.NOTHING_NEW)
    else:
        kit.show(
            None,
            table=charts.with_verdict(news.bewogen),
            title=words.moved_title(news.bewogen),
            toelichting=f"{words.MOVED_SINCE} {words.ONE_IN_TWENTY}",
            headings=words.MOVED_HEADINGS,
            written=words.WRITTEN_ENTERED,
            empty=words.NOTHING_MOVED,
            question="kpi_sinds",
        )
        left, right = st.columns(2, gap="large")
        with left:
            kit.show(
                None,
                table=news.voorraad,
                title=words.backlog_title(news.voorraad),
                toelichting=words.BACKLOG,
                question="kpi",
                headings=words.backlog_headings(earlier.peildatum, source.peildatum),
                written=words.WRITTEN | {"verschil": words.signed},
            )
        with right:
            kit.show(
                None,
                table=news.correcties,
                title=words.corrections_title(news.correcties, earlier.peildatum),
                toelichting=words.LATE,
                question="kpi",
                headings=words.CORRECTION_HEADINGS,
                written=words.WRITTEN,
                empty=words.NO_CORRECTIONS,
            )

kit.section("Wat verandert er?")
change = kit.ask("kpi_verandering", selection)
change_rows = charts.change_rows(change)
kit.show(
    charts.differences(change_rows, "Het laatste kwartaal van instroom naast de eerdere van dat jaar")
    if change_rows.height
    else None,
    table=charts.change_table(change),
    title=words.change_title(change),
    toelichting=f"{words.change_note(change)} {stand}",
    headings=words.CHANGE_HEADINGS,
    written=words.WRITTEN_ENTERED,
    empty=words.nothing(change),
    question="kpi_verandering",
)
if words.left_out(change):
    kit.note(words.left_out(change))
quarters = kit.ask("kpi_instroom", selection)
quarters_table = charts.quarters_table(quarters, peildatum.year)
kit.show(
    None,
    table=quarters_table,
    title=f"De aandelen per kwartaal van instroom in {peildatum.year}",
    toelichting=f"{words.quarters_note(quarters)} {stand}",
    question="kpi_instroom",
    headings={"indicator": "Kengetal"},
    written=dict.fromkeys(quarters_table.columns[1:], kit.formats.percent) | words.WRITTEN_ENTERED,
    empty=words.nothing(quarters),
)

kit.section("Hoe loopt het door het jaar?")
thema = st.segmented_control(
    words.LABELS["overzicht_thema"],
    queries.THEMAS,
    default=queries.THEMAS[0],
    required=True,
    key="overzicht_thema",
    bind="query-params",
)
names = [name for name, entry in queries.INDICATOREN.items() if entry.thema == thema]
per_stand = kit.ask("kpi_trend", selection)
kit.show(
    lambda: kit.trend.chart(per_stand, names, queries.events()),
    table=kit.trend.table(per_stand, names),
    title=words.trend_title(thema, per_stand),
    toelichting=f"{words.trend_note(per_stand)} {stand}",
    headings=words.trend_headings(names),
    written=words.trend_written(names, per_stand),
    empty=words.nothing(per_stand),
    question="kpi_trend",
    indicators=names,
)

kit.section("Waar in de stad?")
per_area = kit.ask("kpi_per_gebied", selection)
compared = kit.ask("kpi_gebied_vergelijking", selection)
rest = words.rest_of(source.grens)
if words.not_published(per_area):
    kit.note(words.AREAS_OF_THE_CITY)
else:
    which, per = st.columns([3, 2], gap="large")
    first = words.first_on_map(per_area)
    kit.filters.begin_with("overzicht_kaart", first)
    indicator = KAART[
        which.selectbox(
            words.LABELS["overzicht_kaart"],
            tuple(KAART),
            index=tuple(KAART).index(first),
            key="overzicht_kaart",
            bind="query-params",
        )
    ]
    picked = per.segmented_control(
        words.LABELS["overzicht_niveau"],
        list(words.LEVELS),
        default="Stadsdeel",
        required=True,
        key="overzicht_niveau",
        bind="query-params",
    )
    level = words.LEVELS[picked]
    borders = queries.city_borders()
    if borders and borders.complaint:
        st.warning(words.border_complaint(borders.complaint), icon=":material/map:")
    features = borders.features if borders else ()
    figures = city.figures(per_area, level, indicator)
    places = queries.city_map(peildatum)
    on_map, beside = st.columns([3, 2], gap="large")
    with on_map:
        kit.show(
            lambda: city.city_map(places, level, figures, indicator, features),
            table=city.map_table(figures),
            title=words.map_title(figures, indicator, level),
            toelichting=words.map_note(indicator, level, peildatum, real=bool(features), figures=figures),
            headings=words.map_headings(picked, indicator),
            n=words.n_words(rows[indicator.naam]),
            question="kpi_per_gebied",
            indicators=(indicator.naam,),
            empty=words.nothing_on_map(per_area, figures, level),
        )
        if words.not_on_map(figures, indicator):
            kit.note(words.not_on_map(figures, indicator))
    with beside:
        area_rows = charts.area_rows(compared, level, indicator.naam, rest)
        kit.show(
            lambda: charts.differences(area_rows, f"{indicator.titel}: elk gebied naast de {rest}"),
            table=charts.with_verdict(area_rows),
            title=words.rest_title(area_rows, indicator, level, rest),
            toelichting=f"{words.rest_note(compared)} {stand}",
            headings=words.REST_HEADINGS | {"naam": picked},
            written=words.WRITTEN,
            empty=words.no_rest(indicator, compared, level, rest),
            question="kpi_gebied_vergelijking",
            indicators=(indicator.naam,),
        )
    kit.show(
        None,
        table=charts.areas_table(per_area, compared, level),
        title=words.areas_title(compared, level, rest),
        toelichting=words.areas_note(compared, level, peildatum),
        headings=words.AREA_HEADINGS | {"gebied": picked, "rest_waarde": rest.capitalize()},
        # The units differ, so that the frame has the values in words.
        written=words.WRITTEN | {"waarde": str},
        empty=words.nothing_per_area(per_area, level),
        question=("kpi_gebied_vergelijking", "kpi_per_gebied"),
    )
