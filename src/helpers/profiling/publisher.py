"""Who publishes a file that no entry speaks of: the one municipality code or organisation number
that all its rows give, else a guess by its name that its places bear out."""

from __future__ import annotations

from helpers.declared.organisations import Organisation, of_code, organisations
from helpers.reading.snapshot import Snapshot

# Of the specifications: whose row it is. A measurement's kommunkod is only where it was made.
FIELDS = ("source", "kommun_id")
MOST = 0.8  # of the places, in the area of whoever is guessed
PLACES = 5000  # looked at, whichever they are


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


def guessed(snapshot: Snapshot, named: Organisation) -> Organisation | None:
    """Whom the file's name begins with, if most of its places lie there; the county's region, if
    they lie in the county; None where they lie elsewhere."""
    codes = _municipalities(snapshot)
    if not codes or named.area is None:
        return named
    shares = {
        area: sum(code.startswith(area) for code in codes) / len(codes)
        for area in (named.area, named.area[:2])
    }
    if shares[named.area] >= MOST:
        return named
    if shares[named.area[:2]] < MOST:
        return None
    regions = (
        organisation for organisation in organisations().values() if organisation.kind == "region"
    )
    return next((region for region in regions if region.lanskod == named.area[:2]), None)


def _municipalities(snapshot: Snapshot) -> list[str]:
    """The municipality of each place, '' where it lies in none."""
    import numpy as np  # what ranks kept results does without it

    from helpers.ground import geography  # shapes of municipalities: 1 s
    from helpers.reading import databases  # DuckDB: 0.1 s

    placed = next((table for table in snapshot.tables if table.geometry), None)
    if placed is None:
        return []
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        spots = connection.execute(
            f"select lon, lat from {databases.quoted(snapshot.parquet(placed))}"
            " where lon is not null and lat is not null"
            f" order by hash(source_row) limit {PLACES}"
        ).fetchnumpy()
    lon, lat = (np.asarray(spots[axis], np.float64) for axis in ("lon", "lat"))
    return [code or "" for code in geography.codes_of(lon, lat)]
