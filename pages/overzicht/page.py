"""Overzicht: the finding, five large figures, one table of all others, the map and what changed; the rest is folded."""

import streamlit as st

import queries
from pages import kit
from pages.overzicht import charts, city, matrix, words
from pages.overzicht.headline import HERE, headline
from pages.words import sentences

TEXTS, DEEPER, LABELS, HEADINGS = words.TEXTS, words.TEXTS["deeper"], words.TEXTS["labels"], words.TEXTS["headings"]
SHARES = HEADINGS | {"waarde": "Deel"}
KAART = {entry.titel: entry for entry in queries.INDICATOREN.values()}
CHOICES = {
    "overzicht_thema": queries.THEMAS,
    "overzicht_kaart": tuple(KAART),
    "overzicht_verdieping": tuple(DEEPER.values()),
}
selection = kit.selection()
source = kit.database()
peildatum = selection.peildatum or source.peildatum
kpis = kit.ask("kpi", selection)
rows = kit.kpi_rows(selection)
rest = words.rest_of(source.grens)


def show(chart, answer, question, note, **what) -> None:
    """A chart or a table of an answer, with how it is read and why there may be none."""
    told = {"toelichting": words.noted(answer, note, peildatum), "empty": words.nothing(answer)}
    kit.show(chart, question=question, **(told | what))


def draw_map(per_area) -> str:
    """The city, with a KPI that the reader chooses; gives the kind of area that he chooses, in words."""
    which, per = st.columns([3, 2])
    places, borders = queries.city_map(peildatum), queries.city_borders()
    features = borders.features if borders else ()
    on_map = bool(features) or places["kolom"].null_count() == 0
    key, titles, first = "overzicht_kaart", words.on_map(per_area), words.first_on_map(per_area, selection)
    kit.filters.begin_with(key, first)
    if st.session_state.get(key) not in titles:
        st.session_state[key] = first
    index = titles.index(first)
    label = LABELS[key if on_map else "without_map"]
    indicator = KAART[which.selectbox(label, titles, index=index, key="overzicht_kaart", bind="query-params")]
    with per:
        levels = kit.filters.levels(words.LEVELS, selection)
        picked = kit.filters.choose_one(LABELS["overzicht_niveau"], levels, key="overzicht_niveau")
    level = words.LEVELS[picked]
    if borders and borders.complaint:
        st.warning(TEXTS["map"]["schematic"].format(borders.complaint), icon=":material/map:")
    figures = city.figures(per_area, level, indicator, city.not_chosen(selection, source.wijkteams, level))
    drawn = on_map and not city.nothing_to_draw(figures)
    kit.show(
        (lambda: city.city_map(places, level, figures, indicator, features)) if drawn else None,
        table=city.table(figures),
        title=words.map_title(figures, indicator, level),
        toelichting=words.map_note(indicator, level, figures, real=bool(features)) if drawn else "",
        headings={"gebied": picked, "cijfer": indicator.titel},
        question="kpi_per_gebied",
        indicators=(indicator.naam,),
        empty=words.only_published(per_area, level),
        level=2,
        ways=kit.ways.to_area("overzicht", level, "gebied"),
    )
    return picked


def draw_year() -> None:
    """A line per KPI of a theme, of those that may be drawn."""
    drawn = kit.presentation.drawable(stands, "waarde")["indicator"].unique()
    named = {thema: [name for name in drawn if queries.INDICATOREN[name].thema == thema] for thema in queries.THEMAS}
    offered = [thema for thema, names in named.items() if names]
    thema = kit.filters.choose_one(LABELS["overzicht_thema"], offered, key="overzicht_thema")
    names = [name for name in queries.INDICATOREN if name in named[thema]]
    # An earlier day has the same line, as far as it goes.
    found = kit.compared()
    other = None if found is None or found.earlier else kit.beside("kpi_trend")
    show(
        lambda: kit.trend.chart(stands, names, queries.events(), other),
        stands,
        "kpi_trend",
        "trend",
        table=kit.whose(lambda answer: kit.trend.table(answer, names), stands, other),
        title=words.trend_title(thema, stands),
        headings=HEADINGS | {"waarde": "Stand", "stand": "Dag"},
        written=words.WRITTEN | {"waarde": str},
        indicators=names,
    )


def draw_quarters() -> None:
    """Entrants of the latest quarter beside those before, and every quarter."""
    compared, title, written = charts.change_rows(change), TEXTS["titles"]["change"], words.WRITTEN_ENTERED
    drawn = (lambda: charts.differences(compared, title)) if compared.height else None
    how = {"table": charts.change_table(change), "title": title, "headings": SHARES, "written": written}
    show(drawn, change, "kpi_verandering", "change", **how)
    quarters, title = kit.ask("kpi_instroom", selection), TEXTS["titles"]["quarters"].format(year=peildatum.year)
    table = charts.quarters_table(quarters, peildatum.year)
    how = {"headings": HEADINGS, "written": dict.fromkeys(table.columns, kit.formats.percent) | written}
    show(None, quarters, "kpi_instroom", "quarters", table=table, title=title, **how)


