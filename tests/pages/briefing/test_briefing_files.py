"""The files are read back: every figure is that of the question, and every file is accessible and repeatable."""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import numpy as np
import openpyxl
import page
import polars as pl
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

import queries
from data.snapshots import store
from pages import start
from pages.briefing import __main__ as command
from pages.briefing import annex, charts, content, document, figures, pdf, screen, word, workbook
from pages.filters import bar
from pages.show import downloads, sheets
from pages.words import formats, presentation, sentences
from tests import towns
from tests.cases import in_campaign
from tests.pages.briefing.pairs import contradictions
from tests.pages.briefing.printed import Printed, plain
from tests.pages.briefing.readability import PLAIN, reading_ease, words_of_sentences
from tests.pages.show import answers
from tests.pages.show.published import exact

SMALLEST = {"stadsdelen": ("Centrum",)}
both_editions = pytest.mark.parametrize("uitgave", ["intern", "openbaar"])
city_and_smallest = pytest.mark.parametrize("chosen", [{}, SMALLEST], ids=["city", "smallest"])


class Made:
    """A briefing, its files, and what can be read in them."""

    def __init__(self, found: figures.Figures):
        self.found, self.briefing = found, content.build(found)
        self.pdf, self.word = pdf.pdf(self.briefing), word.docx(self.briefing)
        self.excel = workbook.xlsx(found)

        self.printed, self.docx = Printed(self.pdf), Document(io.BytesIO(self.word))
        self.book = openpyxl.load_workbook(io.BytesIO(self.excel))
        # The rows of all tables in Word, by their first cell.
        rows = [tuple(cell.text for cell in row.cells) for table in self.docx.tables for row in table.rows]
        self.in_word = {row[0]: row for row in rows}


@pytest.fixture(scope="module")
def made(intern, openbaar):
    """The briefing of an edition for a selection, each made once."""
    sources = {"intern": intern, "openbaar": openbaar}

    @cache
    def of(uitgave, chosen):
        return Made(sources[uitgave](**dict(chosen)))

    return lambda uitgave="intern", **chosen: of(uitgave, tuple(chosen.items()))


def blocks(briefing, kind):
    return [block for _, inside in briefing.sections for block in inside if isinstance(block, kind)]


def tiles_of(block):
    return getattr(block, "beside", block)


def text_of(briefing):
    """What the page says of it, without its markup."""
    return html.unescape(re.sub("<[^>]*>", "\n", screen.html(briefing)))


def test_exact_figures_are_those_of_queries_run(made):
    """The cells are compared with queries.answer itself, without the sentences in between."""
    database, in_word, checked = queries.open_database(towns.folder()), made().in_word, 0
    verdicts = {"voldoet": "Norm gehaald", "voldoet niet": "Norm niet gehaald"}
    for row in queries.answer("kpi", queries.Selection(), database).to_dicts():
        entry, teller, noemer = queries.INDICATOREN[row["indicator"]], row["teller"], row["noemer"]
        _, value, _, basis, told = in_word[entry.titel]
        if entry.eenheid == "aandeel" and noemer >= 10:
            written = (formats.percent(row["waarde"]), f"{formats.count(teller)} van {formats.count(noemer)}")
            verdict = verdicts.get(queries.verdict(entry, noemer, row["waarde"]).uitkomst)
            assert (value, basis) == written and (told if told in verdicts.values() else None) == verdict
            checked += 1
        elif entry.eenheid == "aantal":
            assert value == formats.count(row["waarde"])
            checked += 1
    assert checked >= 12
    teams = queries.answer("overdracht_per_wijkteam", queries.Selection(), database)
    together = teams.select(pl.col(list(annex.TEAM_COLUMNS)).sum(), wijkteam=pl.lit("Samen"))
    for row in pl.concat([teams, together], how="diagonal").iter_rows(named=True):
        cells = (row["wijkteam"], *(formats.count(row[name]) for name in annex.TEAM_COLUMNS))
        assert in_word[row["wijkteam"]] == cells


