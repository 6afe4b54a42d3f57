"""What the page Leerroutes says, draws and puts in its tables, of exact and of published figures."""

from datetime import date
from functools import partial

import polars as pl
import pytest

import queries
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.show.beside import Beside
from pages.words import presentation, sentences
from tests.pages.show import answers
from tests.pages.show.drawing import rows_of, texts_of
from tests.pages.show.published import exact, exact_row, published, published_row

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
curve, months = (partial(each, doelgroep=ASIEL) for each in (answers.curve, answers.months))


def switched(*values):
    return exact(answers.rows("eerste_leerroute leerroute niveau aantal", *values))


def advised(*values):
    return exact(answers.rows("uitslag eerste_leerroute aantal", *values))


def rounded(frame):
    return published(frame.drop("aantal_weergave", "aantal_tekst", "aantal_kort"))


def figures(teller, noemer, waarde=None):
    return published_row({"teller": teller, "noemer": noemer, "waarde": waarde})


CITY = {
    "pip_tijdig": figures(100, 130, 0.77),
    "pip_zonder": figures(100, 240, 100.0),
    "pip_over_termijn": figures(10, 100, 10.0),
    "leerroute_b": figures(70, 140, 0.5),
    "leerroute_o": figures(None, 140),
    "leerroute_z": figures(60, 140, 0.43),
}
HIDDEN = dict.fromkeys(CITY, figures(None, None))


@pytest.mark.parametrize("rows", [CITY, HIDDEN], ids=["rounded", "too small is never called nobody"])
def test_the_finding_is_who_was_not_in_time_and_which_routes_are_followed(rows):
    first = sentences.stand("pip_tijdig", rows["pip_tijdig"]) or sentences.waiting(rows, ("pip_over_termijn",))
    told = f"{first} {sentences.routes(rows)}".strip()
    assert told
    assert [says.finding(published(answers.rows("aantal", (each,))), rows) for each in (40, None)] == [told, told]
    assert says.finding(answers.rows("aantal"), rows) == says.TEXTS["empty"]["nobody"]


def national(make, *values, **shown):
    """Rows of intake_landelijk: doelgroep and figures."""
    same = {"cohort": 2022, "stand": DAY, "landelijk_waarde": 0.35, "bron": "CBS"}
    same |= {"landelijk_teller": None, "landelijk_noemer": 19_000}
    return make(answers.rows(f"doelgroep {' '.join(FIGURES)}", *values, **same), **shown)


DAY = date(2022, 12, 31)
PUBLISHED = pl.DataFrame(
    [
        {"doelgroep": doelgroep, "cohort": 2022, "stand": DAY, "soort": soort, "waarde": share, "versie": "voorlopig",
         "gepubliceerd_op": None, "bron": "CBS", "url": "https://cbs.nl/swi"}
        for doelgroep, soort, share in ((ASIEL, "getal", 0.35), (GEZIN, "ondergrens", 0.7))
    ],
    schema_overrides={"gepubliceerd_op": pl.Date},
)  # fmt: skip


def beside(answer):
    return charts.beside_national(answer, PUBLISHED)


FIGURES, NOTHING = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"), [None] * 5
SHARE = national(published, (ASIEL, 130, 180, 0.72, 0.6, 0.8))
NO_SHARE = national(published, (GEZIN, 130, 180, None, None, None))
LEFT_OUT = national(published, (ASIEL, *NOTHING), left_out=FIGURES)
OF_ALL = (ASIEL, 30, 40, 0.75, 0.6, 0.86)
READ, PIP = says.NATIONAL["read"], says.BESIDE_NATION["zonder_pip"]
titled = lambda answer: says.national_title(beside(answer), "Zonder")  # noqa: E731
counted = lambda answer: says.national_words(beside(answer), "Wie.")  # noqa: E731
nothing = partial(says.nothing_national, about="iets")
STATUSES = ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP", "Met uitstel")
CURVES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (80, 5, 5, 0, 0.0)),
        curve((0, 12, 0, 0, 1.0), (60, 12, 6, 0, 0.5), (90, 6, 0, 6, 0.5), doelgroep=GEZIN),
    ]
)
PUBLIC_CURVES = pl.concat([months(0.92, 0.92, 0.33, 0.08), months(1.0, None, 0.4, doelgroep=GEZIN)])
TOGETHER = months(1.0, 0.9, 0.33, doelgroep=charts.TOGETHER)


