"""Specifications: what a dataset type's fields are, which column is which field, and which type a table is.

``data/specifications/<type>.yaml`` is a Frictionless Table Schema with synonyms, ``personal`` and ``role`` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from helpers import paths
from helpers.errors import ConfigurationError

STATUSES = ("verified", "reconstructed", "draft")
RECOGNISED = 0.5
# Frictionless Table Schema's types, and the snapshot's names for them.
TYPES = {
    "string": "text",
    "number": "decimal",
    "integer": "integer",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}


@dataclass(frozen=True)
class Field:
    """One field. ``type`` is the snapshot's: text | integer | decimal | date | datetime | boolean; codes are text."""

    name: str
    title: dict[str, str]
    type: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    personal: str | None = None  # public_role: persons who are meant to be public
    role: str | None = None  # organisation_number, municipality_code, key, amount, date, url, latitude ...
    constraints: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Specification:
    """A dataset type. Only ``status`` verified may ever be called the national specification."""

    name: str
    title: dict[str, str]
    status: str
    source: str
    url: str
    fields: tuple[Field, ...]
    signatures: tuple[tuple[tuple[str, ...], ...], ...] = ()
    ceiling: float = 1.0
    subtypes: tuple[str, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


def fold(name: str) -> str:
    """A name without case, spaces, punctuation and the dots and rings of å, ä, ö.

    >>> fold("Leverantör ID")
    'leverantorid'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


@cache
def _load(file: Path) -> Specification:
    try:
        plain = yaml.safe_load(file.read_text("utf-8"))
        if plain["status"] not in STATUSES:
            raise ValueError("status")
        fields = tuple(
            Field(
                name=one["name"],
                title=one["title"],
                type=TYPES[one["type"]],
                synonyms=tuple(one.get("synonyms", ())),
                required=bool(one.get("constraints", {}).get("required", False)),
                personal=one.get("personal"),
                role=one.get("role"),
                constraints=one.get("constraints", {}),
            )
            for one in plain["fields"]
        )
        recognition = plain.get("recognition", {})
        return Specification(
            name=plain["name"],
            title=plain["title"],
            status=plain["status"],
            source=plain["source"],
            url=plain["url"],
            fields=fields,
            signatures=tuple(tuple(tuple(g) for g in s) for s in recognition.get("signatures", ())),
            ceiling=float(recognition.get("ceiling", 1.0)),
            subtypes=tuple(plain.get("subtypes", ())),
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as problem:
        raise ConfigurationError(
            "specifications.invalid", {"file": file.name, "problem": type(problem).__name__}
        ) from problem


def types() -> list[str]:
    """The dataset types there is a specification of, in order of name."""
    return sorted(file.stem for file in paths.specifications().glob("*.yaml"))


def load(type: str) -> Specification:
    """The specification of a dataset type. Raises ConfigurationError where there is none, or it is invalid."""
    if type not in types():
        raise ConfigurationError("specifications.unknown", {"type": type, "known": ", ".join(types())})
    return _load(paths.specifications() / f"{type}.yaml")


def match(columns: list[str], specification: Specification) -> dict[str, str]:
    """Field name -> column name, by name, title or synonym folded alike; nothing rather than a guess.

    The field's own name wins over synonyms; two columns that fold alike match nothing by that name.
    """
    folded: dict[str, list[str]] = {}
    for column in columns:
        folded.setdefault(fold(column), []).append(column)
    matched: dict[str, str] = {}
    taken: set[str] = set()

    def take(one: Field, names: list[str]) -> None:
        for name in names:
            found = folded.get(fold(name), [])
            if one.name not in matched and len(found) == 1 and found[0] not in taken:
                matched[one.name] = found[0]
                taken.add(found[0])

    for one in specification.fields:
        take(one, [one.name])
    for one in specification.fields:
        take(one, [*one.synonyms, *one.title.values()])
    return {one.name: matched[one.name] for one in specification.fields if one.name in matched}


def _confidence(columns: list[str], specification: Specification, geometry: bool) -> float:
    matched = match(columns, specification)
    there = set(matched) | ({"geometry", "latitude", "longitude"} if geometry else set())
    share = max(
        (sum(any(name in there for name in group) for group in groups) / len(groups))
        for groups in specification.signatures
    )
    coverage = len(matched) / len(columns) if columns else 0.0
    return round(specification.ceiling * (0.85 * share**2 + 0.15 * coverage), 3) if matched else 0.0


def recognise(columns: list[str], *, geometry: bool = False, format: str | None = None) -> tuple[str, float]:
    """The dataset type and the confidence in it (0-1); 'annan' with 1 - the best guess where that is below 0.5."""
    if format == "gtfs":
        return "rorelsedata", 1.0
    best, confidence = "annan", 0.0
    for name in types():
        found = _confidence(columns, load(name), geometry)
        if found > confidence:
            best, confidence = name, found
    return (best, confidence) if confidence >= RECOGNISED else ("annan", round(1 - confidence, 3))
