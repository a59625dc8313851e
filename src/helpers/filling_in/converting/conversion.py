"""A table's columns as those of a specification: for each the SQL of its cells, and how many cells
stand as they did, are written otherwise, say nothing or could not be decided.

Every cell of the source that is not empty is in one of these counts, or in a column that is told as
kept aside. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import duckdb

from helpers.declared import specifications
from helpers.declared.mapping import Mapping as Names
from helpers.declared.mapping import Target
from helpers.filling_in.converting import cells
from helpers.filling_in.converting.cells import SAID, Cell
from helpers.ground.geography import DEGREES
from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Geometry, Snapshot

AXES = {"latitude": "lat", "longitude": "lon"}
MONTH, MONTH_OF = "month", ("year", "month_number")  # of which a month is made
NUMBERS = ("integer", "decimal")
ROW, PUT = "source_row", "put"
NTH = "nth"  # which of the columns that are rows in the specification


@dataclass(frozen=True)
class ColumnOutcome:
    """What one column of the specification is made of. Counts are of the source's cells that are
    not empty: ``cells`` in all, of them ``changed`` written otherwise, ``emptied`` that say that
    there is no value, ``undecided`` left out, and ``shortened`` written without their time of day.

    ``rows``: the first thousand undecided. ``withheld``: kinds of personal data for which no cell
    is written. ``required``: mandatory, where no other field is enough. ``kind``: none | spread |
    one of ``Cell.kind``.
    """

    target: str
    kind: str = "none"
    sources: tuple[str, ...] = ()
    by_layout: bool = False
    required: bool = False
    cells: int = 0
    changed: int = 0
    emptied: int = 0
    undecided: int = 0
    shortened: int = 0
    rows: list[int] = field(default_factory=list)
    withheld: tuple[str, ...] = ()

    @property
    def lacks(self) -> bool:
        """True for a mandatory column that the source has nothing for."""
        return self.required and self.kind == "none"


@dataclass(frozen=True)
class Other:
    """A column of the source that the specification has not. ``field``: what the type calls it,
    None for nothing; ``cells`` that are not empty; ``withheld`` as in ``ColumnOutcome``."""

    name: str
    field: str | None
    cells: int
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Part:
    """A column of the target with the source's cells that it is made of. What ``cell`` says stands
    in the relation ``PUT``, in columns of that ``number``."""

    target: Target
    sources: tuple[Column, ...]
    cell: Cell
    number: int = 0

    @property
    def written(self) -> str:
        return f"w{self.number}"

    @property
    def given(self) -> str:
        return f"g{self.number}"

    @property
    def said(self) -> str:
        return f"s{self.number}"

    @property
    def shortened(self) -> str:
        return f"c{self.number}"

    @property
    def changed(self) -> str:
        """True in SQL for a cell that is written otherwise than it stands."""
        return f"{self.written} is not null and {self.written} is distinct from {self.given}"

    @property
    def undecided(self) -> str:
        """True in SQL for a cell that says something of which nothing is written."""
        return f"{self.said} is not null and {self.written} is null"


class Conversion:
    """One table on its way. ``names``: which column is which; ``withheld``: column of the source ->
    kinds of personal data for which it is not written. The table is ``source`` in ``con``."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        snapshot: Snapshot,
        names: Names,
        withheld: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.con, self.snapshot, self.names, self.withheld = con, snapshot, names, withheld
        self.table = snapshot.main
        self._put()

    def _put(self) -> None:
        """The relation ``PUT``: a row for each of the source's, with what each part's cell is. In
        two steps, so that no expression is worked out twice; a small table is held."""
        texts = "".join(
            f", {part.cell.given} as {part.given}, {part.cell.said} as {part.said}"
            for part in self._every
        )
        self.con.execute(f"create temp view {PUT}_said as select *{texts} from source")
        cells = "".join(
            f", {part.given}, {part.said}, {part.cell.written.replace(SAID, part.said)}"
            f" as {part.written}, {part.cell.shortened} as {part.shortened}"
            for part in self._every
        )
        small = self.table.rows * 4 * len(self._every) <= databases.HELD_CELLS
        form = "table" if small else "view"
        self.con.execute(f"create temp {form} {PUT} as select {ROW}{cells} from {PUT}_said")

    @cached_property
    def _every(self) -> list[_Part]:
        return [*self.parts, *self.spread]

    def _told(self, column: Column) -> set[str]:
        """The codes of the repairs that reading tells of the column."""
        return {repair.code for repair in self.snapshot.repairs if repair.column == column.name}

    def _cell(self, column: Column, target: Target) -> Cell:
        told, followed = self._told(column), self.names.followed
        meant = followed.form.values.get(target.field.name) if followed else None
        return cells.cell(column, target.field, told, meant)

    @cached_property
    def place(self) -> Geometry | None:
        """The table's positions, where those are taken: they stand in another system or form than
        two columns of degrees, or axes that changed places."""
        place = self.table.geometry
        if place is None:
            return None
        found = {name: self.names.source(name) for name in AXES}
        if not set(AXES) <= {target.field.name for target in self.names.targets}:
            return None
        own = {name for name in found.values() if name}
        if len(own) == 2 and all(self.table.column(name).type in NUMBERS for name in own):
            swapped = any(repair.code == "swapped_axes" for repair in self.snapshot.repairs)
            apart = not own & set(place.columns)
            if apart or (own == set(place.columns) and place.crs in DEGREES and not swapped):
                return None
        return place

    def _part(self, target: Target) -> _Part | None:
        if target.field.name in AXES and self.place:
            columns = tuple(self.table.column(name) for name in self.place.columns)
            return _Part(target, columns, cells.position(AXES[target.field.name], list(columns)))
        if target.source is None and target.field.name == MONTH:
            found = {field: name for name, field in self.names.others.items() if field in MONTH_OF}
            if len(found) == len(MONTH_OF):
                year, number = (self.table.column(found[name]) for name in MONTH_OF)
                return _Part(target, (year, number), cells.month(year, number))
        if target.source is None:
            unit = self.names.in_other_unit(target.field.name)
            return self._scaled(target, *unit) if unit else None
        column = self.table.column(target.source)
        return _Part(target, (column,), self._cell(column, target))

    def _scaled(self, target: Target, name: str, exponent: int) -> _Part:
        column = self.table.column(name)
        doubtful = not self._told(column).isdisjoint(cells.DOUBTFUL)
        return _Part(target, (column,), cells.scaled(column, exponent, doubtful=doubtful))

    @cached_property
    def parts(self) -> list[_Part]:
        """The columns that the source has anything for, those that are spread left out."""
        found = [
            self._part(target)
            for target in self.names.targets
            if not (self.names.spread and target.field.name == self.names.value)
        ]
        filled = [part for part in found if part is not None]
        return [replace(part, number=i) for i, part in enumerate(filled)]

    @cached_property
    def spread(self) -> list[_Part]:
        """The columns that are rows in the specification."""
        if not self.names.spread:
            return []
        value = next(
            target for target in self.names.targets if target.field.name == self.names.value
        )
        columns = [self.table.column(name) for name in self.names.spread]
        return [
            _Part(value, (column,), self._cell(column, value), number)
            for number, column in enumerate(columns, len(self.parts))
        ]

    @cached_property
    def used(self) -> set[str]:
        """The source's columns that the target is made of. A line or an area is more than its
        point: a column that holds one is kept aside too."""
        flat = self.place is not None and self.place.kind != "point"
        return {
            column.name
            for part in self._every
            for column in part.sources
            if not (flat and part.cell.kind == "position")
        }

    @property
    def aside(self) -> list[str]:
        """The source's columns that are not in the target, in order."""
        return [column.name for column in self.table.columns if column.name not in self.used]

    def _kinds(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for name in names for kind in self.withheld.get(name, ())))

    def stopped(self, part: _Part) -> tuple[str, ...]:
        """The kinds of personal data for which the part is not written."""
        return self._kinds(column.name for column in part.sources)

    def _written(self, part: _Part) -> str:
        return "null::varchar" if self.stopped(part) else part.written

    @property
    def where(self) -> str:
        """True in SQL for the source's rows that are written: of a table whose columns are rows,
        those where one of them says something."""
        said = [f"({self._written(part)}) is not null" for part in self.spread]
        return f"({' or '.join(said)})" if said else "true"

    @property
    def cells(self) -> dict[str, str]:
        """Header of the target -> SQL over ``relation``, in the specification's order."""
        made = {part.target.field.name: self._written(part) for part in self.parts}
        if self.spread:
            made[self.names.by or ""] = self._nth(
                [databases.quoted(value) for value in self.names.spread.values()]
            )
            made[self.names.value or ""] = self._nth([self._written(one) for one in self.spread])
        return {
            target.field.header: made.get(target.field.name, "null::varchar")
            for target in self.targets
        }

    def _nth(self, expressions: list[str]) -> str:
        cases = "".join(f" when {i} then {one}" for i, one in enumerate(expressions))
        return f"case {NTH}{cases} end"

    @property
    def relation(self) -> str:
        """The rows to be written, with ``source_row`` and ``nth`` to order them by."""
        if not self.spread:
            return f"(select *, 0 as {NTH} from {PUT})"
        value = self._nth([self._written(part) for part in self.spread])
        rows = f"select *, unnest(range({len(self.spread)})) as {NTH} from {PUT}"
        return f"(select * from ({rows}) where ({value}) is not null)"

    def count(self, relation: str, where: str = "true") -> int:
        row = self.con.execute(f"select count(*) from {relation} where {where}").fetchone()
        return int(row[0]) if row else 0

    def rows(self, where: str) -> list[int]:
        """The first thousand of the source's rows."""
        found = self.con.execute(
            f"select {ROW} from {PUT} where {where} order by 1 limit {MAX_ROWS_LISTED}"
        ).fetchall()
        return [int(row[0]) for row in found]

    def _counted(self, parts: list[_Part], where: str) -> list[list[int]]:
        asked = []
        for part in parts:
            conditions = (
                f"{part.given} is not null",
                part.changed,
                f"{part.given} is not null and {part.said} is null",
                part.undecided,
                f"{part.written} is not null and {part.shortened}",
            )
            asked += [
                f"count(*) filter (where ({condition}) and {where})" for condition in conditions
            ]
        counts = databases.aggregate(self.con, asked, PUT)
        return [[int(one) for one in counts[i : i + 5]] for i in range(0, len(counts), 5)]

    def _done(self, parts: list[_Part], where: str) -> list[ColumnOutcome]:
        done = []
        for part, counts in zip(parts, self._counted(parts, where), strict=True):
            kinds, field = self.stopped(part), part.target.field
            names = tuple(column.name for column in part.sources)
            held, changed, emptied, undecided, shortened = counts
            if kinds:
                changed = emptied = undecided = shortened = 0
            rows = self.rows(f"({part.undecided}) and {where}") if undecided else []
            done.append(
                ColumnOutcome(
                    field.header,
                    part.cell.kind,
                    names,
                    part.target.by_layout,
                    field.required,
                    held,
                    changed,
                    emptied,
                    undecided,
                    shortened,
                    rows,
                    kinds,
                )
            )
        return done

    @property
    def _made(self) -> dict[str, str]:
        """The fields that the source has anything for."""
        return {part.target.field.name: "" for part in self._every} | {self.names.by or "": ""}

    def _lacking(self) -> set[str]:
        """The mandatory fields that the source has nothing for."""
        known = self.names.specification
        return set(specifications.mandatory(known, self._made, placed=False)[1])

    @cached_property
    def targets(self) -> list[Target]:
        """The columns to be written: all of the specification's but those that another takes the
        place of, as a municipality's name does of its code."""
        made, spared = self._made, set[str]()
        for group in self.names.specification.either:
            if made.keys() & set(group):
                spared |= set(group) - made.keys()
        return [target for target in self.names.targets if target.field.name not in spared]

    def columns(self) -> list[ColumnOutcome]:
        """What each column of the specification is made of, in its order; of one that is spread,
        one for each of the source's columns."""
        made = {part.target.field.name: done for part, done in self._each(self.parts, self.where)}
        columns, lacking = list[ColumnOutcome](), self._lacking()
        for target in self.targets:
            name, header, required = target.field.name, target.field.header, target.field.required
            if self.spread and name == self.names.value:
                columns += [done for _, done in self._each(self.spread, "true")]
            elif self.spread and name == self.names.by:
                columns.append(
                    ColumnOutcome(header, "spread", tuple(self.names.spread), True, required)
                )
            else:
                columns.append(made.get(name, ColumnOutcome(header, required=name in lacking)))
        return columns

    def _each(self, parts: list[_Part], where: str) -> list[tuple[_Part, ColumnOutcome]]:
        return list(zip(parts, self._done(parts, where), strict=True)) if parts else []

    def others(self) -> list[Other]:
        """The columns that are kept aside, each with how many cells it holds."""
        names = self.aside
        texts = [self.table.column(name).text for name in names]
        asked = [f"count(nullif({text}, ''))" for text in texts]
        counts = databases.aggregate(self.con, asked, "source") if asked else []
        return [
            Other(name, self.names.others.get(name), int(count), self._kinds([name]))
            for name, count in zip(names, counts, strict=True)
        ]

    def unwritten(self) -> Iterable[tuple[Column, str, str, str]]:
        """Of each of the source's columns: column, header of the target, reason, and the condition
        of the rows whose cell is nowhere in the target. ``reason``: the cell's kind, or
        ``left_out`` for a row that is not written."""
        for part in self._every:
            if not self.stopped(part):
                header = part.target.field.header
                where = "true" if part in self.spread else self.where
                for column in part.sources:
                    condition = f"({part.undecided}) and {where}"
                    yield column, header, part.cell.kind, condition
        if self.spread:
            for part in self.parts:
                for column in part.sources:
                    header = part.target.field.header
                    yield column, header, "left_out", f"not {self.where}"
