"""The rows to correct, for whoever opens the source file: row, business key, the cell, what is
wrong, what to do.

A value of a marked column is never there, only its shape; the last net under the marks is on all
other values too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from helpers.checking import failed_rows
from helpers.checking.findings import SEVERITIES, Finding, faults_of
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words import escaping

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA = ("fault", "in_table", "severity", "row", "key", "value")
COLUMNS = ["fault", "row", "key", "value"]
READ = 20_000  # lines held at a time


@dataclass(frozen=True)
class RowToFix:
    """One cell (or, without a column, one row) that a rule names. ``key`` and ``value`` are fit to
    be shown."""

    row: int  # of the source, as a spreadsheet numbers it
    key: str
    column: str
    value: str
    severity: str
    rule: str
    message: dict[str, str]  # why the rule is there: sv, en
    fix: dict[str, str]
    table: str = ""  # where it is not the main one

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def key_columns(
    fields: dict[str, str], roles: dict[str, str | None], profile: dict[str, Any]
) -> list[str]:
    """What the owner knows a row by: the specification's key field and the name beside it, else
    columns unique in the file. What is measured points nobody to a row, though no two rows
    may share it.

    ``fields`` maps the specification's fields to columns, ``roles`` to their roles.
    """
    declared = [column for name, column in fields.items() if roles.get(name) == "key"]
    if declared:
        named = [fields[name] for name in ("name", "stop_name") if name in fields]
        return declared[:1] + named[:1]
    table = profile["tables"][0]
    measured = {column["name"] for column in table["columns"] if column["type"] == "decimal"}
    return next((list(key) for key in table["keys"] if measured.isdisjoint(key)), [])


class RowsToFix(Sequence[RowToFix]):
    """All of them, however many: the gravest fault first, then by row. They lie in a file and are
    read as they are asked for; ``plain`` is what ``write`` said of them."""

    def __init__(self, plain: dict[str, Any], file: Path) -> None:
        self.plain, self._file = plain, file

    def __len__(self) -> int:
        return int(self.plain["lines"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowsToFix) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment] # as a list has none

    @overload
    def __getitem__(self, which: int) -> RowToFix: ...
    @overload
    def __getitem__(self, which: slice) -> list[RowToFix]: ...
    def __getitem__(self, which: int | slice) -> RowToFix | list[RowToFix]:
        if isinstance(which, slice):
            start, stop, step = which.indices(len(self))
            return list(islice(self, start, stop, step))
        return next(islice(self, range(len(self))[which], None))

    def __iter__(self) -> Iterator[RowToFix]:
        if not self.plain["lines"]:
            return
        import pyarrow.parquet as pq  # what ranks kept results does without it

        with pq.ParquetFile(self._file) as kept:
            for batch in kept.iter_batches(READ, columns=COLUMNS):
                yield from self._lines(batch)

    def _lines(self, batch: Any) -> Iterator[RowToFix]:
        for line in batch.to_pylist():
            fault = self.plain["faults"][line.pop("fault")]
            yield RowToFix(**fault | line)

    def firsts(self, count: int) -> Iterator[RowToFix]:
        """The first ``count`` lines of each fault: what ``write`` put down in one part for a fault
        is read at its beginning only."""
        if not self.plain["lines"]:
            return
        import pyarrow.parquet as pq  # what ranks kept results does without it

        with pq.ParquetFile(self._file) as kept:
            last = -1
            for part in range(kept.num_row_groups):
                fault = kept.metadata.row_group(part).column(0).statistics.min
                if fault != last:
                    last = fault
                    rows = kept.read_row_group(part, columns=COLUMNS).slice(0, count)
                    yield from self._lines(rows)


def counted(lines: Sequence[RowToFix], severity: str | None = None) -> int:
    """How many rows there are to correct, each once however many rules name it; of one severity
    alone, those that a fault so grave names."""
    if isinstance(lines, RowsToFix):
        rows = lines.plain["rows"]
        return int(rows.get(severity, 0) if severity else lines.plain["rows_total"])
    return len({(line.table, line.row) for line in lines if severity in (None, line.severity)})


def firsts(lines: Sequence[RowToFix], count: int) -> list[RowToFix]:
    """The first ``count`` lines of each fault, in their order."""
    if isinstance(lines, RowsToFix):
        return list(lines.firsts(count))
    seen: Counter[tuple[str, str, str]] = Counter()
    kept = []
    for one in lines:
        fault = (one.rule, one.table, one.column)
        seen[fault] += 1
        if seen[fault] <= count:
            kept.append(one)
    return kept


def of(finding: Finding, lines: Iterable[RowToFix], main: str) -> list[RowToFix]:
    """The lines that a finding names; ``main``: the name of the main table. What a rule says of
    rows as a whole has no column of its own."""
    table = "" if finding.table == main else finding.table
    return [
        one
        for one in lines
        if one.rule == finding.id
        and one.table == table
        and finding.column in (None, "", one.column)
    ]


def write(
    snapshot: Snapshot,
    screening: Screening,
    findings: Iterable[Finding],
    keys: list[str],
    target: Path,
    failed: Path | None = None,
    *,
    raw: bool = False,
) -> dict[str, Any]:
    """Write every line to ``target`` as Parquet; a fault on a row stands once, by the rule that
    names its cause. ``failed``: the file of ``FailedRows``.

    Gives ``faults`` (what the lines of each have in common), ``lines``, ``rows_total``, and
    ``rows`` by severity. ``raw``: values as they stand, for the owner alone; never for a report,
    never kept.
    """
    import pyarrow as pa  # what ranks kept results does without it
    import pyarrow.parquet as pq  # as above

    kinds = (pa.int32(), pa.int32(), pa.int8(), pa.int64(), pa.string(), pa.string())
    schema = pa.schema(list(zip(SCHEMA, kinds, strict=True)))
    faults, names = [], [table.name for table in snapshot.tables]
    with (
        databases.connect(spill=snapshot.folder / "spill") as connection,
        pq.ParquetWriter(target, schema) as writer,
    ):
        for number, finding in enumerate(_causes(findings)):
            table = snapshot.tables[names.index(finding.table or snapshot.main.name)]
            about = _About.of(snapshot, table, finding, keys)
            faults.append(about.said)
            fixed = [number, names.index(table.name), SEVERITIES.index(finding.severity)]
            marked = frozenset() if raw else screening.marked(table.name)
            rows = failed_rows.relation(finding, failed)
            for lines in about.lines(connection, snapshot, rows, marked, raw=raw):
                columns = zip(*([*fixed, *line] for line in lines), strict=True)
                arrays = [pa.array(c, kind) for c, kind in zip(columns, kinds, strict=True)]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        return {"faults": faults, **_counts(connection, target)}


def _counts(connection: DuckDBPyConnection, file: Path) -> dict[str, Any]:
    relation, distinct = databases.quoted(file), "count(distinct (in_table, row))"
    lines, rows = connection.execute(f"select count(*), {distinct} from {relation}").fetchall()[0]
    by_severity = connection.execute(
        f"select severity, {distinct} from {relation} group by severity order by severity"
    ).fetchall()
    return {
        "lines": int(lines),
        "rows_total": int(rows),
        "rows": {SEVERITIES[severity]: int(count) for severity, count in by_severity},
    }


@dataclass(frozen=True)
class _About:
    """What the lines of one fault have in common, and which columns of its table they show."""

    table: Table
    keys: list[str]
    columns: list[str]
    said: dict[str, Any]

    @classmethod
    def of(cls, snapshot: Snapshot, table: Table, finding: Finding, keys: list[str]) -> _About:
        columns = [finding.column] if finding.column else []
        if not columns and finding.dimension == "geography" and table.geometry:
            columns = list(table.geometry.columns)
        said = {
            "column": ", ".join(columns),
            "severity": finding.severity,
            "rule": finding.id,
            "message": finding.because,
            "fix": finding.fix,
            "table": table.name if table is not snapshot.main else "",
        }
        return cls(table, keys, columns, said)

    def lines(
        self,
        connection: DuckDBPyConnection,
        snapshot: Snapshot,
        rows: str,
        marked: frozenset[str],
        *,
        raw: bool,
    ) -> Iterator[list[tuple[int, str, str]]]:
        """Row, business key and cell, in parts; ``rows``: the relation of the rows."""
        wanted = [one for one in self.table.columns if one.name in {*self.keys, *self.columns}]
        texts = ", ".join(["r.source_row", *(f"t.{column.text}" for column in wanted)])
        query = (
            f"select {texts} from {rows} r left join"
            f" {databases.quoted(snapshot.parquet(self.table))} t using (source_row)"
            " order by r.source_row"
        )
        cursor = connection.execute(query)
        while part := cursor.fetchmany(READ):
            yield [self._line(line, wanted, marked, raw=raw) for line in part]

    def _line(
        self, line: tuple[Any, ...], wanted: list[Column], marked: frozenset[str], *, raw: bool
    ) -> tuple[int, str, str]:
        row, *texts = line
        shown = {
            column.name: (text or "") if raw else escaping.shown(text, marked=column.name in marked)
            for column, text in zip(wanted, texts, strict=True)
        }
        key = ", ".join(shown[name] for name in self.keys if shown.get(name))
        return int(row), key, ", ".join(shown.get(name, "") for name in self.columns)


def _causes(findings: Iterable[Finding]) -> list[Finding]:
    """The failed findings that name the cause of a fault and its rows, each as severe as the
    fault."""
    faults = [
        fault
        for fault in faults_of(findings)
        if fault.cause.rows and (fault.also or not fault.cause.special)
    ]
    return [
        replace(fault.cause, severity=fault.severity)
        for fault in faults
        if fault.cause.outcome == "failed"
    ]
