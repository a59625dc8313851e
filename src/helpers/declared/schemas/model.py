"""What a foreign schema says of one table, whichever language it is written in, and what of it is
not tried."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TYPES = (
    "any array boolean date datetime duration geojson geopoint integer list number object string"
    " time year yearmonth"
).split()
ORDERED = frozenset("date datetime integer number time year yearmonth".split())
MEASURED = frozenset("array list object string".split())  # that have a length
Bound = str | int | float
At = tuple[str | int, ...]


def version_of(*meaning: Any) -> int:
    """A number that is another where a rule of a schema means something else: what was counted
    before, or by somebody else's schema, cannot then be compared.

    >>> version_of("type", "integer") == version_of("type", "integer") != version_of("type", "date")
    True
    """
    return zlib.crc32(repr(meaning).encode()) % 1_000_000 + 1


@dataclass(frozen=True)
class WrittenType:
    """How the values of a type are written. ``format``: the schema language's own word, or a
    pattern of ``strptime``; ``item``: of each part of a list. ``typed``: the file's cells may have
    types of their own, which no text spells (a workbook's numbers and dates)."""

    type: str = "any"
    format: str = "default"
    decimal: str = "."
    group: str = ""
    bare: bool = True
    true: tuple[str, ...] = ("true", "True", "TRUE", "1")
    false: tuple[str, ...] = ("false", "False", "FALSE", "0")
    delimiter: str = ","
    item: WrittenType | None = None
    typed: bool = False


@dataclass(frozen=True)
class Limits:
    """What a value must keep to. ``pattern``: of the whole text; bounds as they stand in the
    schema: a text is written as the field's own values are."""

    required: bool = False
    unique: bool = False
    enum: tuple[Any, ...] = ()
    pattern: str | None = None
    least_length: int | None = None
    most_length: int | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    above: Bound | None = None  # exclusive minimum
    below: Bound | None = None  # exclusive maximum


@dataclass(frozen=True)
class Field:
    """One field. ``names``: all that its column may be called, its own name first; ``at``: where it
    stands in the schema; ``missing``: texts that stand for no value."""

    names: tuple[str, ...]
    at: At
    written: WrittenType = WrittenType()
    limits: Limits = Limits()
    missing: tuple[str, ...] = ("",)

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Foreign:
    """Values of ``columns`` must stand in columns of another table: of ``file``, or of the same
    table (None). ``their``: all that each of those may be called; ``table``: what the schema calls
    it; ``hints``: how it is read."""

    columns: tuple[str, ...]
    their: tuple[tuple[str, ...], ...]
    at: At
    file: Path | None = None
    table: str = ""
    hints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotTried:
    """A part of a schema that no rule here tries. ``why``: a key under ``schemas.not_tried``."""

    at: At
    why: str = "unknown"

    @property
    def place(self) -> str:
        """Its path in the schema, dotted."""
        return ".".join(map(str, self.at))


@dataclass(frozen=True)
class TableSchema:
    """A whole schema of one table. ``match``: how its fields and the columns must agree (exact |
    equal | subset | superset | partial, as Table Schema 2 has it); ``files``: all files that it was
    made of, the one that was named first; ``said_in``: the name of the one that has the fields."""

    kind: str  # table_schema | data_package | csvw
    fields: tuple[Field, ...]
    files: tuple[Path, ...]
    primary: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    foreign: tuple[Foreign, ...] = ()
    match: str = "exact"
    hints: Mapping[str, Any] = field(default_factory=dict)  # what reading should not guess
    not_tried: tuple[NotTried, ...] = ()
    said_in: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that name; None where there is none."""
        return next((field for field in self.fields if field.name == name), None)
