"""How sure the order is, in words: shares of the draws, and the change of weights that would turn
it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.scoring import criteria
from helpers.words.messages import LANGUAGES, both, listed, number, text

TOP = 3
SURE = 0.5  # in fewer draws than this nobody stands surely first
NAMED = 3  # changes of weight told by name
WORDS = (0.95, 0.75, 0.55, 0.25, 0.05)  # shares, from "nearly all" down to "hardly any"


def _named(id: str, language: str) -> str:
    group, name = id.split("_", 1)
    return criteria.load().groups[group][name].name[language].lower()


def swap_words(changed: dict[str, tuple[float, float]], moved: float) -> dict[str, str]:
    """The change in words: the greatest parts of it by name, first what weighs more."""
    largest = sorted(changed.items(), key=lambda change: (change[1][0] - change[1][1], change[0]))
    shown = largest if len(largest) <= NAMED + 1 else [*largest[:1], *largest[::-1][: NAMED - 1]]
    rest = [change for change in largest if change not in shown]
    message = {}
    for language in LANGUAGES:
        phrases = [
            text(
                "robustness.weight",
                language,
                name=_named(id, language),
                before=number(before, language, 1),
                after=number(now, language, 1),
            )
            for id, (before, now) in [*shown, *rest]
        ]
        changes = listed(phrases, language, len(shown))
        message[language] = text(
            "robustness.swap", language, points=number(moved, language, 1), changes=changes
        )
    return message


def share_words(share: float, count: int, language: str) -> str:
    """A share (0-1) of the draws in words: '83 av 100'; where ``count``, the candidates, are few:
    'de flesta'."""
    if count < criteria.load().robustness["words_under"].value:
        step = sum(share < limit for limit in WORDS)
        return text(f"robustness.about.{step}", language)
    whole = round(share * 100)
    if share > 0 and whole == 0:
        return text("robustness.less_than_one", language)
    if share < 1 and whole == 100:
        return text("robustness.more_than_99", language)
    return text("robustness.of_100", language, count=whole)


def _candidate_sentence(first: float, top: float, count: int) -> dict[str, str]:
    message = {}
    for language in LANGUAGES:
        message[language] = text(
            "robustness.first", language, share=share_words(first, count, language)
        )
        if count > TOP and top > first:
            message[language] += " " + text(
                "robustness.top", language, share=share_words(top, count, language)
            )
    return message


def _doubt(
    rank_of: Mapping[str, int], acceptability: Mapping[str, Sequence[float]], language: str
) -> list[str]:
    """What the draws say against the first: another comes first more often, or nobody does so for
    sure."""
    first = next(iter(rank_of))
    mine = acceptability[first][0]
    other = max(rank_of, key=lambda name: acceptability[name][0])
    said = []
    if rank_of[other] > 1 and acceptability[other][0] > mine:
        said.append(
            text(
                "robustness.other_first",
                language,
                place=rank_of[other],
                share=share_words(acceptability[other][0], len(rank_of), language),
            )
        )
    if len(rank_of) > 1 and mine < SURE:
        said.append(text("robustness.unsure", language))
    return said


def sentences(
    rank_of: Mapping[str, int], acceptability: Mapping[str, Sequence[float]]
) -> dict[str, dict[str, str]]:
    """By candidate how sure its place is, in sv and en. ``rank_of``: place by candidate, in order.
    Of the first also where the draws crown another, and that nobody stands surely first; of one
    alone, that it is."""
    if len(rank_of) == 1:
        return {name: both("robustness.alone") for name in rank_of}
    sentence_of = {
        name: _candidate_sentence(row[0], sum(row[:TOP]), len(rank_of))
        for name, row in acceptability.items()
    }
    first = next(iter(rank_of))
    sentence_of[first] = {
        language: " ".join([sentence, *_doubt(rank_of, acceptability, language)])
        for language, sentence in sentence_of[first].items()
    }
    return sentence_of
