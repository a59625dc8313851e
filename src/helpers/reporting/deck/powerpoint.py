"""A deck as PowerPoint, to be edited: titles and lists in placeholders, tables and charts of the
program's own, alt texts, speaker's notes, its language."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from helpers.drawing import palette
from helpers.reporting.deck import powerpoint_design as design
from helpers.reporting.deck.powerpoint_design import LANGUAGE, Box
from helpers.reporting.deck.slide import Bars, Deck, Picture, Point, Slide, Table
from helpers.words import messages
from helpers.words.escaping import without_controls
from helpers.words.files import spreadsheets, writing

ROW, ROW_MOST = Pt(38), Pt(60)  # of a table: least, and where it may grow to
LARGE, NORMAL = 24, 20  # points: of few letters, of many
LONG = 40  # letters of a title that has one line
FEW = 330  # letters of a list that may be larger


def _named(shape: Any, name: str, alt: str = "") -> Any:
    """The shape with a name for whoever edits, and what a screen reader says of it."""
    shape.name = name
    if alt:
        shape._element.xpath(".//p:cNvPr")[0].set("descr", without_controls(alt))
    return shape


def _workbook(labels: list[str], bars: Bars) -> bytes:
    """The sheet that opens when somebody edits the chart's figures, as python-pptx lays it out; its
    own writer would take a label that begins with = for a formula."""
    import openpyxl  # 0.3 s

    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row, label in enumerate(labels, 2):
        spreadsheets.put(book.active.cell(row, 1), without_controls(label))
    for column, series in enumerate(bars.series, 2):
        spreadsheets.put(book.active.cell(1, column), without_controls(series.name))
        for row, value in enumerate(series.values, 2):
            spreadsheets.put(book.active.cell(row, column), value)
    part = io.BytesIO()  # of the presentation; no file
    book.save(part)
    return part.getvalue()


class _Writer:
    def __init__(self, deck: Deck) -> None:
        self.deck, self.language = deck, deck.language
        self.made = design.presentation()
        self._properties()

    def _properties(self) -> None:
        about = self.made.core_properties
        about.title, about.subject = without_controls(self.deck.title), self._text("subject")
        about.author, about.last_modified_by, about.comments = "Datakollen", "Datakollen", ""
        about.language, about.keywords = LANGUAGE[self.language], ""
        about.created = about.modified = dt.datetime.fromisoformat(self.deck.date)
        about.revision = 1

    def _text(self, key: str) -> str:
        return messages.text(f"deck.{key}", self.language)

    def slide(self, slide: Slide, number: int) -> None:
        layout = design.FIRST if number == 1 else design.LIST if slide.points else design.TITLE
        page = self.made.slides.add_slide(self.made.slide_layouts[layout])
        page.shapes.title.text_frame.text = without_controls(slide.title)
        if number == 1:
            self._first(page, slide)
        else:
            self._content(page, slide)
            design.number_of(page, without_controls(self.deck.about), narrow=bool(slide.picture))
        notes = "\n".join(without_controls(note) for note in slide.notes if note)
        page.notes_slide.notes_text_frame.text = notes
        design.in_language(page, self.language)

    def _first(self, page: Any, slide: Slide) -> None:
        """The title slide: what stands below the title is one placeholder."""
        frame = page.placeholders[1].text_frame
        said = [slide.lead, *(point.text for point in slide.points), slide.small]
        for i, words in enumerate(filter(None, said)):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            paragraph.text = without_controls(words)
            paragraph.font.size = Pt(28 if i == 0 else 20)
            paragraph.space_after = Pt(14)

    def _content(self, page: Any, slide: Slide) -> None:
        room = design.beside(design.BODY) if slide.picture else design.BODY
        if slide.picture:
            design.place(page.shapes.title, design.beside(design.HEAD))
        if slide.picture or len(slide.title) > LONG:
            page.shapes.title.text_frame.paragraphs[0].font.size = Pt(26)
        if slide.lead:
            lines = 1 + len(slide.lead) // (34 if slide.picture else 78)
            height = Pt(12 + 27 * lines)
            self._box(page, slide.lead, room.top_part(height), "lead", 22)
            room = room.below(height)
        if slide.small:
            self._box(page, slide.small, room.bottom_part(Pt(32)), "small", 18, soft=True)
            room = room.above(Pt(36))
        if slide.points:
            self._points(page.placeholders[1], slide, room)
        if slide.table:
            self._table(page, slide.table, room)
        if slide.bars:
            self._chart(page, slide.bars, room)
        if slide.picture:
            self._picture(page, slide.picture, room)

    def _box(
        self, page: Any, words: str, box: Box, name: str, size: int, *, soft: bool = False
    ) -> None:
        shape = _named(page.shapes.add_textbox(*box), name)
        frame = shape.text_frame
        frame.word_wrap, frame.margin_left = True, 0
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if soft else MSO_ANCHOR.TOP
        frame.text = without_controls(words)
        frame.paragraphs[0].font.size = Pt(size)
        if soft:
            frame.paragraphs[0].font.color.theme_color = MSO_THEME_COLOR.TEXT_2

    def _points(self, holder: Any, slide: Slide, room: Box) -> None:
        design.place(holder, room)
        letters = sum(len(point.label) + len(point.text) for point in slide.points)
        size = LARGE if letters <= FEW else NORMAL
        frame = holder.text_frame
        for i, point in enumerate(slide.points):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            self._point(paragraph, point, size, broken=len(slide.points) <= 4)
            if slide.numbered:
                design.numbered(paragraph)

    def _point(self, paragraph: Any, point: Point, size: int, *, broken: bool) -> None:
        """A label in bold, its text below it or beside it."""
        if point.label:
            label = paragraph.add_run()
            label.text, label.font.bold = without_controls(point.label), True
            if broken:
                paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = without_controls(point.text if broken or not point.label else f" {point.text}")
        paragraph.font.size, paragraph.space_after = Pt(size), Pt(12)

    def _table(self, page: Any, table: Table, room: Box) -> None:
        count = len(table.rows) + 1
        height = min(Emu(ROW_MOST * count), room.height)
        frame = page.shapes.add_table(
            count, len(table.head), room.left, room.top, room.width, height
        )
        _named(frame, table.name, table.name)
        grid = frame.table
        design.plain_table(grid)
        for column, width in zip(grid.columns, table.widths, strict=True):
            column.width = Emu(int(room.width * width / sum(table.widths)))
        for row, cells in zip(grid.rows, [table.head, *table.rows], strict=True):
            row.height = ROW
            for i, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
                cell.text = without_controls(words)
                paragraph = cell.text_frame.paragraphs[0]
                paragraph.font.size, cell.margin_left = Pt(18), Pt(6)
                paragraph.font.bold = cells is table.head or i == 0
                if i in table.numeric:
                    paragraph.alignment = PP_ALIGN.RIGHT

    def _chart(self, page: Any, bars: Bars, room: Box) -> None:
        data = CategoryChartData()
        several = len(bars.series) > 1  # a stacked bar has no place beyond its end for its figure
        said = zip(bars.labels, bars.figures, strict=True)
        labels = [f"{label}: {figure}" for label, figure in said] if several else bars.labels
        data.categories = [without_controls(label) for label in labels]
        for series in bars.series:
            data.add_series(without_controls(series.name), series.values)
        height = min(room.height, Pt(40 + 62 * len(bars.labels)))
        form = XL_CHART_TYPE.BAR_STACKED if several else XL_CHART_TYPE.BAR_CLUSTERED
        frame = page.shapes.add_chart(form, room.left, room.top, room.width, height, data)
        chart = _named(frame, bars.name, bars.alt).chart
        chart.part.chart_workbook.update_from_xlsx_blob(_workbook(labels, bars))
        chart.has_title, chart.has_legend = False, several
        chart.font.size = Pt(18)
        if several:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, bars.whole * 1.12
        chart.category_axis.reverse_order = True
        chart.category_axis.format.line.fill.background()
        plot = chart.plots[0]
        plot.gap_width, plot.overlap = 55, 100 if several else 0
        for series, told in zip(plot.series, bars.series, strict=True):
            series.format.fill.solid()
            accent = MSO_THEME_COLOR.ACCENT_2 if told.faint else MSO_THEME_COLOR.ACCENT_1
            series.format.fill.fore_color.theme_color = accent
        if not several:
            self._figures(next(iter(plot.series)), bars)

    def _figures(self, series: Any, bars: Bars) -> None:
        """Each bar's figure as it is read, at its end."""
        for i, figure in enumerate(bars.figures):
            label = series.points[i].data_label
            frame = label.text_frame
            frame.text = without_controls(figure)
            frame.paragraphs[0].font.size, frame.paragraphs[0].font.bold = Pt(18), True
            label.position = XL_LABEL_POSITION.OUTSIDE_END

    def _picture(self, page: Any, picture: Picture, room: Box) -> None:
        shape = page.shapes.add_picture(io.BytesIO(picture.png), *design.PICTURE)
        design.cropped(shape, picture.width, picture.height)
        _named(shape, self._text("notebook.map"), picture.alt)
        lines = [*(mark.text for mark in picture.legend), picture.credit]
        box = page.shapes.add_textbox(*room)
        frame = _named(box, "legend").text_frame
        frame.word_wrap, frame.margin_left = True, 0
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        for i, words in enumerate(filter(None, lines)):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            if i < len(picture.legend):
                sign = paragraph.add_run()
                sign.text = f"{design.SIGNS.get(picture.legend[i].shape, '●')} "
                colour = palette.COLOURS[picture.legend[i].colour][0]
                sign.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
            paragraph.add_run().text = without_controls(words)
            paragraph.font.size, paragraph.space_after = Pt(18), Pt(6)


def write(deck: Deck, file: Path) -> None:
    """Write ``deck`` to ``file``."""
    writer = _Writer(deck)
    for number, slide in enumerate(deck.slides, 1):
        writer.slide(slide, number)
    with writing.aside(file) as part:
        writer.made.save(str(part))
