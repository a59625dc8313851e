"""What ends a table and is no record: notes, a sum, a mean, a median, the least and the greatest.

A row is known by its word and by its numbers, held against those of the records above. One that
says sum or mean but is neither stays a record, and is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import duckdb

from helpers.reading import databases, notes
from helpers.words.folding import fold

SUMS = {
    "summa",
    "totalt",
    "total",
    "sum",
    "totalsumma",
    "summatotalt",
    "totaltsumma",
    "slutsumma",
    "grandtotal",
}
MEANS = re.compile(
    r"(?:o?vägt )?(?:medel(?:värde|tal)?|genomsnitt|snitt|average|mean|median(?:värde)?)"
    r"(?:\Z|\s*[:(,./]|\s+(?:totalt|alla|samtliga|per|i|för|av|riket|hela|kommun|län|region))",
    re.I,
)
ENDS = re.compile(r"(?:max|min)(?:imum|imivärde|värde)?\.?\Z|(?:högst|lägst)a(?: värde)?\Z", re.I)
# beside these "Medel" is a level
LEVELS = re.compile(r"(?:mycket )?(?:låg|hög|liten|stor|lätt|svår|enkel|dålig|bra)[at]?\Z", re.I)
TAIL = 6
ROUNDED = 0.005  # of a sum or a mean, or half of the last digit that a mean shows
CENT = 0.02
Row = tuple[int, list[str]]  # its number, and its cells, trimmed


@dataclass(frozen=True)
class Ending:
    """``out``: by the code of their repair, the numbers of rows that are no records. ``unlike``:
    records that say sum or mean, and whose numbers are neither."""

    out: dict[str, list[int]] = field(default_factory=dict)
    unlike: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Source:
    """A table of typed rows (``source_row``, ``t0`` and on, ``v`` of its columns of numbers)."""

    connection: duckdb.DuckDBPyConnection
    relation: str
    numbers: list[int]


def of(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    numbers: list[int],
    filled: str,
) -> Ending:
    """What ends the ``relation`` of so many columns; ``numbers``: positions of those of numbers,
    ``filled``: SQL that is true of a row that is not empty."""
    last = connection.execute(f"select max(source_row) from {relation} where {filled}").fetchone()
    if width < 2 or last is None or last[0] is None:
        return Ending()
    cells = ", ".join(f"trim(coalesce(t{i}, ''))" for i in range(width))
    listed = connection.execute(f"""
        select source_row, {cells}
        from {relation}
        where source_row > {last[0] - 2 * notes.MOST} and {filled}
        order by 1
    """).fetchall()
    rows = [(int(row[0]), [str(cell) for cell in row[1:]]) for row in listed][-notes.MOST :]
    # a table may stand in
    left = min((i for _, cells in rows for i, cell in enumerate(cells) if cell), default=0)
    if len(rows) < 3:
        return Ending()
    count = notes.at_the_end([(number, cells[left:]) for number, cells in rows])
    noted = [number for number, _ in rows[len(rows) - count :]]
    sums, means, unlike = _figures(
        _Source(connection, relation, numbers), rows[: len(rows) - count]
    )
    if noted and not sums and not any(sum(map(bool, row)) > 1 for _, row in rows[:-count]):
        noted = []  # a table whose rows are all one cell has no notes
    return Ending({"footnotes": noted, "sum_row": sums, "mean_rows": means}, unlike)


def _word(row: Row) -> str:
    return next((cell for cell in row[1] if cell), "")


def _says(row: Row) -> bool:
    word = _word(row)
    return fold(word) in SUMS or bool(MEANS.match(word)) or bool(ENDS.match(word))


def _figures(source: _Source, rows: list[Row]) -> tuple[list[int], list[int], list[int]]:
    """Of the last filled rows the sum, the means, and those that say so and are neither. The least
    and the greatest are known beside another of them alone: Max is a name too."""
    if len(rows) < 3:
        return [], [], []
    said: list[Row] = []
    while len(rows) > 2 and len(said) < TAIL and _says(rows[-1]):
        said.append(rows.pop())
    if not said:
        last = rows[-1]
        return ([last[0]] if _is_sum(source, last, last[0]) else []), [], []
    first = said[-1][0]
    sums = [one[0] for one in said if _is_sum(source, one, first)][:1]
    means = [one[0] for one in said if _is_mean(source, one, first)]
    ends = {
        figure: [one[0] for one in said if _is_end(source, one, first, figure)]
        for figure in ("max", "min")
    }
    if sums or means or all(ends.values()):
        means += [row for one in ends.values() for row in one]
    left = [row for row in said if row[0] not in (*sums, *means)]
    unlike = [
        row[0]
        for row in left
        if not (ENDS.match(_word(row)) or _is_level(source, row) or _recurs(source, row))
    ]
    return sums, sorted(set(means)), sorted(unlike)


def _recurs(source: _Source, row: Row) -> bool:
    """Its word stands elsewhere in its column: a category, no sum of the whole; or it has no
    number."""
    number, cells = row
    place = next(i for i, cell in enumerate(cells) if cell)
    found = source.connection.execute(
        f"select 1 from {source.relation} where source_row <> {number} and trim(t{place}) = ?"
        " limit 1",
        [cells[place]],
    ).fetchone()
    return found is not None or not any(cells[i] for i in source.numbers)


def _asked(source: _Source, row: Row) -> list[int]:
    """The columns of numbers that the row fills; none where it fills another beside its word."""
    cells = row[1]
    filled = [i for i, cell in enumerate(cells) if cell]
    asked = [i for i in filled[1:] if i in source.numbers]
    return asked if len(asked) == len(filled) - 1 else []


def _above_and_own(
    source: _Source, row: int, first: int, asked: list[int], figures: tuple[str, ...]
) -> list[tuple[Any, list[Any]]]:
    """For each of the columns the row's own value, and the figures of the records above ``first``:
    rows are chosen before they are counted, as an aggregate with a filter of its own holds them."""
    parts = [f"{figure}(v{i})" for i in asked for figure in figures]
    above = f"(select * from {source.relation} where source_row < {first})"
    found = databases.aggregate(source.connection, parts, above)
    own = source.connection.execute(
        f"select {', '.join(f'v{i}' for i in asked)} from {source.relation}"
        f" where source_row = {row}"
    ).fetchone()
    many = len(figures)
    return [
        (value, list(found[many * place : many * place + many]))
        for place, value in enumerate(own or ())
    ]


def _is_mean(source: _Source, row: Row, first: int) -> bool:
    """A word that means mean or median, and at least half of its numbers, none of them a text's or
    a date's, are that of the records above the row ``first``; "Medel" may be a level."""
    number, cells = row
    asked = _asked(source, row)
    if not asked or not MEANS.match(_word(row)) or _is_level(source, row):
        return False
    pairs = _above_and_own(source, number, first, asked, ("avg", "median"))
    right = sum(
        value is not None
        and any(
            one is not None and abs(one - value) <= max(_shown(cells[i]), ROUNDED * abs(value))
            for one in figures
        )
        for i, (value, figures) in zip(asked, pairs, strict=True)
    )
    return 2 * right >= len(asked)


