"""What a run tells as it goes, and what it cost: seconds and the most memory of each stage and
notebook, by candidate."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Protocol

Say = Callable[[str, dict[str, Any]], None]  # a message key, and what fills it
REGION = "*"  # what is done for all candidates together


class Step(StrEnum):
    """What is done with one candidate, in this order; each ends with a result that is kept."""

    reading = "reading"
    screening = "screening"
    profile = "profile"
    findings = "findings"
    rows_to_fix = "rows_to_fix"
    gate = "gate"
    scorecard = "scorecard"


class Measured(Protocol):
    """Somebody who sees what a process takes."""

    peak_mb: int


class Journal:
    """``costs``: candidate -> stage or notebook -> ``seconds``, and ``peak_mb`` (MiB) where a
    process of its own was needed. A stage whose result was kept takes no process."""

    def __init__(self, say: Say = lambda _key, _values: None) -> None:
        self.say = say
        self.costs: dict[str, dict[str, dict[str, Any]]] = {}

    @contextmanager
    def measured(self, candidate: str, step: str, seen: Measured | None) -> Iterator[None]:
        """Note what is done inside, failed or not."""
        start = time.monotonic()
        if seen:
            seen.peak_mb = 0
        try:
            yield
        finally:
            cost: dict[str, Any] = {"seconds": round(time.monotonic() - start, 2)}
            if seen and seen.peak_mb:
                cost["peak_mb"] = seen.peak_mb
            self.costs.setdefault(candidate, {})[step] = cost
