"""Screen a snapshot: DuckDB sieves each column's different texts, Python labels them; only rows and
counts leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.declared.specifications import Specification
from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Snapshot, Table
from helpers.screening import disclosure, halves, kinds, named, outside, sieving
from helpers.screening.column import Found, Hits, Seen, Weighed, by_header, together
from helpers.screening.different import SHORTEST_BYTES, Different, Patterns, anywhere
from helpers.screening.kinds import organisations, person_names, staff_ids, vehicles
from helpers.screening.marks import Mark, Risk, Screening
from helpers.words.suppression import K

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
TOGETHER = 2_000
HELD = 200_000  # labels of one kind in one column
FEW = 2_000  # texts that are tried by each kind as quickly
NAMES = "person_names"
ALONE: frozenset[str] = frozenset()


def _label(
    texts: Different, kind: kinds.Kind, sieve: str, among: str, seen: Seen, folder: Path
) -> bool:
    """Fill the temporary table ``labelled`` (text, label) with those ``among`` the texts of a
    table that the sieve lets through; false where no text has a label. More labels than ``HELD``
    wait in ``folder``, not in memory."""
    con, loose = texts.con, sieving.loosely(sieve)
    reader = con.execute(f"select text from {among} where {texts.patterns.where(loose)}")
    labels: dict[str, str] = {}
    waiting: list[Path] = []
    sure = loose == sieve
    while batch := reader.fetchmany(BATCH):
        found = {text: label for (text,) in batch if (label := kind.find(text, seen))}
        labels |= found
        sure = sure or all(map(sieving.as_strictly, found))
        if len(labels) > HELD:
            waiting.append(_laid_aside(labels, databases.aside(folder, "labels")))
            labels = {}
    if not labels and not waiting:
        return False
    _labelled(con, labels)
    for file in waiting:
        con.execute(f"insert into labelled from {databases.quoted(str(file))}")
        file.unlink()
    if not sure:
        con.execute(f"delete from labelled where not {texts.patterns.where(sieve)}")
    return sure or bool(texts.one("select count(*) from labelled"))


def _laid_aside(labels: dict[str, str], file: Path) -> Path:
    import pyarrow as pa  # 0.2 s
    import pyarrow.parquet as pq  # 0.2 s

    texts, names = pa.array(labels.keys(), pa.string()), pa.array(labels.values(), pa.string())
    pq.write_table(pa.table({"text": texts, "label": names.dictionary_encode()}), file)
    return file


def _labelled(con: duckdb.DuckDBPyConnection, labels: dict[str, str]) -> bool:
    con.execute("create or replace temp table labelled (text varchar, label varchar)")
    pairs = list(labels.items())
    # as literals: DuckDB imports pandas to take them as parameters
    for start in range(0, len(pairs), TOGETHER):
        values = ", ".join(
            f"({databases.quoted(text)}, {databases.quoted(label)})"
            for text, label in pairs[start : start + TOGETHER]
        )
        con.execute(f"insert into labelled values {values}")
    return bool(labels)


def _found(con: duckdb.DuckDBPyConnection, column: Column, rows: str = "true") -> Found:
    """How many of the ``rows`` (SQL) have each label, of how many texts, and the first of those
    rows."""
    listed = con.execute(f"""
        select label, count(*), min(source_row, {MAX_ROWS_LISTED})
        from (select source_row, {column.text} as text from source where {rows})
        join labelled using (text)
        group by label""").fetchall()
    # apart: of millions of texts DuckDB cannot spill their count beside a join
    among = (
        "" if rows == "true" else f"where text in (select {column.text} from source where {rows})"
    )
    texts = dict(
        con.execute(f"select label, count(*) from labelled {among} group by label").fetchall()
    )
    return {
        str(label): Hits(count, texts[label], [int(row) for row in some])
        for label, count, some in listed
    }


def _passing(texts: Different, sieves: Iterable[str], among: str, name: str) -> int:
    """How many ``among`` the texts of a table pass one of the sieves; they are in the temporary
    table of that name."""
    any_sieve = sieving.loosely("|".join(f"(?:{sieve})" for sieve in sieves))
    texts.con.execute(
        f"create or replace temp table {name} as"
        f" from {among} where {texts.patterns.where(any_sieve)}"
    )
    return texts.one(f"select count(*) from {name}")


def _sieved(texts: Different, seen: Seen) -> Iterator[tuple[str, str, str]]:
    """Each kind that is looked for, its sieve, and the temporary table of the texts that may pass
    it. Every second text is let through as a name, and hardly one as anything else: where they are
    many, the others have a table without the names."""
    sieves = {name: sieve for name, kind in kinds.ALL.items() if (sieve := kind.sieve(seen))}
    many = _passing(texts, sieves.values(), texts.name, "maybe")
    others = [sieve for name, sieve in sieves.items() if name != NAMES]
    apart = many > FEW and NAMES in sieves
    if apart:
        _passing(texts, others, "maybe", "unlike_names")
    for name, sieve in sieves.items() if many else ():
        yield name, sieve, "unlike_names" if apart and name != NAMES else "maybe"


def _column(
    source: databases.Source,
    column: Column,
    seen: Seen,
    texts: Different,
    keep: bool,
    persons: str,
    folder: Path,
) -> Iterator[tuple[Mark, frozenset[str]]]:
    """The column's marks, each with the kinds beside which alone it counts, the empty set where by
    itself. ``keep``: all their rows, in ``hits``; ``folder``: where what is too much to be held
    waits.

    ``persons``: the rows (SQL) that may name a person, all but those whose id is a legal person's.
    """
    con = source.connection
    seen = replace(seen, organisations=organisations.are_held(seen, texts))
    for name, sieve, among in _sieved(texts, seen):
        kind = kinds.ALL[name]
        if not _label(texts, kind, sieve, among, seen, folder):
            continue
        rows = persons if name == NAMES else "true"
        by_label = _found(con, column, rows)
        for weighed in _as_one(kind.weigh(replace(seen, texts=texts.all), by_label, texts)):
            hits = together(by_label, weighed.labels)
            if hits.count:
                if keep:
                    _keep(con, column, weighed.kind, weighed.labels, rows)
                mark = Mark(
                    seen.table,
                    seen.name,
                    weighed.kind,
                    weighed.certainty,
                    hits.count,
                    hits.rows,
                    weighed.level,
                )
                yield mark, weighed.beside


def _as_one(listed: Iterable[Weighed]) -> list[Weighed]:
    """What is said in the same words is said once: labels of one kind, as sure and as severe."""
    same: dict[tuple[str, str, str, frozenset[str]], tuple[str, ...]] = {}
    for weighed in listed:
        about = (weighed.kind, weighed.certainty, weighed.level, weighed.beside)
        same[about] = (*same.get(about, ()), *weighed.labels)
    return [
        Weighed(kind, certainty, level, tuple(dict.fromkeys(labels)), beside)
        for (kind, certainty, level, beside), labels in same.items()
    ]


def _keep(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    kind: str,
    labels: tuple[str, ...],
    rows: str = "true",
) -> None:
    listed = ", ".join(databases.quoted(label) for label in labels)
    con.execute(f"""
        insert into hits
        select {databases.quoted(column.name)}, {databases.quoted(kind)}, source_row
        from (select source_row, {column.text} as text from source where {rows})
        join labelled using (text)
        where label in ({listed})""")


def _table(
    source: databases.Source,
    table: Table,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    keep: bool,
    folder: Path,
) -> list[Mark]:
    field_of = {column: name for name, column in fields.items()}
    marks: list[tuple[Mark, frozenset[str]]] = []
    looked_at = _seen(source, table, fields, specification, type)
    patterns = Patterns(source, [table.column(seen.name) for seen in looked_at])
    for seen in looked_at:
        column = table.column(seen.name)
        id = named.number_of(field_of.get(column.name, ""), fields)
        source.show(column.text, *([table.column(id).text] if id else []))
        persons = f"not {_like(table.column(id), organisations.LEGAL)}" if id else "true"
        # a vehicle's number may be 7, somebody's initials AB
        short = vehicles.by_header(seen) or staff_ids.by_header(seen)
        least = 1 if short else SHORTEST_BYTES
        texts = Different(source, column, patterns, least)
        marks += _column(source, column, seen, texts, keep, persons, folder)
        if id or seen.says(person_names.PARTIES):
            number = table.column(id) if id else None
            found = _partnerships(source, table, column, texts, number, keep)
            marks += [(mark, ALONE) for mark in found]
    marks += [(mark, ALONE) for mark in halves.marks(source, table, keep)]
    sure = {mark.kind for mark, _ in marks if mark.level != "told" and mark.certainty != "possible"}
    kept = [mark for mark, beside in marks if not beside or beside & sure]
    return kept + list(_traders(kept, fields))


def _seen(
    source: databases.Source,
    table: Table,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
) -> list[Seen]:
    """The table's columns as their headers show them, with whom those of public roles and of owners
    name."""
    found = by_header(table, fields, specification, type)
    public = sorted(seen.name for seen in found if seen.public)
    in_public = named.in_public(source, [table.column(name) for name in public])
    bodies = named.bodies(source, table.columns)
    return [replace(seen, bodies=bodies, in_public=in_public) for seen in found]


def _like(column: Column, pattern: str) -> str:
    return f"coalesce(regexp_matches({column.text}, {databases.quoted(pattern)}), false)"


def _traders(marks: list[Mark], fields: dict[str, str]) -> Iterator[Mark]:
    """A sole trader's name is a person's: the name column beside the id's."""
    field_of = {column: name for name, column in fields.items()}
    for mark in marks:
        if mark.kind != "sole_trader":
            continue
        beside = named.name_of(field_of.get(mark.column, ""), fields)
        if beside and beside != mark.column and mark.certainty != "possible":
            yield replace(mark, column=beside, kind="sole_trader_name", level="granska")


