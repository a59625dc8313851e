"""The merged table: the rows of all that was carried, ids made unique, ``source`` from each
organisation, in an order that does not depend on the order of files.

``merged`` writes it as Parquet, private: a column of texts for each of ``Merged.headers``, then
``_organisation``, ``_candidate``, ``_file`` (names), ``_file_row`` (as a spreadsheet numbers it),
``_part`` (of a row that became several), ``_old_id``, ``_why`` (of the id: kept | earlier | clash,
null where there is none), ``_left`` (null, or why the row is left out: ``masked``, ``no_value``,
``same``), ``_instead`` (the id of the row that stands for one that is the same) and ``_row`` (where
it stands in a file of the merged rows, whose header is row 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from helpers.declared.fields import Field, Specification
from helpers.declared.organisations import organisation
from helpers.filling_in.merging import ids
from helpers.filling_in.merging.carrying import FILE_ROW, LEFT_OUT, PART, Carried
from helpers.filling_in.merging.ids import GIVEN
from helpers.reading import databases

if TYPE_CHECKING:
    import pandas as pd

ID, SOURCE = "id", "source"
ORGANISATION, CANDIDATE, FILE = "_organisation", "_candidate", "_file"
OLD_ID, WHY, INSTEAD, NUMBER = "_old_id", "_why", "_instead", "_row"
ADDED = (
    *(ORGANISATION, CANDIDATE, FILE, FILE_ROW, PART),
    *(OLD_ID, WHY, LEFT_OUT, INSTEAD, NUMBER),
)
JOINT = ("samverkan", "region")  # whose rows may be other organisations': ``source`` says whose
NONE = "null::varchar"
SourceRow = tuple[str, int]  # candidate, row in its file
Same = Mapping[SourceRow, SourceRow]  # a row that is left out -> the row that stands for both


@dataclass(frozen=True)
class Merged:
    """The merged table in ``file``. ``id``: the header of the organisations' own ids, None where
    the type has none; ``sourced`` that of whose row it is. ``parts``: what it is made of, in
    order."""

    file: Path
    specification: Specification
    headers: tuple[str, ...]
    parts: tuple[Carried, ...]
    id: str | None
    sourced: str | None
    rows: int
    left: int
    unknown_same: int = 0  # decided to be the same as a row that is not there: they stay

    @property
    def relation(self) -> str:
        """The table as SQL has it, rows that are left out among them."""
        return f"read_parquet({databases.quoted(self.file)})"

    @property
    def kept(self) -> str:
        """The merged rows alone as SQL has them."""
        return f"(from {self.relation} where {LEFT_OUT} is null)"

    def frame(self) -> pd.DataFrame:
        """The merged rows with their origin, for pandas; all texts but rows' numbers."""
        with databases.connect() as con:
            frame: pd.DataFrame = con.execute(f"from {self.kept} order by {NUMBER}").df()
        return frame.drop(columns=[LEFT_OUT, INSTEAD])


def _own(specification: Specification) -> list[Field]:
    """The fields that the specification has; a variant lacks some of its type's."""
    return [one for one in specification.fields if not one.extra]


def own_id(specification: Specification) -> Field | None:
    """The field of ids that each organisation gives by itself. A key of another name (of a square,
    a stop, a national register) means the same to all, and is never made into another."""
    return next((one for one in _own(specification) if one.name == ID and one.role == "key"), None)


def whose(specification: Specification) -> Field | None:
    """The field that says whose a row is."""
    return next((one for one in _own(specification) if one.name == SOURCE), None)


def _headers(specification: Specification, parts: Sequence[Carried]) -> tuple[str, ...]:
    """The specification's columns that any part has, in its order."""
    held = {header for part in parts for header in part.headers}
    return tuple(one.header for one in _own(specification) if one.header in held)


