"""Words that all papers share: who an entry belongs to, a title that fits, what stands at the foot
of each page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from helpers.declared import agencies
from helpers.reporting import titles
from helpers.words import escaping, messages
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.advising.results import Region
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


def sentence(said: str | SourceText, most: int = LONG) -> str:
    """``said`` clipped, with a full stop where nothing ends it."""
    shown = clipped(said, most)
    return shown if shown.endswith((".", "…", "!", "?")) else f"{shown}."


def organisation(entry: Entry, language: str) -> str:
    """The name of the entry's organisation, that it is guessed, or that it is unknown."""
    return titles.owner_of(entry, language)


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
