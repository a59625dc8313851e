"""The report as PDF: tagged, in its language, with title, bookmarks and page numbers; made by a
browser that is looked for where each system has it, within a bound of time, and leaves nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from tests.deck import made
from tests.deck.test_powerpoint import PNG, hostile, with_map
from tests.reporting.whole import write_report
from typer.testing import CliRunner

from helpers.reporting import printable
from helpers.reporting.deck import page as pages
from helpers.reporting.deck import shown
from helpers.running import browser, pdf
from helpers.running.commands import app
from helpers.words.errors import ComputationFailed, ConfigurationError
from helpers.words.policy import policy


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report with a hostile title, its slides and a map beside a candidate's page."""
    folder = tmp_path_factory.mktemp("pdf") / "report"
    evil = "Konst <script>window.hit=1</script> ${x}"
    candidates = [made.candidate(1, rank=1, title=evil), made.candidate(2, "stopp")]
    place = folder / "candidates" / "kandidat-1"
    place.mkdir(parents=True)
    (place / "map_places.html").write_text("<!doctype html><title>x</title>", "utf-8")
    (place / "map_places.png").write_bytes(PNG)
    write_report(made.region(candidates), folder, "sv")
    shown.write(with_map(hostile(evil)), folder)
    (folder / "run.json").write_text('{"schema": "datakollen/run/1", "language": "sv"}', "utf-8")
    return folder


def test_a_page_is_opened_and_leads_to_no_file_of_this_machine(report: Path):
    file = report / "candidates" / "kandidat-1" / "index.html"
    text = printable.printable(file.read_text("utf-8"), file.parent)
    assert "<iframe" not in text and 'src="data:image/png;base64,' in text
    assert 'href="../' not in text and 'href="rows' not in text
    assert "script-src 'none'" in text and "img-src data:" in text
    assert "<script>window.hit" not in text and "&lt;script&gt;window.hit" in text
    whole = printable.printable((report / "index.html").read_text("utf-8"), report)
    assert whole.count("<details open") == whole.count("<details") >= 1


def test_a_policy_lets_our_sheet_in_and_no_more():
    page = f"<head>{policy([], ['run()'])}</head><a href='x'>x</a>"
    text = printable.printable(page, Path())
    assert "style-src 'sha256-" in text and "'none' 'sha" not in text
    assert "script-src 'none'" in text
    other = printable.printable(f"<head>{policy(['a{}'])}</head>", Path(), ours=False)
    assert "<style>" not in other and other.count("sha256-") == 1


def checked(file: Path, title: str) -> pikepdf.Pdf:
    """What PDF/UA asks of the structure, as far as a program can tell."""
    made_of = pikepdf.open(file)
    root: Any = made_of.Root
    assert bool(root.MarkInfo.Marked) and root.StructTreeRoot.K is not None
    assert str(root.Lang).startswith("sv")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert title in str(made_of.docinfo.Title)
    with made_of.open_outline() as outline:
        assert outline.root
    for obj in made_of.objects:
        if isinstance(obj, pikepdf.Dictionary):
            assert "/JavaScript" not in str(obj.get("/S", "")) and obj.get("/S") != "/Launch"
            if obj.get("/S") == "/URI":
                assert str(obj.URI).startswith(("https:", "http:", "mailto:")), obj.URI
            if obj.get("/S") == "/Figure":
                assert obj.get("/Alt"), "a figure without words"
    return made_of


