"""The scoring model as it is declared: criteria, weights, anchors and steps of
``quality_suites/scoring.yaml``, checked strictly. Of no candidate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.checking.findings import CONFORMITY, DIMENSIONS
from helpers.declared import agencies
from helpers.words import paths
from helpers.words.checker import Checker
from helpers.words.errors import ConfigurationError
from helpers.words.files import strict_yaml
from helpers.words.files.ours import remembered

GROUPS = {
    "value": ("internal", "business", "citizens", "transparency", "demand"),
    "readiness": (
        "completeness",
        "validity",
        "consistency",
        "uniqueness",
        "timeliness",
        "geography",
        "conformity",
        "metadata",
        "licence",
        "owner",
    ),
    "effort": ("work",),
}
FOUND = (*DIMENSIONS, CONFORMITY)  # of readiness: what findings say
STEPS = ("quality", "conformity", "metadata", "requests")  # a higher value is a higher level
FALLING = ("national_rank", "hours")  # a higher value is a lower level
CAPS = ("critical", "warning")
HOURS = (
    "publication",
    "rule",
    "row",
    "rule_most",
    "file",
    "licence",
    "owner",
    "metadata",
    "question",
    "masking",
    "export_unknown",
    "export_missing",
    "supplier_owns",
)
ROBUSTNESS = ("draws", "seed", "concentration", "undecided", "words_under")
LEVELS = 6  # 0-5
# what keeps a file from having a place
NEEDED = ("no_rows", "unusable", "unrecognised", "no_positions", "abroad")


@dataclass(frozen=True)
class Criterion:
    """One criterion of the model. ``weight`` in points of 100; ``anchors[level]`` has a sentence in
    sv and en. Nothing where the level follows from findings: their counts are its sentence."""

    name: dict[str, str]
    weight: float
    because: dict[str, str]
    anchors: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Assumption:
    """A number that somebody has set, with its name and why; an organisation may set another."""

    value: float
    name: dict[str, str]
    because: dict[str, str]


@dataclass(frozen=True)
class Needed:
    """What a dataset must have to be of use: each of ``rules`` right in the share ``least`` (0-1),
    or where ``absent`` not kept from being asked by a mandatory column that is not there."""

    rules: tuple[str, ...]
    least: float
    absent: bool


@dataclass(frozen=True)
class Model:
    """The whole model.

    ``steps[name]`` are the lowest values of levels 1-5 (of ``FALLING`` ones the highest values of
    levels 5-1); ``caps[severity]`` is a ceiling; ``hours`` is the table of assumptions,
    ``robustness`` the numbers of the trial. ``known`` is how many of the 100 points must be known
    for a place in the order, ``needed`` by code what a file must have for one.
    """

    groups: dict[str, dict[str, Criterion]]
    steps: dict[str, tuple[float, ...]]
    caps: dict[str, int]
    licences: tuple[tuple[tuple[str, ...], int], ...]
    not_for: dict[str, tuple[str, ...]]
    hours: dict[str, Assumption]
    robustness: dict[str, Assumption]
    known: Assumption
    needed: dict[str, Needed]

    def level(self, steps: str, value: float) -> int:
        """0-5: how many of the five steps ``value`` reaches (a billionth is forgiven: means of
        shares are floats)."""
        if steps in FALLING:
            return sum(value - 1e-9 <= step for step in self.steps[steps])
        return sum(value + 1e-9 >= step for step in self.steps[steps])

    @property
    def weights(self) -> dict[str, float]:
        """Weight of every criterion by its full id, ``<group>_<name>``, in the file's order."""
        return {
            f"{group}_{name}": criterion.weight
            for group, criteria in self.groups.items()
            for name, criterion in criteria.items()
        }


def _criterion(check: Checker, node: Any, *place: str) -> Criterion:
    found = place[-1] in FOUND
    names = ("weight", "because", "name", *(() if found else ("anchors",)))
    fields = check.keys(node, names, *place)
    anchors = [] if found else check.items(fields["anchors"], *place, "anchors", length=LEVELS)
    return Criterion(
        check.said(fields["name"], *place, "name"),
        check.number(fields["weight"], 0.01, 100, *place, "weight"),
        agencies.filled(check.said(fields["because"], *place, "because")),
        tuple(
            check.said(anchor, *place, "anchors", str(level))
            for level, anchor in enumerate(anchors)
        ),
    )


def _steps(check: Checker, node: Any, *place: str) -> tuple[float, ...]:
    fields = check.keys(node, ("at", "because"), *place)
    check.said(fields["because"], *place, "because")
    values = check.items(fields["at"], *place, "at", length=LEVELS - 1)
    steps = tuple(check.number(value, 0, 1e9, *place, "at") for value in values)
    if list(steps) != sorted(set(steps)):
        check.fault(*place, "at")
    return steps