def _partnerships(
    source: databases.Source,
    table: Table,
    column: Column,
    texts: Different,
    number: Column | None,
    keep: bool,
) -> Iterator[Mark]:
    """A partnership's name is a person's if it is made of names: by its id in the column beside
    (``number``), or by HB or KB."""
    con = source.connection
    if not texts.some(person_names.PARTNERSHIP, 1) and not (
        number and anywhere(source, number.text, organisations.PARTNERSHIP)
    ):
        return
    rows = _like(column, person_names.PARTNERSHIP)
    if number:
        rows = (
            f"({rows} or {_like(number, organisations.PARTNERSHIP)}) and not"
            f" {_like(number, organisations.LEGAL)}"
        )
    called = con.execute(
        f"select distinct {column.text} from source where {rows} limit {BATCH}"
    ).fetchall()
    if _labelled(
        con,
        {str(text): "partner" for (text,) in called if text and person_names.partner(str(text))},
    ):
        hits = _found(con, column, rows)["partner"]
        if keep:
            _keep(con, column, "partnership", ("partner",), rows)
        yield Mark(
            table.name, column.name, "partnership", "possible", hits.count, hits.rows, "granska"
        )


def _assessed(
    source: databases.Source,
    table: Table,
    fields: dict[str, str],
    specification: Specification | None,
    type: str,
    quasi_identifiers: list[str] | None,
    k: int,
    hits: Path | None,
    folder: Path,
) -> tuple[list[Mark], list[Risk]]:
    """The marks and the risks of one table; all rows of its marks go to ``hits``, if given."""
    con = source.connection
    con.execute("create temp table hits (column_name varchar, kind varchar, source_row bigint)")
    marks = _table(source, table, fields, specification, type, hits is not None, folder)
    if hits is not None:
        con.execute(f"copy hits to {databases.quoted(str(hits))} (format parquet)")
    source.show()
    risks = disclosure.assess(
        con, table, fields, specification, type, declared=quasi_identifiers, k=k
    )
    return marks, list(risks)


