"""Marks: which columns hold personal data, of what kind and how certainly. An input of all that displays."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

VERDICTS = ("fri", "granska", "stopp")  # in rising order of severity


@dataclass(frozen=True)
class Mark:
    """One kind of personal data in one column. Never a value: only rows (ascending, at most 1,000) and counts."""

    table: str
    column: str
    kind: str  # personnummer | sole_trader | sole_trader_name | estate | email | phone (issue 4 adds more)
    certainty: str  # certain | probable | possible
    count: int
    rows: list[int] = field(default_factory=list)
    level: str = "granska"  # stopp | granska | told (public_role: told, not stopped)


@dataclass(frozen=True)
class Screening:
    """What the content says: the marks, and the verdict ``content`` that follows from them."""

    marks: list[Mark] = field(default_factory=list)

    @property
    def content(self) -> str:
        levels = {mark.level for mark in self.marks}
        return "stopp" if "stopp" in levels else "granska" if "granska" in levels else "fri"

    def marked(self, table: str) -> frozenset[str]:
        """Names of the table's marked columns: their values are never displayed, only their shapes."""
        return frozenset(mark.column for mark in self.marks if mark.table == table)

    def to_json(self) -> dict[str, Any]:
        return {"marks": [asdict(mark) for mark in self.marks]}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Screening:
        return cls([Mark(**mark) for mark in plain["marks"]])


@dataclass(frozen=True)
class Reason:
    """Why the gate stands as it does. ``code`` has texts gate.<code> and gate.<code>.opens in messages."""

    code: str
    level: str  # stopp | granska
    message: dict[str, str]  # sv, en
    opens: dict[str, str]  # what would open it, sv, en


@dataclass(frozen=True)
class Gate:
    """``content``: what the data say; ``verdict``: with the declared answers. Never called safe or lawful."""

    content: str
    verdict: str
    reasons: list[Reason] = field(default_factory=list)
