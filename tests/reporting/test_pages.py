"""The report's pages say what is first, stopped and an idea, escape all values, and ask the network
for nothing."""

import csv
import datetime as dt
import errno
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.reporting.whole import write_report

from helpers import reporting
from helpers.advising.results import Candidate, Region
from helpers.checking import changes
from helpers.checking.findings import Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.reporting import pages
from helpers.reporting.environment import environment
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.scoring import reasons
from helpers.scoring.scorecards import NoPlace, Ranked, Scorecard, ScoredCriterion, WhatIf
from helpers.screening.marks import Gate, Reason
from helpers.words import messages

NIGHT = "2026-11-23T15:00:00+01:00"
SCRIPT = environment("sv").globals["sheet"]("site.js")
EVIL = "Konst <script>alert(1)</script> ${x}"
BOTH = {"sv": "Orsak: den finns", "en": "Cause: it is there"}


def candidate(
    name: str, rank: int | None = None, verdict: str = "fri", source: str | None = "x.csv"
) -> Candidate:
    entry = Entry(
        id=name,
        title=EVIL,
        type="annan",
        organisation="karlshamn",
        source={"path": source} if source else None,
    )
    gate = Gate(verdict, verdict, [Reason("x", verdict, BOTH, BOTH)] if verdict != "fri" else [])
    criteria = [ScoredCriterion("value_internal", "value", 1.0, 2, 4, "unknown", BOTH)]
    finding = Finding(
        "r1", "critical", "validity", "failed", EVIL, 10, 2, [2, 3], 2, BOTH, BOTH, BOTH
    )
    fix = RowToFix(2, "=cmd()", EVIL, "+46", "critical", "r1", BOTH, BOTH)
    moves = [
        WhatIf(["r1"], {"sv": f"Rätta 2 rader {EVIL}", "en": f"Correct 2 rows {EVIL}"}, 2, 2, 1)
    ]
    return Candidate(
        entry=entry,
        gate=gate,
        ranked=Ranked(name, rank, what_if=moves),
        rows_to_fix=[fix] if source else [],
        scorecard=Scorecard(name, verdict, "idea", criteria, 40.0, 70.0),
        findings=[finding],
    )


@pytest.fixture(params=["sv", pytest.param("en", marks=pytest.mark.slow)])
def written(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, str]:
    candidates = [candidate("a", 1), candidate("b", None, "stopp"), candidate("c", 2, source=None)]
    region = Region(
        {"sv": "Blekinge", "en": "Blekinge"},
        candidates,
        NIGHT,
        synthetic=True,
        why=[BOTH],
    )
    write_report(region, tmp_path, request.param)
    return tmp_path, request.param


def test_pages_are_whole_escaped_and_offline(written: tuple[Path, str]):
    folder, language = written
    pages = [page.read_text("utf-8") for page in folder.rglob("*.html")]
    assert (folder / "index.html").is_file()
    for place in (folder / "candidates").iterdir():
        assert (place / "index.html").is_file()
        (checklist,) = (folder / "papers" / place.name).glob("checklist*.html")  # one, not two
        assert f"{place.name}/{checklist.name}" in (place / "index.html").read_text("utf-8")
    for page in pages:
        assert f'<html lang="{language}">' in page
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.S)
        assert set(scripts) <= {SCRIPT} and "<script" not in page.replace(SCRIPT, "").replace(
            "<script></script>", ""
        )
        assert not re.search(
            r"""(=["']?|url\(|import ["']?)\s*(https?:)?//""", page
        )  # an address is named, never fetched
    index = (folder / "index.html").read_text("utf-8")
    assert BOTH[language] in index and messages.text("reporting.first.publish", language) in index
    assert messages.date(dt.date(2026, 11, 23), language) in index


@pytest.mark.parametrize(
    "file",
    sorted((Path(pages.__file__).parent / "templates").glob("*.html")),
    ids=lambda file: file.name,
)
def test_no_figure_is_without_a_text_in_its_place(file: Path):
    """A picture has a name for those who do not see it, or says that it is there for the eye
    alone."""
    for figure in re.findall(r"<(?:svg|img|iframe)\b[^>]*>", file.read_text("utf-8")):
        named = "aria-label" in figure or re.search(r'\b(alt|title)="[^"]', figure)
        assert (
            ('role="img"' in figure and named)
            or 'aria-hidden="true"' in figure
            or (figure.startswith(("<img", "<iframe")) and named)
        ), figure


def test_results_keep_the_order_of_the_ranking(written: tuple[Path, str]):
    plain = json.loads((written[0] / "results.json").read_text("utf-8"))
    assert [one["rank"] for one in plain["candidates"]] == [1, None, 2]


