"""The rows of a merged table as objects: which of them two organisations both have, what has been
decided, and which row stands for which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.declared.fields import Specification
from helpers.filling_in.merging import decisions, measures, same_objects
from helpers.filling_in.merging.carrying import FILE_ROW, PART, Carried
from helpers.filling_in.merging.decisions import Decisions, Standing
from helpers.filling_in.merging.measures import Telling
from helpers.filling_in.merging.same_objects import Found, Ref, Row
from helpers.filling_in.merging.table import (
    CANDIDATE,
    OLD_ID,
    ORGANISATION,
    Merged,
    Same,
    SourceRow,
)
from helpers.reading import databases

LATITUDE, LONGITUDE = "latitude", "longitude"


@dataclass(frozen=True)
class Reviewed:
    """``found``: pairs that nobody has decided about; ``standing``: what has been decided;
    ``same``: rows that are left out -> the row that stands for both. ``asked`` is false for a type
    whose rows are no objects with a name and an id; ``too_many`` true for a table with more rows
    than are compared."""

    type: str
    asked: bool = True
    too_many: bool = False
    found: Found = field(default_factory=Found)
    standing: Standing = field(default_factory=Standing)
    same: Same = field(default_factory=dict)


def headers_of(specification: Specification, merged: Merged) -> dict[str, str]:
    """Field -> header of the merged table, of those that it has."""
    return {one.name: one.header for one in specification.fields if one.header in merged.headers}


def withheld(part: Carried, headers: dict[str, str]) -> frozenset[str]:
    """The fields of which masking has touched any cell."""
    masked = {column for loss in part.masked for column in loss.step.columns}
    touched = {
        column.target
        for column in part.converted.columns
        if column.withheld or masked & set(column.sources)
    }
    return frozenset(name for name, header in headers.items() if header in touched)


def marked(part: Carried, headers: dict[str, str]) -> frozenset[str]:
    """The fields that screening has marked."""
    return frozenset(name for name, header in headers.items() if header in part.marked)


def _id(merged: Merged) -> str:
    """The column of the ids that organisations know their rows by: their own, or a key that means
    the same to all; '' where there is none."""
    if merged.id is not None:
        return OLD_ID
    keys = [one.header for one in merged.specification.fields if one.role == "key"]
    return next((header for header in keys if header in merged.headers), "")


def _degrees(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _cells(merged: Merged, names: list[str]) -> Iterator[tuple[object, ...]]:
    columns = ", ".join(databases.named(name) for name in names)
    with databases.connect() as con:
        yield from con.execute(
            f"select {columns} from {merged.kept} where {PART} = 0 order by {CANDIDATE}, {FILE_ROW}"
        ).fetchall()


def rows(merged: Merged, telling: Telling) -> list[tuple[Row, SourceRow]]:
    """The merged rows as objects, each with where it stands: candidate and row of the file."""
    headers = headers_of(merged.specification, merged)
    wanted = [
        name
        for name in dict.fromkeys((telling.name, *telling.fields, LATITUDE, LONGITUDE))
        if name in headers
    ]
    looked = {part.owned.candidate: marked(part, headers) for part in merged.parts}
    hidden = {part.owned.candidate: withheld(part, headers) for part in merged.parts}
    columns = [ORGANISATION, CANDIDATE, FILE_ROW, _id(merged), *(headers[one] for one in wanted)]
    found = []
    for owner, candidate, number, id, *cells in _cells(merged, columns):
        values = {name: str(cell) for name, cell in zip(wanted, cells, strict=True) if cell}
        row = Row(
            str(owner),
            str(id or ""),
            values,
            _degrees(values.pop(LONGITUDE, None)),
            _degrees(values.pop(LATITUDE, None)),
            int(str(number)),
            hidden[str(candidate)],
            looked[str(candidate)],
        )
        found.append((row, (str(candidate), row.row)))
    return found


def review(merged: Merged, decided: Decisions) -> Reviewed:
    """What of a table, merged without decisions, is the same object, and what has been decided."""
    type = merged.specification.name
    telling = measures.telling(type)
    if telling is None or not _id(merged):
        return Reviewed(type, asked=False)
    if merged.rows > measures.known().identity.rows.value:
        return Reviewed(type, too_many=True)
    every = rows(merged, telling)
    places: dict[Ref, list[SourceRow]] = {}
    for row, place in every:
        places.setdefault(row.ref, []).append(place)
    known = {ref: there[0] for ref, there in places.items() if len(there) == 1}
    standing = decisions.standing(decided, type, known)
    found = same_objects.find((row for row, _ in every), telling, standing.decided)
    same = {known[left]: known[kept] for left, kept in standing.instead.items()}
    return Reviewed(type, found=found, standing=standing, same=same)