def status(*numbers):
    return answers.rows("status aantal", *zip(STATUSES, numbers, strict=False))


ROWS = {
    "leerroute_b": exact_row({"teller": 7, "noemer": 10, "waarde": 0.7}),
    "leerroute_o": exact_row({"teller": 0, "noemer": 10, "waarde": 0.0}),
    "leerroute_z": exact_row({"teller": 3, "noemer": 10, "waarde": 0.3}),
}
SHARE_OF = "gebied indicator teller noemer waarde ci_laag ci_hoog"


def per_area(make, *values, about="stadsdeel"):
    """Rows of kpi_per_gebied on the leerroutes: area, and per leerroute how many of how many."""
    rows = [
        (area, f"leerroute_{route}", part, whole, part / whole if whole else None, None, None)
        for area, *parts in values
        for whole in [sum(parts)]
        for route, part in zip("boz", parts, strict=True)
    ]
    return make(answers.rows(SHARE_OF, *rows, niveau=about))


def teams(*values):
    """Rows of pip_per_wijkteam: wijkteam, how many wait too long, and how long."""
    return pl.DataFrame(values, schema=["wijkteam", "over_termijn", "langst"], orient="row")


def shares_title(answer):
    return says.shares_title(charts.shares(answer, "stadsdeel"), ROWS, "De rest van de stad")


@pytest.mark.parametrize(
    ("say", "answer", "words"),
    [
        (titled, pl.concat([SHARE, NO_SHARE]),
         "Zonder, cohort 2022: asielstatushouders ongeveer 72% (Nederland 35%)"),
        (titled, national(exact, (GEZIN, 30, 40, 0.75, 0.6, 0.86)),
         "Zonder, cohort 2022: gezins- en overige migranten 75% (Nederland ten minste 70%)"),
        (titled, NO_SHARE, "Zonder, cohort 2022: de aantallen zijn te klein voor een percentage"),
        (titled, SHARE.clear(), "Zonder, naast het landelijke cijfer"),
        (counted, pl.concat([SHARE, NO_SHARE]),
         f"Wie. {READ} {says.NATIONAL['bound']} {says.NATIONAL['no_share']}"),
        (counted, SHARE, f"Wie. {READ}"),
        (nothing, SHARE.clear(), says.NATIONAL["no_figure"].format(about="iets")),
        (nothing, SHARE, says.NATIONAL["no_cohort"]),
        (lambda frame: says.status_title(frame, ASIEL), exact(status(7, 2, 3, 1)),
         "Asielstatushouders: 7 op tijd, 2 te laat en 3 over de termijn zonder PIP"),
        (lambda frame: says.status_title(frame, charts.TOGETHER), published(status(80, None, 10, 20)),
         "Alle doelgroepen: ongeveer 80 op tijd en ongeveer 10 over de termijn zonder PIP"),
        (lambda frame: says.status_title(frame, GEZIN), published(status(None, None, None, 20)),
         "Gezins- en overige migranten"),
        (says.curve_title, CURVES,
         "Na 70 dagen heeft 75% van de asielstatushouders en 50% van de gezins- en overige migranten een PIP"),
        (says.curve_title, PUBLIC_CURVES,
         "Na 2 maanden heeft ongeveer 67% van de asielstatushouders en ongeveer 60% van de gezins- en overige "
         "migranten een PIP"),
        (says.curve_title, TOGETHER, "Na 2 maanden heeft ongeveer 67% een PIP"),
        (says.curve_title, curve(), "Tijd tot het PIP"),
        (says.curve_title, curve((0, 9, 0, 0, 1.0), (60, 9, 9, 0, 0.0)), "Tijd tot het PIP"),
        (says.curve_title, curve((0, 20, 0, 0, 1.0), (60, 20, 5, 15, 0.75)), "Tijd tot het PIP"),
        (says.curve_title, months(1.0, 0.9, None), "Tijd tot het PIP"),
        (says.curve_words, CURVES,
         "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken: 20 asielstatushouders en 12 gezins- en "
         "overige migranten."),
        (says.curve_words, TOGETHER, "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken."),
        (lambda frame: says.numbers_title(CITY), None,
         "Leerroute nu: B1-route ongeveer 70, zelfredzaamheidsroute ongeveer 60 en nog geen PIP ongeveer 100"),
        (lambda frame: says.numbers_title(HIDDEN), None, "Leerroute per stadsdeel"),
        (shares_title,
         per_area(exact, ("Oost", 5, 0, 5), ("Centrum", 9, 0, 0), ("Noord", 9, 1, 0), ("Onbekend", 0, 0, 10)),
         "B1-route: van 50% in Oost tot 90% in Noord"),
        (shares_title, per_area(exact, ("Oost", 5, 0, 5), ("De rest van de stad", 9, 1, 0)),
         "B1-route in Oost: 50% (de rest van de stad: 90%)"),
        (shares_title, per_area(exact, ("Oost", 5, 0, 5), ("Noord", 6, 4, 0), ("De rest van de stad", 9, 1, 0)),
         "B1-route: van 50% in Oost tot 60% in Noord"),
        (shares_title, per_area(exact, ("Oost", 7, 0, 3), ("Centrum", 1, 0, 0)),
         "Leerroute nu: B1-route 70%, onderwijsroute 0% en zelfredzaamheidsroute 30%"),
        (shares_title, per_area(exact, ("Oost", 5, 0, 4), ("Noord", 1, 0, 0)), "Leerroute nu, per stadsdeel"),
        (says.waiting_title, teams(("Oost", 2, 9), ("Noord", 2, 30), ("Centrum", 0, None)),
         "Het vaakst te lang zonder PIP: Oost en Noord (elk 2 personen)"),
        (says.waiting_title, teams(("Oost", 0, None)), says.TEXTS["waiting"]["nobody_too_long"]),
    ],
)  # fmt: skip
def test_an_answer_is_told_as_it_may_be(say, answer, words):
    assert say(answer) == words


