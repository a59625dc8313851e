"""What a file of ``data/specifications/`` holds: a Frictionless Table Schema, and beside it how a
table is recognised. Which forms it has stand in files of their own (``variants``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed, Maturity, Said, among

# Frictionless Table Schema's types, and the snapshot's names for them.
TYPES = {
    "string": "text",
    "number": "decimal",
    "integer": "integer",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}


class Constraints(Declared):
    """Of Table Schema's constraints those that something here heeds."""

    required: bool = False
    enum: Listed[Any] = ()


class WrittenField(Declared):
    """One field. ``personal``: public_role for persons who are meant to be public; ``role``: what
    its values mean to us (key, amount, latitude ...)."""

    name: Filled
    title: Said
    type: Annotated[str, among(TYPES)]
    synonyms: Listed[Filled] = ()
    personal: Filled | None = None
    role: Filled | None = None
    constraints: Constraints = Constraints()
    example: Filled | None = None


class Recognition(Declared):
    """``signatures``: of each inner list one field at least is there; ``ceiling``: the greatest
    confidence (0-1)."""

    signatures: Listed[Annotated[Listed[Listed[Filled]], Field(min_length=1)]] = ()
    ceiling: Annotated[float, Field(gt=0, le=1)] = 1.0


class Written(Declared):
    """The whole file."""

    name: Filled
    title: Said
    status: Maturity
    source: Filled
    url: str
    recognition: Recognition = Recognition()
    fields: Annotated[Listed[WrittenField], Field(min_length=1)]


def read(file: Path) -> Written:
    """What the file says. ``ConfigurationError`` with every fault in it."""
    return files.read(file, Written)
