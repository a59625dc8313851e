"""Sums within a table are no records: rows that say sum, and whose numbers are the sum of those
above or below.

Levels are followed: a sum of sums is one too. A row of a category called total, as tables of
statistics have, has all its cells; a sum lacks some.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import duckdb

LOOKED_AT = 5  # columns that may say what a row is
MOST = 20_000  # sums, and columns that are summed
MOST_COLUMNS = 200
# what is a sum and no category, and what may be either
PLAIN = r"^(del|slut|mellan)?summa\b|\b(del|mellan)?summa:?$|^s:a\b|^sub-?total|^sum(\b|:)"
WHOLE = r"^(hela )?(riket|landet|länet|sverige)$|^hela (kommunen|regionen)$|^samtliga( \pL+)?$"
WORD = PLAIN + r"|^total(t|er|a|summa)?\b|\btotalt?:?$|" + WHOLE
HELD = (
    *("sum", "total", "s:a"),
    *("riket", "landet", "länet", "sverige", "hela ", "samtliga"),
)  # one of which each of these holds
SIEVE = f"(?i){'|'.join(HELD)}"  # asked once of all cells together
ROUNDED = 0.005  # of a sum: amounts are often shown in thousands


@dataclass(frozen=True)
class _Candidate:
    """A row that says sum: its number, and by column its value and the sum of the records of its
    section."""

    row: int
    records: int
    sure: bool  # its cells are fewer than those of a record; of a single one, its words too
    values: list[float | None]
    sums: list[float | None]


@dataclass(frozen=True)
class Sums:
    """Numbers of rows, ascending: sums for sure, and those with all cells of a record."""

    sure: list[int] = field(default_factory=list)
    perhaps: list[int] = field(default_factory=list)


def _agree(values: list[float | None], sums: list[float | None]) -> bool:
    """True where at least half of the numbers are the sums, one of them not 0."""
    pairs = [
        (float(value), float(total))
        for value, total in zip(values, sums, strict=True)
        if value is not None and total is not None
    ]
    equal = [
        value for value, total in pairs if abs(value - total) <= max(0.02, ROUNDED * abs(value))
    ]
    return any(equal) and 2 * len(equal) >= len(pairs)


def _added(one: list[float | None], other: list[float | None]) -> list[float | None]:
    return [b if a is None else a if b is None else a + b for a, b in zip(one, other, strict=True)]


def _of_texts(width: int, numbers: list[int]) -> list[int]:
    """The first columns that are no numbers."""
    return [i for i in range(min(width, LOOKED_AT)) if i not in numbers]


def _says(word: str, columns: list[int]) -> str:
    """SQL that is true where one of the columns begins so."""
    said = " or ".join(
        f"regexp_matches(lower(trim(coalesce(t{i}, ''))), '{word}')" for i in columns
    )
    cells = ", ".join(f"t{i}" for i in columns)
    return (
        f"case when regexp_matches(concat_ws('\\n', {cells}), '{SIEVE}') then {said} else false end"
    )


def _candidates(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    width: int,
    numbers: list[int],
    *,
    upwards: bool,
) -> list[_Candidate]:
    """The rows that say sum, each with the records above it (``upwards``: below it) up to the next
    one."""
    rows = connection.execute(_query(source, width, numbers, upwards=upwards)).fetchall()
    return [
        _Candidate(int(row[0]), int(row[1]), row[2] is not False, list(row[3::2]), list(row[4::2]))
        for row in rows
    ]


def _query(source: str, width: int, numbers: list[int], *, upwards: bool) -> str:
    """Of each row that says sum: its number, how many records stand above it, whether it is filled
    more sparsely than they, and for each column of numbers what it says and what they add up to."""
    texts = _of_texts(width, numbers)
    filled, worded = (
        " + ".join(f"(trim(coalesce(t{i}, '')) <> '')::integer" for i in columns) or "0"
        for columns in (range(width), [i for i in range(width) if i not in numbers])
    )
    values = ", ".join(f"v{i}::double as v{i}" for i in numbers)
    sums = ", ".join(
        f"any_value(v{i}) filter (where is_sum), sum(v{i}) filter (where not is_sum)"
        for i in numbers
    )
    order = "desc" if upwards else "asc"
    return f"""
        with said as (
            select source_row, {values}, {filled} as filled, {worded} as worded,
                ({_says(WORD, texts)}) as is_sum,
                ({_says(PLAIN, texts[:1])}) as is_plain
            from {source}
        ),
        parted as (
            select *, coalesce(sum(is_sum::integer) over (
                order by source_row {order} rows between unbounded preceding and 1 preceding
            ), 0) as section
            from said
        )
        select any_value(source_row) filter (where is_sum), count(*) filter (where not is_sum),
            any_value(filled) filter (where is_sum) < min(filled) filter (where not is_sum)
                and (count(*) filter (where not is_sum) > 1
                    or any_value(worded) filter (where is_sum)
                        < min(worded) filter (where not is_sum))
                or bool_or(is_plain) filter (where is_sum),
            {sums}
        from parted
        group by section
        having bool_or(is_sum)
        order by 1 {order}
        limit {MOST}
    """


def _followed(candidates: list[_Candidate]) -> Sums:
    """Which are the sum of their section's records, or of the sums before them."""
    held: list[list[float | None]] = []
    sums = Sums()
    for candidate in candidates:
        if candidate.records and _agree(candidate.values, candidate.sums):
            (sums.sure if candidate.sure else sums.perhaps).append(candidate.row)
            held.append(candidate.values)
            continue
        total = candidate.sums
        for taken in range(1, len(held) + 1):
            total = _added(total, held[-taken])
            if _agree(candidate.values, total):
                del held[-taken:]
                held.append(candidate.values)
                (sums.sure or sums.perhaps).append(candidate.row)
                break
    return Sums(sorted(sums.sure), sorted(sums.perhaps))


def may_say(texts: bytes) -> bool:
    """Whether texts, written behind one another, may say sum."""
    lower = texts.lower()
    return any(word.encode() in lower for word in HELD)


def said(connection: duckdb.DuckDBPyConnection, source: str, columns: list[int]) -> bool:
    """True where a row of ``source`` says sum in one of the columns."""
    asked = f"select 1 from {source} where {_says(WORD, columns)} limit 1"
    return connection.execute(asked).fetchone() is not None


def rows(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    width: int,
    numbers: list[int],
    may: Collection[int] | None = None,
) -> Sums:
    """The rows of ``source`` that are sums; ``numbers`` are the positions of its columns of
    numbers, ``may`` of those of which a text may say sum, where they are known."""
    texts, summed = _of_texts(width, numbers), numbers[:MOST_COLUMNS]
    asked = [i for i in texts if may is None or i in may]
    if not asked or not summed or not said(connection, source, asked):
        return Sums()
    above = _followed(_candidates(connection, source, width, summed, upwards=False))
    below = _followed(_candidates(connection, source, width, summed, upwards=True))
    return max((above, below), key=lambda sums: (len(sums.sure), len(sums.perhaps)))