@city_and_smallest
@both_editions
def test_every_word_of_the_briefing_is_in_the_pdf_and_in_word(made, uitgave, chosen):
    it = made(uitgave, **chosen)
    drawn = blocks(it.briefing, document.Picture)
    in_word = plain("".join(text.text for text in it.docx.element.body.iter(qn("w:t"))))
    of_pictures = {words for each in drawn for words in (f"Grafiek: {each.title}.", each.alt)}
    lines = {line.strip() for line in text_of(it.briefing).split("\n")} - of_pictures
    # What stands beside each other on the screen stands below each other on paper.
    told = {piece for line in lines for piece in line.split(" · ")} - set(it.briefing.marks)
    assert len(told) > 80
    told |= {each.title for each in drawn}
    assert [line for line in told if plain(line) not in it.printed.text or plain(line) not in in_word] == []


def tables_of(sheet):
    """The tables on a sheet: what stands above each, and its rows by their headings."""
    for table in sheet.tables.values():
        (headings, *rows) = ([cell.value for cell in row] for row in sheet[table.ref])
        first = int(re.search(r"\d+", table.ref)[0])
        yield sheet.cell(first - sheets.BELOW_MARK, 1).value, headings, rows


@both_editions
def test_the_workbook_holds_every_figure_of_every_question(made, uitgave):
    it = made(uitgave)
    at, found = workbook.tables(it.found), dict.fromkeys(figures.QUESTIONS, 0)
    # No code stands for a name: not in a heading, not in a cell.
    names = {entry.naam: entry.titel for entry in queries.INDICATOREN.values()} | sentences.CONDITIONS
    names |= {True: "ja", False: "nee", "": None}
    for sheet, questions in at.items():
        for (question, frame), (above, headings, rows) in zip(questions, tables_of(it.book[sheet]), strict=True):
            assert above.startswith(f"{figures.QUESTIONS[question]}.")
            assert not set(headings) & set(queries.VRAGEN[question].kolommen)
            cells = presentation.plain(frame).columns
            found[question] += frame.height
            for column, values in zip(cells, zip(*rows, strict=True), strict=True):
                words = presentation.in_its_place(frame, column)
                for instead, value, cell in zip(words, frame[column], values, strict=True):
                    cell = cell.date() if isinstance(cell, datetime) else cell
                    told = names.get(value, value) if isinstance(value, bool | str) else value
                    assert cell == (instead or (pytest.approx(told, rel=1e-14) if isinstance(told, float) else told))
    # Each row of each answer, once.
    assert found == {name: frame.height for name, frame in it.found.frames.items()}


def test_a_figure_in_the_workbook_has_its_unit_its_norm_and_its_verdict_beside_it(made):
    book, theme = made().book, content.THEMES["leerroutes"]["title"]
    _, headings, rows = next(tables_of(book[theme]))
    assert headings[:5] == ["Kengetal", "Waarde", "Eenheid", "Norm", "Oordeel"]
    told = {row[0]: row[2:5] for row in rows}
    assert told["PIP binnen tien weken"] == ["%", 1, "Norm niet gehaald"]
    assert told["Tijd tot het PIP"] == ["dagen", 70, "Norm geldt per persoon"]
    assert told["Nog geen PIP"] == ["personen", None, "Geen norm"]


def test_the_workbook_says_what_it_is(made):
    it = made("intern", **SMALLEST)
    rows = it.book[workbook.FIRST].iter_rows(values_only=True)
    text = "\n".join(" | ".join(str(cell) for cell in row if cell is not None) for row in rows)
    gaat_over = "Gaat over | stadsdeel Centrum, alle doelgroepen"
    assert all(told in text for told in ("Peildatum | 31 december 2022", gaat_over, f"Bron | {it.found.source}"))
    for entry in queries.INDICATOREN.values():
        assert entry.definitie in text and entry.naam not in text
    for sheet in it.book:
        assert bar.DEMO in sheet.oddHeader.right.text and downloads.INTERNAL in sheet.oddHeader.right.text


