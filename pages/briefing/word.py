"""A briefing as a Word document by python-docx: real headings, lists and tables, and a text for every chart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC
from itertools import groupby

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from pages.briefing import document, drawing

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# Every machine has one of these, or a letter of the same widths.
FONT = "Arial"
INK = RGBColor(0x1B, 0x24, 0x30)
PANEL = "F0F2F5"
LINES = "9AA3AF"
TEXT_WIDTH = Cm(16.6)
PICTURE_WIDTH = Cm(9.5)
# With more columns the headings are written smaller, so that no word is broken.
MANY_COLUMNS = 6
# What is said of a label in the title block begins here.
LABEL = Cm(2.5)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(briefing: document.Briefing) -> bytes:
    """The briefing as .docx; the same briefing gives the same bytes."""
    made = Document()
    _dress(made, briefing)
    _styled(made, briefing.kind, "Subtitle")
    made.add_heading(briefing.title, level=1)
    _title_block(made, briefing.facts)
    for section in briefing.sections:
        made.add_heading(section.title, level=2)
        for small, blocks in groupby(section.blocks, _is_small):
            if small:
                _in_columns(made, 2)
            for block in blocks:
                _block(made, block)
            if small:
                _in_columns(made, 1)
    return _without_clock(made)


def _is_small(block: document.Block) -> bool:
    return isinstance(block, document.Facts) and block.small


def _in_columns(made: Docx, number: int) -> None:
    """From here on the page has this many columns."""
    section = made.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(number))
    columns.set(qn("w:space"), str(int(Cm(0.7).twips)))


def _title_block(made: Docx, facts: Sequence[tuple[str, str]]) -> None:
    for label, text in facts:
        paragraph = _styled(made, "", "Kopgegevens")
        paragraph.add_run(label).bold = True
        paragraph.add_run(f"\t{text}")


def _dress(made: Docx, briefing: document.Briefing) -> None:
    """Page, letter, language, properties, and what stands on every page."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.3), Cm(1.9)
    for name, size in (("Normal", 9.5), ("Heading 1", 16), ("Heading 2", 12), ("Subtitle", 10.5), ("Caption", 9)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(place), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    for name, before, after in (
        ("Normal", 0, 4), ("Subtitle", 0, 2), ("Heading 1", 0, 6), ("Heading 2", 8, 3), ("Caption", 2, 2),
        ("List Bullet", 0, 2),
    ):  # fmt: skip
        spacing = made.styles[name].paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.05
    made.styles["Caption"].paragraph_format.keep_with_next = True
    small = made.styles.add_style("Kleine letter", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style, small.font.size = made.styles["Normal"], Pt(8)
    small.paragraph_format.space_after = Pt(2)
    facts = made.styles.add_style("Kopgegevens", WD_STYLE_TYPE.PARAGRAPH)
    facts.base_style, facts.paragraph_format.space_after = made.styles["Normal"], Pt(1)
    facts.paragraph_format.left_indent, facts.paragraph_format.first_line_indent = LABEL, -LABEL
    facts.paragraph_format.tab_stops.add_tab_stop(LABEL)
    language = OxmlElement("w:lang")
    for place in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(place), "nl-NL")
    properties = made.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)

    when = briefing.made.astimezone(UTC).replace(tzinfo=None)
    core = made.core_properties
    core.title, core.subject, core.author = f"{briefing.kind}: {briefing.title}", briefing.footer, "Gemeente Haarlem"
    core.language, core.comments, core.keywords = "nl-NL", " · ".join(briefing.marks), ""
    core.created = core.modified = when
    core.last_modified_by, core.revision = "Gemeente Haarlem", 1

    header = page.header.paragraphs[0]
    header.add_run(" · ".join(briefing.marks)).bold = True
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{briefing.footer} · bladzijde ")
    _field(footer, "PAGE")
    footer.add_run(" van ")
    _field(footer, "NUMPAGES")


def _field(paragraph: WordParagraph, instruction: str) -> None:
    """A number that Word itself fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _block(made: Docx, block: document.Block) -> None:
    if isinstance(block, document.Paragraph):
        made.add_paragraph(block.text)
    elif isinstance(block, document.Bullets):
        for item in block.items:
            _styled(made, item, "List Bullet")
    elif isinstance(block, document.Facts):
        for label, text in block.rows:
            paragraph = _styled(made, "", "Kleine letter" if block.small else "Normal")
            paragraph.add_run(f"{label}{'.' if block.small else ':'} ").bold = True
            paragraph.add_run(text)
    elif isinstance(block, document.Table):
        _styled(made, block.title, "Caption")
        _table(made, block.headings, block.rows, widths=block.widths, numbers=block.numbers, total=block.total)
    elif isinstance(block, document.Beside):
        for part in block.text:
            made.add_paragraph(part.text)
        _picture(made, block.picture)
    else:
        _picture(made, block)


def _styled(made: Docx, text: str, style: str) -> WordParagraph:
    return made.add_paragraph(text, style=style)


def _picture(made: Docx, picture: document.Picture) -> None:
    _styled(made, picture.title, "Caption")
    shape = made.add_picture(io.BytesIO(drawing.png(picture.chart)), width=PICTURE_WIDTH)
    properties = shape._inline.docPr
    properties.set("descr", picture.alt)
    properties.set("title", picture.title)


def _table(
    made: Docx,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] = (),
    numbers: Sequence[int] = (),
    total: bool = False,
) -> None:
    """A table; its headings come again on every page, and a row stays on one page."""
    columns = len(headings)
    table = made.add_table(rows=0, cols=columns)
    table.autofit = False
    _lines(table)
    shares = widths or (1,) * columns
    sizes = [int(TEXT_WIDTH * share / sum(shares)) for share in shares]
    for place, size in enumerate(sizes):
        table.columns[place].width = size
    for number, cells in enumerate([headings, *rows]):
        head = number == 0
        last = total and number == len(rows)
        row = table.add_row()
        _row_property(row, "w:cantSplit")
        if head:
            _row_property(row, "w:tblHeader")
        for place, text in enumerate(cells):
            cell = row.cells[place]
            cell.width = sizes[place]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(text)
            run.font.size = Pt(7.5) if head and columns > MANY_COLUMNS else Pt(8.5)
            run.bold = head or last
            if place in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number < len(rows):
                paragraph.paragraph_format.keep_with_next = True
            if head:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), PANEL)
                cell._tc.get_or_add_tcPr().append(shade)
    # Two tables in a row would become one.
    gap = made.add_paragraph()
    gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(4)


def _row_property(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _lines(table: WordTable) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINES)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(Cm(0.12).twips)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _without_clock(made: Docx) -> bytes:
    """The file with one fixed moment for all its parts, so that it does not depend on when it is made."""
    written, fixed = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = zipfile.ZipInfo(entry.filename, _EPOCH)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, entry.external_attr
            target.writestr(part, source.read(entry))
    return fixed.getvalue()
