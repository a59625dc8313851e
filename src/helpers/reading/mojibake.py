"""Text that was once read in the wrong encoding (``RÃ¥dhus``), repaired with ftfy; text that is
lost (``R\ufffddhus``), told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair

SUSPECT = "Ã|Â|â€|√|├"
LOST = "\ufffd"
UNSEEN = "\u200b\u2060\ufeff"  # blanks without width
# Letters of DOS (cp850) and of an old Mac that were taken for Windows-1252: what they became, and
# the words that prove it, as no language writes them so.
LETTER = "[a-zåäöA-ZÅÄÖé]"
DOS, MAC = str.maketrans("†„”\x8fŽ™", "åäöÅÄÖ"), str.maketrans("ŒŠš\x81€…", "åäöÅÄÖ")
# A dagger may be a hard blank of an old Mac too, but no word ends in omr and none begins in ng.
DAGGER = "[a-zåäö][bdfgkmpt]r†[a-zåäö]|[gvhGVH]†rd|[a-zåäö]?[lL]†ng|[sS]m†[a-zåäö]"
DOS_WORD = f"[a-zåäö][„”][a-zåäö]|{DAGGER}"
MAC_WORD = "[a-zåäö][ŒŠ][a-zåäö]|(?:^| )Œ[b-df-tv-z]"
OLD = f"{DOS_WORD}|{MAC_WORD}"
MOST = 200_000  # different texts looked at in one column
LONGEST = 4000  # bytes of a text that is mended
BATCH_CELLS = 1_000_000
_suspect = re.compile(SUSPECT)
_old = re.compile(OLD)
_dos_word, _mac_word = re.compile(DOS_WORD), re.compile(MAC_WORD)
_dos_mark = re.compile(f"(?<={LETTER})[†„”\x8fŽ™]|[†„”\x8fŽ™](?={LETTER})")
_mac_mark = re.compile(f"(?<={LETTER})[ŒŠš\x81€…]|[ŒŠš\x81€…](?={LETTER})")
_closing = re.compile(r"[^\W\d_.!?]”(?![a-zåäöA-ZÅÄÖ])")
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
    >>> mended("„lgv„gen"), mended("omrŒde"), mended("Han sade ”hej” igen")
    ('älgvägen', 'område', 'Han sade ”hej” igen')
    >>> mended("friluftsomr†de"), mended("Council†Tax"), mended("skatt†12")
    ('friluftsområde', 'Council†Tax', 'skatt†12')
    """
    if _old.search(text):
        return _of_old(text)
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


def _of_old(text: str, *, proved: bool = False) -> str:
    """A text with letters of DOS or of an old Mac; ``proved``: others in the file have those of
    DOS, so that one alone is enough."""
    if _dos_word.search(text):
        quoted = "„" not in text and "†" not in text and _closing.search(text)
        return text if quoted else _dos_mark.sub(lambda mark: mark[0].translate(DOS), text)
    if _mac_word.search(text):
        return _mac_mark.sub(lambda mark: mark[0].translate(MAC), text)
    if proved and sum(text.count(mark) for mark in "†„”") == 1:
        return _dos_mark.sub(lambda mark: mark[0].translate(DOS), text)
    return text


def may_be(texts: bytes) -> bool:
    """False where ``mend`` has nothing to look for in texts, by the bytes of UTF-8 that each of the
    letters that it looks for begins with; of Ã and Â the second, for Swedish ones have the first.

    >>> may_be("Rådhus, café".encode()), may_be("RÃ¥dhus".encode()), may_be("10 – 12".encode())
    (False, True, True)
    """
    return any(byte in texts for byte in b"\xc5\xe2\xef\x82\x83")


def mend(
    connection: duckdb.DuckDBPyConnection, relation: str, names: list[str], folder: Path
) -> tuple[str, list[Repair]]:
    """``relation`` with repaired cells, and what was repaired, is lost or is not seen, with rows;
    ``names`` are those of its columns."""
    columns = [f"t{i}" for i in range(len(names))]
    repairs: list[Repair] = []
    every = f"{SUSPECT}|{OLD}|[†„”{UNSEEN}]"
    # all that is looked for holds a letter of several bytes
    foreign = _which(connection, relation, columns, "strlen({0}) <> length({0})")
    odd = _with(connection, relation, foreign, every)
    dos = bool(_with(connection, relation, odd, DOS_WORD))
    looked_for = f"{SUSPECT}|{OLD}" + ("|[†„”]" if dos else "")
    suspect = _with(connection, relation, odd, looked_for)
    if suspect:
        raw = folder / "mojibake.raw.parquet"
        databases.write(connection, f"from {relation}", raw, len(names))
        relation = f"(from {databases.quoted(raw)})"
        fixes = {
            column: fixed
            for column in suspect
            if (fixed := _fixes(connection, relation, column, looked_for, dos))
        }
        if fixes:
            whole = folder / "mended.raw.parquet"
            repairs.append(_rewritten(raw, fixes, whole))
            relation = f"(from {databases.quoted(whole)})"
    lost = [f"contains({column}, '{LOST}')" for column in foreign]
    repairs.append(_told(connection, relation, "replacement_character", lost))
    daggers = [rf"regexp_matches({column}, '\w† ?\w')" for column in odd]
    repairs.append(_told(connection, relation, "suspect_blanks", daggers))
    for column in _with(connection, relation, odd, f"[{UNSEEN}]"):
        where = [f"regexp_matches({column}, '[{UNSEEN}]')"]
        told = _told(connection, relation, "unseen_signs", where)
        repairs.append(replace(told, column=names[columns.index(column)]))
    return relation, [repair for repair in repairs if repair.count]


def _with(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str], pattern: str
) -> list[str]:
    """The columns of which a cell matches a pattern."""
    return _which(connection, relation, columns, f"regexp_matches({{0}}, '{pattern}')")


def _which(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str], condition: str
) -> list[str]:
    """The columns of which a cell meets a condition, of ``{0}``."""
    if not columns:
        return []
    parts = [f"bool_or({condition.format(column)})" for column in columns]
    found = databases.aggregate(connection, parts, relation)
    return [column for column, is_so in zip(columns, found, strict=True) if is_so]


def _fixes(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    column: str,
    pattern: str,
    dos: bool,
) -> dict[str, str]:
    """The column's broken texts, each with what it is mended to."""
    rows = connection.execute(
        f"select distinct {column} from {relation} where regexp_matches({column}, '{pattern}') "
        f"and strlen({column}) <= {LONGEST} limit {MOST}"
    ).fetchall()
    whole = {text: mended(text) for (text,) in rows}
    if dos:
        whole = {
            text: _of_old(text, proved=True) if better == text else better
            for text, better in whole.items()
        }
    return {text: better for text, better in whole.items() if better != text}


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
    if not where:
        return Repair(code, 0)
    counted = connection.execute(f"select count(*) from {relation} where {where}").fetchone()
    if not counted or not counted[0]:
        return Repair(code, 0)
    rows = connection.execute(
        f"select source_row from {relation} where {where} order by 1 limit {MAX_ROWS_LISTED}"
    ).fetchall()
    return Repair(code, int(counted[0]), [int(row[0]) for row in rows])
