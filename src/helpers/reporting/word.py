"""Write a paper as a Word file: real styles and headings, tables with header rows, its language,
A4, page numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from helpers.reporting.papers.document import Block, Document, Facts, Heading, Items, Table, Text
from helpers.words.files import writing

FONT = "Arial"
ACCENT = RGBColor(0x0B, 0x3B, 0x4D)
SOFT = RGBColor(0x4C, 0x5D, 0x67)
BAND, NOTE, LINE = "E6EEF1", "FBEFD9", "8A979E"
LANGUAGE = {"sv": "sv-SE", "en": "en-GB"}
# top, bottom, left, right in mm, by compact
MARGIN = {False: (22, 22, 24, 20), True: (15, 14, 20, 20)}
# body, title, heading and space after in points, by compact
SIZE = {False: (11, 18, 13, 4), True: (10, 17, 11.5, 2.5)}
STYLES = ("Header", "Title", "Heading 1", "Heading 2", "List Bullet", "List Number")
FACT_LABEL = 0.27  # share of the width


def _element(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _field(paragraph: Any, code: str) -> None:
    """A field that Word computes: a page number."""
    for kind, instruction in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()._r
        if kind:
            _element(run, "w:fldChar", fldCharType=kind)
        else:
            _element(run, "w:instrText").text = instruction


def _fonts(
    style: Any, size: float, *, bold: bool | None = None, colour: RGBColor | None = None
) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)
    style.font.bold = style.font.bold if bold is None else bold
    if colour is not None:
        style.font.color.rgb = colour


def _bare(made: DocxDocument) -> DocxDocument:
    """Without what python-docx's template brings and no paper uses: a picture of it, styles for
    Word 2007, what it knows of fonts and of the web, and a hundred styles of tables. It is four
    fifths of a paper's bytes."""
    unused = ("/thumbnail", "/stylesWithEffects", "/customXml", "/fontTable", "/webSettings")
    for part in (made.part.package, made.part):
        for name, link in list(part.rels.items()):
            if link.reltype.endswith(unused):
                del part.rels[name]
    styles = made.styles.element
    for style in list(styles.iter(qn("w:style"))):
        name = style.find(qn("w:name")).get(qn("w:val"))
        if style.get(qn("w:type")) == "table" and name not in ("Normal Table", "Table Grid"):
            styles.remove(style)
    return made


