"""Ranking: by the worst case alone, independent of order and of the other candidates; what is
unknown raises nobody, and an answer lowers nobody."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.scoring import ranking, scoring
from helpers.scoring.scorecards import Ranked, Scorecard, ScoredCriterion


def card(name: str, low: float, high: float | None = None, verdict: str = "fri") -> Scorecard:
    return Scorecard(name, verdict, "inventoried", [], low, low if high is None else high)


@st.composite
def decks(draw: st.DrawFn) -> list[Scorecard]:
    ends = st.sampled_from([0.0, 10.0, 33.333333, 33.333334, 50.0, 99.0])
    verdicts = st.sampled_from(["fri", "granska", "stopp"])
    return [
        card(f"c{number}", *sorted((draw(ends), draw(ends))), draw(verdicts))
        for number in range(draw(st.integers(0, 9)))
    ]


def order(cards: list[Scorecard]) -> list[str]:
    return [one.candidate for one in ranking.rank(cards) if one.rank is not None]


def codes(ranked: Ranked) -> list[str]:
    return [reason.code for reason in ranked.no_place]


def test_the_best_worst_case_is_first_and_the_stopped_have_no_place():
    found = ranking.rank(
        [card("b", 20, 90), card("a", 90), card("s", 99, verdict="stopp"), card("g", 60, 62)]
    )
    assert [(one.candidate, one.rank) for one in found] == [
        ("a", 1),
        ("g", 2),
        ("b", 3),
        ("s", None),
    ]
    assert codes(found[-1]) == ["stopped"] and not codes(found[0])


def test_equal_worst_cases_share_a_place_and_the_best_case_says_who_is_listed_first():
    found = ranking.rank([card("z", 50), card("m", 50, 60), card("a", 50), card("low", 10, 80)])
    assert [(one.candidate, one.rank) for one in found] == [
        ("m", 1),
        ("a", 1),
        ("z", 1),
        ("low", 4),
    ]
    assert found[0].tied_with == ["a", "z"] and found[3].tied_with == []


def test_what_cannot_be_ranked_yet_stands_by_itself_and_says_why_and_what_it_takes():
    found = ranking.rank(
        [
            card("hej", 12, 87.5),
            replace(card("idea", 30, 70), lacks=["idea"]),
            replace(card("abroad", 80, 90), lacks=["abroad"]),
            card("bad", 10, 20),
            replace(card("s", 99, verdict="stopp"), lacks=["no_rows"]),
        ]
    )
    assert [(one.candidate, one.rank, codes(one)) for one in found] == [
        ("bad", 1, []),
        ("abroad", None, ["abroad"]),
        ("idea", None, ["idea"]),
        ("hej", None, ["too_little"]),
        ("s", None, ["stopped", "no_rows"]),
    ]
    for one in found:
        for reason in one.no_place:
            assert all(reason.message.values()) and all(reason.takes.values())
    assert "24 av de 100" in found[3].no_place[0].message["sv"]


@settings(deadline=None)
@given(decks(), st.randoms(use_true_random=False))
def test_the_order_of_cards_does_not_matter(cards: list[Scorecard], chance: random.Random):
    shuffled = cards.copy()
    chance.shuffle(shuffled)
    assert ranking.rank(cards) == ranking.rank(shuffled)


@settings(deadline=None)
@given(decks())
def test_removing_one_never_reorders_the_others(cards: list[Scorecard]):
    whole = order(cards)
    for gone in cards:
        rest = order([one for one in cards if one is not gone])
        assert rest == [name for name in whole if name != gone.candidate]


@settings(deadline=None)
@given(decks())
def test_a_place_is_one_more_than_there_are_better_ones(cards: list[Scorecard]):
    places = [one.rank for one in ranking.rank(cards) if one.rank is not None]
    assert places == sorted(places)
    assert all(place == 1 + sum(other < place for other in places) for place in places)
    assert all((one.rank is None) == bool(one.no_place) for one in ranking.rank(cards))


WEIGHTS = (40, 30, 20, 10)
ranges = st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: tuple(sorted(ends)))
unknown = st.one_of(st.just((0, 5)), ranges)


def ranged(name: str, points: list[tuple[int, int]]) -> Scorecard:
    found = [
        ScoredCriterion(f"c{n}", "value", weight, low, high, "unknown")
        for n, (weight, (low, high)) in enumerate(zip(WEIGHTS, points, strict=True))
    ]
    return scoring.summed(card(name, 0), found)


def places(cards: list[Scorecard]) -> dict[str, int | None]:
    return {one.candidate: one.rank for one in ranking.rank(cards)}


@settings(deadline=None)
@given(st.lists(st.lists(unknown, min_size=4, max_size=4), min_size=1, max_size=6), st.data())
def test_answering_an_unknown_however_badly_never_lowers_a_place(
    deck: list[list[tuple[int, int]]], data: st.DataObject
):
    cards = [ranged(f"c{n}", points) for n, points in enumerate(deck)]
    chosen, criterion = data.draw(st.integers(0, len(deck) - 1)), data.draw(st.integers(0, 3))
    low, high = deck[chosen][criterion]
    answer = data.draw(st.integers(low, high))
    answered = [(answer, answer) if n == criterion else p for n, p in enumerate(deck[chosen])]
    after = places([*cards[:chosen], ranged(f"c{chosen}", answered), *cards[chosen + 1 :]])
    before = places(cards)[f"c{chosen}"]
    now = after[f"c{chosen}"]
    assert before is None or (now is not None and now <= before)


@settings(deadline=None)
@given(st.lists(unknown, min_size=4, max_size=4), st.data())
def test_nothing_unknown_beats_the_same_thing_known_and_good(
    points: list[tuple[int, int]], data: st.DataObject
):
    hidden = data.draw(st.sets(st.integers(0, 3), min_size=1))
    good = [(5, 5) if n in hidden else p for n, p in enumerate(points)]
    bare = [(0, 5) if n in hidden else p for n, p in enumerate(points)]
    found = places([ranged("known", good), ranged("unknown", bare)])
    if found["unknown"] is not None:
        assert found["known"] is not None and found["known"] < found["unknown"]


levels = st.lists(st.integers(0, 5), min_size=4, max_size=4)


@settings(deadline=None)
@given(st.lists(levels, min_size=2, max_size=6), st.data())
def test_one_better_criterion_never_ranks_lower(deck: list[list[int]], data: st.DataObject):
    weights = (40, 30, 20, 10)

    def summed(name: str, points: list[int]) -> Scorecard:
        found = [
            ScoredCriterion(f"c{n}", "value", w, p, p, "declared")
            for n, (w, p) in enumerate(zip(weights, points, strict=True))
        ]
        return scoring.summed(card(name, 0), found)

    cards = [summed(f"c{number}", points) for number, points in enumerate(deck)]
    chosen = data.draw(st.integers(0, len(deck) - 1))
    criterion = data.draw(st.integers(0, 3))
    better = [min(5, p + 1) if n == criterion else p for n, p in enumerate(deck[chosen])]
    after = [*cards[:chosen], summed(f"c{chosen}", better), *cards[chosen + 1 :]]
    place = places(cards)[f"c{chosen}"]
    assert places(after)[f"c{chosen}"] <= place


def test_two_cards_of_one_candidate_are_refused():
    with pytest.raises(ValueError, match="one candidate"):
        ranking.rank([card("a", 1), card("a", 2)])
