"""A finding: what one rule said of one dataset. Needs no Great Expectations."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

SEVERITIES = ("critical", "warning", "info")
OUTCOMES = ("passed", "failed", "not_applicable", "error")
DIMENSIONS = ("completeness", "validity", "consistency", "uniqueness", "timeliness", "geography")
MAX_ROWS = 1000


@dataclass(frozen=True)
class Finding:
    """``share`` right is 1.0 at best; None where nothing was checked (not_applicable, error), 0.0 where ``absent``."""

    id: str  # the rule's id
    severity: str
    dimension: str
    outcome: str
    column: str | None  # the source's own header
    checked: int
    failed: int
    rows: list[int] = field(default_factory=list)  # of the source, ascending, at most 1,000
    rows_total: int = 0
    message: dict[str, str] = field(default_factory=dict)  # sv, en: what was found, with its numbers
    fix: dict[str, str] = field(default_factory=dict)  # sv, en: what the owner of the data does about it
    because: dict[str, str] = field(default_factory=dict)  # sv, en: why this rule and threshold
    table: str = ""
    special: bool = False  # names a subset that a general rule counts already: subtracts nothing from the score
    absent: bool = False  # asked of a mandatory column that is not there: not applicable, and right in no row

    @property
    def share(self) -> float | None:
        if self.absent:
            return 0.0
        if self.outcome in ("not_applicable", "error") or not self.checked:
            return None
        return 1 - self.failed / self.checked

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"share": self.share}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Finding:
        return cls(**{key: value for key, value in plain.items() if key != "share"})
