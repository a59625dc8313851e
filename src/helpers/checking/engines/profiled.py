"""The profile of a table over there, column by column: how many different values, the least, the
greatest and the commonest, and the states of its cells; of a marked column no value.

Nothing is guessed: what was not asked of all rows is None, and no value is shown of a column that
screening could not search whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from helpers.checking.engines.contents import NUMBERS, Content
from helpers.checking.engines.extract import Extract
from helpers.checking.engines.table import Elsewhere
from helpers.profiling import profile, shapes, states
from helpers.reading import databases
from helpers.reading.snapshot import Column, Table
from helpers.screening.marks import Screening
from helpers.words import escaping
from helpers.words.personal import hiding

VALUES = ("min", "max", "top")
PLAIN = "boolean"  # of such a column only what is missing and what is alike is told


def _states(table: Table, column: Column, filled: int, content: Content) -> list[dict[str, Any]]:
    """Of a column whose texts are all here, all states of texts; of any other, whether it is empty,
    constant or mostly missing."""
    texts = column.type == "text" and content.whole
    told = column if texts else replace(column, type=PLAIN)
    with databases.connect() as connection:
        connection.execute("create temp table counted (c varchar, n bigint)")
        if texts and content.texts:
            rows = [[one.text for one in content.texts], [one.rows for one in content.texts]]
            connection.execute("insert into counted select unnest(?), unnest(?)", rows)
        shapes.of_few(connection)
        return states.states(connection, table, told, filled, content.distinct)


def _shown(value: Any) -> Any:
    """A value without what looks personal in it."""
    if value is None or isinstance(value, (int, float)):
        return value
    return escaping.shown(hiding.hide(str(value)))


def _of(there: Elsewhere, extract: Extract, column: Column, hidden: bool) -> dict[str, Any]:
    """What was asked of all rows."""
    content = extract.contents.of[column.name]
    filled = there.filled[column.name]
    low, high = extract.contents.ends.get(column.name, (content.low, content.high))
    if column.type in NUMBERS and low is not None:
        number = int if column.type == "integer" else float
        low, high = number(low), number(high)
    return {
        "distinct": content.distinct,
        "states": _states(there.snapshot.main, column, filled, content),
        "min": None if hidden else _shown(low),
        "max": None if hidden else _shown(high),
        "top": []
        if hidden
        else [{"value": _shown(value), "count": count} for value, count in content.top],
    }


def columns(
    there: Elsewhere, extract: Extract, screening: Screening, counting: Collection[str]
) -> dict[str, dict[str, Any]]:
    """By column ``distinct``, ``states``, ``min``, ``max`` and ``top``, None and [] for a column
    that could not be asked. ``counting``: columns that count people, of which no number is
    shown."""
    main, nothing = (
        there.snapshot.main,
        dict.fromkeys(("distinct", *VALUES)) | {"states": [], "top": []},
    )
    marked = screening.marked(main.name)
    if extract.rows >= main.rows:
        return {one["name"]: _here(one, counting) for one in _profiled(extract, screening)}
    hidden = {*marked, *extract.partly, *counting}
    return {
        column.name: _of(there, extract, column, column.name in hidden)
        if column.name in extract.contents.of
        else nothing
        for column in main.columns
    }


def _profiled(extract: Extract, screening: Screening) -> Iterable[dict[str, Any]]:
    told: list[dict[str, Any]] = profile.profile(extract.snapshot, screening)["tables"][0][
        "columns"
    ]
    return told


def _here(told: dict[str, Any], counting: Collection[str]) -> dict[str, Any]:
    """The same of a column of a table that was read whole."""
    hidden = told["name"] in counting
    kept = {name: told[name] for name in ("distinct", "states", *VALUES)}
    if hidden:
        return kept | {"min": None, "max": None, "top": []}
    top = [one | {"value": _shown(one["value"])} for one in told["top"]]
    return kept | {"min": _shown(told["min"]), "max": _shown(told["max"]), "top": top}
