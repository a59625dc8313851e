"""Nights of days that are given, and a catalogue whose region costs nothing to compute."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.advising import nights
from helpers.advising.nights import Night
from helpers.advising.results import Candidate, Region
from helpers.checking.findings import Finding
from helpers.declared.catalogue import Entry
from helpers.running import region
from helpers.running.nights import history, standing
from helpers.running.store import Store
from helpers.scoring.scorecards import Ranked, Scorecard
from helpers.screening.marks import Gate

BOTH = {"sv": "Skäl", "en": "Reason"}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def finding(rule: str, failed: int, version: int = 1, severity: str = "critical") -> Finding:
    """What one rule said of ten rows."""
    outcome = "failed" if failed else "passed"
    rows = list(range(2, 2 + failed))
    found = Finding(rule, severity, "validity", outcome, "id", 10, failed, rows, failed, BOTH, BOTH)
    return replace(found, version=version)


def candidate(id: str, *findings: Finding, verdict: str = "fri", **entry: object) -> Candidate:
    """One that came through, from a file; an idea where ``source`` is None."""
    plain = {"title": f"Lekplatser {id}", "type": "annan", "organisation": "karlshamn"}
    source = {"source": {"path": f"{id}.csv"}}
    return Candidate(
        entry=Entry(id=id, **{**plain, **source, **entry}),
        gate=Gate(verdict, verdict),
        scorecard=Scorecard(id, verdict, "inventoried", [], 50, 60),
        ranked=Ranked(id, 1),
        findings=list(findings),
    )


def runs(*given: tuple[str, list[Candidate]]) -> list[Night]:
    """A night for each day with its candidates; the states follow from each other."""
    made: list[Night] = []
    for number, (when, candidates) in enumerate(given, 1):
        moment = f"{when}T02:15:00+01:00"
        some = Region(BOTH, candidates, moment)
        before = made[-1] if made else None
        made.append(nights.night(some, str(number), moment, 0, before))
    return made


class Project:
    """A catalogue in ``home`` with its history; ``now``: the region as it is."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self.home, self.catalogue, self.output = home, home / "catalogue", home / "out"
        self.catalogue.mkdir()
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(home / "snapshots"))
        self.now: list[Candidate] = []

        def compute(*_: object, **__: object) -> Region:
            return Region(BOTH, self.now, "2026-12-01T08:00:00+01:00")

        patch.setattr(region, "compute", compute)

    def remembers(self, past: list[Night]) -> Path:
        """History has these runs, of the report of this catalogue; gives its folder."""
        store, report = Store(), self.home / "report"
        standing.note(store, self.catalogue.resolve(), report)
        folder = history.folder_of(store, report)
        kept = history.History(folder)
        for night in past:
            kept.add(night)
        return folder

    def write(self, name: str, text: str) -> None:
        file = self.catalogue / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