class _Writer:
    def __init__(self, paper: Document) -> None:
        self.paper, self.made = paper, _bare(docx.Document())
        self.body, title, heading, after = SIZE[paper.compact]
        styles = self.made.styles
        for name in ("Normal", "List Bullet", "List Number", "Header", "Footer"):
            _fonts(styles[name], self.body if name not in ("Header", "Footer") else 8.5)
            styles[name].paragraph_format.space_after = Pt(after)
        styles["Normal"].paragraph_format.line_spacing = 1.0 if paper.compact else 1.12
        for name, size in (
            ("Title", title),
            ("Heading 1", heading),
            ("Heading 2", self.body + 0.5),
        ):
            _fonts(styles[name], size, bold=True, colour=ACCENT)
            space = 0 if name == "Title" else heading * (0.6 if paper.compact else 0.95)
            styles[name].paragraph_format.space_before = Pt(space)
            styles[name].paragraph_format.space_after = Pt(after)
            styles[name].paragraph_format.keep_with_next = True
        # python-docx looks a style up among all of them, and which is the default one, each time
        self.style = {name: styles[name].style_id for name in (*STYLES, "Table Grid")}
        for border in styles["Title"].element.pPr.findall(qn("w:pBdr")):
            styles["Title"].element.pPr.remove(border)
        for lang in styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), LANGUAGE[paper.language])
        self._page()
        self._properties()

    def _page(self) -> None:
        page = self.made.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        top, bottom, left, right = MARGIN[self.paper.compact]
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = map(
            Mm, (top, bottom, left, right)
        )
        page.footer_distance = page.header_distance = Mm(8)
        self.width = 210 - left - right
        foot = page.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot.add_run(f"{self.paper.footer}  ·  ")
        _field(foot, "PAGE")
        foot.add_run(" (")
        _field(foot, "NUMPAGES")
        foot.add_run(")")

    def _properties(self) -> None:
        about = self.made.core_properties
        about.title, about.subject = self.paper.title, self.paper.kind
        about.author, about.comments, about.language = (
            "Datakollen",
            "",
            LANGUAGE[self.paper.language],
        )
        about.created = about.modified = dt.datetime.fromisoformat(self.paper.date)

    def paragraph(self, style: str, text: str = "") -> Any:
        paragraph = self.made.add_paragraph(text)
        paragraph._p.style = self.style[style]
        return paragraph

    def text(self, block: Text) -> None:
        paragraph = self.made.add_paragraph()
        if block.label:
            paragraph.add_run(f"{block.label} ").bold = True
        run = paragraph.add_run(block.text)
        if block.style == "lead":
            run.bold, run.font.size = True, Pt(self.body + 1)
        elif block.style == "soft":
            run.font.color.rgb, run.font.size = SOFT, Pt(self.body - 1)
        elif block.style == "note":
            _element(paragraph._p.get_or_add_pPr(), "w:shd", val="clear", color="auto", fill=NOTE)

    def items(self, block: Items) -> None:
        """A numbered list starts at one, whatever list stands before it."""
        number = self._restart() if block.numbered else None
        for label, text in block.items:
            paragraph = self.paragraph("List Number" if block.numbered else "List Bullet")
            if number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            if label:
                paragraph.add_run(f"{label} ").bold = True
            paragraph.add_run(text)

    def _restart(self) -> int:
        numbering = self.made.part.numbering_part.element
        list_id = self.made.styles["List Number"].element.pPr.numPr.numId.val
        abstract_id = next(
            entry for entry in numbering.num_lst if entry.numId == list_id
        ).abstractNumId.val
        restarted = numbering.add_num(abstract_id)
        restarted.add_lvlOverride(0).add_startOverride(1)
        return int(restarted.numId)

    def _table(self, rows: int, widths: list[float]) -> Any:
        table = self.made.add_table(rows=rows, cols=len(widths))
        table._tbl.tblStyle_val = self.style["Table Grid"]
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        sizes = [Mm((self.width - 2) * width / sum(widths)) for width in widths]
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = size
        # the border in line with the text
        _element(table._tbl.tblPr, "w:tblInd", w="108", type="dxa")
        borders = _element(table._tbl.tblPr, "w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _element(borders, f"w:{side}", val="single", sz="4", color=LINE)
        for row in table.rows:
            _element(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, size in zip(row.cells, sizes, strict=True):
                cell.width = size
        return table

    def _cell(self, cell: Any, text: str, *, head: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1 if self.paper.compact else 2)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(self.body - (0.5 if self.paper.compact else 1)), head or None
        if head:
            _element(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=BAND)

    def table(self, block: Table) -> None:
        table = self._table(len(block.rows) + 1, block.widths)
        _element(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        for cell, text in zip(table.rows[0].cells, block.head, strict=True):
            self._cell(cell, text, head=True)
        for row, line in zip(table.rows[1:], block.rows, strict=True):
            if not all(line):
                row.height = Mm(9 if any(line) else 16)  # room to write
            for cell, text in zip(row.cells, line, strict=True):
                self._cell(cell, text)
        self._after()

    def facts(self, block: Facts) -> None:
        table = self._table(len(block.pairs), [FACT_LABEL, 1 - FACT_LABEL])
        for row, (label, value) in zip(table.rows, block.pairs, strict=True):
            self._cell(row.cells[0], label, head=True)
            self._cell(row.cells[1], value)
        self._after()

    def _after(self) -> None:
        """A little air below a table."""
        paragraph = self.made.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(4 if self.paper.compact else 7)

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.paragraph(f"Heading {block.level - 1}", block.text)
        elif isinstance(block, Text):
            self.text(block)
        elif isinstance(block, Items):
            self.items(block)
        elif isinstance(block, Table):
            self.table(block)
        else:
            self.facts(block)


def write(paper: Document, file: Path) -> None:
    """Write ``paper`` to ``file``. Same paper, same bytes."""
    writer = _Writer(paper)
    run = writer.paragraph("Header").add_run(paper.kind)
    run.bold, run.font.color.rgb, run.font.size = True, ACCENT, Pt(10)
    writer.paragraph("Title", paper.title)
    for block, following in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        writer.block(block)
        if isinstance(block, Text) and isinstance(following, Table):
            writer.made.paragraphs[-1].paragraph_format.keep_with_next = True
    with writing.aside(file) as part:
        writer.made.save(str(part))
