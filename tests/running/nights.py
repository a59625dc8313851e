"""A region of two synthetic candidates, each night of which costs little: stages are given, nothing
is read."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpers.advising.results import Candidate, Failure, Region
from helpers.checking.findings import Finding
from helpers.declared.catalogue import Entry
from helpers.running import keeping, made_of, pipeline, region
from helpers.scoring.scorecards import Ranked, Scorecard
from helpers.screening.marks import Gate

BOTH = {"sv": "Skäl", "en": "Reason"}


def finding(rule: str, failed: int, severity: str = "critical", version: int = 1) -> Finding:
    """What one rule said of ten rows."""
    outcome = "failed" if failed else "passed"
    return Finding(
        rule,
        severity,
        "validity",
        outcome,
        "id",
        10,
        failed,
        list(range(2, 2 + failed)),
        failed,
        BOTH,
        BOTH,
        BOTH,
        version=version,
    )


def entry(id: str) -> Entry:
    return Entry(
        id=id,
        title=f"Lekplatser {id}",
        type="annan",
        organisation="karlshamn",
        synthetic=True,
        source={"path": f"{id}.csv"},
    )


def candidate(id: str, findings: list[Finding], verdict: str = "fri", low: float = 50) -> Candidate:
    """One that came through; its points are what they are said to be."""
    return Candidate(
        entry=entry(id),
        gate=Gate(verdict, verdict),
        scorecard=Scorecard(id, verdict, "inventoried", [], low, low + 10),
        findings=findings,
    )


def broken(id: str) -> Candidate:
    """One that failed."""
    failure = Failure("reading", {"sv": "Filen finns inte.", "en": "There is no file."}, 3)
    return Candidate(entry=entry(id), failures=[failure])


def placed(candidates: list[Candidate]) -> list[Candidate]:
    """Places by the lowest points, without a trial of weights."""
    cards = {one.entry.id: one.scorecard for one in candidates if one.scorecard}
    open_ones = [id for id, card in cards.items() if card.verdict != "stopp"]
    order = sorted(open_ones, key=lambda id: -cards[id].low)
    ranks = {id: place for place, id in enumerate(order, 1)}
    given = [
        replace(one, ranked=Ranked(one.entry.id, ranks.get(one.entry.id)) if one.gate else None)
        for one in candidates
    ]
    return sorted(given, key=lambda one: ranks.get(one.entry.id, 99))


class Nights:
    """Runs of a region: ``run(candidates)`` is one night. ``said``: what the last one told."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.home, self.patch, self.output = home, patch, home / "report"
        self.catalogue = home / "catalogue"
        self.catalogue.mkdir()
        self.said: list[tuple[str, dict[str, Any]]] = []
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(home / "snapshots"))

    def run(self, *candidates: Candidate, **more: Any) -> Region:
        self.said = []

        def compute(*_: Any, instead: Any = None, **__: Any) -> Region:
            given = [instead(one) for one in candidates] if instead else list(candidates)
            finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
            return Region(BOTH, placed(given), finished, synthetic=True)

        self.patch.setattr(region, "compute", compute)
        self.patch.setattr(made_of, "made_of", lambda *_: {})  # a tenth of a second each
        self.patch.setattr(keeping, "_code", lambda: "code")
        return pipeline.run(
            [],
            catalogue=self.catalogue,
            output=self.output,
            language="sv",
            jobs=1,
            with_notebooks=False,
            say=lambda *told: self.said.append(told),
            **more,
        )

    @property
    def files(self) -> list[Path]:
        """The files of history."""
        return sorted((self.home / "snapshots" / "nights").glob("*/*"))


GOOD = [finding("id_unique", 0), finding("id_filled", 2)]
BAD = [finding("id_unique", 3), finding("id_filled", 0)]


def said(output: Path, name: str) -> Any:
    return json.loads((output / name).read_text("utf-8"))


def by_id(output: Path) -> dict[str, Any]:
    return {one["id"]: one for one in said(output, "results.json")["candidates"]}
