"""Ranking: places from scorecards alone. Stopped candidates have none; equal ones share a place, in order of id."""

from __future__ import annotations

from helpers.scorecards import Ranked, Scorecard

SAME = 1e-6


def rank(cards: list[Scorecard]) -> list[Ranked]:
    """Places 1..n by the middle of the range, highest first; then those the gate stops, without a place."""
    open_ = sorted((card for card in cards if card.verdict != "stopp"), key=lambda card: (-card.middle, card.candidate))
    ranked: list[Ranked] = []
    for card in open_:
        place = 1 + sum(other.middle > card.middle + SAME for other in open_)
        tied = [one.candidate for one in open_ if one is not card and abs(one.middle - card.middle) <= SAME]
        ranked.append(Ranked(card.candidate, place, tied))
    stopped = sorted(card.candidate for card in cards if card.verdict == "stopp")
    return ranked + [Ranked(candidate, None) for candidate in stopped]


def place(cards: list[Scorecard], candidate: str) -> int | None:
    return next((one.rank for one in rank(cards) if one.candidate == candidate), None)
