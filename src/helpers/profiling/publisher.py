"""Who publishes a file that no entry speaks of: the one municipality code or organisation number
that all its rows give."""

from __future__ import annotations

from helpers.declared.organisations import Organisation, of_code
from helpers.reading.snapshot import Snapshot

# Of the specifications: whose row it is. A measurement's kommunkod is only where it was made.
FIELDS = ("source", "kommun_id")


def publisher(snapshot: Snapshot, fields: dict[str, str]) -> Organisation | None:
    """None where no such field is there, or its rows differ. ``fields``: field of the specification
    -> header."""
    # imports DuckDB, which ranking kept results does without
    from helpers.reading import databases, missing

    header = next((fields[field] for field in FIELDS if field in fields), None)
    if header is None:
        return None
    cell = missing.present(snapshot.main.column(header).text)
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        codes = connection.execute(
            f"select distinct {cell} as code from {databases.quoted(snapshot.parquet())}"
            f" where {cell} is not null limit 2"
        ).fetchall()
    return of_code(str(codes[0][0])) if len(codes) == 1 else None
