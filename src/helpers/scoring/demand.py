"""The national list of what is asked for most: the ranks that are known, and which of them a
candidate is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.words.files.ours import File, remembered

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

REFERENCE = File("data/reference/national_demand.yaml")


class Place(Declared):
    """One place (1-85) on the list, and the words of a title or the dataset types that it stands
    for."""

    rank: Annotated[int, Field(ge=1, le=85)]
    name: Said
    words: Listed[Filled] = ()
    types: Listed[Filled] = ()


class Reference(Declared):
    """The whole file: the list's own title, where its ranks were read, and those that are known."""

    title: Filled
    status: Known
    source: Filled
    ranks: Listed[Place]


@remembered
def known() -> tuple[Place, ...]:
    """The known places, by rank; all others are unknown, which is not the same as last."""
    places = files.read(REFERENCE.path, Reference).ranks
    return tuple(sorted(places, key=lambda listed: listed.rank))


def place(entry: Entry) -> Place | None:
    """The candidate's place: by its dataset type, else by a whole word of its title; None where it
    is not known."""
    words = set(re.findall(r"\w+", str(getattr(entry, "title", "")).lower()))
    by_type = (listed for listed in known() if entry.type in listed.types)
    return next(by_type, next((listed for listed in known() if words & set(listed.words)), None))
