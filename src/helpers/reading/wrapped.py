"""Lines that are one quoted cell each, with the delimiters within: what Excel writes of a CSV that
was opened as one column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers.reading import layout, scanning
from helpers.reading.encoding import Encoding
from helpers.reading.scanning import Scan
from helpers.words.source_text import SourceText

LINE = re.compile(r'"((?:[^"]|"")*)"[;,\t]*')
LOOKED_AT = 50


def unwrapped(scan: Scan, folder: Path, name: SourceText) -> Scan | None:
    """The scan of the same lines without the quotes around each, written to ``folder``; None where
    a line is not so."""
    if scan.quotes < 2 * (scan.records - scan.blank):
        return None
    lines = _lines(scan.text)
    first = [_inner(line) for line, _ in zip(lines, range(LOOKED_AT), strict=False)]
    plain = [line for line in first if line]
    if len(plain) < 2 or None in first:
        return None
    text = "\n".join(plain)
    delimiter = layout.delimiter_of(text)
    widths = {len(cells) for cells in layout.parse(text, delimiter)}
    if len(widths) > 1 or widths == {1}:
        return None
    target = folder / "unwrapped.csv"
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for line in _lines(scan.text):
            cell = _inner(line)
            if cell is None:
                return None
            out.write(cell + "\n")
    plain_scan = scanning.scan(target, Encoding("utf-8", 0, proved=True), target, name)
    return replace(
        plain_scan,
        encoding=scan.encoding,
        line_ends=scan.line_ends,
        nulls=scan.nulls,
        damaged=scan.damaged,
        mixed=scan.mixed,
        mixed_rows=scan.mixed_rows,
    )


def _lines(path: Path) -> Iterator[str]:
    with path.open("r", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _inner(line: str) -> str | None:
    """What stands within the quotes of a line; blank lines stay."""
    if not line.strip():
        return ""
    quoted = LINE.fullmatch(line.strip())
    return quoted[1].replace('""', '"') if quoted else None
