"""The layout of a delimited file, from its first lines: delimiter, preamble, header row, names of the columns."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

DELIMITERS = (";", ",", "\t", "|")
NUMBER = re.compile(r"[+-]?[\d\s\u00a0\u202f\u2009]+(?:[.,]\d+)?\Z")
DATE = re.compile(r"\d{4}-?\d{2}-?\d{2}")
SAMPLE = 300


@dataclass(frozen=True)
class Layout:
    """``header`` is the record (0-based) that holds the names; -1 where there is none."""

    delimiter: str
    header: int
    width: int
    names: list[str]


def parse(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def _width(records: list[list[str]]) -> tuple[int, float]:
    """The most usual width of non-blank records and the share that have it."""
    widths = [len(record) for record in records if any(cell.strip() for cell in record)]
    if not widths:
        return 1, 0.0
    # a preamble is short: the rule of the last nine tenths counts
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return usual, widths.count(usual) / len(widths)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the most records into the same number (above one) of cells."""
    best, points = ",", 0.0
    for delimiter in DELIMITERS:
        width, share = _width(parse(text, delimiter)[:SAMPLE])
        score = share * min(width, 30) ** 0.5 if width > 1 else 0.0
        if score > points + 1e-9:
            best, points = delimiter, score
    return best


def is_name(cell: str) -> bool:
    """Could stand in a header: has a letter, is no number, no date, not very long."""
    cell = cell.strip()
    return bool(re.search(r"[^\W\d_]", cell)) and len(cell) <= 80 and not DATE.match(cell)


def _kind(cell: str) -> str:
    return "number" if NUMBER.match(cell) else "date" if DATE.match(cell) else "word"


def header_of(records: list[list[str]], width: int) -> int:
    """Index of the header, -1 where there is none: the first record nearly as wide as the table that

    holds names, most of them different; or only different cells, half of them of another kind than those below.
    """
    for index, record in enumerate(records[:60]):
        filled = [cell for cell in record if cell.strip()]
        if len(record) < max(1, width - 1) or len(filled) < 0.6 * width:
            continue
        different = len({cell.strip().casefold() for cell in filled})
        if sum(is_name(cell) for cell in filled) >= 0.8 * len(filled) and different > 0.5 * len(filled):
            return index
        below = records[index + 1] if index + 1 < len(records) else []
        unlike = sum(_kind(above) != _kind(under) for above, under in zip(record, below, strict=False))
        if different == len(filled) and any(is_name(cell) for cell in filled) and unlike >= 0.5 * width:
            return index
        if all(NUMBER.match(cell) or DATE.match(cell) for cell in filled):
            return -1
    return -1 if width < 2 else 0 if records and any(is_name(c) for c in records[0]) else -1


def unique_names(header: list[str], width: int) -> tuple[list[str], int, int]:
    """Trimmed, unique names; how many were blank and how many repeated."""
    names: dict[str, None] = {}
    last: dict[str, int] = {}
    blank = repeated = 0
    for position in range(width):
        base = re.sub(r"\s+", " ", header[position].strip().lstrip("\ufeff")) if position < len(header) else ""
        if not base:
            blank += 1
            base = f"kolumn_{position + 1}"
        name = base
        while name in names:
            last[base] = last.get(base, 1) + 1
            name = f"{base}_{last[base]}"
        repeated += name != base
        names[name] = None
    return list(names), blank, repeated


def recognise(head: str, delimiter: str | None = None, header_row: int | None = None) -> Layout:
    """The layout from the file's first lines (UTF-8 text, LF)."""
    chosen = delimiter or delimiter_of(head)
    records = parse(head, chosen)[:SAMPLE]
    width, _ = _width(records)
    header = header_of(records, width) if header_row is None else header_row - 1
    if header >= 0:
        width = max(width, len(records[header]))
    names, _, _ = unique_names(records[header] if header >= 0 else [], width)
    return Layout(chosen, header, width, names)
