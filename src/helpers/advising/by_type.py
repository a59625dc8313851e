"""What candidates of one type have in common: what is done once serves all who have it.

Nothing is computed of the data: findings, steps and answers are gathered that other stages gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from helpers.advising import publishing_steps
from helpers.advising.results import Candidate
from helpers.checking import findings

# steps that can be done once for all of a type; what an organisation decides for itself is none
ONCE = ("questions", "export", "columns", "format", "licence", "describe", "routine")


@dataclass(frozen=True)
class Common:
    """One thing that several candidates of a type have to do. ``id``: a step of ``ONCE``, or a
    rule; ``because``: why the rule is there (sv, en), ``fix`` how it is mended where all are told
    the same; ``questions``: ids of the legal questions that are open for all of them."""

    id: str
    candidates: list[str]
    because: dict[str, str] = field(default_factory=dict)
    fix: dict[str, str] = field(default_factory=dict)
    severity: str = ""
    questions: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OfType:
    """The candidates of one type in the order of the ranking, and what they have in common."""

    type: str
    candidates: list[Candidate]

    @property
    def organisations(self) -> list[str]:
        """Ids of those that have it, each once."""
        return list(dict.fromkeys(one.entry.organisation for one in self.candidates))

    @property
    def steps(self) -> list[Common]:
        """Steps that at least two of them have left, in the order in which they are taken."""
        held = _held(self.candidates, lambda one: [step.id for step in one.steps])
        return [
            Common(id, held[id], questions=self._questions() if id == "questions" else [])
            for id in ONCE
            if len(held.get(id, ())) > 1
        ]

    def _questions(self) -> list[str]:
        opened = [publishing_steps.open_questions(one) for one in self.candidates]
        having = [ids for ids in opened if ids]
        return [id for id in having[0] if all(id in ids for ids in having)] if having else []

    @property
    def faults(self) -> list[Common]:
        """Rules that at least two of them do not meet, the gravest first, then what most have."""
        failing = {one.entry.id: list(_failing(one)) for one in self.candidates}
        held = _held(self.candidates, lambda one: [told.id for told in failing[one.entry.id]])
        made = []
        for id, candidates in held.items():
            if len(candidates) < 2:
                continue
            said = [told for one in candidates for told in failing[one] if told.id == id]
            same = all(told.fix == said[0].fix for told in said)
            worst = min((told.severity for told in said), key=findings.SEVERITIES.index)
            fix = said[0].fix if same else {}
            made.append(Common(id, candidates, said[0].because, fix, worst))
        return sorted(
            made,
            key=lambda one: (findings.SEVERITIES.index(one.severity), -len(one.candidates), one.id),
        )


def _failing(candidate: Candidate) -> Iterator[findings.Finding]:
    for told in findings.faults_of(candidate.findings):
        if told.cause.outcome == "failed":
            yield told.cause


def _held(
    candidates: Iterable[Candidate], of: Callable[[Candidate], Iterable[str]]
) -> dict[str, list[str]]:
    """Id -> the candidates that have it."""
    held: dict[str, list[str]] = {}
    for one in candidates:
        for id in dict.fromkeys(of(one)):
            held.setdefault(id, []).append(one.entry.id)
    return held


def types(candidates: Iterable[Candidate]) -> list[OfType]:
    """All types of a region, the one that most candidates have first."""
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.entry.type, []).append(one)
    return sorted(
        (OfType(type, ones) for type, ones in groups.items()),
        key=lambda one: (-len(one.candidates), one.type),
    )
