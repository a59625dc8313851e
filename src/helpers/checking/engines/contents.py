"""What a column over there holds, asked of all its rows: how many different texts, the least and
the greatest, the commonest, and those in which screening may find something, each with how many
rows have it.

Its different texts are counted once over there, and of them a bounded number is fetched; what may
be found is looked for only in a column with more of them than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.checking import view
from helpers.checking.engines import relations, sought
from helpers.checking.engines.site import Broken
from helpers.checking.engines.table import Elsewhere
from helpers.checking.engines.untranslated import Untranslated
from helpers.reading import databases
from helpers.reading.snapshot import Column
from helpers.screening.column import Seen
from helpers.screening.kinds import organisations

COLUMNS = 300  # that are asked; a table has hardly more
TEXTS = 20_000  # of a column, whatever they are
FOUND = 5_000  # of a column, that may hold what is looked for
CELLS = 400_000  # of all columns together
SHAPES = 500  # of a column's texts, that are tried in their stead
TOP = 10
NUMBERS = ("integer", "decimal")
Row = tuple[str, str | None, int]  # text, what stands beside it, rows


@dataclass(frozen=True)
class Text:
    """One of a column's different texts. ``beside``: what stands in the column of numbers beside
    it, where it has one; ``rows``: how many hold both."""

    text: str
    beside: str | None
    rows: int


@dataclass(frozen=True)
class Content:
    """``texts``: all different ones of the column where ``whole``, else some, and those that may
    hold what is looked for; ``searched``: whether all of those are among them; ``top``: the
    commonest."""

    distinct: int
    low: Any
    high: Any
    top: list[tuple[str, int]]
    texts: list[Text]
    whole: bool
    searched: bool


@dataclass(frozen=True)
class Contents:
    """By column what it holds; ``unasked``: columns that could not be asked. ``ends``: the least
    and the greatest number of a column of numbers."""

    of: dict[str, Content] = field(default_factory=dict)
    unasked: list[str] = field(default_factory=list)
    ends: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def _counted(there: Elsewhere, column: Column, number: Column | None) -> str:
    """The query of each different text (``one``), what stands beside it and how many rows have it:
    twice where some of them have an organisation number beside it, and some not."""
    dialect, cell = there.site.dialect, view.cell(column)
    rows = f"count(*) as rows_of from base where {cell} is not null"
    counted = f"select {cell} as one, false as legal, null as beside, {rows} group by 1"
    if number is not None:
        beside, pattern = view.cell(number), databases.quoted(organisations.LEGAL)
        legal = f"coalesce(regexp_matches(beside, {pattern}), false)"
        # pairs first: Spark sorts all rows where it seeks the least text of each group
        pairs = f"select {cell} as one, {beside} as beside, {rows} group by 1, 2"
        counted = (
            f"select one, {legal} as legal, min(beside) as beside,"
            f" cast(sum(rows_of) as bigint) as rows_of from ({pairs}) as pairs group by 1, 2"
        )
    return relations.of_base(dialect, there.source, dialect.sql(counted))


def _plain(dialect: relations.Dialect, most: int, twice: bool) -> str:
    """The query of (part, text, beside, other, rows), whatever stands in the texts."""
    nothing = f"cast(null as {dialect.TEXT})"
    count, rows, by = "count(*)", "rows_of", "order by 5 desc, one"
    if twice:
        count, rows, by = "count(distinct one)", "sum(rows_of)", f"group by one {by}"
    told = f"min(one) as one, {nothing} as beside, max(one) as other, {count} as rows_of"
    parts = (
        f"select 'told' as part, {told} from counted",
        _some("top", f"{nothing}, {nothing}, {rows}", by, TOP),
        _some("some", f"cast(beside as {dialect.TEXT}), {nothing}, rows_of", "", most + 1),
    )
    return " union all ".join(parts)


def _some(part: str, listed: str, which: str, most: int) -> str:
    selected = f"select '{part}' as part, one, {listed} from counted {which} limit {most}"
    return f"select * from ({selected}) as of_{part}"


def _found(there: Elsewhere, before: str, seen: Seen, known: Sequence[str]) -> list[Row]:
    """Of the counted texts those that may hold what is looked for. Texts of one shape are tried
    together first: a column of numbers has millions of texts, and few shapes."""
    dialect = there.site.dialect
    where = sought.passes(dialect, "one", seen)
    if not where:
        return []
    if len({sought.shape(text) for text in known}) <= SHAPES:
        shape = dialect.sql(sought.SHAPE)
        asked = f"select distinct {shape} as shape from counted limit {SHAPES + 1}"
        shapes = [str(one) for (one,) in there.site.rows(f"{before} {asked}")]
        if len(shapes) <= SHAPES:
            passing = sought.shapes_that_pass(dialect, there.site.rows, shapes, seen)
            if not passing:
                return []
            where = f"{shape} in ({', '.join(map(dialect.quoted, passing))}) and ({where})"
    listed = f"cast(beside as {dialect.TEXT}), rows_of"
    asked = f"select one, {listed} from counted where {where} limit {FOUND + 1}"
    return [
        (one, beside, int(count)) for one, beside, count in there.site.rows(f"{before} {asked}")
    ]


def _content(
    there: Elsewhere,
    column: Column,
    seen: Seen,
    number: Column | None,
    known: Sequence[str],
    most: int,
) -> Content:
    """What the column holds. Raises ``Broken`` and ``Untranslated``."""
    by_part: dict[str, list[Row]] = {"top": [], "some": []}
    low = high = None
    distinct = 0
    found: list[Row] = []
    with there.site.laid(_counted(there, column, number), "counted") as before:
        plain = _plain(there.site.dialect, most, number is not None)
        for part, one, beside, other, count in there.site.rows(f"{before} {plain}"):
            if part == "told":
                low, high, distinct = one, other, int(count)
            else:
                by_part[part].append((one, beside, int(count)))
        whole = len(by_part["some"]) <= most
        if not whole:
            found = _found(there, before, seen, known)
    kept = dict.fromkeys([*by_part["some"][:most], *found[:FOUND]])
    return Content(
        distinct,
        low,
        high,
        [(one, count) for one, _, count in by_part["top"]],
        [Text(*one) for one in kept],
        whole,
        len(found) <= FOUND,
    )


def _ends(there: Elsewhere, columns: Sequence[tuple[Column, Seen]]) -> dict[str, tuple[Any, Any]]:
    numbers = [column for column, _ in columns if column.type in NUMBERS]
    listed = [f"{end}({one.value})" for one in numbers for end in ("min", "max")]
    found = there.aggregates(listed)
    pairs = zip(found[::2], found[1::2], strict=True)
    return {one.name: ends for one, ends in zip(numbers, pairs, strict=True)}


def asked(
    there: Elsewhere,
    columns: Sequence[tuple[Column, Seen]],
    numbers: Mapping[str, Column],
    known: Mapping[str, Sequence[str]],
) -> Contents:
    """What the columns hold. ``numbers``: by column, that of the numbers of those whom it names;
    ``known``: by column, texts of it that are read here already."""
    found = Contents(ends=_ends(there, columns))
    most = max(100, min(TEXTS, CELLS // max(1, len(columns)) - FOUND))
    for place, (column, seen) in enumerate(columns):
        try:
            if place >= COLUMNS:
                raise Untranslated("columns")
            seen = sought.with_content(seen, known.get(column.name, ()))
            number, own = numbers.get(column.name), known.get(column.name, ())
            found.of[column.name] = _content(there, column, seen, number, own, most)
        except (Broken, Untranslated):
            found.unasked.append(column.name)
    return found
