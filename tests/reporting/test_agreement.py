"""What is said twice agrees: each page of the sample region's report is read beside results.json,
and counts, verdicts, places, points, hours and sentences are the same."""

from __future__ import annotations

import csv
import datetime as dt
import html
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.checking import outcome
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.reporting import show_quality
from helpers.scoring import criteria
from helpers.words.messages import LANGUAGES, number, span, text, texts

Plain = dict[str, Any]


def words(page: Path) -> str:
    """What a reader sees of the page, on one line."""
    seen = re.sub(
        r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.S
    )
    return re.sub(r"\s+", " ", html.unescape(seen).replace("\u00a0", " "))


@pytest.fixture(scope="module")
def report(sample_run: Any) -> Path:
    return Path(sample_run.report)


@pytest.fixture(scope="module")
def results(report: Path) -> Plain:
    plain: Plain = json.loads((report / "results.json").read_text("utf-8"))
    return plain


@pytest.fixture(scope="module")
def pages(report: Path, results: Plain) -> list[tuple[Plain, str]]:
    """Each candidate and what its page says."""
    folder = report / "candidates"
    return [(one, words(folder / one["id"] / "index.html")) for one in results["candidates"]]


def kind(one: Plain) -> str:
    if one["gate"] is None:
        return "failed"
    return "ideas" if any(step["id"] == "file" for step in one["steps"]) else one["gate"]["verdict"]


def test_the_boxes_add_up_and_are_those_of_the_results(report: Path, results: Plain):
    page = (report / "index.html").read_text("utf-8")
    boxes = re.findall(r"<b>(\d+)</b>([^<]+)</", page)
    counts = {name.strip(): int(count) for count, name in boxes}
    whole = counts.pop(text("reporting.count.all", "sv"))
    assert whole == len(results["candidates"]) == sum(counts.values())
    for name in ("fri", "granska", "stopp", "ideas"):
        those = [one for one in results["candidates"] if kind(one) == name]
        said = text(f"reporting.count.{name}", "sv", count=len(those))
        assert counts[said] == len(those), name


def test_places_points_and_verdicts(report: Path, pages: list[tuple[Plain, str]]):
    index = (report / "index.html").read_text("utf-8")
    ordered = re.search(r'<ol class="ranking">.*?</ol>', index, re.S)
    assert ordered
    places = dict(re.findall(r'<li value="(\d+)">.*?candidates/([^/]+)/', ordered[0], re.S))
    ranks = {one["id"]: one["rank"] for one, _ in pages}
    assert places and all(ranks[id] == int(place) for place, id in places.items())
    order = (report / "order.html").read_text("utf-8")
    rows = re.findall(r'<td [^>]*class="num" data-sort="(\d*)">.*?candidates/([^/]+)/', order, re.S)
    assert {id: int(place) if place else None for place, id in rows} == ranks
    for one, page in pages:
        place = one["rank"] or "–"
        assert f"{place} {text('reporting.count.place', 'sv')}" in page, one["id"]
        points = span(one["scorecard"]["low"], one["scorecard"]["high"])
        assert f"{points} {text('reporting.count.points', 'sv')}" in page, one["id"]
        verdict = one["gate"]["verdict"]
        assert (
            f"{text(f'reporting.verdict.{verdict}', 'sv')} {text(f'gate.verdict.{verdict}', 'sv')}"
            in (page)
        )


def test_rules_and_rows(report: Path, pages: list[tuple[Plain, str]]):
    for one, page in pages:
        if not one["findings"]:
            continue
        findings = [Finding.from_json(finding) for finding in one["findings"]]
        assert outcome.sentence(findings, "sv").replace("\u00a0", " ") in page, one["id"]
        file = report / "candidates" / one["id"] / "rows_to_fix.csv"
        lines = (
            list(csv.reader(file.open(encoding="utf-8-sig"), delimiter=";"))
            if file.exists()
            else []
        )
        rows = len({(line[0], line[-1]) for line in lines[1:]})
        counted = number(rows).replace("\u00a0", " ")
        assert f"{counted} {text('reporting.count.fix', 'sv', count=rows)}" in page, one["id"]


