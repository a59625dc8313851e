"""What a run knows of one candidate, and of all: what is shown, and what ``results.json`` holds.
Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.advising.across.comparing import Across
from helpers.advising.elsewhere import Advice
from helpers.advising.unknowns import Question
from helpers.checking.changes import Changes
from helpers.checking.drift import Drift
from helpers.checking.findings import Finding
from helpers.checking.points_to_fix import PointToFix
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.reading.snapshot import Snapshot
from helpers.scoring.robustness import Robustness
from helpers.scoring.scorecards import Ranked, Scorecard
from helpers.scoring.weights import Weights
from helpers.screening.marks import Gate, Screening
from helpers.screening.masking.proposal import MaskingStep


@dataclass(frozen=True)
class Failure:
    """A stage that did not come through: shown as such, never as 'the data are wrong' and never as
    'fine'."""

    stage: str
    message: dict[str, str]  # sv, en; never a raw cell
    exit_code: int  # 3 input that cannot be read, 4 something could not be computed


@dataclass(frozen=True)
class PublishingStep:
    """One step that remains before a dataset is published. ``who`` names the roles that usually
    take it, as is usual for the dataset's type."""

    id: str
    text: dict[str, str]
    short: dict[str, str]
    who: dict[str, str]


@dataclass(frozen=True)
class Candidate:
    """One candidate with what each stage said. All but ``entry`` is None (or empty) for an idea
    without a file."""

    entry: Entry
    type_confidence: float | None = None
    variant: str | None = None  # which form of its type: a version, a subtype, gtfs
    # specification field -> source column, main table
    fields: dict[str, str] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    screening: Screening | None = None
    profile: dict[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)
    gate: Gate | None = None
    conformity: float | None = None  # share (0-1) of the specification's mandatory columns
    scorecard: Scorecard | None = None
    ranked: Ranked | None = None
    rows_to_fix: list[RowToFix] = field(default_factory=list)
    # ids of the legal questions that the dataset raises
    asked: list[str] = field(default_factory=list)
    proposal: list[MaskingStep] = field(default_factory=list)  # what masking would do
    points_to_fix: list[PointToFix] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)  # since the findings were last different
    drift: Drift = field(default_factory=Drift)  # of the columns, since the delivery before
    facts: str | None = None  # the store's key of what it is compared with others by
    failures: list[Failure] = field(default_factory=list)
    advice: Advice | None = None  # beside the ranking: published elsewhere already
    to_find_out: list[Question] = field(default_factory=list)  # of an idea
    steps: list[PublishingStep] = field(default_factory=list)  # what remains before publication


@dataclass(frozen=True)
class Region:
    """All candidates of a run, in the order of the ranking, and when and how the run was made."""

    title: dict[str, str]
    candidates: list[Candidate]
    finished: str  # ISO 8601
    run: dict[str, Any] = field(default_factory=dict)  # what run.json holds
    synthetic: bool = False
    # why the first stands first: sentences, sv and en
    why: list[dict[str, str]] = field(default_factory=list)
    weights: Weights | None = None  # whose weights the order follows from
    robustness: Robustness | None = None
    across: Across | None = None  # what several candidates share: shown, never scored
    folder: Path | None = None  # the catalogue's
