"""A run in small, as history keeps it: the state of each candidate, and what became of it since the
run before.

Rules are known by their stable ids (``renamed``), with table and column; counts alone are kept,
never a value. A candidate that failed keeps the state that it had: nothing is mended by a night
that could not look.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from helpers.checking import changes, renamed
from helpers.checking.changes import Summary
from helpers.checking.findings import SEVERITIES, Finding
from helpers.screening.marks import VERDICTS
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

FAILED, IDEA = "failed", "ideas"
CRITICAL = SEVERITIES.index("critical")
BETWEEN = "\x1f"  # rule, table and column in one key


@dataclass(frozen=True)
class Rule:
    """What one rule said of one column: rows that fail, its severity (an index of ``SEVERITIES``),
    its version, and since which day (ISO) it has failed; "" where it does not."""

    failed: int
    severity: int
    version: int
    since: str = ""


@dataclass(frozen=True)
class State:
    """A candidate after a run. ``status``: a verdict, ``ideas`` or ``failed``; ``rank`` is None
    without a place, ``low`` and ``high`` (points of 100) without a scorecard. ``rules`` by key."""

    status: str
    organisation: str = ""
    rank: int | None = None
    low: float | None = None
    high: float | None = None
    verdict: str = ""  # the last one that is known
    since: str = ""  # the day (ISO) since which the status is what it is
    rules: dict[str, Rule] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All of it; a rule is a list of its fields."""
        return asdict(self) | {
            "rules": {key: list(asdict(rule).values()) for key, rule in self.rules.items()}
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> State:
        """What ``to_json`` gave, under what its rules are called now."""
        rules = {_now(key): Rule(*said) for key, said in plain["rules"].items()}
        return cls(**{**plain, "rules": rules})

    @property
    def open(self) -> dict[str, Rule]:
        """The rules that fail."""
        return {key: rule for key, rule in self.rules.items() if rule.failed}


@dataclass(frozen=True)
class Night:
    """One run: its ``id``, when it began and ended (ISO 8601), its exit code, and the state of each
    candidate that is known. ``seen``: the ids that this run looked at; ``number``: how many runs
    there have been."""

    id: str
    started: str
    finished: str
    exit_code: int
    states: dict[str, State]
    seen: tuple[str, ...] = ()
    number: int = 1

    @property
    def day(self) -> str:
        """The day (ISO) on which it ended."""
        return self.finished[:10]

    @property
    def first(self) -> str | None:
        """The id of the candidate with the best place, and a file; None where there is none."""
        placed = [(one.rank, id) for id, one in self.states.items() if one.rank is not None]
        return min(placed)[1] if placed else None

    @property
    def failed(self) -> list[str]:
        """The candidates that this run could not examine."""
        return [id for id in self.seen if self.states[id].status == FAILED]


@dataclass(frozen=True)
class Moves:
    """What became of a candidate's findings since the run before, by key: ``new`` ones, ``fixed``
    ones, those that persist; ``other`` fail under a rule that was not there before, or meant
    something else."""

    new: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    persisting: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


def _now(key: str) -> str:
    rule, _, rest = key.partition(BETWEEN)
    return BETWEEN.join((renamed.now(rule), rest)) if rest else renamed.now(rule)


def rule_of(key: str) -> str:
    """The rule's id."""
    return key.partition(BETWEEN)[0]


def _key(summary: Summary, taken: Collection[str]) -> str:
    """Rule, table and column as they may be shown: a name of the source may be a person's. Of two
    that are then alike the second is numbered."""
    shown = (summary.rule, str(SourceText(summary.table)), str(SourceText(summary.column)))
    key = BETWEEN.join(shown).rstrip(BETWEEN)
    numbered = (f"{key}{BETWEEN}{number}" for number in itertools.count(2))
    return (
        key if key not in taken else next(summary for summary in numbered if summary not in taken)
    )


def rules(
    findings: Iterable[Finding], main: str, before: State | None = None, day: str = ""
) -> dict[str, Rule]:
    """What each rule says now, by key. ``main``: the main table's name; ``before``: the state after
    the run before, ``day``: of this one (ISO)."""
    found: dict[str, Rule] = {}
    for summary in changes.summaries(findings, main):
        key = _key(summary, found)
        old = before.rules.get(key) if before else None
        since = (old.since if old and old.failed else day) if summary.failed else ""
        found[key] = Rule(
            summary.failed, SEVERITIES.index(summary.severity), summary.version, since
        )
    return found


def state(candidate: Candidate, before: State | None, day: str) -> State:
    """The candidate's state after a run that ended on ``day`` (ISO); ``before``: after the run
    before."""
    made = _failed(candidate, before) if _is_failed(candidate) else _seen(candidate, before, day)
    same = before is not None and before.since and before.status == made.status
    return replace(made, since=before.since if before and same else day)


def _is_failed(candidate: Candidate) -> bool:
    return candidate.gate is None or bool(candidate.kept_from)


def _failed(candidate: Candidate, before: State | None) -> State:
    """As it was, but for its status; with the place that it keeps, if it does."""
    rank = candidate.ranked.rank if candidate.ranked and candidate.kept_from else None
    organisation = candidate.entry.organisation
    return replace(before or State(FAILED), status=FAILED, organisation=organisation, rank=rank)


def _seen(candidate: Candidate, before: State | None, day: str) -> State:
    card, file = candidate.scorecard, candidate.entry.source
    main = candidate.snapshot.main.name if candidate.snapshot else ""
    return State(
        candidate.kind,
        candidate.entry.organisation,
        candidate.ranked.rank if candidate.ranked and file else None,
        card.low if card else None,
        card.high if card else None,
        candidate.gate.verdict if candidate.gate and file else "",
        rules=rules(candidate.findings, main, before, day),
    )


def night(region: Region, id: str, started: str, exit_code: int, before: Night | None) -> Night:
    """The run in small. ``before``: the last one; candidates that this run did not look at are as
    they were then."""
    earlier = before.states if before else {}
    seen = {
        candidate.entry.id: state(candidate, earlier.get(candidate.entry.id), region.finished[:10])
        for candidate in region.candidates
    }
    some = region.run.get("candidates", "all") != "all"
    partial = some and bool(earlier.keys() - seen.keys())
    if partial:  # places among a few are no places among all
        seen = {
            id: replace(one, rank=earlier[id].rank if id in earlier else None)
            for id, one in seen.items()
        }
    number = before.number + 1 if before else 1
    states = {**earlier, **seen} if partial else seen
    return Night(id, started, region.finished, exit_code, states, tuple(seen), number)


def moves(before: State | None, after: State) -> Moves:
    """What became of the findings; nothing the first time, nor where the candidate failed."""
    if before is None or after.status == FAILED or not before.rules:
        return Moves()
    versions = {rule_of(key): rule.version for key, rule in before.rules.items()}
    kinds: dict[str, list[str]] = {"new": [], "fixed": [], "persisting": [], "other": []}
    for key, rule in sorted(after.rules.items()):
        old = before.rules.get(key)
        same = versions.get(rule_of(key)) == rule.version
        if rule.failed and old and old.failed:
            kinds["persisting"].append(key)
        elif rule.failed:
            kinds["new" if same else "other"].append(key)
        elif old and old.failed and same:
            kinds["fixed"].append(key)
    return Moves(**{kind: tuple(keys) for kind, keys in kinds.items()})


def closed(before: State | None, after: State) -> bool:
    """True where the gate says something worse than before."""
    if before is None or not before.verdict or not after.verdict:
        return False
    return VERDICTS.index(after.verdict) > VERDICTS.index(before.verdict)


def critical(keys: Iterable[str], state: State) -> int:
    """How many of these rules are critical."""
    return sum(state.rules[key].severity == CRITICAL for key in keys)
