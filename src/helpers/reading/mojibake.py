"""Text that was once read in the wrong encoding (``RÃ¥dhus``), repaired with ftfy; text that is lost (``R\ufffddhus``), told."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair

SUSPECT = "Ã|Â|â€|√|├"
LOST = "\ufffd"
MOST = 200_000  # different texts looked at in one column
_suspect = re.compile(SUSPECT)
# Two characters that a Swedish letter's UTF-8 becomes in the wrong encoding, and that Swedish never writes: proof enough
# in a single word, where ftfy wants more of them.
_PAIRS = {
    wrong: re.compile("|".join(re.escape(letter.encode().decode(wrong)) for letter in "åäöÅÄÖéÉüÜ"))
    for wrong in ("cp1252", "mac-roman", "cp437")
}


def mended(text: str) -> str:
    """The text as it was before it was read in the wrong encoding; the same where nothing says that it was.

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
    import ftfy

    return ftfy.fix_encoding(text)


def mend(connection: duckdb.DuckDBPyConnection, relation: str, width: int, folder: Path) -> tuple[str, list[Repair]]:
    """``relation`` with repaired cells, and what was repaired or is lost, with rows."""
    columns = [f"t{i}" for i in range(width)]
    fixes: dict[str, str] = {}
    for column in columns:
        found = connection.execute(
            f"select distinct {column} from {relation} where regexp_matches({column}, '{SUSPECT}') limit {MOST}"
        ).fetchall()
        fixes |= {text: better for (text,) in found if (better := mended(text)) != text}
    repairs = []
    if fixes:
        side = folder / "mojibake.raw.parquet"
        pq.write_table(pa.table({"broken": list(fixes), "whole": list(fixes.values())}), side)
        connection.execute(f"create or replace temp table mojibake as from {databases.quoted(side)}")
        repairs.append(
            _told(connection, relation, "mojibake", [f"{c} in (select broken from mojibake)" for c in columns])
        )
        cells = ", ".join(f"coalesce((select whole from mojibake where broken = {c}), {c}) as {c}" for c in columns)
        relation = f"(select source_row, {cells} from {relation} order by source_row)"
    repairs.append(_told(connection, relation, "replacement_character", [f"contains({c}, '{LOST}')" for c in columns]))
    daggers = [rf"regexp_matches({c}, '\w† ?\w')" for c in columns]
    repairs.append(_told(connection, relation, "suspect_blanks", daggers))
    return relation, [one for one in repairs if one.count]


def _told(connection: duckdb.DuckDBPyConnection, relation: str, code: str, conditions: list[str]) -> Repair:
    where = " or ".join(conditions)
    rows = connection.execute(f"select source_row from {relation} where {where} order by 1").fetchall()
    return Repair(code, len(rows), [int(row[0]) for row in rows[:MAX_ROWS_LISTED]])
