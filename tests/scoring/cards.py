"""An entry, findings and scorecards made by hand, and findings of any kind drawn."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from helpers.checking.findings import DIMENSIONS, OUTCOMES, SEVERITIES, Finding
from helpers.scoring import scoring
from helpers.scoring.scorecards import Scorecard
from helpers.screening.marks import Gate


def entry(**changed: Any) -> Any:
    level = SimpleNamespace(level=3, because="")
    plain: dict[str, Any] = {
        "id": "a",
        "title": "Ett register",
        "type": "platsinformation",
        "stage": "inventoried",
        "source": SimpleNamespace(path="a.csv"),
        "published": SimpleNamespace(status="unknown"),
        "value": SimpleNamespace(
            internal=level,
            business=level,
            citizens=level,
            transparency=level,
            demand=level,
            requests_last_year=None,
        ),
        "effort": level,
        "organisation": "okand",
        "licence": "CC0-1.0",
        "owner": SimpleNamespace(role="chef", mailbox="x@example.se"),
        "description": "d",
        "keywords": ["k"],
        "theme": "t",
        "contact": "c",
        "update_frequency": "yearly",
    }
    return SimpleNamespace(**plain | changed)


def finding(dimension: str = "geography", failed: int = 0, **changed: Any) -> Finding:
    plain: dict[str, Any] = {
        "id": f"{dimension}_rule",
        "severity": "warning",
        "dimension": dimension,
        "column": "latitud",
        "checked": 200,
        "outcome": "failed" if failed else "passed",
        "failed": failed,
        "rows": list(range(2, 2 + failed)),
        "rows_total": failed,
    }
    return Finding(**plain | changed)


def score(found: list[Finding], conformity: float | None = 1.0, **changed: Any) -> Scorecard:
    return scoring.score(entry(**changed), Gate("fri", "fri"), found, conformity=conformity)


def of(card: Scorecard, name: str) -> Any:
    return next(one for one in card.criteria if one.id == name)


def lost(one: Finding) -> Finding:
    """The same rule, kept from being asked by a mandatory column that is not there."""
    return replace(
        one, outcome="not_applicable", checked=0, failed=0, rows=[], rows_total=0, absent=True
    )


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    found = []
    for number in range(draw(st.integers(0, 10))):
        outcome = draw(st.sampled_from(OUTCOMES))
        failed = draw(st.integers(1, 200)) if outcome == "failed" else 0
        found.append(
            finding(
                draw(st.sampled_from(DIMENSIONS)),
                failed,
                id=f"r{number}",
                outcome=outcome,
                severity=draw(st.sampled_from(SEVERITIES)),
                special=draw(st.booleans()),
                checked=200 if outcome in ("passed", "failed") else 0,
            )
        )
    return found