SWITCHES = switched(("B", "B", "B1", 80), ("B", "Z", "A2", 10), ("Z", "B", "A2", 20), ("O", "Z", "A2", None))
ADVICE = advised(("B1-route haalbaar", "Z", 10), ("B1-route niet haalbaar", "B", None))
SUBJECTS = {says.switches_title: "Andere leerroute dan eerst", says.advice_title: "Eerste route wijkt af van de toets"}
CLEAR = [("B1-route haalbaar", "B", 5), ("B1-route haalbaar", "Z", 1), ("B1-route niet haalbaar", "O", 3)]


@pytest.mark.parametrize(
    ("say", "answer", "told"),
    [
        (says.switches_title, switched(("B", "B", "B1", 20), ("B", "B", "A2", 2), ("Z", "B", "B1", 1)), ": 1 van 23"),
        (says.switches_title, switched(), ""),
        (says.switches_title, rounded(SWITCHES),
         ": van B1-route naar zelfredzaamheidsroute op niveau A2 (ongeveer 10) en van zelfredzaamheidsroute naar "
         "B1-route op niveau A2 (ongeveer 20)"),
        (says.switches_title, rounded(SWITCHES[::3]), ""),
        (says.advice_title, advised(*CLEAR, ("B1-route niet haalbaar", "Z", 6), ("Onbekend", "Z", 9)), ": 4 van 15"),
        (says.advice_title, advised(("Onbekend", "Z", 3)), ""),
        (says.advice_title, rounded(ADVICE), ": zelfredzaamheidsroute bij ‘B1-route haalbaar’ (ongeveer 10)"),
    ],
)  # fmt: skip
def test_only_another_route_and_a_clear_outcome_that_is_departed_from_count(say, answer, told):
    assert say(answer) == f"{SUBJECTS[say]}{told}"


def test_the_stop_of_duo_is_told_from_the_day_it_began():
    (remark,) = says.remarks(queries.events(), date(2022, 1, 15), "pip_tijdig")
    assert remark.startswith("DUO verstuurt tijdelijk geen kennisgevingen.")
    assert says.remarks(queries.events(), date(2022, 1, 14), "pip_tijdig") == []


