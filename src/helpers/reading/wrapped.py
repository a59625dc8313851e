"""Files that become CSV when they are written anew: lines that are one quoted cell each (what Excel
writes of a CSV that was opened as one column), and cells in single quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers.reading import dialects, scanning
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
    lines = lines_of(scan.text)
    first = [_inner(line) for line, _ in zip(lines, range(LOOKED_AT), strict=False)]
    plain = [line for line in first if line]
    if len(plain) < 2 or None in first:
        return None
    text = "\n".join(plain)
    delimiter = dialects.delimiter_of(text)
    widths = {len(cells) for cells in dialects.parse(text, delimiter)}
    if len(widths) > 1 or widths == {1}:
        return None
    target = folder / "unwrapped.csv"
    with target.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines_of(scan.text):
            cell = _inner(line)
            if cell is None:
                return None
            out.write(cell + "\n")
    return rescanned(target, scan, name)


def without_single_quotes(scan: Scan, head: str, folder: Path, name: SourceText) -> Scan | None:
    """The scan of the same records with the usual quotes, written to ``folder``; None where the
    first lines (``head``) are not so, or a later one is no such record."""
    delimiter = next((sign for sign in dialects.DELIMITERS if _single(head, sign)), None)
    if scan.quotes or delimiter is None:
        return None
    target = folder / "requoted.csv"
    with (
        scan.text.open("r", encoding="utf-8", newline="") as stream,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        try:
            for cells in csv.reader(stream, delimiter=delimiter, quotechar="'", strict=True):
                quoted = ('"' + cell.replace('"', '""') + '"' if cell else "" for cell in cells)
                out.write(delimiter.join(quoted) + "\n")
        except csv.Error:
            return None
    return rescanned(target, scan, name)


def _single(head: str, delimiter: str) -> bool:
    return delimiter in head and dialects.single_quoted(head, delimiter)


def rescanned(target: Path, scan: Scan, name: SourceText) -> Scan:
    """The scan of what was written, with what was found in the file itself."""
    plain_scan = scanning.scan(target, Encoding("utf-8", 0, proved=True), target, name)
    return replace(
        plain_scan,
        encoding=scan.encoding,
        line_ends=scan.line_ends,
        nulls=scan.nulls,
        marks=scan.marks,
        end_marks=scan.end_marks,
        damaged=scan.damaged,
        mixed=scan.mixed,
        mixed_rows=scan.mixed_rows,
    )


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a scanned text."""
    with path.open("r", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _inner(line: str) -> str | None:
    """What stands within the quotes of a line; blank lines stay."""
    if not line.strip():
        return ""
    quoted = LINE.fullmatch(line.strip())
    return quoted[1].replace('""', '"') if quoted else None
