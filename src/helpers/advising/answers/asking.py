"""A dataset that can be asked: its main table by the specification's fields, without what is
marked, and what the rules found in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import Answer, Said
from helpers.checking.findings import Finding
from helpers.declared.fields import Specification
from helpers.profiling.pictures.making import about_people
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column, Snapshot
from helpers.screening.marks import Screening

if TYPE_CHECKING:
    import duckdb

    from helpers.traffic.calendar import Calendar
    from helpers.traffic.feed import Feed

# of the rows: where so many lack what is asked for, or are wrong there, the rest is not the whole
# [our own bound]
MISLEADING = 0.2
# repairs that say that the file holds a part of the data
A_PART = ("page_of_many", "more_pages")
NAMED = 3  # of the fields that are not there
NUMBERS, DATES = ("integer", "decimal"), ("date", "datetime")
ANY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """From where a person asks: the name or id of a ``stop``, a ``point`` as "latitude, longitude"
    in degrees; "" for what the data choose."""

    stop: str = ""
    point: str = ""


NOWHERE = Wanted()


@dataclass(frozen=True)
class Asked:
    """``connection`` has the table ``asked``: ``source_row``, a column of each field that the
    source has and no mark forbids, and ``lon, lat`` where positions may be shown.

    ``fields``: field of the specification -> header; ``k``: the least group that may be shown;
    ``area``: the code of the publisher's municipality or county; ``wanted``: from where. Of a
    timetable ``connection`` is that of its ``feed``, whose departures are made for the days of
    ``calendar``.
    """

    connection: duckdb.DuckDBPyConnection
    snapshot: Snapshot
    fields: dict[str, str]
    screening: Screening
    findings: Sequence[Finding]
    k: int
    area: str | None = None
    wanted: Wanted = NOWHERE
    specification: Specification | None = None
    feed: Feed | None = None
    calendar: Calendar | None = None

    @cached_property
    def marked(self) -> frozenset[str]:
        """The headers of the main table whose values are never shown."""
        return self.screening.marked(self.snapshot.main.name)

    @cached_property
    def people(self) -> int:
        """k where the rows may point to people, else 0."""
        return about_people(self.snapshot.main, self.screening)

    def column(self, field: str) -> Column | None:
        """The field's column, marked or not."""
        header = self.fields.get(field)
        names = {column.name: column for column in self.snapshot.main.columns}
        return names.get(header) if header else None

    def has(self, field: str, types: tuple[str, ...] = ANY) -> bool:
        """True where the field may be asked of: it is there, of such a type and not marked."""
        return not self._lacks(field, types)

    def may_be_yes(self, field: str) -> bool:
        """The specification lets the field say yes or no: a column of that kind is what it is
        thought to be, and not one that stands in its place."""
        if self.specification is None:
            return True
        known = self.specification.field(field)
        return known.type == "boolean" or bool({"ja", "true", "yes"} & set(known.choices))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query of ``asked`` gives."""
        return self.connection.execute(query).fetchall()

    def one(self, query: str) -> tuple[Any, ...]:
        """Its only row."""
        return self.rows(query)[0]

    def _lacks(self, field: str, types: tuple[str, ...]) -> str:
        column = self.column(field)
        if column is None:
            return "absent"
        if column.name in self.marked:
            return "marked"
        return "not_typed" if types and column.type not in types else ""

    def refused(self, question: str, fields: dict[str, tuple[str, ...]]) -> Answer | None:
        """Why the question has no answer: a field that is not there, may not be shown, is of
        another type, or so often empty or wrong that what is left would mislead. None where it has
        one. ``fields``: field -> the types that it may have."""
        why: list[Said] = []
        for name, types in fields.items():
            lacks = self._lacks(name, types)
            told: dict[str, Any] = {"field": name, "column": self.fields.get(name, name)}
            if lacks in ("absent", "marked"):
                why += [Said(f"why.{lacks}", told), Said(f"needs.{lacks}", told)]
                continue
            absent, rows = self._absent(name)
            wrong = self._wrong(name)
            told |= {"count": absent, "rows": rows}
            if not rows:
                why += [Said("why.no_rows")]
            elif absent > MISLEADING * rows:
                code = "empty" if absent == rows else "missing"
                why += [Said(f"why.{code}", told), Said("needs.missing", told)]
            elif lacks:  # what is empty has no type to be wrong about
                why += [Said(f"why.{lacks}", told), Said(f"needs.{lacks}", told)]
            elif wrong > MISLEADING * rows:
                why += [Said("why.wrong", told | {"count": wrong}), Said("needs.wrong", told)]
        return Answer(question, why=list({repr(one): one for one in why}.values())) if why else None

    def none_of(self, question: str, fields: Sequence[str]) -> Answer:
        """Why a question that any of these fields would do for has no answer, as none may be shown
        or none is there."""
        marked = [field for field in fields if self.column(field) is not None]
        refused = self.refused(question, {marked[0]: ANY}) if marked else None
        told: dict[str, Any] = {"fields": list(fields[:NAMED]), "column": fields[0]}
        if not refused and len(fields) == 1:
            refused = self.refused(question, {fields[0]: ANY})
        return refused or Answer(question, why=[Said("why.none", told), Said("needs.none", told)])

    def mostly_wrong(self, field: str) -> bool:
        """Rules found so many of its cells wrong that what it says would mislead."""
        rows = self._absent(field)[1]
        return rows > 0 and self._wrong(field) > MISLEADING * rows

    def _wrong(self, field: str) -> int:
        return max((one.failed for one in self.found(field)), default=0)

    def _absent(self, field: str) -> tuple[int, int]:
        absent, rows = self.one(f'select count(*) - count("{field}"), count(*) from asked')
        return int(absent), int(rows)

    def found(self, field: str) -> list[Finding]:
        """What rules of weight found wrong in the field's cells."""
        return [
            finding
            for finding in self.findings
            if finding.outcome == "failed"
            and finding.severity in ("critical", "warning")
            and finding.dimension not in ("completeness", "timeliness")
            and finding.column == self.fields[field]
            and finding.table in ("", self.snapshot.main.name)
            and not finding.explained_by
        ]

    def sound(self, *fields: str) -> tuple[str, list[Said]]:
        """SQL: the rows in which no rule found a value of these fields impossible, as one such
        would be more than all the others in a sum; and that the others are left out. Rules name at
        most 1,000 rows."""
        rows = sorted({row for field in fields for one in self.found(field) for row in one.rows})
        if not rows:
            return "true", []
        listed = ", ".join(map(str, rows))
        return f"source_row not in ({listed})", [Said("doubt.unsound", {"count": len(rows)})]

    def doubts(self, *fields: str) -> list[Said]:
        """How sure an answer is that rests on these fields: rows that lack one, what rules found in
        them, and rows that are told twice."""
        said: list[Said] = []
        for name in fields:
            absent, rows = self._absent(name)
            if absent:
                told: dict[str, Any] = {"count": absent, "rows": rows, "field": name}
                said.append(Said("doubt.missing", told))
            said += [Said("doubt.found", {"message": one.message}) for one in self.found(name)]
        part = [one for one in self.snapshot.repairs if one.code in A_PART]
        said += [Said("doubt.a_part")] if part else []
        twice = [
            finding
            for finding in self.findings
            if finding.outcome == "failed"
            and finding.dimension == "uniqueness"
            and finding.column is None
        ]
        return said + [Said("doubt.found", {"message": one.message}) for one in twice]


def opened(connection: duckdb.DuckDBPyConnection, asked: Asked) -> Asked:
    """``asked`` with its table made. Text cells are trimmed, null where they are empty."""
    table, cells = asked.snapshot.main, ["source_row"]
    for field in asked.fields:
        column = asked.column(field)
        if column is None or column.name in asked.marked:
            continue
        cells.append(f'{cell(column)} as "{field}"')
    placed = table.geometry is not None and not asked.screening.withheld(table).every
    if placed:
        cells += ["lon as placed_lon", "lat as placed_lat"]
    source = databases.quoted(asked.snapshot.parquet(table))
    held = "table" if table.rows * len(cells) <= databases.HELD_CELLS else "view"
    connection.execute(f"create temp {held} asked as select {', '.join(cells)} from {source}")
    return asked


def cell(column: Column) -> str:
    """SQL of a column's value, null where there is none."""
    if column.type == "text":
        return f"trim({missing.present(column.text)})"
    return column.value
