"""The page of the runs until now: the status and the place of each candidate from run to run, and
what is new, mended and left since the run before.

The picture is one strip a candidate; what it shows stands beside it in words, and in a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.advising import nights as runs
from helpers.advising.nights import Moves, Night, State
from helpers.declared import organisations
from helpers.words import messages
from helpers.words.messages import text
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from jinja2 import Environment

    from helpers.advising.results import Candidate, Region

SHOWN = 30  # runs in the picture
STATUSES = ("fri", "granska", "stopp", runs.IDEA, runs.FAILED)
WIDE, TALL, GAP = 22, 44, 3  # of a cell, in the picture's own units
HEIGHTS = {"fri": 44, "granska": 30, "stopp": 16, runs.IDEA: 8, runs.FAILED: 44}


@dataclass(frozen=True)
class Cell:
    """One run of one candidate. ``x`` and ``height`` in the picture's units; ``place`` where it is
    another than in the run before; "" else."""

    x: int
    height: int
    status: str
    place: str
    said: str


@dataclass(frozen=True)
class Row:
    """One candidate: its cells, what they say in words, and what became of its findings."""

    id: str
    title: SourceText | str
    linked: bool
    cells: list[Cell]
    sentences: list[str]
    new: list[str]
    fixed: list[str]


def moment(night: Night, language: str) -> str:
    """Day and minute at which a run began."""
    began = dt.datetime.fromisoformat(night.started)
    return f"{messages.date(began.date(), language)} {began:%H:%M}"


def _status(state: State, language: str) -> str:
    return text(f"nights.status.{state.status}", language)


def _cells(id: str, shown: Sequence[Night], language: str) -> list[Cell]:
    cells, last = [], None
    for number, night in enumerate(shown):
        state = night.states.get(id) if id in night.seen else None
        if state is None:
            continue
        said = f"{moment(night, language)}: {_status(state, language)}"
        if state.rank is not None:
            said += f", {text('nights.place', language, rank=state.rank)}"
        place = str(state.rank) if state.rank is not None and state.rank != last else ""
        last = state.rank
        cells.append(Cell(number * WIDE, HEIGHTS[state.status], state.status, place, said))
    return cells


def _place_said(before: State | None, state: State, language: str) -> str | None:
    if state.rank is None:
        return None
    if before is None or before.rank in (None, state.rank):
        return text("nights.place_now", language, rank=state.rank)
    return text("nights.place_moved", language, rank=state.rank, before=before.rank)


def _findings_said(moves: Moves, state: State, language: str) -> list[str]:
    counts = {"new": moves.new, "fixed": moves.fixed, "other": moves.other}
    said = [
        text(f"nights.{kind}", language, count=len(keys)) for kind, keys in counts.items() if keys
    ]
    if moves.persisting:
        oldest = min(state.rules[key].since for key in moves.persisting)
        day = dt.date.fromisoformat(oldest)
        said.append(text("nights.persisting", language, count=len(moves.persisting), date=day))
    return said


def _becauses(keys: Sequence[str], candidate: Candidate | None, language: str) -> list[str]:
    """Why the rules of these findings are there, each once."""
    known = {finding.id: finding.because for finding in candidate.findings} if candidate else {}
    rules = dict.fromkeys(map(runs.rule_of, keys))
    return [known[rule][language] for rule in rules if known.get(rule)]


def _row(id: str, candidate: Candidate | None, shown: Sequence[Night], language: str) -> Row:
    state = shown[-1].states[id]
    before = shown[-2].states.get(id) if len(shown) > 1 else None
    moves = runs.moves(before, state)
    since = dt.date.fromisoformat(state.since)
    said = [text("nights.since", language, status=_status(state, language), date=since)]
    place = _place_said(before, state, language)
    said += [place] if place else []
    return Row(
        id,
        candidate.entry.title if candidate else id,
        candidate is not None,
        _cells(id, shown, language),
        said + _findings_said(moves, state, language),
        _becauses(moves.new, candidate, language),
        _becauses(moves.fixed, candidate, language),
    )


def _name(organisation: str) -> str:
    known = organisations.organisation(organisation)
    return known.name if known else organisation


def _went(night: Night, language: str) -> str:
    if night.failed:
        return text("nights.went_failed", language, count=len(night.failed))
    return text(f"nights.went.{'fine' if night.exit_code == 0 else night.exit_code}", language)


def _table(shown: Sequence[Night], titles: dict[str, Any], language: str) -> list[list[Any]]:
    """A row for each run, the last one first: when, how it went, which candidate was first, and how
    many findings were new and mended."""
    rows = []
    for before, night in zip([None, *shown[:-1]], shown, strict=True):
        earlier = before.states if before else {}
        moves = [runs.moves(earlier.get(id), night.states[id]) for id in night.seen]
        first = night.first
        rows.append(
            [
                moment(night, language),
                _went(night, language),
                titles.get(first, first) if first else "–",
                sum(len(move.new) for move in moves) if before else "–",
                sum(len(move.fixed) for move in moves) if before else "–",
            ]
        )
    return rows[::-1]


def page(region: Region, nights: Sequence[Night], templates: Environment, language: str) -> str:
    """The page as HTML. ``nights``: the runs until now, this one last."""
    shown = list(nights)[-SHOWN:]
    known = {candidate.entry.id: candidate for candidate in region.candidates}
    titles = {id: candidate.entry.title for id, candidate in known.items()}
    groups: dict[str, list[Row]] = {}
    for id, state in shown[-1].states.items():
        row = _row(id, known.get(id), shown, language)
        groups.setdefault(_name(state.organisation), []).append(row)
    return templates.get_template("history.html").render(
        region=region,
        finished=dt.datetime.fromisoformat(region.finished).date(),
        groups=sorted(groups.items()),
        statuses=STATUSES,
        heights=HEIGHTS,
        size=(SHOWN * WIDE, TALL + 24, WIDE - GAP, TALL + 22),
        drawn=len(shown) * WIDE - GAP,
        runs=_table(shown, titles, language),
        ends=(moment(shown[0], language), moment(shown[-1], language)),
        total=shown[-1].number,
        shown=SHOWN,
    )
