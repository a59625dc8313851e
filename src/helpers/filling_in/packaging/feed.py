"""A timetable that goes out holds the files of the standard, with the cells that were read and
screened, and nothing else of what lay in the archive: no other file, no comment, no time.

Source: https://gtfs.org/documentation/schedule/reference/ (files at the top, UTF-8, commas).
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from helpers.reading import databases
from helpers.reading.snapshot import Snapshot, Table
from helpers.traffic import gtfs_reference


def write(snapshot: Snapshot, target: Path) -> list[Table]:
    """Write the feed to ``target``, which lies in a private folder; the tables that the reference
    does not know, which are left out.

    The bytes follow from the cells: the same feed gives the same file.
    """
    known = gtfs_reference.load().files
    left = [table for table in snapshot.tables if table.name not in known]
    part = target.with_suffix(".part")
    with (
        databases.connect() as con,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for table in snapshot.tables:
            if table.name in known:
                cells = ", ".join(
                    f"{databases.named(column.text)} as {databases.named(column.name)}"
                    for column in table.columns
                )
                rows = f"read_parquet({databases.quoted(snapshot.parquet(table))})"
                con.execute(
                    f"copy (select {cells} from {rows} order by source_row)"
                    f" to {databases.quoted(part)} (format csv, header, delimiter ',')"
                )
                entry = zipfile.ZipInfo(f"{table.name}.txt")  # of 1980, as every time
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as out, part.open("rb") as read:
                    while block := read.read(1 << 20):
                        out.write(block)
                part.unlink()
    return left
