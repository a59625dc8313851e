"""The shapes of a column's texts: with 9 for each digit, and told to somebody with A for each
letter, 40 characters at most."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.reading import databases
from helpers.words import escaping

if TYPE_CHECKING:
    import duckdb

PATTERNS = 10
MANY = 50_000  # different texts, of which Arrow's bytes are turned in a fifth of DuckDB's time
HELD = 500_000  # texts at a time
NINES = bytes.maketrans(b"012345678", b"9" * 9)
DIGITS = "translate({0}, '0123456789', '9999999999')"
# Of a text whose digits are 9 already, the same shape as escaping.shape: letters A, at most 40
# characters.
SHAPE = "left(regexp_replace({0}, '\\p{{L}}', 'A', 'g'), 40)"


def of_few(con: duckdb.DuckDBPyConnection) -> None:
    """Make ``shapes`` (d: with 9 for each digit, n, k: how many different texts) of ``counted``
    (c, n)."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE shapes AS
        SELECT {DIGITS.format("c")} AS d, sum(n)::bigint AS n, count(*) AS k
        FROM counted
        GROUP BY d""")


def make(con: duckdb.DuckDBPyConnection, different: int, folder: Path) -> None:
    """The same, of so many ``different`` texts; ``folder``: where many wait."""
    if different <= MANY:
        of_few(con)
        return
    import pyarrow.parquet as pq  # 0.2 s

    con.execute("CREATE OR REPLACE TEMP TABLE turned (d varchar, n bigint, k bigint)")
    last = con.execute("SELECT max(rowid) FROM counted").fetchone()
    for start in range(0, last[0] + 1 if last else 0, HELD):
        page = con.execute(
            f"SELECT c, n FROM counted WHERE rowid >= {start} AND rowid < {start + HELD}"
        ).to_arrow_table()
        for batch in page.to_batches():
            # by a file: of Arrow's own tables DuckDB imports pandas
            file = databases.aside(folder, "shapes")
            pq.write_table(_turned(*batch.columns), file)
            con.execute(f"INSERT INTO turned FROM {databases.quoted(file)}")
            file.unlink()
    con.execute("""
        CREATE OR REPLACE TEMP TABLE shapes AS
        SELECT d, sum(n)::bigint AS n, sum(k)::bigint AS k FROM turned GROUP BY d""")
    con.execute("DROP TABLE turned")


def _turned(texts: Any, counts: Any) -> Any:
    """The different ``texts`` with 9 for each digit (in UTF-8 no other letter holds the byte of
    one), the sums of their ``counts``, and how many there were of each."""
    import numpy as np  # 0.1 s: small tables are profiled without it
    import pyarrow as pa  # 0.2 s

    def numbers(array: Any) -> Any:  # without pandas, which Arrow would import
        return pa.Array.from_buffers(pa.int64(), len(array), [None, pa.py_buffer(array)])

    _, ends, letters = texts.buffers()
    nines = pa.py_buffer(letters.to_pybytes().translate(NINES))
    turned = pa.StringArray.from_buffers(len(texts), ends, nines, offset=texts.offset)
    encoded = turned.dictionary_encode()
    which, many = np.frombuffer(encoded.indices.buffers()[1], np.int32), len(encoded.dictionary)
    cells = np.zeros(many, np.int64)
    counted = np.frombuffer(counts.buffers()[1], np.int64)[counts.offset :][: len(counts)]
    np.add.at(cells, which, counted)
    different = np.bincount(which, minlength=many)
    return pa.table([encoded.dictionary, numbers(cells), numbers(different)], ["d", "n", "k"])


def commonest(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The commonest of the ``shapes``, letters told apart from other signs only."""
    patterns = con.execute(f"""
        SELECT {SHAPE.format("d")} AS s, sum(n)::bigint AS n
        FROM shapes
        GROUP BY s
        ORDER BY n DESC, s
        LIMIT {PATTERNS}""").fetchall()
    return [{"shape": escaping.shape(shape), "count": count} for shape, count in patterns]
