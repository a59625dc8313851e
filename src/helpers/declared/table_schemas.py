"""What a file of ``data/specifications/`` holds: a Frictionless Table Schema, and beside it how a
table is recognised. Which forms it has stand in files of their own (``variants``)."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed, Maturity, Said, Tell, among

# Frictionless Table Schema's types, and the snapshot's names for them.
TYPES = {
    "string": "text",
    "number": "decimal",
    "integer": "integer",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")  # of a type: stands in addresses and file names
# what a type is called that is none, what lies beside suites, the folder of suites
RESERVED = ("annan", "scoring", "quality_suites")


class Constraints(Declared):
    """Of Table Schema's constraints those that something here heeds."""

    required: bool = False
    enum: Listed[Any] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The list as it stands in a file: true is no Python word."""
        return tuple(
            str(allowed).lower() if isinstance(allowed, bool) else str(allowed)
            for allowed in self.enum
        )


class WrittenField(Declared):
    """One field. ``personal``: public_role for persons who are meant to be public; ``role``: what
    its values mean to us (key, amount, latitude ...). ``beside``: another field -> what a column of
    this one is called where there is a column of that, whatever else it would be."""

    name: Filled
    title: Said
    type: Annotated[str, among(TYPES)]
    synonyms: Listed[Filled] = ()
    personal: Filled | None = None
    role: Filled | None = None
    constraints: Constraints = Constraints()
    example: Filled | None = None
    beside: dict[Filled, Annotated[Listed[Filled], Field(min_length=1)]] = Field(
        default_factory=dict
    )


class Recognition(Declared):
    """``signatures``: of each inner list one field at least is there; ``general``: headers, folded,
    that any table may have, so that a field of that name is no sign; ``ceiling``: the greatest
    confidence (0-1)."""

    signatures: Listed[Annotated[Listed[Listed[Filled]], Field(min_length=1)]] = ()
    general: Listed[Filled] = ()
    ceiling: Annotated[float, Field(gt=0, le=1)] = 1.0


class SpecificationFile(Declared):
    """The whole file."""

    name: Filled
    title: Said
    status: Maturity
    source: Filled
    url: str
    recognition: Recognition = Recognition()
    fields: Annotated[Listed[WrittenField], Field(min_length=1)]


def _fitting(stem: str, taken: Collection[str]) -> files.Also[SpecificationFile]:
    """What a specification must agree with: its file's name, the types that there are already."""

    def also(declared: SpecificationFile, fault: Tell) -> None:
        if declared.name != stem:
            fault("among", "name", known=stem)
        elif not NAME.fullmatch(stem):
            fault("form", "name", pattern=NAME.pattern)
        elif stem in taken:
            fault("taken", "name", name=stem)
        named: set[str] = set()
        for i, one in enumerate(declared.fields):
            if one.name in named:
                fault("twice", "fields", i, "name")
            named.add(one.name)
        for i, one in enumerate(declared.fields):
            for other in one.beside:
                if other not in named - {one.name}:
                    fault("no_field", "fields", i, "beside", other, name=other)

    return also


def read(file: Path, taken: Collection[str] = ()) -> SpecificationFile:
    """What the file says. ``ConfigurationError`` with every fault in it. ``taken``: the types that
    it may not be called."""
    return files.read(file, SpecificationFile, _fitting(file.stem, {*RESERVED, *taken}))
