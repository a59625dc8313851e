"""What a deck is made of: the run, what its first ones answer, and a map of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.advising import leading
from helpers.reporting.deck.naming import Names

if TYPE_CHECKING:
    from helpers.advising.answers.answer import Answer
    from helpers.advising.results import Candidate, Region
    from helpers.drawing.map import Map


@dataclass(frozen=True)
class Told:
    """``answers``: of the first ones, each with what its data say; ``drawn``: one of them with its
    map."""

    region: Region
    names: Names
    answers: list[tuple[Candidate, list[Answer]]] = field(default_factory=list)
    drawn: tuple[Candidate, Map] | None = None

    @property
    def language(self) -> str:
        return self.names.language

    @property
    def ranked(self) -> list[Candidate]:
        """Those with a place that are to be published, in order."""
        return leading.ranked(self.region.candidates)

    @property
    def first(self) -> Candidate | None:
        """Who the steps are told of: the first with a place, else the first idea, else the first
        of all."""
        candidates = self.region.candidates
        ideas = [one for one in candidates if one.entry.source is None and one.scorecard]
        return next(iter([*self.ranked, *ideas, *candidates]), None)
