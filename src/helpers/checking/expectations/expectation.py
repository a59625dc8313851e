"""What an expectation is: SQL that is true where a row is right, and what it must know to be
written.

One module of this package is one expectation, called ``expect_`` and the module's name. Its
docstring's first sentence is its truth, with the number in it (``{kwarg}`` stands for the rule's
own); then why failing matters, and whose rule it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.checking.seen import Seen
from helpers.reading.databases import quoted
from helpers.reading.snapshot import Snapshot

SCOPES = ("column", "each", "typed", "any", "row", "point", "source")
REQUIRED = object()  # a kwarg without a default
UNBOUNDED = re.compile(
    r" and at most None|at least None and "
)  # an end that the rule does not give

# A cell, a row (kwarg or field -> cell; lon, lat for its position) or all rows of a small table.
Example = str | Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Operand:
    """A column as SQL sees it. ``cell``: trimmed text, null where missing; ``value``: typed, else
    the cell; ``raw``: as it stood."""

    name: str  # the source's header
    type: str
    cell: str
    value: str
    raw: str
    missing: Mapping[str, int] = field(default_factory=dict)  # token -> how many cells hold it
    seen: Seen | None = None  # None: not profiled

    @property
    def numeric(self) -> bool:
        return self.type in ("integer", "decimal")

    @property
    def dated(self) -> bool:
        return self.type in ("date", "datetime")


@dataclass(frozen=True)
class Target:
    """What a rule is asked of: its kwargs, the columns they name, and the table around them
    (relation ``base``)."""

    kwargs: Mapping[str, Any]
    columns: Mapping[str, Operand] = field(default_factory=dict)  # by kwarg
    table: str = ""  # its name
    every: tuple[Operand, ...] = ()  # all columns of the table
    # base has x, y, lon, lat (degrees); for facts and rules about points also kommunkod,
    # within_reach, looks_like
    placed: bool = False
    crs: str | None = None  # the system of x, y
    placed_by: tuple[str, ...] = ()  # the columns that they come from
    facts: Mapping[str, Any] = field(default_factory=dict)
    # relations to join: name -> headers
    tables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # the specification's fields that the table has
    fields: Mapping[str, Operand] = field(default_factory=dict)
    today: dt.date = field(default_factory=dt.date.today)
    # of the keyed hashes in the relation ``previous`` (id_hash, name_hash, lon, lat); None: no such
    secret: str | None = None

    @property
    def column(self) -> Operand:
        return self.columns["column"]

    @property
    def cell(self) -> str:
        return self.column.cell

    @property
    def value(self) -> str:
        return self.column.value

    def listed(self, kwarg: str) -> list[Operand]:
        """The columns that a kwarg names as a list."""
        return [operand for key, operand in self.columns.items() if key.startswith(f"{kwarg}.")]

    def has(self, table: str, *headers: str) -> bool:
        """True where the snapshot has that table with those columns."""
        return table in self.tables and set(headers) <= self.tables[table]


Sql = Callable[[Target], str | None]
Facts = Mapping[str, str | int | None]  # SQL of an aggregate, or the fact itself
Told = tuple[str, Mapping[str, Any]]  # the key of a text below checking.told, and what fills it


@dataclass(frozen=True)
class Judged:
    """What was said of the source as a whole, or of one of its tables, where no cell is to blame.
    ``names``: what it is about."""

    checked: int
    failed: int
    table: str = ""
    rows: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    told: Told | None = None


@dataclass(frozen=True)
class Expectation:
    """``sql`` is true where a row is right, false where wrong, null where it is not checked; None:
    not applicable here.

    ``scope``: column (the rule names one), each (every text column), typed (every other), any
    (every column), row, point (a table with positions), source (the snapshot as a whole: ``judge``
    says it, without SQL). ``columns``: kwargs that name further columns; a rule does not apply
    where one is absent. ``optional``: may be absent. ``takes``: other kwargs with their defaults.
    ``groups``: for rules about several rows: SELECT of the few keys that break it, where ``sql`` is
    the row's key (None: no key can). ``facts``: aggregates of the whole table asked beforehand, as
    SQL; what is no text is the fact itself.
    ``told``: what a finding says beside its counts. ``keys``: the text about how many keys of
    ``groups`` are wrong. ``stock``: kwargs with which Great Expectations runs its own expectation
    of this name (or of ``stock_name``) in the second count. ``form``: it says how such a value is
    written; a column that almost never is written so holds something else.
    """

    sql: Sql
    scope: str = "column"
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    takes: Mapping[str, Any] = field(default_factory=dict)
    groups: Sql | None = None
    keyed: Sql | None = None
    facts: Callable[[Target], Facts] | None = None
    stock: Callable[[Target], Mapping[str, Any] | None] | None = None
    stock_name: str = ""
    judge: Callable[[Snapshot], list[Judged]] | None = None
    told: Callable[[Target], Told | None] | None = None
    keys: str = "values"
    form: bool = False
    right: tuple[Example, ...] = ()
    wrong: tuple[Example, ...] = ()
    truth: str = ""  # the docstring's first sentence

    def says(self, kwargs: Mapping[str, Any]) -> str:
        """The truth with a rule's own numbers in it."""
        defaults = {key: value for key, value in self.takes.items() if value is not REQUIRED}
        shown = {
            key: ", ".join(map(str, value)) if isinstance(value, list) else value
            for key, value in (defaults | dict(kwargs)).items()
        }
        return UNBOUNDED.sub("", self.truth.format(**shown))

    def wrong_kwargs(self, kwargs: Mapping[str, Any]) -> list[str]:
        """What is wrong with a rule's kwargs, by name."""
        column = ("column",) if self.scope == "column" else ()
        known = {*column, *self.columns, *self.optional, *self.takes}
        required = (key for key, value in self.takes.items() if value is REQUIRED)
        needed = {*column, *self.columns, *required}
        return sorted((set(kwargs) - known) | (needed - set(kwargs)))

    def roles(self, kwargs: Mapping[str, Any]) -> dict[str, str]:
        """The kwargs of a rule that name columns; of a list each one, ``column_list.0`` and so
        on."""
        given = {
            key: kwargs[key] for key in ("column", *self.columns, *self.optional) if key in kwargs
        }
        listed = {
            f"{key}.{i}": role
            for key, value in given.items()
            if isinstance(value, list)
            for i, role in enumerate(value)
        }
        return {key: value for key, value in given.items() if not isinstance(value, list)} | listed


def literal(value: Any) -> str:
    """A number or a text, with whatever signs, as SQL."""
    return str(value) if isinstance(value, int | float) else quoted(str(value))


def matches(pattern: str) -> Sql:
    """The whole cell matches; a masked value (*) is not checked."""
    return lambda on: (
        f"case when {on.cell} <> '*' then regexp_full_match({on.cell}, {literal(pattern)}) end"
    )


def repeated(key: str, parts: Sequence[Operand] = ()) -> str | None:
    """SELECT of the keys that stand on more than one row of ``base``; None where none can, as one
    of the columns that the key is made of has another value on each row."""
    if any(part.seen and part.seen.unique for part in parts):
        return None
    # named in a query of its own, and never a condition: DuckDB would compute it for each
    keyed = f"(select {key} as key from base) as keyed"
    return f"select key from {keyed} group by key having count(key) > 1"


def hashed(parts: Sequence[str], required: Sequence[str]) -> str:
    """The hash of the ``parts`` as a row's key; null where one of the ``required`` is."""
    there = filled(required)
    return f"case when {there} then hash({', '.join(parts)}) end"


def filled(required: Sequence[str]) -> str:
    """SQL that is true where each of them is there."""
    return " and ".join(f"{part} is not null" for part in required)
