"""A dataset as notebooks show it: what each stage said of one source. An opened candidate is one;
reporting opens none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from helpers.advising.over_runs import OverRuns
from helpers.checking.changes import Changes
from helpers.checking.drift import Drift
from helpers.checking.findings import Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.drawing.numbers.subject import Subject
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Gate, Screening


class Dataset(Protocol):
    """All is computed when it is asked for. ``snapshot``, ``screening``, ``profile`` and
    ``subject`` are None for an idea."""

    @property
    def entry(self) -> Entry: ...
    @property
    def type(self) -> str: ...
    @property
    def snapshot(self) -> Snapshot | None: ...
    @property
    def screening(self) -> Screening | None: ...
    @property
    def profile(self) -> dict[str, Any] | None: ...
    @property
    def pictures(self) -> dict[str, Any]:
        """What a picture of each column shows, by table; empty for an idea."""
        ...

    @property
    def relations(self) -> dict[str, Any]:
        """What columns and rows have to do with each other, by table; empty for an idea."""
        ...

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What it says to the questions that people ask of its type; none for an idea."""
        ...

    @property
    def answers_beside(self) -> list[dict[str, Any]]:
        """What another candidate of the same organisation adds to that."""
        ...

    @property
    def reported_beside(self) -> Dataset | None:
        """Of broadband that was measured: what the same organisation reports as available."""
        ...

    def answered(self, *, stop: str = "", point: str = "") -> list[dict[str, Any]]:
        """The same from another ``stop`` or ``point`` than the data choose."""
        ...

    @property
    def variant(self) -> str | None: ...
    @property
    def specification(self) -> Any | None: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def over_runs(self) -> OverRuns:
        """How many rows each rule failed on, from run to run."""
        ...

    @property
    def rows_to_fix(self) -> Sequence[RowToFix]: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def drift(self) -> Drift: ...
    @property
    def gate(self) -> Gate | None: ...
    @property
    def subject(self) -> Subject | None:
        """What maps are made of."""

    def beside(self, candidate: str) -> Dataset:
        """Another candidate of the same catalogue."""
        ...
