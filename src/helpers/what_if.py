"""What would move each candidate up: the smallest repairs that give it a better place, and gates that need a decision.

Nothing is promised that is not in the owner's hands: rules that failed can be met, and a licence, an owner and
a description can be given. A value or an effort that nobody has assessed is never assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpers import escaping, ranking, scoring
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.messages import LANGUAGES, text
from helpers.scorecards import Scorecard, WhatIf

if TYPE_CHECKING:
    from helpers.catalogue import Entry

MOVES = 3  # shown for each candidate
GATE = "gate"


@dataclass(frozen=True)
class _Repair:
    """One thing that can be done. ``rows`` are (table, row); ``more`` counts those that the finding does not list."""

    id: str
    finding: Finding | None = None
    rows: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    more: int = 0


def _rows(repairs: Iterable[_Repair]) -> int:
    """Rows to correct: those listed counted once however many rules name them, and those not listed on top."""
    chosen = list(repairs)
    return len(frozenset().union(*(one.rows for one in chosen))) + sum(one.more for one in chosen)


def _repairs(card: Scorecard, findings: Sequence[Finding], entry: Entry) -> list[_Repair]:
    if entry.source is None:
        return []
    there = {one.id for one in card.criteria}
    failed = [
        one
        for dimension in DIMENSIONS
        if f"readiness_{dimension}" in there
        for one in scoring.votes(findings, dimension)
        if one.outcome == "failed"
    ]
    found = [
        _Repair(one.id, one, frozenset((one.table, row) for row in one.rows), max(0, one.rows_total - len(one.rows)))
        for one in failed
    ]
    unknown = {one.id for one in card.criteria if one.low != one.high}
    found += [_Repair(name) for name in ("readiness_licence", "readiness_owner") if name in unknown]
    missing = scoring.missing_metadata(entry)
    # a declared frequency lets the rules on timeliness run, and nobody knows yet what they will say
    if missing and "update_frequency" not in missing:
        found.append(_Repair("readiness_metadata"))
    return found


def _after(card: Scorecard, findings: Sequence[Finding], repairs: Iterable[_Repair]) -> Scorecard:
    done = list(repairs)
    met = [one.finding for one in done if one.finding is not None]
    repaired = [
        replace(one, outcome="passed", failed=0, rows=[], rows_total=0) if any(one is other for other in met) else one
        for one in findings
    ]
    return scoring.rescored(card, repaired, [one.id for one in done if one.finding is None])


def _place(card: Scorecard, cards: Sequence[Scorecard]) -> int | None:
    others = [card if one.candidate == card.candidate else one for one in cards]
    return next(one.rank for one in ranking.rank(others) if one.candidate == card.candidate)


def _listed(words: Sequence[str], language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return text("what_if.and", language, first=", ".join(words[:-1]), last=words[-1])


def _task(repairs: Sequence[_Repair], language: str) -> str:
    """What is to be done, in words: rows in columns, faults of the whole file, answers in the catalogue."""
    rows = _rows(repairs)
    columns = sorted({escaping.shown(one.finding.column) for one in repairs if one.finding and one.finding.column
                      and (one.rows or one.more)})  # fmt: skip
    parts = []
    if rows:
        many = "one" if rows == 1 else "many"
        place = "nowhere" if not columns else "column" if len(columns) == 1 else "columns"
        where = text(f"what_if.{place}", language, columns=_listed(columns, language))
        parts.append(text(f"what_if.rows.{many}", language, rows=rows, where=where).strip())
    whole = sum(1 for one in repairs if one.finding and not one.rows and not one.more)
    if whole:
        parts.append(text(f"what_if.file.{'one' if whole == 1 else 'many'}", language, count=whole))
    parts += [text(f"what_if.{one.id}", language) for one in repairs if one.finding is None]
    said = _listed(parts, language)
    return said[:1].upper() + said[1:]


def _message(repairs: Sequence[_Repair], before: int, after: int) -> dict[str, str]:
    return {
        language: text("what_if.move", language, task=_task(repairs, language), before=before, after=after)
        for language in LANGUAGES
    }


def _path(card: Scorecard, findings: Sequence[Finding], repairs: Sequence[_Repair]) -> Iterable[list[_Repair]]:
    """Ever larger sets: each time the repair is added that gains most points for each further row."""
    chosen: list[_Repair] = []
    left = list(repairs)
    while left:
        points = _after(card, findings, chosen).middle

        def worth(one: _Repair, chosen: list[_Repair] = chosen, points: float = points) -> tuple[float, int, str]:
            gain = _after(card, findings, [*chosen, one]).middle - points
            cost = _rows([*chosen, one]) - _rows(chosen)
            return -gain / (cost + 1), cost, one.id  # one more: an answer in the catalogue takes its time too

        best = min(left, key=worth)
        left.remove(best)
        chosen = [*chosen, best]
        yield chosen


def _moves(card: Scorecard, cards: Sequence[Scorecard], findings: Sequence[Finding], entry: Entry) -> list[WhatIf]:
    before = _place(card, cards)
    assert before is not None
    if before == 1:
        return []
    repairs = _repairs(card, findings, entry)
    found: dict[frozenset[int], tuple[int, list[_Repair]]] = {}

    def reached(chosen: list[_Repair]) -> int:
        place = _place(_after(card, findings, chosen), cards)
        assert place is not None
        return place

    for chosen in [*([one] for one in repairs), *_path(card, findings, repairs)]:
        after = reached(chosen)
        if after >= before:
            continue
        for one in sorted(chosen, key=lambda one: (-_rows([one]), one.id)):  # the dearest first
            without = [other for other in chosen if other is not one]
            if without and reached(without) <= after:
                chosen = without
        found[frozenset(map(id, chosen))] = (after, chosen)
    # the fewest rows first; a dearer one only where it leads to a better place
    cheapest = sorted(found.values(), key=lambda pair: (_rows(pair[1]), len(pair[1]), pair[0], [r.id for r in pair[1]]))
    kept: list[tuple[int, list[_Repair]]] = []
    for after, chosen in cheapest:
        if not kept or after < kept[-1][0]:
            kept.append((after, chosen))
    shown = kept if len(kept) <= MOVES else [*kept[: MOVES - 1], kept[-1]]  # the first steps, and the furthest one
    return [
        WhatIf([one.id for one in chosen], _message(chosen, before, after), _rows(chosen), before, after)
        for after, chosen in shown
    ]


def what_if(
    cards: Sequence[Scorecard], findings_by_candidate: Mapping[str, Sequence[Finding]], entries: Mapping[str, Entry]
) -> dict[str, list[WhatIf]]:
    """For each candidate at most three moves, the one with fewest rows first; none for the first in the ranking.

    ``findings_by_candidate`` and ``entries`` by candidate id. A stopped candidate has one move that needs a person's
    decision: the place it would have if nothing stopped it.
    """
    found = {}
    for card in cards:
        if card.verdict == "stopp":
            after = _place(replace(card, verdict="granska"), cards)
            said = {language: text("what_if.decision", language, after=after) for language in LANGUAGES}
            found[card.candidate] = [WhatIf([GATE], said, 0, None, after, decision=True)]
        else:
            findings = findings_by_candidate.get(card.candidate, [])
            found[card.candidate] = _moves(card, cards, findings, entries[card.candidate])
    return found