def test_the_public_edition_has_only_published_figures(made):
    """No count in it is exact: each is a multiple of ten, and what is protected is said in words."""
    it = made("openbaar")
    rows = [row for table in blocks(it.briefing, document.Table) for row in table.rows if len(row) == 5]
    tiles = [row for block in blocks(it.briefing, document.Tiles | document.Picture) for row in tiles_of(block).rows]
    for basis in [*(row[3] for row in rows), *(note.partition("norm")[0].partition("aanbod")[0] for *_, note in tiles)]:
        assert all(int(number.replace(".", "")) % 10 == 0 for number in re.findall(r"\d[\d.]*", basis))
    assert len(rows) == len(queries.INDICATOREN)
    text = text_of(it.briefing)
    assert downloads.INTERNAL not in text and presentation.TOO_SMALL not in text
    for question in ("kpi", "overdracht_totaal", "overdracht_per_wijkteam"):
        city = pl.read_parquet(towns.published() / f"{question}.parquet").filter(pl.col("selectie") == "stad")
        kept = presentation.plain(it.found.frames[question])
        assert kept.equals(city.select(kept.columns))


def test_what_may_not_be_shown_is_named_once(openbaar):
    found = openbaar(**SMALLEST)
    silent = [name for name, row in found.by_indicator("kpi").items() if not presentation.says(row)]
    text = text_of(content.build(found))
    assert [text.count(f"‘{queries.INDICATOREN[name].titel}’") for name in silent] == [1] * len(silent) != []
    assert presentation.TOO_SMALL not in text


def test_a_share_that_is_shown_for_no_wijkteam_has_no_column(openbaar):
    found = openbaar()
    ((_, (status, teams, words)),) = content.build(found, ("wijkteams",)).annex
    (together,) = found.rows("overdracht_totaal")
    statuses = document.TEXTS["statuses"].items()
    assert status.rows == tuple((label, together[f"{name}_kort"]) for name, label in statuses)
    assert teams.headings == ["Wijkteam", "Begeleiding afgerond"]
    assert list(teams.rows) == found.frames["overdracht_per_wijkteam"].select("wijkteam", "populatie_kort").rows()
    assert words == content.TOLD["no_team_shown"]
    meerwijk = pl.when(pl.col("gebied") == "Meerwijk").then(pl.lit("80%")).otherwise("waarde_kort")
    shown = found.frames["kpi_per_gebied"].with_columns(waarde_kort=meerwijk)
    other = replace(found, frames={**found.frames, "kpi_per_gebied": shown})
    ((_, (_, teams, words)),) = content.build(other, ("wijkteams",)).annex
    assert ("Meerwijk", "80%") in [(row[0], row[2]) for row in teams.rows]
    assert words == content.TOLD["some_teams_hidden"]


@pytest.mark.parametrize("chosen", [{}, SMALLEST, {"stadsdelen": ("Onbekend",)}, {"cohorten": (1999,)}])
def test_nothing_is_left_as_a_hole(intern, chosen):
    text = text_of(content.build(intern(**chosen)))
    assert not {"None", "nan", "NaN"} & set(re.findall(r"\w+", text))
    assert "  " not in text


def faults(made: bytes) -> list[str]:
    """What the checker finds: rule and message of each fault."""
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@city_and_smallest
@both_editions
def test_an_independent_checker_finds_no_fault_in_the_pdf(made, uitgave, chosen):
    assert faults(made(uitgave, **chosen).pdf) == []


@pytest.mark.parametrize("section", in_campaign(*annex.PARTS))
def test_a_briefing_with_one_part_of_the_annex_has_no_fault_either(intern, section):
    assert faults(pdf.pdf(content.build(intern(), (section,)))) == []


