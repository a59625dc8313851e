"""A timetable that goes out holds the files of the standard, with the cells that were read and
screened, and nothing else of what lay in the archive: no other file, no comment, no time.

Source: https://gtfs.org/documentation/schedule/reference/ (files at the top, UTF-8, commas).
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from helpers.reading import databases
from helpers.reading.snapshot import Snapshot, Table
from helpers.traffic import gtfs_reference
from helpers.words.files import writing


def write(snapshot: Snapshot, target: Path) -> list[str]:
    """Write the feed to ``target``, which lies in a private folder; the names of the
    tables that the reference does not know, which are left out.

    The bytes follow from the cells: the same feed gives the same file.
    """
    known = gtfs_reference.load().files
    with (
        databases.connect() as con,
        writing.aside(target) as aside,
        zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as part,
    ):
        for table in snapshot.tables:
            if table.name in known:
                cells = target.with_suffix(".csv")
                con.execute(_copied(snapshot, table, cells))
                entry = zipfile.ZipInfo(f"{table.name}.txt")  # of 1980, as every time
                entry.compress_type = zipfile.ZIP_DEFLATED
                with part.open(entry, "w", force_zip64=True) as out, cells.open("rb") as read:
                    shutil.copyfileobj(read, out)
                cells.unlink()
    return [table.name for table in snapshot.tables if table.name not in known]


def _copied(snapshot: Snapshot, table: Table, target: Path) -> str:
    """The statement that writes a table's cells, as they were read, as CSV."""
    cells = ", ".join(
        f"{databases.named(column.text)} as {databases.named(column.name)}"
        for column in table.columns
    )
    source = databases.quoted(snapshot.parquet(table))
    return (
        f"copy (select {cells} from read_parquet({source}) order by source_row)"
        f" to {databases.quoted(target)} (format csv, header, delimiter ',')"
    )
