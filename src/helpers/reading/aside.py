"""Rows that are no records: empty ones, the header again, a sum, means and notes at the end. Kept
out of the table, and told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import duckdb

from helpers.reading import databases, endings, subtotals
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair
from helpers.words.folding import fold

# the head or the foot of a printed page
PAGE = re.compile(r"\b(?:sid(?:a|or|nr)?|page|utskri(?:ft|ven|vet)|utskrifts\w+|printed)\b", re.I)
Rows = tuple[int, list[int]]


def set_aside(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    numbers: list[int],
    *,
    blank: bool,
    sums: Collection[int],
    gone: Rows | None = None,
    preamble: int = 0,
) -> tuple[list[Repair], list[tuple[int, str]], str]:
    """What is told of such rows in the table at ``target``, their text, and SQL that is true of the
    rows that stay, '' where all do. ``numbers``: positions of the columns of numbers; ``sums``: of
    those of which a text may say sum.

    ``blank`` is false where no row can be empty, as some column is filled throughout; ``gone`` are
    the empty ones where they are out already; ``preamble``: how many rows stood over the header.
    """
    source = databases.quoted(target)
    width = len(names)
    filled = _is_filled(width)
    rows_by_code: dict[str, Rows] = {}
    kept: list[str] = []
    if blank:
        rows_by_code["empty_rows"] = _rows(connection, source, f"not ({filled})")
        kept.append(filled)
    if repeats_header := _repeats(names):
        rows_by_code["repeated_header_rows"] = _rows(connection, source, repeats_header)
        kept.append(f"not ({repeats_header})")
        again = rows_by_code["repeated_header_rows"][1]
        titles = _titles(connection, source, width, again, numbers, preamble)
        rows_by_code["section_titles"] = len(titles), titles
        kept += [f"source_row <> {row}" for row in titles]
    summed = subtotals.rows(connection, source, width, numbers, sums)
    within = _within(connection, source, width, summed.sure)
    rows_by_code["subtotals"] = len(within), within
    if within:
        kept.append(f"source_row not in ({', '.join(map(str, within))})")
    rest = f"(select * from {source} where {kept[-1]})" if within else source
    ending = endings.of(connection, rest, width, numbers, filled if blank else "true")
    tail = ending.out
    kept += [f"source_row <> {row}" for rows in tail.values() for row in rows]
    rows_by_code |= {code: (len(rows), rows) for code, rows in tail.items()}
    rows_by_code = {code: rows for code, rows in rows_by_code.items() if rows[0]}
    stays = " and ".join(kept) if rows_by_code else ""
    text = _texts(connection, source, width, stays, filled) if stays else []
    if gone is not None and gone[0]:
        rows_by_code = {"empty_rows": gone} | rows_by_code
    perhaps = [row for row in summed.perhaps if row not in tail.get("sum_row", ())]
    rows_by_code |= {"perhaps_subtotals": (len(perhaps), perhaps)} if perhaps else {}
    unlike = [row for row in ending.unlike if row not in (*perhaps, *within)]
    rows_by_code |= {"unlike_sums": (len(unlike), unlike)} if unlike else {}
    repairs = [
        Repair(code, count, rows[:MAX_ROWS_LISTED]) for code, (count, rows) in rows_by_code.items()
    ]
    return repairs, text, stays


def before(
    connection: duckdb.DuckDBPyConnection, relation: str, width: int
) -> tuple[str, Rows] | None:
    """The relation without its empty rows, and those, before it is written: to write a table once
    more for one blank line costs most of reading it. None where it has none, or where rows may be
    sums, which are held against all rows above them."""
    columns = list(range(min(width, subtotals.LOOKED_AT)))
    filled = _is_filled(width)
    rows = _rows(connection, relation, f"not ({filled})")
    if not rows[0] or subtotals.said(connection, relation, columns):
        return None
    return f"(select * from {relation} where {filled})", rows


def _repeats(names: list[str]) -> str:
    """SQL that is true where a row is the header again, '' where hardly any column has a name."""
    named = [i for i, name in enumerate(names) if name != f"kolumn_{i + 1}"]
    same = [f"coalesce(trim(t{i}), '') = {databases.quoted(names[i])}" for i in named]
    return " and ".join(same) if len(same) > 1 else ""


def _titles(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    width: int,
    again: list[int],
    numbers: list[int],
    preamble: int,
) -> list[int]:
    """The rows right above a header that stands again which have a text in their first cell only:
    what the part below is about; and the head of a page, as many rows without a number as stand
    over the first header, and one for the foot of the page before. They say page or printed, or
    stand above another header too, but for their digits: else they may be sparse records."""
    if not again or width < 2:
        return []
    above = ", ".join(str(row - i) for row in again for i in range(1, preamble + 2))
    others = ", ".join(f"nullif(trim(t{i}), '')" for i in range(1, width))
    texts = ", ".join(f"t{i}" for i in range(width))
    filled = " + ".join(f"(trim(coalesce(t{i}, '')) <> '')::integer" for i in range(width))
    amounts = ", ".join(f"v{i}::varchar" for i in numbers)
    numberless = f"coalesce({amounts}) is null" if numbers else "true"
    few = 2 if numbers else 3  # where no number tells, still fewer cells do
    found = connection.execute(f"""
        select source_row, trim(coalesce(t0, '')) <> '' and coalesce({others}) is null,
            {numberless} and {few} * ({filled}) <= {width},
            regexp_replace(concat_ws(' ', {texts}), '\\d+', '0', 'g')
        from {source}
        where source_row in ({above}) and {_is_filled(width)}
    """).fetchall()
    often = Counter(text for *_, text in found)
    kinds = {
        int(row): (bool(alone), bool(sparse), often[text] > 1 or PAGE.search(text) is not None)
        for row, alone, sparse, text in found
    }
    titles: set[int] = set()
    for row in again:
        head: dict[int, bool] = {}  # each sparse row, and whether it tells that they are a page's
        for i in range(1, preamble + 2):
            alone, sparse, told = kinds.get(row - i, (None, None, False))
            if alone is None:  # an empty row
                continue
            if alone and i == 1:
                titles.add(row - i)
            if not (sparse and preamble):
                break
            head[row - i] = told
        titles |= head.keys() if any(head.values()) else set()
    return sorted(titles)


def _within(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, sums: list[int]
) -> list[int]:
    """The sums within the table; the total at its end is told by itself."""
    if not sums:
        return []
    cells = ", ".join(f"trim(coalesce(t{i}, ''))" for i in range(width))
    below = connection.execute(f"""
        select {cells} from {source}
        where source_row >= {sums[-1]} and {_is_filled(width)}
        order by source_row
        limit {endings.TAIL + 1}
    """).fetchall()
    word = next((str(cell) for cell in below[0] if cell), "")
    return sums[:-1] if fold(word) in endings.SUMS and len(below) <= endings.TAIL else sums


def _is_filled(width: int) -> str:
    """SQL that is true where a cell of the row holds more than blanks."""
    return (
        "coalesce(" + ", ".join(f"nullif(trim(t{i}), '')" for i in range(width)) + ") is not null"
    )


def _texts(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, stays: str, filled: str
) -> list[tuple[int, str]]:
    """Each text of the filled rows that do not stay (the header again is always the same), with the
    number of its first row."""
    cells = ", ".join(f"t{i}" for i in range(width))
    gone = connection.execute(f"""
        select min(source_row), concat_ws(' ', {cells}) as text
        from {source}
        where not ({stays}) and {filled}
        group by text
        order by 1
    """).fetchall()
    return [(int(row), str(text)) for row, text in gone]


def _rows(connection: duckdb.DuckDBPyConnection, source: str, where: str) -> Rows:
    """How many rows of ``source`` are so, and the first of them: there may be millions."""
    found = connection.execute(
        f"select count(*), min(source_row, {MAX_ROWS_LISTED}) from {source} where {where}"
    ).fetchone()
    assert found is not None
    return int(found[0]), [int(row) for row in found[1] or []]