@both_editions
def test_the_pdf_has_its_title_headings_and_tables_and_a_vector_with_words_per_chart(made, uitgave):
    it, read = made(uitgave), made(uitgave).printed
    with read.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert document.TEXTS["first_year"] in metadata["dc:title"]
    assert str(read.pdf.Root.Lang).startswith("nl")
    assert [len(read.elements(role)) for role in ("H1", "H2", "H3")] == [1, len(it.briefing.sections), 0]
    tables = blocks(it.briefing, document.Table)
    assert len(read.elements("Table")) == len(tables) >= 6
    assert len(read.elements("TH")) == sum(len(table.headings) for table in tables)
    assert len(read.elements("TD")) == sum(len(row) for table in tables for row in table.rows)
    told = {str(each.Alt) for each in read.elements("Figure")}
    assert told == {picture.alt for picture in blocks(it.briefing, document.Picture)}
    assert len(told) == len(content.THEMES)
    inside = [each for sheet in read.pdf.pages for each in sheet.obj.Resources.get("/XObject", {}).values()]
    assert not [each for each in inside if str(each.Subtype) == "/Image"]


def test_word_has_real_headings_tables_lists_alternative_texts_and_its_marks(made):
    it = made()
    styles = [paragraph.style.name for paragraph in it.docx.paragraphs]
    headings = [each.text for each in it.docx.paragraphs if each.style.name == "Heading 2"]
    assert styles.count("Heading 1") == 1
    assert headings == [title for title, _ in it.briefing.sections]
    assert "List Bullet" in styles
    told = [shape._inline.docPr.get("descr") for shape in it.docx.inline_shapes]
    assert told == [picture.alt for picture in blocks(it.briefing, document.Picture)]
    # The other tables only put figures beside each other.
    tables = [table for table in it.docx.tables if table.style.name == word.TABLE]
    assert len(tables) == len(blocks(it.briefing, document.Table))
    assert all(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in tables)
    assert it.docx.core_properties.language == "nl-NL"
    assert it.docx.sections[0].header.paragraphs[0].text == f"{downloads.INTERNAL} · {bar.DEMO}"


DUO = " Gebeurtenis op 15 januari 2022: DUO verstuurt tijdelijk geen kennisgevingen."
FROM = "van 50% in januari 2022 naar 70% in"
LOWEST, HIGHEST = "laagst 40% in maart 2022", "hoogst 90% in februari 2022"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.5, 0.7), f"{FROM} februari 2022."),
        ((0.5, 0.9, 0.4, 0.7), f"{FROM} april 2022; daartussen {LOWEST} en {HIGHEST}."),
        ((0.5, 0.9, 0.6, 0.7), f"{FROM} april 2022; daartussen {HIGHEST}."),
        ((0.5, 0.5, 0.5), "steeds 50%, van januari 2022 tot en met maart 2022."),
        ((0.5, 1.0, 0.7), f"{FROM} maart 2022."),
    ],
    ids=["two stands", "turns twice", "turns once", "stays", "one on too few"],
)
def test_the_words_of_a_chart_say_where_a_line_begins_ends_and_turns_and_its_event(values, expected):
    days = [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30)]
    # All in time are five persons.
    rows = [(day, "pip_tijdig", 5, 5 if value == 1 else 100, value) for day, value in zip(days, values, strict=False)]
    stands = exact(answers.rows("stand indicator teller noemer waarde", *rows))
    told = charts.description("Intake", stands, ["pip_tijdig"], charts.some_events())
    assert told == f"Lijngrafiek bij Intake. PIP binnen tien weken: {expected} De norm is 100%.{DUO}"


OTHERS = [{"stadsdelen": (name,)} for name in ("Zuid-West", "Oost", "Noord", "Schalkwijk", "Onbekend")]
OTHERS += [{"doelgroepen": (name,)} for name in ("Asielstatushouder", "Gezinsmigrant en overige migrant")]


