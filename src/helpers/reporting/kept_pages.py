"""The page of a candidate that failed in this run stays as an earlier run wrote it, under a note
that says when that was and what failed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from markupsafe import Markup

from helpers.words import messages

if TYPE_CHECKING:
    from helpers.advising.results import Candidate

# in ``base.html``: where the note stands, or the one before it
PLACE, END = "<!--kept-->", "<!--/kept-->"


def sentence(candidate: Candidate, language: str) -> str:
    """That what stands here is of an earlier run, and of which day."""
    day = dt.datetime.fromisoformat(candidate.kept_from).date()
    return messages.text("nights.kept_from", language, date=day)


def note(candidate: Candidate, language: str) -> Markup:
    """``sentence``, and what failed."""
    said = " ".join(failure.message[language] for failure in candidate.failures)
    return Markup('<p class="note kept">{} {}</p>').format(sentence(candidate, language), said)


def marked(page: str, candidate: Candidate, language: str) -> str:
    """The page, as an earlier run wrote it, with the note first, in the place that each page has
    for it; a page of an earlier version, which has none, as it is."""
    before, place, rest = page.partition(PLACE)
    _, end, after = rest.partition(END)
    return f"{before}{PLACE}{note(candidate, language)}{END}{after}" if place and end else page
