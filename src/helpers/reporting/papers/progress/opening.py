"""The first half page: what was done, what was not, what comes next, in a few sentences each."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.advising.progress import goals
from helpers.advising.progress.goals import LATE, months_after
from helpers.declared.activities import HELP, WEBINAR, Activity
from helpers.reporting.papers.document import Block, Heading, Items
from helpers.reporting.papers.management import takes
from helpers.reporting.papers.progress.told import Told
from helpers.reporting.papers.words import clipped
from helpers.words import messages

COMMONEST = 3  # obstacles that are named
STEPS = 130  # letters of the steps that remain
BECAUSE = 110
NAMED = 2  # goals and activities that are named; the others are counted


def blocks(told: Told) -> list[Block]:
    """The three headings, each with a list."""
    parts = {"done": _done, "undone": _undone, "coming": _coming}
    made: list[Block] = []
    for name, sentences in parts.items():
        items = [("", said) for said in sentences(told) if said]
        made += [Heading(told.say(f"{name}.head")), Items(items)]
    return made


def _done(told: Told) -> Iterator[str]:
    yield _activities(told)
    yield _runs(told)
    yield _out(told)


def _activities(told: Told) -> str:
    """What people did, as far as somebody has written it down."""
    if told.status.written is None:
        return told.say("done.no_file")
    held = told.status.done.held
    if not held:
        return told.say("done.no_activity")
    webinars = [one for one in held if one.kind == WEBINAR]
    helped = [one for one in held if one.kind == HELP]
    others = [one for one in held if one.kind not in (WEBINAR, HELP)]
    said = []
    if webinars:
        said += [told.say("done.webinars", count=len(webinars)), _participants(told, webinars)]
    if helped:
        said.append(_helped(told, helped))
    if others:
        names = told.names(told.what(one) for one in others)
        said.append(told.say("done.others", count=len(others), names=names))
    return told.join(said)


def _participants(told: Told, webinars: list[Activity]) -> str:
    known = [one.participants for one in webinars if one.participants is not None]
    if not known:
        return told.say("done.participants_none")
    if len(known) < len(webinars):
        return told.say("done.participants_least", participants=sum(known))
    return told.say("done.participants", count=len(webinars), participants=sum(known))


def _helped(told: Told, helped: list[Activity]) -> str:
    ids = {id for one in helped for id in one.organisations}
    if not ids:
        return told.say("done.helped_nobody")
    return told.say("done.helped", count=len(ids), names=told.organisations(ids))


def _runs(told: Told) -> str:
    """What Datakollen examined and found, and what was mended."""
    status = told.status
    past = status.past
    if not past.begins:
        return told.say("done.never_run")
    if not past.runs:
        before = past.begins <= status.period.end.isoformat()
        key = "done.no_run" if before else "done.before_first"
        return told.say(key, date=status.first_run)
    new = len(status.reached("examined"))
    said = [told.say("done.examined", count=len(past.examined))]
    if new:
        said.append(told.say("done.first_look", count=new))
    moved = {
        "found": sum(one.found for one in status.moved),
        "mended": sum(one.mended for one in status.moved),
        "remain": sum(one.remain for one in status.moved),
    }
    return told.join([*said, told.say("done.findings", **moved)])


def _out(told: Told) -> str:
    """What was decided and published, where a day in the period says so."""
    said = []
    for step in ("decided", "published"):
        ways = told.status.reached(step)
        if ways:
            names = told.names(told.title(way.entry.id) for way in ways)
            said.append(told.say(f"done.{step}", count=len(ways), names=names))
    return told.join(said)


def _undone(told: Told) -> Iterator[str]:
    status = told.status
    found = [
        *_missed(told),
        *_cancelled(told),
        _late(told),
        _not_out(told),
        _candidates(told, "stopped", [one.entry.id for one in status.stopped]),
        _candidates(told, "failed", [one.entry.id for one in status.failed]),
    ]
    said = [sentence for sentence in found if sentence]
    yield from said or [told.say("undone.nothing")]


def _missed(told: Told) -> Iterator[str]:
    missed = [*told.status.done.overdue, *told.status.done.missed]
    if missed:
        names = told.names(told.what(one) for one in missed)
        yield told.say("undone.missed", count=len(missed), names=names)


def _cancelled(told: Told) -> Iterator[str]:
    cancelled = told.status.done.cancelled
    for one in cancelled[:NAMED]:
        what = told.quoted(told.what(one))
        if one.because:
            because = clipped(one.because, BECAUSE)
            ended = because if because.endswith((".", "…", "!", "?")) else f"{because}."
            yield told.say("undone.cancelled_because", what=what, because=ended)
        else:
            yield told.say("undone.cancelled", what=what)
    if len(cancelled) > NAMED:
        yield told.say("undone.cancelled_more", count=len(cancelled) - NAMED)


def _late(told: Told) -> str:
    late = [one for one in told.status.goals if one.state == LATE]
    if not late:
        return ""
    names = messages.listed([_of(told, one) for one in late], told.language, NAMED)
    return told.say("undone.late", count=len(late), names=names)


def _of(told: Told, standing: goals.Standing) -> str:
    value = standing.value if standing.value is not None else 0
    what = told.quoted(told.what(standing.goal.what))
    return told.say("goals.of", what=what, value=value, target=standing.goal.target)


def _not_out(told: Told) -> str:
    if told.status.reached("published"):
        return ""
    decided = told.status.reached("decided")
    return told.say("undone.none_published" if decided else "undone.none_out")


def _candidates(told: Told, key: str, ids: list[str]) -> str:
    if not ids:
        return ""
    names = told.names(map(told.title, ids))
    return told.say(f"undone.{key}", count=len(ids), names=names)


def _coming(told: Told) -> Iterator[str]:
    status = told.status
    until = months_after(status.period.end, goals.MONTHS)
    coming = status.done.coming
    if coming:
        names = told.names(told.what(one) for one in coming)
        yield told.say("coming.activities", count=len(coming), until=until, names=names)
    else:
        yield told.say("coming.none", until=until)
    first = status.first
    if first is None:
        yield told.say("coming.no_first")
    else:
        steps = clipped(takes(first, told.language, 3), STEPS) if first.steps else ""
        ready = "coming.first_unknown" if first.failures else "coming.first_ready"
        yield told.say(
            "coming.first" if steps else ready, title=told.title(first.entry.id), steps=steps
        )
    yield _obstacles(told)


def _obstacles(told: Told) -> str:
    found = sorted(told.status.obstacles, key=lambda one: -len(one.ids))[:COMMONEST]
    if not found:
        return told.say("coming.no_obstacles")
    names = [
        told.say(
            "coming.counted",
            name=told.say(f"obstacles.short.{one.kind}"),
            count=len(one.ids),
        )
        for one in found
    ]
    return told.say("coming.obstacles", names=", ".join(names))
