"""How sure the order is: SMAA, ten thousand other weightings, each candidate at its worst; sees
scorecards only.

Weights are drawn from a Dirichlet distribution centred on the declared ones. Points are those that
the order follows from, the low ends, so that what is unknown raises nobody in a draw either, and
neither a card's name nor the other cards change how two of them compare. Method: Lahdelma &
Salminen (2001), Tervonen & Figueira (2008).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from helpers.scoring import criteria, ranking
from helpers.scoring.robustness_words import TOP, sentences, swap_words
from helpers.scoring.scorecards import Scorecard
from helpers.scoring.weights import Weights, common, shares
from helpers.words.messages import LANGUAGES, text

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

AT_A_TIME = 1_000  # draws that are sorted together: memory does not grow with their number
MOST = 5.0


@dataclass(frozen=True)
class Pair:
    """Two candidates, ``ahead`` the one that stands first in the ranking; ``share`` of the draws in
    which it does so."""

    ahead: str
    behind: str
    share: float


@dataclass(frozen=True)
class Swap:
    """The least change of weights that lets the second catch up with the first: ``points`` of 100
    moved in all."""

    first: str
    second: str
    points: float
    changes: dict[str, tuple[float, float]]  # criterion id: weight before and after
    message: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Robustness:
    """What the draws say. Candidates are those with a place, in the order of the ranking.

    ``acceptability[id][r]``: share of the draws (0-1) in which it has place r + 1. ``swap`` is None
    where fewer than two have a place, where they are tied, or where no weights let the second catch
    up. ``words``: sentences to lead with.
    """

    draws: int
    seed: int
    candidates: list[str]
    acceptability: dict[str, list[float]]
    undecided: list[Pair]
    swap: Swap | None
    words: list[dict[str, str]]
    said: dict[str, dict[str, str]] = field(default_factory=dict)  # of each candidate: sv, en

    def first(self, candidate: str) -> float:
        """Share of the draws in which it comes first."""
        return self.acceptability[candidate][0]

    def top(self, candidate: str) -> float:
        """Share of the draws in which it is among the first three."""
        return round(sum(self.acceptability[candidate][:TOP]), 6)

    def to_json(self) -> dict[str, Any]:
        """All but what each candidate's own entry holds."""
        plain = asdict(self)
        return {
            name: plain[name]
            for name in ("draws", "seed", "candidates", "undecided", "swap", "words")
        }


def _weightings(values: dict[str, float], draws: int, seed: int, concentration: float) -> Array:
    """``draws`` x criteria, each row summing to 1, its mean the declared weights. What weighs
    nothing weighs nothing."""
    import numpy as np  # 0.2 s

    declared = np.array(list(values.values())) / sum(values.values())
    drawn = np.zeros((draws, len(declared)))
    positive = declared > 0
    drawn[:, positive] = np.random.default_rng(seed).dirichlet(
        declared[positive] * concentration, size=draws
    )
    return drawn


def _spread(names: Sequence[str], card: Scorecard, values: dict[str, float]) -> Array:
    """Criteria x criteria of the card: where each weight goes, that of what the dataset has nothing
    of to its peers."""
    import numpy as np  # 0.2 s

    present = [criterion.id for criterion in card.criteria]
    position = {name: i for i, name in enumerate(present)}
    matrix = np.zeros((len(names), len(present)))
    taken = shares(values, present)
    for i, name in enumerate(names):
        for peer, share in ({name: 1.0} if name in position else taken[name]).items():
            matrix[i, position[peer]] = share
    return matrix


def scores(
    cards: Sequence[Scorecard], weights: Weights, *, draws: int, seed: int, concentration: float
) -> Array:
    """``draws`` x cards, 0-1, each card at its worst. The same card gets the same column whatever
    the others are and however they stand."""
    import numpy as np  # 0.2 s

    values = weights.values
    drawn = _weightings(values, draws, seed, concentration)
    names, result = list(values), np.empty((draws, len(cards)))
    spread: dict[tuple[str, ...], Array] = {}
    for i, card in enumerate(cards):
        present = tuple(criterion.id for criterion in card.criteria)
        if present not in spread:
            spread[present] = drawn @ _spread(names, card, values)
        low = np.array([criterion.low for criterion in card.criteria]) / MOST
        result[:, i] = np.round(spread[present] @ low, 9)
    return result


def places(drawn: Array) -> Array:
    """Cards x places: share of the draws with each place; ties share theirs evenly."""
    import numpy as np  # 0.2 s

    draws, count = drawn.shape
    parts = (drawn[start : start + AT_A_TIME] for start in range(0, draws, AT_A_TIME))
    changes = sum(map(_changes, parts), np.zeros(count * (count + 1)))
    counted = changes.reshape(count, count + 1)[:, :count].cumsum(axis=1)
    return np.clip(counted / draws, 0.0, 1.0)


