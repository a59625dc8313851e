"""A stage is one step from a source to what is said of it: what it needs, what else it is given,
how it is computed.

Its key is made, never listed: of the keys of what it needs, of what it is given, and of the closure
of the module that its function stands in (the code, the libraries and what they declare that they
read). See docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


class Needed(Protocol):
    """What a stage's function sees, and nothing else: the stages that it needs and what it is
    given."""

    @property
    def given(self) -> dict[str, Any]:
        """What the stage depends on beside other stages, as JSON has it."""

    @property
    def tables(self) -> Any:
        """The ``Snapshot`` with its tables on disk; only for a stage that needs reading."""

    @property
    def folder(self) -> Path:
        """The store's folder, private."""

    @property
    def beside(self) -> Path:
        """Where the stage writes what lies beside its result, if it says that something does."""

    def beside_of(self, stage: Stage) -> Path:
        """What lies beside the result of a stage that this one needs."""

    def __getitem__(self, stage: Stage) -> Any:
        """What a stage that this one needs said; ``KeyError`` for any other."""


def _nothing(_opened: Any) -> dict[str, Any]:
    return {}


def _as_it_is(plain: Any) -> Any:
    return plain


@dataclass(frozen=True, eq=False)
class Stage:
    """``compute`` returns what JSON can hold, ``from_json`` makes of it what the other stages see.

    ``given`` tells, as JSON can hold it, what else the stage depends on: of the entry, of the day,
    of the installation.
    """

    name: str
    compute: Callable[[Needed], Any]
    needs: tuple[Stage, ...] = ()
    given: Callable[[Any], dict[str, Any]] = _nothing
    from_json: Callable[[Any], Any] = _as_it_is
    beside: bool = False  # a Parquet file lies beside what JSON holds: too much for it

    @property
    def module(self) -> str:
        """The module whose closure belongs to the key."""
        return self.compute.__module__
