"""The parts behind the first half page: goals, activities, each dataset's way, faults, obstacles,
the next quarter."""

from __future__ import annotations

from itertools import groupby

from helpers.advising.progress.goals import MONTHS, Standing, months_after
from helpers.advising.progress.obstacles import Obstacle
from helpers.advising.progress.period import Moved
from helpers.advising.progress.ways import ELSEWHERE, NOT_YET, STEPS, Reached, Way
from helpers.declared.activities import WEBINAR, Activity
from helpers.reporting.papers.document import Block, Heading, Items, Table, Text
from helpers.reporting.papers.progress.told import Told, alphabet
from helpers.words import messages

STEP_NAMED = 4  # datasets named of each next step


def goals(told: Told) -> list[Block]:
    """Each goal, what it is to be and where it stands."""
    heading = told.say("goals.head")
    if not told.status.goals:
        return [Heading(heading), Text(told.say("goals.none"))]
    end = told.status.period.end
    head = [told.say(f"goals.{name}", end=end) for name in ("goal", "target", "value", "state")]
    rows = [_goal(told, one) for one in told.status.goals]
    table = Table(heading, head, rows, [40, 22, 20, 18])
    return [Heading(heading), Text(told.say("goals.how")), table]


def _goal(told: Told, standing: Standing) -> list[str]:
    goal = standing.goal
    target = messages.number(goal.target, told.language)
    if goal.due:
        target = f"{target}, {told.say('goals.due', due=goal.due)}"
    value = "" if standing.value is None else messages.number(standing.value, told.language)
    if standing.at_least:
        value = told.say("goals.least", value=standing.value)
    if standing.seen:
        value = told.say("goals.seen", value=standing.value, date=standing.seen)
    state = told.say(f"goals.states.{standing.state}")
    return [told.what(goal.what), target, value, state]


def activities(told: Told) -> list[Block]:
    """Those that were held in the period."""
    held = told.status.done.held
    if not held:
        return []
    return [Heading(told.say("activities.head")), _activities(told, "activities.head", held)]


def _activities(told: Told, name: str, some: tuple[Activity, ...]) -> Table:
    """``some`` with their days; a number of participants that nobody has entered is a blank."""
    columns = ("day", "what", "whom", "participants")
    head = [told.say(f"activities.{column}") for column in columns]
    held = some == told.status.done.held
    widths: list[float] = [15, 45, 25, 15] if held else [20, 50, 30]
    rows = [_activity(told, one, held) for one in some]
    return Table(told.say(name), head[: len(widths)], rows, widths)


def _activity(told: Told, one: Activity, held: bool) -> list[str]:
    kind = told.say(f"activities.kinds.{one.kind}")
    number = "" if one.participants is None else messages.number(one.participants, told.language)
    row = [
        told.on(one.date) or told.say("activities.no_day"),
        f"{kind}: {told.what(one)}",
        told.organisations(one.organisations, None) or told.say("activities.not_counted"),
    ]
    if not held:
        return row
    is_asked = one.kind == WEBINAR  # a blank is for somebody to fill in
    return [*row, number or ("" if is_asked else told.say("activities.not_counted"))]


def ways(told: Told) -> list[Block]:
    """A table for each organisation, in alphabetical order: nobody is ranked."""

    def name(way: Way) -> str:
        return told.organisation(way.entry.organisation)

    found = sorted(told.status.ways, key=lambda way: (alphabet(name(way)), way.entry.id))
    how = told.join([told.say("ways.how"), told.say("ways.alphabet")])
    blocks: list[Block] = [Heading(told.say("ways.head")), Text(how)]
    head = [told.say(f"ways.{column}") for column in ("dataset", *STEPS)]
    for owner, theirs in groupby(found, name):
        rows = [
            [told.title(way.entry.id), *(_reached(told, way.steps[step]) for step in STEPS)]
            for way in theirs
        ]
        blocks += [Heading(owner, 3), Table(owner, head, rows, [30, 14, 14, 14, 14, 14])]
    return blocks


def _reached(told: Told, reached: Reached) -> str:
    if reached.state == ELSEWHERE:
        return told.say("ways.elsewhere")
    if reached.state == NOT_YET:
        return told.say("ways.not_yet")
    return told.on(reached.day) or told.say("ways.taken")


