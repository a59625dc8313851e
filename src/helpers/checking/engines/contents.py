"""What a column over there holds, asked of all its rows: how many different texts, the least and
the greatest, the commonest, and those in which screening may find something, each with how many
rows have it.

One query for a column: its different texts are counted once over there, and of them a bounded
number is fetched.
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
TOP = 10
NUMBERS = ("integer", "decimal")


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


def _query(there: Elsewhere, column: Column, seen: Seen, number: Column | None, most: int) -> str:
    """The query of (part, text, beside, other, rows). Raises ``Untranslated``."""
    dialect, cell = there.site.dialect, view.cell(column)
    named = relations.parts(dialect, there.source)
    beside, legal = ("null", "false")
    if number is not None:
        beside, pattern = view.cell(number), databases.quoted(organisations.LEGAL)
        legal = f"coalesce(regexp_matches({beside}, {pattern}), false)"
        beside = f"min({beside})"
    counted = (
        f"select {cell} as one, {legal} as legal, {beside} as beside, count(*) as rows_of"
        f" from base where {cell} is not null group by 1, 2"
    )
    listed = ", ".join(f"{name} {dialect.BASE} ({part})" for name, part in named.items())
    before = f"with {listed}, counted {dialect.KEPT} ({dialect.sql(counted)})"
    nothing = f"cast(null as {dialect.TEXT})"
    count = "count(distinct one) as rows_of from counted"
    parts = [
        f"select 'told' as part, min(one) as one, {nothing} as beside, max(one) as other, {count}",
        _some(
            "top", f"{nothing}, {nothing}, sum(rows_of)", "group by one order by 5 desc, one", TOP
        ),
        _some("some", f"cast(beside as {dialect.TEXT}), {nothing}, rows_of", "", most + 1),
    ]
    if passing := sought.passes(dialect, "one", seen):
        listed = f"cast(beside as {dialect.TEXT}), {nothing}, rows_of"
        parts.append(_some("found", listed, f"where {passing}", FOUND + 1))
    return f"{before} {' union all '.join(parts)}"


def _some(part: str, listed: str, which: str, most: int) -> str:
    selected = f"select '{part}' as part, one, {listed} from counted {which} limit {most}"
    return f"select * from ({selected}) as of_{part}"


def _content(rows: Sequence[tuple[Any, ...]], most: int) -> Content:
    by_part: dict[str, list[tuple[Any, ...]]] = {"top": [], "some": [], "found": []}
    low = high = None
    distinct = 0
    for part, one, beside, other, count in rows:
        if part == "told":
            low, high, distinct = one, other, int(count)
        else:
            by_part[part].append((one, beside, int(count)))
    whole = len(by_part["some"]) <= most
    kept = dict.fromkeys([*by_part["some"][:most], *([] if whole else by_part["found"][:FOUND])])
    return Content(
        distinct,
        low,
        high,
        [(one, count) for one, _, count in by_part["top"]],
        [Text(*one) for one in kept],
        whole,
        whole or len(by_part["found"]) <= FOUND,
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
            query = _query(there, column, seen, numbers.get(column.name), most)
            found.of[column.name] = _content(there.site.rows(query), most)
        except (Broken, Untranslated):
            found.unasked.append(column.name)
    return found