def test_rows_to_fix_open_in_a_spreadsheet_and_run_nothing(written: tuple[Path, str]):
    folder, language = written
    data = (folder / "candidates" / "a" / "rows_to_fix.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";")
    assert head[0] == messages.text("reporting.csv.row", language)
    assert row[:2] == ["2", "'=cmd()"] and row[7] == BOTH[language]
    assert not (folder / "candidates" / "c" / "rows_to_fix.csv").exists()


def test_the_reasons_say_whether_the_unknown_may_change_the_order():
    def card(low: float, high: float) -> Scorecard:
        criteria = [
            ScoredCriterion(
                "effort_work",
                "effort",
                15,
                5,
                5,
                "declared",
                {"sv": "Lite arbete: x", "en": "Little work: x"},
            ),
            ScoredCriterion(
                "value_demand",
                "value",
                8,
                1,
                1,
                "declared",
                {"sv": "Efterfrågan: x", "en": "Demand: x"},
            ),
        ]
        return Scorecard("a", "fri", "idea", criteria, low, high)

    close, clear = (
        reasons.why(card(80, 90), card(70, 85), BOTH),
        reasons.why(card(80, 90), card(50, 60), BOTH),
    )
    assert close[0]["sv"] == "Lite arbete och efterfrågan talar mest för den."
    assert "kan ändra ordningen" in close[1]["sv"] and "cannot change" in clear[1]["en"]
    assert clear[2]["sv"].startswith(BOTH["sv"])


def test_a_column_with_an_ampersand_is_escaped_once(tmp_path: Path):
    file = tmp_path / "platser.csv"
    file.write_text("id;Namn & adress\n1;Ön\n1;Ön\n2;\n", "utf-8")
    entry = Entry(id="a", title="Platser", type="annan", organisation="karlshamn")
    opened = Opened(file, entry=entry, store=Store(tmp_path / "snapshots"))
    finding = Finding(
        "r1", "warning", "completeness", "failed", "Namn & adress", 3, 1, [4], 1, BOTH, BOTH, BOTH
    )
    whole = replace(opened.candidate(), findings=[finding])
    region = Region({"sv": "X", "en": "X"}, [whole], "2026-11-25T02:00:00+01:00")
    write_report(region, tmp_path / "report", "sv")
    page = (tmp_path / "report" / "candidates" / "a" / "index.html").read_text("utf-8")
    assert "Namn &amp; adress" in page and "&amp;amp;" not in page


def test_a_candidate_whose_page_breaks_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    whole = pages._write_candidate

    def write(of: Candidate, *given: Any, **more: Any) -> None:
        if of.entry.id == "b" and of.scorecard:
            raise ArithmeticError("hemlig cell")
        whole(of, *given, **more)

    monkeypatch.setattr(pages, "_write_candidate", write)
    region = Region({"sv": "X", "en": "X"}, [candidate("a", 1), candidate("b", 2)], NIGHT)
    written = reporting.write_candidates(region, tmp_path, "sv", None)
    assert [len(one.failures) for one in written.candidates] == [0, 1]
    assert written.candidates[1].failures[0].exit_code == 4
    reporting.write_region(written, tmp_path, "sv")
    page = (tmp_path / "candidates" / "b" / "index.html").read_text("utf-8")
    assert "ArithmeticError" in page and "hemlig" not in page
    assert "ArithmeticError" in (tmp_path / "index.html").read_text("utf-8")
    assert "ArithmeticError" not in (tmp_path / "candidates/a/index.html").read_text("utf-8")


def test_where_nothing_has_a_place_the_first_page_says_where_to_read_why(tmp_path: Path):
    waiting = replace(
        candidate("a"), ranked=Ranked("a", None, no_place=[NoPlace("too_little", BOTH, BOTH)])
    )
    region = Region({"sv": "X", "en": "X"}, [waiting], NIGHT)
    write_report(region, tmp_path, "sv")
    page = (tmp_path / "index.html").read_text("utf-8")
    assert messages.text("reporting.none_how", "sv") in page and "order.html#not-yet" in page
    assert 'id="not-yet"' in (tmp_path / "order.html").read_text("utf-8")


def test_a_full_disk_is_no_fault_of_a_candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(pages, "_write_candidate", full)
    region = Region({"sv": "X", "en": "X"}, [candidate("a", 1)], NIGHT)
    with pytest.raises(OSError, match="full"):
        reporting.write_candidates(region, tmp_path, "sv", None)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_each_kind_of_change_has_its_mark_and_its_words(language: str):
    macro = environment(language).from_string(
        '{% from "_changes.html" import kind with context %}{{ kind(of) }}'
    )
    said = {kind: macro.render(of=kind) for kind in changes.KINDS}
    assert len(set(said.values())) == len(changes.KINDS)
    for kind, badge in said.items():
        assert messages.text(f"changes.kind.{kind}", language) in badge
