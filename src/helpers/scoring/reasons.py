"""Why the first stands first, in three sentences a manager can repeat: what speaks for it, the
margin at worst, what remains."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.scoring.scorecards import Scorecard, ScoredCriterion
from helpers.words.messages import LANGUAGES, span, text

SHOWN = 2  # criteria named in the first sentence


def _names(criteria: Sequence[ScoredCriterion], language: str) -> str:
    """The criteria's names, which stand before the colon of their messages."""
    names = [criterion.message[language].split(":")[0] for criterion in criteria]
    names = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    return f" {text('reasons.and', language)} ".join(names)


def why(
    first: Scorecard, second: Scorecard | None, remains: dict[str, str]
) -> list[dict[str, str]]:
    """Sentences in both languages. ``remains``: what is left to correct in the first one's file.

    Says of a gate only what it says itself: hinder found or not; never that a dataset is safe or
    lawful.
    """
    strong = sorted(
        first.criteria, key=lambda criterion: (-criterion.weight * criterion.low, criterion.id)
    )[:SHOWN]
    sentences: list[dict[str, str]] = []
    for language in LANGUAGES:
        points = {"points": span(first.low, first.high, language)}
        overlap = second is not None and second.high >= first.low
        tied = second is not None and second.low == first.low
        key = "alone" if second is None else "tied" if tied else "close" if overlap else "clear"
        if second is not None:
            points["second"] = span(second.low, second.high, language)
        for i, sentence in enumerate(
            (
                text("reasons.strong", language, names=_names(strong, language)),
                text(f"reasons.{key}", language, **points),
                f"{remains[language]} {text(f'gate.verdict.{first.verdict}', language)}",
            )
        ):
            if i == len(sentences):
                sentences.append({})
            sentences[i][language] = sentence
    return sentences
