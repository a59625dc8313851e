"""What profiling has counted of columns, which rules need not count again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Columns = Mapping[tuple[str, str], "Seen"]  # by table and column


@dataclass(frozen=True)
class Seen:
    """How many cells hold a value and how many do not, how many values differ, and the characters
    of the shortest and the longest; None of no value."""

    filled: int
    missing: int
    different: int
    shortest: int | None
    longest: int | None

    @property
    def once(self) -> bool:
        """True where no value stands twice."""
        return self.different == self.filled

    @property
    def unique(self) -> bool:
        """True where every row has a value that no other has."""
        return self.once and not self.missing


def of(profile: Mapping[str, Any] | None) -> Columns:
    """Of every column of a profile (see ``profiling.profile``); of nothing where there is none."""
    return {
        (table["name"], column["name"]): Seen(
            table["rows"] - column["missing"],
            column["missing"],
            column["distinct"],
            column["length_min"],
            column["length_max"],
        )
        for table in (profile or {"tables": ()})["tables"]
        for column in table["columns"]
    }
