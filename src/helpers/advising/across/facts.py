"""What is kept of one table to compare it with others: keyed hashes and row numbers; no name, no
number.

Of invoices: each pair of supplier's name and number, with its first rows. Only rows with a legal
person's number are taken (first digit 2-8, third digit 2 or more: no sole trader, estate or
partnership, whose numbers or names may be a person's), and no row whose name or number is masked or
marked as personal data. Of places and art: name and position of each row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

if TYPE_CHECKING:
    import duckdb

SUPPLIERS = frozenset({"leverantorsfakturor"})
OBJECTS = frozenset({"platsinformation", "offentlig_konst"})
ROWS_KEPT = 20  # of each pair of name and number
MOST = 50_000  # pairs or objects; a table of more is not compared
LEGAL = r"^(?:SE)?(?:16)?([2-8]\d[2-9]\d{3}-?\d{4})(?:01)?$"
WORDS = ("ab", "aktiebolag", "aktiebolaget", "publ")


def folded(cell: str) -> str:
    """SQL: a name without case, blanks, punctuation and the form of company; its accents stay. Null
    where nothing is left."""
    lowered = f"lower(nfc_normalize({cell}))"
    spaced = f"regexp_replace({lowered}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')"
    words = f"string_split(trim({spaced}), ' ')"
    company_forms = ", ".join(f"'{word}'" for word in WORDS)
    kept = f"list_filter({words}, lambda word: word not in ({company_forms}))"
    return f"nullif(array_to_string({kept}, ''), '')"


def number(cell: str) -> str:
    """SQL: the ten digits of a legal person's organisation number, with or without 16, SE...01 and
    hyphen; else null."""
    digits = f"regexp_extract(upper(regexp_replace({cell}, '\\s', '', 'g')), '{LEGAL}', 1)"
    return f"nullif(replace({digits}, '-', ''), '')"


def _unmarked(screening: Screening, table: str, columns: list[str], *, whole: bool) -> str:
    """SQL: rows where none of the columns is marked; no row at all where ``whole`` and not every
    marked row is known."""
    marks = [
        mark
        for mark in screening.marks
        if mark.table == table and mark.column in columns and mark.hidden
    ]
    if whole and any(mark.count > len(mark.rows) for mark in marks):
        return "false"
    rows = sorted({row for mark in marks for row in mark.rows})
    return f"source_row not in ({', '.join(map(str, rows))})" if rows else "true"


def facts(
    snapshot: Snapshot, fields: dict[str, str], screening: Screening, type: str, secret: str
) -> dict[str, Any]:
    """``{"pairs": [[name, number, rows, total], ...]}`` or ``{"objects": [[row, name, x, y],
    ...]}`` (EPSG:3006, metres).

    With ``left_out``, rows that are not compared, and ``too_many`` where the table has more than is
    kept. Empty for other types and where a column is not there. ``secret`` is hexadecimal and keys
    the hashes.
    """
    if type in SUPPLIERS and {"leverantor", "leverantor_id"} <= set(fields):
        return _suppliers(snapshot, fields, screening, secret)
    if (
        type in OBJECTS
        and "name" in fields
        and snapshot.main.geometry
        and snapshot.format != "gtfs"
    ):
        return _objects(snapshot, fields, screening, secret)
    return {}


def _make_keyed(
    connection: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    fields: dict[str, str],
    screening: Screening,
) -> None:
    """The temporary table ``keyed``: each pair of folded name and number (``own``), whether it may
    be taken (``fine``), its first rows and how many they are."""
    from helpers.reading import databases, missing  # DuckDB: 0.1 s

    table, columns = snapshot.main, [fields["leverantor"], fields["leverantor_id"]]
    name, supplier_id = (missing.present(table.column(column).text) for column in columns)
    fine = _unmarked(screening, table.name, columns, whole=False)
    # distinct first: the hashes of a million rows are those of some thousand suppliers
    connection.execute(
        f"""
        create temp table grouped as
        select
            {name} as name,
            {supplier_id} as own,
            ({fine}) as fine,
            min(source_row, {ROWS_KEPT}) as rows,
            count(*) as total
        from {databases.quoted(snapshot.parquet())}
        group by all
        """
    )
    connection.execute(
        f"""
        create temp table keyed as
        select {folded("name")} as name, {number("own")} as own, fine, rows, total
        from grouped
        """
    )


def _suppliers(
    snapshot: Snapshot, fields: dict[str, str], screening: Screening, secret: str
) -> dict[str, Any]:
    from helpers.checking.deliveries import hashed  # DuckDB: 0.1 s
    from helpers.reading import databases  # DuckDB: 0.1 s

    with databases.connect(spill=snapshot.folder / "spill") as connection:
        _make_keyed(connection, snapshot, fields, screening)
        compared = "fine and name is not null and own is not null"
        pairs = connection.execute(
            f"""
            select
                {hashed("name", secret)} as one,
                {hashed("own", secret)} as other,
                list_slice(list_sort(flatten(list(rows))), 1, {ROWS_KEPT}),
                sum(total)::bigint
            from keyed
            where {compared}
            group by all
            order by one, other
            limit {MOST + 1}
            """
        ).fetchall()
        left_out = connection.execute(
            f"""
            select coalesce(sum(total), 0)::bigint
            from keyed
            where not coalesce({compared}, false)
            """
        ).fetchone()
    assert left_out is not None
    if len(pairs) > MOST:
        return {"too_many": True}
    return {"pairs": [list(pair) for pair in pairs], "left_out": left_out[0]}


def _objects(
    snapshot: Snapshot, fields: dict[str, str], screening: Screening, secret: str
) -> dict[str, Any]:
    import numpy as np  # 0.2 s
    from pyproj import Transformer  # 0.2 s

    from helpers.checking.deliveries import hashed  # DuckDB: 0.1 s
    from helpers.reading import databases, missing  # DuckDB: 0.1 s

    table = snapshot.main
    if table.rows > MOST:
        return {"too_many": True}
    name = folded(missing.present(table.column(fields["name"]).text))
    fine = _unmarked(screening, table.name, [fields["name"]], whole=True)
    with databases.connect() as connection:
        objects = connection.execute(
            f"""
            select source_row, {hashed("name", secret)}, lon, lat
            from (
                select source_row, {name} as name, lon, lat
                from {databases.quoted(snapshot.parquet())}
                where {fine}
            )
            where name is not null and isfinite(lon) and isfinite(lat)
            order by source_row
            """
        ).fetchall()
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    x, y = to_metres.transform([row[2] for row in objects], [row[3] for row in objects])
    kept = [
        [row, key, round(float(east), 1), round(float(north), 1)]
        for (row, key, _, _), east, north in zip(objects, x, y, strict=True)
        if np.isfinite(east) and np.isfinite(north)
    ]
    return {"objects": kept, "left_out": table.rows - len(kept)}
