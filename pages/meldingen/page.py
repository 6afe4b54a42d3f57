"""Meldingen: what the wijkteams are asked, how often, about what, where, and who refers."""

import polars as pl

import queries
from pages import kit
from pages.meldingen import charts
from pages.meldingen import words as says
from pages.show import intervals, series

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
TEXTS, NOTES = says.TEXTS, says.TEXTS["notes"]
per_month = kit.ask("melding_per_maand", selection)
per_quarter = kit.ask("melding_traject", selection)
diversity = kit.ask("melding_diversiteit", selection)
organisations = kit.ask("melding_zelforganisatie", selection)
conditions = kit.ask("evaluatie_meetbaarheid", selection).rows_by_key("voorwaarde", named=True, unique=True)
n = kit.n_of(per_month, "aantal", "meldingen")


def counted(frame: pl.DataFrame, name: str, **what) -> None:
    """Requests per value of a column, most first."""
    drawn = {"counts": frame, "title": says.most(frame, name), "n": n}
    kit.show(lambda: charts.counted(frame, name, says.SUBJECTS[name]), **drawn, **what)


def shares(frame: pl.DataFrame, what: str, question: str) -> None:
    """A share of the requests per quarter, with its interval."""
    kit.show(
        charts.shares(frame, what),
        table=intervals.table(kit.presentation.from_ten(frame)),
        question=question,
        n=kit.n_of(frame, "noemer", "meldingen"),
        title=says.latest_share(frame, what),
        toelichting=f"{NOTES['shares']} {stand}",
        headings={"teller": "Aantal", "noemer": "Van", "waarde": "Deel"},
        written={"waarde": kit.formats.share_or_few},
        totals=("teller", "noemer"),
        empty=TEXTS["no_referrers"],
    )


def read(frame: pl.DataFrame, name: str) -> str:
    """How requests per value of a column are read. frame: see charts.by()."""
    return f"{NOTES['exact' if kit.presentation.all_exact(frame, 'aantal') else 'published'][name]} {stand}"


finding = says.finding(per_quarter, conditions["statushouder_geregistreerd"])
kit.head("Meldingen bij de wijkteams", finding, persons=False)
kit.note(TEXTS["follow"])
# Of no requests there is no more to tell than the finding does.
if per_quarter.height:
    requests = charts.requests(per_month, per_quarter, peildatum)
    trajects = NOTES["trajects"] if kit.presentation.drawable(requests, "teller").height else ""
    kit.show(
        lambda: charts.over_time(requests, queries.events()),
        table=requests,
        question="melding_traject" if "kwartaal" in requests.columns else "melding_per_maand",
        n=n,
        title=says.over_time_title(requests, peildatum),
        toelichting=" ".join(filter(None, (NOTES["over_time"], trajects, stand))),
        headings={"noemer": "Meldingen", "teller": "Begeleidingstrajecten"},
        totals=("noemer", "teller"),
        level=2,
    )

    kit.group("Waarover, en bij welk wijkteam?")
    left, right = kit.side_by_side(2)
    topics, teams = charts.by(per_month, "hulpvraag"), charts.by(per_month, "wijkteam")
    with left:
        how = {"headings": {"hulpvraag": "Onderwerp"}, "totals": ("aantal",), "toelichting": read(topics, "hulpvraag")}
        counted(topics, "hulpvraag", table=series.by_period(per_month), question="melding_per_maand", **how)
    with right:
        how = {"headings": {"trajecten": "Begeleidingstrajecten"}, "totals": ("aantal", "trajecten")}
        how |= {"toelichting": f"{NOTES['wijkteam']} {stand}", "empty": ""}
        ways = kit.ways.to_profile()
        counted(teams, "wijkteam", table=teams, question="melding_per_maand", ways=ways, **how)

    kit.group("Wie verwijst?")
    left, right = kit.side_by_side(2)
    with left:
        per_referrer = kit.ask("melding_verwijzer", selection)
        referrers = charts.by(per_referrer, "verwijzer")
        table = charts.per_quarter(per_referrer, referrers["verwijzer"])
        told = f"{conditions['verwijzer_bekend']['toelichting']} {read(referrers, 'verwijzer')}"
        how = {"toelichting": told, "totals": tuple(kit.presentation.plain(table).columns[1:])}
        counted(referrers, "verwijzer", table=table, question="melding_verwijzer", **how)
    with right:
        shares(organisations, says.SUBJECTS["organisations"], "melding_zelforganisatie")

    told = kit.filters.tells("melding_traject") or kit.filters.tells("melding_diversiteit", columns=("diversiteit",))
    with kit.filters.fold(TEXTS["more"], told=told, key="meldingen_verdieping") as more:
        if more.open:
            shares(per_quarter, says.SUBJECTS["trajects"], "melding_traject")
            kit.show(
                None,
                table=diversity,
                question="melding_diversiteit",
                title=says.diversity_title(diversity),
                toelichting=f"{NOTES['diversity']} {stand}",
                headings={"soorten": "Onderwerpen die voorkomen", "diversiteit": "Effectief aantal onderwerpen"},
            )
