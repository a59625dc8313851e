"""Write the proposed version as CSV, screen it again, and tell what is lost. The source is only
read."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from helpers import reading
from helpers.declared import specifications
from helpers.declared.specifications import Specification
from helpers.ground import geography
from helpers.reading import databases, surroundings
from helpers.reading.snapshot import Snapshot, Table
from helpers.screening import screen
from helpers.screening.marks import Screening
from helpers.screening.masking import formulas as running
from helpers.screening.masking.formulas import Formulas
from helpers.screening.masking.proposal import DECIMALS, MASK, MaskingStep, propose
from helpers.words import escaping
from helpers.words.files import writing
from helpers.words.suppression import SUPPRESSED, K, small_sql

HIDDEN = frozenset({"masked_name", "perhaps_masked_name"})  # repairs of names
BUNDLED = "Enskilda firmor (sammanslagna)"


@dataclass(frozen=True)
class Loss:
    """What one step costs: cells that no longer say anything, and how many different values a
    column had and has."""

    step: MaskingStep
    cells: int


@dataclass(frozen=True)
class Masked:
    """What was written. ``amount_share``: share (0-1) of the absolute amounts whose supplier is
    masked, None without.

    ``after`` is what screening says of the written file; ``different`` is column -> different
    values before, after.
    """

    file: Path
    steps: list[Loss]
    rows_before: int
    rows_after: int
    different: dict[str, tuple[int, int]]
    after: Screening
    amount_share: float | None = None
    other_tables: list[str] = field(default_factory=list)
    # places of what the source holds beside its tables, left out
    surroundings: list[str] = field(default_factory=list)
    formulas: list[Formulas] = field(default_factory=list)  # what a spreadsheet would run
    guarded: bool = False  # an apostrophe stands before each of them
    headers: list[str] = field(default_factory=list)  # those that stand by their shape

    @property
    def left_share(self) -> float:
        """Share (0-1) of the rows that are left."""
        return self.rows_after / self.rows_before if self.rows_before else 1.0


def _rows(kinds: Iterable[str]) -> str:
    listed = ", ".join(databases.quoted(kind) for kind in kinds)
    return f"source_row in (select source_row from hits where kind in ({listed}))"


class _Version:
    """The columns of the version as SQL over ``source``, changed step by step."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: Table, k: int) -> None:
        self.con, self.table, self.k = con, table, k
        self.cells = {column.name: column.text for column in table.columns}
        self.where = ["true"]

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
        self.cells[name] = (
            f"case when {condition} then {databases.quoted(value)} else {self.cells[name]} end"
        )

    def _mask(self, step: MaskingStep, fields: dict[str, str]) -> int:
        condition = _rows(step.kinds)
        columns = [name for name in step.columns if name in self.cells]
        for name in columns:
            filled = f"{condition} and coalesce(trim({self.table.column(name).text}), '') <> ''"
            self._put(name, filled, MASK)
        return self.count(condition) * len(columns)

    def _bundle(self, step: MaskingStep, fields: dict[str, str]) -> int:
        condition = _rows(step.kinds)
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
        cell as degrees."""
        place = self.table.geometry
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


def _written(version: _Version, file: Path, *, guard: bool = False) -> int:
    """Write the version's rows; how many they are. Raises OSError where they cannot be written."""
    written = {
        escaping.guarded(name) if guard else name: running.guarded(sql) if guard else sql
        for name, sql in version.cells.items()
    }
    cells = ", ".join(
        f'{sql} as "{name.replace(chr(34), chr(34) * 2)}"' for name, sql in written.items()
    )
    try:
        version.con.execute(f"""
            copy (
                select {cells}
                from source
                where {" and ".join(version.where)}
                order by source_row
            )
            to {databases.quoted(file)}
            (format csv, delimiter ';', header true, quote '"', escape '"')""")
    except duckdb.IOException as error:  # said as the system says it of other files
        full = os.strerror(errno.ENOSPC) in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, "", str(file)) from None
    return version.count(" and ".join(version.where))


