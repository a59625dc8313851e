"""What screening hands on: marks and risks, and the gate that follows from them. An input of all
that displays."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from helpers.reading.snapshot import Table

VERDICTS = ("fri", "granska", "stopp")  # in rising order of severity
# Told of a public role, or of an account's number: shown as it stands. All else that is marked is
# shown by its shape.
SHOWN_WHEN_TOLD = frozenset({"person_name", "birth_date", "protected_account"})
# Marks on a cell that make the row's position itself sensitive: where help is given, where somebody
# lives or is ill, where works are kept.
SENSITIVE = frozenset({"protected", "address", "storage_place", "health"})


@dataclass(frozen=True)
class Mark:
    """One kind of personal data in one column. Never a value: only rows (ascending, at most 1,000)
    and counts.

    ``where``: cells | name (of a column, a sheet or the file) | outside (what the source holds
    beside its cells: notes, comments, properties, other members). Of the latter ``place`` is a code
    with a text surroundings.place.<place>, ``table`` what it belongs to and ``label`` what it
    stands under, both as they may be shown. ``kind`` has a text screening.kind.<kind>; ``unread``
    is a part that cannot be looked into.
    """

    table: str
    column: str
    kind: str
    certainty: str  # certain | probable | possible
    count: int
    rows: list[int] = field(default_factory=list)
    level: str = "granska"  # stopp | granska | told (public_role: told, not stopped)
    where: str = "cells"
    place: str = ""
    label: str = ""
    # columns that only together hold it, each marked
    parts: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is, as a recorded decision names it: ``table/column``, or the place."""
        if self.where != "outside" or self.place == "row":
            return f"{self.table}/{self.column}"
        return "/".join(part for part in (self.place, self.table, self.label) if part)

    @property
    def leads(self) -> bool:
        """True for all but a find's second column: what is told of a find is told once."""
        return not self.parts or self.column == self.parts[0]

    @property
    def hidden(self) -> bool:
        """True where the column's values are never displayed."""
        return self.where == "cells" and not (self.level == "told" and self.kind in SHOWN_WHEN_TOLD)


@dataclass(frozen=True)
class Risk:
    """Groups of a table so small that they may point to a person. Never a value: only counts and
    row numbers.

    ``kind``: k_anonymity (rows alike in ``columns``) | small_cells (counts of people below k) |
    few_measurements. ``groups`` in all, ``small`` of them below ``k``; ``rows`` lie in those, of
    ``total``. To reach k they are suppressed: ``left_groups`` remain, and ``left_share`` (0-1) of
    what is counted.
    """

    table: str
    kind: str
    columns: list[str]
    k: int
    least: int  # the smallest group: the table's own k
    groups: int
    small: int
    rows: int
    total: int
    left_groups: int
    left_share: float
    rows_listed: list[int] = field(default_factory=list)
    counted: str | None = None  # the column of counts
    declared: bool = False  # the quasi-identifiers were declared, not suggested
    level: str = "granska"
    word: str = ""  # of the header of ``counted``, that says that people are; '': another says it

    @property
    def share(self) -> float:
        """Share of the table's rows (0-1) that must be suppressed to reach k."""
        return self.rows / self.total if self.total else 0.0


@dataclass(frozen=True)
class Withheld:
    """The rows of a table whose position points to somebody or something. ``every``: no single
    position may be shown, as the marks do not list all such rows, or the position is marked."""

    rows: frozenset[int] = frozenset()
    every: bool = False


@dataclass(frozen=True)
class Screening:
    """What the content says: marks and risks, and the verdict ``content`` that follows from
    them."""

    marks: list[Mark] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)

    @property
    def content(self) -> str:
        """fri | granska | stopp: the worst level of the marks and risks."""
        levels = {mark.level for mark in self.marks} | {risk.level for risk in self.risks}
        return "stopp" if "stopp" in levels else "granska" if "granska" in levels else "fri"

    def marked(self, table: str) -> frozenset[str]:
        """Names of the table's marked columns: their values are never displayed, only their
        shapes."""
        return frozenset(mark.column for mark in self.marks if mark.table == table and mark.hidden)

    def withheld(self, table: Table) -> Withheld:
        """Whose positions are not shown."""
        sensitive = [
            mark
            for mark in self.marks
            if mark.table == table.name
            and mark.kind in SENSITIVE
            and mark.where == "cells"
            and mark.level != "told"
        ]
        placed_by = set(table.geometry.columns) if table.geometry else set()
        return Withheld(
            frozenset(row for mark in sensitive for row in mark.rows),
            any(mark.count > len(mark.rows) for mark in sensitive)
            or bool(self.marked(table.name) & placed_by),
        )

    def to_json(self) -> dict[str, Any]:
        """``marks`` and ``risks``, each a list of their fields."""
        return {
            "marks": [asdict(mark) for mark in self.marks],
            "risks": [asdict(risk) for risk in self.risks],
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Screening:
        """What ``to_json`` gave."""
        return cls(
            [Mark(**mark) for mark in plain["marks"]], [Risk(**risk) for risk in plain["risks"]]
        )


@dataclass(frozen=True)
class Reason:
    """Why the gate stands as it does.

    ``code``: found_<kind of mark or risk>, declared_ or unanswered_<question>, decision_valid,
    decision_lapsed or no_entry. Its words are made of messages gate.* and screening.*.
    """

    code: str
    level: str  # stopp | granska | told
    message: dict[str, str]  # sv, en
    opens: dict[str, str]  # what would open it, sv, en
    # the legal question that it raises: a key of data/reference/questions.yaml
    question: str | None = None
    # of what lies beside the columns, which does not come along when the table is written anew
    beside: bool = False


@dataclass(frozen=True)
class Gate:
    """``content``: what the data say; ``verdict``: with the declared answers. Never called safe or
    lawful.

    ``decision``: none | valid | lapsed, of a decision recorded in the catalogue.
    """

    content: str
    verdict: str
    reasons: list[Reason] = field(default_factory=list)
    decision: str = "none"
