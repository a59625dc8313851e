"""Between organisations: the same kind of dataset side by side, from results alone: who is ready,
who needs what, who can help whom, what to do once.

No points and no places: nobody is ranked. An organisation is named only where it has agreed, or
where all is made up. Takes plain ``datakollen/results/2``, or 1, so that each can run at home and
hand over the results, never the data. Of what others wrote only ids, numbers, and the names of
organisations and systems are used; each sentence is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.advising.naming import Names, alphabet, names
from helpers.checking import renamed, suites
from helpers.checking.findings import COLUMNS
from helpers.declared import agencies, specifications
from helpers.words.folding import fold
from helpers.words.messages import LANGUAGES, part, text

Plain = dict[str, Any]
Both = dict[str, str]
# steps that remain even for what is ready
LAST = frozenset({"stop", "warnings", "untried", "export", "decision", "address", "register"})
DONE = ("link", "published")  # nothing remains that others could help with
RULES = 3  # shared faults named in a group
# steps that several can take together, once: for one kind of dataset, and for all kinds alike
TOGETHER = ("questions", "columns", "critical", "describe", "personal")
GENERAL = ("address", "register", "licence", "owner", "routine", "format")
MOST_DIGITS = 9  # of a count in a step


@dataclass(frozen=True)
class Standing:
    """One candidate of one organisation. ``state``: ready | on_the_way | stopped | idea | link |
    published | failed."""

    organisation: str  # id
    label: Both
    state: str
    needs: list[Both]  # steps in short, without the last ones that all have
    steps: frozenset[str]
    faults: frozenset[tuple[str, int]]  # rules that are not met, by id and version
    system: str | None


@dataclass(frozen=True)
class Together:
    """What could be done once for several: ``labels`` of those whom it would help."""

    id: str
    message: Both
    labels: list[Both]


@dataclass(frozen=True)
class Help:
    """Who has it (``by``) ``ready``, or has a ``file`` where nobody has it ready, and who could ask
    (``to``); ``system``: the one that both use."""

    has: str  # ready | file
    by: list[Both]
    to: list[Both]
    system: Both | None = None


@dataclass(frozen=True)
class Group:
    """The same kind of dataset in at least two organisations, in the order of their labels."""

    title: Both
    standings: list[Standing]
    together: list[Together] = field(default_factory=list)
    help: list[Help] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """``groups`` of two organisations or more, what they could do ``together`` whatever the kind,
    and the titles of kinds that one has ``alone`` so far."""

    groups: list[Group]
    together: list[Together]
    alone: list[Both]
    names: Names


def title_of(type: str, subtype: str | None) -> Both:
    """What such data are called; of a type that is not known here, only that it is another."""
    if type in specifications.types():
        whole = specifications.load(type)
        return next(
            (variant.title for variant in whole.variants if variant.name == subtype), whole.title
        )
    return {language: text("reporting.other_type", language) for language in LANGUAGES}


def _state(candidate: Plain) -> str:
    steps = {step["id"] for step in candidate["steps"]}
    if candidate["gate"] is None:
        return "failed"
    if candidate["published"] == "dataportal":
        return "published"
    if candidate["advice"] and candidate["advice"]["code"] == "link":
        return "link"
    if candidate["gate"]["verdict"] == "stopp":
        return "stopped"
    if "file" in steps:
        return "idea"
    return "ready" if candidate["gate"]["verdict"] == "fri" and steps <= LAST else "on_the_way"


def _need(step: Plain) -> Both:
    """A step in our own words, with the one number that it gives."""
    key = f"publishing.short.{step['id']}"
    if key not in part("sv", "publishing"):
        return {one: text("between.other_step", one) for one in LANGUAGES}
    numbers = re.findall(
        r"\d+", re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", step["short"]["sv"])
    )
    counted = len(numbers) == 1 and len(numbers[0]) <= MOST_DIGITS
    # a text without a number is of one; where it cannot be told, the number is left out
    count = int(numbers[0]) if counted else 1 if not numbers else 2
    said = {one: agencies.said(key, one, count=count, rows=count) for one in LANGUAGES}
    if counted or (not numbers and f"{key}.one" in part("sv", "publishing")):
        return said
    return {one: words.partition(" (")[0] for one, words in said.items()}


def _standing(candidate: Plain, label: Both) -> Standing:
    state = _state(candidate)
    steps = [] if state in DONE else candidate["steps"]
    faults = frozenset(
        (renamed.now(finding["id"]), finding.get("version", 1))
        for finding in candidate["findings"]
        if finding["outcome"] == "failed"
        and finding["severity"] in ("critical", "warning")
        and finding["id"] != COLUMNS  # a step of its own
    )
    return Standing(
        candidate["organisation"]["id"],
        label,
        state,
        [_need(step) for step in steps if step["id"] not in LAST],
        frozenset(step["id"] for step in steps),
        faults,
        candidate["system"],
    )


def _helped(standings: Iterable[Standing]) -> list[Both]:
    """The labels of the organisations, each once, from A to Ö."""
    labels = {standing.organisation: standing.label for standing in standings}
    return sorted(labels.values(), key=lambda label: alphabet(label["sv"]))


def _shared(id: str, standings: list[Standing], **values: Both) -> list[Together]:
    """One thing to do together, where it would help at least two organisations; else nothing."""
    labels = _helped(standings)
    if len({standing.organisation for standing in standings}) < 2:
        return []
    message = {
        one: agencies.said(
            f"between.together.{id}", one, **{name: value[one] for name, value in values.items()}
        )
        for one in LANGUAGES
    }
    return [Together(id, message, labels)]


def _steps(standings: list[Standing], ids: tuple[str, ...]) -> list[Together]:
    return [
        shared
        for id in ids
        for shared in _shared(id, [standing for standing in standings if id in standing.steps])
    ]


def _rules(standings: list[Standing], type: str) -> list[Together]:
    """Faults that several have, those of most first. What to do says the rule as it is here."""
    known = {
        (rule.id, rule.version): rule
        for rule in (*suites.load(suites.COMMON).rules, *suites.rules_of(type))
    }
    rules = {
        rule: [standing for standing in standings if rule in standing.faults]
        for standing in standings
        for rule in standing.faults
    }
    tasks = []
    for rule, affected in sorted(rules.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        ours = known.get(rule)
        tasks += (
            _shared("rule", affected, because=ours.because, fix=ours.fix)
            if ours
            else _shared("other_rule", affected)
        )
    told: dict[str, Together] = {}
    for task in tasks:
        told.setdefault(task.message["sv"], task)
    return list(told.values())[:RULES]


def _systems(standings: Iterable[Standing], known: Names) -> list[tuple[Both, list[Standing]]]:
    """What each system may be called, under one of its spellings, and those that come out of it;
    in the order of what they may be called, as a hidden name tells nothing by its place."""
    systems: dict[str, list[Standing]] = {}
    for standing in standings:
        if standing.system and fold(standing.system):
            systems.setdefault(fold(standing.system), []).append(standing)
    named = [
        (known.system(min(standing.system or "" for standing in same)), same)
        for same in systems.values()
    ]
    return sorted(named, key=lambda pair: alphabet(pair[0]["sv"]))


def _together(standings: list[Standing], type: str, known: Names) -> list[Together]:
    """What at least two organisations need for one kind of dataset, what helps most of them
    first."""
    ideas = [standing for standing in standings if "file" in standing.steps]
    tasks = _shared("first_file", ideas)
    tasks += _steps(standings, TOGETHER)
    tasks += _rules(standings, type)
    for system, same in _systems(standings, known):
        tasks += _shared("system", same, system=system)
    return sorted(tasks, key=lambda task: -len(task.labels))


def _help(standings: list[Standing], known: Names) -> list[Help]:
    """Who has it ready and who has not: by the system that they share first, then in all."""
    ready = [standing for standing in standings if standing.state in ("ready", "published")]
    having = {standing.organisation for standing in ready}
    lacking = [
        standing
        for standing in standings
        if standing.organisation not in having and standing.state not in DONE
    ]
    given = []
    for system, same in _systems([*ready, *lacking], known):
        by = _helped(standing for standing in same if standing in ready)
        to = _helped(standing for standing in same if standing in lacking)
        if by and to:
            given.append(Help("ready", by, to, system))
    if ready and lacking:
        given.append(Help("ready", _helped(ready), _helped(lacking)))
    if not ready:
        files = [one for one in lacking if "file" not in one.steps and one.state != "failed"]
        owners = {standing.organisation for standing in files}
        ideas = [one for one in lacking if "file" in one.steps and one.organisation not in owners]
        if files and ideas:
            given.append(Help("file", _helped(files), _helped(ideas)))
    return given


def compare(
    candidates: Iterable[Plain], *, named: bool = False, ours: str | None = None, salt: str = ""
) -> Compared:
    """The candidates by kind; see ``Compared``. ``ours``: the organisation that compares;
    ``salt``: see ``naming.names``."""
    results = list(candidates)
    known = names(results, named=named, ours=ours, salt=salt)
    kinds: dict[tuple[str, str | None], list[Standing]] = {}
    for candidate in results:
        standing = _standing(candidate, known.labels[candidate["organisation"]["id"]])
        kinds.setdefault((candidate["type"], candidate["subtype"]), []).append(standing)
    groups, alone = [], []
    for (type, subtype), members in kinds.items():
        title = title_of(type, subtype)
        if len({standing.organisation for standing in members}) < 2:
            alone.append(title)
            continue
        members.sort(key=lambda one: (alphabet(one.label["sv"]), one.state, sorted(one.steps)))
        groups.append(Group(title, members, _together(members, type, known), _help(members, known)))
    groups.sort(key=lambda group: (-len(_helped(group.standings)), alphabet(group.title["sv"])))
    whole = _steps([standing for group in groups for standing in group.standings], GENERAL)
    titles = {title["sv"]: title for title in alone}
    return Compared(
        groups,
        sorted(whole, key=lambda task: -len(task.labels)),
        [titles[title] for title in sorted(titles, key=alphabet)],
        known,
    )
