"""How far each dataset has come, from known to maintained, with the day of each step where somebody
or a run has said it: the rest is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from helpers.advising import leading
from helpers.advising.progress.period import EXAMINED, KNOWN, Past
from helpers.advising.results import Candidate
from helpers.declared.catalogue import Entry
from helpers.words.source_text import SourceText

STEPS = ("known", "examined", "decided", "published", "maintained")
STAGES = ("idea", "inventoried", "reviewed", "decided", "published", "maintained")
OUT = ("own_website", "dataportal")
# who knows the day of a step that the catalogue says is taken: data/reference/roles.yaml
KNOWN_BY = {"decided": "registrar", "published": "web_editor", "maintained": "information_owner"}
NOT_YET, TAKEN, ELSEWHERE = "not_yet", "taken", "elsewhere"


@dataclass(frozen=True)
class Reached:
    """One step of a dataset. ``state``: not_yet, taken, or elsewhere (a national source has the
    data); ``day``: when it was taken; None where nobody has said."""

    state: str = NOT_YET
    day: dt.date | None = None


@dataclass(frozen=True)
class Way:
    """One dataset's way: a ``Reached`` for each of ``STEPS``."""

    entry: Entry
    steps: dict[str, Reached]

    @property
    def undated(self) -> list[str]:
        """Steps that are taken, whose day somebody could say."""
        return [
            name
            for name in KNOWN_BY
            if self.steps[name].state == TAKEN and self.steps[name].day is None
        ]


def day(text: SourceText | str | None) -> dt.date | None:
    """A day as an entry holds it, in text; None where it is none."""
    try:
        return dt.date.fromisoformat(text.raw if isinstance(text, SourceText) else text or "")
    except ValueError:
        return None


def _until(reached: Reached, end: dt.date) -> Reached:
    """What came after the period was not reached in it."""
    return Reached() if reached.day and reached.day > end else reached


def _seen(days: dict[str, str], name: str) -> Reached:
    found = day(days.get(name))
    return Reached(TAKEN, found) if found else Reached()


def _of_stage(entry: Entry, name: str) -> bool:
    """True where the entry's own stage says that the step is taken."""
    return entry.stage in STAGES and STAGES.index(entry.stage) >= STAGES.index(name)


def way(candidate: Candidate, past: Past, end: dt.date) -> Way:
    """The steps of one dataset until the day ``end``."""
    entry = candidate.entry
    days = dict(past.first.get(entry.id, {}))
    decided = day(entry.decision.date) if entry.decision else None
    is_decided = bool(entry.decision and entry.decision.date) or _of_stage(entry, "decided")
    out = entry.published.status in OUT or _of_stage(entry, "published")
    published = Reached(TAKEN, entry.published.issued) if out else Reached()
    if not out and leading.to_link(candidate):
        published = Reached(ELSEWHERE)
    steps = {
        "known": _seen(days, KNOWN),
        "examined": _seen(days, EXAMINED),
        "decided": _until(Reached(TAKEN, decided) if is_decided else Reached(), end),
        "published": _until(published, end),
        "maintained": Reached(TAKEN) if entry.stage == "maintained" else Reached(),
    }
    return Way(entry, steps)


def reached_in(ways: list[Way], name: str, start: dt.date, end: dt.date) -> list[Way]:
    """Those that took the step in the period, by the day that is said."""
    found = [(one.steps[name].day, one) for one in ways]
    return [one for when, one in found if when and start <= when <= end]
