"""A briefing as a Word document by python-docx: real headings, lists and tables, and a text for every chart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor

from pages.briefing import charts, document

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# Every machine has one of these, or a letter of the same widths.
FONT = "Arial"
INK = RGBColor(0x1B, 0x24, 0x30)
TEXT_WIDTH = Cm(16.6)
PICTURE_WIDTH = Cm(8.4)
# With more columns the headings are written smaller, so that no word is broken.
MANY_COLUMNS = 6
# So many letters of a leading figure fit in a column like that of the others.
LONG = 9
# What is said of a label in the title block begins here.
LABEL = Cm(3.6)
# Points: the letter, and the room before and after it. Those with a Dutch name are ours.
STYLES = {
    "Normal": (10, 0, 4),
    "Subtitle": (10.5, 0, 2),
    "Heading 1": (16, 0, 6),
    "Heading 2": (12, 8, 3),
    "Caption": (9, 2, 2),
    "List Bullet": (10, 0, 4),
    "Kopgegevens": (10, 0, 1),
    "Cijfer": (13, 2, 0),
    "Kleine letter": (8.5, 0, 2),
    "Footer": (8, 0, 0),
    "Tabeltekst": (8.5, 0, 1),
}
# Lines between rows and none between columns.
TABLE = "Cijfers"
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="9AA3AF"'
_TABLE_STYLE = (
    f'<w:name w:val="{TABLE}"/><w:tblPr><w:tblBorders><w:top {_LINE}/><w:bottom {_LINE}/><w:insideH {_LINE}/>'
    '</w:tblBorders><w:tblCellMar><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr>"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(briefing: document.Briefing) -> bytes:
    """The briefing as .docx; the same briefing gives the same bytes."""
    made = Document()
    _give_styles(made)
    _tell_of_itself(made, briefing)
    made.add_paragraph(briefing.kind, "Subtitle")
    made.add_heading(briefing.title, level=1)
    for label, text in briefing.facts:
        _fact(made, label, f"\t{text}", "Kopgegevens")
    for part in (briefing.first, briefing.themes, briefing.annex):
        for title, inside in part:
            heading = made.add_heading(title, level=2)
            # The annex begins on a page of its own, and so do themes with charts.
            drawn = any(isinstance(block, document.Picture) for _, blocks in part for block in blocks)
            begins = (part is briefing.annex or drawn) and title == part[0][0]
            heading.paragraph_format.page_break_before = begins
            for block in inside:
                _add(made, block)
    return _without_clock(made)


def _xml(name: str, attributes: str = "", content: str = "") -> BaseOxmlElement:
    """A part of Word's own text, for which python-docx has no words."""
    return parse_xml(f"<w:{name} {nsdecls('w')} {attributes}>{content}</w:{name}>")


def _give_styles(made: Docx) -> None:
    """The page, the language, and one letter for every style: the fonts of Word's own styles give way to it."""
    page, styles = made.sections[0], made.styles
    page.page_width, page.page_height, page.top_margin, page.bottom_margin = Cm(21), Cm(29.7), Cm(2.3), Cm(1.9)
    page.left_margin = page.right_margin = Cm(2.2)
    for fonts in styles.element.xpath("w:style//w:rFonts"):
        fonts.getparent().remove(fonts)
    for language in styles.element.xpath(".//w:lang"):
        for script in ("w:val", "w:eastAsia", "w:bidi"):
            language.set(qn(script), "nl-NL")
    for name, (size, before, after) in STYLES.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        font, spacing = styles[name].font, styles[name].paragraph_format
        font.size, font.color.rgb, font.italic = Pt(size), INK, False
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.05
    styles["Normal"].font.name, styles["Cijfer"].font.bold = FONT, True
    styles["Caption"].paragraph_format.keep_with_next = True
    facts = styles["Kopgegevens"].paragraph_format
    facts.left_indent, facts.first_line_indent = LABEL, -LABEL
    facts.tab_stops.add_tab_stop(LABEL)
    styles.element.append(_xml("style", f'w:type="table" w:customStyle="1" w:styleId="{TABLE}"', _TABLE_STYLE))


def _tell_of_itself(made: Docx, briefing: document.Briefing) -> None:
    """The properties of the file, and what stands on every page."""
    core, marks, page = made.core_properties, " · ".join(briefing.marks), made.sections[0]
    core.title, core.subject, core.comments = f"{briefing.kind}: {briefing.title}", briefing.footer, marks
    core.author = core.last_modified_by = document.AUTHOR
    core.language, core.keywords, core.revision = "nl-NL", "", 1
    core.created = core.modified = briefing.made.astimezone(UTC).replace(tzinfo=None)
    header, footer = page.header.paragraphs[0], page.footer.paragraphs[0]
    header.add_run(marks).bold = True
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, number in ((f"{briefing.footer} · bladzijde ", "PAGE"), (" van ", "NUMPAGES")):
        footer.add_run(words)
        # Word itself fills in the number.
        footer._p.append(_xml("fldSimple", f'w:instr="{number}"', "<w:r><w:t>1</w:t></w:r>"))


