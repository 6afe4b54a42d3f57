"""The files are read back: every figure is that of the question, and every file is accessible and repeatable."""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import page
import pikepdf
import polars as pl
import pytest
from docx import Document

import queries
from data.snapshots import store
from pages import start
from pages.briefing import __main__ as command
from pages.briefing import charts, content, document, drawing, figures, pdf, screen, word, workbook
from pages.filters import bar
from pages.show import downloads, sheets
from pages.words import formats, presentation
from pages.words import sentences as says
from tests import towns
from tests.cases import in_campaign

EDITIONS = ("intern", "openbaar")
SMALLEST = {"stadsdelen": ("Centrum",)}


@pytest.fixture(scope="module")
def files(intern, openbaar):
    """The figures, the briefing and the files of an edition for a selection, each made once."""
    sources, kept = {"intern": intern, "openbaar": openbaar}, {}

    def of(uitgave, **chosen):
        key = (uitgave, *chosen.items())
        if key not in kept:
            found = sources[uitgave](**chosen)
            briefing = content.build(found)
            kept[key] = found, briefing, pdf.pdf(briefing), word.docx(briefing), workbook.xlsx(found)
        return kept[key]

    return of


def pictures(briefing):
    blocks = [getattr(block, "picture", block) for section in briefing.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, document.Picture)]


def text_of(briefing):
    """What the page says of it, without its markup."""
    return html.unescape(re.sub("<[^>]*>", "\n", screen.html(briefing)))


# --------------------------------------------------------------------------------------- reading a tagged PDF


class Tagged:
    """The structure of a tagged PDF, read with pikepdf: elements with their role, their text and their alt text."""

    def __init__(self, made: bytes):
        self.pdf = pikepdf.open(io.BytesIO(made))
        self.root = self.pdf.Root.StructTreeRoot
        self.roles = {str(key): str(value) for key, value in self.root.get("/RoleMap", {}).items()}
        self.text: dict[tuple[int, int], str] = {}
        self.untagged: list[str] = []
        for number, sheet in enumerate(self.pdf.pages):
            self._read(number, sheet)
        self.pages = {sheet.obj.objgen: number for number, sheet in enumerate(self.pdf.pages)}

    def _read(self, number: int, sheet: pikepdf.Page) -> None:
        fonts = {name: _characters(font) for name, font in sheet.obj.Resources.get("/Font", {}).items()}
        font, stack = None, []
        for operands, operator in pikepdf.parse_content_stream(sheet):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if name == "BDC" else {}
                mark = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                stack.append((str(operands[0]), None if mark is None else int(mark)))
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = fonts[str(operands[0])]
            elif name in ("Tj", "TJ"):
                parts = operands[0] if name == "TJ" else [operands[0]]
                shown = "".join(font(bytes(part)) if isinstance(part, pikepdf.String) else "" for part in parts)
                mark = next((mark for _, mark in reversed(stack) if mark is not None), None)
                if mark is not None:
                    self.text[number, mark] = self.text.get((number, mark), "") + shown
                elif not any(tag == "/Artifact" for tag, _ in stack):
                    self.untagged.append(shown)

    def role(self, element: pikepdf.Dictionary) -> str:
        name = str(element.S)
        return self.roles.get(name, name).lstrip("/")

    def elements(self, *roles: str, inside: pikepdf.Dictionary | None = None) -> list[pikepdf.Dictionary]:
        """All elements of these roles in reading order."""
        return [each for each in self._walk(inside or self.root) if self.role(each) in roles]

    def _walk(self, element):
        for child in _children(element):
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                yield from self._walk(child)

    def words(self, element: pikepdf.Dictionary, page: int | None = None) -> str:
        """The text of an element, its lines joined."""
        if "/Pg" in element:
            page = self.pages[element.Pg.objgen]
        parts = []
        for child in _children(element):
            if isinstance(child, pikepdf.Dictionary):
                if "/S" in child:
                    parts.append(self.words(child, page))
                elif "/MCID" in child:
                    number = self.pages[child.Pg.objgen] if "/Pg" in child else page
                    parts.append(self.text.get((number, int(child.MCID)), ""))
            elif isinstance(child, int):
                parts.append(self.text.get((page, int(child)), ""))
        return plain("".join(parts))

    def tables(self) -> list[list[list[str]]]:
        return [
            [
                [self.words(cell) for cell in self.elements("TH", "TD", inside=row)]
                for row in self.elements("TR", inside=table)
            ]
            for table in self.elements("Table")
        ]


