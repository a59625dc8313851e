"""Who publishes a file that no entry speaks of: the one municipality code or organisation number
that all its rows give."""

from __future__ import annotations

from helpers.declared.organisations import Organisation, of_code
from helpers.reading.snapshot import Snapshot

FIELDS = (
    "source",
    "kommun_id",
)  # of the specifications: whose row it is. A measurement's kommunkod is only where it was made


def publisher(snapshot: Snapshot, fields: dict[str, str]) -> Organisation | None:
    """None where no such field is there, or its rows differ. ``fields``: field of the specification
    -> header."""
    from helpers.reading import (
        databases,  # imports DuckDB, which ranking kept results does without
        missing,
    )

    header = next((fields[one] for one in FIELDS if one in fields), None)
    if header is None:
        return None
    cell = missing.present(snapshot.main.column(header).text)
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        found = connection.execute(
            f"select distinct {cell} as code from {databases.quoted(snapshot.parquet())} where"
            f" {cell} is not null limit 2"
        ).fetchall()
    return of_code(str(found[0][0])) if len(found) == 1 else None
