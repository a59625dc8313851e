"""The scoring model as it is declared: criteria, weights, anchors and steps of
``quality_suites/scoring.yaml``, checked strictly. Of no candidate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from helpers.checking.findings import CONFORMITY, DIMENSIONS
from helpers.declared import agencies, files
from helpers.declared.files import Declared, Exactly, Filled, Listed, Said, among
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.ours import remembered
from helpers.words.files.validated import wrong

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
    "anew",
    "export_unknown",
    "export_missing",
    "supplier_owns",
)
ROBUSTNESS = ("draws", "seed", "concentration", "undecided", "words_under")
LEVELS = 6  # 0-5
# what keeps a file from having a place
NEEDED = ("no_rows", "unusable", "unrecognised", "no_positions", "abroad")


Level = Annotated[int, Field(ge=0, le=LEVELS - 1)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
# agencies by the names that they have now
Because = Annotated[Said, AfterValidator(agencies.filled)]


class Criterion(Declared):
    """One criterion of the model. ``weight`` in points of 100; ``anchors[level]`` has a sentence in
    sv and en. Nothing where the level follows from findings: their counts are its sentence."""

    name: Said
    weight: Annotated[float, Field(ge=0.01, le=100)]
    because: Because
    anchors: Annotated[Listed[Said], Field(min_length=LEVELS, max_length=LEVELS)] = ()


class Assumption(Declared):
    """A number that somebody has set, with its name and why; an organisation may set another."""

    value: Amount
    name: Said
    because: Because


def _rising(at: tuple[float, ...]) -> tuple[float, ...]:
    if list(at) != sorted(set(at)):
        raise wrong("rising")
    return at


class Steps(Declared):
    """Five values, each higher than the one before, and why they are these."""

    at: Annotated[
        Listed[Amount],
        Field(min_length=LEVELS - 1, max_length=LEVELS - 1),
        AfterValidator(_rising),
    ]
    because: Said


class Cap(Declared):
    """The highest level that is left, and why."""

    level: Level
    because: Said


class Licence(Declared):
    """Words that a licence may contain, and the level that it then has."""

    contains: Annotated[Listed[Filled], Field(min_length=1)]
    level: Level


class NotFor(Declared):
    """Types that have nothing of the kind, and why."""

    types: Annotated[Listed[Filled], Field(min_length=1)]
    because: Said


class Needed(Declared):
    """What a dataset must have to be of use: each of ``rules`` right in the share ``least`` (0-1),
    or ``asked``: not kept from being asked by a mandatory column that is not there."""

    rules: Annotated[Listed[Filled], Field(min_length=1)]
    least: Annotated[float, Field(ge=0, le=1)] | Literal["asked"]
    because: Said


class Placing(Declared):
    """What a place in the order takes: how many of the 100 points are ``known``, and what a file
    must have."""

    known: Assumption
    needed: Annotated[dict[str, Needed], Exactly(NEEDED)]


class Groups(Declared):
    """The criteria by group and name."""

    value: Annotated[dict[str, Criterion], Exactly(GROUPS["value"])]
    readiness: Annotated[dict[str, Criterion], Exactly(GROUPS["readiness"])]
    effort: Annotated[dict[str, Criterion], Exactly(GROUPS["effort"])]

    @property
    def groups(self) -> dict[str, dict[str, Criterion]]:
        """The same by name of the group."""
        return {group: getattr(self, group) for group in GROUPS}


def _whole(criteria: Groups) -> Groups:
    weights = [
        criterion.weight for group in criteria.groups.values() for criterion in group.values()
    ]
    if abs(sum(weights) - 100) > 1e-9:
        raise wrong("sum")
    return criteria


def _anchored(criteria: Groups) -> Groups:
    for group in criteria.groups.values():
        for name, criterion in group.items():
            if bool(criterion.anchors) == (name in FOUND):
                raise wrong("anchors", known=", ".join(FOUND))
    return criteria


class ScoringFile(Declared):
    """The whole file."""

    steps: Annotated[dict[str, Steps], Exactly((*STEPS, *FALLING))]
    caps: Annotated[dict[str, Cap], Exactly(CAPS)]
    licences: Annotated[Listed[Licence], Field(min_length=1)]
    not_for: dict[
        Annotated[str, among(name for names in GROUPS.values() for name in names)], NotFor
    ]
    hours: Annotated[dict[str, Assumption], Exactly(HOURS)]
    robustness: Annotated[dict[str, Assumption], Exactly(ROBUSTNESS)]
    placing: Placing
    criteria: Annotated[Groups, AfterValidator(_whole), AfterValidator(_anchored)]


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


def parse(source: str, file: str) -> Model:
    """The model in the text ``source``. ``ConfigurationError`` names every fault with its line, all
    at once."""
    return _model(files.parsed(source, file, ScoringFile))


def _model(written: ScoringFile) -> Model:
    return Model(
        written.criteria.groups,
        {name: steps.at for name, steps in written.steps.items()},
        {name: cap.level for name, cap in written.caps.items()},
        tuple((licence.contains, licence.level) for licence in written.licences),
        {name: left_out.types for name, left_out in written.not_for.items()},
        written.hours,
        written.robustness,
        written.placing.known,
        written.placing.needed,
    )


@remembered
def _load(path: Path) -> Model:
    if not path.is_file():
        raise ConfigurationError("scoring.missing", {"file": path.name})
    return _model(files.read(path, ScoringFile))


def load(path: Path | None = None) -> Model:
    """The project's model, or the one at ``path``. ``ConfigurationError`` where it is missing or
    not right."""
    return _load(path or paths.suites() / "scoring.yaml")
