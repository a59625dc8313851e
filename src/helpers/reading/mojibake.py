"""Text that was once read in the wrong encoding (``RÃ¥dhus``), repaired with ftfy; text that is
lost (``R\ufffddhus``), told."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair

SUSPECT = "Ã|Â|â€|√|├"
LOST = "\ufffd"
MOST = 200_000  # different texts looked at in one column
LONGEST = 4000  # bytes of a text that is mended
BATCH_CELLS = 1_000_000
_suspect = re.compile(SUSPECT)
# Two characters that a Swedish letter's UTF-8 becomes in the wrong encoding, and that Swedish never
# writes: proof enough in a single word, where ftfy wants more of them.
_PAIRS = {
    wrong: re.compile("|".join(re.escape(letter.encode().decode(wrong)) for letter in "åäöÅÄÖéÉüÜ"))
    for wrong in ("cp1252", "mac-roman", "cp437")
}


def mended(text: str) -> str:
    """The text as it was before it was read in the wrong encoding; the same where nothing says that
    it was.

    >>> mended("RÃ¥dhus"), mended("HÃ¥bo; Ã–ster"), mended("Rådhus")
    ('Rådhus', 'Håbo; Öster', 'Rådhus')
    """
    if not _suspect.search(text):
        return text
    for wrong, pairs in _PAIRS.items():
        if pairs.search(text):
            try:
                return text.encode(wrong).decode()
            except UnicodeError:  # only part of the text went wrong
                return pairs.sub(lambda pair, wrong=wrong: pair[0].encode(wrong).decode(), text)  # type: ignore[misc]
    import ftfy  # 0.1 s

    return ftfy.fix_encoding(text)


def mend(
    connection: duckdb.DuckDBPyConnection, relation: str, width: int, folder: Path
) -> tuple[str, list[Repair]]:
    """``relation`` with repaired cells, and what was repaired or is lost, with rows."""
    columns = [f"t{i}" for i in range(width)]
    repairs = []
    parts = [f"bool_or(regexp_matches({column}, '{SUSPECT}'))" for column in columns]
    suspect = [
        column
        for column, is_so in zip(
            columns, databases.aggregate(connection, parts, relation), strict=True
        )
        if is_so
    ]
    if suspect:
        raw = folder / "mojibake.raw.parquet"
        databases.write(connection, f"from {relation}", raw, width)
        relation = f"(from {databases.quoted(raw)})"
        fixes = {
            column: fixed for column in suspect if (fixed := _fixes(connection, relation, column))
        }
        if fixes:
            whole = folder / "mended.raw.parquet"
            repairs.append(_rewritten(raw, fixes, whole))
            relation = f"(from {databases.quoted(whole)})"
    lost = [f"contains({column}, '{LOST}')" for column in columns]
    repairs.append(_told(connection, relation, "replacement_character", lost))
    daggers = [rf"regexp_matches({column}, '\w† ?\w')" for column in columns]
    repairs.append(_told(connection, relation, "suspect_blanks", daggers))
    return relation, [repair for repair in repairs if repair.count]


def _fixes(connection: duckdb.DuckDBPyConnection, relation: str, column: str) -> dict[str, str]:
    """The column's broken texts, each with what it is mended to."""
    rows = connection.execute(
        f"select distinct {column} from {relation} where regexp_matches({column}, '{SUSPECT}') "
        f"and strlen({column}) <= {LONGEST} limit {MOST}"
    ).fetchall()
    return {text: better for (text,) in rows if (better := mended(text)) != text}


def _rewritten(raw: Path, fixes: dict[str, dict[str, str]], target: Path) -> Repair:
    """Write ``raw`` with its broken texts mended to ``target``, in batches. DuckDB would join with
    each column's texts."""
    sets = {
        column: (pa.array(texts, pa.string()), pa.array(texts.values(), pa.string()))
        for column, texts in fixes.items()
    }
    rows: list[int] = []
    count = 0
    file = pq.ParquetFile(raw)
    with pq.ParquetWriter(target, file.schema_arrow) as writer:
        for batch in file.iter_batches(BATCH_CELLS // file.metadata.num_columns + 1):
            touched = pa.array([False] * len(batch))
            for column, (broken, whole) in sets.items():
                cells = batch[column]
                positions = pc.index_in(cells, broken)
                touched = pc.or_(touched, pc.is_valid(positions))
                batch = batch.set_column(
                    batch.schema.get_field_index(column),
                    column,
                    pc.coalesce(whole.take(positions), cells),
                )
            count += pc.sum(touched).as_py() or 0
            if len(rows) < MAX_ROWS_LISTED:
                rows += batch["source_row"].filter(touched).to_pylist()
            writer.write_batch(batch)
    return Repair("mojibake", count, rows[:MAX_ROWS_LISTED])


def _told(
    connection: duckdb.DuckDBPyConnection, relation: str, code: str, conditions: list[str]
) -> Repair:
    where = " or ".join(conditions)
    counted = connection.execute(f"select count(*) from {relation} where {where}").fetchone()
    if not counted or not counted[0]:
        return Repair(code, 0)
    rows = connection.execute(
        f"select source_row from {relation} where {where} order by 1 limit {MAX_ROWS_LISTED}"
    ).fetchall()
    return Repair(code, int(counted[0]), [int(row[0]) for row in rows])
