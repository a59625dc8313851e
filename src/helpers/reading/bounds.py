"""What reading takes: bounds within which a process keeps inside 1 GiB, seen before a file is
opened or unfolded.

Each number was measured: the most that leaves reading, screening and checking within the bound,
with room to spare.
"""

from __future__ import annotations

from pathlib import Path

from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_COLUMNS = 1000
MAX_ROWS = 20_000_000
MAX_LINE = 16 << 20  # bytes: a boundary drawn in full may stand in one cell, a whole file may not
MAX_TEXT = 4 << 30  # bytes of all texts of a file that packs them
MAX_HELD = 100 << 20  # bytes of all texts of a file that is held in memory
MAX_TABLES = 300  # a sheet for each municipality
CHUNK = 1 << 22


def require_max_columns(columns: int, table: str) -> None:
    """Raises ``InputRefused`` for a table of more than 1,000 columns."""
    if columns > MAX_COLUMNS:
        raise InputRefused(
            "reading.too_wide", {"table": table, "columns": columns, "most": MAX_COLUMNS}
        )


def rows(count: int, name: SourceText) -> None:
    """Raises ``InputRefused`` for more than 20,000,000 rows."""
    if count > MAX_ROWS:
        raise InputRefused("reading.too_many_rows", {"file": name, "rows": count, "most": MAX_ROWS})


def tables(count: int, name: SourceText) -> None:
    """Raises ``InputRefused`` for more than 300 sheets."""
    if count > MAX_TABLES:
        raise InputRefused(
            "reading.too_many_tables", {"file": name, "tables": count, "most": MAX_TABLES}
        )


def text(size: int, name: SourceText, most: int | None = None) -> None:
    """Raises ``InputRefused`` for texts of more bytes in all, once unfolded; 4 GiB where no other
    bound is given."""
    most = MAX_TEXT if most is None else most
    if size > most:
        raise InputRefused(
            "reading.too_much_text", {"file": name, "megabytes": size >> 20, "most": most >> 20}
        )


def parsed(size: int, name: SourceText, most: int) -> None:
    """Raises ``InputRefused`` for a document that takes more bytes in memory, as estimated from its
    text."""
    if size > most:
        raise InputRefused(
            "reading.too_large_parsed", {"file": name, "megabytes": size >> 20, "most": most >> 20}
        )


def lines(path: Path, name: SourceText) -> None:
    """Raises ``InputRefused`` for a file with a line of more than 16 MiB; reads no further than its
    end."""
    if path.stat().st_size <= MAX_LINE:
        return
    length, before = 0, 0

    def check(more: int) -> None:
        if length + more > MAX_LINE:
            line = 1 + _ends(path, before)
            raise InputRefused(
                "reading.long_line", {"file": name, "line": line, "most": MAX_LINE >> 20}
            )

    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            # to the nearest end, not through a chunk that has none of the other kind
            first = chunk.find(b"\n")
            other = chunk.find(b"\r", 0, first if first >= 0 else None)
            check(other if other >= 0 else first if first >= 0 else len(chunk))
            last = chunk.rfind(b"\n")
            last = max(last, chunk.rfind(b"\r", last + 1))
            length = len(chunk) - 1 - last if last >= 0 else length + len(chunk)
            before += len(chunk)
            check(0)


def _ends(path: Path, most: int) -> int:
    """How many lines end among the first ``most`` bytes: by LF, by CR where there is no LF."""
    with path.open("rb") as stream:
        counts = {b"\n": 0, b"\r": 0}
        while chunk := stream.read(min(CHUNK, most - stream.tell())):
            for end in counts:
                counts[end] += chunk.count(end)
    return counts[b"\n"] or counts[b"\r"]
