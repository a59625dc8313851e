"""What the parts of the status report share: its texts, titles that fit, names in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.advising.progress.status import Status
from helpers.declared import agencies, organisations
from helpers.declared.activities import Activity
from helpers.reporting.papers.words import clipped, titled
from helpers.words import escaping, messages
from helpers.words.source_text import SourceText

TITLE = 60  # letters of a title in a table or a list
NAMED = 3  # titles in a sentence; the others are counted
LISTED = 5  # organisations in a sentence


@dataclass(frozen=True)
class Told:
    """A status in one language."""

    status: Status
    language: str

    def say(self, key: str, **values: object) -> str:
        """The text progress.<key>."""
        return agencies.said(f"progress.{key}", self.language, **values)

    def title(self, id: str) -> str:
        """What the dataset is called; its id where it is not in the catalogue."""
        known = self.status.candidate(id)
        return titled(known, self.language, TITLE) if known else escaping.shown(SourceText(id))

    def organisation(self, id: str) -> str:
        """The organisation's name; that it is unknown where nobody has said."""
        known = organisations.organisation(id)
        return (
            known.name if known else messages.text("reporting.unknown_organisation", self.language)
        )

    def what(self, said: Activity | SourceText) -> str:
        """What an activity is called, or a sentence that somebody has written, without the full
        stop that its place brings."""
        text = said.what if isinstance(said, Activity) else said
        return clipped(text, TITLE).rstrip(".")

    def quoted(self, what: str) -> str:
        """A title within the language's quotes."""
        return self.say("quoted", what=what)

    def names(self, names: Iterable[str], most: int = NAMED) -> str:
        """Each within quotes; more than ``most`` are counted."""
        return messages.listed([self.quoted(name) for name in names], self.language, most)

    def organisations(self, ids: Iterable[str], most: int | None = LISTED) -> str:
        """Their names in alphabetical order."""
        found = sorted({self.organisation(id) for id in ids}, key=alphabet)
        return messages.listed(found, self.language, most)

    def asked(self, role: SourceText | None) -> str:
        """The role that is asked about what people write; where none is named, whoever
        coordinates."""
        whole = self.status.written.asked if self.status.written else None
        named = role or whole
        return clipped(named, TITLE) if named else self.say("coordinator")

    def join(self, sentences: Sequence[str]) -> str:
        """One paragraph of sentences."""
        return " ".join(sentence for sentence in sentences if sentence)

    def on(self, day: dt.date | None) -> str:
        """A day in a table, as ISO; "" where there is none."""
        return day.isoformat() if day else ""


def alphabet(name: str) -> str:
    """What a name is sorted by in Swedish: Å, Ä and Ö last."""
    return name.lower().translate(str.maketrans("åäö", "{|}"))
