"""How slides look in PowerPoint: 16:9, our colours and letters as the file's theme, so that whoever
edits may choose another, and layouts whose placeholders stand where ours do."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Length, Pt

LANGUAGE = {"sv": "sv-SE", "en": "en-GB"}
FONT = "Segoe UI"
WIDE, HIGH = Pt(960), Pt(540)
FIRST, LIST, TITLE = 0, 1, 2  # the layouts that are kept, in order
KEPT = ("Title Slide", "Title and Content", "Title Only")
DEEP, INK, SOFT, ON_DEEP = "0B3B4D", "17252D", "46565F", "FFFFFF"
# the theme's colours: text, ground, a second of each, and what bars are filled with
COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": SOFT,
    "lt2": "F7F5F0",
    "accent1": "0A5872",
    "accent2": "8FC1D3",
    "accent3": "C25400",
    "accent4": "007A5A",
    "accent5": "A3417D",
    "accent6": "7A5C00",
    "hlink": "0A5872",
    "folHlink": "4C5D67",
}
SIGNS = {
    "circle": "●",
    "square": "■",
    "triangle": "▲",
    "diamond": "◆",
    "pentagon": "⬟",
    "cross": "✚",
    "wedge": "▼",
    "hexagon": "⬢",
}


@dataclass(frozen=True)
class Box:
    """A part of a slide, in EMU; unpacks as python-pptx takes it."""

    left: Length
    top: Length
    width: Length
    height: Length

    def __iter__(self) -> Iterator[Length]:
        return iter((self.left, self.top, self.width, self.height))

    def top_part(self, height: int) -> Box:
        """So much of it at its top."""
        return Box(self.left, self.top, self.width, Emu(height))

    def bottom_part(self, height: int) -> Box:
        """So much of it at its bottom."""
        return Box(self.left, Emu(self.top + self.height - height), self.width, Emu(height))

    def below(self, height: int) -> Box:
        """What is left below so much."""
        return Box(self.left, Emu(self.top + height), self.width, Emu(self.height - height))

    def above(self, height: int) -> Box:
        """What is left above so much."""
        return Box(self.left, self.top, self.width, Emu(self.height - height))


HEAD = Box(Pt(54), Pt(30), Pt(852), Pt(64))
BODY = Box(Pt(54), Pt(100), Pt(852), Pt(394))
PICTURE = Box(Pt(442), Emu(0), Pt(518), HIGH)
FOOT = Box(Pt(54), Pt(504), Pt(700), Pt(26))
NUMBER = Box(Pt(836), Pt(504), Pt(70), Pt(26))
FOOT_BESIDE = Box(Pt(54), Pt(504), Pt(330), Pt(26))
NUMBER_BESIDE = Box(Pt(384), Pt(504), Pt(40), Pt(26))
OPENING = Box(Pt(72), Pt(120), Pt(800), Pt(150))
OPENING_BELOW = Box(Pt(72), Pt(284), Pt(800), Pt(180))


def beside(box: Box) -> Box:
    """What is left of a part where a picture stands at the right."""
    higher = Emu(box.height + Pt(40)) if box is HEAD else Emu(box.height - Pt(40))
    top = box.top if box is HEAD else Emu(box.top + Pt(40))
    return Box(box.left, top, Pt(364), higher)


def place(shape: Any, box: Box) -> None:
    """Put a shape there."""
    shape.left, shape.top, shape.width, shape.height = box


def presentation() -> Any:
    """An empty presentation in our design."""
    made = Presentation()
    made.slide_width, made.slide_height = WIDE, HIGH
    for layout in [one for one in made.slide_layouts if one.name not in KEPT]:
        made.slide_layouts.remove(layout)
    _theme(made.slide_master)
    _master(made.slide_master)
    for layout in made.slide_layouts:
        _layout(layout)
    return made


def _theme(master: Any) -> None:
    """Our colours and letters in the file's theme."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in COLOURS.items():
        filled = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", filled, theme, flags=re.S)
    for fonts in ("majorFont", "minorFont"):
        theme = re.sub(
            rf'(<a:{fonts}>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", theme, flags=re.S
        )
    part._blob = theme.encode("utf-8")


