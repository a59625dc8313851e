"""What would move each candidate up: the cheapest repairs in hours that give it a better place, and
what opens its gate.

Nothing is promised that is not in the owner's hands: rules that failed can be met, and a licence,
an owner and a description can be given. A value or an effort that nobody has assessed is never
assumed, and a place follows from the worst case. What has no place yet is told what it takes to get
one by ``placing``, not here. What takes a person's decision stands apart and says so.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from helpers.checking.findings import COLUMNS, Finding
from helpers.metadata.completeness import given
from helpers.scoring import effort, placing, scoring
from helpers.scoring.scorecards import Scorecard, WhatIf
from helpers.scoring.weights import Weights, common, effective
from helpers.words import escaping
from helpers.words.messages import LANGUAGES, listed, number, text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate

MOVES = 3  # shown for each candidate
SETS = 400  # of repairs weighed up by hours for each candidate; eight repairs have 255

HALF = 0.75  # work of fewer hours is said as half an hour
MASK, ANEW = "masking", "anew"  # two ways with what was found of persons


@dataclass(frozen=True)
class Case:
    """What a candidate's scorecard was made of."""

    entry: Entry
    gate: Gate | None
    findings: Sequence[Finding] = ()
    conformity: float | None = None


@dataclass(frozen=True)
class _Repair:
    """One thing that can be done: a rule that is met, or fields of the catalogue entry that are
    given."""

    id: str
    finding: Finding | None = None
    gives: Mapping[str, Any] = field(default_factory=dict)
    hours: float = 0.0  # of what is given; findings are counted together


def repairs(case: Case) -> list[_Repair]:
    """All that can be repaired; nothing for an idea, which has no file."""
    entry = case.entry
    if entry.source is None:
        return []
    possible = [
        _Repair(finding.id, finding)
        for finding in case.findings
        if finding.outcome == "failed" and effort.has_vote(finding)
    ]
    if not given(entry.licence):
        possible.append(
            _Repair(
                "readiness_licence", gives={"licence": "CC0-1.0"}, hours=effort.hours("licence")
            )
        )
    owner = entry.owner
    if not (given(owner.role) and given(owner.mailbox)):
        named = owner.model_copy(
            update={"role": owner.role or "?", "mailbox": owner.mailbox or "?"}
        )
        possible.append(
            _Repair("readiness_owner", gives={"owner": named}, hours=effort.hours("owner"))
        )
    # a declared frequency lets the rules on timeliness run, and nobody knows yet what they will say
    missing = [name for name in effort.missing_metadata(entry) if name != "update_frequency"]
    if missing:
        filled = {name: ["?"] if name == "keywords" else "?" for name in missing}
        possible.append(
            _Repair(
                "readiness_metadata", gives=filled, hours=effort.hours("metadata") * len(missing)
            )
        )
    return sorted(
        possible,
        key=lambda repair: (repair.id, repair.finding.column or "" if repair.finding else ""),
    )


def _hours(chosen: Iterable[_Repair]) -> float:
    done = list(chosen)
    return effort.of_findings([repair.finding for repair in done if repair.finding]) + sum(
        repair.hours for repair in done
    )


def repaired(case: Case, chosen: Iterable[_Repair]) -> Case:
    """The case with these repairs done."""
    done = list(chosen)
    met = {id(repair.finding) for repair in done if repair.finding is not None}
    findings = [
        replace(finding, outcome="passed", failed=0, rows=[], rows_total=0)
        if id(finding) in met
        else finding
        for finding in case.findings
    ]
    gives = {name: value for repair in done for name, value in repair.gives.items()}
    entry = case.entry.model_copy(update=gives) if gives else case.entry
    columns_met = any(repair.id == COLUMNS for repair in done) and case.conformity is not None
    return replace(
        case, entry=entry, findings=findings, conformity=1.0 if columns_met else case.conformity
    )


