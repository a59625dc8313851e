"""What an organisation answered of its work with open data beside what Datakollen sees of the same:
an answer is backed by what is counted, said otherwise by it, or the organisation's own word.

Never a level or a sum of points: answers are counted, and organisations are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from helpers.advising import leading, publishing_steps
from helpers.advising.results import Candidate
from helpers.checking.findings import SEVERITIES
from helpers.declared import maturity
from helpers.declared.activities import DONE, Activities
from helpers.declared.maturity import ANSWERS, Answer, Area, Question, Year
from helpers.metadata.completeness import given

UNKNOWN = "unknown"
TRAINING = "training"  # of what people have written that they did, not of datasets
BACKED, MORE, LESS, OWN = "backed", "more", "less", "own"
Sees = Callable[[Candidate], bool | None]  # None where the dataset says nothing of it


def _file(candidate: Candidate, holds: bool) -> bool | None:
    """``holds`` where a file was read; else there is nothing to see."""
    return holds if candidate.snapshot is not None else None


def _has_critical(candidate: Candidate) -> bool:
    return any(
        one.outcome == "failed" and one.severity == SEVERITIES[0] for one in candidate.findings
    )


def _lacks(candidate: Candidate, step: str) -> bool:
    return any(one.id == step for one in candidate.steps)


def _inventoried(candidate: Candidate) -> bool:
    entry = candidate.entry
    return given(entry.owner.role) and entry.stage not in ("idea", UNKNOWN)


SEEN: Mapping[str, Sees] = {
    "owner": lambda one: given(one.entry.owner.role),
    "columns": lambda one: _file(one, not publishing_steps.missing_columns(one)),
    "inventoried": _inventoried,
    "frequency": lambda one: given(one.entry.update_frequency),
    "export": lambda one: one.entry.source_system.export == "yes",
    "format": lambda one: _file(one, not publishing_steps.closed_format(one)),
    "quality": lambda one: _file(one, not _has_critical(one)),
    "metadata": lambda one: not _lacks(one, "describe"),
    "licence": lambda one: given(one.entry.licence),
    "law": lambda one: _file(one, not publishing_steps.open_questions(one)),
    "portal": lambda one: one.entry.published.status == "dataportal",
    "demand": lambda one: (
        given(one.entry.inventory.asked_for_by) or one.entry.value.requests_last_year is not None
    ),
}


@dataclass(frozen=True)
class Beside:
    """One question of one organisation: its answer, the answer of the year before (None where there
    is none), and how many datasets Datakollen sees it of (``seen`` of ``of``; 0 of 0 where it sees
    nothing). ``verdict``: backed, more (the answer says more than is seen), less (it says less), or
    own (nothing is seen of it)."""

    question: Question
    answer: Answer | None
    before: Answer | None = None
    seen: int = 0
    of: int = 0

    @property
    def said(self) -> str:
        """yes, partly, no or unknown; unknown too where nobody has answered."""
        return self.answer.answer if self.answer else UNKNOWN

    @property
    def verdict(self) -> str:
        if not self.of or self.said == UNKNOWN:
            return OWN
        rank = 2 if self.seen == self.of else 1 if self.seen else 0
        told = {"yes": 2, "partly": 1, "no": 0}[self.said]
        return BACKED if told == rank else MORE if told > rank else LESS


@dataclass(frozen=True)
class Own:
    """One organisation's baseline: area -> its questions. ``year``: of the answers; ``before``: of
    those that they are compared with; None where there are none."""

    organisation: str
    year: int
    before: int | None
    areas: tuple[tuple[Area, tuple[Beside, ...]], ...]
    synthetic: bool = False

    @property
    def every(self) -> list[Beside]:
        """All questions."""
        return [one for _, some in self.areas for one in some]


@dataclass(frozen=True)
class Baseline:
    """Those that have answered, by id, each for itself. ``asked``: how many organisations the
    catalogue has."""

    year: int
    before: int | None
    own: tuple[Own, ...]
    asked: int

    def counted(self, area: Area) -> dict[str, int]:
        """How many answers of each kind the area has, over all organisations that answered."""
        said = Counter(one.said for own in self.own for one in _of(own, area))
        return {answer: said[answer] for answer in ANSWERS}

    def changed(self, area: Area) -> tuple[int, int]:
        """How many answers say more than the year before, and how many less."""
        order = {"no": 0, "partly": 1, "yes": 2}
        steps = [
            order[one.said] - order[one.before.answer]
            for own in self.own
            for one in _of(own, area)
            if one.before and one.said in order and one.before.answer in order
        ]
        return sum(step > 0 for step in steps), sum(step < 0 for step in steps)

    def verdicts(self) -> dict[str, int]:
        """How many given answers are backed, say more, say less, or are the organisation's own
        word."""
        given_ = [one for own in self.own for one in own.every if one.said != UNKNOWN]
        counted = Counter(one.verdict for one in given_)
        return {verdict: counted[verdict] for verdict in (BACKED, MORE, LESS, OWN)}


def _of(own: Own, area: Area) -> tuple[Beside, ...]:
    return next(some for known, some in own.areas if known.id == area.id)


def seen(question: Question, candidates: Iterable[Candidate]) -> tuple[int, int]:
    """Of how many datasets Datakollen sees it, and of how many it could: those that failed, or that
    a national source has, say nothing."""
    sees = SEEN.get(question.evidence)
    if sees is None:
        return 0, 0
    looked = [sees(one) for one in candidates if not one.failures and not leading.to_link(one)]
    said = [one for one in looked if one is not None]
    return sum(said), len(said)


def helped(id: str, written: Activities | None, year: int) -> tuple[int, int]:
    """1 of 1 where people have written of help or teaching for the organisation in the year. That
    nobody has is no sign that there was none: then nothing is seen."""
    found = any(
        one.status == DONE and one.date and one.date.year == year and id in one.organisations
        for one in (written.activities if written else ())
    )
    return (1, 1) if found else (0, 0)


def _own(
    id: str,
    candidates: list[Candidate],
    year: Year,
    before: Year | None,
    written: Activities | None,
) -> Own:
    now = year.answers.get(id, {})
    then = before.answers.get(id, {}) if before else {}
    areas = []
    for area in maturity.areas():
        some = []
        for question in area.questions:
            count, of = (
                helped(id, written, year.year)
                if question.evidence == TRAINING
                else seen(question, candidates)
            )
            some.append(Beside(question, now.get(question.id), then.get(question.id), count, of))
        areas.append((area, tuple(some)))
    compared = before.year if before and then else None
    return Own(id, year.year, compared, tuple(areas), year.synthetic)


def baseline(
    years: Mapping[int, Year],
    candidates: Iterable[Candidate],
    until: int,
    written: Activities | None = None,
) -> Baseline | None:
    """The answers of the latest year that is not after ``until``, beside those of the year before
    that anybody answered in; None where nobody has answered by then."""
    known = [year for number, year in sorted(years.items()) if number <= until]
    if not known:
        return None
    year, before = known[-1], known[-2] if len(known) > 1 else None
    by_owner: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_owner.setdefault(candidate.entry.organisation, []).append(candidate)
    own = tuple(
        _own(id, by_owner.get(id, []), year, before, written)
        for id, answers in sorted(year.answers.items())
        if answers
    )
    return Baseline(year.year, before.year if before else None, own, len(by_owner))