def _children(element) -> list:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _characters(font: pikepdf.Dictionary):
    """From the codes of a font to text, by its own table (ToUnicode)."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}

    def text(hexadecimal: str) -> str:
        return bytes.fromhex(hexadecimal).decode("utf-16-be")

    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = text(value)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for place in range(int(first, 16), int(last, 16) + 1):
                found[place] = text(value)[:-1] + chr(ord(text(value)[-1]) + place - int(first, 16))
    return lambda codes: "".join(
        found.get(int.from_bytes(codes[place : place + 2], "big"), "") for place in range(0, len(codes), 2)
    )


def plain(text: str) -> str:
    """Text without what only breaks lines, and without any spaces: a line end may eat one."""
    return re.sub(r"\s+", "", text.replace("\u00ad", "").replace("\u2010", "")).replace("-", "")


@pytest.fixture(scope="module")
def tagged(files):
    kept = {}

    def of(uitgave, **chosen):
        key = (uitgave, *chosen.items())
        if key not in kept:
            kept[key] = Tagged(files(uitgave, **chosen)[2])
        return kept[key]

    return of


# ------------------------------------------------------------------------------------------- figures, read back


def expected_kpis(found) -> dict[str, tuple[str, ...]]:
    """The cells of every KPI, from the question itself."""
    rows = {row["indicator"]: row for row in found.rows("kpi")}
    return {entry.titel: content.kpi_row(entry, rows[name]) for name, entry in queries.INDICATOREN.items()}


@pytest.mark.parametrize("chosen", [{}, SMALLEST], ids=["city", "smallest"])
@pytest.mark.parametrize("uitgave", EDITIONS)
def test_every_kpi_in_the_pdf_is_that_of_the_question(files, tagged, uitgave, chosen):
    found = files(uitgave, **chosen)[0]
    cells = {row[0]: row for table in tagged(uitgave, **chosen).tables() for row in table if len(row) == 5}
    for title, expected in expected_kpis(found).items():
        assert cells[plain(title)] == [plain(text) for text in expected]


@pytest.mark.parametrize("chosen", [{}, SMALLEST], ids=["city", "smallest"])
@pytest.mark.parametrize("uitgave", EDITIONS)
def test_every_kpi_in_word_is_that_of_the_question(files, uitgave, chosen):
    found, _, _, made, _ = files(uitgave, **chosen)
    tables = Document(io.BytesIO(made)).tables
    cells = {row.cells[0].text: tuple(cell.text for cell in row.cells) for table in tables for row in table.rows}
    for title, expected in expected_kpis(found).items():
        assert cells[title] == expected


def test_exact_figures_are_those_of_queries_run(snapshot_folder, files):
    """The cells are compared with queries.run itself, without the sentences in between."""
    found, _, _, made, _ = files("intern")
    rows = queries.run("kpi", queries.Selection(), queries.open_database(snapshot_folder)).to_dicts()
    tables = Document(io.BytesIO(made)).tables
    cells = {row.cells[0].text: [cell.text for cell in row.cells] for table in tables for row in table.rows}
    checked = 0
    for row in rows:
        entry = queries.INDICATOREN[row["indicator"]]
        if entry.eenheid == "aandeel" and row["noemer"] >= 10:
            written = cells[entry.titel]
            assert written[1] == formats.percent(row["waarde"])
            assert written[3] == f"{formats.count(row['teller'])} van {formats.count(row['noemer'])}"
            verdict = queries.verdict(entry, row["teller"], row["noemer"], row["waarde"]).uitkomst
            assert (written[4] == "Norm gehaald") == (verdict == "voldoet")
            assert (written[4] == "Norm niet gehaald") == (verdict == "voldoet niet")
            checked += 1
        elif entry.eenheid == "aantal":
            assert cells[entry.titel][1] == formats.count(row["waarde"])
            checked += 1
    assert checked >= 12
    assert found.peildatum == date(2022, 12, 31)


def test_the_handover_table_is_that_of_the_question(snapshot_folder, files, tagged):
    teams = queries.run("overdracht_per_wijkteam", queries.Selection(), queries.open_database(snapshot_folder))
    expected = {
        plain(row["wijkteam"]): [plain(formats.count(row[column])) for column in content.TEAM_COLUMNS]
        for row in teams.to_dicts()
    }
    cells = {row[0]: row[1:] for table in tagged("intern").tables() for row in table if len(row) == 9}
    assert {name: cells[name] for name in expected} == expected
    assert cells["Samen"] == [plain(formats.count(teams[column].sum())) for column in content.TEAM_COLUMNS]


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_every_word_of_the_briefing_is_in_the_pdf_and_in_word(files, tagged, uitgave):
    _, briefing, _, made, _ = files(uitgave)
    read = tagged(uitgave)
    in_pdf = "".join(read.words(element) for element in read.elements("Document", "Part")[:1])
    opened = Document(io.BytesIO(made))
    in_word = plain(
        "\n".join(paragraph.text for paragraph in opened.paragraphs)
        + "".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    )
    sentences = [
        text
        for section in briefing.sections
        for block in section.blocks
        for text in (
            [block.text] if isinstance(block, document.Paragraph)
            else block.items if isinstance(block, document.Bullets)
            else [part.text for part in block.text] if isinstance(block, document.Beside)
            else [text for _, text in block.rows] if isinstance(block, document.Facts)
            else []
        )
    ]  # fmt: skip
    assert len(sentences) > 20
    assert all(plain(f"{label}{text}") in in_word for label, text in briefing.facts)
    for label, text in briefing.facts:
        assert plain(label) in in_pdf
        assert plain(text) in in_pdf
    for text in sentences:
        assert plain(text) in in_pdf
        assert plain(text) in in_word


@pytest.mark.parametrize("question", figures.QUESTIONS)
@pytest.mark.parametrize("uitgave", EDITIONS)
def test_the_workbook_holds_every_figure_of_every_question(files, uitgave, question):
    found, _, _, _, made = files(uitgave)
    frame = found.frames[question]
    sheet = openpyxl.load_workbook(io.BytesIO(made))[workbook.SHEETS[question]]
    shown = presentation.plain(frame)
    headings, *rows = sheet.iter_rows(min_row=sheets.BELOW_MARK + 1, max_col=shown.width, values_only=True)
    rows = rows[: shown.height]
    assert len(rows) == shown.height
    # No code stands for a name: not in a heading, not in a cell.
    assert not [heading for heading in headings if heading in queries.VRAGEN[question].kolommen]
    words = {column: presentation.in_its_place(frame, column) for column in shown.columns}
    for number, (given, read) in enumerate(zip(shown.rows(), rows, strict=True)):
        for column, value, cell in zip(shown.columns, given, read, strict=True):
            if words[column][number]:
                assert cell == words[column][number]
            elif column == "indicator":
                assert cell == queries.INDICATOREN[value].titel
            elif isinstance(value, bool):
                assert cell == ("ja" if value else "nee")
            elif isinstance(value, float):
                assert cell == pytest.approx(value, rel=1e-14)
            else:
                # An empty text is an empty cell.
                assert (cell.date() if isinstance(cell, datetime) else cell) == (None if value == "" else value)


def test_the_workbook_says_what_it_is(files):
    found, _, _, _, made = files("intern", **SMALLEST)
    book = openpyxl.load_workbook(io.BytesIO(made))
    text = "\n".join(
        " | ".join(str(cell) for cell in row if cell is not None)
        for row in book[sheets.EXPLANATION].iter_rows(values_only=True)
    )
    assert "Peildatum | 31 december 2022" in text
    assert "Gaat over | stadsdeel Centrum, alle doelgroepen" in text
    assert f"Bron | {content.source_words(found)}" in text
    for entry in queries.INDICATOREN.values():
        assert entry.definitie in text and entry.naam not in text
    assert not set(queries.QUESTIONS) & set(book.sheetnames)
    for sheet in book:
        assert bar.DEMO in sheet.oddHeader.right.text
        assert downloads.INTERNAL in sheet.oddHeader.right.text


# ---------------------------------------------------------------------------------------- the public edition


def test_the_public_edition_has_only_published_figures(published, files):
    """No count in it is exact: each is a multiple of ten, and what is protected is said in words."""
    _, briefing, _, _, _ = files("openbaar")
    tables = [block for section in briefing.sections for block in section.blocks if isinstance(block, document.Table)]
    rows = [row for table in tables if table.headings == content.KPI_HEADINGS for row in table.rows]
    assert len(rows) == len(queries.INDICATOREN)
    for _, _, _, basis, _ in rows:
        assert all(int(number.replace(".", "")) % 10 == 0 for number in re.findall(r"\d[\d.]*", basis))
    text = text_of(briefing)
    assert says.TOO_SMALL in text
    assert downloads.INTERNAL not in text
    assert "None" not in text
    frame = pl.read_parquet(published / "kpi.parquet").filter(
        pl.col("selectie") == "stad", pl.col("indicator") == "pip_zonder"
    )
    assert f"{says.ABOUT} {formats.count(frame['waarde'][0])}" in text


def test_without_a_publication_there_is_no_public_edition(tmp_path):
    with pytest.raises(queries.QueryError, match="nog geen openbare cijfers gepubliceerd"):
        figures.openbaar(queries.Selection(), tmp_path)


def test_the_public_edition_is_for_the_committee_and_the_internal_one_is_not(intern, openbaar):
    assert ("Aan", "Commissie Samenleving") in content.build(openbaar(), ()).facts
    assert ("Aan", "Leidinggevenden en beleidsmedewerkers") in content.build(intern(), ()).facts


def test_the_public_handover_is_that_of_the_publication(published, files):
    _, briefing, _, _, _ = files("openbaar")
    tables = [block for section in briefing.sections if section.key == "wijkteams" for block in section.blocks]
    city = pl.col("selectie") == "stad"
    (together,) = pl.read_parquet(published / "overdracht_totaal.parquet").filter(city).to_dicts()
    assert tables[0].rows == (
        *((label, says.count(together, column)) for column, label in content.STATUSES.items()),
        ("Samen", says.count(together, "populatie")),
    )
    teams = pl.read_parquet(published / "overdracht_per_wijkteam.parquet").filter(city).to_dicts()
    assert [row[:2] for row in tables[1].rows] == [(row["wijkteam"], says.count(row, "populatie")) for row in teams]


def test_a_share_that_is_shown_for_no_wijkteam_has_no_column(openbaar):
    found = openbaar()
    *tables, words = content.build(found, ("wijkteams",)).sections[0].blocks
    assert tables[1].headings == ("Wijkteam", "Begeleiding afgerond")
    assert words.text == content.NO_TEAM_SHOWN
    shown = found.frames["kpi_per_gebied"].with_columns(
        waarde=pl.when(pl.col("gebied") == "Meerwijk").then(0.8),
        waarde_weergave=pl.when(pl.col("gebied") == "Meerwijk").then(pl.lit("afgerond")).otherwise("waarde_weergave"),
    )
    other = replace(found, frames={**found.frames, "kpi_per_gebied": shown})
    *tables, words = content.build(other, ("wijkteams",)).sections[0].blocks
    assert ("Meerwijk", "ongeveer 80%") in [(row[0], row[2]) for row in tables[1].rows]
    assert words.text == content.SOME_TEAMS_HIDDEN


def test_what_was_not_published_is_refused_in_words(published):
    both = queries.Selection(stadsdelen=("Centrum",), doelgroepen=("Asielstatushouder",))
    with pytest.raises(queries.InvalidSelection, match="één stadsdeel of voor één doelgroep"):
        figures.openbaar(both, published)


@pytest.mark.parametrize("chosen", [{}, SMALLEST, {"stadsdelen": ("Onbekend",)}, {"cohorten": (1999,)}])
def test_nothing_is_left_as_a_hole(intern, chosen):
    text = text_of(content.build(intern(**chosen)))
    assert "None" not in text
    assert "nan" not in text.lower().split()
    assert "  " not in text


# -------------------------------------------------------- accessible: by an independent checker of PDF/UA-1 ("page")


def faults(made: bytes) -> list[str]:
    """What the checker finds: rule and message of each fault."""
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("chosen", [{}, SMALLEST], ids=["city", "smallest"])
@pytest.mark.parametrize("uitgave", EDITIONS)
def test_an_independent_checker_finds_no_fault_in_the_pdf(files, uitgave, chosen):
    assert faults(files(uitgave, **chosen)[2]) == []


OTHER_SECTIONS = [section for section in content.SECTIONS if section not in ("kernboodschap", "leerroutes")]


@pytest.mark.parametrize("section", ["kernboodschap", "leerroutes", *in_campaign(*OTHER_SECTIONS)])
def test_a_briefing_of_one_section_has_no_fault_either(intern, section):
    assert faults(pdf.pdf(content.build(intern(), (section,)))) == []


def test_the_checker_sees_a_missing_language_and_a_missing_alternative_text(files):
    opened = pikepdf.open(io.BytesIO(files("intern")[2]))
    del opened.Root.Lang
    for element in opened.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
            del element["/Alt"]
    damaged = io.BytesIO()
    opened.save(damaged)
    told = " ".join(faults(damaged.getvalue()))
    assert "LANGUAGE" in told
    assert "FIGURE-ALTERNATIVE-TEXT" in told


# ------------------------------------------------------------------------- accessible: what is read back with pikepdf


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_the_pdf_declares_pdf_ua_and_dutch_and_shows_its_title(files, uitgave):
    with pikepdf.open(io.BytesIO(files(uitgave)[2])) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert content.FIRST_YEAR_TITLE in metadata["dc:title"]
        assert str(opened.Root.Lang).startswith("nl")
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_headings_come_in_order_and_only_one_is_the_title(tagged, uitgave):
    read = tagged(uitgave)
    headings = read.elements("H1", "H2", "H3")
    levels = [read.role(each) for each in headings]
    assert levels == ["H1", *["H2"] * len(content.SECTIONS)]
    assert read.words(headings[0]) == plain(content.FIRST_YEAR_TITLE)


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_every_table_has_headings_and_rows_of_one_length(tagged, uitgave):
    read = tagged(uitgave)
    tables = read.elements("Table")
    assert len(tables) >= 6
    for table in tables:
        rows = [read.elements("TH", "TD", inside=row) for row in read.elements("TR", inside=table)]
        assert {read.role(cell) for cell in rows[0]} == {"TH"}
        assert len({len(row) for row in rows}) == 1


def test_every_chart_has_words_that_say_what_it_shows(files, tagged):
    _, briefing, _, _, _ = files("intern")
    read = tagged("intern")
    told = [str(each.Alt) for each in read.elements("Figure") if "/Alt" in each]
    assert told == [picture.alt for picture in pictures(briefing)]
    assert len(told) == len(content.THEMES)


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_the_words_of_a_chart_give_the_stands_of_the_question(files, uitgave):
    found, briefing, _, _, _ = files(uitgave)
    trend = found.frames["kpi_trend"].sort("stand")
    checked = 0
    for picture in pictures(briefing):
        for name, entry in queries.INDICATOREN.items():
            if f"‘{entry.titel}’" not in picture.title:
                continue
            rows = trend.filter(pl.col("indicator") == name).to_dicts()
            last = f"{says.value(entry, rows[-1])} in {formats.month(rows[-1]['stand'])}"
            assert f"{entry.titel}: van " in picture.alt or f"{entry.titel}: steeds " in picture.alt
            assert f" naar {last}" in picture.alt or f"steeds {says.value(entry, rows[-1])}" in picture.alt
            checked += 1
    assert checked >= 6


def stands(*values):
    """Rows of the question kpi_trend for one KPI, at the ends of the first months of 2022."""
    days = [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30)]
    return pl.DataFrame(
        [
            {"stand": day, "indicator": "pip_tijdig", "teller": round(100 * value), "noemer": 100, "waarde": value}
            for day, value in zip(days, values, strict=False)
        ]
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.5, 0.7), "van 50% in januari 2022 naar 70% in februari 2022."),
        (
            (0.5, 0.9, 0.4, 0.7),
            "van 50% in januari 2022 naar 70% in april 2022; daartussen laagst 40% in maart 2022 en hoogst 90% in "
            "februari 2022.",
        ),
        ((0.5, 0.6, 0.9, 0.7), "van 50% in januari 2022 naar 70% in april 2022; daartussen hoogst 90% in maart 2022."),
        ((0.5, 0.5, 0.5), "steeds 50%, van januari 2022 tot en met maart 2022."),
    ],
)
def test_the_words_of_a_line_say_where_it_begins_ends_and_turns(values, expected):
    nothing = queries.events().clear()
    told = charts.description("Ontzorging", stands(*values), ["pip_tijdig"], nothing)
    assert told == f"Lijngrafiek bij Ontzorging. PIP binnen tien weken: {expected} De norm is 100%."


def test_the_words_of_a_chart_name_its_event(files):
    picture = next(each for each in pictures(files("intern")[1]) if "PIP binnen tien weken" in each.title)
    assert picture.alt.endswith("Gebeurtenis op 15 januari 2022: DUO verstuurt tijdelijk geen kennisgevingen.")


@pytest.mark.parametrize("uitgave", EDITIONS)
def test_all_text_is_tagged_or_a_running_line_and_every_font_is_embedded(tagged, uitgave):
    read = tagged(uitgave)
    assert read.untagged == []
    fonts = [font for sheet in read.pdf.pages for font in sheet.obj.Resources.Font.values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_charts_are_vectors_in_the_pdf(tagged):
    for sheet in tagged("intern").pdf.pages:
        for inside in sheet.obj.Resources.get("/XObject", {}).values():
            assert str(inside.Subtype) != "/Image"


def test_word_has_real_headings_tables_lists_and_alternative_texts(files):
    _, briefing, _, made, _ = files("intern")
    opened = Document(io.BytesIO(made))
    styles = [paragraph.style.name for paragraph in opened.paragraphs]
    assert styles.count("Heading 1") == 1
    assert [p.text for p in opened.paragraphs if p.style.name == "Heading 2"] == [s.title for s in briefing.sections]
    assert "List Bullet" in styles
    assert [shape._inline.docPr.get("descr") for shape in opened.inline_shapes] == [
        picture.alt for picture in pictures(briefing)
    ]
    heads = [table for table in opened.tables if table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(heads) == len(opened.tables)
    assert opened.core_properties.language == "nl-NL"


# --------------------------------------------------------------------------------------- what every page says


PARTS = (
    {},
    SMALLEST,
    *in_campaign(
        *({"stadsdelen": (name,)} for name in ("Zuid-West", "Oost", "Noord", "Schalkwijk", "Onbekend")),
        *({"doelgroepen": (name,)} for name in ("Asielstatushouder", "Gezinsmigrant en overige migrant")),
    ),
)


@pytest.mark.parametrize("chosen", PARTS, ids=lambda chosen: "-".join(*chosen.values()) if chosen else "city")
@pytest.mark.parametrize("uitgave", EDITIONS)
def test_at_most_four_pages_each_with_its_marks_and_a_last_one_worth_it(files, uitgave, chosen):
    _, briefing, made, *_ = files(uitgave, **chosen)
    opened = pikepdf.open(io.BytesIO(made))
    assert 1 <= len(opened.pages) <= 4
    for sheet in opened.pages:
        shown = plain(_running_text(sheet))
        assert plain(bar.DEMO) in shown
        assert (plain(downloads.INTERNAL) in shown) == (uitgave == "intern")
    with pdf._laid_out(briefing) as layout:
        assert not pdf._faults(pdf.SIZES[0], layout)[1]


def _running_text(sheet: pikepdf.Page) -> str:
    """The text of the artifacts of a page: what stands above and below."""
    fonts = {name: _characters(font) for name, font in sheet.obj.Resources.Font.items()}
    font, depth, found = None, [], []
    for operands, operator in pikepdf.parse_content_stream(sheet):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth.append(str(operands[0]))
        elif name == "EMC":
            depth.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and "/Artifact" in depth:
            parts = operands[0] if name == "TJ" else [operands[0]]
            found += [font(bytes(part)) for part in parts if isinstance(part, pikepdf.String)]
    return "".join(found)


def test_word_says_on_every_page_that_it_is_internal_and_a_demo(files):
    opened = Document(io.BytesIO(files("intern")[3]))
    assert opened.sections[0].header.paragraphs[0].text == f"{downloads.INTERNAL} · {bar.DEMO}"


@pytest.fixture(scope="module")
def village():
    """Exact figures of a demo of 20 persons."""
    return figures.intern(queries.Selection(), store.in_use(towns.demo(personen=20)))


def test_twenty_persons_are_told_without_a_percentage_on_too_few(village):
    briefing = content.build(village)
    rows = [row for s in briefing.sections for b in s.blocks if isinstance(b, document.Table) for row in b.rows]
    small = [row for row in rows if len(row) == 5 and re.fullmatch(r"\d van \d", row[3])]
    assert small
    assert all(row[1] == says.TOO_FEW and not row[4].startswith("Norm ") for row in small)
    assert faults(pdf.pdf(briefing)) == []


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2022, 6, 30), "Het eerste jaar van de Wet inburgering 2021 in Haarlem"),
        (date(2023, 6, 30), "Inburgering in Haarlem"),
    ],
)
def test_only_in_the_first_year_is_it_about_the_first_year(day, title):
    assert content.title(day) == title


def test_a_theme_without_anybody_is_told_in_one_sentence(intern):
    (section,) = content.build(intern(doelgroepen=("Gezinsmigrant en overige migrant",)), ("ontzorging",)).sections
    assert section.blocks == (document.Paragraph(content.NOBODY_IN_THEME),)


def test_what_cannot_be_concluded_is_another_thing_where_it_was_measured():
    """With meldingen that say who asks, the regimes are compared: then no difference is shown, not "not measurable"."""
    large = towns.demo(personen=5000, melding_met_statushouder=True)
    found = figures.intern(queries.Selection(), store.in_use(large))
    (row,) = found.rows("evaluatie_vergelijking")
    assert row["oordeel"] != "niet te vergelijken"
    text = text_of(content.build(found, ("kernboodschap", "conclusies")))
    assert says.comparison(row) in text
    assert says.NO_DIFFERENCE_MEASURABLE not in text


def test_only_the_chosen_sections_are_in_it(intern):
    briefing = content.build(intern(), ("ontzorging", "kernboodschap"))
    assert [section.key for section in briefing.sections] == ["kernboodschap", "ontzorging"]
    with pytest.raises(KeyError):
        content.build(intern(), ("bestaat niet",))


def test_only_what_touched_the_year_is_a_disturbance():
    events = pl.DataFrame(
        {
            "datum_van": [date(2021, 5, 1), date(2021, 12, 1), date(2022, 1, 15), date(2022, 7, 1), date(2023, 1, 1)],
            "datum_tot": [None, date(2022, 1, 1), date(2022, 3, 24), None, None],
            "titel": ["voorbij", "liep door", "binnen", "later in het jaar", "erna"],
        }
    )
    told = [event["titel"] for event in content.disturbances(events, date(2022, 6, 30))]
    assert told == ["liep door", "binnen"]


# ----------------------------------------------------------------------------------------------- repeatable


_ELSEWHERE = """
import sys
from pathlib import Path
import queries
from pages import start
from pages.briefing import content, figures, pdf, word, workbook
found = figures.intern(queries.Selection(), Path(sys.argv[1]))
briefing = content.build(found)
for name, made in (("pdf", pdf.pdf(briefing)), ("docx", word.docx(briefing)), ("xlsx", workbook.xlsx(found))):
    Path(sys.argv[2], name).write_bytes(made)
