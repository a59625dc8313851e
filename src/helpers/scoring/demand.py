"""The national list of what is asked for most: the ranks that are known, and which of them a
candidate is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.words.files import strict_yaml
from helpers.words.files.ours import File, remembered

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

REFERENCE = File("data/reference/national_demand.yaml")


@dataclass(frozen=True)
class Place:
    """One place (1-100) on the list, and the words of a title or the dataset types that it stands
    for."""

    rank: int
    name: dict[str, str]
    words: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def _place(one: dict[str, Any]) -> Place:
    return Place(one["rank"], one["name"], tuple(one.get("words", ())), tuple(one.get("types", ())))


@remembered
def load() -> tuple[Place, ...]:
    """The known places, by rank; all others are unknown, which is not the same as last."""
    found = strict_yaml.built(REFERENCE.path, lambda plain: [_place(one) for one in plain["ranks"]])
    return tuple(sorted(found, key=lambda one: one.rank))


def place(entry: Entry) -> Place | None:
    """The candidate's place: by its dataset type, else by a whole word of its title; None where it
    is not known."""
    words = set(re.findall(r"\w+", str(getattr(entry, "title", "")).lower()))
    by_type = (one for one in load() if entry.type in one.types)
    return next(by_type, next((one for one in load() if words & set(one.words)), None))
