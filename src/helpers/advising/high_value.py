"""Whether EU's act on high-value datasets may reach a candidate: perhaps, and by what category;
never a flat yes, and never a point.

Readings differ: by one, municipal geodata that do not cover the country when put together are not
reached; some municipalities publish, others refuse. So what is told is a likeness by words, whose
status is that of the reference file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from helpers.declared import files
from helpers.declared.catalogue import Entry
from helpers.declared.files import Declared, Filled, Listed, Maturity, Said
from helpers.declared.roles import mentions
from helpers.words.files.ours import File, remembered
from helpers.words.messages import LANGUAGES, text

REFERENCE = File("data/reference/high_value.yaml")


class Category(Declared):
    """A category of the act, and the words by which a dataset is like it. ``id``: the last part of
    its address in the vocabulary."""

    id: Annotated[str, Field(pattern=r"^c_[0-9a-f]{8}$")]
    name: Said
    words: Annotated[Listed[Filled], Field(min_length=1)]


class Reference(Declared):
    """The whole file."""

    act: Said
    vocabulary: Filled
    status: Maturity
    categories: Listed[Category]


@dataclass(frozen=True)
class Concern:
    """That a candidate may be reached: by which category, and what to do. ``url``: the category's
    address."""

    category: str
    url: str
    short: dict[str, str]
    message: dict[str, str]
    status: str  # draft | reconstructed | verified


@remembered
def known() -> Reference:
    """The reference file. Raises ``ConfigurationError`` with every fault of it."""
    return files.read(REFERENCE.path, Reference, files.once("categories"))


def concern(entry: Entry) -> Concern | None:
    """The first category that the entry's words are like; None where none is."""
    reference = known()
    found = next(
        (category for category in reference.categories if mentions(entry, category.words)), None
    )
    if found is None:
        return None
    said = {
        language: text(
            "high_value.perhaps",
            language,
            act=reference.act[language],
            category=found.name[language],
        )
        for language in LANGUAGES
    }
    short = {language: text("high_value.short", language) for language in LANGUAGES}
    return Concern(found.id, reference.vocabulary + found.id, short, said, reference.status)