def test_the_late_classes_of_the_onderwijsroute_are_told_with_their_source():
    (remark,) = says.remarks(queries.events(), DAY, "leerroute_verdeling")
    assert remark.startswith("Klassen van de onderwijsroute beginnen vaak later.")
    assert remark.endswith("Bron: Significant, 2023.")


OF_ASIEL = [(ASIEL, "Termijn niet gestart", 40), (ASIEL, "PIP te laat", None), (ASIEL, "Op tijd", 90)]
STATUS = answers.rows("doelgroep status aantal", *OF_ASIEL, (GEZIN, "Op tijd", 30))


def test_the_statuses_of_one_doelgroep_go_from_done_to_not_counted():
    own = charts.of_doelgroep(published(STATUS), ASIEL)
    assert presentation.plain(own).rows() == [("Op tijd", 90), ("PIP te laat", None), ("Termijn niet gestart", 40)]
    said = "personen naar stand van het PIP: Op tijd 90, Termijn niet gestart 40."
    assert charts.pip_status(own, ASIEL, longest=90).description == f"{ASIEL}, {said}"


def test_what_is_published_together_is_told_together():
    together = STATUS.with_columns(doelgroep=pl.lit(charts.TOGETHER))
    assert charts.groups(together, [ASIEL, GEZIN]) == [charts.TOGETHER]
    assert charts.groups(STATUS, [GEZIN]) == [GEZIN]
    assert charts.groups(STATUS.clear(), [GEZIN]) == [GEZIN]


HIDDEN_LINE = pl.concat([months(0.92, 0.92, 0.33), months(None, None, doelgroep=GEZIN)])
NAME = ["Gezinsmigrant en", "overige migrant"]


@pytest.mark.parametrize(
    ("lines", "texts", "said", "marks"),
    [
        pytest.param(CURVES, [["Asielstatushouder", "75% na 70 dagen"], [*NAME, "50% na 70 dagen"]],
                     f"{ASIEL}: 75% na 70 dagen; {GEZIN}: 50% na 70 dagen.", ["75%", "50%"], id="exact"),
        pytest.param(curve((0, 9, 0, 0, 1.0), (70, 9, 9, 0, 0.0)), [["Asielstatushouder", "te weinig gevolgd"]],
                     f"{ASIEL}: te weinig gevolgd.", [], id="fewer than ten"),
        pytest.param(curve((0, 20, 0, 0, 1.0), (30, 20, 0, 20, 1.0)), [["Asielstatushouder", "te weinig gevolgd"]],
                     f"{ASIEL}: te weinig gevolgd.", [], id="less than seventy days"),
        pytest.param(PUBLIC_CURVES, [["Asielstatushouder", "67% na 2 maanden"], [*NAME, "60% na 2 maanden"]],
                     f"{ASIEL}: 67% na 2 maanden; {GEZIN}: 60% na 2 maanden. Te klein om te tonen: {GEZIN} na 1 maand.",
                     [], id="published, at two months"),
        pytest.param(HIDDEN_LINE, [["Asielstatushouder", "67% na 2 maanden"], [*NAME, "te weinig gevolgd"]],
                     f"{ASIEL}: 67% na 2 maanden; {GEZIN}: te weinig gevolgd. Te klein om te tonen: {GEZIN}.",
                     [], id="a line hidden altogether"),
    ],
)  # fmt: skip
def test_every_line_has_its_name_and_its_share_when_the_ten_weeks_are_over(lines, texts, said, marks):
    chart = charts.time_to_pip(lines)
    assert [text for text in texts_of(chart) if text in texts] == [text for text in texts for _ in ("rim", "text")]
    assert chart.description.endswith(f"van de tien weken. {said}")
    assert [row["deel"] for row in rows_of(chart) if row.get("na") == "70 dagen" and "stuk" not in row] == marks
    assert {"dag": 70, "tekst": "wet: 70 dagen"} in rows_of(chart)
    assert charts.time_to_pip(lines.clear()) is None
    assert charts.time_to_pip(months(None, None)) is None


