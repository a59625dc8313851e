"""Findings as pictures and in place: bars and strips are the findings' own counts and history's,
and the rows beneath a finding are those of the list of rows."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.advising import nights
from helpers.advising.nights import Night, State
from helpers.advising.over_runs import OverRuns, over_runs
from helpers.checking.findings import Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.reporting import show, show_faults
from helpers.reporting.show_faults import IN_PLACE
from helpers.words.messages import LANGUAGES

BECAUSE = {"sv": "Utan namn vet ingen.", "en": "Nobody knows without a name."}


def finding(id: str, column: str, failed: int, severity: str = "critical") -> Finding:
    outcome = "failed" if failed else "passed"
    rows = list(range(2, 2 + failed))
    said = {language: f"{BECAUSE[language]} <{id}>" for language in LANGUAGES}
    return Finding(
        *(id, severity, "completeness", outcome, column, 100, failed, rows, failed, said),
        fix=BECAUSE,
        because=BECAUSE,
    )


def line(row: int, id: str, column: str) -> RowToFix:
    return RowToFix(row, f"K{row}", column, "", "critical", id, BECAUSE, BECAUSE)


def dataset(findings: list[Finding], over: OverRuns = OverRuns()) -> Any:  # noqa: B008
    lines = [line(row, one.id, one.column or "") for one in findings for row in one.rows]
    main = SimpleNamespace(name="main")
    snapshot = SimpleNamespace(main=main, known_as=lambda _table: "")
    return SimpleNamespace(snapshot=snapshot, findings=findings, rows_to_fix=lines, over_runs=over)


FINDINGS = [
    finding("name_filled", "name", 40),
    finding("url_form", "url", 12, "warning"),
    finding("id_distinct", "id", 3, "info"),
    finding("type_filled", "type", 0),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_are_the_rows_of_each_rule(language: str):
    page = show.faults(dataset(FINDINGS), language)._repr_html_()
    svg = page[page.index("<svg") : page.index("</svg>")]
    widths = [float(width) for width in re.findall(r"M0 [\d.]+h([\d.]+)v", svg)]
    assert widths == [pytest.approx(360 * n / 40, rel=1e-3) for n in (40, 12, 3)]
    fills = re.findall(r'fill-opacity="([\d.]+)"', svg)
    assert fills == ["0.45", "0"]  # the critical one is full
    (label,) = re.findall(r'aria-label="([^"]+)"', svg)
    assert "name: 40" in label and "url: 12" in label
    words = {"sv": ("allvarlig", "varning", "upplysning"), "en": ("critical", "warning", "info")}
    assert all(word in svg for word in words[language])
    assert "&lt;name_filled&gt;" in page and "<name_filled>" not in page


def test_rows_open_beneath_their_finding_a_bounded_number_of_them():
    page = show.findings(dataset(FINDINGS), "sv")._repr_html_()
    first, second, third = re.findall(r"<details.*?</details>", page)
    assert first.count("<li>") == IN_PLACE and "De 20 första av 40." in first
    assert "Rad 2 · K2 · name: tomt" in first
    assert second.count("<li>") == 12 and "första av" not in second
    assert third.count("<li>") == 3
    assert page.index("&lt;name_filled&gt;") < page.index(first) < page.index("&lt;url_form&gt;")


def night(number: int, findings: list[Finding] | None) -> Night:
    """A run; None: the candidate failed in it."""
    day = f"2026-11-{number:02d}"
    state = (
        State("fri", rules=nights.rules(findings, "main"))
        if findings is not None
        else State(nights.FAILED)
    )
    return Night(str(number), f"{day}T01:00", f"{day}T02:00", 0, {"a": state}, ("a",), number)


def test_only_runs_that_found_something_else_are_steps():
    less = [replace(FINDINGS[0], failed=9), *FINDINGS[1:]]
    past = [night(1, FINDINGS), night(2, FINDINGS), night(3, None), night(4, less), night(5, less)]
    found = over_runs("a", past, less, "main")
    assert found == over_runs("a", past[:4], less, "main")  # a night without change is as before
    assert found.days == ("", "")
    assert dict(found.rules) == {"name_filled\x1f\x1fname": (40, 9)}
    mended = [replace(FINDINGS[0], failed=0, outcome="passed"), *FINDINGS[1:]]
    found = over_runs("a", past, mended, "main")
    assert found.days == ("", "2026-11-04", "")
    assert dict(found.rules) == {"name_filled\x1f\x1fname": (40, 9, 0)}
    assert over_runs("b", past, mended, "main") == OverRuns()
    assert over_runs("a", past[:2], FINDINGS, "main") == OverRuns()


def test_a_rule_that_meant_something_else_is_not_compared():
    other = [replace(one, version=2, failed=7) for one in FINDINGS[:1]] + FINDINGS[1:]
    mended = [replace(other[0], failed=5), *other[1:]]
    past = [night(1, FINDINGS), night(2, other)]
    found = over_runs("a", past, mended, "main")
    assert dict(found.rules) == {"name_filled\x1f\x1fname": (None, 7, 5)}
    page = show.faults(dataset(mended, found), "sv")._repr_html_()
    assert "Streckad stapel" in page and "stroke-dasharray" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strip_of_a_rule_is_its_counts(language: str):
    over = OverRuns(("", "2026-11-04", ""), (("name_filled\x1f\x1fname", (40, 10, 0)),))
    shown = show.faults(dataset(FINDINGS, over), language)
    page = shown._repr_html_()
    strip = page[page.rindex("<svg") : page.rindex("</svg>")]
    heights = [float(high) for high in re.findall(r"h38v([\d.]+)h", strip)]
    assert heights[0] == pytest.approx(4 * heights[1]) and len(heights) == 3 and heights[2] == 0
    assert re.findall(r'text-anchor="middle">([^<]+)<', strip) == ["40", "10", "0"]
    (label,) = re.findall(r'aria-label="([^"]+)"', strip)
    assert "name: " in label and "40" in label
    assert BECAUSE[language] in page and label.split(". ")[-1].rstrip(".") in repr(shown)


def test_without_history_it_says_how_one_comes_to_be():
    assert "Varje körning med datakollen run sparar" in repr(show.faults(dataset(FINDINGS), "sv"))
    assert "Ingen regel pekar ut en enskild rad." in repr(show.faults(dataset(FINDINGS[3:]), "sv"))


def test_a_page_has_the_bars_closed_where_there_are_two_of_them():
    page = show_faults.on_page(dataset(FINDINGS), "sv")
    assert page.startswith("<details><summary>Rader per regel</summary><svg")
    assert "<h3>" not in page and " style=" not in page and "&lt;name_filled&gt;" in page
    assert show_faults.on_page(dataset(FINDINGS[:1]), "sv") == ""