def _cap(check: Checker, node: Any, *place: str) -> int:
    fields = check.keys(node, ("level", "because"), *place)
    check.said(fields["because"], *place, "because")
    return check.number(fields["level"], 0, LEVELS - 1, *place, "level", whole=True)


def _not_for(check: Checker, node: Any, *place: str) -> tuple[str, ...]:
    fields = check.keys(node, ("types", "because"), *place)
    check.said(fields["because"], *place, "because")
    return check.words(fields["types"], *place, "types")


def _assumption(check: Checker, node: Any, *place: str) -> Assumption:
    fields = check.keys(node, ("value", "name", "because"), *place)
    value = check.number(fields["value"], 0, 1e9, *place, "value")
    because = agencies.filled(check.said(fields["because"], *place, "because"))
    return Assumption(value, check.said(fields["name"], *place, "name"), because)


def _needed(check: Checker, node: Any, *place: str) -> Needed:
    fields = check.keys(node, ("rules", "least", "because"), *place)
    check.said(fields["because"], *place, "because")
    rules = check.words(fields["rules"], *place, "rules")
    if fields["least"] == "asked":
        return Needed(rules, 0.0, absent=True)
    return Needed(rules, check.number(fields["least"], 0, 1, *place, "least"), absent=False)


def _groups(check: Checker, nodes: Any) -> dict[str, dict[str, Criterion]]:
    """The criteria by group and name; weights that do not sum to 100 are a fault."""
    groups = {
        group: {
            name: _criterion(check, node, "criteria", group, name)
            for name, node in check.keys(members, GROUPS[group], "criteria", group).items()
        }
        for group, members in check.keys(nodes, tuple(GROUPS), "criteria").items()
    }
    weights = [criterion.weight for criteria in groups.values() for criterion in criteria.values()]
    if not check.faults and abs(sum(weights) - 100) > 1e-9:
        check.fault("criteria")
    return groups


def _licences(check: Checker, nodes: Any) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Words that a licence may contain, and the level (0-5) that it then has, in the file's
    order."""
    licences = []
    for number, node in enumerate(check.items(nodes, "licences")):
        place = ("licences", str(number))
        fields = check.keys(node, ("contains", "level"), *place)
        level = check.number(fields["level"], 0, LEVELS - 1, *place, "level", whole=True)
        licences.append((check.words(fields["contains"], *place, "contains"), level))
    return tuple(licences)


def parse(source: str, file: str) -> Model:
    """The model in the text ``source``. ``ConfigurationError`` names every fault as ``place
    (line)``, all at once."""
    return _model(strict_yaml.parsed(source, file))


def _model(document: strict_yaml.Document) -> Model:
    check, plain = Checker(document), document.value
    parts = ("steps", "caps", "licences", "not_for", "placing", "hours", "robustness", "criteria")
    top = check.keys(plain, parts)
    steps = check.keys(top["steps"], (*STEPS, *FALLING), "steps")
    caps = check.keys(top["caps"], CAPS, "caps")
    groups = _groups(check, top["criteria"])
    licences = _licences(check, top["licences"])
    not_for = top["not_for"] if isinstance(top["not_for"], dict) else {}
    known = {name for names in GROUPS.values() for name in names}
    for name in not_for:
        if name not in known:
            check.fault("not_for", str(name))
    tables = {
        part: {
            name: _assumption(check, node, part, name)
            for name, node in check.keys(top[part], names, part).items()
        }
        for part, names in (("hours", HOURS), ("robustness", ROBUSTNESS))
    }
    placing = check.keys(top["placing"], ("known", "needed"), "placing")
    needed = check.keys(placing["needed"], NEEDED, "placing", "needed")
    model = Model(
        groups,
        {name: _steps(check, node, "steps", name) for name, node in steps.items()},
        {name: _cap(check, node, "caps", name) for name, node in caps.items()},
        licences,
        {str(name): _not_for(check, node, "not_for", str(name)) for name, node in not_for.items()},
        tables["hours"],
        tables["robustness"],
        _assumption(check, placing["known"], "placing", "known"),
        {name: _needed(check, node, "placing", "needed", name) for name, node in needed.items()},
    )
    check.refuse("scoring.invalid")
    return model


@remembered
def _load(path: Path) -> Model:
    if not path.is_file():
        raise ConfigurationError("scoring.missing", {"file": path.name})
    return _model(strict_yaml.opened(path))


def load(path: Path | None = None) -> Model:
    """The project's model, or the one at ``path``. ``ConfigurationError`` where it is missing or
    not right."""
    return _load(path or paths.suites() / "scoring.yaml")
