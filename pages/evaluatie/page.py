"""Evaluatie: can these data tell whether one year of begeleiding did harm? And what the wijkteams are asked."""

import streamlit as st

import queries
from pages import shared
from pages.evaluatie import charts
from pages.evaluatie import finding as says

selection = shared.selection()
peildatum = selection.peildatum or shared.database().peildatum
stand = f"Stand {shared.formats.long_date(peildatum)}."
meetbaarheid = shared.ask("evaluatie_meetbaarheid", selection)
conditions = {row["voorwaarde"]: row for row in meetbaarheid.iter_rows(named=True)}
comparison = shared.ask("evaluatie_vergelijking", selection)
compared = comparison.row(0, named=True)
regimes = shared.ask("evaluatie_regimes", selection)
per_month = shared.ask("melding_per_maand", selection)
requests = shared.total(per_month, "aantal")
chosen = says.person_filters(selection)
obstacle = says.obstacle(conditions, compared, chosen)

shared.head("Eén jaar begeleiding in plaats van twee", says.finding(conditions, compared, requests, obstacle))
shared.grid(says.tiles(conditions, requests, per_month["maand"].min(), obstacle, chosen))
shared.note(says.meaning(obstacle, compared))

shared.section("Wat is wel en niet te zeggen?")
told = {
    "Wel": says.can_say(conditions, regimes, requests, obstacle),
    "Niet": says.cannot_say(obstacle),
}
for column, (title, sentences) in zip(st.columns(2, gap="large"), told.items(), strict=True):
    with column:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))

shared.show(
    None,
    table=says.condition_table(meetbaarheid),
    question="evaluatie_meetbaarheid",
    title=says.conditions_title(conditions),
    written=dict.fromkeys(("uitkomst", "gemeten", "nodig"), says.on_one_line) | {"toelichting": says.in_few_lines},
    toelichting=f"Een vergelijking kan als aan alle voorwaarden is voldaan. {says.SMALLEST} {stand}",
    level=2,
)

shared.section("De groepen")
housed = charts.with_housing(regimes)
shared.show(
    None if housed.is_empty() else charts.groups(housed),
    table=regimes,
    question="evaluatie_regimes",
    title=says.regimes_title(regimes, conditions),
    toelichting=f"{says.REGIMES} {stand}",
    headings={"periodes": "Perioden", "gehuisvest_van": "Gehuisvest vanaf", "gehuisvest_tot": "Gehuisvest tot en met"},
    empty=says.NO_REGIMES,
)

shared.section("De vergelijking")
if obstacle:
    shared.note(says.no_comparison(obstacle))
else:
    shared.grid(says.rate_tiles(compared, shared.ask("evaluatie_meldingen", selection)))
    shared.show(
        charts.ratio(comparison) if charts.can_draw_ratio(comparison) else None,
        table=comparison,
        question="evaluatie_vergelijking",
        title=says.comparison_title(compared),
        toelichting=f"{says.RATIO} {stand}",
        headings=says.COMPARISON_HEADINGS,
        written=dict.fromkeys(("verhouding", "ci_laag", "ci_hoog"), says.ratio_words),
    )
    for caution in says.cautions(selection):
        shared.note(caution)

shared.section("Meldingen bij de wijkteams")
shared.note(says.follow_words(chosen))
if requests:
    shared.note(says.asker_words(conditions))
months = charts.by_month(per_month, peildatum)
shared.show(
    lambda: charts.months(months, charts.events_on_axis(queries.events(), months)),
    table=months,
    question="melding_per_maand",
    n=says.n(requests),
    title=says.months_title(months, peildatum),
    toelichting=f"{says.PER_MONTH} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.NO_REQUESTS,
)
teams = charts.by_team(per_month, shared.database().alle_wijkteams, peildatum)
shared.show(
    lambda: charts.teams(teams),
    table=teams,
    question="melding_per_maand",
    n=says.n(requests),
    title=says.teams_title(per_month),
    toelichting=f"{says.PER_TEAM} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.NO_REQUESTS,
)
topics = charts.by_topic(per_month)
shared.show(
    lambda: charts.topics(topics),
    table=topics,
    question="melding_per_maand",
    n=says.n(requests),
    title=says.topics_title(topics),
    toelichting=f"{says.TOPICS} {stand}",
    headings=says.SOORTEN,
    totals=("hulpvragen", "trajecten"),
    empty=says.NO_REQUESTS,
)
trajects = charts.judged(shared.ask("melding_traject", selection), peildatum)
shared.show(
    (lambda: charts.shares(trajects, says.TRAJECT)) if says.has_values(trajects, "waarde") else None,
    table=trajects,
    question="melding_traject",
    n=says.n(requests),
    title=says.traject_title(trajects),
    toelichting=f"{says.TRAJECT} {says.SHARES} {stand}",
    headings=says.SHARE_HEADINGS,
    totals=("teller", "noemer"),
    empty=says.NO_REQUESTS,
)
diversity = charts.every_quarter(shared.ask("melding_diversiteit", selection), peildatum)
shared.show(
    (lambda: charts.diversity(diversity)) if says.has_values(diversity, "diversiteit") else None,
    table=diversity,
    question="melding_diversiteit",
    n=says.n(requests),
    title=says.diversity_title(diversity),
    toelichting=f"{says.DIVERSITY} {stand}",
    headings={"soorten": "Onderwerpen die voorkomen", "diversiteit": "Effectief aantal onderwerpen"},
    empty=says.NO_REQUESTS,
)

shared.section("Wie verwijst?")
referrers = charts.by_referrer(shared.ask("melding_verwijzer", selection), peildatum)
shared.show(
    lambda: charts.referrers(referrers),
    table=referrers,
    question="melding_verwijzer",
    n=says.n(requests),
    title=says.referrers_title(referrers),
    toelichting=f"{says.REFERRERS} {stand}",
    totals=("aantal",),
    empty=says.NO_REQUESTS,
)
zelforganisaties = charts.judged(shared.ask("melding_zelforganisatie", selection), peildatum)
shared.show(
    (lambda: charts.shares(zelforganisaties, says.ZELFORGANISATIE))
    if says.has_values(zelforganisaties, "waarde")
    else None,
    table=zelforganisaties,
    question="melding_zelforganisatie",
    title=says.zelforganisatie_title(zelforganisaties),
    toelichting=f"{says.ZELFORGANISATIE} {says.SHARES} {stand}",
    headings=says.SHARE_HEADINGS,
    totals=("teller", "noemer"),
    empty=says.NO_REFERRERS,
)

shared.section("Om welke toezegging gaat het?")
shared.note(says.commitment(queries.commitments()))
