"""The view that rules are checked on: one table's columns under canonical names; and what each rule
says of its rows, counted and listed while the table is read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.checking import asked_once
from helpers.checking.asked_once import Gathered
from helpers.checking.findings import MAX_ROWS
from helpers.checking.times import seconds
from helpers.ground import geography, systems
from helpers.reading import arrays, databases, missing
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.traffic import gtfs_reference

CHUNK = 200_000
# DuckDB keeps vectors for each expression of a query, and a hash table for each set of wrong keys:
# one query for all rules of a table of 75 columns took more than 700 MB. A slice of this much work
# takes about 50.
WORK = 240
KEYED = 24  # what a rule about keys weighs beside one about cells
SPOTS = ("kommunkod", "within_reach", "looks_like")
NAMED = re.compile(r"\b[ctv]\d+\b")
TIMED = re.compile(r"\b(c\d+)_seconds\b")
THERE = "_there"  # c3_there: true where c3 is there, else null


@dataclass
class Check:
    """One rule on one column: ``sql`` true where a row is right, null where it is not checked.

    Where ``by_key``, ``sql`` is the row's key and ``groups`` a SELECT of the keys that break the
    rule (None: no key does); ``keyed`` is true where it has one, if that costs less than the key.
    """

    key: str
    sql: str
    # the stock expectation that Great Expectations runs in its stead
    stock: dict[str, object] | None = None
    column: Column | None = None
    groups: str | None = None
    by_key: bool = False
    keyed: str | None = None

    @property
    def place(self) -> int | None:
        """The position of the one column whose cells it is about, if it is about no more."""
        return asked_once.position(self.sql, self.keyed or "")

    @property
    def work(self) -> int:
        """How much of a slice (``WORK``) it takes."""
        return KEYED if self.groups else 1

    def right(self, wrong: str | None) -> str:
        """SQL that is true where a row is right; ``wrong`` is the relation of the keys that break
        the rule, if any do."""
        if not self.by_key:
            return self.sql
        keyed = f"({self.sql}) is not null"
        if not wrong:
            return f"case when {self.keyed or keyed} then true end"
        return f"case when {keyed} then ({self.sql}) not in (from {wrong}) end"


@dataclass(frozen=True)
class Wanted:
    """What is kept beside the counts. ``stock``: views of the columns that Great Expectations
    counts; ``longer``: all rows of checks that fail on more than are listed, each with the columns
    (SQL) that stand here by its number."""

    stock: bool = False
    longer: Mapping[int, str] | None = None


@dataclass
class View:
    """What is said of each check, by its number. ``counts``: rows checked and failed; ``rows``: the
    first that fail; ``wrong``: how many keys break the rule. ``stocked``: each view of columns that
    Great Expectations counts, and its checks; ``longer``: files of the rows of checks that fail on
    more than are listed."""

    database: Path
    checks: list[Check] = field(default_factory=list)
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)
    rows: dict[int, list[int]] = field(default_factory=dict)
    wrong: dict[int, int] = field(default_factory=dict)
    stocked: list[tuple[str, list[int]]] = field(default_factory=list)
    longer: list[Path] = field(default_factory=list)


def cell(column: Column) -> str:
    """The view's name for the trimmed text, null where missing."""
    return f"c{column.position}"


def _there(name: str) -> str:
    return f"case when {name.removesuffix(THERE)} is not null then true end as {name}"


def _numbers(values: Any) -> np.ndarray:
    return np.asarray(np.ma.filled(np.ma.asarray(values, float), np.nan))


def places(snapshot: Snapshot, table: Table, target: Path, area: str | None) -> Path:
    """Municipality of each position, in chunks: ``source_row, kommunkod, within_reach,
    looks_like`` (see ``systems``)."""
    assert table.geometry is not None
    with databases.connect() as connection:
        read = connection.execute(
            f"select source_row, x, y, lon, lat from {databases.quoted(snapshot.parquet(table))}"
        ).fetchnumpy()
    x, y, lon, lat = (_numbers(read[axis]) for axis in ("x", "y", "lon", "lat"))
    likely = systems.look_like(x, y, lon, lat, table.geometry.crs, area)
    schema = pa.schema(
        [
            ("source_row", pa.int64()),
            ("kommunkod", pa.string()),
            ("within_reach", pa.string()),
            ("looks_like", pa.string()),
        ]
    )
    with pq.ParquetWriter(target, schema) as writer:
        for start in range(0, len(lon), CHUNK):
            part = slice(start, start + CHUNK)
            codes = geography.codes_of(lon[part], lat[part])
            columns = [
                arrays.integers(np.asarray(read["source_row"][part], np.int64)),
                arrays.texts(codes),
                arrays.texts(geography.within_reach(lon[part], lat[part])),
                arrays.texts(list(likely[part])),
            ]
            writer.write_table(arrays.table(columns, schema))
    return target