def draw_rest(per_area, compared, picked) -> None:
    """The areas against the rest, for the KPI and the level of the map; and for every share."""
    indicator = KAART[st.session_state["overzicht_kaart"]]
    level, question = words.LEVELS[picked], "kpi_gebied_vergelijking"
    one, title = (
        charts.area_rows(compared, level, indicator.naam, rest),
        f"{indicator.titel}: elk gebied naast de {rest}",
    )
    show(
        lambda: charts.differences(one, title),
        compared,
        question,
        "rest",
        table=charts.with_verdict(one),
        title=title,
        headings=HEADINGS | {"naam": picked},
        written=words.WRITTEN,
        empty=TEXTS["no_rest"],
        indicators=(indicator.naam,),
        ways=kit.ways.to_area("overzicht", level, "naam"),
    )
    every, title = charts.area_table(compared, level), f"Alle aandelen per {level} naast de {rest}"
    ways = kit.ways.to_area("overzicht", level, "gebied")
    how = {"headings": SHARES | {"gebied": picked}, "written": words.WRITTEN, "ways": ways}
    show(None, compared, question, level, table=every, title=title, empty=words.only_published(per_area, level), **how)


def draw_news() -> None:
    """What two deliveries differ in."""
    if earlier is None:
        kit.note(words.changed(change, None, None)[-1])
        return
    then, now = (kit.formats.short_date(delivery.peildatum) for delivery in (earlier, source))
    entered, written = words.WRITTEN_ENTERED, words.WRITTEN
    shown = {
        "moved": ("kpi_sinds", charts.with_verdict(news.bewogen), SHARES, entered),
        "backlog": ("kpi", news.voorraad, HEADINGS | {"vorige": then, "nu": now}, written | {"verschil": words.signed}),
        "corrected": ("kpi", news.correcties, HEADINGS, written),
    }
    names = ("question", "table", "headings", "written")
    for title, (part, how) in zip(words.since(news, earlier.peildatum), shown.items(), strict=True):
        kit.show(None, title=title, **dict(zip(names, how, strict=True)), **TEXTS["since"][part])


def draw_deeper(per_area, compared, picked) -> None:
    """What is folded until somebody asks for it. picked: see draw_map()."""
    drawing = {
        "year": draw_year,
        "quarters": draw_quarters,
        "areas": lambda: draw_rest(per_area, compared, picked),
        "since": draw_news,
    }
    asked = TEXTS["deeper_questions"]
    offered = {DEEPER[name]: draw for name, draw in drawing.items() if kit.filters.tells(asked[name])}
    if offered:
        label = LABELS["overzicht_verdieping"]
        deeper = st.segmented_control(label, offered, key="overzicht_verdieping", bind="query-params")
        offered.get(deeper, lambda: None)()


def draw() -> None:
    """All that stands below the finding."""
    addresses = {name: kit.ways.to_kpi(queries.INDICATOREN[name], selection) for name in HERE}
    if not kit.presentation.all_exact(kpis):
        # Who waits for a PIP is not published per wijkteam: the page as it opens.
        addresses["pip_over_termijn"] = addresses["leerroute_b"]
    kit.grid(headline(rows, kit.ask("pip_status", selection), stands, addresses), large=True)
    kit.quote(rows, HERE)
    per_area, compared = kit.ask("kpi_per_gebied", selection), kit.ask("kpi_gebied_vergelijking", selection)
    mapped = not words.not_published(per_area) and (source.stadsdelen or kit.filters.tells("kpi_per_gebied"))
    told = matrix.columns_told(per_area, compared, selection, source)
    # Beside the city its parts that were published, and beside one of these, of which no areas were, the city.
    wider = [] if told else [queries.Selection()]
    wider += [queries.Selection(stadsdelen=deel) for deel in source.delen if selection.unfiltered]
    told = [*(matrix.published(kit.ask("kpi", other), other) for other in wider), *told]
    told, silent = matrix.telling(rows, told)
    told = matrix.with_comparison(told, rows)
    kit.tiles.said(rows)
    kit.left_out.add(kit.left_out.PART, *silent, *([TEXTS["map"]["title"]] if source.stadsdelen and not mapped else []))
    norms, _, farthest = sentences.norms(rows).partition(". ")
    if matrix.shown(rows):
        kit.show(
            None,
            table=matrix.frame(rows, told),
            title=norms.removesuffix("."),
            toelichting=f"{farthest} {matrix.how_to_read(rows, told, rest)}".strip(),
            headings=HEADINGS | {"waarde": "Stand"},
            written=words.WRITTEN | {"waarde": str},
            question="kpi",
            level=2,
            html=matrix.html(rows, stands, told, selection, rest),
        )
    changed = words.changed(change, news, earlier.peildatum if earlier else None)
    on_map, beside = st.columns([2, 1], gap="large") if mapped and changed else [st.container(), st.container()]
    if changed:
        with beside:
            kit.section("Wat veranderde er?")
            items = "".join(f"<li>{kit.formats.escape(sentence)}</li>" for sentence in changed)
            st.html(f'<ul class="zinnen">{items}</ul>')
    picked = ""
    if mapped:
        with on_map:
            picked = draw_map(per_area)
    draw_deeper(per_area, compared, picked)


somebody = not words.nobody(kpis)
kit.head(TEXTS["title"], sentences.waiting(rows) if somebody else words.NOBODY)
kit.filters.warn_of_unknown_choices({key: CHOICES[key] for key in ("overzicht_kaart", "overzicht_verdieping")}, LABELS)
if somebody:
    stands, change = kit.ask("kpi_trend", selection), kit.ask("kpi_verandering", selection)
    earlier = kit.previous()
    news = kit.news(selection, earlier) if earlier else None
    draw()