@pytest.mark.parametrize("chosen", [{}, SMALLEST, *in_campaign(*OTHERS)], ids=str)
@both_editions
def test_two_pages_and_an_annex_without_a_gap_or_a_torn_heading(made, uitgave, chosen):
    if uitgave == "openbaar" and "doelgroepen" in chosen:
        pytest.skip("a briefing of a doelgroep is not public")
    it = made(uitgave, **chosen)
    for sheet in it.printed.pages:
        assert plain(bar.DEMO) in sheet
        assert (plain(downloads.INTERNAL) in sheet) == (uitgave == "intern")
    first, *pages = ["".join(sheet) for sheet in it.printed.pages]
    assert plain("Kernboodschap") in first and 2 <= len(pages) <= 4
    if not chosen:
        headings = {
            title: next(n for n, sheet in enumerate(it.printed.pages) if plain(title) in sheet)
            for title, _ in it.briefing.first + it.briefing.themes + it.briefing.annex[:1]
        }
        expected = dict.fromkeys(dict(it.briefing.first), 0) | dict.fromkeys(dict(it.briefing.themes), 1)
        assert headings == expected | {it.briefing.annex[0][0]: 2}
    # On the last page too: below the end of the annex.
    assert max(map(widest_gap, pdf.pdf_and_pages(it.briefing)[1])) < 0.25
    assert it.printed.torn() == []


def widest_gap(page: bytes) -> float:
    """The highest white strip between the head and the foot of a page, as a part of the page."""
    with Image.open(io.BytesIO(page)) as drawn:
        rows = np.asarray(drawn.convert("L")).min(axis=1) < 250
    written = np.flatnonzero(rows)
    return np.diff(written).max() / len(rows)


def test_twenty_persons_are_told_without_a_percentage_on_too_few():
    briefing = content.build(figures.intern(queries.Selection(), store.in_use(towns.demo(personen=20))))
    rows = [row for table in blocks(briefing, document.Table) for row in table.rows]
    small = [row for row in rows if len(row) == 5 and re.fullmatch(r"\d van \d", row[3])]
    assert small
    assert all(row[1] == "te weinig" and not row[4].startswith("Norm ") for row in small)
    assert faults(pdf.pdf(briefing)) == []


@pytest.mark.parametrize(
    ("uitgave", "chosen", "grens", "title", "name"),
    [
        ("openbaar", {}, None, " in Haarlem", "heel-haarlem"),
        ("intern", {"peildatum": date(2022, 6, 30)}, None, " in Haarlem", "heel-haarlem"),
        ("openbaar", SMALLEST, None, ": stadsdeel Centrum", "centrum"),
        ("intern", {"wijkteams": ("Oost",), "cohorten": (2022,)}, None, ": {}, cohort 2022", "oost-cohort-2022"),
        ("intern", {"doelgroepen": ("Asielstatushouder",)}, None, " in Haarlem: Asielstatushouder", "{}"),
        ("intern", {}, ("Meerwijk",), ": uw gebied: Meerwijk", "meerwijk"),
    ],
)
def test_title_file_name_and_metadata_name_the_selection(intern, openbaar, uitgave, chosen, grens, title, name):
    found = {"intern": intern, "openbaar": openbaar}[uitgave](**chosen)
    if grens:
        words = found.filters.replace("heel Haarlem", f"uw gebied: {grens[0]}")
        found = replace(found, grens=grens, filters=words)
    briefing = content.build(found, ("verstoringen",))
    filled = f"{document.TEXTS['first_year']}{title.format('woont in het gebied van Oost')}"
    assert briefing.title == filled
    name = name.format("heel-haarlem-asielstatushouder")
    assert briefing.subject == f"briefing_{uitgave}_{found.peildatum.isoformat()}_{name}_demo"
    assert Document(io.BytesIO(word.docx(briefing))).core_properties.title == f"Informatienota: {filled}"
    assert briefing.facts[0][1] == document.TEXTS[uitgave]["addressed"]


def test_another_year_is_not_the_first(intern):
    assert content.title(replace(intern(), peildatum=date(2023, 6, 30))) == "Inburgering in Haarlem"