class _Field:
    """The others' points, against which a candidate's are placed; a place is found without writing
    a single message."""

    def __init__(
        self, card: Scorecard, cards: Sequence[Scorecard], case: Case, weights: Weights
    ) -> None:
        self.card, self.cards, self.weights = card, cards, weights
        # information and special rules have no say: without them each trial is quicker
        self.case = replace(
            case, findings=[finding for finding in case.findings if effort.has_vote(finding)]
        )
        self.shared = effective(weights.values, [criterion.id for criterion in card.criteria])
        self.others = [
            other.low
            for other in cards
            if other.candidate != card.candidate and not placing.hindrances_of(other)
        ]
        self.all = repairs(self.case)
        self.known: dict[str, tuple[float, float]] = {}
        self.known = self._ends(self.case, None)

    def _ends(self, case: Case, ids: Collection[str] | None) -> dict[str, tuple[float, float]]:
        scored = scoring.points(
            case.entry, case.gate, case.findings, conformity=case.conformity, of=ids
        )
        return self.known | {name: (points[0], points[1]) for name, points in scored.items()}

    def place(self, chosen: Sequence[_Repair]) -> int:
        """Its place with these repairs done, were nothing in the way of one; only the criteria that
        they touch are scored anew."""
        low, _ = self._sums(chosen)
        return 1 + sum(other > low for other in self.others)

    def placed(self) -> int | None:
        """Its place as it stands, whatever the gate says; None where it has none yet."""
        lacking = placing.hindrances("fri", self.card.lacks, *self._sums([]))
        return None if lacking else self.place([])

    def _sums(self, chosen: Sequence[_Repair]) -> tuple[float, float]:
        """Worst and best sum, 0-100, with these repairs done."""
        touched = {
            f"readiness_{repair.finding.dimension}" if repair.finding else repair.id
            for repair in chosen
        }
        touched |= {
            "effort_work",
            *(("readiness_conformity",) if any(repair.id == COLUMNS for repair in chosen) else ()),
        }
        ends = self._ends(repaired(self.case, chosen), touched) if chosen else self.known
        whole = sum(self.shared.values()) * scoring.MOST
        sums = (
            sum(self.shared[name] * points[end] for name, points in ends.items()) for end in (0, 1)
        )
        low, high = (round(weighed / whole * 100, 6) for weighed in sums)
        return low, high

    def cheapest(self) -> Iterable[list[_Repair]]:
        """Sets of repairs by rising hours, each once, at most ``SETS`` beside the single ones; then
        ever larger ones."""
        waiting: list[tuple[float, tuple[int, ...]]] = [
            (_hours([repair]), (i,)) for i, repair in enumerate(self.all)
        ]
        heapq.heapify(waiting)
        left, whole = SETS, True
        while waiting:
            _, chosen = heapq.heappop(waiting)
            yield [self.all[i] for i in chosen]
            for further in range(chosen[-1] + 1, len(self.all)):
                if not left:
                    whole = False
                    break
                left -= 1
                larger = (*chosen, further)
                heapq.heappush(waiting, (_hours(self.all[i] for i in larger), larger))
        if not whole:
            yield from self._path()

    def _path(self) -> Iterable[list[_Repair]]:
        """Each time the repair is added that costs least; what turns out not to be needed is left
        out again."""
        chosen: list[_Repair] = []
        for added in sorted(self.all, key=lambda repair: (_hours([repair]), repair.id)):
            chosen = [*chosen, added]
            reached, slim = self.place(chosen), chosen
            for other in sorted(chosen, key=lambda repair: -_hours([repair])):
                without = [kept for kept in slim if kept is not other]
                if without and self.place(without) <= reached:
                    slim = without
            yield slim


def _where(findings: Sequence[Finding], language: str) -> str:
    """The coordinates, and the columns whose rows are not those of the coordinates again."""
    spots = [
        finding for finding in findings if finding.dimension == "geography" and not finding.column
    ]
    placed = {row for finding in spots for row in finding.rows}
    columns = sorted(
        {
            escaping.shown(finding.column)
            for finding in findings
            if finding.column and not set(finding.rows) <= placed
        }
    )
    parts = [text("what_if.coordinates", language)] if spots else []
    if columns:
        key = "column" if len(columns) == 1 else "columns"
        parts.append(text(f"what_if.{key}", language, columns=listed(columns, language)))
    return listed(parts, language) or text("what_if.nowhere", language)


def _task(chosen: Sequence[_Repair], language: str) -> str:
    """What is to be done, in words: rows in columns, faults of the whole file, answers in the
    catalogue."""
    findings = [repair.finding for repair in chosen if repair.finding]
    with_rows = [finding for finding in findings if effort.rows([finding])]
    rows = effort.rows(with_rows)
    parts = []
    if rows:
        many = "one" if rows == 1 else "many"
        parts.append(
            text(f"what_if.rows.{many}", language, rows=rows, where=_where(with_rows, language))
        )
    whole = len(findings) - len(with_rows)
    if whole:
        parts.append(text(f"what_if.file.{'one' if whole == 1 else 'many'}", language, count=whole))
    parts += [text(f"what_if.{repair.id}", language) for repair in chosen if repair.finding is None]
    sentence = listed(parts, language)
    return sentence[:1].upper() + sentence[1:]


