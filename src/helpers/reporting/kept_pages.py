"""The page of a candidate that failed in this run stays as an earlier run wrote it, under a note
that says when that was and what failed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.advising.results import Candidate

MAIN = '<main id="main">'
NOTE = re.compile(r'\s*<p class="note kept">.*?</p>', re.S)


def sentence(candidate: Candidate, language: str) -> str:
    """That what stands here is of an earlier run, and of which day."""
    day = dt.datetime.fromisoformat(candidate.kept_from).date()
    return messages.text("nights.kept_from", language, date=day)


def marked(page: str, candidate: Candidate, language: str) -> str:
    """The page, as an earlier run wrote it, with the note first; an older note is gone."""
    said = " ".join(failure.message[language] for failure in candidate.failures)
    words = escaping.html(f"{sentence(candidate, language)} {said}")
    note = f'{MAIN}\n      <p class="note kept">{words}</p>'
    return NOTE.sub("", page).replace(MAIN, note, 1)
