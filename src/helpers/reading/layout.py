"""The layout of a delimited file, from its first lines: delimiter, preamble, header row, names of
the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from helpers.reading import missing
from helpers.reading.dialects import (
    NUMBER,
    SAMPLE,
    delimiter_of,
    is_spaced,
    parse,
    usual_width,
)
from helpers.reading.names_of_columns import (
    DATE,
    INTERVAL,
    YEAR,
    is_like_data,
    is_name,
    is_over_data,
    kind,
    numeric_below,
)
from helpers.reading.snapshot import Repair
from helpers.words.errors import InputRefused

SEPARATOR = re.compile(r'"?sep=([^\w\s"\'\\]|[\t ])"?;*\n', re.I)
NOTHING = ' \t\r\n\u00a0;,|"'  # what a file of empty cells consists of
NAMELESS = "x"  # in place of the empty cell over the labels of rows
LONG = 1000  # letters of a name where every column has one: the questions of a survey


@dataclass(frozen=True)
class Heading:
    """Where the names stand.

    ``last`` is the record (0-based) after which the data begin, -1 where there is no header;
    ``rows`` how many records the header takes (1 to 3); ``cells`` the names as they stand, several
    rows made one.
    """

    last: int
    rows: int
    cells: list[str]
    outside: tuple[str, ...] = ()  # the text of each record before the header
    own: tuple[str, ...] = ()  # the text of each record of the header
    doubted: bool = False  # looks as the rows below it do

    @property
    def before(self) -> int:
        """How many records stand before the header."""
        return max(0, self.last + 1 - self.rows)

    def repairs(self, first: int = 1) -> list[Repair]:
        """What stood before the header, and a header of two rows; ``first`` is the number of the
        first record."""
        repairs = []
        if self.before:
            repairs.append(Repair("preamble", self.before, list(range(first, first + self.before))))
        if self.rows > 1:
            rows = range(first + self.before, first + self.last + 1)
            repairs.append(Repair("header_rows", self.rows, list(rows)))
        if self.doubted:
            repairs.append(Repair("header_doubted", 1, [first + self.last]))
        return repairs


@dataclass(frozen=True)
class Layout:
    """The delimiter, the header and the number of columns of a delimited file."""

    delimiter: str
    heading: Heading
    width: int
    # among the first records an empty one stands over a filled one: blocks, perhaps
    parted: bool = False
    spaced: bool = False  # blanks stand before quotes
    usual: int = 0  # cells of most records or the header; blocks below may be wider

    @property
    def header(self) -> int:
        """The record (0-based) after which the data begin, -1 where there is no header."""
        return self.heading.last


def sheet_heading(records: list[list[str]], header_row: int | None = None) -> Heading:
    """The header of a sheet, whose records are all as wide as the sheet: held against the columns
    that are filled. Raises ``InputRefused`` where the declared ``header_row`` is not there."""
    filled = [[i for i, cell in enumerate(record) if cell.strip()] for record in records]
    left = min((places[0] for places in filled if places), default=0)
    cut = [
        record[left : places[-1] + 1] if places else []
        for record, places in zip(records, filled, strict=True)
    ]
    wide = max(map(len, cut), default=0)
    header = heading([record[left : left + wide] for record in records], wide, header_row)
    if header.last < 0 and header_row is None:
        # a note far to the right may have made the sheet too wide
        header = heading(cut, usual_width(cut)[0])
    return replace(header, cells=[""] * left + header.cells)


def header_of(records: list[list[str]], width: int) -> int:
    """Index of the header, -1 where there is none.

    It is the first record nearly as wide as the table that holds names, most of them different; or
    only different cells, half of them of another kind than those below.
    """
    for index, record in enumerate(records[:60]):
        filled = [cell for cell in record if cell.strip()]
        if _of_years_alone(record, records[index + 1 : index + 2], width):
            return index
        # a title or a note; a row of data may have a cell more than the header
        if len(filled) < max(1, 0.6 * width):
            continue
        different = len({cell.strip() for cell in filled})
        whole = 1 < width <= len(filled)
        names = sum(is_name(cell, LONG if whole else 80) for cell in filled)
        if names >= 0.8 * len(filled) and different > 0.5 * len(filled):
            return index
        if names == len(filled) and is_over_data(record, records[index + 1 : index + 31]):
            return index
        if len(filled) > 1 and different == len(filled) and _of_years(record):
            return index
        below = records[index + 1] if index + 1 < len(records) else []
        pairs = [
            (above, under) for above, under in zip(record, below, strict=False) if under.strip()
        ]
        unlike = sum(kind(above) != kind(under) for above, under in pairs)
        if different == len(filled) and any(map(is_name, filled)) and 0.5 * width <= unlike:
            return index
        if all(NUMBER.match(cell) or DATE.match(cell) for cell in filled):
            return -1
    if width < 2 or _alike(records[:20]):
        return -1
    return 0 if records and any(map(is_name, records[0])) else -1


def _of_years(record: list[str]) -> bool:
    """Names, or one empty cell, and then years in order: the header of a table with a column for
    each year."""
    filled = [cell for cell in record if cell.strip()]
    if not record[0].strip():
        filled = [NAMELESS, *filled]
    names = next((i for i, cell in enumerate(filled) if not is_name(cell)), len(filled))
    years = [cell.strip() for cell in filled[names:]]
    return (
        0 < names < len(filled) - 1
        and all(map(YEAR.match, years))
        and years in (sorted(years), sorted(years)[::-1])
    )


def _of_years_alone(record: list[str], below: list[list[str]], width: int) -> bool:
    """Empty cells over the labels of rows, and then years in order to the last column."""
    labels = next((i for i, cell in enumerate(record) if cell.strip()), 0)
    years = [cell.strip() for cell in record[labels:]]
    return (
        len(record) == width
        and 0 < labels < width - 1
        and all(map(YEAR.match, years))
        and years in (sorted(years), sorted(years)[::-1])
        and any(map(is_name, [cell for row in below for cell in row[:labels]]))
    )


def _alike(records: list[list[str]]) -> bool:
    """True where the first record is of the same kinds as those below it, numbers among them: it is
    no header."""
    kinds = [[kind(cell.strip()) for cell in record if cell.strip()] for record in records]
    numbered = bool(kinds) and any(kind != "word" for kind in kinds[0])
    return numbered and all(
        lower == upper for below in kinds[1:] for lower, upper in zip(below, kinds[0], strict=False)
    )


def unique_names(header: list[str], width: int) -> tuple[list[str], int, int]:
    """Trimmed, unique names; how many were blank and how many repeated."""
    names: dict[str, None] = {}
    last: dict[str, int] = {}
    blank = repeated = 0
    for position in range(width):
        base = (
            re.sub(r"\s+", " ", header[position].strip().lstrip("\ufeff"))
            if position < len(header)
            else ""
        )
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


def _is_second_header(upper: list[str], under: list[str], below: list[list[str]]) -> bool:
    """Words in every column, over numbers in several: names, units or codes of the columns, and no
    row of data."""
    filled = [cell.strip() for cell in under if cell.strip()]
    if len(filled) < 2 or not all(is_name(cell) and cell not in missing.TOKENS for cell in filled):
        return False
    if not all(is_name(cell) for cell in upper if cell.strip()):
        return False
    over = [
        i
        for i, cell in enumerate(under)
        if cell.strip() and i < len(upper) and numeric_below(i, below)
    ]
    return len(over) >= (2 if len(below) > 1 else 3)


def _fills_the_gaps(upper: list[str], under: list[str], below: list[list[str]]) -> bool:
    """A row of names, years or intervals that stands only under groups (a name, then blanks), and
    leaves empty what the rows below fill: the headers that merged cells of Excel become."""
    wide = max(len(upper), len(under))
    above, under = (
        [cell.strip() for cell in row] + [""] * (wide - len(row)) for row in (upper, under)
    )
    gaps = [i for i, cell in enumerate(above) if not cell]
    empty = [i for i, cell in enumerate(under) if not cell]
    filled = [cell for cell in under if cell]
    if not gaps or not empty or not above[0] or not all(under[i] for i in gaps):
        return False
    if not all(is_name(cell) or YEAR.match(cell) or INTERVAL.match(cell) for cell in filled) or any(
        cell in missing.TOKENS for cell in filled
    ):
        return False
    used = [i for i in empty if any(i < len(record) and record[i].strip() for record in below)]
    return bool(below) and len(used) == len(empty)


def _is_group_row(above: list[str], cells: list[str]) -> bool:
    """Names of groups, or years or days, over columns whose own names recur or are blank; one year
    alone is what the whole table is of."""
    filled = [cell.strip() for cell in above if cell.strip()]
    names = [cell.strip().casefold() for cell in cells]
    needed = len(set(names)) < len(names) or "" in names
    times = sum(map(_is_time, filled))
    if not needed or len(filled) < 2 or times == 1 or (times and len(filled) > times + 1):
        return False
    return all(len(cell) <= 60 and (is_name(cell) or _is_time(cell)) for cell in filled)


def _is_time(cell: str) -> bool:
    return YEAR.match(cell) is not None or DATE.fullmatch(cell) is not None


def _one_row(upper: list[str], lower: list[str], *, groups: bool) -> list[str]:
    """Two header rows as one. Of ``groups`` the lower row names; otherwise the upper does; both
    where one recurs."""
    width = max(len(upper), len(lower))
    above, under = (
        [cell.strip() for cell in row] + [""] * (width - len(row)) for row in (upper, lower)
    )
    if groups:
        held = ""
        for i, cell in enumerate(above):
            held = cell or held
            above[i] = held
    first, second = (under, above) if groups else (above, under)
    names = []
    for i, name in enumerate(first):
        if not name:
            names.append(second[i])
        elif first.count(name) > 1 and second[i] and second[i] != name:
            names.append(f"{above[i]} {under[i]}")
        else:
            names.append(name)
    return names


def _under_groups(upper: list[str], lower: list[str]) -> list[str]:
    """``Fiber`` over ``2021`` and ``2022`` as ``Fiber 2021``, ``Fiber 2022``; a column without a
    lower name keeps its upper."""
    names, held = [], ""
    for i in range(max(len(upper), len(lower))):
        above = upper[i].strip() if i < len(upper) else ""
        held = above or held
        under = lower[i].strip() if i < len(lower) else ""
        names.append(f"{held} {under}" if under else above)
    return names


def heading(records: list[list[str]], width: int, header_row: int | None = None) -> Heading:
    """The header among the first records; ``header_row`` (from 1) where it is declared.

    Raises ``InputRefused`` where fewer records than ``header_row`` are there.
    """
    header = _filled_from_above(records, _heading(records, width, header_row))
    if header_row is None and header.rows == 1 and not header.before:
        header = replace(header, doubted=is_like_data(header.cells, records[header.last + 1 :]))
    texts = tuple(" ".join(record).strip() for record in records[: header.last + 1])
    return replace(header, outside=texts[: header.before], own=texts[header.before :])


def _filled_from_above(records: list[list[str]], header: Heading) -> Heading:
    """Of a header whose lower rows leave columns without a name, those names from the row above
    them: the third row that merged cells of Excel make of a header."""
    empty = [i for i, cell in enumerate(header.cells) if not cell.strip()]
    if header.rows != 2 or not header.before or not empty:
        return header
    above = [cell.strip() for cell in records[header.before - 1]]
    if sum(map(bool, above)) < 2 or not all(map(is_name, filter(None, above))):
        return header
    if not all(i < len(above) and above[i] for i in empty):
        return header
    cells = [above[i] if i in empty else cell for i, cell in enumerate(header.cells)]
    return replace(header, rows=3, cells=cells)


def _heading(records: list[list[str]], width: int, header_row: int | None) -> Heading:
    if header_row is not None:
        if header_row > len(records):
            raise InputRefused("reading.no_header_row", {"row": header_row, "rows": len(records)})
        return Heading(header_row - 1, 1, records[header_row - 1])
    first = header_of(records, width)
    if first < 0:
        return Heading(-1, 0, [])
    cells = records[first]
    below = [
        record for record in records[first + 2 : first + 32] if any(cell.strip() for cell in record)
    ]
    if first + 1 < len(records) and _fills_the_gaps(cells, records[first + 1], below):
        return Heading(first + 1, 2, _under_groups(cells, records[first + 1]))
    if first + 1 < len(records) and _is_second_header(cells, records[first + 1], below):
        return Heading(first + 1, 2, _one_row(cells, records[first + 1], groups=False))
    if first and _is_group_row(records[first - 1], cells):
        return Heading(first, 2, _one_row(records[first - 1], cells, groups=True))
    return Heading(first, 1, cells)


def recognise(head: str, delimiter: str | None = None, header_row: int | None = None) -> Layout:
    """The layout from the file's first lines (UTF-8 text, LF).

    Raises ``InputRefused`` where the declared ``header_row`` (from 1) is beyond them.
    """
    separator = SEPARATOR.match(head)  # what Excel writes for itself
    chosen = delimiter or (separator.group(1) if separator else delimiter_of(head))
    records = parse(head, chosen)[:SAMPLE]
    width, _ = usual_width(records)
    header = heading(records, width, header_row)
    filled = [any(cell.strip() for cell in record) for record in records[header.last + 1 :]]
    parted = any(not above and below for above, below in pairwise(filled))
    usual = max(width, len(header.cells))
    widest = max([usual, *(_opening_widths(records) if parted else [])])
    return Layout(chosen, header, widest, parted, is_spaced(head, chosen), usual)


def _opening_widths(records: list[list[str]]) -> Iterator[int]:
    """How far the names under an empty record reach, and the record below them: the header of a
    later block may be the widest of all."""
    filled = [[i for i, cell in enumerate(record, 1) if cell.strip()] for record in records]
    for above, here, below, record in zip(
        filled, filled[1:], filled[2:], records[1:], strict=False
    ):
        if not above and len(here) > 1 and below and all(is_name(record[i - 1]) for i in here):
            yield max(here[-1], below[-1])
