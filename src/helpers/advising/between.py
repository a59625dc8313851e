"""Between organisations: the same kind of dataset side by side, from results alone: who is ready,
who needs what, what to do once.

No points and no places: nobody is ranked. An organisation is named only where it has agreed, or
where all is made up. Takes plain ``datakollen/results/2``, or 1, so that each can run at home and
hand over the results, never the data.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.checking import renamed
from helpers.declared import agencies, specifications
from helpers.words.messages import LANGUAGES, text
from helpers.words.personal import hiding

Plain = dict[str, Any]
Both = dict[str, str]
# steps that remain even for what is ready
LAST = frozenset({"stop", "warnings", "untried", "export", "decision", "address", "register"})
UNKNOWN = "okand"  # the kind of an organisation that nobody has named
RULES = 3  # shared faults named in a group
# steps that several can take together, once: for one kind of dataset, and for all kinds alike
TOGETHER = ("questions", "columns", "critical", "describe", "personal")
GENERAL = ("address", "register", "licence", "owner", "routine", "format")


@dataclass(frozen=True)
class Standing:
    """One candidate of one organisation. ``state``: ready | on_the_way | stopped | idea | link |
    published | failed."""

    organisation: str  # id
    label: Both
    state: str
    needs: list[Both]  # steps in short, without the last ones that all have
    steps: frozenset[str]
    faults: dict[tuple[str, int], Both]  # rule, by id and version -> what is wrong
    system: str | None


@dataclass(frozen=True)
class Together:
    """What could be done once for several: ``labels`` of those whom it would help."""

    id: str
    message: Both
    labels: list[Both]


@dataclass(frozen=True)
class Group:
    """The same kind of dataset in at least two organisations, in the order of their labels."""

    title: Both
    standings: list[Standing]
    together: list[Together] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """``groups`` of two organisations or more, what they could do ``together`` whatever the kind,
    and the titles of kinds that one has ``alone`` so far."""

    groups: list[Group]
    together: list[Together]
    alone: list[Both]


def _title(type: str, subtype: str | None) -> Both:
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


def own(candidates: Iterable[Plain]) -> str | None:
    """The id of the organisation whose results these are: the known one that more than half of the
    candidates belong to; None where there is none."""
    owners = [candidate["organisation"] for candidate in candidates]
    counted = Counter(owner["id"] for owner in owners if owner["kind"] != UNKNOWN)
    most = counted.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > len(owners) else None


def labels(
    candidates: Iterable[Plain], *, named: bool = False, ours: str | None = None
) -> dict[str, Both]:
    """Organisation id -> its name, or "Kommun A" where it has not agreed to be named and not all of
    it is made up. Who compares is ``ours`` and reads its own name.

    The letters follow a checksum of the ids, not the alphabet, so that A is not the first in a list
    of names.
    """
    made_up: dict[str, bool] = {}
    known: dict[str, Plain] = {}
    for candidate in candidates:
        owner = candidate["organisation"]
        known[owner["id"]] = owner
        made_up[owner["id"]] = made_up.get(owner["id"], True) and candidate["synthetic"]
    names: dict[str, Both] = {}
    hidden = []
    for id, owner in known.items():
        if named or id == ours or owner["named_in_public"] or made_up[id]:
            names[id] = dict.fromkeys(LANGUAGES, hiding.hide(owner["name"]))
        else:
            hidden.append(id)
    hidden.sort(key=lambda id: hashlib.sha256(id.encode()).hexdigest())
    for number, id in enumerate(hidden):
        sign = chr(65 + number) if number < 26 else str(number + 1)
        kind = known[id]["kind"]
        names[id] = {
            language: f"{text(f'between.kind.{kind}', language)} {sign}" for language in LANGUAGES
        }
    return names


def _standing(candidate: Plain, label: Both) -> Standing:
    state = _state(candidate)
    shown = (
        []
        if state in ("link", "published")
        else [step["short"] for step in candidate["steps"] if step["id"] not in LAST]
    )
    faults = {
        (renamed.now(finding["id"]), finding.get("version", 1)): finding["message"]
        for finding in candidate["findings"]
        if finding["outcome"] == "failed" and finding["severity"] in ("critical", "warning")
    }
    steps = (
        frozenset()
        if state in ("link", "published")
        else frozenset(step["id"] for step in candidate["steps"])
    )
    return Standing(
        candidate["organisation"]["id"], label, state, shown, steps, faults, candidate["system"]
    )


def _shared(id: str, standings: list[Standing], **values: Any) -> list[Together]:
    """One thing to do together, where it would help at least two organisations; else nothing."""
    helped = {standing.organisation: standing.label for standing in standings}
    if len(helped) < 2:
        return []
    message = {
        language: agencies.said(
            f"between.together.{id}",
            language,
            **{
                name: value[language] if isinstance(value, dict) else value
                for name, value in values.items()
            },
        )
        for language in LANGUAGES
    }
    return [Together(id, message, list(helped.values()))]


def _steps(standings: list[Standing], ids: tuple[str, ...]) -> list[Together]:
    return [
        shared
        for id in ids
        for shared in _shared(id, [standing for standing in standings if id in standing.steps])
    ]


def _together(standings: list[Standing]) -> list[Together]:
    """What at least two organisations need for one kind of dataset, what helps most of them
    first."""
    ideas = [standing for standing in standings if "file" in standing.steps]
    having = [standing for standing in standings if standing.steps and standing not in ideas]
    tasks = _shared("file", [*having, *ideas]) if having and ideas else _shared("first_file", ideas)
    tasks += _steps(standings, TOGETHER)
    rules = {
        rule: [standing for standing in standings if rule in standing.faults]
        for standing in standings
        for rule in standing.faults
    }
    rule_tasks = [
        task
        for rule, affected in sorted(rules.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        for task in _shared("rule", affected, fault=affected[0].faults[rule])
    ]
    tasks += rule_tasks[:RULES]
    for system in sorted({standing.system for standing in standings if standing.system}):
        tasks += _shared(
            "system",
            [standing for standing in standings if standing.system == system],
            system=hiding.hide(system),
        )
    return sorted(tasks, key=lambda task: -len(task.labels))


def compare(
    candidates: Iterable[Plain], *, named: bool = False, ours: str | None = None
) -> Compared:
    """The candidates by kind; see ``Compared``. ``ours``: the organisation that compares."""
    results = list(candidates)
    known = labels(results, named=named, ours=ours)
    kinds: dict[tuple[str, str | None], list[Standing]] = {}
    for candidate in results:
        standing = _standing(candidate, known[candidate["organisation"]["id"]])
        kinds.setdefault((candidate["type"], candidate["subtype"]), []).append(standing)
    groups, alone = [], []
    for (type, subtype), members in kinds.items():
        if len({standing.organisation for standing in members}) < 2:
            alone.append(_title(type, subtype))
            continue
        members.sort(key=lambda standing: (standing.label["sv"], sorted(standing.steps)))
        groups.append(Group(_title(type, subtype), members, _together(members)))
    groups.sort(
        key=lambda group: (
            -len({standing.organisation for standing in group.standings}),
            group.title["sv"],
        )
    )
    whole = _steps([standing for group in groups for standing in group.standings], GENERAL)
    return Compared(
        groups,
        sorted(whole, key=lambda task: -len(task.labels)),
        sorted(alone, key=lambda title: title["sv"]),
    )