def findings(told: Told) -> list[Block]:
    """What was found and mended, dataset by dataset; nothing where no run fell in the period."""
    status = told.status
    if not status.past.runs:
        return []
    heading = told.say("findings.head")
    shown = [one for one in status.moved if one.found or one.mended or one.remain]
    blocks: list[Block] = [Heading(heading)]
    if not shown:
        blocks.append(Text(told.say("findings.none")))
    else:
        columns = ("found", "mended", "persisting", "remain", "critical")
        head = [told.say(f"findings.{column}") for column in ("dataset", *columns)]
        rows = [[told.title(one.id), *_counts(told, one)] for one in _in_order(told, shown)]
        sums = [
            messages.number(sum(getattr(one, column) for one in shown), told.language)
            for column in columns
        ]
        rows.append([told.say("findings.total"), *sums])
        table = Table(heading, head, rows, [35, 13, 13, 13, 13, 13])
        blocks += [Text(told.say("findings.how")), table]
    return blocks + _beside(told, shown)


def _in_order(told: Told, shown: list[Moved]) -> list[Moved]:
    return sorted(shown, key=lambda one: alphabet(told.title(one.id)))


def _counts(told: Told, one: Moved) -> list[str]:
    values = (one.found, one.mended, one.persisting, one.remain, one.critical)
    return [messages.number(value, told.language) for value in values]


def _beside(told: Told, shown: list[Moved]) -> list[Block]:
    """What the table cannot say: first looks, rules that changed, what failed or left."""
    status, said = told.status, []
    first = sum(one.first_look for one in shown)
    if first:
        said.append(told.say("findings.first_look", count=first))
    other, gone = sum(one.other for one in shown), sum(one.gone for one in shown)
    if other or gone:
        said.append(told.say("findings.changed", other=other, gone=gone))
    failed = [told.title(one.id) for one in status.moved if one.failed]
    if failed:
        said.append(told.say("findings.failed", names=told.names(failed)))
    if status.left:
        said.append(told.say("findings.left", names=told.names(map(told.title, status.left))))
    return [Text(told.join(said), style="soft")] if said else []


def obstacles(told: Told) -> list[Block]:
    """By kind: how many datasets and organisations, and who usually resolves it."""
    heading = told.say("obstacles.head")
    found = told.status.obstacles
    if not found:
        return [Heading(heading), Text(told.say("obstacles.none"))]
    head = [told.say(f"obstacles.{name}") for name in ("kind", "datasets", "organisations", "who")]
    rows = [_obstacle(told, one) for one in found]
    how = told.say("obstacles.how", today=told.status.period.today)
    return [Heading(heading), Text(how), Table(heading, head, rows, [30, 16, 18, 36])]


def _obstacle(told: Told, one: Obstacle) -> list[str]:
    holders = messages.listed([said[told.language] for said in one.holders], told.language)
    role = one.role.name[told.language]
    named = told.say("obstacles.role", role=role, holders=holders)
    same = holders.lower().startswith(role.lower())  # Upphandlare: upphandlaren
    return [
        told.say(f"obstacles.kinds.{one.kind}"),
        messages.number(len(one.ids), told.language),
        messages.number(one.organisations, told.language),
        holders[:1].upper() + holders[1:] if same else named,
    ]


def following(told: Told) -> list[Block]:
    """The next quarter: what is planned, and the steps that the tool knows."""
    coming = told.status.done.coming
    until = months_after(told.status.period.end, MONTHS)
    blocks: list[Block] = [Heading(told.say("next.head"))]
    if coming:
        planned = told.say("next.planned", until=until)
        blocks += [Heading(planned, 3), _activities(told, "next.head", coming)]
    else:
        blocks.append(Text(told.say("next.none")))
    if told.status.obstacles:
        blocks += [Heading(told.say("next.steps"), 3), Items(_steps(told))]
    return blocks


def _steps(told: Told) -> list[tuple[str, str]]:
    return [
        (
            told.say(f"next.do.{one.kind}"),
            f"{told.names([told.title(id) for id in one.ids], STEP_NAMED)}.",
        )
        for one in told.status.obstacles
    ]
