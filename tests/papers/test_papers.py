"""The papers: what each says, that it never promises too much, and that a person can open, print
and edit it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from helpers.advising import procurement
from helpers.advising.results import Region
from helpers.reporting import documents, papers
from helpers.reporting.papers.document import Document, Facts, Heading, Items, Table, Text
from helpers.words import messages
from helpers.words.messages import LANGUAGES
from helpers.words.source_text import SourceText

Make = Callable[..., Region]
FORBIDDEN = re.compile(
    r"\b(laglig\w*|säkert att publicera|lagenlig\w*|lawful\w*|legal to publish|is safe)\b", re.I
)


def all_of(region: Region, language: str) -> list[tuple[str, str, Document]]:
    found = [("", kind, paper) for kind, paper in papers.of_region(region, language)]
    return found + [
        (one.entry.id, kind, paper)
        for one in region.candidates
        for kind, paper in papers.of_candidate(one, region, language)
    ]


def said(paper: Document) -> str:
    """All its words."""
    parts = [paper.title, paper.kind, paper.footer]
    for block in paper.blocks:
        if isinstance(block, Heading | Text):
            parts += [getattr(block, "label", ""), block.text]
        elif isinstance(block, Items):
            parts += [word for item in block.items for word in item]
        elif isinstance(block, Table):
            parts += [*block.head, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Facts):
            parts += [word for pair in block.pairs for word in pair]
    return "\n".join(parts)


def paper(region: Region, id: str, kind: str, language: str = "sv") -> Document:
    return next(one for name, found, one in all_of(region, language) if (name, found) == (id, kind))


def test_nothing_is_put_before_a_board_that_is_an_idea_stopped_or_elsewhere(make: Make):
    having = {name for name, kind, _ in all_of(make(), "sv") if kind == "memorandum"}
    assert having == {"konst", "bad", "vard"}
    assert {kind for name, kind, _ in all_of(make(), "sv") if name == "ide"} == {
        "steps",
        "roles",
        "procurement",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_promises_or_shows_a_hole(make: Make, language: str):
    for name, kind, one in all_of(make(), language):
        words = said(one)
        assert not FORBIDDEN.search(words), (name, kind, FORBIDDEN.search(words))
        assert "{" not in words and "None" not in words, (name, kind)
        assert one.footer and messages.text("reporting.synthetic", language) in words, (name, kind)
        assert all(
            len(table.widths) == len(table.head)
            and all(len(row) == len(table.head) for row in table.rows)
            for table in one.blocks
            if isinstance(table, Table)
        ), (name, kind)


def test_the_management_reads_first_stopped_and_elsewhere(make: Make):
    words = said(paper(make(), "", "management"))
    assert (
        words.startswith("Publicera det här först\n")
        and "Offentlig konst. Karlshamns kommun." in words
    )
    assert "Att stoppa är rätt" in words and "enskild firma" in words
    assert (
        "Länka dit i stället för att publicera igen" in words
        and "Utse informationsägare för" in words
    )
    rows = next(
        one.rows for one in paper(make(), "", "management").blocks if isinstance(one, Table)
    )
    assert len(rows) == 3 and not any(
        "Tidtabeller" in row[1] or "Lekplatser" in row[1] for row in rows
    )


def test_the_management_of_ideas_alone_says_what_comes_first(make: Make):
    region = make()
    ideas = replace(
        region, candidates=[one for one in region.candidates if not one.entry.source], why=[]
    )
    words = said(paper(ideas, "", "management"))
    assert "Inget kan publiceras först ännu" in words and "inventeringen" in words


def test_the_memorandum_has_decision_duty_benefit_cost_and_sources(make: Make):
    words = said(paper(make(), "konst", "memorandum"))
    for part in (
        "Förslag till beslut",
        "Kulturnämnden beslutar att",
        "CC0-1.0",
        "2022:818",
        "Den kräver inte att allt publiceras",
        "informationsplikt",
        "läst i november 2026",
        "Det senaste året kom 7",
        "Diarienummer",
        "inte uppmätt",
    ):
        assert part in words, part
    own = said(paper(make(), "bad", "memorandum"))
    assert (
        "informationsplikten inte uppfylld" in own
        and "________" in own
        and "förslagsvis fritidschefen" in own
    )


def test_the_checklist_has_every_step_in_order_with_who(make: Make):
    for name, kind, one in all_of(make(), "sv"):
        tables = [block for block in one.blocks if isinstance(block, Table)]
        if kind == "steps" and tables:
            assert all(row[1] and row[2] and not row[3] for row in tables[0].rows), name
    table = next(
        block for block in paper(make(), "ide", "steps").blocks if isinstance(block, Table)
    )
    steps = [row[1] for row in table.rows]
    assert steps[0].startswith("Ta fram en första fil")
    (address,) = [step for step in steps if "egen adress" in step]
    assert "dataportal.se har bara beskrivningen" in address
    assert steps.index(address) > next(i for i, step in enumerate(steps) if "beslut" in step)
    assert "Redan klart:" in said(paper(make(), "konst", "steps"))


def test_the_demands_follow_the_lock_in(make: Make):
    region = make()
    locked = next(one for one in region.candidates if one.entry.id == "fakturor0")
    given = procurement.demands(locked)
    assert [one.id for one in procurement.standing()] == [
        "ownership",
        "export",
        "format",
        "documentation",
        "personal_data",
        "exit",
        "no_fee",
    ]
    assert [(one.id, [shown.id for shown in evidence]) for one, evidence in given] == [
        ("supplier_owns", ["supplier_owns_data_yes"]),
        ("no_export", ["export_no"]),
    ]
    words = said(paper(region, "fakturor0", "procurement"))
    assert (
        "upphandlaren att granska" in words
        and "Krav som följer av inlåsningen" in words
        and "inte avtalstext" in words
    )


def test_roles_are_usual_for_the_type_and_blank_where_nobody_is_named(make: Make):
    rows = next(one.rows for one in paper(make(), "vard", "roles").blocks if isinstance(one, Table))
    assert rows[0][1] == "Hälso- och sjukvårdsdirektören" and all(row[-1] == "" for row in rows)
    named = next(
        one.rows for one in paper(make(), "konst", "roles").blocks if isinstance(one, Table)
    )
    assert named[0][-1] == "Kulturchef, kultur@exempel.example"


@pytest.fixture(scope="module", params=["sv", pytest.param("en", marks=pytest.mark.slow)])
def written(
    request: pytest.FixtureRequest, make: Make, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp(request.param)
    for longer in (0, 400):
        region = make(longer, stops=1 if not longer else 7)
        for name, kind, one in all_of(region, request.param):
            if not longer or not name:
                for suffix in ("html", "docx"):
                    documents.write(one, folder / f"{kind}-{name or longer}.{suffix}")
    return folder, request.param


def test_a_word_file_has_styles_header_rows_language_and_page_numbers(written: tuple[Path, str]):
    folder, language = written
    for file in sorted(folder.glob("*.docx")):
        made = docx.Document(str(file))
        styles = [one.style.name for one in made.paragraphs]
        assert styles.count("Title") == 1, file.name
        assert "Heading 1" in styles or file.name.startswith(("steps", "roles")), file.name
        assert (
            made.core_properties.language == {"sv": "sv-SE", "en": "en-GB"}[language]
            and made.core_properties.title
        )
        assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {
            made.core_properties.language
        }
        page = made.sections[0]
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert "PAGE" in page.footer._element.xml and "NUMPAGES" in page.footer._element.xml
        for table in made.tables:
            if table.rows[0].cells[0].paragraphs[0].runs[0].bold and len(table.columns) > 2:
                assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None, file.name


def test_same_paper_same_bytes_inside(make: Make, tmp_path: Path):
    bodies = []
    for name in ("a", "b"):
        documents.write(paper(make(), "konst", "memorandum"), tmp_path / f"{name}.docx")
        with zipfile.ZipFile(tmp_path / f"{name}.docx") as packed:
            bodies.append({part: packed.read(part) for part in packed.namelist()})
    assert bodies[0] == bodies[1]


@pytest.mark.slow
def test_libreoffice_opens_every_paper_and_the_management_is_one_page(
    written: tuple[Path, str], office: Any
):
    files = sorted(written[0].glob("*.docx"))
    for file, pdf in zip(files, office(files, "pdf"), strict=True):
        pages = PdfReader(pdf).pages
        assert 210 - 2 < float(pages[0].mediabox.width) * 25.4 / 72 < 210 + 2, file.name
        if file.name.startswith("management"):
            assert len(pages) == 1, f"{file.name} in {written[1]}: {len(pages)} pages"
        assert len(pages) <= 4, file.name


@pytest.mark.browser
def test_a_browser_prints_the_management_on_one_page(
    written: tuple[Path, str], printed: Callable[[Path], Path]
):
    for longer in (0, 400):
        assert len(PdfReader(printed(written[0] / f"management-{longer}.html")).pages) == 1, longer


MEMORY = re.compile(r"ur minnet|från minnet|from memory", re.I)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_rests_on_memory_or_argues_with_other_data(make: Make, language: str):
    invoices = re.compile("leverantör|supplier invoice|6[\u00a0 ,]000", re.I)
    for name, kind, one in all_of(make(), language):
        words = said(one)
        assert not MEMORY.search(words), (name, kind)
        if kind == "memorandum" and not name.startswith("fakturor"):
            without_law = words.replace("leverantörers affärsförhållanden", "").replace(
                "suppliers' business conditions", ""
            )
            assert not invoices.search(without_law), (name, invoices.search(without_law))


def test_a_decision_is_no_step_before_itself(make: Make):
    for name, kind, one in all_of(make(), "sv"):
        if kind != "memorandum":
            continue
        tables = {block.name: block for block in one.blocks if isinstance(block, Table)}
        steps = [row[1] for table in tables.values() for row in table.rows if len(row) == 3]
        assert not any("beslut om publicering" in step for step in steps), name
        assert not any("Utse en informationsägare" in step for step in steps), name
        assert not any("dataportal.se" in step or "egen adress" in step for step in steps), name
        before = tables.get("Det här ska vara klart före beslutet")
        law = [step for step in steps if "rättsliga frågor" in step]
        assert not law or (before and law[0] in [row[1] for row in before.rows]), name
        points = said(one).split("beslutar att")[1].split("Ärendet i korthet")[0]
        after = "Det här ska vara klart före publiceringen" in tables
        assert ("stegen före publiceringen är klara" in points) is after, name


def test_nobody_is_asked_to_stand_behind_the_name_of_a_file(make: Make):
    region = make()
    for i, one in enumerate(region.candidates):
        if one.entry.source is not None:
            title = SourceText(PurePath(one.entry.source.path).stem)
            entry = one.entry.model_copy(update={"title": title})
            region.candidates[i] = replace(one, entry=entry)
    words = said(paper(region, "", "management"))
    assert "Ställ er bakom" not in words and "Bestäm vad datamängderna ska heta" in words
    assert "Offentlig konst (filen x)" in words
    memorandum = said(paper(region, "bad", "memorandum"))
    assert memorandum.startswith("Publicering av ”Platsinformation (filen b)” som öppna data")


def test_there_is_one_checklist_and_the_law_is_in_it(make: Make):
    region = make()
    lists = [name for name, _, one in all_of(region, "sv") if "Checklista" in one.kind]
    assert len(lists) == len(set(lists)) == len(region.candidates)
    for one in region.candidates:
        words = said(paper(region, one.entry.id, "steps"))
        linked = one.advice is not None and one.advice.code == "link"
        assert ("Rättsliga frågor" in words and "Diarienummer" in words) is not linked


def test_nothing_is_put_before_a_board_that_cannot_be_ranked_yet(make: Make):
    region = make()
    one = next(one for one in region.candidates if one.entry.id == "bad")
    assert one.ranked and "memorandum" in papers.kinds(one)
    without = replace(one, ranked=replace(one.ranked, rank=None))
    assert "memorandum" not in papers.kinds(without) and "steps" in papers.kinds(without)
