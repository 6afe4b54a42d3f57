"""The report of use: what is counted as shown, in words and too small, and what is not counted."""

import polars as pl

from queries.openbaar.publication import PublicationManifest
from queries.openbaar.rules import STAD, Selectie
from queries.openbaar.use import COUNTS, by_reader, use
from tests import towns

SCHALKWIJK = Selectie("stadsdeel", "Schalkwijk")


def kpi(**how: str) -> pl.DataFrame:
    """Rows of the question kpi with how their value is shown; their counts and margins are not counted."""
    rows = [
        {
            "indicator": name,
            "waarde": None,
            "waarde_weergave": said,
            "teller_weergave": "afgerond",
            "teller": 10,
            "noemer": None,
        }
        | {f"{kolom}_weergave": "weggelaten" for kolom in ("teller", "noemer", "ci_laag", "ci_hoog")}
        for name, said in how.items()
    ]
    return pl.DataFrame(rows)


def counted(frames: dict) -> list[tuple]:
    return use(frames).rows()


def test_a_share_is_one_figure_and_a_norm_has_a_verdict_where_the_share_is_shown():
    frame = kpi(pip_tijdig="afgerond", ontzorging_dekking="beschermd", pip_zonder="afgerond", leerroute_b="weggelaten")
    assert counted({("kpi", SCHALKWIJK): frame}) == [("kpi", *SCHALKWIJK, 2, 0, 2, 2, 1)]


def test_what_the_rules_publish_of_nobody_is_not_counted_and_neither_are_the_counts_of_a_curve():
    hidden = {f"{kolom}_weergave": "weggelaten" for kolom in ("in_risico", "gebeurtenissen", "gecensureerd")}
    curve = pl.DataFrame([{"doelgroep": "x", "dag": 0, "overleving": 1.0, "overleving_weergave": "afgerond"} | hidden])
    teams = kpi(pip_tijdig="weggelaten", overdracht_gedaan="beschermd").with_columns(niveau=pl.lit("wijkteam"))
    frames = {("pip_overleving", STAD): curve, ("kpi_per_gebied", STAD): teams, ("kpi_per_gebied", SCHALKWIJK): teams}
    assert counted(frames) == [
        ("pip_overleving", *STAD, 1, 0, 0, 0, 0),
        ("kpi_per_gebied", *STAD, 0, 0, 1, 1, 0),
        ("kpi_per_gebied", *SCHALKWIJK, 0, 0, 0, 0, 0),
    ]


def test_each_reader_has_the_sum_of_what_he_reads():
    one = kpi(pip_tijdig="afgerond", leerroute_b="beschermd")
    report = use(
        {("kpi", STAD): one, ("kpi", SCHALKWIJK): one, ("kpi_trend", STAD): one, ("kpi_trend", SCHALKWIJK): one}
    )
    found = [tuple(reader.model_dump().values())[1:] for reader in by_reader(report)]
    assert found == [(1, 0, 1, 1, 1), (2, 0, 2, 2, 2), (0, 0, 0, 0, 0), (4, 0, 4, 4, 4)]


def test_the_report_lies_in_the_open_data_and_its_sum_in_the_manifest_and_on_screen():
    folder = towns.published()
    report = pl.read_csv(folder / "open_data" / "gebruik.csv").with_columns(pl.col("selectie_naam").fill_null(""))
    assert sorted(report.rows()) == sorted(use(towns.shown()).rows())
    readers = PublicationManifest.read(folder).gebruik
    assert readers == by_reader(report)
    assert report.select(pl.col(COUNTS).sum()).row(0) == tuple(readers[-1].model_dump().values())[1:]
    told = towns.told_when_published()
    assert all(reader.lezer in told for reader in readers)
