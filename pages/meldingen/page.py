"""Meldingen: what the wijkteams are asked, how often, about what, where, and who refers."""

import polars as pl
import streamlit as st

import queries
from pages import kit
from pages.meldingen import charts
from pages.meldingen import words as says
from pages.show import intervals, series

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
per_month = kit.ask("melding_per_maand", selection)
per_quarter = kit.ask("melding_traject", selection)
diversity = kit.ask("melding_diversiteit", selection)
organisations = kit.ask("melding_zelforganisatie", selection)
conditions = kit.ask("evaluatie_meetbaarheid", selection).rows_by_key("voorwaarde", named=True, unique=True)
n = kit.n_of(per_month, "aantal", "meldingen")


def shares(frame: pl.DataFrame, what: str, question: str) -> None:
    """A share of the requests per quarter, with its interval."""
    kit.show(
        charts.shares(frame, what),
        table=intervals.table(kit.presentation.from_ten(frame)),
        question=question,
        n=kit.n_of(frame, "noemer", "meldingen"),
        title=says.latest_share(frame, what),
        toelichting=f"{says.SHARES} {stand}",
        headings={"teller": "Aantal", "noemer": "Van", "waarde": "Deel"},
        written={"waarde": kit.formats.share_or_few},
        totals=("teller", "noemer"),
        empty=says.NO_REFERRERS,
    )


kit.head("Meldingen bij de wijkteams", says.finding(per_quarter, conditions["statushouder_geregistreerd"]))
kit.note(says.FOLLOW)
# Of no requests there is no more to tell than the finding does.
if per_quarter.height:
    requests = charts.requests(per_month, per_quarter, peildatum)
    kit.show(
        lambda: charts.over_time(requests, queries.events()),
        table=requests,
        question="melding_traject" if "kwartaal" in requests.columns else "melding_per_maand",
        n=n,
        title=says.over_time_title(requests, peildatum),
        toelichting=f"{says.OVER_TIME} {stand}",
        headings={"noemer": "Meldingen", "teller": "Begeleidingstrajecten"},
        totals=("noemer", "teller"),
        level=2,
    )

    kit.section("Waarover, en bij welk wijkteam?")
    left, right = st.columns(2, gap="large")
    with left:
        topics = charts.by_topic(per_month)
        kit.show(
            lambda: charts.counted(topics, "hulpvraag", says.TOPICS),
            table=series.by_period(per_month),
            question="melding_per_maand",
            n=n,
            title=says.most(topics, "hulpvraag", says.TOPICS),
            toelichting=f"{says.PER_TOPIC[charts.is_total(topics)]} {stand}",
            headings={"hulpvraag": "Onderwerp"},
            totals=("aantal",),
        )
    with right:
        teams = charts.by_team(per_month)
        kit.show(
            lambda: charts.counted(teams, "wijkteam", says.TEAMS),
            table=teams,
            question="melding_per_maand",
            n=n,
            title=says.most(teams, "wijkteam", says.TEAMS),
            toelichting=f"{says.PER_TEAM} {stand}",
            headings={"trajecten": "Begeleidingstrajecten"},
            totals=("aantal", "trajecten"),
            empty=says.NO_TEAMS,
        )

    kit.section("Wie verwijst?")
    left, right = st.columns(2, gap="large")
    with left:
        per_referrer = kit.ask("melding_verwijzer", selection)
        referrers = charts.by_referrer(per_referrer)
        known = conditions["verwijzer_bekend"]["toelichting"]
        table = charts.per_quarter(per_referrer, referrers["verwijzer"])
        kit.show(
            lambda: charts.counted(referrers, "verwijzer", says.REFERRERS),
            table=table,
            question="melding_verwijzer",
            n=n,
            title=says.most(referrers, "verwijzer", says.REFERRERS),
            toelichting=f"{known} {says.PER_REFERRER[charts.is_total(referrers)]} {stand}",
            totals=tuple(kit.presentation.plain(table).columns[1:]),
        )
    with right:
        shares(organisations, says.ORGANISATIONS, "melding_zelforganisatie")

    with st.expander(says.MORE, key="meldingen_verdieping", on_change="rerun") as more:
        if more.open:
            shares(per_quarter, says.TRAJECTS, "melding_traject")
            kit.show(
                None,
                table=kit.presentation.drawable(diversity, "diversiteit"),
                question="melding_diversiteit",
                title=says.diversity_title(diversity),
                toelichting=f"{says.HOW_VARIED} {stand}",
                headings={"soorten": "Onderwerpen die voorkomen", "diversiteit": "Effectief aantal onderwerpen"},
                empty=says.NO_DIVERSITY,
            )
