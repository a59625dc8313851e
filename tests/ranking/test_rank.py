"""Ranking: by the middle alone, independent of order and of the other candidates; stopped ones have
no place."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.scoring import ranking, scoring
from helpers.scoring.scorecards import Scorecard, ScoredCriterion


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


def test_best_middle_first_and_stopped_without_a_place():
    found = ranking.rank(
        [
            card("b", 0, 100),
            card("a", 90),
            card("s", 99, verdict="stopp"),
            card("g", 60, 62, "granska"),
        ]
    )
    assert [(one.candidate, one.rank) for one in found] == [
        ("a", 1),
        ("g", 2),
        ("b", 3),
        ("s", None),
    ]


def test_ties_stand_by_id_and_name_each_other():
    found = ranking.rank([card("z", 50), card("m", 40, 60), card("a", 50 + 4e-7), card("low", 10)])
    assert [one.candidate for one in found] == ["a", "m", "z", "low"]
    assert found[0].tied_with == ["m", "z"] and found[3].tied_with == []


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
def test_places_are_1_to_n(cards: list[Scorecard]):
    places = [one.rank for one in ranking.rank(cards) if one.rank is not None]
    assert places == list(range(1, len(places) + 1))


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
    place = {one.candidate: one.rank for one in ranking.rank(cards)}[f"c{chosen}"]
    assert {one.candidate: one.rank for one in ranking.rank(after)}[f"c{chosen}"] <= place


def test_two_cards_of_one_candidate_are_refused():
    with pytest.raises(ValueError, match="one candidate"):
        ranking.rank([card("a", 1), card("a", 2)])
