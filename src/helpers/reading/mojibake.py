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
# Swedish letters of MS-DOS (cp850) and of old Macs that were read as Windows-1252: what proves it
# of a table, for no word has such a sign inside it, and what each sign was.
PROOFS = {"dos": "[a-zåäö][„”][a-zåäö]", "mac": "[a-zåäö][ŒŠ][a-zåäö]"}
LETTERS = {
    "dos": {"†": "å", "„": "ä", "”": "ö", "\x8f": "Å", "Ž": "Ä", "™": "Ö", "‚": "é"},
    "mac": {"Œ": "å", "Š": "ä", "š": "ö", "\x81": "Å", "€": "Ä", "…": "Ö", "Ž": "é"},
}
QUOTED = re.compile(r"(?<!\w)„[^„”“]*[”“](?!\w)")  # „so“: the signs are themselves
INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
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


def as_letters(text: str, wrong: str) -> str:
    """The text with the Swedish letters that its signs were, in a table that is proved to be
    ``wrong``.

    >>> as_letters("„lgv„gen", "dos"), as_letters("”ppet", "dos"), as_letters("„Bad”", "dos")
    ('älgvägen', 'öppet', '„Bad”')
    """
    if QUOTED.search(text):
        return text
    letters = LETTERS[wrong]
    signs = re.escape("".join(letters))
    # a capital stands first in a word, and every letter beside another
    beside = re.compile(rf"(?<=[A-Za-zÅÄÖåäö])[{signs}]|[{signs}](?=[A-Za-zÅÄÖåäö{signs}])")
    return beside.sub(lambda sign: letters[sign[0]], text)


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
    relation, repair = _mended_letters(connection, relation, columns, folder)
    repairs += repair
    repairs += _invisible(connection, relation, columns)
    lost = [f"contains({column}, '{LOST}')" for column in columns]
    repairs.append(_told(connection, relation, "replacement_character", lost))
    daggers = [rf"regexp_matches({column}, '\w† ?\w')" for column in columns]
    repairs.append(_told(connection, relation, "suspect_blanks", daggers))
    return relation, [repair for repair in repairs if repair.count]


def _mended_letters(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str], folder: Path
) -> tuple[str, list[Repair]]:
    """``relation`` with the letters of MS-DOS or old Macs, where any word proves that it has
    them."""
    parts = [
        f"bool_or(regexp_matches({column}, '{proof}'))"
        for proof in PROOFS.values()
        for column in columns
    ]
    proved = databases.aggregate(connection, parts, relation)
    repairs = []
    for place, wrong in enumerate(PROOFS):
        if not any(proved[place * len(columns) : (place + 1) * len(columns)]):
            continue
        raw, whole = folder / f"{wrong}.raw.parquet", folder / f"{wrong}.whole.raw.parquet"
        databases.write(connection, f"from {relation}", raw, len(columns))
        signs = "|".join(LETTERS[wrong])
        fixes: dict[str, dict[str, str]] = {}
        for column in columns:
            rows = connection.execute(
                f"select distinct {column} from {databases.quoted(raw)}"
                f" where regexp_matches({column}, '{signs}') and strlen({column}) <= {LONGEST}"
                f" limit {MOST}"
            ).fetchall()
            fixed = {old: new for (old,) in rows if (new := as_letters(old, wrong)) != old}
            fixes |= {column: fixed} if fixed else {}
        repairs.append(_rewritten(raw, fixes, whole))
        relation = f"(from {databases.quoted(whole)})"
    return relation, repairs


def _invisible(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str]
) -> list[Repair]:
    """Characters that nobody sees and every comparison meets, column by column."""
    conditions = [f"regexp_matches({column}, '{INVISIBLE}')" for column in columns]
    told = _told(connection, relation, "invisible_characters", conditions)
    return [told] if told.count else []


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
