"""Rank candidates by the middle of their scorecards; never looks at findings or data."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.scoring.scorecards import Ranked, Scorecard


def rank(cards: Iterable[Scorecard]) -> list[Ranked]:
    """A place for each card: highest middle first; stopped ones last, with no place.

    Middles are rounded to a millionth of a point; equal ones stand in the order of their ids and
    name each other in ``tied_with``. The order of two candidates depends on nothing but their own
    cards, so that adding or removing a third never changes it. ``ValueError`` where two cards are
    of the same candidate.
    """
    all_cards = list(cards)
    if len({card.candidate for card in all_cards}) != len(all_cards):
        raise ValueError("two scorecards of one candidate")
    open_ones = sorted(
        (card for card in all_cards if card.verdict != "stopp"),
        key=lambda card: (-card.middle, card.candidate),
    )
    ties: dict[float, list[str]] = {}
    for card in open_ones:
        ties.setdefault(card.middle, []).append(card.candidate)
    placed = [
        Ranked(
            card.candidate, place, [other for other in ties[card.middle] if other != card.candidate]
        )
        for place, card in enumerate(open_ones, start=1)
    ]
    return placed + [
        Ranked(name, None)
        for name in sorted(card.candidate for card in all_cards if card.verdict == "stopp")
    ]
