"""What a notebook takes and which datasets it is about, as the YAML beside it declares."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field

from helpers.declared import files, specifications
from helpers.declared.files import Declared, Filled, Listed, Pattern, among
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours

TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
JUPYTERS = frozenset(("In", "Out", "exit", "quit", "open", "get_ipython"))


class Parameter(Declared):
    """What a notebook takes under one name. ``pattern``: what a text matches as a whole."""

    type: Annotated[str, among(TYPES)]
    pattern: Pattern | None = None
    choices: Listed[Any] | None = None
    minimum: float | None = None
    maximum: float | None = None

    def takes(self, value: Any) -> bool:
        """True where the value is of the type and within the bounds."""
        truth = isinstance(value, bool) and self.type != "boolean"
        typed = isinstance(value, TYPES[self.type]) and not truth
        return (
            typed
            and (self.pattern is None or re.fullmatch(self.pattern, str(value)) is not None)
            and (self.choices is None or value in self.choices)
            and (self.minimum is None or value >= self.minimum)
            and (self.maximum is None or value <= self.maximum)
        )

    @property
    def wanted(self) -> str:
        """What it takes, as the contract has it: ``sv | en``, ``integer 1–100``."""
        if self.choices is not None:
            return " | ".join(map(str, self.choices))
        bounds = [f"{end:g}" if end is not None else "" for end in (self.minimum, self.maximum)]
        return f"{self.type} {'–'.join(bounds) if any(bounds) else self.pattern or ''}".strip()


class AppliesTo(Declared):
    """Which candidates a notebook is about. ``types``: None for all but ``not_types``; ``forms``:
    of a type that has several forms, the only one."""

    types: Listed[Filled] | None = None
    not_types: Listed[Filled] = ()
    forms: dict[str, Filled] = Field(default_factory=dict)
    positions: bool = False

    def fits(self, type: str, *, positions: bool, variant: str | None = None) -> bool:
        """True where a dataset of this type and form, with or without positions, is what it is
        about; of an unknown form it may be."""
        if variant and self.forms.get(type, variant) != variant:
            return False
        of_type = type not in self.not_types and (self.types is None or type in self.types)
        return of_type and (positions or not self.positions)


class Contract(Declared):
    """The whole file beside a notebook. Without ``applies_to`` the notebook is about the region."""

    parameters: dict[str, Parameter]
    applies_to: AppliesTo | None = None


def _of(notebook: str) -> Contract:
    return files.read(paths.notebooks() / f"{notebook}.yaml", Contract)


def there(notebook: str) -> bool:
    """True where the notebook is part of this project."""
    return (paths.notebooks() / f"{notebook}.ipynb").is_file()


def for_candidate(type: str, *, positions: bool, variant: str | None = None) -> list[str]:
    """The notebooks that apply to a candidate that was read, by name: each contract's
    ``applies_to`` names types (none: all, but ``not_types``) and may ask for a form (``variant``)
    or for ``positions``. A notebook without it is about the whole region."""
    names = [file.stem for file in ours.listed(paths.notebooks(), "*.yaml") if there(file.stem)]
    return [
        name
        for name in names
        if (wanted := _of(name).applies_to)
        and wanted.fits(type, positions=positions, variant=variant)
    ]


def types_of(notebook: str) -> tuple[str, ...]:
    """The types of a specification that the notebook is about; none where it is about the
    region."""
    wanted = _of(notebook).applies_to
    known = specifications.types()
    return tuple(type for type in known if wanted and wanted.fits(type, positions=True))


def is_about(notebook: str, type: str) -> bool:
    """True where a dataset of the type is what the notebook is about, if it has positions."""
    wanted = _of(notebook).applies_to
    return wanted is not None and wanted.fits(type, positions=True)


def contract(notebook: str) -> dict[str, Parameter]:
    """What the notebook takes, by name, from the YAML beside it. ``ConfigurationError`` where that
    is not right."""
    return dict(_of(notebook).parameters)


def accepted(notebook: str, given: dict[str, Any]) -> dict[str, Any]:
    """``given``, if each name, type and bound is in the contract; ``ConfigurationError`` naming all
    that are not: the names first, else the values, each with what it takes."""
    allowed = contract(notebook)
    told = {"notebook": notebook, "known": ", ".join(allowed)}
    unknown = [name for name in given if name not in allowed]
    if unknown:
        raise ConfigurationError("running.parameters", told | {"wrong": ", ".join(unknown)})
    refused = [name for name, value in given.items() if not allowed[name].takes(value)]
    if refused:
        wanted = ", ".join(f"{name} ({allowed[name].wanted})" for name in refused)
        raise ConfigurationError("running.parameter_values", told | {"wrong": wanted})
    return given


def parameters(notebook: str, names: dict[str, Any]) -> None:
    """In a notebook, before anything is opened: refuse what it was given under other names, or of
    another type. ``names``: the notebook's own, ``globals()``.

    Who runs it with papermill alone, past our runner, is told so too: papermill itself only logs a
    name that no parameter has, and runs with the one that is there. ``ConfigurationError`` as
    ``accepted``.
    """
    simple = (str, int, float, bool, list, dict, tuple, type(None))
    # what was opened before is no plain value: a cell run once more finds its person's own names
    opened = any(name in names for name in ("dataset", "region", "together"))
    allowed = contract(notebook)
    given = {
        name: value
        for name, value in names.items()
        if not name.startswith("_") and name not in JUPYTERS and isinstance(value, simple)
    }
    accepted(notebook, {name: given[name] for name in given if name in allowed or not opened})