def _changes(drawn: Array) -> Array:
    """For each card and place how many of these draws begin to count there, less those that end."""
    import numpy as np  # 0.2 s

    draws, count = drawn.shape
    order = np.argsort(-drawn, axis=1, kind="stable")
    ranked = np.take_along_axis(drawn, order, axis=1)
    column = np.arange(count)
    starts = np.ones((draws, count), bool)
    starts[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    ends = np.ones((draws, count), bool)
    ends[:, :-1] = starts[:, 1:]
    first = np.maximum.accumulate(np.where(starts, column, 0), axis=1)
    last = np.minimum.accumulate(np.where(ends, column, count)[:, ::-1], axis=1)[:, ::-1]
    part = 1.0 / (last - first + 1)
    size, width = count * (count + 1), count + 1
    changes = np.bincount((order * width + first).ravel(), part.ravel(), size)
    return changes - np.bincount((order * width + last + 1).ravel(), part.ravel(), size)


def ahead(drawn: Array) -> Iterator[tuple[int, int, float]]:
    """Each pair of columns i < j, and the share of the draws in which i has more, a tie counting as
    half."""
    import numpy as np  # 0.2 s

    columns = np.ascontiguousarray(drawn.T)
    draws = drawn.shape[0]
    for i in range(len(columns) - 1):
        more = np.count_nonzero(columns[i] > columns[i + 1 :], axis=1)
        less = np.count_nonzero(columns[i] < columns[i + 1 :], axis=1)
        for j, (won, lost) in enumerate(zip(more, less, strict=True), start=i + 1):
            yield i, j, (draws + int(won) - int(lost)) / draws / 2


def least_change(
    weights: dict[str, float], difference: dict[str, float]
) -> dict[str, float] | None:
    """The weights (sum kept) nearest to these by points moved, under which ``difference`` weighed
    sums to nothing.

    ``difference``: per criterion what the first has more than the second. Exact: weight moved from
    where the lead is greatest to where it is least takes away most of it for each point moved. None
    where no weights do so.
    """
    lead = sum(weights[name] * value for name, value in difference.items())
    target = min(difference, key=lambda name: (difference[name], name))
    if lead <= 0 or difference[target] > 0:
        return None
    after = dict(weights)
    for name in sorted(difference, key=lambda name: (-difference[name], name)):
        gain = difference[name] - difference[target]
        if lead <= 1e-12 or gain <= 0:
            break
        moved = min(after[name], lead / gain)
        after[name] -= moved
        after[target] += moved
        lead -= moved * gain
    return after


def _gains(card: Scorecard, values: dict[str, float]) -> dict[str, float]:
    """Points (0-5) at worst by every criterion of the weights, one that the dataset has nothing of
    at the mean of its peers."""
    worst = {criterion.id: criterion.low for criterion in card.criteria}
    taken = shares(values, list(worst))
    return {
        name: (
            worst[name]
            if name in worst
            else sum(worst[peer] * share for peer, share in taken[name].items())
        )
        for name in values
    }


def swap(first: Scorecard, second: Scorecard, weights: Weights) -> Swap | None:
    """The least change of weights that puts the second level with the first."""
    mine, other = (_gains(card, weights.values) for card in (first, second))
    after = least_change(
        weights.values, {name: mine[name] - other[name] for name in weights.values}
    )
    if after is None:
        return None
    changed = {
        name: (round(weights.values[name], 4), round(value, 4))
        for name, value in after.items()
        if abs(value - weights.values[name]) > 1e-9
    }
    moved = sum(max(0.0, now - before) for before, now in changed.values())
    return Swap(
        first.candidate, second.candidate, round(moved, 4), changed, swap_words(changed, moved)
    )


def _words(
    rank_of: dict[str, int],
    sentence_of: dict[str, dict[str, str]],
    changed: Swap | None,
    weights: Weights,
) -> list[dict[str, str]]:
    """What to lead with: how sure the first is, what would turn it, whose weights they are."""
    sentences = [sentence_of[next(iter(rank_of))]] if rank_of else []
    if changed is not None:
        sentences.append(changed.message)
    elif list(rank_of.values())[1:2] == [2]:
        sentences.append({language: text("robustness.no_swap", language) for language in LANGUAGES})
    return [*sentences, weights.whose]


def _undecided(ids: Sequence[str], drawn: Array, limit: float) -> list[Pair]:
    """The pairs that the draws leave open: those of which neither is ahead in a share of ``limit``
    or more."""
    return [
        Pair(ids[i], ids[j], round(share, 6))
        for i, j, share in ahead(drawn)
        if 1 - limit < share < limit
    ]


def robustness(cards: Iterable[Scorecard], weights: Weights | None = None) -> Robustness:
    """Try the order of these cards. Those without a place take no part. Same cards and seed: same
    answer."""
    settings = criteria.load().robustness
    draws, seed = int(settings["draws"].value), int(settings["seed"].value)
    weights = weights or common()
    by_id = {card.candidate: card for card in cards}
    rank_of = {
        ranked.candidate: ranked.rank
        for ranked in ranking.rank(by_id.values())
        if ranked.rank is not None
    }
    ids = list(rank_of)
    kept = [by_id[name] for name in ids]
    if not kept:
        return Robustness(draws, seed, [], {}, [], None, _words({}, {}, None, weights))
    drawn = scores(
        kept, weights, draws=draws, seed=seed, concentration=settings["concentration"].value
    )
    shares_of = places(drawn)
    acceptability = {
        name: [round(float(share), 6) for share in row]
        for name, row in zip(ids, shares_of, strict=True)
    }
    undecided = _undecided(ids, drawn, settings["undecided"].value)
    changed = swap(kept[0], kept[1], weights) if len(kept) > 1 else None
    sentence_of = sentences(rank_of, acceptability)
    return Robustness(
        draws,
        seed,
        ids,
        acceptability,
        undecided,
        changed,
        _words(rank_of, sentence_of, changed, weights),
        sentence_of,
    )