def _master(master: Any) -> None:
    master.background.fill.solid()
    master.background.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    for holder in master.placeholders:
        kind = holder.placeholder_format.type
        name = str(kind)
        if name.startswith("TITLE"):
            place(holder, HEAD)
        elif name.startswith("BODY"):
            place(holder, BODY)
        elif name.startswith("SLIDE_NUMBER"):
            place(holder, NUMBER)
        elif name.startswith("FOOTER"):
            place(holder, FOOT)
    styles = master._element.find(qn("p:txStyles"))
    _style(styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}"), 34, bold=True)
    body = styles.find(f"{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    _style(body, 22)


def _style(level: Any, size: int, *, bold: bool = False) -> None:
    """A level of the master's text: to the left, of this size in points."""
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    run.set("sz", str(size * 100))
    if bold:
        run.set("b", "1")


def _layout(layout: Any) -> None:
    """Title and list where ours stand; the date is gone, as the footer has it."""
    first = layout.name == KEPT[FIRST]
    if first:
        layout.background.fill.solid()
        layout.background.fill.fore_color.rgb = RGBColor.from_string(DEEP)
    for holder in list(layout.placeholders):
        number, name = holder.placeholder_format.idx, str(holder.placeholder_format.type)
        if name.startswith("DATE") or (first and number > 1):
            holder._element.getparent().remove(holder._element)
        elif name.startswith("FOOTER"):
            place(holder, FOOT)
        elif name.startswith("SLIDE_NUMBER"):
            place(holder, NUMBER)
        elif number == 0:
            place(holder, OPENING if first else HEAD)
            holder.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.TOP
        elif number == 1:
            place(holder, OPENING_BELOW if first else BODY)
        if number <= 1:
            holder.text_frame.margin_left = 0
        if first and number <= 1:
            _on_deep(holder, 48 if number == 0 else 24)


def _on_deep(holder: Any, size: int) -> None:
    """White letters to the left, for the title slide's dark ground."""
    styles = holder._element.txBody.find(qn("a:lstStyle"))
    for child in list(styles):
        styles.remove(child)
    level = etree.SubElement(styles, qn("a:lvl1pPr"), marL="0", indent="0", algn="l")
    etree.SubElement(level, qn("a:buNone"))
    run = etree.SubElement(level, qn("a:defRPr"), sz=str(size * 100))
    fill = etree.SubElement(run, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=ON_DEEP)


def number_of(page: Any, about: str, *, narrow: bool = False) -> None:
    """The layout's footer and slide number on the slide, as PowerPoint puts them there; ``narrow``:
    left of a picture."""
    for holder in page.slide_layout.placeholders:
        name = str(holder.placeholder_format.type)
        if not name.startswith(("FOOTER", "SLIDE_NUMBER")):
            continue
        element = copy.deepcopy(holder._element)
        page.shapes._spTree.append(element)
        shape = page.shapes[-1]
        is_footer = name.startswith("FOOTER")
        if is_footer:
            shape.text_frame.text = about
            shape.text_frame.margin_left = 0
        if narrow:
            place(shape, FOOT_BESIDE if is_footer else NUMBER_BESIDE)
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT if is_footer else PP_ALIGN.RIGHT
            paragraph.font.size = Pt(12)
            paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def numbered(paragraph: Any) -> None:
    """1., 2., 3. before a paragraph of a list."""
    properties = paragraph._p.get_or_add_pPr()
    for tag in ("a:buNone", "a:buChar", "a:buAutoNum"):
        for element in properties.findall(qn(tag)):
            properties.remove(element)
    number = etree.Element(qn("a:buAutoNum"), type="arabicPeriod")
    before = [child for child in properties if child.tag in (qn("a:defRPr"), qn("a:extLst"))]
    if before:
        before[0].addprevious(number)
    else:
        properties.append(number)


def plain_table(table: Any) -> None:
    """A header row, lines between rows and no bands: PowerPoint's "Light Style 1 - Accent 1"."""
    properties = table._tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = "{3C2FFA5D-87B4-456A-9821-1D502468CF0F}"


def cropped(shape: Any, width: int, height: int) -> None:
    """Cut a picture of so many pixels so that it fills its place without being stretched."""
    wanted, has = shape.width / shape.height, width / height
    if has > wanted:
        shape.crop_left = shape.crop_right = (1 - wanted / has) / 2
    else:
        shape.crop_top = shape.crop_bottom = (1 - has / wanted) / 2


def in_language(page: Any, language: str) -> None:
    """Each text of the slide and its notes is in this language, for spelling and for speech."""
    for root in (page._element, page.notes_slide._element):
        for paragraph in root.iter(qn("a:p")):
            _settled(paragraph)
        for run in root.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
            _properties(run).set("lang", LANGUAGE[language])
        for end in root.iter(qn("a:endParaRPr")):
            end.set("lang", LANGUAGE[language])


def _properties(run: Any) -> Any:
    properties = run.find(qn("a:rPr"))
    if properties is None:
        properties = etree.Element(qn("a:rPr"))
        run.insert(0, properties)
    return properties


def _settled(paragraph: Any) -> None:
    """What python-pptx sets for a paragraph stands on its runs: PowerPoint looks nowhere else."""
    default = paragraph.find(f"{qn('a:pPr')}/{qn('a:defRPr')}")
    if default is None:
        return
    for run in paragraph.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
        properties = _properties(run)
        for name, value in default.attrib.items():
            if name not in properties.attrib:
                properties.set(name, value)
        if not len(properties):
            properties.extend(copy.deepcopy(child) for child in default)
    default.getparent().remove(default)
