"""How sure the order of a hundred candidates is, in ten thousand draws, beside drawing and sorting
the same numbers alone.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

import pytest

from .conftest import measure

pytestmark = pytest.mark.benchmark

SETUP = """
import random
import numpy as np
from helpers.scoring import criteria, robustness, scoring, weights
from helpers.scoring.scorecards import ScoredCriterion, Scorecard
chance, values = random.Random(7), criteria.load().weights
def card(name):
    ends = [chance.choice([(0, 5), (1, 3), (2, 2), (3, 3), (4, 4), (5, 5)]) for _ in values]
    found = [ScoredCriterion(id, id.split("_")[0], values[id], low, high, "declared") for id, (low, high) in zip(values, ends)]
    return scoring.summed(Scorecard(name, "fri", "idea", [], 0, 0), found)
cards = [card(f"c{n}") for n in range(100)]
generator = np.random.default_rng(1)
"""
ALONE = """
generator.dirichlet(np.ones(len(values)), size=10_000)
np.argsort(generator.random((10_000, 100)), axis=1)
"""
TRIAL = "robustness.robustness(cards)"


def test_ten_thousand_draws_of_a_hundred_candidates_stay_within_25_times_their_numbers():
    alone, trial = measure(ALONE, setup=SETUP), measure(TRIAL, setup=SETUP)
    print(
        f"\ndrawing and sorting alone {alone.cpu_s:.2f} s, the whole trial {trial.cpu_s:.2f} s CPU,"
        f" {trial.peak_mb:.0f} MB"
    )
    assert trial.cpu_s < 25 * alone.cpu_s
    assert trial.peak_mb < 400
