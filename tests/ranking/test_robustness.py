"""How sure the order is: against cases solved by hand, a linear program and another's weighted sum;
blind to names."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from helpers.scoring import criteria, ranking, robustness, robustness_words, scoring, weights
from helpers.scoring.scorecards import Scorecard, ScoredCriterion
from helpers.scoring.weights import Weights

IDS = ("value_internal", "value_business", "readiness_validity", "effort_work")
Level = int | tuple[int, int]


def card(
    name: str, points: dict[str, Level], values: dict[str, float], verdict: str = "fri"
) -> Scorecard:
    found = []
    for id, point in points.items():
        low, high = point if isinstance(point, tuple) else (point, point)
        found.append(ScoredCriterion(id, id.split("_")[0], values[id], low, high, "declared"))
    return scoring.weighed(Scorecard(name, verdict, "idea", found, 0, 0), values)


def shares(cards: list[Scorecard], values: dict[str, float], concentration: float) -> np.ndarray:
    drawn = robustness.scores(
        cards, Weights(values), draws=10_000, seed=1, concentration=concentration
    )
    return robustness.places(drawn)


TWO = {"value_internal": 50.0, "value_business": 50.0}


def two(name: str, first: Level, second: Level) -> Scorecard:
    return card(name, {"value_internal": first, "value_business": second}, TWO)


def test_three_alternatives_and_two_criteria_solved_by_hand():
    """All weights w of the first criterion alike: a scores 5w, b 5(1 - w), c 3. a > c where w >
    0.6, b > c where w < 0.4."""
    found = shares([two("a", 5, 0), two("b", 0, 5), two("c", 3, 3)], TWO, concentration=2)
    exact = [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]]
    assert np.abs(found - exact).max() < 0.01


def test_the_only_one_is_not_said_to_be_first_in_some_trials():
    words = robustness.robustness([two("a", 5, 0)], Weights(TWO)).words
    assert words[0]["sv"] == "Den enda som rangordnas. Vikterna ändrar inte platsen."


def test_an_unknown_is_at_its_low_end_in_every_draw():
    """b may be anything from 1 to 5, a is 2: what is unknown crowns nobody in the draws either."""
    one = {"value_internal": 100.0}
    cards = [card("a", {"value_internal": 2}, one), card("b", {"value_internal": (1, 5)}, one)]
    assert shares(cards, one, concentration=50).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_where_the_draws_crown_another_than_the_order_it_is_said():
    """The first is best at the declared weights by a hair; the others are best at one weighting
    each side of them."""
    values = {"value_internal": 50.0, "value_business": 50.0}
    cards = [two("a", 3, 3), two("b", 5, 0), two("c", 5, 0)]
    found = robustness.robustness(cards, Weights(values))
    assert found.candidates[0] == "a" and found.first("a") > found.first("b")
    said = robustness_words.sentences(
        {"a": 1, "b": 2, "c": 3}, {"a": [0.4, 0.3, 0.3], "b": [0.6, 0.4, 0.0], "c": [0, 0.3, 0.7]}
    )
    assert "på plats 2 kommer oftare först" in said["a"]["sv"]
    assert "oftare" not in said["b"]["sv"]


def test_a_criterion_that_a_dataset_lacks_counts_as_the_mean_of_its_peers():
    values = {"readiness_validity": 20.0, "readiness_geography": 80.0}
    lacking = card("a", {"readiness_validity": 4}, values)
    whole = card("b", {"readiness_validity": 4, "readiness_geography": 4}, values)
    assert lacking.low == whole.low
    assert shares([lacking, whole], values, concentration=50).tolist() == [[0.5, 0.5], [0.5, 0.5]]


levels = st.one_of(
    st.integers(0, 5),
    st.tuples(st.integers(0, 5), st.integers(0, 5)).map(lambda ends: tuple(sorted(ends))),
)
weightings = st.lists(st.sampled_from([0.0, 1.0, 5.0, 10.0, 40.0]), min_size=4, max_size=4).filter(
    any
)


@st.composite
def decks(draw: st.DrawFn, most: int = 6) -> tuple[list[Scorecard], dict[str, float]]:
    values = weights.scaled(dict(zip(IDS, draw(weightings), strict=True)))
    count = draw(st.integers(1, most))
    cards = [
        card(
            f"c{n}",
            {id: draw(levels) for id in IDS if draw(st.integers(0, 9)) or id == IDS[0]},
            values,
        )
        for n in range(count)
    ]
    return cards, values


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=7),
    weightings,
)
@pytest.mark.slow
def test_the_additive_order_is_that_of_pymcdm(deck: list[list[int]], drawn: list[float]):
    values = weights.scaled(dict(zip(IDS, drawn, strict=True)))
    cards = [
        card(f"c{n}", dict(zip(IDS, points, strict=True)), values) for n, points in enumerate(deck)
    ]
    from pymcdm.methods import WSM  # here, as it takes seconds to import

    body = WSM(lambda column, cost: column / 5)
    theirs = body(
        np.array(deck, float), np.array(list(values.values())) / 100, np.ones(4), validation=False
    )
    for mine, other in zip(cards, theirs, strict=True):
        assert mine.low == pytest.approx(other * 100, abs=1e-5)
    places = [float(theirs[int(one.candidate[1:])]) for one in ranking.rank(cards)]
    assert all(better >= worse - 1e-7 for better, worse in pairwise(places))


def trial(cards: list[Scorecard], values: dict[str, float]) -> robustness.Robustness:
    return robustness.robustness(cards, Weights(values))


@settings(deadline=None)
@given(decks(), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_names_of_candidates_matter(deck, chance: random.Random):
    cards, values = deck
    before = robustness.scores(cards, Weights(values), draws=200, seed=3, concentration=50)
    known = robustness.places(before)
    new = [f"z{chance.random()}" for _ in cards]
    renamed = [replace(one, candidate=name) for one, name in zip(cards, new, strict=True)]
    order = list(range(len(cards)))
    chance.shuffle(order)
    after = robustness.places(
        robustness.scores(
            [renamed[i] for i in order], Weights(values), draws=200, seed=3, concentration=50
        )
    )
    assert np.abs(after - known[order]).max() < 1e-9


@settings(deadline=None)
@given(decks())
def test_a_third_candidate_changes_nothing_between_two(deck):
    cards, values = deck
    whole = robustness.scores(cards, Weights(values), draws=100, seed=3, concentration=50)
    kept = [one for i, one in enumerate(cards) if i != len(cards) // 2 or len(cards) == 1]
    rest = robustness.scores(kept, Weights(values), draws=100, seed=3, concentration=50)
    columns = [cards.index(one) for one in kept]
    assert np.array_equal(rest, whole[:, columns])


@settings(deadline=None)
@given(decks(most=2))
def test_the_swap_is_the_least_that_any_linear_program_finds(deck):
    cards, values = deck
    if len(cards) < 2:
        return
    first, second = sorted(cards, key=lambda one: (-one.low, one.candidate))
    mine, other = robustness._gains(first, values), robustness._gains(second, values)
    difference = {id: mine[id] - other[id] for id in values}
    after = robustness.least_change(values, difference)
    start, gap, n = (
        np.array(list(values.values())),
        np.array(list(difference.values())),
        len(values),
    )
    if start @ gap <= 1e-9:
        assert after is None
        return
    # weights w and the size d of each change: least sum of d, w sums to 100, w . gap <= 0, |w -
    # start| <= d
    eye = np.eye(n)
    found = linprog(
        np.r_[np.zeros(n), np.ones(n)],
        A_ub=np.r_[[np.r_[gap, np.zeros(n)]], np.c_[eye, -eye], np.c_[-eye, -eye]],
        b_ub=np.r_[0, start, -start],
        A_eq=[np.r_[np.ones(n), np.zeros(n)]],
        b_eq=[100],
        bounds=[(0, None)] * (2 * n),
    )
    if after is None:
        assert not found.success
        return
    moved = np.array(list(after.values()))
    assert (
        moved.sum() == pytest.approx(100)
        and moved.min() >= -1e-9
        and moved @ gap == pytest.approx(0, abs=1e-6)
    )
    assert np.abs(moved - start).sum() == pytest.approx(found.fun, abs=1e-6)


def region(count: int) -> tuple[list[Scorecard], dict[str, float]]:
    chance, values = random.Random(7), criteria.load().weights

    def points() -> dict[str, Any]:
        return {id: chance.choice([(0, 5), (1, 3), 2, 3, 4, 5]) for id in values}

    return [card(f"c{n}", points(), values) for n in range(count)], values


def test_the_same_cards_give_the_same_bytes_and_every_row_and_column_sums_to_one():
    cards, values = region(8)
    one, other = (json.dumps(trial(deck, values).to_json()) for deck in (cards, cards[::-1]))
    assert one == other
    found = trial(cards, values)
    table = np.array([found.acceptability[name] for name in found.candidates])
    assert np.abs(table.sum(axis=0) - 1).max() < 1e-5 and np.abs(table.sum(axis=1) - 1).max() < 1e-5
    assert found.first(found.candidates[0]) == table[0, 0] and found.top(found.candidates[0]) <= 1


def test_the_stopped_take_no_part_and_nothing_to_rank_is_no_error():
    cards, values = region(3)
    stopped = [replace(one, verdict="stopp") for one in cards]
    assert trial(stopped, values).candidates == [] and trial([], values).words[-1]["sv"].startswith(
        "Vikterna"
    )
    assert trial([cards[0], *stopped[1:]], values).acceptability == {"c0": [1.0]}


def test_twins_are_undecided_and_share_every_place():
    values = criteria.load().weights
    points = dict.fromkeys(values, (1, 3))
    found = trial([card(name, points, values) for name in ("a", "b", "c", "d", "e")], values)
    assert all(row == found.acceptability["a"] for row in found.acceptability.values())
    assert len(found.undecided) == 10 and all(pair.share == 0.5 for pair in found.undecided)


def test_under_five_candidates_are_told_in_words_only():
    cards, values = region(6)
    assert "av 100 försök med andra vikter" in trial(cards, values).words[0]["sv"]
    few = trial(cards[:4], values)
    assert not any(
        mark.isdigit() for sentence in few.said.values() for mark in sentence["sv"] + sentence["en"]
    )
    assert (
        robustness_words.share_words(0.83, 17, "sv") == "83 av 100"
        and robustness_words.share_words(0.999, 17, "sv") == "fler än 99 av 100"
    )
    assert (
        robustness_words.share_words(0.002, 17, "en") == "fewer than 1 of 100"
        and robustness_words.share_words(0.83, 4, "sv") == "flertalet"
    )


def test_the_words_name_the_swap_and_whose_weights_they_are():
    cards, values = region(6)
    own = Weights(values, "karlskrona", "digitaliseringsstrateg", "2026-11-24", "Invånarna först.")
    words = robustness.robustness(cards, own).words
    assert (
        "Tvåan går om ettan" in words[1]["sv"]
        and "karlskrona" in words[-1]["sv"]
        and "Invånarna först." in words[-1]["en"]
    )


def test_weights_are_drawn_around_the_declared_ones_as_the_model_says():
    values = {"value_internal": 10.0, "value_business": 90.0}
    drawn = robustness._weightings(
        values, 20_000, 1, criteria.load().robustness["concentration"].value
    )[:, 0]
    low, high = np.quantile(drawn, [0.05, 0.95])
    assert (
        drawn.mean() == pytest.approx(0.1, abs=0.002)
        and low == pytest.approx(0.04, abs=0.005)
        and high == pytest.approx(0.18, abs=0.01)
    )


def test_where_nobody_stands_surely_first_it_is_said():
    values = criteria.load().weights
    unknown = [card(name, dict.fromkeys(values, (1, 4)), values) for name in "abcdef"]
    assert "Ingen står säkert först." in trial(unknown, values).words[0]["sv"]
    clear = [card("a", dict.fromkeys(values, 5), values), *unknown[1:]]
    found = trial(clear, values)
    assert (
        found.words[0]["sv"] == "Först i 100 av 100 försök med andra vikter."
        and found.first("a") == 1
    )
