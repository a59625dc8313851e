"""What a run knows of one candidate, and of all: what is shown, and what ``results.json`` holds.
Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.advising.across.comparing import Across
from helpers.advising.elsewhere import Advice
from helpers.advising.high_value import Concern
from helpers.advising.unknowns import Question
from helpers.checking.changes import Changes
from helpers.checking.drift import Drift
from helpers.checking.findings import Finding
from helpers.checking.points_to_fix import PointToFix
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.reading.snapshot import Snapshot
from helpers.scoring import placing
from helpers.scoring.robustness import Robustness
from helpers.scoring.scorecards import NoPlace, Ranked, Scorecard
from helpers.scoring.weights import Weights
from helpers.screening.marks import VERDICTS, Gate, Screening
from helpers.screening.masking.proposal import MaskingStep
from helpers.words.display import Display, head
from helpers.words.escaping import shown
from helpers.words.messages import span, text

if TYPE_CHECKING:
    import pandas as pd


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
    take it, as is usual for the dataset's type; ``needs`` the steps that are to be done before;
    ``hours`` least and most, empty where nobody has assumed any."""

    id: str
    text: dict[str, str]
    short: dict[str, str]
    who: dict[str, str]
    why: dict[str, str]
    needs: list[str] = field(default_factory=list)
    hours: list[float] = field(default_factory=list)


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
    rows_to_fix: Sequence[RowToFix] = field(default_factory=list)
    # ids of the legal questions that the dataset raises
    asked: list[str] = field(default_factory=list)
    proposal: list[MaskingStep] = field(default_factory=list)  # what masking would do
    points_to_fix: Sequence[PointToFix] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)  # since the findings were last different
    drift: Drift = field(default_factory=Drift)  # of the columns, since the delivery before
    # what it says to the questions that people ask of its type, as answers.answer has them
    answers: list[dict[str, Any]] = field(default_factory=list)
    facts: str | None = None  # the store's key of what it is compared with others by
    known: str = ""  # what tells all that its stages said from anything else; "" of none
    beside: str = ""  # the same of the candidate that its notebooks show beside it
    failures: list[Failure] = field(default_factory=list)
    # when (ISO 8601) the run was made whose result stands here, as this run failed; "": this one
    kept_from: str = ""
    advice: Advice | None = None  # beside the ranking: published elsewhere already
    high_value: Concern | None = None  # beside it too: EU's act may reach it
    to_find_out: list[Question] = field(default_factory=list)  # of an idea
    steps: list[PublishingStep] = field(default_factory=list)  # what remains before publication

    @property
    def no_place(self) -> list[NoPlace]:
        """Why it has no place, and what it would take; empty where it has one."""
        return self.ranked.no_place if self.ranked else [placing.reason(placing.FAILED)]

    @property
    def not_yet(self) -> list[NoPlace]:
        """The same of a file that was examined and is not stopped: it cannot be ranked yet."""
        stopped = self.gate is not None and self.gate.verdict == "stopp"
        return self.no_place if self.ranked and self.entry.source and not stopped else []

    @property
    def kind(self) -> str:
        """The one kind that it is counted as: a verdict, ``ideas`` or ``failed``."""
        if self.gate is None:
            return "failed"
        return self.gate.verdict if self.entry.source else "ideas"


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

    @property
    def counted(self) -> dict[str, int]:
        """How many candidates there are of each kind, each in one: by verdict where there is a
        file, ideas, and those that could not be examined."""
        kinds = [candidate.kind for candidate in self.candidates]
        return {kind: kinds.count(kind) for kind in (*VERDICTS, "ideas", "failed")}

    @property
    def failures(self) -> list[dict[str, Any]]:
        """All that did not come through: ``candidate`` (id; None: of the whole region), ``stage``,
        ``message`` (sv, en) and ``exit_code``."""
        of_candidates = [
            {"candidate": candidate.entry.id, **asdict(failure)}
            for candidate in self.candidates
            for failure in candidate.failures
        ]
        of_region = [{"candidate": None, **failure} for failure in self.run.get("failures", [])]
        return of_candidates + of_region

    def frame(self) -> pd.DataFrame:
        """One row for each candidate in the order of the ranking, its id as index.

        Columns: ``title, type, organisation, stage, verdict`` (fri, granska, stopp; missing where
        it could not be examined), ``rank`` (1 is first; missing where it has no place),
        ``tied_with`` (ids with commas between), ``low, high`` (points, 0-100: every unknown at
        worst and at best), and for each criterion ``<criterion>_low`` and ``<criterion>_high``
        (0-5). ``attrs["weights"]`` says what each criterion weighs.
        """
        import pandas as pd  # 0.5 s

        rows = [_plain_row(candidate) for candidate in self.candidates]
        frame = pd.DataFrame(rows).set_index("id")
        frame["rank"] = frame["rank"].astype("Int64")
        frame.attrs["weights"] = dict(self.weights.values) if self.weights else {}
        return frame

    def _repr_html_(self) -> str:
        return self._display()._repr_html_()

    def __repr__(self) -> str:
        return repr(self._display())

    def _display(self, language: str = "sv") -> Display:
        """The order, as it is shown where a region stands last in a cell."""
        rows = []
        for candidate in self.candidates:
            place = candidate.ranked.rank if candidate.ranked and candidate.ranked.rank else "–"
            verdict = (
                text(f"gate.verdict.{candidate.gate.verdict}", language) if candidate.gate else "–"
            )
            card = candidate.scorecard
            points = span(card.low, card.high, language) if card else "–"
            rows.append((place, candidate.entry.id, shown(candidate.entry.title), points, verdict))
        columns = ("place", "id", "candidate", "points", "gate")
        return Display(head("region", language, *columns), rows, text("show.region.how", language))


def _plain_row(candidate: Candidate) -> dict[str, Any]:
    """What a frame of the region says of one candidate."""
    entry, card, ranked = candidate.entry, candidate.scorecard, candidate.ranked
    row: dict[str, Any] = {
        "id": entry.id,
        "title": shown(entry.title),
        "type": entry.type,
        "organisation": entry.organisation,
        "stage": str(entry.stage),
        "verdict": candidate.gate.verdict if candidate.gate else None,
        "rank": ranked.rank if ranked else None,
        "tied_with": ",".join(ranked.tied_with) if ranked else "",
        "low": card.low if card else None,
        "high": card.high if card else None,
    }
    for criterion in card.criteria if card else ():
        row |= {f"{criterion.id}_low": criterion.low, f"{criterion.id}_high": criterion.high}
    return row