"""


def test_another_process_in_another_time_zone_gives_the_same_bytes(snapshot_folder, files, tmp_path):
    subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(snapshot_folder), str(tmp_path)],
        cwd=Path(content.__file__).parents[2],
        env=os.environ | {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        check=True,
        capture_output=True,
    )
    _, _, *here = files("intern")
    assert [(tmp_path / name).read_bytes() for name in ("pdf", "docx", "xlsx")] == here


def test_no_file_carries_the_clock(files):
    found, _, made, in_word, in_excel = files("intern")
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert str(opened.docinfo.CreationDate).startswith(f"D:{found.made.astimezone(UTC):%Y%m%d%H%M%S}")
    for archive in (in_word, in_excel):
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    when = found.made.astimezone(UTC).replace(tzinfo=None)
    assert Document(io.BytesIO(in_word)).core_properties.created == when.replace(tzinfo=UTC)
    assert openpyxl.load_workbook(io.BytesIO(in_excel)).properties.created == when


def test_a_chart_needs_no_font_of_the_machine(intern):
    picture = pictures(content.build(intern(), ("ontzorging",)))[0]
    assert set(re.findall(r'font-family="([^"]*)"', drawing.svg(picture.chart))) == {drawing.PAPER_FONT}


def test_a_delivery_without_a_moment_has_that_of_its_peildatum():
    assert figures.moment({}, date(2022, 12, 31)).isoformat() == "2022-12-31T23:59:00+01:00"
    assert figures.moment({"aangemaakt": "2023-01-05T10:00:00.5+01:00"}, date(2022, 12, 31)).isoformat() == (
        "2023-01-05T10:00:00+01:00"
    )


# ------------------------------------------------------------------------------------------- without a screen


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_scheduled_run_writes_each_kind_of_file(published, tmp_path, capsys, suffix, start):
    target = tmp_path / f"briefing.{suffix}"
    assert command.main(["--naar", str(target), "--data", str(published), "--onderdeel", "kernboodschap"]) == 0
    assert target.read_bytes().startswith(start)
    assert bar.DEMO in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--naar", "briefing.txt"], "moet eindigen op .pdf, .docx, .xlsx"),
        (["--naar", "{tmp}/a.pdf", "--data", "{tmp}"], "nog geen openbare cijfers gepubliceerd"),
        (
            ["--naar", "{tmp}/a.pdf", "--uitgave", "intern", "--data", "{data}", "--stadsdeel", "Elders"],
            "Er is geen stadsdeel",
        ),
        (["--naar", "{tmp}/weg/a.xlsx", "--data", "{published}"], "kan niet worden geschreven"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_dutch(snapshot_folder, published, tmp_path, capsys, arguments, message):
    filled = [text.format(tmp=tmp_path, data=snapshot_folder, published=published) for text in arguments]
    assert command.main(filled) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_run_on_the_demo_says_that_it_is_published_first(published, tmp_path, capsys, monkeypatch, snapshots_in_use):
    def publish(meanwhile):
        with meanwhile():
            return queries.open_publication(published)

    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "leeg")
    monkeypatch.setattr(start, "demo_publication", publish)
    target = tmp_path / "briefing.pdf"
    assert command.main(["--naar", str(target), "--onderdeel", "toezeggingen"]) == 0
    assert capsys.readouterr().err.startswith("De openbare cijfers van de demo worden gemaakt en gecontroleerd …\n")


def test_a_run_on_real_data_never_publishes(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "leeg")
    monkeypatch.setattr(start, "demo_publication", lambda *_: None)
    assert command.main(["--naar", str(tmp_path / "briefing.pdf")]) == 2
    assert figures.NOT_PUBLISHED in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_command_runs_as_a_module(published, tmp_path):
    target = tmp_path / "cijfers.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "pages.briefing", "--naar", str(target), "--data", str(published)],
        cwd=Path(content.__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert target.exists()


@pytest.mark.parametrize(
    ("grens", "area"), [(None, "heel-haarlem"), (("Meerwijk", "Centrum"), "meerwijk-centrum"), ((), "geen-gebied")]
)
def test_the_name_of_the_file_says_to_which_areas_the_reader_is_limited(intern, grens, area):
    assert content.file_stem(replace(intern(), grens=grens)) == f"briefing_intern_2022-12-31_{area}_demo"
