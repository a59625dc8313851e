"""What the runs of a period found and what was mended in it: the state before it, each run in it,
and the state after its last run, held against each other by the stable ids of rules.

A finding that came and went between two runs of the period was found and mended; a candidate that
was first looked at in the period has nothing before, so that all of it is found at first look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helpers.advising import nights
from helpers.advising.nights import FAILED, IDEA, Night, State

KNOWN, EXAMINED = "known", "examined"


@dataclass(frozen=True)
class Past:
    """What history says of a period. ``before``: the last run before it; ``last``: the last one in
    it, else ``before``; None where there is none. ``runs``: how many there were in it. ``first``:
    candidate -> ``known`` | ``examined`` -> the day (ISO) of the first run that knew, or examined,
    it, until the period's last day. ``failing``: candidate -> keys of all findings in the period.
    ``began``: candidate -> its first state with rules in the period, where ``before`` has none.
    ``examined``: the candidates with a file that some run in the period could look at.
    ``begins``: the day of the first run of all; "" where there is none."""

    before: Night | None = None
    last: Night | None = None
    runs: int = 0
    first: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    failing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    began: Mapping[str, State] = field(default_factory=dict)
    examined: frozenset[str] = frozenset()
    begins: str = ""


@dataclass(frozen=True)
class Moved:
    """What became of one candidate's findings in the period, in numbers. ``first_look``: those of
    the first run that examined it, where that is in the period; ``passing``: found and mended
    between two of its runs; ``other``: of rules that are new or mean something else, ``gone``: of
    rules that no longer ask, or mean something else; ``remain``: all that stand after the last run.

    before + first_look + new + other - fixed - gone = remain, where ``before`` is as many as stood
    before the period, of which ``persisting`` still stand.
    """

    id: str
    before: int = 0
    first_look: int = 0
    new: int = 0
    passing: int = 0
    fixed: int = 0
    other: int = 0
    gone: int = 0
    persisting: int = 0
    remain: int = 0
    critical: int = 0  # of those that remain
    failed: bool = False  # the last run could not examine it

    @property
    def found(self) -> int:
        """Findings that nobody had seen before the period."""
        return self.first_look + self.new + self.passing

    @property
    def mended(self) -> int:
        """Findings that the last run no longer has, by the same rules."""
        return self.fixed + self.passing


def past(runs: Iterable[Night], start: dt.date, end: dt.date) -> Past:
    """Of all runs, the first one first, what they say of the days ``start`` to ``end``, both in."""
    before: Night | None = None
    last: Night | None = None
    count, begins = 0, ""
    first: dict[str, dict[str, str]] = {}
    failing: dict[str, set[str]] = {}
    began: dict[str, State] = {}
    examined: set[str] = set()
    for night in runs:
        begins = begins or night.day
        if night.day > end.isoformat():
            continue
        _note_first(night, first)
        if night.day < start.isoformat():
            before = night
            continue
        last, count = night, count + 1
        for id, state in _looked_at(night):
            if state.rules and not _rules(before, id):
                began.setdefault(id, state)
            failing.setdefault(id, set()).update(state.open)
            if state.status != IDEA:
                examined.add(id)
    frozen = {id: frozenset(keys) for id, keys in failing.items()}
    return Past(before, last or before, count, first, frozen, began, frozenset(examined), begins)


def _looked_at(night: Night) -> list[tuple[str, State]]:
    """The candidates that the run examined, with what it said."""
    states = ((id, night.states.get(id)) for id in night.seen)
    return [(id, state) for id, state in states if state and state.status != FAILED]


def _rules(night: Night | None, id: str) -> bool:
    state = night.states.get(id) if night else None
    return bool(state and state.rules)


def _note_first(night: Night, first: dict[str, dict[str, str]]) -> None:
    for id, state in night.states.items():
        days = first.setdefault(id, {})
        days.setdefault(KNOWN, night.day)
        if id in night.seen and state.status not in (FAILED, IDEA):
            days.setdefault(EXAMINED, night.day)


def moved(said: Past) -> list[Moved]:
    """What became of each candidate's findings, by id; nothing where no run fell in the period."""
    if said.last is None or not said.runs:
        return []
    return [
        _moved(id, state, said)
        for id, state in sorted(said.last.states.items())
        if state.rules or state.status == FAILED
    ]


def _moved(id: str, after: State, said: Past) -> Moved:
    new_here = id in said.began
    start = said.began.get(id) or (said.before.states.get(id) if said.before else None)
    open_before = set(start.open) if start else set()
    seen = {*open_before, *after.open}
    passing = said.failing.get(id, frozenset()) - seen
    # what failed tonight keeps its rules: they are compared as they were
    moves = nights.moves(start, _known(after))
    gone = open_before - {*moves.persisting, *moves.fixed}
    return Moved(
        id,
        before=0 if new_here else len(open_before),
        first_look=len(open_before) if new_here else 0,
        new=len(moves.new),
        # only of rules that are still asked we know that they are mended
        passing=len(passing & after.rules.keys()),
        fixed=len(moves.fixed),
        other=len(moves.other),
        gone=len(gone),
        persisting=0 if new_here else len(moves.persisting),
        remain=len(after.open),
        critical=nights.critical(after.open, after),
        failed=after.status == FAILED,
    )


def _known(after: State) -> State:
    """The state as the last run that could look left it."""
    return State(after.verdict or IDEA, rules=after.rules)


def left(said: Past) -> list[str]:
    """Ids that were there before the period and have left the catalogue in it."""
    if said.before is None or said.last is None or not said.runs:
        return []
    return sorted(said.before.states.keys() - said.last.states.keys())
