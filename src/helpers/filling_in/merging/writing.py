"""A merged table as files: the rows in the specification's form, and where each comes from.

The file of origins has a line for each row of each source, in the result or not; ids stand there as
they were, no other cell does. By it a later merge gives each row the id that it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from helpers.filling_in.merging import accounts
from helpers.filling_in.merging.accounts import PartAccount
from helpers.filling_in.merging.carrying import FILE_ROW, LEFT_OUT, PART
from helpers.filling_in.merging.ids import usable
from helpers.filling_in.merging.table import (
    CANDIDATE,
    FILE,
    INSTEAD,
    NUMBER,
    OLD_ID,
    ORGANISATION,
    WHY,
    Merged,
)
from helpers.reading import databases
from helpers.screening.marks import Screening
from helpers.screening.masking import formulas, tables
from helpers.screening.masking.formulas import Formulas
from helpers.screening.masking.writing import again
from helpers.words.errors import ConfigurationError, Stopped
from helpers.words.files import writing
from helpers.words.messages import text
from helpers.words.personal import hiding
from helpers.words.suppression import K

ORIGIN = (  # columns of the file of origins, in order
    *("row", "id", "organisation", "candidate", "file", "file_row", "spread", "old_id"),
    *("left_out", "instead"),
)
REASONS = (*accounts.LEFT, "rejected", "gone")
SHOWN = 6  # columns named in a refusal


@dataclass(frozen=True)
class MergeFiles:
    """Where the rows and their origins are written; ``language`` of the latter's headings. ``id``:
    what the merged dataset is called, for an error."""

    table: Path
    origin: Path
    id: str
    language: str = "sv"


@dataclass(frozen=True)
class MergeAccount:
    """What was written: the account of each source; ``after``, what screening says of the file;
    ``formulas``, what a spreadsheet would run; ``gone``: ids of an earlier merge whose rows are no
    longer there."""

    parts: tuple[PartAccount, ...]
    after: Screening
    formulas: tuple[Formulas, ...] = ()
    gone: int = 0


def earlier(file: Path) -> str:
    """The ids that an earlier merge gave, of its file of origins, as ``merged`` takes them. Raises
    ``ConfigurationError`` where it cannot be read as one."""
    columns = ", ".join(f"{databases.quoted(name)}: 'varchar'" for name in ORIGIN)
    read = (
        f"read_csv({databases.quoted(file)}, header = true, auto_detect = false, delim = ';',"
        f" quote = '\"', escape = '\"', columns = {{{columns}}})"
    )
    # what a spreadsheet would run has a sign before it that is no part of the id
    said = "id <> '' and old_id <> '' and not starts_with(id, '''')"
    said += " and not starts_with(old_id, '''')"
    relation = f"(select organisation, old_id, id from {read} where {said})"
    try:
        with databases.connect() as con:
            con.execute(f"select count(*) from {relation}").fetchone()
    except duckdb.Error:
        raise ConfigurationError("merging.earlier", {"file": file.name}) from None
    return relation


def _copied(con: duckdb.DuckDBPyConnection, query: str, file: Path, how: str) -> None:
    form = f"format csv, header true, quote '\"', escape '\"', {how}"
    try:
        con.execute(f"copy ({query}) to {databases.quoted(file)} ({form})")
    except duckdb.IOException as error:
        raise tables.refused(error, file) from None


def _write_table(con: duckdb.DuckDBPyConnection, merged: Merged, file: Path) -> None:
    columns = ", ".join(map(databases.named, merged.headers))
    query = f"select {columns} from {merged.kept} order by {NUMBER}"
    _copied(con, query, file, "delimiter ','")


def _spread(merged: Merged) -> str:
    """SQL of the source's column that a row was made of, where rows were made of columns."""
    cases = [
        f"when {CANDIDATE} = {databases.quoted(part.owned.candidate)} and {PART} = {i}"
        f" then {databases.quoted(str(hiding.shown(name)))}"
        for part in merged.parts
        for i, name in enumerate(part.spread)
    ]
    return f"case {' '.join(cases)} end" if cases else "null::varchar"


