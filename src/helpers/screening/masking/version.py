"""The version that is to be written: each column, the position and the choice of rows as SQL over
``source``, changed step by step. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from helpers.ground import geography
from helpers.reading import databases
from helpers.reading.snapshot import Column, Table
from helpers.screening.masking.proposal import DECIMALS, MASK, MaskingStep
from helpers.words.suppression import SUPPRESSED, small_sql

BUNDLED = "Enskilda firmor (sammanslagna)"
FINEST = 7  # decimals of a position in degrees: about a centimetre
NUMBER = r"-?(0|[1-9]\d{0,14})(\.\d{1,10})?"  # as JSON writes it, within what all programs hold


@dataclass(frozen=True)
class Loss:
    """What one step costs: cells that no longer say anything, and how many different values a
    column had and has."""

    step: MaskingStep
    cells: int


def rows_of(kinds: Iterable[str]) -> str:
    listed = ", ".join(databases.quoted(kind) for kind in kinds)
    return f"source_row in (select source_row from hits where kind in ({listed}))"


class Version:
    """The columns of the version as SQL over ``source``. ``outlines``: the file of the shapes, of a
    map alone.

    ``rounded``: positions are whole kilometres, and no shape is left. ``withheld``: conditions for
    rows whose position is not told.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        table: Table,
        k: int,
        outlines: Path | None = None,
    ) -> None:
        self.con, self.table, self.k = con, table, k
        self.cells = {column.name: column.text for column in table.columns}
        self.where = ["true"]
        self.rounded = False
        self.withheld: list[str] = []
        self.changed: set[str] = set()
        shapes = (
            f"from read_parquet({databases.quoted(outlines)})"
            if outlines
            else "select 0::bigint as source_row, null::blob as shape, false as high,"
            " true as single where false"
        )
        con.execute(f"create temp view shapes as {shapes}")

    @property
    def placed(self) -> bool:
        return self.table.geometry is not None

    @property
    def hidden(self) -> str:
        """True in SQL for a row whose position is not told: what a step took from its cells does
        not come back as a shape."""
        place = self.table.geometry
        conditions = list(self.withheld)
        for name in place.columns if place else ():
            if name not in self.cells:
                conditions.append("true")
            elif name in self.changed:
                gone = f"{databases.quoted(MASK)}, {databases.quoted(SUPPRESSED)}, ''"
                conditions.append(f"coalesce({self.cells[name]}, '') in ({gone})")
        return " or ".join(f"({condition})" for condition in conditions) or "false"

    def axis(self, name: str) -> str:
        """SQL for one number of the position (``x``, ``y``, ``lon`` or ``lat``), null where it is
        not told."""
        number = f"round({name}, {DECIMALS if self.rounded else FINEST})"
        return f"case when {self.hidden} or isnan({name}) then null else {number} end"

    @property
    def shape(self) -> str:
        """SQL for the whole shape of a row, null where there is none or it is not told."""
        whole = "(select any_value(shape) from shapes s where s.source_row = source.source_row)"
        return (
            "null::blob" if self.rounded else f"case when {self.hidden} then null else {whole} end"
        )

    def is_number(self, column: Column) -> bool:
        """True where each cell of the column is a number as it stands, and no step has changed
        one: then it may be written as one without saying anything else."""
        if column.type not in ("integer", "decimal") or column.name in self.changed:
            return False
        odd = f"not regexp_full_match({column.text}, {databases.quoted(NUMBER)})"
        return not self.count(f"{column.text} <> '' and {odd}")

    def count(self, condition: str) -> int:
        row = self.con.execute(f"select count(*) from source where {condition}").fetchone()
        return int(row[0]) if row else 0

    def apply(self, step: MaskingStep, fields: dict[str, str]) -> Loss:
        cells = getattr(self, f"_{step.action}")(step, fields)
        columns = len([name for name in step.columns if name in self.cells])
        return Loss(
            (
                replace(step, rows=cells // columns)
                if columns and step.action in ("mask", "bundle")
                else step
            ),
            cells,
        )

    def _drop(self, step: MaskingStep, fields: dict[str, str]) -> int:
        for name in step.columns:
            self.cells.pop(name)
        return self.table.rows * len(step.columns)

    def _put(self, name: str, condition: str, value: str) -> None:
        self.changed.add(name)
        self.cells[name] = (
            f"case when {condition} then {databases.quoted(value)} else {self.cells[name]} end"
        )

    def _mask(self, step: MaskingStep, fields: dict[str, str]) -> int:
        condition = rows_of(step.kinds)
        columns = [name for name in step.columns if name in self.cells]
        for name in columns:
            filled = f"{condition} and coalesce(trim({self.table.column(name).text}), '') <> ''"
            self._put(name, filled, MASK)
        return self.count(condition) * len(columns)

    def _bundle(self, step: MaskingStep, fields: dict[str, str]) -> int:
        condition = rows_of(step.kinds)
        ids = {fields[name] for name in fields if name.endswith("_id")}
        for name in step.columns:
            self._put(
                name,
                condition,
                BUNDLED if name == fields.get("leverantor") and name not in ids else MASK,
            )
        return self.count(condition) * len(step.columns)

    def _suppress(self, step: MaskingStep, fields: dict[str, str]) -> int:
        column = self.table.column(step.columns[0])
        condition = small_sql(column.value, self.k)
        self._put(column.name, condition, SUPPRESSED)
        return self.count(condition)

    def _round(self, step: MaskingStep, fields: dict[str, str]) -> int:
        """Positions in degrees to two decimals, in metres to whole kilometres; both numbers in one
        cell as degrees. Shapes become such a point."""
        place, self.rounded = self.table.geometry, True
        self.changed |= set(step.columns)
        columns = [name for name in step.columns if name in self.cells]
        if len(columns) == 1:
            self.cells[columns[0]] = f"concat(round(lat, {DECIMALS}), ', ', round(lon, {DECIMALS}))"
            return self.table.rows
        metres = place is not None and place.crs not in geography.DEGREES
        for name in columns:
            number = f"try_cast({self.table.column(name).value} as double)"
            rounded = f"round({number}, -3)::bigint" if metres else f"round({number}, {DECIMALS})"
            self.cells[name] = f"{rounded}::varchar"
        return self.table.rows * len(columns)

    def _withhold(self, step: MaskingStep, fields: dict[str, str]) -> int:
        """No position, neither as a shape nor in cells, in the rows of those kinds."""
        condition = rows_of(step.kinds)
        self.withheld.append(condition)
        for name in step.columns:
            if name in self.cells:
                self._put(name, condition, "")
        return self.count(condition) * len(step.columns)

    def _leave_out(self, step: MaskingStep, fields: dict[str, str]) -> int:
        """Rows of groups below k; groups are told apart by the cells as they are now."""
        place = self.table.geometry
        spots = (
            place.columns if place and set(step.columns) == {"lat", "lon"} else list(step.columns)
        )
        alike = [f"({self.cells[name]})" for name in spots if name in self.cells]
        # positions of a geographic format are in no cell
        if place and not place.columns and not alike:
            alike = [f"round({axis}, {DECIMALS})" for axis in ("lat", "lon")]
        if not alike:
            return 0
        before = " and ".join(self.where)
        self.con.execute(f"""
            create or replace temp table kept_{len(self.where)} as
            select source_row
            from source
            where {before}
            qualify count(*) over (partition by {", ".join(alike)}) >= {self.k}""")
        self.where.append(f"source_row in (select source_row from kept_{len(self.where)})")
        return self.count(before) - self.count(" and ".join(self.where))