def screen(
    snapshot: Snapshot,
    fields: dict[str, str],
    specification: Specification | None,
    *,
    type: str | None = None,
    quasi_identifiers: list[str] | None = None,
    k: int = K,
    hits: Path | None = None,
) -> Screening:
    """The marks and risks of all tables, of their names, and of the rows that reading set aside.

    ``fields`` maps the specification's fields to the main table's columns; ``type`` is the
    dataset's; ``quasi_identifiers`` are declared columns of the main table, ``k`` the least size of
    a group. A column of coordinates is not screened. ``hits`` is where all rows of the main table's
    marks go, as Parquet (column, kind, source_row), for masking: a mark itself lists a thousand.
    Sources of the rules stand in each kind's module. Raises duckdb.Error if the snapshot's Parquet
    cannot be read.
    """
    kind = type or (specification.name if specification else "annan")
    marks: list[Mark] = list(outside.marks(snapshot, kind))
    risks: list[Risk] = []
    for table in snapshot.tables:
        main = table is snapshot.main
        with databases.connect(spill=snapshot.folder / "spill") as con:
            source = databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
            table_marks, table_risks = _assessed(
                source,
                table,
                fields if main else {},
                specification if main else None,
                kind,
                quasi_identifiers if main else None,
                k,
                hits if main else None,
                snapshot.folder,
            )
            marks += table_marks
            risks += table_risks
    return Screening(marks, risks)
