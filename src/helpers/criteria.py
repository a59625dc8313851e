"""The scoring model: criteria, weights, anchors and steps of ``quality_suites/scoring.yaml``, checked strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from helpers import paths
from helpers.errors import ConfigurationError

GROUPS = {
    "value": ("internal", "business", "citizens", "demand"),
    "readiness": ("completeness", "validity", "consistency", "uniqueness", "timeliness", "geography",
                  "conformity", "metadata", "licence", "owner"),
    "effort": ("work",),
}  # fmt: skip
STEPS = ("quality", "conformity", "metadata", "requests")
CAPS = ("critical", "warning")
LEVELS = 6  # 0-5
TEXTS = ("sv", "en")


@dataclass(frozen=True)
class Criterion:
    """One criterion of the model. ``weight`` in points of 100; ``anchors[level]`` has a sentence in sv and en."""

    name: dict[str, str]
    weight: float
    because: dict[str, str]
    anchors: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Model:
    """The whole model. ``steps[name]`` are the lowest values of levels 1-5; ``caps[severity]`` is a ceiling."""

    groups: dict[str, dict[str, Criterion]]
    steps: dict[str, tuple[float, ...]]
    caps: dict[str, int]
    licences: tuple[tuple[tuple[str, ...], int], ...]
    not_for: dict[str, tuple[str, ...]]

    def level(self, steps: str, value: float) -> int:
        """0-5: how many of the five steps ``value`` reaches (a billionth is forgiven: means of shares are floats)."""
        return sum(value + 1e-9 >= step for step in self.steps[steps])

    def applicable(self, group: str, type: str) -> dict[str, float]:
        """Weight of each criterion for a dataset type; the weight of what does not apply is shared by its group."""
        kept = {name: one.weight for name, one in self.groups[group].items() if type not in self.not_for.get(name, ())}
        factor = sum(one.weight for one in self.groups[group].values()) / sum(kept.values())
        return {name: weight * factor for name, weight in kept.items()}


class _Checker:
    """Collects every fault with its line, so that all are told at once."""

    def __init__(self, source: str) -> None:
        self.faults: list[str] = []
        self.lines: dict[tuple[str, ...], int] = {}
        self._walk(yaml.compose(source, Loader=yaml.SafeLoader), ())

    def _walk(self, node: yaml.Node | None, at: tuple[str, ...]) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                inner = (*at, str(key.value))
                if inner in self.lines:
                    self.lines[inner] = key.start_mark.line + 1
                    self.fault(*inner)
                self.lines[inner] = key.start_mark.line + 1
                self._walk(child, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, child in enumerate(node.value):
                self.lines[(*at, str(number))] = child.start_mark.line + 1
                self._walk(child, (*at, str(number)))

    def fault(self, *at: str) -> None:
        known = next((self.lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in self.lines), 1)
        self.faults.append(f"{'.'.join(at) or '-'} ({known})")

    def keys(self, node: Any, names: tuple[str, ...], *at: str) -> dict[str, Any]:
        """``node`` as a mapping with just these keys; what is missing or unknown is a fault."""
        found = node if isinstance(node, dict) else {}
        if not isinstance(node, dict):
            self.fault(*at)
        for name in [*(name for name in names if name not in found), *(str(key) for key in found if key not in names)]:
            self.fault(*at, name)
        return {name: found.get(name) for name in names}

    def said(self, node: Any, *at: str) -> dict[str, str]:
        found = self.keys(node, TEXTS, *at) if node is not None else {}
        if node is None or not all(isinstance(text, str) and text.strip() for text in found.values()):
            self.fault(*at)
        return {name: str(text) for name, text in found.items()}

    def number(self, node: Any, least: float, most: float, *at: str, whole: bool = False) -> Any:
        fits = isinstance(node, int if whole else (int, float)) and not isinstance(node, bool)
        if not fits or not least <= node <= most:
            self.fault(*at)
            return least
        return node

    def items(self, node: Any, *at: str, length: int | None = None) -> list[Any]:
        if not isinstance(node, list) or not node or (length is not None and len(node) != length):
            self.fault(*at)
            return []
        return node

    def words(self, node: Any, *at: str) -> tuple[str, ...]:
        found = self.items(node, *at)
        if not all(isinstance(word, str) and word for word in found):
            self.fault(*at)
        return tuple(str(word) for word in found)


def _criterion(check: _Checker, node: Any, *at: str) -> Criterion:
    found = check.keys(node, ("weight", "because", "name", "anchors"), *at)
    anchors = check.items(found["anchors"], *at, "anchors", length=LEVELS)
    return Criterion(
        check.said(found["name"], *at, "name"),
        check.number(found["weight"], 0.01, 100, *at, "weight"),
        check.said(found["because"], *at, "because"),
        tuple(check.said(anchor, *at, "anchors", str(level)) for level, anchor in enumerate(anchors)),
    )


def _steps(check: _Checker, node: Any, *at: str) -> tuple[float, ...]:
    found = check.keys(node, ("at", "because"), *at)
    check.said(found["because"], *at, "because")
    values = check.items(found["at"], *at, "at", length=LEVELS - 1)
    steps = tuple(check.number(value, 0, 1e9, *at, "at") for value in values)
    if list(steps) != sorted(set(steps)):
        check.fault(*at, "at")
    return steps


def _cap(check: _Checker, node: Any, *at: str) -> int:
    found = check.keys(node, ("level", "because"), *at)
    check.said(found["because"], *at, "because")
    return check.number(found["level"], 0, LEVELS - 1, *at, "level", whole=True)


def _not_for(check: _Checker, node: Any, *at: str) -> tuple[str, ...]:
    found = check.keys(node, ("types", "because"), *at)
    check.said(found["because"], *at, "because")
    return check.words(found["types"], *at, "types")


def parse(source: str, file: str) -> Model:
    """The model in the text ``source``. ``ConfigurationError`` names every fault as ``place (line)``, all at once."""
    try:
        check = _Checker(source)
        plain = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"- ({mark.line + 1 if mark else 1})"
        raise ConfigurationError("scoring.invalid", {"file": file, "places": where}) from None
    top = check.keys(plain, ("steps", "caps", "licences", "not_for", "criteria"))
    steps = check.keys(top["steps"], STEPS, "steps")
    caps = check.keys(top["caps"], CAPS, "caps")
    groups = {
        group: {
            name: _criterion(check, node, "criteria", group, name)
            for name, node in check.keys(nodes, GROUPS[group], "criteria", group).items()
        }
        for group, nodes in check.keys(top["criteria"], tuple(GROUPS), "criteria").items()
    }
    if not check.faults and abs(sum(one.weight for each in groups.values() for one in each.values()) - 100) > 1e-9:
        check.fault("criteria")
    licences = []
    for number, node in enumerate(check.items(top["licences"], "licences")):
        at = ("licences", str(number))
        found = check.keys(node, ("contains", "level"), *at)
        level = check.number(found["level"], 0, LEVELS - 1, *at, "level", whole=True)
        licences.append((check.words(found["contains"], *at, "contains"), level))
    not_for = top["not_for"] if isinstance(top["not_for"], dict) else {}
    known = {name for names in GROUPS.values() for name in names}
    for name in not_for:
        if name not in known:
            check.fault("not_for", str(name))
    model = Model(
        groups,
        {name: _steps(check, node, "steps", name) for name, node in steps.items()},
        {name: _cap(check, node, "caps", name) for name, node in caps.items()},
        tuple(licences),
        {str(name): _not_for(check, node, "not_for", str(name)) for name, node in not_for.items()},
    )
    if check.faults:
        raise ConfigurationError("scoring.invalid", {"file": file, "places": ", ".join(dict.fromkeys(check.faults))})
    return model


@cache
def _load(path: Path) -> Model:
    if not path.is_file():
        raise ConfigurationError("scoring.missing", {"file": path.name})
    return parse(path.read_text("utf-8"), path.name)


def load(path: Path | None = None) -> Model:
    """The project's model, or the one at ``path``. ``ConfigurationError`` where it is missing or not right."""
    return _load(path or paths.suites() / "scoring.yaml")