def _is_end(source: _Source, row: Row, first: int, figure: str) -> bool:
    """A word for the least or the greatest, and all of its numbers are the ``figure`` of those
    above the row ``first``."""
    asked = _asked(source, row)
    if not asked or not ENDS.match(_word(row)):
        return False
    pairs = _above_and_own(source, row[0], first, asked, (figure,))
    return all(value is not None and value == one for value, (one,) in pairs)


def _is_level(source: _Source, row: Row) -> bool:
    """Its word is "Medel", and its column holds levels."""
    if fold(_word(row)) != "medel":
        return False
    place = next(i for i, cell in enumerate(row[1]) if cell)
    found = source.connection.execute(
        f"select distinct trim(t{place}) from {source.relation} limit 100"
    ).fetchall()
    return any(LEVELS.match(str(text or "")) for (text,) in found)


def _shown(cell: str) -> float:
    """Half of the last digit that a number shows.

    >>> _shown("12,5"), _shown("200")
    (0.05, 0.5)
    """
    decimals = re.search(r"[.,](\d+)\D*\Z", cell)
    return 0.5 * 10.0 ** -(len(decimals[1]) if decimals else 0)


def _above(source: _Source, number: int) -> str:
    """How many records stand above the row of that number, as a cell says it."""
    found = source.connection.execute(
        f"select count(*) from {source.relation} where source_row < {number}"
    )
    return str((found.fetchone() or (0,))[0])


def _is_sum(source: _Source, row: Row, first: int) -> bool:
    """A first word that means sum, numbers alone beside it, one of them the sum of its column (or
    most cells empty, and in a column of texts how many records there are); or no word at all, but
    the sums of their columns alone. The records are those above the row ``first``.

    The numbers may be missing: formulas that were never computed.
    """
    number, cells = row
    filled = [i for i, cell in enumerate(cells) if cell]
    few = len(cells) >= 4 and len(filled) <= len(cells) / 2
    word = bool(filled) and fold(cells[filled[0]]) in SUMS
    beside = filled[1:] if word else filled
    if not (word or few) or not all(notes.NUMBER.match(cells[i]) for i in beside):
        return False
    summed = [i for i in beside if i in source.numbers]
    if not summed:
        counted = {cells[i] for i in beside}
        said = counted == {_above(source, first)} if beside else len(cells) > 2
        return word and (few or not beside) and said
    pairs = [
        (above, own) for own, (above,) in _above_and_own(source, number, first, summed, ("sum",))
    ]
    if not word:  # the cent, for a number alone may be a record's
        return len(summed) == len(filled) and all(
            above and last and abs(above - last) <= CENT for above, last in pairs
        )
    equal = any(
        above is not None
        and last is not None
        and abs(above - last) <= max(CENT, ROUNDED * abs(last))
        for above, last in pairs
    )
    return equal or few
