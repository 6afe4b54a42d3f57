"""Wijkteam: one team on one page, to print for its meeting; or the teams to choose from, with who waits too long."""

from dataclasses import replace

import streamlit as st

from pages import kit
from pages.show.table import facts
from pages.wijkteam import tables
from pages.wijkteam import words as says
from pages.words.presentation import by_indicator

TEXTS, TITLES, NOTES, HEADINGS = says.TEXTS, says.TEXTS["titles"], says.TEXTS["notes"], says.TEXTS["headings"]
selection, source = kit.selection(), kit.database()
stand = f"Stand {kit.formats.long_date(selection.peildatum or source.peildatum)}."
# A team stands beside the whole city: the filters on area say which team it is.
city = replace(selection, stadsdelen=(), wijkteams=())
beside = TEXTS["city" if source.grens is None else "yours"]
per_area = kit.ask("kpi_per_gebied", city)


def offer() -> None:
    """The wijkteams to choose from, each a link, with who waits too long there."""
    teams = selection.wijkteams or kit.filters.wijkteams_within(source, selection.stadsdelen)
    table = tables.choice(per_area, source.wijkteams, teams)
    kit.head(TITLES["page"], says.where_most_wait(per_area, teams))
    kit.note(TEXTS["choose"])
    kit.show(
        None,
        table=table if source.stadsdelen else table.drop("stadsdeel"),
        title=TITLES["choice"],
        toelichting=f"{beside['counted']} {stand}",
        headings=tables.TITLES_OF_WAITING,
        html=tables.choice_html(table, selection),
        question="kpi_per_gebied",
        indicators=tables.WAITING,
        empty=TEXTS["no_area"],
        level=2,
    )
    turn_to()


def tell_of(team: str) -> None:
    """All there is to say of one wijkteam."""
    rows = by_indicator(per_area.filter(niveau="wijkteam", gebied=team))
    compared = by_indicator(kit.ask("kpi_gebied_vergelijking", city).filter(niveau="wijkteam", gebied=team))
    kit.head(says.name_of(team), says.finding(rows, compared, beside["rest"]))
    st.html(tables.way_back(replace(selection, wijkteams=())))
    kpis = tables.kpis(rows, compared, by_indicator(kit.ask("kpi", city)))
    how = "beside" if "rest" in kpis.columns else "kpis"
    told = [beside["counted"], *([NOTES["beside"].format(**beside)] if how == "beside" else []), stand]
    kit.show(
        None,
        table=kpis,
        title=TITLES[how].format(**beside),
        toelichting=" ".join(told),
        headings=HEADINGS["kpis"] | {"rest": kit.presentation.capital(beside["rest"])},
        written={"indicator": says.TITLES_OF.get},
        html=tables.kpis_html(kpis, rows, team, selection, beside["rest"]),
        question=("kpi_per_gebied", "kpi_gebied_vergelijking"),
        level=2,
    )
    kit.quote(rows, rows)
    waiting, topics, referrers = st.columns([4, 4, 3], gap="medium")
    own = replace(city, wijkteams=(team,))
    with waiting:
        open_here = kit.ask("overdracht_wachtend", city).filter(wijkteam=team)
        show_counts("overdracht_wachtend", tables.waiting(open_here), "totaal")
    with topics:
        show_counts("melding_per_maand", tables.most_first(kit.ask("melding_per_maand", own), "hulpvraag"))
    with referrers:
        show_counts("melding_verwijzer", tables.most_first(kit.ask("melding_verwijzer", own), "verwijzer"))
    turn_to(team)


def show_counts(question: str, table, whole: str = "aantal") -> None:
    """A small table of counts that add up. whole: the column that has them all."""
    told = {"toelichting": NOTES[question], "headings": HEADINGS[question], "empty": TEXTS["empty"][question]}
    title, totals = says.counted(question, table, whole), tuple(table.columns[1:])
    kit.show(None, table=table, title=title, question=question, totals=totals, **told)


def turn_to(team: str = "") -> None:
    """What is to be known of a team and whom to turn to, where that was filled in; and what is wrong in what was."""
    known, complaints = kit.contacts()
    for number, contact in enumerate(each for each in known if each.wijkteam == team):
        if number == 0:
            kit.section(TITLES["contact"])
        st.html(facts(says.contact(contact)))
    if complaints:
        st.warning("\n\n".join(complaints), icon=":material/contact_mail:")


if says.not_public(per_area):
    kit.head(TITLES["page"], TEXTS["not_public"])
elif len(selection.wijkteams) == 1:
    tell_of(*selection.wijkteams)
else:
    offer()