def _source_code(field: Field, id: str) -> str | None:
    """What ``source`` says of an organisation, by the field's kind; None where it has none."""
    owner = organisation(id)
    if owner is None:
        return None
    number = owner.organisationsnummer
    return (owner.kommunkod or number) if field.role == "municipality_code" else number


def _part(part: Carried, headers: tuple[str, ...], source: Field | None) -> str:
    """SQL for the rows of one part, all columns there are."""
    cells = {name: databases.named(name) if name in part.headers else "null" for name in headers}
    owner = organisation(part.owned.organisation)
    said = databases.quoted(part.owned.organisation)
    if source is not None and source.header in headers:
        cell = cells[source.header]
        if owner is not None and owner.kind in JOINT:
            digits = f"regexp_replace({cell}::varchar, '[^0-9]', '', 'g')"
            said = f"coalesce((select organisation from owners where code = {digits}), {said})"
        code = _source_code(source, part.owned.organisation)
        if code:
            cells[source.header] = f"coalesce({cell}, {databases.quoted(code)})"
    columns = ", ".join(f"({sql})::varchar as {databases.named(n)}" for n, sql in cells.items())
    return (
        f"select {columns}, {said} as {ORGANISATION},"
        f" {databases.quoted(part.owned.candidate)} as {CANDIDATE},"
        f" {databases.quoted(part.source)} as {FILE}, {FILE_ROW}, {PART}, {LEFT_OUT}"
        f" from read_parquet({databases.quoted(part.file)})"
    )


def _settled(same: Same) -> Iterator[tuple[str, int, str, int]]:
    """Each row that is left out with the one that stands for it in the end. ``ValueError`` for rows
    that stand for each other."""
    for left in sorted(same):
        kept, seen = same[left], {left}
        while kept in same:
            if kept in seen:
                raise ValueError("rows that stand for each other")
            seen.add(kept)
            kept = same[kept]
        yield (*left, *kept)


def _put_same(con: duckdb.DuckDBPyConnection, same: Same) -> int:
    """The table ``same``: rows that are left out for another that is there; how many were not."""
    con.execute(
        "create temp table same (candidate varchar, row bigint, to_candidate varchar,"
        " to_row bigint)"
    )
    rows = list(_settled(same))
    if rows:
        con.executemany("insert into same values (?, ?, ?, ?)", rows)
    there = (
        f"exists (from pooled p where p.{CANDIDATE} = {{}} and p.{FILE_ROW} = {{}}"
        f" and p.{LEFT_OUT} is null)"
    )
    found = f"{there.format('candidate', 'row')} and {there.format('to_candidate', 'to_row')}"
    row = con.execute(f"delete from same where not ({found})").fetchone()
    return int(row[0]) if row else 0


def _pool(con: duckdb.DuckDBPyConnection, made: Merged, source: Field | None) -> None:
    """The view ``pooled``: the rows of all parts."""
    parts = [f"({_part(part, made.headers, source)})" for part in made.parts]
    con.execute(f"create temp view pooled as {' union all '.join(parts)}")


def _of_ids(made: Merged) -> tuple[str, str, str, str]:
    """SQL of a row's own id, of why it has the one that it is given, and of the id of the row that
    stands for it; and the joins that these need."""
    if made.id is None:
        return NONE, NONE, NONE, ""
    old = databases.named(made.id)
    joins = f"""
        left join {GIVEN} g
            on g.organisation = p.{ORGANISATION} and g.old_id = {ids.usable(f"p.{old}")}
        left join pooled k
            on k.{CANDIDATE} = s.to_candidate and k.{FILE_ROW} = s.to_row and k.{PART} = 0
            and k.{LEFT_OUT} is null
        left join {GIVEN} h
            on h.organisation = k.{ORGANISATION} and h.old_id = {ids.usable(f"k.{old}")}"""
    return f"p.{old}", "case when s.row is null then g.why end", "h.id", joins