def _add(made: Docx, block: document.Block) -> None:
    match block:
        case str():
            made.add_paragraph(block)
        case tuple():
            for sentence in block:
                made.add_paragraph(sentence, "List Bullet")
        case document.Facts(rows, small):
            for label, text in rows:
                _fact(made, f"{label}{'.' if small else ':'} ", text, "Kleine letter" if small else "Normal")
        case document.Table():
            _add_table(made, block)
        case document.Tiles(rows):
            _add_tiles(made, rows)
        case document.Picture():
            _add_picture(made, block)


def _add_tiles(made: Docx, rows: Sequence[tuple[str, str, str]]) -> None:
    """Leading figures side by side; a duration and the shares of the leerroutes are longer than a number."""
    table, shares = (
        made.add_table(1, len(rows)),
        [1 if len(value) < LONG else max(1.4, len(value) / LONG) for _, value, _ in rows],
    )
    table.autofit = False
    for cell, column, share, (label, value, note) in zip(table.rows[0].cells, table.columns, shares, rows, strict=True):
        cell.width = column.width = int(TEXT_WIDTH * share / sum(shares))
        cell.paragraphs[0].style = "Cijfer"
        cell.paragraphs[0].add_run(value)
        cell.add_paragraph(label)
        cell.add_paragraph(note, "Kleine letter")


def _add_picture(made: Docx, block: document.Picture) -> None:
    """A chart with the figures of its theme beside it, each with its name on one line; on the page of its sentence."""
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    table = made.add_table(1, 2)
    table.autofit = False
    left, right = table.rows[0].cells
    widths = (PICTURE_WIDTH + Cm(0.8), TEXT_WIDTH - PICTURE_WIDTH - Cm(0.8))
    for cell, column, width in zip((left, right), table.columns, widths, strict=True):
        cell.width = column.width = width
    left.paragraphs[0].style = "Caption"
    left.paragraphs[0].add_run(block.title)
    shape = left.add_paragraph().add_run().add_picture(io.BytesIO(charts.png(block.chart)), width=PICTURE_WIDTH)
    shape._inline.docPr.set("title", block.title)
    shape._inline.docPr.set("descr", block.alt)
    for label, value, note in block.beside.rows:
        # A cell begins with a paragraph.
        paragraph = right.add_paragraph() if right.paragraphs[-1].text else right.paragraphs[0]
        paragraph.style = "Cijfer"
        paragraph.add_run(value)
        name = paragraph.add_run(f"  {label}")
        name.bold, name.font.size = False, Pt(STYLES["Normal"][0])
        right.add_paragraph(note, "Kleine letter")


def _fact(made: Docx, label: str, text: str, style: str) -> None:
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(label).bold = True
    paragraph.add_run(text)


def _add_table(made: Docx, block: document.Table) -> None:
    """A table; its headings come again on every page, and a row stays on one page."""
    made.add_paragraph(block.title, "Caption")
    texts, last = [block.headings, *block.rows], len(block.rows)
    table = made.add_table(len(texts), len(block.headings), TABLE)
    table.autofit = False
    for number, row in enumerate(table.rows):
        for mark in ("cantSplit", "tblHeader")[: 1 if number else 2]:
            row._tr.get_or_add_trPr().append(_xml(mark))
        for place, cell in enumerate(row.cells):
            cell.width = table.columns[place].width = int(TEXT_WIDTH * block.widths[place] / sum(block.widths))
            paragraph = cell.paragraphs[0]
            paragraph.style, paragraph.paragraph_format.keep_with_next = "Tabeltekst", number < last
            run = paragraph.add_run(texts[number][place])
            run.bold = number == 0 or (block.total and number == last)
            if number == 0:
                cell._tc.get_or_add_tcPr().append(_xml("shd", 'w:val="clear" w:fill="F0F2F5"'))
                run.font.size = Pt(7.5) if len(block.widths) > MANY_COLUMNS else None
            if place in block.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Two tables in a row would become one.
    gap = made.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(4)


def _without_clock(made: Docx) -> bytes:
    """The file with one fixed moment for all its parts, so that it does not depend on when it is made."""
    written, fixed = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