def _different(version: _Version, columns: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Column -> different values before, after."""
    counts = {}
    for name in columns:
        text = version.table.column(name).text
        after = (
            f"count(distinct {version.cells[name]}) filter (where {' and '.join(version.where)})"
            if name in version.cells
            else "0"
        )
        row = version.con.execute(f"select count(distinct {text}), {after} from source").fetchone()
        assert row is not None
        counts[name] = (int(row[0]), int(row[1]))
    return counts


def _amount(version: _Version, fields: dict[str, str], steps: list[MaskingStep]) -> float | None:
    """Share (0-1) of the absolute amounts whose supplier ``steps`` mask; None where there are no
    amounts, suppliers or masked kinds."""
    kinds = tuple(
        kind for step in steps if step.action in ("mask", "bundle") for kind in step.kinds
    )
    if "belopp" not in fields or "leverantor" not in fields or not kinds:
        return None
    column = version.table.column(fields["belopp"])
    if column.type not in ("decimal", "integer"):
        return None
    row = version.con.execute(
        f"select sum(abs({column.value})) filter (where {_rows(kinds)}), sum(abs({column.value}))"
        " from source"
    ).fetchone()
    return float(row[0] or 0) / float(row[1]) if row and row[1] else None


def _changed(steps: list[MaskingStep], table: Table) -> list[str]:
    """The table's columns that a step names, in the order of the steps."""
    names = {column.name for column in table.columns}
    return list(dict.fromkeys(name for step in steps for name in step.columns if name in names))


def again(
    file: Path,
    type: str,
    specification: Specification | None,
    *,
    quasi_identifiers: list[str] | None,
    k: int,
) -> Screening:
    """What screening says of the written file."""
    with tempfile.TemporaryDirectory(prefix="datakollen-") as folder:
        snapshot = reading.read(file, Path(folder), type=type)
        names = [column.name for column in snapshot.main.columns]
        fields = specifications.match(names, specification) if specification else {}
        return screen(
            snapshot, fields, specification, type=type, quasi_identifiers=quasi_identifiers, k=k
        )


def _masked(
    snapshot: Snapshot,
    fields: dict[str, str],
    version: _Version,
    steps: list[MaskingStep],
    losses: list[Loss],
    file: Path,
    rows: int,
    after: Screening,
    *,
    guarded: bool,
) -> Masked:
    """What is told of the version that was written to ``file``."""
    return Masked(
        file,
        losses,
        snapshot.main.rows,
        rows,
        _different(version, _changed(steps, snapshot.main)),
        after,
        _amount(version, fields, steps),
        [other.name for other in snapshot.tables[1:]],
        [place for place in snapshot.surroundings if place not in surroundings.NAMES],
        running.found(version.con, version.cells, version.where),
        guarded,
        _by_shape(snapshot),
    )


def _by_shape(snapshot: Snapshot) -> list[str]:
    """The main table's headers that reading hid, as they are written."""
    hidden = {repair.column for repair in snapshot.repairs if repair.code in HIDDEN}
    return [column.name for column in snapshot.main.columns if column.name in hidden]


def mask(
    snapshot: Snapshot,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    output: Path,
    *,
    bundle: bool = False,
    guard: bool = False,
    quasi_identifiers: list[str] | None = None,
    k: int = K,
) -> Masked:
    """Write the proposed version of the main table to ``output`` (CSV, UTF-8, ``;``), within k of
    ``screening``. ``guard``: an apostrophe before what a spreadsheet would run.

    Raises ConfigurationError where ``output`` cannot be written. Positions of a geographic format
    are not in the version: its cells are.
    """
    table = snapshot.main
    with tempfile.TemporaryDirectory(prefix="datakollen-") as work:
        hits = Path(work) / "hits.parquet"
        screening = screen(
            snapshot,
            fields,
            specification,
            type=type,
            quasi_identifiers=quasi_identifiers,
            k=k,
            hits=hits,
        )
        steps = propose(snapshot, screening, fields, type, bundle=bundle)
        with databases.connect(spill=Path(work) / "spill") as con:
            databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
            con.execute(f"create temp table hits as from {databases.quoted(hits)}")
            version = _Version(con, table, k)
            losses = [version.apply(step, fields) for step in steps]
            with writing.aside(output, suffix=".csv") as part:
                rows = _written(version, part, guard=guard)
                after = again(part, type, specification, quasi_identifiers=quasi_identifiers, k=k)
            return _masked(
                snapshot, fields, version, steps, losses, output, rows, after, guarded=guard
            )
