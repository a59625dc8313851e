"""Thirty texts that would run, fetch or break out, in every place of a page where a text of data can
stand: none runs, nothing is asked for, and each is shown as it stands."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.browser.waiting import DRAWN, until
from tests.reporting.whole import write_report

from helpers.advising import nights
from helpers.advising.results import Candidate, Failure, Region
from helpers.checking.findings import Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.drawing import page as map_page
from helpers.drawing.layers import Fact, Kind, Points
from helpers.drawing.map import Map
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.scoring.scorecards import Ranked, Scorecard, ScoredCriterion, WhatIf
from helpers.screening.marks import Gate, Reason

pytestmark = pytest.mark.browser
PAYLOADS = (
    "<script>ran()</script>",
    "</script><script>ran()</script>",
    "</style><script>ran()</script>",
    "</title><script>ran()</script>",
    "</textarea><script>ran()</script>",
    "<img src=x onerror=ran()>",
    "<img src='https://evil.example/p.png'>",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "<svg><a href='javascript:ran()'><text>x</text></a></svg>",
    "<math><mtext><script>ran()</script></mtext></math>",
    "<details open ontoggle=ran()>x",
    "<iframe srcdoc='<script>parent.ran()</script>'>",
    "<link rel=stylesheet href='https://evil.example/a.css'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    '" onmouseover="ran()" x="',
    "' onfocus='ran()' autofocus x='",
    '"><script>ran()</script>',
    "x onclick=ran() style=animation-name:x",
    "${ran()}",
    "`${ran()}`",
    "{{ran()}}{%ran()%}",
    "javascript:ran()",
    "data:text/html,<script>ran()</script>",
    "[x](javascript:ran())",
    "graph TD; A[<img src=x onerror=ran()>]",
    "$\\href{javascript:ran()}{x}$",
    "</style><style>body{background:url(https://evil.example/b)}",
    "\\u003cscript\\u003eran()\\u003c/script\\u003e",
)
NIGHT = "2026-11-23T15:00:00+01:00"


def candidate(number: int, payload: str) -> Candidate:
    """One with the payload wherever a text of data, of an entry or of an error can stand."""
    said = {"sv": payload, "en": payload}
    entry = Entry(
        id=f"p{number}",
        title=payload,
        type="annan",
        organisation=payload,
        source={"path": "x.csv"},
        description=payload,
        keywords=[payload],
        contact=payload,
        licence=payload,
        owner={"role": payload, "mailbox": payload},
    )
    finding = Finding(
        "r", "critical", "validity", "failed", payload, 10, 2, [2], 2, said, said, said
    )
    criterion = ScoredCriterion("value_internal", "value", 1.0, 2, 4, "unknown", said)
    return Candidate(
        entry=entry,
        gate=Gate("stopp", "stopp", [Reason("x", "stopp", said, said)])
        if number % 2
        else Gate("fri", "fri", []),
        ranked=Ranked(entry.id, number + 1, what_if=[WhatIf(["r"], said, 2, 2, 1)]),
        rows_to_fix=[RowToFix(2, payload, payload, payload, "critical", "r", said, said)],
        scorecard=Scorecard(entry.id, "fri", "idea", [criterion], 40.0, 70.0),
        findings=[finding],
        failures=[Failure("page", said, 4)] if number % 3 else [],
    )


def read(folder: Path) -> Candidate:
    """A file with a payload for a name, and payloads for headers and cells, read by us."""
    file = folder / f"{PAYLOADS[5].replace('/', '_')} {PAYLOADS[20]}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(PAYLOADS)
        for row in range(40):
            writer.writerow([PAYLOADS[(row % 2 + column) % 30] for column in range(30)])
    entry = Entry(id="read", title=PAYLOADS[0], type="annan", organisation="karlshamn")
    opened = Opened(file, entry=entry, store=Store(folder / "snapshots"))
    return replace(opened.candidate(), ranked=Ranked("read", 31))


def drawn() -> Map:
    spots = Points(
        key="places",
        title=PAYLOADS[0],
        kinds=[Kind(payload) for payload in PAYLOADS[:8]],
        kind=np.arange(30) % 8,
        lon=np.linspace(15.0, 15.4, 30),
        lat=np.linspace(56.1, 56.4, 30),
        labels=list(PAYLOADS),
        facts=[Fact(PAYLOADS[5], list(PAYLOADS))],
        clustered=False,
    )
    return Map("places", PAYLOADS[1], PAYLOADS[2], PAYLOADS[3], [spots])


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("payloads")
    folder = home / "report"
    folder.mkdir()
    candidates = [candidate(number, payload) for number, payload in enumerate(PAYLOADS)]
    said = {"sv": PAYLOADS[18], "en": PAYLOADS[18]}
    region = Region(
        said,
        [*candidates, read(home)],
        NIGHT,
        why=[{"sv": payload, "en": payload} for payload in PAYLOADS],
        run={"failures": [{"stage": "x", "message": said, "exit_code": 4}]},
    )
    night = nights.night(region, "x", NIGHT, 4, None)
    write_report(region, folder, "sv", [night])
    (folder / "map_places.html").write_text(map_page.page(drawn()), "utf-8")
    return folder


class Watched:
    """A page of a browser without network, and what it asks for, runs or complains of."""

    def __init__(self, chromium: Any) -> None:
        self.context = chromium.new_context(offline=True)
        self.context.expose_function("ran", lambda: self.faults.append("ran"))
        self.page, self.faults = self.context.new_page(), []
        self.page.on("request", self._asked)
        self.page.on("console", lambda one: one.type == "error" and self.faults.append(one.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda one: self.faults.append("dialog") or one.dismiss())

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "about:")) or "evil" in request.url:
            self.faults.append(request.url)

    def text(self, file: Path) -> str:
        """All that the page says, opened, on one line."""
        self.page.goto(file.as_uri())
        self.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        for element in self.page.locator("summary, th button").all()[:3]:
            element.click()
        return re.sub(r"\s+", " ", self.page.evaluate("document.body.textContent"))


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    one = Watched(chromium)
    yield one
    one.context.close()


@pytest.mark.slow
def test_the_browser_would_tell(watched: Watched, tmp_path: Path):
    """Written without escaping and without a policy, most of them do something."""
    did = 0
    for payload in PAYLOADS:
        if "http-equiv" in payload:  # leads the browser away for good
            continue
        (tmp_path / "bare.html").write_text(f"<!doctype html><body>{payload}", "utf-8")
        watched.page.goto((tmp_path / "bare.html").as_uri())
        watched.page.wait_for_timeout(20)
        did += bool(watched.faults)
        watched.faults.clear()
    assert did >= 12


@pytest.mark.slow
def test_pages_of_the_region_show_them_and_run_nothing(watched: Watched, report: Path):
    for name in ("index.html", "order.html", "types.html", "history.html", "method.html"):
        said = watched.text(report / name)
        if name in ("order.html", "history.html"):
            assert [one for one in PAYLOADS if one not in said] == [], name
    for file in (report / "types").glob("*.html"):
        assert [one for one in PAYLOADS if one not in watched.text(file)] == []
    why = watched.text(report / "index.html")
    assert [one for one in PAYLOADS if one not in why] == []
    assert not watched.faults


@pytest.mark.slow
def test_a_candidates_page_shows_its_payload_in_every_place(watched: Watched, report: Path):
    """Title, crumbs, error, gate, step, finding and its rows, description: each as it stands."""
    for number, payload in enumerate(PAYLOADS):
        said = watched.text(report / "candidates" / f"p{number}" / "index.html")
        assert said.count(payload) >= 8, payload
    assert not watched.faults


@pytest.mark.slow
def test_columns_cells_and_the_files_name_are_shown(watched: Watched, report: Path):
    said = watched.text(report / "candidates" / "read" / "index.html")
    shown = [one for one in PAYLOADS if one[:38] in said]
    assert len(shown) == len(PAYLOADS), set(PAYLOADS) - set(shown)
    assert "onerror=ran()> ${ran()}.csv" in said
    assert not watched.faults


@pytest.mark.slow
def test_papers_show_them_and_run_nothing(watched: Watched, report: Path):
    papers = sorted((report / "papers").rglob("*.html"))
    assert len(papers) > 10
    titles = [watched.text(file) for file in papers]
    assert sum(payload in said for said in titles for payload in PAYLOADS) > 10
    assert not watched.faults


@pytest.mark.slow
def test_a_map_shows_them_in_popup_tooltip_and_legend(watched: Watched, report: Path):
    watched.page.goto((report / "map_places.html").as_uri())
    until(watched.page, DRAWN)
    marks = watched.page.locator("[data-layer='places']")
    assert marks.count() == 30
    labels = marks.evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label') || e.textContent)"
    )
    assert [one for one in PAYLOADS if not any(one in label for label in labels)] == []
    seen = []
    for mark in marks.all()[:30]:
        mark.focus()
        watched.page.keyboard.press("Enter")
        seen.append(watched.page.locator(".leaflet-popup").last.text_content())
        watched.page.keyboard.press("Escape")
    assert len([one for one in PAYLOADS if any(one in said for said in seen)]) == 30
    legend = watched.page.evaluate("document.body.textContent")
    assert [one for one in PAYLOADS[:8] if one not in legend] == []
    assert not watched.faults, json.dumps(watched.faults)