def _work(hours: float, language: str) -> str:
    whole = max(1, round(hours))
    if hours < HALF:
        return text("what_if.hours.half", language)
    return text(
        f"what_if.hours.{'one' if whole == 1 else 'many'}", language, count=number(whole, language)
    )


def _moves(standing: _Field) -> list[WhatIf]:
    before = standing.placed()
    if before is None or before == 1:
        return []
    kept: list[tuple[int, list[_Repair]]] = []
    for chosen in standing.cheapest():
        after = standing.place(chosen)
        if after < (kept[-1][0] if kept else before):
            kept.append((after, chosen))
        if after == 1:
            break
    # the first steps, and the furthest one
    shown = kept if len(kept) <= MOVES else [*kept[: MOVES - 1], kept[-1]]
    return [
        WhatIf(
            list(dict.fromkeys(repair.id for repair in chosen)),
            {
                language: text(
                    "what_if.move",
                    language,
                    task=_task(chosen, language),
                    before=before,
                    after=after,
                    work=_work(_hours(chosen), language),
                )
                for language in LANGUAGES
            },
            effort.rows(repair.finding for repair in chosen if repair.finding),
            before,
            after,
            hours=round(_hours(chosen), 2),
        )
        for after, chosen in shown
    ]


def _settling(way: str | None, asked: int, others: int, language: str) -> str:
    """What a person does to open the gate, in words: masks or writes the table anew (``way``),
    answers so many questions, settles what else there is."""
    parts = [text(f"what_if.{way}", language)] if way else []
    if asked:
        many = "one" if asked == 1 else "many"
        parts.append(text(f"what_if.answer.{many}", language, count=asked))
    if others or not parts:
        parts.append(text("what_if.settle", language))
    return listed(parts, language)


def _decision(standing: _Field) -> list[WhatIf]:
    """What opens the gate: a person masks, answers and decides. The place is the one it would have
    then."""
    card, gate = standing.card, standing.case.gate
    if gate is None or card.verdict == "fri":
        return []
    open_ = [reason for reason in gate.reasons if reason.level in ("stopp", "granska")]
    asked = [reason for reason in open_ if reason.code.startswith("unanswered_")]
    detected = effort.detected(open_)
    way = ANEW if effort.only_beside(detected) else MASK
    hours = len(asked) * effort.hours("question") + effort.of_personal(open_)
    opened = replace(
        gate, verdict="fri", reasons=[reason for reason in gate.reasons if reason not in open_]
    )
    before = None if card.verdict == "stopp" else standing.placed()
    standing.case = replace(standing.case, gate=opened)
    standing.known = standing._ends(standing.case, None)
    after = standing.placed()
    key = "unplaced" if after is None else "stopped" if before is None else "open"
    others = len(open_) - len(asked) - len(detected)
    message = {
        language: text(
            f"what_if.{key}",
            language,
            task=_settling(way if detected else None, len(asked), others, language),
            after=after or "",
            work=_work(hours, language),
        )
        for language in LANGUAGES
    }
    names = [
        *([way] if detected else []),
        *(f"question_{reason.question}" for reason in asked if reason.question),
    ]
    return [
        WhatIf(names or ["gate"], message, 0, before, after, decision=True, hours=round(hours, 2))
    ]


def what_if(
    cards: Sequence[Scorecard], cases: Mapping[str, Case], weights: Weights | None = None
) -> dict[str, list[WhatIf]]:
    """By candidate: at most three moves, the cheapest in hours first, and last what opens its gate
    (``decision``).

    None for the first in the ranking but its own gate. The search is by rising hours and so exact
    for up to eight repairs; beyond ``SETS`` sets it goes on by adding the cheapest repair, and may
    miss a cheaper set.
    """
    by_candidate = {}
    for card in cards:
        standing = _Field(card, cards, cases[card.candidate], weights or common())
        moves = [] if card.verdict == "stopp" else _moves(standing)
        by_candidate[card.candidate] = [*moves, *_decision(standing)]
    return by_candidate
