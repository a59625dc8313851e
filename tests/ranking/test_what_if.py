"""What if: the cheapest repairs in hours, promised only where scoring the repaired findings anew
gives that place."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.checking.findings import DIMENSIONS, Finding
from helpers.declared.catalogue import Entry
from helpers.scoring import effort, ranking, scoring, what_if
from helpers.scoring.scorecards import Scorecard
from helpers.scoring.what_if import Case
from helpers.screening.marks import Gate, Reason

BOTH = {"sv": "x", "en": "x"}
GIVEN: dict[str, Any] = {
    "licence": "CC0-1.0",
    "owner": {"role": "chef", "mailbox": "x@example.se"},
    "description": "d",
    "keywords": ["k"],
    "theme": "t",
    "contact": "c",
    "update_frequency": "MONTHLY",
    "source_system": {"export": "yes"},
}


def entry(name: str, level: int = 3, **more: Any) -> Entry:
    value = {
        key: {"level": level}
        for key in ("internal", "business", "citizens", "transparency", "demand")
    }
    plain = {
        "id": name,
        "title": name,
        "type": "platsinformation",
        "organisation": "karlshamn",
        "value": value,
        "source": {"path": "x.csv"},
    }
    return Entry(**plain | GIVEN | more)


def finding(
    id: str, dimension: str, failed: int, severity: str = "warning", first: int = 2
) -> Finding:
    rows = list(range(first, first + failed))
    return Finding(
        id,
        severity,
        dimension,
        "failed" if failed else "passed",
        "k",
        200,
        failed,
        rows,
        failed,
        BOTH,
        BOTH,
        BOTH,
    )


def whole() -> list[Finding]:
    return [finding(f"{name}_ok", name, 0) for name in DIMENSIONS]


def carded(cases: dict[str, Case]) -> list[Scorecard]:
    return [
        scoring.score(one.entry, one.gate, one.findings, conformity=one.conformity)
        for one in cases.values()
    ]


def place(cases: dict[str, Case], name: str) -> int | None:
    return next(one.rank for one in ranking.rank(carded(cases)) if one.candidate == name)


def fri() -> Gate:
    return Gate("fri", "fri")


OTHERS = {
    f"o{level}": Case(entry(f"o{level}", level), fri(), tuple(whole()), 1.0) for level in (2, 3, 4)
}

EXAMPLES = (
    settings().max_examples
)  # each tries every set of repairs: fewer of them in the quick set


@st.composite
def troubled(draw: st.DrawFn) -> Case:
    found = [
        finding(
            f"r{n}",
            draw(st.sampled_from(DIMENSIONS)),
            draw(st.sampled_from([1, 12, 60, 190])),
            draw(st.sampled_from(["warning", "critical"])),
            draw(st.sampled_from([2, 5, 50])),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    missing = draw(st.sets(st.sampled_from(["licence", "owner", "description"])))
    more = {name: {} if name == "owner" else None for name in missing}
    return Case(entry("mine", draw(st.integers(2, 4)), **more), fri(), (*whole(), *found), 1.0)


@settings(max_examples=EXAMPLES if EXAMPLES > 100 else 25, deadline=None)
@given(troubled())
@pytest.mark.slow
def test_each_move_is_kept_and_no_cheaper_set_goes_as_far(case: Case):
    cases = OTHERS | {"mine": case}
    before = place(cases, "mine")
    moves = what_if.what_if(carded(cases), cases)["mine"]
    repairs = what_if.repairs(case)
    reached = {}
    for size in range(1, len(repairs) + 1):
        for chosen in combinations(repairs, size):
            after = place(cases | {"mine": what_if.repaired(case, chosen)}, "mine")
            cost = what_if._hours(chosen)
            reached[after] = min(reached.get(after, cost), cost)
    best = min([rank for rank in reached if rank is not None] or [before])
    assert bool(moves) == (best < before)
    for move in moves:
        assert move.rank_before == before and move.rank_after < before and not move.decision
        chosen = [one for one in repairs if one.id in move.repairs]
        assert place(cases | {"mine": what_if.repaired(case, chosen)}, "mine") == move.rank_after
        cheapest = min(cost for rank, cost in reached.items() if rank <= move.rank_after)
        assert abs(move.hours - cheapest) < 0.01
    if moves:
        assert moves[-1].rank_after == best
        assert [one.hours for one in moves] == sorted(one.hours for one in moves)


def test_rows_named_by_several_rules_are_counted_once_and_said_as_coordinates():
    spots = [
        Finding(
            "points",
            "critical",
            "geography",
            "failed",
            None,
            200,
            12,
            list(range(2, 14)),
            12,
            BOTH,
            BOTH,
            BOTH,
        ),
        finding("latitude", "validity", 12),
        finding("longitude", "validity", 12),
    ]
    cases = OTHERS | {"mine": Case(entry("mine", 4, owner={}), fri(), (*whole(), *spots), 1.0)}
    last = what_if.what_if(carded(cases), cases)["mine"][-1]
    assert last.rows == 12 and last.rank_after == 1
    assert (
        last.message["sv"].startswith("Rätta 12 rader i koordinaterna")
        and "antagande" in last.message["sv"]
    )
    assert "correct" in last.message["en"].lower() and "in the coordinates" in last.message["en"]


def test_what_takes_a_person_says_so_and_is_never_a_quick_gain():
    reasons = [
        Reason("found_personal_number", "stopp", BOTH, BOTH),
        Reason("unanswered_secrecy", "granska", BOTH, BOTH, "secrecy"),
    ]
    stopped = Case(entry("mine", 4), Gate("stopp", "stopp", reasons), tuple(whole()), 1.0)
    cases = OTHERS | {"mine": stopped}
    (move,) = what_if.what_if(carded(cases), cases)["mine"]
    assert move.decision and move.rank_before is None and move.rank_after in (1, 2)
    assert move.repairs == ["masking", "question_secrecy"] and move.message["sv"].startswith(
        "Kräver ett beslut: maskera"
    )
    review = Case(
        entry("mine", 3, licence=None), Gate("fri", "granska", reasons[1:]), tuple(whole()), 1.0
    )
    cases = OTHERS | {"mine": review}
    moves = what_if.what_if(carded(cases), cases)["mine"]
    assert [one.decision for one in moves] == [False] * (len(moves) - 1) + [True] and len(moves) > 1
    assert not any("question" in repair for one in moves[:-1] for repair in one.repairs)


@pytest.mark.parametrize(
    ("beside", "id", "said", "hours", "work"),
    [
        ([True, True], "anew", "skriv tabellen på nytt", 0.5, "ungefär en halvtimme"),
        ([True, False], "masking", "maskera", 12, "ungefär 12 timmar"),
    ],
)
def test_what_lies_beside_the_table_alone_is_written_away_not_masked(
    beside: list[bool], id: str, said: str, hours: float, work: str
):
    reasons = [Reason("found_person_name", "granska", BOTH, BOTH, None, one) for one in beside]
    held = Case(entry("mine", 4), Gate("granska", "granska", reasons), tuple(whole()), 1.0)
    cases = OTHERS | {"mine": held}
    move = what_if.what_if(carded(cases), cases)["mine"][-1]
    assert move.repairs == [id] and move.hours == hours
    assert (
        move.message["sv"].startswith(f"Kräver ett beslut: {said}") and work in move.message["sv"]
    )
    without = effort.remaining(held.entry, fri(), held.findings)
    assert effort.remaining(held.entry, held.gate, held.findings)[0] - without[0] == hours


def test_nothing_is_promised_to_an_idea_or_about_a_value_that_nobody_assessed():
    idea = Case(entry("mine", 0, source=None, licence=None), fri(), (), None)
    cases = OTHERS | {"mine": idea}
    assert what_if.what_if(carded(cases), cases)["mine"] == []
    assert what_if.repairs(Case(entry("x", update_frequency=None), fri())) == []


def test_what_has_no_place_yet_is_promised_none():
    empty = Finding("rows_there", "critical", "completeness", "failed", None, 1, 1)
    review = Gate(
        "fri", "granska", [Reason("unanswered_secrecy", "granska", BOTH, BOTH, "secrecy")]
    )
    cases = OTHERS | {"mine": Case(entry("mine", 4), review, (*whole(), empty), 1.0)}
    assert place(cases, "mine") is None
    (move,) = what_if.what_if(carded(cases), cases)["mine"]
    assert move.decision and move.rank_before is None and move.rank_after is None
    assert "plats" not in move.message["sv"] and "grinden öppnas" in move.message["sv"]


@pytest.mark.slow
def test_a_candidate_with_forty_faults_is_done_within_its_bound():
    many = [finding(f"r{n}", DIMENSIONS[n % 6], 20 + n, first=2 + n) for n in range(40)]
    cases = OTHERS | {"mine": Case(entry("mine", 4), fri(), (*whole(), *many), 1.0)}
    field = what_if._Field(carded(cases)[-1], carded(cases), cases["mine"], what_if.common())
    tried = sum(1 for _ in field.cheapest())
    assert tried <= what_if.SETS + 2 * 40
    moves = what_if.what_if(carded(cases), cases)["mine"]
    assert moves and moves[-1].rank_after == 1
