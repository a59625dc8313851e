"""A place where data are, as rules ask of it: its columns, its rows, and queries that it answers
itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from helpers.checking.engines.relations import Dialect, Source
from helpers.checking.view import Check
from helpers.reading.snapshot import Column
from helpers.words.errors import ComputationFailed

MOST_KEYS = 200  # of the rows that fail a rule: what Great Expectations gives of them


class Broken(ComputationFailed):
    """A query that the engine could not answer; its own words may hold a cell, and are not said."""


class Lost(ComputationFailed):
    """The engine is gone: no query is answered any more."""


@dataclass(frozen=True)
class There:
    """A column over there. ``type``: as ``Column.type`` has it."""

    name: str
    type: str


@dataclass(frozen=True)
class Answer:
    """Of one check: of how many rows it is asked, how many fail, how many fail by Great
    Expectations (None where it could not say), and the keys of the first of them."""

    checked: int
    failed: int
    again: int | None
    keys: list[tuple[str, ...]]


def counted_again(batch: Any, flat: Sequence[int], keys: int) -> list[Answer]:
    """Our counts, two for each check of a batch, beside Great Expectations'. The checks of which we
    find no row are asked together, and each by itself only where there is one."""
    from helpers.checking import engine  # Great Expectations: seconds to import

    size = len(flat) // 2
    wrong = {number: f"not ok_{number}" for number in range(size)}
    right = {number: wrong.pop(number) for number in range(size) if not flat[2 * number + 1]}
    asked = wrong | ({size: " or ".join(right.values())} if right else {})
    second = engine.broken_rows(batch, asked, keys)
    if right and second.pop(size)[0] == 0:
        second |= dict.fromkeys(right, (0, []))
    elif right:
        second |= engine.broken_rows(batch, right, keys)
    return [
        Answer(int(flat[2 * number]), int(flat[2 * number + 1]), *second[number])
        for number in range(size)
    ]


class Site(Protocol):
    """An engine with one table in it. ``name``: spark or postgresql; ``label``: what the table is
    called; ``keys``: the columns that name a row, the table's own primary key where it has one."""

    name: str
    label: str
    dialect: Dialect
    columns: Sequence[There]
    keys: Sequence[str]

    def source(self, columns: Sequence[Column], keys: Sequence[str]) -> Source:
        """The table with its cells as texts (``t<n>``) and values (``v<n>``)."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the query gives. Raises ``Broken``."""

    def laid(self, query: str, name: str) -> AbstractContextManager[str]:
        """What is written before a query that asks ``name`` for what ``query`` gives; where the
        engine lays such aside, it is worked out once. Raises ``Broken``."""

    def answers(self, source: Source, checks: Sequence[Check]) -> list[Answer]:
        """For each of the checks of the table what our own query and Great Expectations count.
        Raises ``Broken``."""

    def close(self) -> None:
        """Let go of it."""