def test_the_shares_are_of_who_has_a_pip_and_of_ten_or_more_per_area_and_per_quarter():
    areas = per_area(exact, ("Noord", 6, 0, 4), ("Centrum", 3, 0, 6), ("Oost", 0, 0, 0))
    names = ["stadsdeel", "leerroute", "teller", "noemer", "waarde"]
    found = charts.shares(areas, "stadsdeel")
    assert presentation.plain(found).columns == names
    assert presentation.plain(found).rows() == [
        ("Noord", "B1-route", 6, 10, 0.6), ("Noord", "Onderwijsroute", 0, 10, 0.0),
        ("Noord", "Zelfredzaamheidsroute", 4, 10, 0.4), ("Centrum", "B1-route", 3, 9, None),
        ("Centrum", "Onderwijsroute", 0, 9, None), ("Centrum", "Zelfredzaamheidsroute", 6, 9, None),
    ]  # fmt: skip
    assert charts.shares(areas, "wijkteam").is_empty()
    assert charts.routes(found).description.startswith("Leerroutes per stadsdeel. Noord, n = 10: ")
    days = pl.Series([date(2022, 4, 1), date(2022, 1, 1), date(2022, 7, 1)]).repeat_by(3).explode()
    quarters = charts.shares(areas.drop("gebied", "niveau").with_columns(kwartaal=days), "kwartaal")
    assert quarters["kwartaal"].unique(maintain_order=True).to_list() == [date(2022, 1, 1), date(2022, 4, 1)]
    assert "1e kwartaal 2022, n = 9" in charts.routes(quarters).description


OTHER = "De rest van de stad · "


def test_every_quarter_has_below_it_that_of_what_is_compared_with():
    def entered(*quarters):
        names = " ".join(("kwartaal", "indicator", *FIGURES))
        return exact(
            answers.rows(names, *((date(2022, *day), "leerroute_b", 6, 10, 0.6, 0.3, 0.8) for day in quarters))
        )

    beside = Beside("de rest van de stad", entered((4, 1), (7, 1), (10, 1)))
    found = charts.per_quarter(entered((4, 1), (10, 1)), beside)
    assert found["kwartaal"].to_list() == [date(2022, 4, 1), date(2022, 10, 1)] * 2
    chart = charts.routes(found)
    told = [f"{whose}{quarter}e kwartaal 2022, n = 10: B1-route 60%" for quarter in (2, 4) for whose in ("", OTHER)]
    assert chart.description == f"Leerroutes per kwartaal. {'; '.join(told)}."


def test_what_is_not_published_of_the_shares_is_left_out():
    hidden = per_area(published, ("Noord", 30, 10, 20), ("Oost", 0, 0, 0))
    assert charts.shares(hidden, "stadsdeel")["stadsdeel"].unique().to_list() == ["Noord"]
    assert charts.routes(charts.shares(hidden.clear(), "stadsdeel")) is None


def test_the_wijkteams_where_most_wait_too_long_come_first_and_unknown_last():
    rows = teams(("Centrum", 1, 5), ("Oost", 0, None), ("Noord", 2, 8), ("Zuid-West", 1, 20), ("Onbekend", 9, 90))
    found = charts.waiting(rows)["wijkteam"].to_list()
    assert found == ["Noord", "Zuid-West", "Centrum", "Oost", "Onbekend"]


ROUTED, NO_PLAN = "stadsdeel leerroute aantal", charts.NO_PLAN


def test_published_counts_of_the_routes_are_not_added_up():
    values = [("Noord", "B", 30), ("Noord", NO_PLAN, None), ("Centrum", "B", None), ("Centrum", NO_PLAN, 10)]
    frame = charts.distribution(published(answers.rows(ROUTED, *values, doelgroep=charts.TOGETHER)))
    assert frame["aantal_kort"].to_list() == ["30", "<10", "<10", "10"]
    table = charts.routes_table(frame)
    assert presentation.plain(table).rows() == [("Noord", 30, None), ("Centrum", None, 10)]
    assert presentation.in_its_place(table, NO_PLAN) == ["<10", ""]
    assert charts.numbers(frame).description.startswith("Leerroute per stadsdeel, personen. Noord: B1-route 30")
    assert charts.numbers(frame.clear()) is None


