"""Words that all papers share: who an entry belongs to, a title that fits, what stands at the foot
of each page."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING

from helpers.declared import agencies, specifications
from helpers.reporting import titles
from helpers.words import escaping, messages
from helpers.words.folding import fold
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.declared.catalogue import Entry
    from helpers.reporting.papers.document import Block

LONG = 90  # characters of a title or a value in a paper


def say(key: str, language: str, **values: object) -> str:
    """The text papers.<key> with agency names filled in."""
    return agencies.said(f"papers.{key}", language, **values)


def clipped(said: str | SourceText, most: int = LONG) -> str:
    """``said`` for display, cut at a word with an ellipsis where it is longer than ``most``
    characters."""
    shown = escaping.shown(said)
    if len(shown) <= most:
        return shown
    cut = shown[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,.;:") + "…"


def titled(candidate: Candidate, language: str, most: int = LONG) -> str:
    """What a candidate is called, clipped; where its title is the name of its file, what kind of
    data it is comes first, as nobody stands behind the name of a file."""
    entry = candidate.entry
    if not named_by_file(entry):
        return clipped(entry.title, most)
    file = clipped(entry.title, most // 2)
    return say("by_file", language, kind=kind_of_data(candidate, language), file=file)


def named_by_file(entry: Entry) -> bool:
    """True where nobody has given the entry a title: it is its file's name, as ``add`` writes
    it."""
    if entry.source is None:
        return False
    stem = PurePath(entry.source.path).stem
    return fold(entry.title.raw) == fold(stem)


def kind_of_data(candidate: Candidate, language: str) -> str:
    """What the type, or the variant that is followed, calls such data; no version number."""
    type = candidate.entry.type
    if type not in specifications.types():
        return say("some_data", language)
    whole = specifications.load(type)
    name = candidate.variant or candidate.entry.variant
    variants = {variant.name: variant.title for variant in whole.variants}
    title = variants.get(str(name), whole.title)[language]
    title = whole.title[language] if any(letter.isdigit() for letter in title) else title
    return title.partition(" (")[0]


def sentence(said: str | SourceText, most: int = LONG) -> str:
    """``said`` clipped, with a full stop where nothing ends it."""
    shown = clipped(said, most)
    return shown if shown.endswith((".", "…", "!", "?")) else f"{shown}."


def organisation(entry: Entry, language: str) -> str:
    """The name of the entry's organisation, that it is guessed, or that it is unknown."""
    owner = titles.owner_of(entry, language)
    return owner[:1].upper() + owner[1:]


def made(region: Region) -> dt.date:
    """The day on which the run finished."""
    return dt.datetime.fromisoformat(region.finished).date()


def footer(region: Region, language: str) -> str:
    """What stands at the foot of each page: the day of the run."""
    return say("footer", language, date=made(region))


def example(synthetic: bool, language: str) -> list[Block]:
    """The note that all is invented, where it is."""
    from helpers.reporting.papers.document import Text  # types only

    return [Text(messages.text("reporting.synthetic", language), style="note")] if synthetic else []