def test_the_title_block_holds_what_is_filled_in_and_names_what_is_not(intern):
    filled = {"datum": date(2023, 3, 14), "zaaknummer": "2023/0001", "eerdere_besluiten": ("Nota A", "Nota B")}
    nota = queries.Nota(**filled, gevraagd="Ter bespreking")
    facts = dict(content.build(replace(intern(), nota=nota), ("verstoringen",)).facts)
    assert [facts[name] for name in ("Datum", "Zaaknummer", "Eerdere besluiten", "Gevraagd")] == [
        "14 maart 2023", "2023/0001", "Nota A; Nota B", "Ter bespreking",
    ]  # fmt: skip
    assert facts["Niet ingevuld"] == "portefeuillehouder, afdeling en contact"
    assert "Contact" not in facts


SAID = (
    "pip_tijdig,,2022-12-31,De taalschool had geen plek.,Vanaf maart is er een klas bij.,Hoofd Inburgering",
    "ontzorging_volledig,,2022-12-31,Over een klein getal.,,",
    "begeleiding_mediaan,stadsdeel Centrum,2022-12-31,Over een duur.,,",
    "overdracht_gedaan,,2022-06-30,Toen was het minder.,,",
)


def test_what_the_college_says_stands_on_the_first_page_apart_from_the_figures(college_says, intern, openbaar):
    college_says(*SAID)
    (intern_says,), (public_says,) = (
        dict(content.build(found).first)[content.TOLD["college"]] for found in (intern(), openbaar())
    )
    day, owner = "Geschreven bij de stand van 31 december 2022.", "Ligt bij: Hoofd Inburgering."
    plan = "De taalschool had geen plek. Maatregel: Vanaf maart is er een klas bij."
    moved = "Toen was het minder. Geschreven bij een eerdere stand, die van 30 juni 2022."
    assert intern_says.rows == (
        ("PIP binnen tien weken (82%)", f"{plan} {owner} {day}"),
        ("Zes maanden ontzorgd (73%)", f"Over een klein getal. {day}"),
        ("Overgedragen aan het wijkteam (74%)", moved),
    )
    # No name of an official in public, and nothing about a figure that is not shown.
    assert public_says.rows == (
        ("PIP binnen tien weken (77%)", f"{plan} {day}"),
        ("Zes maanden ontzorgd (>50%)", f"Over een klein getal. {day}"),
        ("Overgedragen aan het wijkteam (78%)", moved),
    )
    assert intern(stadsdelen=("Noord",)).duiding == {}
    hidden = openbaar(**SMALLEST)
    assert list(hidden.duiding) == ["begeleiding_mediaan"]
    assert dict(content.build(hidden).first)[content.TOLD["college"]] == (content.TOLD["no_duiding"],)


def test_themes_of_which_nothing_can_be_said_are_named_together(intern, openbaar):
    none = content.build(intern(cohorten=(1999,)))
    ((heading, told),) = none.themes
    assert (heading, told) == (content.TOLD["themes"], (content.TOLD["nobody"],))
    assert none.first[0][1] == (content.TOLD["nobody"],)
    heading, (told, *_) = content.build(openbaar(**SMALLEST)).themes[-1]
    assert heading == content.TOLD["other_themes"] and told.startswith("Overdracht aan het wijkteam:")


def test_ongeveer_is_said_once_in_a_paragraph(made):
    it = made("openbaar")
    told = [(block,) if isinstance(block, str) else block for block in blocks(it.briefing, str | tuple)]
    paragraphs = [each for block in told for each in block] + [
        each.alt for each in blocks(it.briefing, document.Picture)
    ]
    times = [len(re.findall(r"ongeveer (?=\d)", each, re.IGNORECASE)) for each in paragraphs]
    assert max(times) == 1 and sum(times) >= 10
    # In tables and at figures it is said of all of them.
    assert text_of(it.briefing).lower().count("ongeveer") <= sum(times) + 1


