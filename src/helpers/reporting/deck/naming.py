"""What a deck calls things: by their names, or so that no municipality is named.

Nameless, a dataset is called what it holds, an organisation what it is, and the name of every
Swedish municipality and region is taken out of all other texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.declared import organisations
from helpers.reporting.papers.words import clipped, kind_of_data, organisation, titled
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.declared.catalogue import Entry
    from helpers.declared.organisations import Organisation

Any_ = TypeVar("Any_")
TITLE, CELL, POINT, SENTENCE = 60, 70, 150, 190  # letters that a slide has room for
KEPT = frozenset(("id", "colour", "shape", "language", "date"))  # fields that are no words


@dataclass(frozen=True)
class Names:
    """Of one run, in one language."""

    region: Region
    language: str
    nameless: bool = False

    def title(self, candidate: Candidate, most: int = TITLE) -> str:
        """What a dataset is called."""
        if not self.nameless:
            return titled(candidate, self.language, most)
        kind = kind_of_data(candidate, self.language)
        owner = self.owner(candidate.entry)
        return clipped(text("deck.named_so", self.language, kind=kind, owner=owner), most)

    def owner(self, entry: Entry) -> str:
        """Whose it is."""
        if not self.nameless:
            return organisation(entry, self.language)
        known = organisations.organisation(entry.organisation)
        return text(f"deck.nameless.{known.kind if known else 'unknown'}", self.language)

    def said(self, of: Any_) -> Any_:
        """All texts of a slide, a table or a list as they may be said."""
        return _each(of, self._without) if self.nameless else of

    def _without(self, said: str) -> str:
        return self._pattern.sub(self._instead, said)

    def _instead(self, found: re.Match[str]) -> str:
        kind = self._kinds[found["name"].casefold()]
        return text(f"deck.nameless.{kind}", self.language) + (found["of"] or "")

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """Each name that may stand in a text, folded, and what kind of organisation has it."""
        known = organisations.organisations().values()
        return {name.casefold(): one.kind for one in known for name in _names(one)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any of the names, as a whole word. Names of this run in any case, others as names are
        written, but those that are words before they are municipalities."""
        own = {candidate.entry.organisation for candidate in self.region.candidates}
        of_run, others = [], []
        for one in organisations.organisations().values():
            names = _names(one)
            mine = one.id in own
            of_run += names if mine else []
            plain = [name for name in names if name.casefold() not in organisations.WORDS]
            others += [] if mine else [form for name in plain for form in (name, name.upper())]
        either = "|".join(part for part in (_any(of_run, "(?i:%s)"), _any(others, "%s")) if part)
        return re.compile(rf"(?<!\w)(?P<name>{either})(?P<of>s)?(?!\w)")


def _any(names: list[str], form: str) -> str:
    longest = sorted({re.escape(name) for name in names}, key=lambda name: (-len(name), name))
    return form % "|".join(longest) if longest else ""


def _names(one: Organisation) -> list[str]:
    """What an organisation may be called: its own name, and the place alone."""
    place = one.name.removesuffix(" kommun").removeprefix("Region ").removesuffix("sregionen")
    short = place[:-1] if one.kind == "kommun" and place.endswith("s") and place != one.name else ""
    return [name for name in (one.name, place, short) if len(name) > 2]


def _each(of: Any, change: Any) -> Any:
    """The same with each text changed, at any depth."""
    if isinstance(of, str):
        return change(of)
    if isinstance(of, list | tuple):
        return type(of)(_each(one, change) for one in of)
    if is_dataclass(of) and not isinstance(of, type):
        names = [field.name for field in fields(of) if field.name not in KEPT]
        return replace(of, **{name: _each(getattr(of, name), change) for name in names})
    return of
