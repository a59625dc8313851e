"""What scoring says of a candidate and ranking of its place, as they hand it on: nothing is worked
out here. No data, no findings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class ScoredCriterion:
    """One candidate on one criterion's fixed anchors: a range 0-5 (worst, best); known exactly
    where ``low == high``."""

    id: str  # value_internal, readiness_validity ...
    group: str  # value | readiness | effort
    weight: float
    low: float
    high: float
    source: str  # finding | declared | unknown | estimated
    message: dict[str, str] = field(default_factory=dict)  # sv, en: why these points
    findings: list[str] = field(default_factory=list)  # ids of the rules that it rests on


@dataclass(frozen=True)
class Scorecard:
    """Weighted sum on 0-100. ``low`` and ``high`` are the sum with every unknown at worst and at
    best. ``lacks``: codes of what keeps it from having a place, whatever its points
    (``placing.lacks``)."""

    candidate: str
    verdict: str  # fri | granska | stopp
    stage: str  # idea | ...
    criteria: list[ScoredCriterion]
    low: float
    high: float
    lacks: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON has them."""
        return asdict(self)


@dataclass(frozen=True)
class WhatIf:
    """Repairs that together move a candidate from one rank to another, or open its gate."""

    repairs: list[str]  # finding ids and criterion ids
    message: dict[str, str]
    rows: int
    rank_before: int | None
    rank_after: int | None
    decision: bool = False  # needs a person's decision: never a quick gain
    hours: float = 0.0  # of work, by the table of assumptions


@dataclass(frozen=True)
class NoPlace:
    """One reason why a candidate has no place, and what it would take to get one."""

    # stopped | failed | idea | no_rows | unusable | unrecognised | no_positions | abroad |
    # too_little
    code: str
    message: dict[str, str]  # sv, en
    takes: dict[str, str]  # sv, en


@dataclass(frozen=True)
class Ranked:
    """A candidate's place. Candidates that are equally good at worst share one, and name each other
    in ``tied_with``. ``rank`` is null where ``no_place`` says why.

    ``acceptability[r]``: share (0-1) of the weightings tried in which it has place r + 1;
    ``robust`` says so in words.
    """

    candidate: str
    rank: int | None
    tied_with: list[str] = field(default_factory=list)
    what_if: list[WhatIf] = field(default_factory=list)
    acceptability: list[float] = field(default_factory=list)
    robust: dict[str, str] = field(default_factory=dict)
    no_place: list[NoPlace] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """All fields as JSON has them."""
        return asdict(self)