@pytest.mark.parametrize("chosen", [{}, SMALLEST, *OTHERS[2:5]], ids=str)
@both_editions
def test_what_a_chart_shows_its_sentence_and_figures_say_too(intern, openbaar, uitgave, chosen):
    """Two hundred random towns are in the campaign."""
    assert contradictions({"intern": intern, "openbaar": openbaar}[uitgave](**chosen)) == []


def test_the_check_sees_what_does_not_fit(intern):
    found, here = intern(), pl.col("indicator") == "ontzorging_dekking"
    change = {"oordeel": "lager", "verschil": -0.2, "waarde": 0.3, "waarde_tekst": "30%", "eerder_waarde_tekst": "50%"}
    fewer = found.frames["kpi_verandering"].with_columns(
        pl.when(here).then(pl.lit(value)).otherwise(name).alias(name) for name, value in change.items()
    )
    moved = replace(found, frames={**found.frames, "kpi_verandering": fewer})
    assert contradictions(moved) == []
    title = queries.INDICATOREN["ontzorging_dekking"].titel_instroom
    assert f"‘{title}’ (30% tegen 50%) lager" in text_of(content.build(moved))
    rows = found.frames["kpi"].with_columns(
        pl.when(here).then(pl.lit("99%")).otherwise("waarde_kort").alias("waarde_kort")
    )
    assert len(contradictions(replace(found, frames={**found.frames, "kpi": rows}))) == 2


@both_editions
def test_the_briefing_is_plain_dutch_of_about_b1(made, uitgave):
    """The pages are at 70 to 76 and the annex at 65 in the demo."""
    briefing, measured = made(uitgave).briefing, []
    for part in (briefing.first, briefing.themes, briefing.annex):
        read = [block for _, inside in part for block in inside if isinstance(block, str | tuple | document.Facts)]
        paragraphs = [
            text
            for block in read
            for text in ((block,) if isinstance(block, str) else getattr(block, "rows", None) or block)
        ]
        told = words_of_sentences(text if isinstance(text, str) else text[1] for text in paragraphs)
        measured.append(reading_ease(told))
        assert max(map(len, told)) <= (40 if part is briefing.annex else 25)
    assert min(measured) >= PLAIN and min(measured[:2]) >= 68


@pytest.mark.parametrize(
    ("text", "ease"),
    [
        ("De kat zit op de mat. Zij slaapt.", 206.84 - 0.93 * 4 - 77 * 8 / 8),
        ("Beëindigde begeleidingsperioden zijn geëvalueerd.", 206.84 - 0.93 * 4 - 77 * (5 + 8 + 1 + 5) / 4),
    ],
)
def test_reading_ease_counts_words_and_syllables(text, ease):
    assert reading_ease(words_of_sentences([text])) == pytest.approx(ease)


def test_only_the_chosen_parts_of_the_annex_are_in_it_in_their_own_order(intern):
    briefing = content.build(intern(), ("verstoringen", "cijfers"))
    titles = ["Bijlage 1. Alle kengetallen", "Bijlage 2. Verstoringen in het jaar"]
    assert [title for title, _ in briefing.annex] == titles
    with pytest.raises(KeyError):
        content.build(intern(), ("bestaat niet",))


def test_only_what_touched_the_year_is_a_disturbance():
    rows = [
        (date(2021, 5, 1), None, "voorbij"),
        (date(2021, 12, 1), date(2022, 1, 1), "liep door"),
        (date(2022, 1, 15), date(2022, 3, 24), "binnen"),
        (date(2022, 7, 1), None, "later in het jaar"),
    ]
    events = pl.DataFrame(rows, ["datum_van", "datum_tot", "titel"], orient="row")
    events = events.with_columns(toelichting=pl.lit("Zo is het."), bron=pl.lit("CBS"))
    (told,) = annex.disturbances(events, date(2022, 6, 30))
    assert told.rows == (
        ("1 december 2021 tot en met 1 januari 2022", "liep door. Zo is het. Bron: CBS."),
        ("15 januari 2022 tot en met 24 maart 2022", "binnen. Zo is het. Bron: CBS."),
    )


