"""How the records of a delimited text are cut into cells: the delimiter, and quotes as not only RFC
4180 has them."""

from __future__ import annotations

import csv
import io
import re
from itertools import groupby

DELIMITERS = (";", ",", "\t", "|")
RARE = ("^", "~", "¦", "§", ":", " ")  # only where none of the usual ones cuts the records
SAMPLE = 300
WHOLE = 1.5  # how much more a delimiter counts that cuts every record alike, the header too
NUMBER = re.compile(r"[+-]?[\d\s\u00a0\u202f\u2009]+(?:[.,]\d+)?\Z")
SINGLE = re.compile(r"'(?:[^']|'')*'")


def rows_of(text: str, delimiter: str, *, spaced: bool = False) -> list[list[str]] | None:
    """The cells of each record of a text that is CSV strictly, with blanks before quotes (and
    behind them) where ``spaced``; None of any other."""
    stream = io.StringIO(text, newline="")
    try:
        return list(csv.reader(stream, delimiter=delimiter, strict=True, skipinitialspace=spaced))
    except csv.Error:
        close = re.sub(rf'" +(?={re.escape(delimiter)}|$)', '"', text, flags=re.M)
        return rows_of(close, delimiter, spaced=True) if spaced and close != text else None


def parse(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each record; of a text that is no CSV those of each line."""
    if '\\"' in text and rows_of(text, delimiter) is None:
        doubled = rows_of(text.replace('\\"', '""'), delimiter)
        if doubled is not None:
            return doubled
    if is_spaced(text, delimiter):
        plain = rows_of(text, delimiter, spaced=True)
        return plain or rows_of(text.replace('\\"', '""'), delimiter, spaced=True) or []
    return _leniently(text, delimiter)


def _leniently(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in text.split("\n")]


def is_spaced(text: str, delimiter: str) -> bool:
    """True where blanks stand between a delimiter and the quote that begins a cell.

    >>> is_spaced('1, "Park, stora"', ","), is_spaced('1,Park "A"', ",")
    (True, False)
    """
    if delimiter == " " or not re.search(rf'{re.escape(delimiter)} +"', text):
        return False
    cells = (cell for record in _leniently(text, delimiter) for cell in record[1:])
    begun = any(cell[:1] == " " and cell.lstrip(" ")[:1] == '"' for cell in cells)
    return begun and rows_of(text.replace('\\"', '""'), delimiter, spaced=True) is not None


def usual_width(records: list[list[str]]) -> tuple[int, float]:
    """The most usual width of non-blank records and the share that have it."""
    widths = [len(record) for record in records if any(cell.strip() for cell in record)]
    if not widths:
        return 1, 0.0
    # a preamble is short: the rule of the last nine tenths counts
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        usual = _width_of_a_block(records)
    return usual, widths.count(usual) / len(widths)


def _width_of_a_block(records: list[list[str]]) -> int:
    """Of one table that empty records part from lines of text, which may be more than its records;
    1 where there is none."""
    parts = groupby(records, key=lambda record: any(cell.strip() for cell in record))
    blocks = [[len(record) for record in part] for filled, part in parts if filled]
    tables = [block for block in blocks if max(block) > 1]
    if len(tables) == 1 and len(tables[0]) > 2 and len(set(tables[0])) == 1:
        return tables[0][0]
    return 1


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the most records into the same number (above one) of cells; of one
    column any that is not there."""
    best, points = next((candidate for candidate in DELIMITERS if candidate not in text), ","), 0.0
    for delimiter in DELIMITERS:
        records = parse(text, delimiter)[:SAMPLE]
        width, share = usual_width(records)
        if width < 2 or (share < 1 and delimiter == "," and _is_prose(records)):
            continue
        score = share * min(width, 30) ** 0.5 * (WHOLE if share == 1 else 1)
        if score > points + 1e-9:
            best, points = delimiter, score
    if points:
        return best
    return next((rare for rare in RARE if _cuts(text, rare)), best)


def _cuts(text: str, delimiter: str) -> bool:
    """A rare delimiter cuts all records alike, the first of them into names; a blank or a colon
    also a column of numbers from its name, as words and times have them too."""
    if delimiter not in text:
        return False
    records = [record for record in parse(text, delimiter)[:SAMPLE] if record]
    width, share = usual_width(records)
    if width < 2 or share < 1 or len(records) < 2:
        return False
    names = [cell.strip() for cell in records[0]]
    if len(set(names)) < width or not all(re.search(r"[^\W\d_]", name) for name in names):
        return False
    numbers = any(all(NUMBER.match(record[i]) for record in records[1:]) for i in range(width))
    return delimiter not in ": " or (width > 2 and numbers)


def _is_prose(records: list[list[str]]) -> bool:
    """Commas with a blank after them, nearly all: those of sentences."""
    cells = [cell for record in records for cell in record[1:]]
    return bool(cells) and sum(
        cell[:1] == " " and cell.strip() != "" for cell in cells
    ) >= 0.8 * len(cells)


def perhaps_columns(text: str) -> bool:
    """True of one column whose records hold the same number of a sign that may stand between
    cells, the first record too."""
    lines = [line for line in text.split("\n")[:SAMPLE] if line.strip()]
    if len(lines) < 3:
        return False
    if _is_aligned(lines):
        return True
    unusual = [sign for sign in RARE if sign != " "] + ["/", "#", "=>"]
    signs = [re.escape(sign) for sign in unusual] + [" {2,}", r"(?<=\S) (?=\S)"]
    for sign in signs:
        counts = {len(re.findall(sign, line.strip())) for line in lines}
        # two words each are a first and a last name
        if len(counts) == 1 and max(counts) > sign.endswith(r"(?=\S)"):
            return True
    return False


def _is_aligned(lines: list[str]) -> bool:
    """Columns of a fixed width: in all lines a cell begins at the same place behind a blank, and
    behind several in some.

    >>> _is_aligned(["id   namn", "1    Ek", "1234 Al"]), _is_aligned(["ett par ord", "två  ord"])
    (True, False)
    """
    starts = [{found.start() for found in re.finditer(r"(?<= )\S", line)} for line in lines]
    wide = [{found.start() for found in re.finditer(r"(?<=  )\S", line)} for line in lines]
    shared = set[int].intersection(*starts)
    return sum(any(place in found for place in shared) for found in wide) >= len(lines) / 2


def single_quoted(text: str, delimiter: str) -> bool:
    """True where cells stand in single quotes: all that have one at an end have both, several do,
    and no other quotes are there. In fewer cells than there are records they do where the records
    are not alike without them."""
    if '"' in text or "'" not in text:
        return False
    stream = io.StringIO(text, newline="")
    try:
        records = list(csv.reader(stream, delimiter=delimiter, quotechar="'", strict=True))
    except csv.Error:
        return False
    records = [record for record in records if record][:SAMPLE]
    width, share = usual_width(records)
    begun = len(re.findall(rf"(?:^|{re.escape(delimiter)})'", text, re.M))
    if width < 2 or share < 1 or len(records) < 2 or begun < 2:
        return False
    return begun >= len(records) or usual_width(_leniently(text, delimiter)[:SAMPLE])[1] < 1