def _rejected(merged: Merged) -> str:
    """The rows that reading could not place in a table, as lines of the file of origins."""
    lines = [
        f"({databases.quoted(part.owned.organisation)}, {databases.quoted(part.owned.candidate)},"
        f" {databases.quoted(part.source)}, {one.row})"
        for part in merged.parts
        for one in part.rejected
    ]
    listed = ", ".join(lines) or "(null, null, null, null)"
    none = "null::varchar"
    return (
        f"select null::bigint, {none}, o, c, f, r, {none}, {none}, 'rejected', {none},"
        f" 2, c from (values {listed}) as v(o, c, f, r) where c is not null"
    )


def _gone(merged: Merged, before: str | None) -> str:
    """Ids of an earlier merge whose rows are not there: nobody else is given them."""
    none = "null::varchar"
    there = f"select {ORGANISATION}, {OLD_ID} from {merged.kept} where {WHY} is not null"
    held = before or f"(select {none} as organisation, {none} as old_id, {none} as id where false)"
    return (
        f"select distinct null::bigint, id, organisation, {none}, {none}, null::bigint, {none},"
        f" old_id, 'gone', {none}, 3, organisation || old_id"
        f" from {held} where (organisation, old_id) not in ({there})"
    )


def _origins(merged: Merged, before: str | None, language: str) -> str:
    """The lines of the file of origins: rows of the result in its order, then what is left out."""
    id = databases.named(merged.id) if merged.id else "null::varchar"
    given = f"case when {LEFT_OUT} is null then {id} end"
    lines = (
        f"select {NUMBER}, {given}, {ORGANISATION}, {CANDIDATE}, {FILE}, {FILE_ROW},"
        f" {_spread(merged)}, {usable(OLD_ID)}, {LEFT_OUT}, {INSTEAD},"
        f" case when {LEFT_OUT} is null then 0 else 1 end, {CANDIDATE} from {merged.relation}"
    )
    whole = f"{lines} union all {_rejected(merged)} union all {_gone(merged, before)}"
    why = " ".join(
        f"when '{reason}' then {databases.quoted(text(f'merging.left.{reason}', language))}"
        for reason in REASONS
    )
    safe = {"id", "spread", "old_id", "instead", "file"}
    said = []
    for name in ORIGIN:
        cell = f"o.{databases.named(name)}"
        sql = formulas.guarded(cell) if name in safe else cell
        sql = f"case {cell} {why} end" if name == "left_out" else sql
        head = databases.named(text(f"merging.origin.{name}", language))
        said.append(f"case when {cell} is not null then {sql} end as {head}")
    names = ", ".join(map(databases.named, (*ORIGIN, "sort", "who")))
    order = 'order by o.sort, o."row", o.who, o.file_row, o.spread, o.old_id'
    return f"select {', '.join(said)} from ({whole}) as o({names}) {order}"


def _stopped(after: Screening, id: str, language: str) -> None:
    """``Stopped`` where the merged file holds what stops publication, and no source said so."""
    marks = [mark for mark in after.marks if mark.level == "stopp"]
    if marks:
        kinds = [text(f"screening.kind.{mark.kind}", language) for mark in marks[:SHOWN]]
        columns = list(dict.fromkeys(mark.column for mark in marks[:SHOWN]))
        values = {"id": id, "columns": ", ".join(columns), "kinds": "; ".join(dict.fromkeys(kinds))}
        raise Stopped("merging.stopped", values)


def write(merged: Merged, files: MergeFiles, before: str | None = None) -> MergeAccount:
    """Write both files. ``before``: the ids of an earlier merge, see ``earlier``. Raises
    ``Stopped``, and leaves no table, where screening stops what was merged."""
    type, whole = merged.specification.name, merged.specification
    with databases.connect(spill=merged.file.parent / "spill") as con:
        told = accounts.accounts(con, merged)
        with writing.aside(files.table) as part:
            _write_table(con, merged, part)
            after = again(part, type, whole, quasi_identifiers=None, k=K)
            _stopped(after, files.id, files.language)
        with writing.aside(files.origin) as part:
            query = _origins(merged, before, files.language)
            _copied(con, query, part, "delimiter ';', force_quote *")
        cells = {name: databases.named(name) for name in merged.headers}
        numbered = f"(select *, {NUMBER} as source_row from {merged.kept})"
        run = formulas.found(con, cells, ["true"], numbered)
        row = con.execute(f"select count(*) from ({_gone(merged, before)})").fetchone()
    return MergeAccount(told, after, tuple(run), int(row[0]) if row else 0)