_ELSEWHERE = """
import sys
from pages.briefing.__main__ import main
for kind in ("pdf", "docx", "xlsx"):
    assert main(["--naar", f"{sys.argv[1]}/made.{kind}", "--uitgave", "intern", "--data", sys.argv[2]]) == 0
"""


def test_a_scheduled_run_in_another_time_zone_gives_the_same_bytes_with_the_moment_of_the_data(made, tmp_path):
    elsewhere = os.environ | {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    program = [sys.executable, "-c", _ELSEWHERE, str(tmp_path), str(towns.folder())]
    run = subprocess.run(program, cwd=towns.ROOT, env=elsewhere, check=True, capture_output=True, encoding="utf-8")
    it, when = made(), made().found.made.astimezone(UTC)
    files = {"made.pdf": it.pdf, "made.docx": it.word, "made.xlsx": it.excel}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert run.stderr == f"{downloads.INTERNAL}\n{bar.DEMO}\n" * 3
    assert str(it.printed.pdf.docinfo.CreationDate).startswith(f"D:{when:%Y%m%d%H%M%S}")
    assert it.docx.core_properties.created == when
    assert it.book.properties.created == when.replace(tzinfo=None)


def test_a_chart_is_read_in_black_and_white(made):
    """Every colour that says something stands out on white, and the norm is told from the line by its dashes."""
    for picture in blocks(made().briefing, document.Picture):
        drawn = charts.svg(picture.chart)
        # But for white, and the lines that only part the panels.
        colours = set(re.findall(r'(?:stroke|fill)="(#\w{6})"', drawn)) - {"#FFFFFF", "#D3D9E0"}
        assert colours and max(map(luminance, colours)) < 0.3
        assert ("norm" in drawn) == ("stroke-dasharray" in drawn)


def luminance(colour: str) -> float:
    """From 0 (black) to 1 (white), as WCAG has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_chart_needs_no_font_of_the_machine(made):
    picture, *_ = blocks(made().briefing, document.Picture)
    assert set(re.findall(r'font-family="([^"]*)"', charts.svg(picture.chart))) == {charts.PAPER_FONT}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--naar briefing.txt", "moet eindigen op .pdf, .docx, .xlsx"),
        ("--naar {tmp}/a.pdf --data {tmp}", "nog geen openbare cijfers gepubliceerd"),
        ("--naar {tmp}/a.pdf --uitgave intern --data {data} --stadsdeel Elders", "Er is geen stadsdeel"),
        ("--naar {tmp}/a.pdf --data {published} --doelgroep Asielstatushouder", "is niet openbaar per doelgroep"),
        ("--naar {tmp}/weg/a.xlsx --data {published}", "kan niet worden geschreven"),
        ("--naar {tmp}/a.pdf --peildatum 31-12-2022", "--peildatum JJJJ-MM-DD"),
    ],
)
def test_what_cannot_be_done_is_told_in_dutch(tmp_path, capsys, arguments, message):
    filled = arguments.format(tmp=tmp_path, data=towns.folder(), published=towns.published()).split(" ")
    assert command.main(filled) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("demo", [True, False])
def test_a_run_publishes_the_demo_first_never_real_data(tmp_path, capsys, monkeypatch, snapshots_in_use, demo):
    def publish(meanwhile):
        if not demo:
            return None
        with meanwhile():
            return queries.open_publication(towns.published())

    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "leeg")
    monkeypatch.setattr(start, "demo_publication", publish)
    target = tmp_path / "briefing.pdf"
    assert command.main(["--naar", str(target), "--bijlage", "verstoringen"]) == (0 if demo else 2)
    assert target.exists() == demo
    assert capsys.readouterr().err.startswith(start.BEING_PUBLISHED if demo else document.TEXTS["not_published"])
