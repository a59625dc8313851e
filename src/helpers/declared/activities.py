"""What a project has set out to reach and what people do for it: ``activities.yaml`` in the
catalogue's folder, filled in by hand; what nobody has written is unknown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from helpers.declared import files
from helpers.declared.catalogue import ACTIVITIES
from helpers.declared.files import Declared, Listed
from helpers.declared.organisations import organisation
from helpers.words.files.validated import wrong
from helpers.words.source_text import SourceText

# what a goal counts: of activities that are done, of the catalogue, or what somebody has entered
OF_ACTIVITIES = ("organisations_helped", "webinars", "participants")
OF_CATALOGUE = ("reviewed", "decided", "published", "organisations_published")
ENTERED = "entered"
HELP, WEBINAR = "help", "webinar"
DONE, PLANNED, CANCELLED = "done", "planned", "cancelled"


def _filled(text: SourceText | None) -> SourceText | None:
    if text is not None and not text:
        raise wrong("blank")
    return text


class _Part(Declared):
    """A part of the file, whose sentences are not blank."""

    @field_validator("what", "because", "unit", "asked", check_fields=False)
    @classmethod
    def _says(cls, text: SourceText | None) -> SourceText | None:
        return _filled(text)


class Stands(_Part):
    """Where a goal stands that nothing here can count, and the day on which somebody saw it."""

    value: int = Field(ge=0)
    date: dt.date


class Goal(_Part):
    """One goal: ``target`` of what ``counts`` says, until the day ``due``; what is done before
    ``since`` does not count. ``asked``: the role that knows how it goes."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    what: SourceText
    counts: Literal[
        "organisations_helped",
        "webinars",
        "participants",
        "reviewed",
        "decided",
        "published",
        "organisations_published",
        "entered",
    ]
    target: int = Field(ge=1)
    since: dt.date | None = None
    due: dt.date | None = None
    stands: Stands | None = None
    asked: SourceText | None = None


class Activity(_Part):
    """One thing that people do or plan. ``date``: when it was held, or is to be; ``organisations``:
    whom it was for; ``because``: why it was cancelled, or what came of it."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Literal["help", "webinar", "meeting", "training", "other"]
    what: SourceText
    status: Literal["planned", "done", "cancelled"] = "planned"
    date: dt.date | None = None
    organisations: Listed[str] = ()
    participants: int | None = Field(default=None, ge=0)
    because: SourceText | None = None
    asked: SourceText | None = None


class Activities(_Part):
    """The whole file. ``asked``: the role that knows what stands here, whom the report names where
    something lacks; ``synthetic``: all of it is invented."""

    synthetic: bool = False
    asked: SourceText | None = None
    goals: Listed[Goal] = ()
    activities: Listed[Activity] = ()


def _fitting(declared: Activities, fault: files.Tell) -> None:
    """Ids stand once, organisations are known, what is done has its day, and no goal that is
    counted is entered too."""
    files.once("goals")(declared, fault)
    files.once("activities")(declared, fault)
    for i, goal in enumerate(declared.goals):
        if goal.stands and goal.counts != ENTERED:
            fault("counted", "goals", i, "stands", counts=goal.counts)
    for i, activity in enumerate(declared.activities):
        if activity.status == DONE and activity.date is None:
            fault("missing", "activities", i, "date")
        for j, id in enumerate(activity.organisations):
            if organisation(id) is None:
                fault("organisation", "activities", i, "organisations", j, id=id)


def parsed(text: str) -> Activities:
    """What the text of such a file declares. ``ConfigurationError`` with every fault by line."""
    return files.parsed(text, ACTIVITIES, Activities, _fitting)


def load(folder: Path) -> Activities | None:
    """What the catalogue in ``folder`` has; None where there is no such file. Raises
    ``ConfigurationError`` with every fault by line."""
    file = folder / ACTIVITIES
    return files.read(file, Activities, _fitting) if file.is_file() else None
