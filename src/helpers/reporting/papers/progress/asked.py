"""What nobody has entered, with who usually knows it and a blank to write in: nothing is
invented."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from helpers.advising.progress.goals import UNKNOWN
from helpers.advising.progress.ways import KNOWN_BY
from helpers.declared.activities import HELP, WEBINAR
from helpers.declared.roles import roles
from helpers.reporting.papers.document import Block, Heading, Table, Text
from helpers.reporting.papers.progress.told import Told, alphabet

SAME = 8  # rows of one kind; the others are counted
Gap = tuple[str, str, str]  # its kind, what lacks, who knows it


def gaps(told: Told) -> Iterator[Gap]:
    """All that lacks, kind by kind."""
    written = told.status.written
    if written is None or not written.goals:
        yield "goals", told.say("gaps.goals"), told.asked(None)
    if written is None or not written.activities:
        yield "activities", told.say("gaps.activities"), told.asked(None)
    for standing in told.status.goals:
        if standing.state == UNKNOWN:
            what = told.say("gaps.value", what=told.what(standing.goal.what))
            yield "value", what, told.asked(standing.goal.asked)
    yield from _of_activities(told)
    yield from _of_baseline(told)
    yield from _of_ways(told)


def _of_activities(told: Told) -> Iterator[Gap]:
    done = told.status.done
    lacking = {
        "participants": [
            one for one in done.held if one.kind == WEBINAR and one.participants is None
        ],
        "organisations": [one for one in done.held if one.kind == HELP and not one.organisations],
        "held": [*done.overdue, *done.missed],
        "why": [one for one in done.cancelled if not one.because],
        "when": [one for one in done.coming if one.date is None],
    }
    for kind, some in lacking.items():
        for one in some:
            what = told.say(f"gaps.{kind}", what=told.what(one))
            yield kind, what, told.asked(one.asked)


def _of_baseline(told: Told) -> Iterator[Gap]:
    """The organisations with datasets that have not answered the questionnaire of the year."""
    found = told.status.baseline
    answered = {own.organisation for own in found.own} if found else set()
    asked = {way.entry.organisation for way in told.status.ways} - answered
    year = str(found.year if found else told.status.period.end.year)
    if not found:
        yield "baseline", told.say("gaps.baseline_all", year=year), told.asked(None)
        return
    for name in sorted((told.organisation(id) for id in asked), key=alphabet):
        yield "baseline", told.say("gaps.baseline", year=year, name=name), told.asked(None)


def _of_ways(told: Told) -> Iterator[Gap]:
    for step in ("decided", "published"):
        for way in told.status.ways:
            if step in way.undated:
                what = told.say(f"gaps.{step}", what=told.title(way.entry.id))
                role = roles(way.entry)[KNOWN_BY[step]]
                yield step, what, role.usual[told.language]


def blocks(told: Told) -> list[Block]:
    """The table of what lacks, with blanks."""
    heading = told.say("gaps.head")
    rows: list[list[str]] = []
    for _, same in groupby(gaps(told), lambda gap: gap[0]):
        some = list(same)
        rows += [[what, who[:1].upper() + who[1:], ""] for _, what, who in some[:SAME]]
        if len(some) > SAME:
            rows.append([told.say("gaps.more", count=len(some) - SAME), "–", "–"])
    if not rows:
        return [Heading(heading), Text(told.say("gaps.none"))]
    head = [told.say(f"gaps.{name}") for name in ("what", "who", "answer")]
    return [Heading(heading), Text(told.say("gaps.how")), Table(heading, head, rows, [45, 25, 30])]
