"""What a map is made of: a source's tables as they were read, what its fields mean, and what may
not be shown of them."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.declared import specifications
from helpers.declared.fields import Specification
from helpers.declared.variants import Spread
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening


@dataclass(frozen=True)
class Subject:
    """``tables``: with their Parquet on disk; ``fields``: field of the specification -> header of
    the main table.

    ``k``: the least size of a group that may be shown; ``area``: the code of the publisher's
    municipality or county.
    """

    tables: Snapshot
    fields: dict[str, str]
    screening: Screening
    type: str
    k: int
    title: str
    area: str | None = None
    synthetic: bool = False
    specification: Specification | None = None

    @property
    def file(self) -> str:
        """The source's name, as a map tells it."""
        return self.tables.source

    def marked(self, table: str) -> frozenset[str]:
        """The columns of a table that hold personal data."""
        return self.screening.marked(table)

    @property
    def hidden(self) -> frozenset[str]:
        """The marked columns of the main table."""
        return self.marked(self.tables.main.name)

    @property
    def wide(self) -> Spread | None:
        """The main table's columns that are rows in the specification; None where it has none."""
        names = [column.name for column in self.tables.main.columns]
        return specifications.spread(names, self.specification) if self.specification else None
