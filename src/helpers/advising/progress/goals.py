"""Where each goal stands on the last day of a period: counted from activities that are done and
from the catalogue, else as somebody has entered it; never guessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from helpers.advising.progress.ways import TAKEN, Way
from helpers.declared.activities import (
    CANCELLED,
    DONE,
    ENTERED,
    HELP,
    PLANNED,
    WEBINAR,
    Activities,
    Activity,
    Goal,
)

REACHED, LATE, UNDER_WAY, UNKNOWN = "reached", "late", "under_way", "unknown"
STEP = {"reviewed": "examined", "decided": "decided", "published": "published"}
MONTHS = 3  # of what comes next


@dataclass(frozen=True)
class Standing:
    """One goal: ``value`` of ``goal.target``; None where nobody has said. ``at_least``: there may
    be more, as something that it counts has no number. ``state``: reached, late (its day is past),
    under_way or unknown. ``seen``: the day of a number that somebody entered."""

    goal: Goal
    value: int | None
    state: str
    at_least: bool = False
    seen: dt.date | None = None


@dataclass(frozen=True)
class Done:
    """The activities about a period. ``missed``: planned for a day in it, and nobody has said that
    they were held; ``coming``: planned for the ``MONTHS`` months after it, or without a day;
    ``overdue``: planned for a day before the period, and nobody has said what became of them."""

    held: tuple[Activity, ...] = ()
    missed: tuple[Activity, ...] = ()
    cancelled: tuple[Activity, ...] = ()
    coming: tuple[Activity, ...] = ()
    overdue: tuple[Activity, ...] = ()


def months_after(day: dt.date, months: int) -> dt.date:
    """The last day of as many months after ``day``: three months after the last of September is the
    last of December.

    >>> months_after(dt.date(2026, 9, 30), 3), months_after(dt.date(2026, 11, 30), 3)
    (datetime.date(2026, 12, 31), datetime.date(2027, 2, 28))
    """
    ends = (day + dt.timedelta(days=1)).day == 1  # a month's last day stays one
    month = day.year * 12 + day.month - 1 + months
    year, number = divmod(month, 12)
    following = dt.date(year + (number == 11), (number + 1) % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    return last if ends or day.day > last.day else last.replace(day=day.day)


def done(written: Activities, start: dt.date, end: dt.date) -> Done:
    """The activities by what became of them; each kind in the order of days."""
    coming_end = months_after(end, MONTHS)
    kinds: dict[str, list[Activity]] = {name: [] for name in Done.__dataclass_fields__}
    for one in sorted(written.activities, key=lambda one: one.date or dt.date.max):
        inside = one.date is not None and start <= one.date <= end
        if one.status == DONE and inside:
            kinds["held"].append(one)
        elif one.status == CANCELLED and (inside or one.date is None):
            kinds["cancelled"].append(one)
        elif one.status == PLANNED and inside:
            kinds["missed"].append(one)
        elif one.status == PLANNED and one.date is not None and one.date < start:
            kinds["overdue"].append(one)
        elif one.status == PLANNED and (one.date is None or end < one.date <= coming_end):
            kinds["coming"].append(one)
    return Done(**{name: tuple(found) for name, found in kinds.items()})


def standing(goal: Goal, written: Activities, ways: list[Way], end: dt.date) -> Standing:
    """Where one goal stands on the day ``end``."""
    seen: dt.date | None = None
    at_least = False
    value: int | None
    if goal.counts == ENTERED:
        said = goal.stands if goal.stands and goal.stands.date <= end else None
        value, seen = (said.value, said.date) if said else (None, None)
    elif goal.counts in STEP or goal.counts == "organisations_published":
        value = _of_ways(goal, ways)
    else:
        value, at_least = _of_activities(goal, written, end)
    return Standing(goal, value, _state(goal, value, end), at_least, seen)


def _state(goal: Goal, value: int | None, end: dt.date) -> str:
    if value is None:
        return UNKNOWN
    if value >= goal.target:
        return REACHED
    return LATE if goal.due and goal.due <= end else UNDER_WAY


def _of_ways(goal: Goal, ways: list[Way]) -> int:
    """Datasets, or organisations with one, that have taken the step; since a day only those whose
    day is known."""
    step = STEP.get(goal.counts, "published")
    taken = [
        way
        for way in ways
        if way.steps[step].state == TAKEN
        and (goal.since is None or ((day := way.steps[step].day) and day >= goal.since))
    ]
    if goal.counts == "organisations_published":
        return len({way.entry.organisation for way in taken})
    return len(taken)


def _of_activities(goal: Goal, written: Activities, end: dt.date) -> tuple[int | None, bool]:
    """What those count that are done, and whether some number lacks; None where all lack."""
    counted = [
        one
        for one in written.activities
        if one.status == DONE
        and one.date is not None
        and one.date <= end
        and (goal.since is None or one.date >= goal.since)
    ]
    if goal.counts == "organisations_helped":
        helped = [one for one in counted if one.kind == HELP]
        lacks = any(not one.organisations for one in helped)
        return len({id for one in helped for id in one.organisations}), lacks
    webinars = [one for one in counted if one.kind == WEBINAR]
    if goal.counts == "webinars":
        return len(webinars), False
    numbers = [one.participants for one in webinars if one.participants is not None]
    if webinars and not numbers:
        return None, False
    return sum(numbers), len(numbers) < len(webinars)