B, Z, WITHIN, WITHOUT = "B1-route", "Zelfredzaamheidsroute", "B1-route haalbaar", "B1-route niet haalbaar"
DEPARTED = [(WITHIN, "B", 5), (WITHIN, "Z", 1), (WITHOUT, "O", 2), (WITHOUT, "Z", 4), ("Niet afgenomen", "Z", 3)]


@pytest.mark.parametrize(
    ("draw", "answer", "outlined"),
    [
        (charts.switches, switched(("B", "B", "B1", 7), ("B", "B", "A2", 2), ("B", "Z", "A2", 1)),
         {(B, f"{B} op niveau A2"): "2", (B, f"{Z} op niveau A2"): "1"}),
        (charts.advice, advised(*DEPARTED), {(WITHIN, Z): "1", (WITHOUT, "Onderwijsroute"): "2"}),
    ],
    ids=["another route or niveau", "a clear outcome that is departed from"],
)  # fmt: skip
def test_what_changed_or_departs_is_outlined(draw, answer, outlined):
    rows = [row for row in rows_of(draw(answer)) if "kort" in row]
    assert {(row["rij"], row["kolom"]): row["kort"] for row in rows if row["anders"]} == outlined
    assert draw(answer.clear()) is None


@pytest.mark.parametrize(
    ("answer", "shares"),
    [
        (national(exact, OF_ALL, (GEZIN, 4, 9, 4 / 9, 0.2, 0.7)), [0.75, None]),
        (national(exact, OF_ALL, (GEZIN, 0, 0, None, None, None)), [0.75]),
        (national(published, (ASIEL, 30, 60, 0.5, 0.4, 0.6), (GEZIN, *NOTHING)), [0.5, None]),
        (national(published, (ASIEL, *NOTHING), left_out=FIGURES), []),
    ],
    ids=["fewer than ten have no share", "nobody", "too small to show", "not published"],
)
def test_the_national_figure_stands_beside_every_doelgroep_with_somebody(answer, shares):
    rows = beside(answer)
    assert rows["waarde"].to_list() == shares
    assert (charts.national(rows, "Intake") is None) == (not shares)


def test_more_cohorts_are_told_apart():
    answer = national(exact, OF_ALL, (ASIEL, 20, 40, 0.5, 0.3, 0.7))
    two = charts.national(beside(answer).with_columns(cohort=pl.Series([2021, 2022])), "Intake")
    assert two.description.endswith(
        f". {ASIEL}, 2021: 30 van 40 · 75%, Nederland 35%, voorlopig cijfer; {ASIEL}, 2022: 20 van 40 · 50%, "
        "Nederland 35%, voorlopig cijfer."
    )


def test_a_bound_is_never_told_as_the_number_and_its_version_and_source_stand_with_it():
    rows = beside(national(exact, OF_ALL, (GEZIN, 20, 40, 0.5, 0.3, 0.7)))
    table = charts.national_table(rows)
    assert table.select("landelijk", "versie", "bron").rows() == [
        (share, "voorlopig cijfer, publicatiedatum niet bekend", "CBS") for share in ("35%", "ten minste 70%")
    ]
    assert "landelijk_waarde" not in table.columns
    told = ("CBS", "https://cbs.nl/swi"), " (voorlopig cijfer, publicatiedatum niet bekend)."
    assert says.sources(rows) == [["Bron van het landelijke cijfer: ", *told]]
    dated = PUBLISHED.with_columns(gepubliceerd_op=DAY, versie=pl.lit("definitief"))
    assert says.sources(dated)[0][-1] == " (definitief cijfer, gepubliceerd op 31 december 2022)."


def test_where_haarlem_is_not_public_the_nation_stands_alone():
    assert says.nation_alone(PUBLISHED.tail(1), PIP) == (
        "Nog geen PIP: in Nederland ten minste 70% van de gezins- en overige migranten van cohort 2022. "
        f"{says.NATIONAL['not_public']}"
    )
    assert says.nation_alone(PUBLISHED.clear(), PIP) == says.NATIONAL["no_figure"].format(about=PIP["about"])


def test_who_has_no_area_is_explained_where_the_row_of_these_is(open_page, text_of):
    links = {}, {"wijkteam": "Meerwijk"}
    assert ["Onbekend: geen woonadres" in text_of(open_page("leerroutes", **link)) for link in links] == [True, False]
