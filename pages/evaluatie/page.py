"""Evaluatie: can these data tell whether one year of begeleiding did harm? And what the wijkteams are asked."""

import polars as pl
import streamlit as st

import queries
from pages import kit
from pages.evaluatie import charts
from pages.evaluatie import words as says

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
meetbaarheid = kit.ask("evaluatie_meetbaarheid", selection)
conditions = {row["voorwaarde"]: row for row in meetbaarheid.iter_rows(named=True)}
comparison = kit.ask("evaluatie_vergelijking", selection)
compared = comparison.row(0, named=True)
regimes = kit.ask("evaluatie_regimes", selection)
per_month = kit.ask("melding_per_maand", selection)
requests = kit.total(per_month, "aantal")
trajects = charts.judged(kit.ask("melding_traject", selection), peildatum)
over_time = charts.over_time(per_month, trajects, peildatum)
chosen = says.person_filters(selection)
obstacle = says.obstacle(conditions, compared, chosen)


def during(quarters: pl.DataFrame) -> pl.DataFrame:
    """The events about requests in the quarters of a series."""
    return charts.events_on_axis(queries.events(), quarters["kwartaal"])


kit.head("Eén jaar begeleiding in plaats van twee", says.finding(conditions, compared, requests, obstacle))
latest = over_time.row(-1, named=True) if over_time.height else None
kit.grid(says.tiles(conditions, requests, per_month["maand"].min(), obstacle, chosen, latest))
kit.note(says.meaning(obstacle, compared))

kit.section("Wat is wel en niet te zeggen?")
told = {
    "Wel": says.can_say(conditions, regimes, requests, obstacle),
    "Niet": says.cannot_say(obstacle),
}
for column, (title, sentences) in zip(st.columns(2, gap="large"), told.items(), strict=True):
    with column:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))

kit.show(
    None,
    table=says.condition_table(meetbaarheid),
    question="evaluatie_meetbaarheid",
    title=says.conditions_title(conditions),
    written=dict.fromkeys(("uitkomst", "gemeten", "nodig"), says.on_one_line) | {"toelichting": says.in_few_lines},
    toelichting=f"Een vergelijking kan als aan alle voorwaarden is voldaan. {says.SMALLEST} {stand}",
    level=2,
)

kit.section("De groepen")
housed = charts.with_housing(regimes)
kit.show(
    None if housed.is_empty() else charts.groups(housed),
    table=charts.without_hidden(regimes, "gehuisvest_van", "gehuisvest_tot"),
    question="evaluatie_regimes",
    title=says.regimes_title(regimes, conditions),
    toelichting=f"{says.regimes_words(regimes)} {stand}",
    headings={"periodes": "Perioden", "gehuisvest_van": "Gehuisvest vanaf", "gehuisvest_tot": "Gehuisvest tot en met"},
    empty=says.NO_REGIMES,
)

kit.section("De vergelijking")
if obstacle:
    kit.note(says.no_comparison(obstacle))
else:
    kit.grid(says.rate_tiles(compared, kit.ask("evaluatie_meldingen", selection)))
    kit.show(
        charts.ratio(comparison) if charts.can_draw_ratio(comparison) else None,
        table=comparison,
        question="evaluatie_vergelijking",
        title=says.comparison_title(compared),
        toelichting=f"{says.ratio_drawn(compared)} {stand}",
        headings=says.COMPARISON_HEADINGS,
        written=says.comparison_notation(compared),
    )
    for caution in says.cautions(selection, compared):
        kit.note(caution)

kit.section("Meldingen bij de wijkteams")
kit.note(says.follow_words(chosen, requests))
if requests != 0:
    kit.note(says.asker_words(conditions))
events = charts.events_on_axis(queries.events(), over_time.to_series(0))
kit.show(
    lambda: charts.requests(over_time, events),
    table=over_time,
    question=charts.source_of(over_time),
    n=says.n(requests),
    title=says.over_time_title(over_time, peildatum),
    toelichting=f"{says.over_time_words(over_time)} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.NO_REQUESTS,
)
teams = charts.by_team(per_month, kit.database().alle_wijkteams, peildatum)
kit.show(
    lambda: charts.teams(teams, events),
    table=teams,
    question="melding_per_maand",
    n=says.n(requests),
    title=says.teams_title(per_month),
    toelichting=f"{says.PER_TEAM} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.why_empty(per_month, says.NO_TEAMS),
)
topics = charts.by_topic(per_month)
small_topics = charts.too_small_everywhere(topics, "hulpvraag", "hulpvragen")
kit.show(
    lambda: charts.topics(topics, queries.events()),
    table=topics,
    question="melding_per_maand",
    n=says.n(requests),
    title=says.topics_title(topics),
    toelichting=f"{says.topics_words(topics)}{says.left_out(small_topics)} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.NO_REQUESTS,
)
kit.show(
    (lambda: charts.shares(trajects, says.TRAJECT, during(trajects))) if says.has_values(trajects, "waarde") else None,
    table=charts.without_hidden(trajects, *says.SHARE),
    question="melding_traject",
    n=says.n(requests),
    title=says.traject_title(trajects),
    toelichting=f"{says.TRAJECT} {says.shares_words(trajects)} {stand}",
    headings=says.SHARE_HEADINGS,
    totals=("teller", "noemer"),
    empty=says.NO_REQUESTS,
)
diversity = charts.every_quarter(kit.ask("melding_diversiteit", selection), peildatum)
kit.show(
    (lambda: charts.diversity(diversity, during(diversity))) if says.has_values(diversity, "diversiteit") else None,
    table=diversity,
    question="melding_diversiteit",
    n=says.n(requests),
    title=says.diversity_title(diversity),
    toelichting=f"{says.DIVERSITY} {stand}",
    headings={"soorten": "Onderwerpen die voorkomen", "diversiteit": "Effectief aantal onderwerpen"},
    empty=says.why_empty(per_month, says.NO_DIVERSITY),
)

kit.section("Wie verwijst?")
referrers = charts.by_referrer(kit.ask("melding_verwijzer", selection), peildatum)
small_referrers = charts.too_small_everywhere(referrers, "verwijzer", "aantal")
kit.show(
    lambda: charts.referrers(referrers, during(referrers)),
    table=referrers,
    question="melding_verwijzer",
    n=says.n(requests),
    title=says.referrers_title(referrers, conditions["verwijzer_bekend"]),
    toelichting=f"{says.REFERRERS}{says.left_out(small_referrers)} {stand}",
    totals=("aantal",),
    empty=says.NO_REQUESTS,
)
zelforganisaties = charts.judged(kit.ask("melding_zelforganisatie", selection), peildatum)
kit.show(
    (lambda: charts.shares(zelforganisaties, says.ZELFORGANISATIE, during(zelforganisaties)))
    if says.has_values(zelforganisaties, "waarde")
    else None,
    table=charts.without_hidden(zelforganisaties, *says.SHARE),
    question="melding_zelforganisatie",
    title=says.zelforganisatie_title(zelforganisaties),
    toelichting=f"{says.ZELFORGANISATIE} {says.shares_words(zelforganisaties)} {stand}",
    headings=says.SHARE_HEADINGS,
    totals=("teller", "noemer"),
    empty=says.NO_REFERRERS,
)

kit.section("Om welke toezegging gaat het?")
kit.note(says.commitment(queries.commitments()))