@pytest.mark.slow
@pytest.mark.browser
def test_the_files_are_tagged_and_numbered(chromium: Any, report: Path, tmp_path: Path):
    chosen = pdf.pages(report)
    assert [one.file.as_posix() for one in chosen] == [
        "rapport.pdf",
        "ledningen.pdf",
        "bilder.pdf",
        "candidates/kandidat-1.pdf",
        "candidates/kandidat-2.pdf",
    ]
    work = tmp_path / "work"
    work.mkdir()
    files = pdf.write(chosen, tmp_path / "pdf", work)
    titles = [
        "Vilken datamängd",
        "Underlag för ledningen",
        "Vilken",
        "<script>window.hit",
        "Lekplatser",
    ]
    counts = []
    for file, title in zip(files, titles, strict=True):
        counts.append(len(checked(file, title).pages))
        texts = [page.extract_text() for page in pypdf.PdfReader(file).pages]
        if file.name != "bilder.pdf":
            assert f"{counts[-1]} ({counts[-1]})" in texts[-1]
    assert counts[1] == 1
    with pikepdf.open(files[2]) as slides, slides.open_outline() as outline:
        marks = [outline.root[0].title, *(one.title for one in outline.root[0].children)]
    assert marks[0] == "Vilken datamängd ska vi publicera först?" and "Så har vi räknat" in marks
    with_evil = pypdf.PdfReader(files[3]).pages[0].extract_text()
    assert "<script>window.hit=1</script> ${x}" in " ".join(with_evil.split())
    assert not (work / "profile").exists() and not (work / "page.pdf").exists()


@pytest.mark.slow
@pytest.mark.browser
def test_payloads_stand_in_a_pdf_as_they_are(chromium: Any, tmp_path: Path):
    program, work = browser.found(), tmp_path / "work"
    work.mkdir()
    page = tmp_path / "webinar.html"
    for payload in made.PAYLOADS[::6]:
        text = printable.printable(pages.page(hostile(payload)), tmp_path, ours=False)
        page.write_text(text, "utf-8")
        made_file = tmp_path / "webinar.pdf"
        made_file.write_bytes(browser.pdf(page, work, program))
        checked(made_file, "Vilken")
        words = "".join(
            "".join(one.extract_text().split()) for one in pypdf.PdfReader(made_file).pages
        )
        assert "".join(payload.split())[:20] in words


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine without any."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DATAKOLLEN_BROWSER", raising=False)
    monkeypatch.setattr(browser, "MACOS", ())
    for name in browser.PROGRAMS:
        monkeypatch.delenv(name, raising=False)
    yield tmp_path


def test_without_a_browser_it_is_said_what_would_help(no_browser: Path, report: Path):
    with pytest.raises(ConfigurationError) as refused:
        browser.found()
    assert "Edge" in refused.value.text("sv") and "DATAKOLLEN_BROWSER" in refused.value.text("en")
    told = CliRunner().invoke(
        app, ["pdf", "--report", str(report), "--output", str(no_browser / "pdf")]
    )
    assert told.exit_code == 2 and not (no_browser / "pdf").exists()


def test_edge_is_found_where_windows_keeps_it(no_browser: Path, monkeypatch: pytest.MonkeyPatch):
    program = no_browser / "Program Files (x86)" / browser.WINDOWS[-1]
    program.parent.mkdir(parents=True)
    program.write_text("", "utf-8")
    monkeypatch.setenv("PROGRAMFILES(X86)", str(no_browser / "Program Files (x86)"))
    assert browser.found() == program


def test_a_browser_that_is_named_counts_before_others(
    no_browser: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_BROWSER", sys.executable)
    assert browser.found() == Path(sys.executable)
    monkeypatch.setenv("DATAKOLLEN_BROWSER", str(no_browser / "none"))
    with pytest.raises(ConfigurationError):
        browser.found()


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the browser")
@pytest.mark.parametrize(
    ("does", "key"), [("sleep 600", "pdf.too_slow"), ("exit 0", "pdf.not_made")]
)
def test_a_browser_that_hangs_or_makes_nothing_is_told(tmp_path: Path, does: str, key: str):
    program, work = tmp_path / "chromium", tmp_path / "work"
    work.mkdir()
    program.write_text(f"#!/bin/sh\nmkdir -p {work}/profile\n{does}\n", "utf-8")
    program.chmod(0o755)
    with pytest.raises(ComputationFailed) as failed:
        browser.pdf(tmp_path / "x.html", work, program, seconds=0.5)
    assert failed.value.key == key and not list(work.iterdir())


def test_a_folder_without_a_report_is_refused(tmp_path: Path):
    with pytest.raises(ConfigurationError) as refused:
        pdf.pages(tmp_path)
    assert "datakollen run" in refused.value.text("sv")