def joined(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """The relations that rules may join, and their columns: a timetable's files and the fields of
    the reference.

    Both names are the reference's own: no word of a source becomes a name in SQL.
    """
    files = gtfs_reference.load().files
    return {
        table.name: frozenset(
            column.name for column in table.columns if column.name in files[table.name].fields
        )
        for table in snapshot.tables
        if table.name in files
    }


def _relation(table: Table, fields: frozenset[str], file: Path) -> str:
    """VIEW of a timetable's file: ``source_row`` and its fields, trimmed, null where missing."""
    cells = [
        f'{missing.cell(column)} as "{column.name}"'
        for column in table.columns
        if column.name in fields
    ]
    return (
        f'view if not exists "{table.name}" as select {", ".join(["source_row", *cells])} from'
        f" {databases.quoted(file)}"
    )


def of_spots(sql: str) -> bool:
    """True where it asks for what ``places`` says of positions."""
    return any(name in sql for name in SPOTS)


class Base:
    """The view ``base`` of one table: ``source_row``, cells, raw texts, typed values and, with
    positions, its places.

    A timetable's files stand beside it under the names that the reference gives them.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        snapshot: Snapshot,
        table: Table,
        placed: Path | None,
        asked: str | None = None,
        *,
        lasting: bool = False,
    ) -> None:
        """``asked``: SQL that names the timetable's files that are needed (all: not given);
        ``lasting``: they stay in the database after the connection."""
        self.connection = connection
        self.columns = {
            cell(column): f"{missing.cell(column)} as {cell(column)}" for column in table.columns
        }
        self.columns |= {
            name: name for column in table.columns for name in (column.text, column.value)
        }
        self.rows = table.rows
        # cells that stand as they are, none of them missing
        self.plain = {
            column.position for column in table.columns if missing.cell(column) == column.text
        }
        self.spots = ["x", "y", "lon", "lat"] if table.geometry else []
        self.gathered = Gathered(connection, snapshot.parquet(table), table.rows, self.columns)
        self.source = databases.quoted(snapshot.parquet(table))
        if placed:
            self.spots += SPOTS
            relation = f"{self.source} a join {databases.quoted(placed)} b using (source_row)"
            self.source = f"(select a.*, b.* exclude (source_row) from {relation})"
        fields = joined(snapshot) if len(snapshot.tables) > 1 else {}
        for other in snapshot.tables:
            if other.name in fields and (asked is None or other.name in asked):
                relation = _relation(other, fields[other.name], snapshot.parquet(other))
                connection.execute(f"create {'' if lasting else 'temp '}{relation}")

    def once(self, sql: str) -> str:
        """The SQL with a column of ``base`` in the place of what rules ask of a time again and
        again, which DuckDB would compute anew in each branch and window; with what was gathered of
        a column's different texts; and with ``true`` for what is so of each cell of a column."""
        for name in set(NAMED.findall(sql)):
            sql = sql.replace(seconds(name), f"{name}_seconds")
        return asked_once.certain(self.gathered.once(sql), self.plain)

    def show(self, queries: str | None = None) -> None:
        """Make the view anew with the columns that ``queries`` name, or all: DuckDB binds each of a
        thousand every time."""
        timed = sorted(set(TIMED.findall(queries or "")))
        named = set(self.columns)
        if queries is not None:
            named &= {*NAMED.findall(queries), *timed}
        select = ", ".join(["source_row", *(self.columns[name] for name in named), *self.spots])
        query = f"select {select} from {self.source}"
        if timed:
            listed = (f"{seconds(name)} as {name}_seconds" for name in timed)
            query = f"select *, {', '.join(listed)} from ({query})"
        self.connection.execute(f"create or replace temp view base as {query}")


def slices(checks: list[Check]) -> list[list[int]]:
    """The numbers of the checks in slices of at most ``WORK``; those of one column stand together
    where there are several."""
    if sum(check.work for check in checks) <= WORK:
        return [list(range(len(checks)))]
    sliced: list[list[int]] = [[]]
    room = WORK
    for number in sorted(
        range(len(checks)),
        key=lambda number: column.position if (column := checks[number].column) else -1,
    ):
        if checks[number].work > room and sliced[-1]:
            sliced.append([])
            room = WORK
        sliced[-1].append(number)
        room -= checks[number].work
    return sliced


def _groups(base: Base, check: Check, name: str) -> int:
    """How many keys break the rule; they are in the temporary table ``name``."""
    groups = base.once(str(check.groups))
    base.show(groups)
    base.connection.execute(f"create temp table {name} as {groups}")
    return int(databases.aggregate(base.connection, ["count(distinct columns(*))"], name)[0])


def _of_texts(base: Base, built: View, right: dict[int, str]) -> list[int]:
    """The numbers of the checks that are left to ask of rows, once those that are the same of every
    row have been asked once, and those about one cell by its column's different texts: none of
    these fails. ``right``: SQL, by number."""
    same = {n: sql for n in right if asked_once.about_none(sql := base.once(right[n]))}
    said = databases.aggregate(base.connection, list(same.values()), "range(1)") if same else []
    counts = {
        number: ((told is not None) * base.rows, (told is False) * base.rows)
        for number, told in zip(same, said, strict=True)
    }
    asked = {number: (built.checks[number].place, sql) for number, sql in right.items()}
    counts |= base.gathered.counted(asked)
    passed = {number: count for number, count in counts.items() if not count[1]}
    built.counts |= passed
    built.rows |= {number: [] for number in passed}
    return [number for number in right if number not in passed]


def _counted(base: Base, built: View, numbers: list[int], relation: str) -> None:
    """What is said of the checks with these ``numbers`` by ``ok_<n>`` of ``relation``: counted and
    listed while it is read once."""
    parts = [
        part
        for number in numbers
        for part in (
            f"count(ok_{number})",
            f"count_if(ok_{number})",
            f"min(source_row, {MAX_ROWS}) filter (where not ok_{number})",
        )
    ]
    found = iter(databases.aggregate(base.connection, parts, relation) if parts else ())
    for number, checked, right, rows in zip(numbers, found, found, found, strict=True):
        built.counts[number] = (checked, checked - (right or 0))
        built.rows[number] = rows or []


def _stocked(base: Base, built: View, numbers: list[int], rules: list[str], file: Path) -> str:
    """A view of ``source_row``, the columns that stock expectations of these checks are about, and
    ``rules``, kept in ``file``: what is counted twice is asked of the same rows several times."""
    stock = [stock for number in numbers if (stock := built.checks[number].stock)]
    used = sorted({str(one["kwargs"]["column"]) for one in stock})  # type: ignore[index]
    listed = [_there(column) if column.endswith(THERE) else column for column in used]
    columns = ["source_row", *listed, *rules]
    base.show(" ".join(columns))
    query = f"select {', '.join(columns)} from base"
    databases.write(base.connection, query, file, len(columns))
    name = f"data_{len(built.stocked)}"
    base.connection.execute(f"create view {name} as from {databases.quoted(file)}")
    built.stocked.append((name, numbers))
    return name


def _longer(base: Base, relation: str, named: dict[int, str], file: Path) -> None:
    """All rows on which checks fail that fail on more than are listed: the columns that ``named``
    says of each, and ``source_row``."""
    columns = [f"ok_{number}" for number in named]
    if len(named) > 1:
        failing = " or ".join(f"not {column}" for column in columns)
        base.connection.execute(
            f"create or replace temp table longer as select source_row, {', '.join(columns)}"
            f" from {relation} where {failing}"
        )
        relation = "longer"
    parts = (
        f"select {told}, source_row from {relation} where not {column}"
        for told, column in zip(named.values(), columns, strict=True)
    )
    databases.write(base.connection, " union all ".join(parts), file, 4)
    base.connection.execute("drop table if exists longer")


def _slice(base: Base, built: View, numbers: list[int], folder: Path, how: Wanted) -> None:
    """What is said of the checks with these ``numbers``."""
    checks = [built.checks[number] for number in numbers]
    base.gathered.wanted([one.place for one in checks], [str(one.groups) for one in checks])
    built.wrong |= {
        number: _groups(base, check, f"wrong_{number}")
        for number in numbers
        if (check := built.checks[number]).groups
    }
    right = {
        number: built.checks[number].right(wrong)
        for number in numbers
        for wrong in [f"wrong_{number}" if built.wrong.get(number) else None]
    }
    left = _of_texts(base, built, right)
    asked = [base.once(f"{right[number]} as ok_{number}") for number in left]
    if how.stock:
        relation = _stocked(base, built, numbers, asked, folder / f"stock_{numbers[0]}.parquet")
    else:
        relation = f"(select {', '.join(['source_row', *asked])} from base)"
        base.show(relation)
    _counted(base, built, left, relation)
    more = [number for number in numbers if built.counts[number][1] > MAX_ROWS]
    if more and how.longer is not None:
        file = folder / f"longer_{numbers[0]}.parquet"
        _longer(base, relation, {number: how.longer[number] for number in more}, file)
        built.longer.append(file)
    for number in built.wrong.keys() & set(numbers):
        base.connection.execute(f"drop table wrong_{number}")
    base.gathered.forget()


def build(
    snapshot: Snapshot,
    table: Table,
    folder: Path,
    checks: list[Check],
    spots: Path | None,
    previous: Path | None = None,
    how: Wanted = Wanted(),
) -> View:
    """What is said of the checks; with what is wanted beside it in ``folder``."""
    built = View(folder / "check.duckdb", checks)
    asked = " ".join(f"{check.sql} {check.groups}" for check in checks)
    lasting = built.database if how.stock else None
    with databases.connect(lasting, spill=folder / "spill") as connection:
        base = Base(connection, snapshot, table, spots, asked)
        if previous:
            connection.execute(f"create temp view previous as from {databases.quoted(previous)}")
        for numbers in slices(checks):
            _slice(base, built, numbers, folder, how)
    return built
