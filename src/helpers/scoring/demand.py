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


def _place(plain: dict[str, Any]) -> Place:
    return Place(
        plain["rank"], plain["name"], tuple(plain.get("words", ())), tuple(plain.get("types", ()))
    )


@remembered
def known() -> tuple[Place, ...]:
    """The known places, by rank; all others are unknown, which is not the same as last."""
    places = strict_yaml.built(
        REFERENCE.path, lambda plain: [_place(rank) for rank in plain["ranks"]]
    )
    return tuple(sorted(places, key=lambda listed: listed.rank))


def place(entry: Entry) -> Place | None:
    """The candidate's place: by its dataset type, else by a whole word of its title; None where it
    is not known."""
    words = set(re.findall(r"\w+", str(getattr(entry, "title", "")).lower()))
    by_type = (listed for listed in known() if entry.type in listed.types)
    return next(by_type, next((listed for listed in known() if words & set(listed.words)), None))