def _query(made: Merged) -> str:
    """The merged table's rows in their order. Where a part stands among the others follows from
    whose it is, never from the order in which parts came."""
    places = " ".join(
        f"when {databases.quoted(part.owned.candidate)} then {i}"
        for i, part in enumerate(made.parts)
    )
    old, why, instead, joins = _of_ids(made)
    cells = ", ".join(
        f"coalesce(g.id, p.{databases.named(name)}) as {databases.named(name)}"
        if name == made.id
        else f"p.{databases.named(name)}"
        for name in made.headers
    )
    left = f"coalesce(p.{LEFT_OUT}, case when s.row is not null then 'same' end)"
    order = f"order by case p.{CANDIDATE} {places} end, p.{FILE_ROW}, p.{PART}"
    # a filtered count over a frame is worked out anew for each row: of a million that is an hour
    one = f"case when {left} is null then 1 else 0 end"
    number = f"(1 + sum({one}) over ({order} rows unbounded preceding))::bigint"
    return f"""
        select {cells}, p.{ORGANISATION}, p.{CANDIDATE}, p.{FILE}, p.{FILE_ROW}, p.{PART},
            {old} as {OLD_ID}, {why} as {WHY}, {left} as {LEFT_OUT}, {instead} as {INSTEAD},
            case when {left} is null then {number} end as {NUMBER}
        from pooled p
        left join same s on s.candidate = p.{CANDIDATE} and s.row = p.{FILE_ROW}
        {joins}
        {order}"""


def merged(
    parts: Sequence[Carried],
    specification: Specification,
    file: Path,
    *,
    same: Same | None = None,
    earlier: Mapping[tuple[str, str], str] | str | None = None,
    spill: Path | None = None,
) -> Merged:
    """Write the merged table to ``file``. ``same``: rows that people have decided are the same as
    another, which stays; ``earlier``: the ids that an earlier merge gave, (organisation, old id) ->
    id, or a relation in SQL with columns of these names. ``ValueError`` for parts of one candidate,
    and for rows that stand for each other."""
    ordered = tuple(sorted(parts, key=lambda part: part.sort_key))
    if len({part.owned.candidate for part in ordered}) < len(ordered):
        raise ValueError("a candidate stands among the parts more than once")
    headers = _headers(specification, ordered)
    field, source = own_id(specification), whose(specification)
    if source is not None and source.header not in headers:
        headers = tuple(
            one.header for one in _own(specification) if one.header in {*headers, source.header}
        )
    id = field.header if field and field.header in headers else None
    made = Merged(
        file, specification, headers, ordered, id, source.header if source else None, 0, 0
    )
    with databases.connect(spill=spill or file.parent / "spill") as con:
        return _written(con, made, source, same or {}, earlier)


def _written(
    con: duckdb.DuckDBPyConnection,
    made: Merged,
    source: Field | None,
    same: Same,
    earlier: Mapping[tuple[str, str], str] | str | None,
) -> Merged:
    ids.put_organisations(con, (part.owned.organisation for part in made.parts))
    _pool(con, made, source)
    con.execute("""
        insert into codes
        select distinct organisation, min(code)
        from owners
        where organisation not in (select organisation from codes)
        group by 1""")
    unknown = _put_same(con, same)
    if made.id:
        ids.put_earlier(con, earlier)
        left = f"select 1 from same s where s.candidate = p.{CANDIDATE} and s.row = p.{FILE_ROW}"
        still = f"(from pooled p where {LEFT_OUT} is null and not exists ({left}))"
        ids.give(con, still, databases.named(made.id))
    databases.write(con, _query(made), made.file, len(made.headers) + len(ADDED))
    counts = con.execute(
        f"select count(*) filter (where {LEFT_OUT} is null), count({LEFT_OUT}) from {made.relation}"
    ).fetchone()
    rows, left_out = map(int, counts or (0, 0))
    return Merged(
        made.file,
        made.specification,
        made.headers,
        made.parts,
        made.id,
        made.sourced,
        rows,
        left_out,
        unknown,
    )
