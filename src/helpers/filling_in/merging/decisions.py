"""What people have decided about objects that two organisations both have: ``same_objects.yaml`` in
the catalogue's folder, by organisation and id.

Two objects are the same, different, or not decided. Of the same ones ``keep`` says whose row
stands; a role decided, on a day. What contradicts itself is refused with its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from helpers.declared import files, specifications
from helpers.declared.files import Declared, Filled, Listed
from helpers.declared.organisations import organisation
from helpers.filling_in.merging.same_objects import Ref
from helpers.words.source_text import SourceText

FILE = "same_objects.yaml"
SAME, DIFFERENT, UNDECIDED = "same", "different", "undecided"


class Thing(Declared):
    """One object: whose, and its id in their own register."""

    organisation: Filled
    id: Filled

    @property
    def ref(self) -> Ref:
        """As rows are named."""
        return Ref(self.organisation, self.id)


class Decision(Declared):
    """Two objects of a type, and what was decided of them: by which role, on which day. ``keep``:
    the organisation whose row stands where they are the same."""

    type: Filled
    objects: Annotated[Listed[Thing], Field(min_length=2, max_length=2)]
    decision: Literal["same", "different", "undecided"] = "undecided"
    keep: Filled | None = None
    by: SourceText | None = None
    date: dt.date | None = None
    note: SourceText | None = None

    @property
    def refs(self) -> frozenset[Ref]:
        """The two objects."""
        return frozenset(thing.ref for thing in self.objects)

    @property
    def kept(self) -> Ref | None:
        """The object whose row stands; None where they are not the same."""
        if self.decision != SAME:
            return None
        return next((thing.ref for thing in self.objects if thing.organisation == self.keep), None)


class Decisions(Declared):
    """The whole file."""

    pairs: Listed[Decision] = ()


@dataclass(frozen=True)
class Groups:
    """What ``same`` decisions of one type make of objects: sets of the same one, and in each those
    that no decision puts behind another."""

    decisions: tuple[Decision, ...]

    @cached_property
    def of(self) -> dict[Ref, frozenset[Ref]]:
        """Each object that is the same as another, with all that it is the same as."""
        groups: dict[Ref, frozenset[Ref]] = {}
        for decision in self.decisions:
            if decision.decision == SAME:
                each = [groups.get(ref, frozenset((ref,))) for ref in decision.refs]
                whole = frozenset().union(*each)
                groups |= dict.fromkeys(whole, whole)
        return groups

    @cached_property
    def behind(self) -> set[Ref]:
        """The objects that a decision puts behind another."""
        same = [one for one in self.decisions if one.kept]
        return {ref for one in same for ref in one.refs if ref != one.kept}

    def first(self, ref: Ref) -> list[Ref]:
        """Those of an object's group that stand before all others: one, where nothing is wrong."""
        return sorted(self.of.get(ref, frozenset((ref,))) - self.behind)


def _complete(decision: Decision, i: int, fault: files.Tell) -> None:
    """What each pair must say by itself."""
    if decision.type not in specifications.types():
        fault("dataset_type", "pairs", i, "type", type=decision.type)
    whose = [thing.organisation for thing in decision.objects]
    for j, owner in enumerate(whose):
        if organisation(owner) is None:
            fault("organisation", "pairs", i, "objects", j, "organisation", id=owner)
    if len(set(whose)) < len(whose):
        fault("one_owner", "pairs", i, "objects")
    if decision.by is not None and decision.by.personal:
        fault("role", "pairs", i, "by")
    if decision.decision == UNDECIDED:
        return
    needed = ("keep", "by", "date") if decision.decision == SAME else ("by", "date")
    for name in needed:
        if not getattr(decision, name):
            fault("missing", "pairs", i, name)
    if decision.decision == SAME and decision.keep and decision.keep not in whose:
        fault("among", "pairs", i, "keep", known=", ".join(whose))


def _fitting(declared: Decisions, fault: files.Tell) -> None:
    """Each pair is whole, stands once, and agrees with the others."""
    seen: set[tuple[str, frozenset[Ref]]] = set()
    for i, decision in enumerate(declared.pairs):
        _complete(decision, i, fault)
        if (decision.type, decision.refs) in seen:
            fault("same_pair", "pairs", i)
        seen.add((decision.type, decision.refs))
    for type in {decision.type for decision in declared.pairs}:
        groups = Groups(tuple(one for one in declared.pairs if one.type == type))
        for i, decision in enumerate(declared.pairs):
            if decision.type != type:
                continue
            one, *others = sorted(decision.refs)
            together = all(ref in groups.of.get(one, ()) for ref in others)
            if decision.decision == DIFFERENT and together:
                fault("contradiction", "pairs", i, "decision")
            elif decision.kept and len(groups.first(one)) != 1:
                fault("winners", "pairs", i, "keep")


def read(folder: Path) -> Decisions:
    """What has been decided in a catalogue; nothing where it has no such file.
    ``ConfigurationError`` with every fault of the file, by line and column."""
    file = folder / FILE
    return files.read(file, Decisions, _fitting) if file.exists() else Decisions()


def parsed(text: str) -> Decisions:
    """What a text says that is to be the file. Raises as ``read`` does."""
    return files.parsed(text, FILE, Decisions, _fitting)


@dataclass(frozen=True)
class Joined:
    """Rows that are one object by decision: the one that stands, and those that it stands for."""

    kept: Ref
    others: tuple[Ref, ...]


@dataclass(frozen=True)
class Gone:
    """A decision of which a row is not there (any longer), and which."""

    decision: Decision
    missing: tuple[Ref, ...]


@dataclass(frozen=True)
class Standing:
    """What the decisions about a type mean for the rows that there are. ``decided``: pairs that are
    not asked about again -> ``same`` or ``different``."""

    joined: list[Joined] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    decided: Mapping[frozenset[Ref], str] = field(default_factory=dict)
    different: int = 0

    @property
    def instead(self) -> dict[Ref, Ref]:
        """Each row that is left out -> the one that stands for it."""
        return {other: one.kept for one in self.joined for other in one.others}


def _joined(groups: Groups, there: frozenset[Ref]) -> list[Joined]:
    """The groups with at least two rows that are there, and whose first one is."""
    joined = []
    for whole in sorted(set(groups.of.values()), key=sorted):
        kept = groups.first(next(iter(whole)))[0]
        others = tuple(sorted((whole & there) - {kept}))
        if kept in there and others:
            joined.append(Joined(kept, others))
    return joined


def standing(decisions: Decisions, type: str, there: Iterable[Ref]) -> Standing:
    """What was decided about objects of the type, held against the rows that are ``there``. Where
    the row whose values hold is gone, the others stay."""
    rows = frozenset(there)
    of_type = tuple(one for one in decisions.pairs if one.type == type)
    settled = [one for one in of_type if one.decision != UNDECIDED]
    gone = [Gone(one, tuple(sorted(one.refs - rows))) for one in settled if not one.refs <= rows]
    groups = Groups(of_type)
    decided: dict[frozenset[Ref], str] = {one.refs: one.decision for one in settled}
    for whole in set(groups.of.values()):
        decided |= {frozenset((a, b)): SAME for a in whole for b in whole if a < b}
    return Standing(
        _joined(groups, rows),
        gone,
        decided,
        sum(one.decision == DIFFERENT and one.refs <= rows for one in settled),
    )
