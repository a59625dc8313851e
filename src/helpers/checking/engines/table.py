"""A table of a site as the rules see it: its columns' types, how many rows and cells it has, and
where its positions stand; all of it found by queries over there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.checking import view
from helpers.checking.engines import relations
from helpers.checking.engines.site import Site
from helpers.declared.specifications import Specification
from helpers.reading import missing
from helpers.reading.snapshot import Column, Geometry, Snapshot, Table

TOGETHER = 48  # aggregates in one query
MOST = 0.95  # of the cells of a text column read as its field's type: then it is of that type
READ = {"integer": "bigint", "decimal": "double", "date": "date"}
POSITION = {"x": "longitude", "y": "latitude"}
FARTHEST = {"x": 180, "y": 90}


@dataclass(frozen=True)
class Elsewhere:
    """A site's table, ready to be asked. ``filled``: column -> cells that hold a value."""

    site: Site
    snapshot: Snapshot
    source: relations.Source
    keys: tuple[str, ...]
    filled: Mapping[str, int] = field(default_factory=dict)

    def aggregates(self, asked: Sequence[str]) -> list[Any]:
        """The values of aggregates of ``base``, in DuckDB's SQL. Raises ``Untranslated``."""
        return _aggregates(self.site, self.source, asked)


def _aggregates(site: Site, source: relations.Source, asked: Sequence[str]) -> list[Any]:
    values: list[Any] = []
    for start in range(0, len(asked), TOGETHER):
        some = asked[start : start + TOGETHER]
        listed = ", ".join(site.dialect.sql(one) for one in some)
        asking = relations.of_base(site.dialect, source, f"select {listed} from base")
        values += site.rows(asking)[0]
    return values


def _typed(column: Column) -> str:
    """The value of a text column that is read as a number or a day, in DuckDB's SQL."""
    return f"try_cast({view.cell(column)} as {READ[column.type]})"


def _reads(
    site: Site, columns: Sequence[Column], wanted: Mapping[str, str]
) -> tuple[list[Column], set[str]]:
    """The columns, a text column with the type of its field where nearly all cells read so; and
    the names of those."""
    texts = [
        replace(one, type=wanted[one.name])
        for one in columns
        if one.type == "text" and wanted.get(one.name) in READ
    ]
    plain = [replace(one, type="text") for one in texts]
    asked = [
        part for one in texts for part in (f"count({view.cell(one)})", f"count({_typed(one)})")
    ]
    if not texts:
        return list(columns), set()
    counts = _aggregates(site, site.source(plain, ()), asked)
    read = {
        one.name: one
        for one, there, right in zip(texts, counts[::2], counts[1::2], strict=True)
        if there and right >= MOST * there
    }
    return [read.get(one.name, one) for one in columns], set(read)


def _placed(
    site: Site, source: relations.Source, fields: Mapping[str, str]
) -> tuple[relations.Source, Geometry | None]:
    """With longitude and latitude, where the table has columns of both in degrees."""
    by_name = {column.name: column for column in source.columns}
    axes = {axis: by_name.get(fields.get(name, "")) for axis, name in POSITION.items()}
    found = {axis: one for axis, one in axes.items() if one is not None and one.type == "decimal"}
    if len(found) < len(axes):
        return source, None
    far = _aggregates(site, source, [f"max(abs({found[axis].value}))" for axis in POSITION])
    if any(one is None or one > FARTHEST[axis] for axis, one in zip(POSITION, far, strict=True)):
        return source, None
    there = " and ".join(f"{one.value} is not null" for one in found.values())
    both = {axis: f"case when {there} then {one.value} end" for axis, one in found.items()}
    spots = both | {"lon": both["x"], "lat": both["y"]}
    names = [one.name for one in found.values()]
    return replace(source, spots=spots), Geometry("EPSG:4326", "recognised", "point", names)


def _cells(site: Site, source: relations.Source) -> tuple[int, list[int], frozenset[str]]:
    """How many rows there are, and cells of each column that hold a value; and the columns whose
    cells are their texts, so that no later query need look for blanks and tokens."""
    asked = ["count(*)"]
    for one in source.columns:
        cell = view.cell(one)
        otherwise = f"count(case when {cell} <> {one.text} then 1 end)"
        asked += [f"count({cell})", f"count({one.text}) - count({cell}) + {otherwise}"]
    rows, *found = _aggregates(site, source, asked)
    columns = zip(source.columns, found[1::2], strict=True)
    return rows, found[::2], frozenset(one.name for one, otherwise in columns if not otherwise)


def opened(
    site: Site,
    fields: Mapping[str, str],
    specification: Specification | None,
    keys: Sequence[str] = (),
) -> Elsewhere:
    """The site's table. ``fields``: field of the specification -> column; ``keys``: columns that
    name a row, else the table's own primary key, else the fields that are keys."""
    known = {one.name: one for one in specification.fields} if specification else {}
    wanted = {header: known[name].type for name, header in fields.items() if name in known}
    own = [Column(number, one.name, one.type) for number, one in enumerate(site.columns)]
    columns, read = _reads(site, own, wanted)
    by_role = [fields[name] for name, one in known.items() if one.role == "key" and name in fields]
    named = tuple(keys or site.keys or by_role)
    plain = [replace(one, type="text") if one.name in read else one for one in columns]
    values = {
        one.value: f"try_cast(({missing.present(one.text)}) as {READ[one.type]})"
        for one in columns
        if one.name in read
    }
    source = replace(site.source(plain, named), columns=columns, values=values)
    source, geometry = _placed(site, source, fields)
    rows, there, bare = _cells(site, source)
    # cells without a value, whatever token stands for it over there
    counted = [
        replace(column, missing={"": rows - count} if rows > count else {})
        for column, count in zip(columns, there, strict=True)
    ]
    source = replace(source, bare=bare)
    table = Table(site.label, "", rows, counted, None, geometry)
    snapshot = Snapshot(Path(), site.label, "", site.name, [table])
    filled = {column.name: count for column, count in zip(columns, there, strict=True)}
    return Elsewhere(site, snapshot, source, named, filled)
