"""Rank candidates by what is known of them: the worst case alone gives the place; never looks at
findings or data."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.scoring import placing
from helpers.scoring.scorecards import Ranked, Scorecard


def standing(card: Scorecard) -> tuple[float, float, str]:
    """What cards are sorted by: the worst case, between equals the best one, then the id."""
    return -card.low, -card.high, card.candidate


def rank(cards: Iterable[Scorecard]) -> list[Ranked]:
    """A place for each card that can have one, the highest worst case first; then those that cannot
    be placed yet, last the stopped ones, both without a place and with the reasons.

    Sums are to a millionth of a point. Equal worst cases share a place and name each other in
    ``tied_with``; their best case says only who is listed first. The order of two candidates
    depends on nothing but their own cards, so that adding or removing a third never changes it.
    ``ValueError`` where two cards are of the same candidate.
    """
    all_cards = sorted(cards, key=standing)
    if len({card.candidate for card in all_cards}) != len(all_cards):
        raise ValueError("two scorecards of one candidate")
    reasons = {card.candidate: placing.reasons(card) for card in all_cards}
    placed = [card for card in all_cards if not reasons[card.candidate]]
    alike: dict[float, list[str]] = {}
    for card in placed:
        alike.setdefault(card.low, []).append(card.candidate)
    found, place = [], 1
    for names in alike.values():
        found += [
            Ranked(name, place, [other for other in names if other != name]) for name in names
        ]
        place += len(names)
    without = [card for card in all_cards if reasons[card.candidate]]
    without.sort(key=lambda card: card.verdict == "stopp")
    return found + [
        Ranked(card.candidate, None, no_place=reasons[card.candidate]) for card in without
    ]