def test_hours_are_the_parts_of_the_same_whole(pages: list[tuple[Plain, str]]):
    compared = 0
    for one, page in pages:
        work = [each for each in one["scorecard"]["criteria"] if each["id"] == "effort_work"]
        steps = [step["hours"] for step in one["steps"] if step["hours"]]
        if not steps or not work or work[0]["source"] == "declared":
            continue
        whole = span(*(sum(each[end] for each in steps) for end in (0, 1)))
        said = re.search(
            r"([\d\s–,]+) timmar \(antagande\)", work[0]["message"]["sv"].replace("\u00a0", " ")
        )
        if said and one["published"] != "dataportal" and one["advice"] != "link":
            assert said[1].strip() == whole.replace("\u00a0", " "), one["id"]
            assert text("publishing.total", "sv", span=whole).replace("\u00a0", " ") in page
            compared += 1
    assert compared


def test_the_first_is_called_the_same_everywhere(report: Path, results: Plain):
    index = (report / "index.html").read_text("utf-8")
    hero = re.search(r'class="hero">.*?</div>', index, re.S)
    assert hero
    headings = {
        text(f"reporting.first.{code}", "sv")
        for code in ("publish", "review", *("compare", "describe", "done"))
    }
    (said,) = [heading for heading in headings if f">{heading}<" in hero[0]]
    (paper,) = (report / "papers").glob("*ledning*.html")
    assert said in words(paper)
    (id,) = set(re.findall(r'<h1><a href="candidates/([^/]+)/', hero[0]))
    first = next(one for one in results["candidates"] if one["id"] == id)
    if first["advice"] or first["gate"]["verdict"] != "fri":
        assert said != text("reporting.first.publish", "sv")


def test_nothing_is_said_that_nothing_bears(report: Path, pages: list[tuple[Plain, str]]):
    said = [page for _, page in pages] + [words(page) for page in report.rglob("papers/**/*.html")]
    for page in said:
        assert "Alla 0" not in page
    for one, page in pages:
        if one["gate"]["verdict"] == "fri":
            assert "hindrar publicering" not in page, one["id"]
        linked = one["advice"] is not None and one["advice"]["code"] == "link"
        steps = [step["id"] for step in one["steps"]]
        assert not linked or steps == ["link"], one["id"]
        if steps and one["gate"]["verdict"] == "stopp":
            assert steps[0] == "stop", one["id"]
        at = [page.find(step["text"]["sv"].replace("\u00a0", " ")[:60]) for step in one["steps"]]
        assert -1 not in at and at == sorted(at), one["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_severities_and_dimensions_have_one_name(language: str):
    names = {name: one.name[language] for name, one in criteria.load().groups["readiness"].items()}
    assert set(DIMENSIONS) <= set(names)
    findings = [Finding("r", "critical", name, "failed", None, 2, 1) for name in DIMENSIONS]

    shown = show_quality.dimensions(SimpleNamespace(findings=findings), language)
    assert [row[0] for row in shown.rows] == [names[name] for name in DIMENSIONS]
    named = [key.rpartition(".") for key in texts(language)]
    words_of_datatables = "show.table.words"
    severities = {place for place, _, name in named if name == "info"} - {words_of_datatables}
    assert severities == {"reporting.severity"}


def test_a_run_says_when_it_began_when_it_ended_and_all_that_failed(report: Path, results: Plain):
    run = json.loads((report / "run.json").read_text("utf-8"))
    began, ended = (dt.datetime.fromisoformat(run[name]) for name in ("started", "finished"))
    assert ended - began >= dt.timedelta(seconds=int(run["seconds"]["stages"]) - 1)
    assert run["finished"] == results["finished"]
    failed = [
        (one["id"], failure["stage"])
        for one in results["candidates"]
        for failure in one["failures"]
    ]
    assert [(one["candidate"], one["stage"]) for one in run["failures"]] == failed
