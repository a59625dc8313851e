"""Every row of the faults that have more than a finding lists, in one Parquet file beside the
findings: ``rule, table, column, source_row``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from helpers.checking.findings import MAX_ROWS, Finding
from helpers.reading import databases

Key = tuple[str, str, str]  # rule, table, column ('' where it is about rows)
COLUMNS = ("rule", "table", "column", "source_row")


def key_of(finding: Finding) -> Key:
    """What tells the finding from the others of its dataset."""
    return finding.id, finding.table, finding.column or ""


def listed_whole(finding: Finding) -> bool:
    """True where the finding itself lists all its rows."""
    return len(finding.rows) >= finding.rows_total


def named(key: Key) -> str:
    """What names the finding, as columns in SQL."""
    texts = (databases.quoted(text) for text in key)
    return ", ".join(f'{text} as "{name}"' for text, name in zip(texts, COLUMNS, strict=False))


class FailedRows:
    """Collects them while a dataset is checked; ``finish`` writes them to ``target``."""

    def __init__(self, target: Path, folder: Path) -> None:
        self.target, self._folder = target, folder
        self._parts: list[Path] = []

    def of_files(self, parts: Iterable[Path]) -> None:
        """Parquet files of the rows of faults, with the columns that name each (``named``)."""
        self._parts += parts

    def of_list(self, key: Key, rows: list[int]) -> None:
        """The rows that a rule about the source as a whole names."""
        if len(rows) > MAX_ROWS:
            import pyarrow as pa  # what ranks kept results does without it
            import pyarrow.parquet as pq  # as above

            names = zip(COLUMNS, key, strict=False)
            texts = {name: pa.repeat(text, len(rows)) for name, text in names}
            table = pa.table(texts | {"source_row": pa.array(rows, pa.int64())})
            file = self._folder / f"failed_{len(self._parts)}.parquet"
            pq.write_table(table, file)
            self._parts.append(file)

    def finish(self) -> None:
        """One file of all; of no rows where no fault has too many."""
        if len(self._parts) == 1:
            shutil.move(self._parts[0], self.target)
            return
        files = ", ".join(map(databases.quoted, self._parts))
        nothing = "select '' as rule, '' as \"table\", '' as \"column\", 0::bigint as source_row"
        query = f"from read_parquet([{files}])" if files else f"{nothing} where false"
        with databases.connect() as connection:
            databases.write(connection, query, self.target, len(COLUMNS))


def relation(finding: Finding, failed: Path | None) -> str:
    """SQL of the finding's rows as ``source_row``: as it lists them, or all from the file."""
    if failed is None or listed_whole(finding):
        return f"(select unnest({finding.rows}::bigint[]) as source_row)"
    where = " and ".join(
        f'"{name}" = {databases.quoted(text)}'
        for name, text in zip(COLUMNS, key_of(finding), strict=False)
    )
    return f"(select source_row from {databases.quoted(failed)} where {where})"
