"""The deck as PowerPoint: titles in their placeholders, tables and charts that can be edited, notes,
alt texts, its language; and whatever stands in the data stands there as a text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from tests.deck import made
from tests.sampling import every

from helpers.reporting.deck import powerpoint
from helpers.reporting.deck.slide import Deck, Mark, Picture, Slide

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6364f8cf50"
    "0f00038601805a34d5da0000000049454e44ae426082"
)


def with_map(deck: Deck, said: str = "Kartan visar 60 platser.") -> Deck:
    picture = Picture(PNG, said, 1, 1, "Land: OpenStreetMap", [Mark(said, "a", "square")])
    slide = Slide("map", "På kartan", lead="60 platser.", picture=picture, notes=[said])
    return Deck(deck.title, deck.language, deck.date, deck.about, [*deck.slides, slide])


def written(deck: Deck, folder: Path) -> Any:
    powerpoint.write(deck, folder / "webinar.pptx")
    return Presentation(str(folder / "webinar.pptx"))


def words(slide: Any) -> str:
    parts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.has_chart:
            parts += [str(one) for one in shape.chart.plots[0].categories]
            parts += [series.name for series in shape.chart.plots[0].series]
    return "\n".join(parts)


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.slow)])
def test_whoever_edits_finds_real_things(tmp_path: Path, language: str):
    deck = with_map(made.deck(made.sixty(), language, answers=made.answered()))
    shown = written(deck, tmp_path)
    assert len(shown.slides) == len(deck.slides)
    assert shown.slide_width / shown.slide_height == pytest.approx(16 / 9)
    about = shown.core_properties
    assert (about.title, about.author) == (deck.title, "Datakollen")
    assert about.language == {"sv": "sv-SE", "en": "en-GB"}[language]
    tables = charts = 0
    for page, slide in zip(shown.slides, deck.slides, strict=True):
        assert page.shapes.title.text_frame.text == slide.title
        assert page.notes_slide.notes_text_frame.text == "\n".join(filter(None, slide.notes))
        said = words(page)
        for text in [slide.lead, slide.small, *(point.text for point in slide.points)]:
            assert text in said
        for shape in page.shapes:
            if shape.has_table or shape.has_chart or shape.shape_type == 13:
                described = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert described, (slide.id, shape.name)
            tables += shape.has_table
            if shape.has_table:
                assert shape.table.first_row and not shape.table.horz_banding
            charts += shape.has_chart
            if shape.has_chart and slide.bars:
                values = [list(series.values) for series in shape.chart.plots[0].series]
                assert values == [series.values for series in slide.bars.series]
    assert tables == sum(bool(one.table) for one in deck.slides) >= 2
    assert charts == sum(bool(one.bars) for one in deck.slides) >= 4
    assert len(list(shown.slide_layouts)) == 3


def test_every_text_has_its_language_and_its_size_where_powerpoint_looks(tmp_path: Path):
    deck = with_map(made.deck(made.sixty(), answers=made.answered()))
    for page in written(deck, tmp_path).slides:
        for root in (page._element, page.notes_slide._element):
            runs = list(root.iter(qn("a:r")))
            assert runs and all(run.find(qn("a:rPr")).get("lang") == "sv-SE" for run in runs)
            assert not list(root.iter(qn("a:defRPr")))


@pytest.mark.parametrize("name", made.REGIONS)
def test_nothing_stands_outside_its_slide(tmp_path: Path, name: str):
    deck = made.deck(made.REGIONS[name](), answers=made.answered())
    shown = written(deck, tmp_path)
    for page in shown.slides:
        for shape in page.shapes:
            assert shape.left >= 0 and shape.top >= 0 and shape.height > 0
            assert shape.left + shape.width <= shown.slide_width
            assert shape.top + shape.height <= shown.slide_height


def hostile(payload: str, language: str = "sv") -> Deck:
    """A deck in whose every kind of text the payload stands."""
    candidates = [
        made.candidate(1, rank=1, title=payload, said=payload),
        made.candidate(2, "granska", rank=2, title=payload, said=payload),
        made.candidate(3, "stopp", title=payload, said=payload),
    ]
    of = made.region(candidates, payload)
    return with_map(made.deck(of, language, answers=made.answered(payload)), payload)


@pytest.mark.parametrize("first", every(6, range(6)))
def test_hostile_texts_are_texts(tmp_path: Path, first: int):
    for i, payload in enumerate([*made.PAYLOADS, "kontroll\x00\x0b\x1b[31m\u202e"][first::6]):
        shown = written(hostile(payload), tmp_path)
        plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", "", payload)
        said = "\n".join(words(page) for page in shown.slides)
        assert plain.split("\n")[0][:25] in said, i
        with zipfile.ZipFile(tmp_path / "webinar.pptx") as parts:
            kinds = {name.rpartition(".")[2] for name in parts.namelist()}
            assert kinds <= {"xml", "rels", "jpeg", "png", "xlsx", "bin"}
            for name in parts.namelist():
                if name.endswith(".xlsx"):
                    book = openpyxl.load_workbook(io.BytesIO(parts.read(name)))
                    cells = [cell for row in book.active.iter_rows() for cell in row]
                    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
                if name.endswith(".rels"):
                    assert b'TargetMode="External"' not in parts.read(name), name


@pytest.mark.slow
def test_an_office_opens_every_slide(office: Callable[..., list[Path]], tmp_path: Path):
    """LibreOffice makes a page of each, of hostile texts too."""
    import pypdf

    files = []
    for name, deck in (
        ("sixty", made.deck(made.sixty(), answers=made.answered())),
        ("hostile", hostile(made.PAYLOADS[0])),
    ):
        files.append(tmp_path / f"{name}.pptx")
        powerpoint.write(deck, files[-1])
    for file, pdf in zip(files, office(files, "pdf"), strict=True):
        pages = pypdf.PdfReader(pdf).pages
        assert len(pages) == len(Presentation(str(file)).slides)
        assert "publicera" in pages[0].extract_text()
