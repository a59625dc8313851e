"""Screen a snapshot: DuckDB sieves every text column, Python confirms; only rows and counts leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import duckdb

from helpers import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Snapshot, Table
from helpers.screening import patterns
from helpers.screening.marks import Mark, Screening
from helpers.specifications import Specification, fold

_ORGANISATION = ("orgnr", "organisationsnummer", "orgnummer", "leverantorid", "supplierid")
# A bare number passes the check digit by chance once in ten; well above that it is no chance.
CHANCE_OF_CHECK_DIGIT = 0.10
MANY = 20
# Of random 10-digit numbers about 0.4 % have a real date and a right check digit.
CHANCE_OF_RANDOM = 0.004
MANY_BARE = 40
FEW = 3  # so few among so many are as likely chance: somebody looks, nothing is stopped
SHORTEST_BYTES = 6  # a@b.se


@dataclass
class _Hits:
    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < MAX_ROWS_LISTED:
            self.rows.append(row)


def _gather(con: duckdb.DuckDBPyConnection, column: Column) -> None:
    """The column's different texts, those long enough to be an address: tried once each, however many rows hold them."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE texts AS SELECT DISTINCT {column.text} AS text FROM source "
        f"WHERE strlen({column.text}) >= {SHORTEST_BYTES}"
    )


def _sieve(con: duckdb.DuckDBPyConnection, column: Column, pattern: str) -> Iterator[tuple[int, str]]:
    literal = pattern.replace("'", "''")
    con.execute(f"CREATE OR REPLACE TEMP TABLE hits AS SELECT text FROM texts WHERE regexp_matches(text, '{literal}')")
    if con.execute("SELECT count(*) FROM hits").fetchone() == (0,):
        return
    found = con.execute(f"SELECT source_row, {column.text} FROM source WHERE {column.text} IN (FROM hits)")
    while batch := found.fetchmany(10_000):
        yield from batch


def _mark(table: Table, column: Column, kind: str, certainty: str, hits: _Hits, level: str) -> Mark:
    return Mark(table.name, column.name, kind, certainty, hits.count, sorted(hits.rows), level)


def _numbers(con: duckdb.DuckDBPyConnection, table: Table, column: Column, public: bool) -> Iterator[Mark]:
    separated, bare, candidates = _Hits(), _Hits(), 0
    for row, text in _sieve(con, column, patterns.SQL_NUMBER):
        found = list(patterns.numbers(text))
        candidates += sum(1 for is_bare, _ in found if is_bare)
        if any(valid and not is_bare for is_bare, valid in found):
            separated.add(row)
        elif any(valid for _, valid in found):
            bare.add(row)
    # A person's name may be public by role, an identity number never is; bare ones may be telephone numbers there.
    if separated.count:
        yield _mark(table, column, "personnummer", "certain", separated, "stopp")
    if bare.count:
        whole = con.execute(
            f"SELECT count(*) FROM source WHERE "
            f"regexp_matches(\"{column.text}\", '(^|[^0-9])[0-9]{{10}}([0-9]{{2}})?($|[^0-9])')"
        ).fetchone()
        total = whole[0] if whole else 0
        chance = (candidates >= MANY and bare.count < 2.5 * CHANCE_OF_CHECK_DIGIT * candidates) or (
            total >= MANY_BARE and bare.count < max(FEW, 2.5 * CHANCE_OF_RANDOM * total)
        )
        yield _mark(
            table,
            column,
            "personnummer",
            "possible" if chance or public else "certain",
            bare,
            "granska" if chance or public else "stopp",
        )


def _organisations(con: duckdb.DuckDBPyConnection, table: Table, column: Column) -> Iterator[Mark]:
    found = {"certain": _Hits(), "probable": _Hits()}
    for row, text in _sieve(con, column, patterns.SQL_NUMBER):
        certainty = patterns.sole_trader(text)
        if certainty:
            found[certainty].add(row)
        elif any(valid for _, valid in patterns.numbers(text)):
            found["certain"].add(row)
    for certainty, hits in found.items():
        if hits.count:
            yield _mark(table, column, "sole_trader", certainty, hits, "stopp")
    estates = _Hits()
    for row, text in _sieve(con, column, r"^\s*(?:16)?1\d[2-9]\d{3}-?\d{4}\s*$"):
        if patterns.estate(text):
            estates.add(row)
    if estates.count:
        yield _mark(table, column, "estate", "certain", estates, "granska")


def _contact(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    kind: str,
    pattern: str,
    test: Callable[[str], bool],
    public: bool,
) -> Iterator[Mark]:
    hits = _Hits()
    for row, text in _sieve(con, column, pattern):
        if test(text):
            hits.add(row)
    if hits.count:
        yield _mark(table, column, kind, "probable", hits, "told" if public else "granska")


def _is_organisation(column: Column, role: str | None) -> bool:
    return role == "organisation_number" or any(part in fold(column.name) for part in _ORGANISATION)


def _names_beside(marks: list[Mark], table: Table, fields: dict[str, str]) -> Iterator[Mark]:
    """A sole trader's name is a person's: the name column (``leverantor``) beside a marked id (``leverantor_id``)."""
    own = {column: name for name, column in fields.items()}
    for mark in marks:
        beside = fields.get(own.get(mark.column, "").removesuffix("_id"))
        if mark.table == table.name and mark.kind == "sole_trader" and beside and beside != mark.column:
            yield Mark(table.name, beside, "sole_trader_name", mark.certainty, mark.count, mark.rows, "granska")


def screen(snapshot: Snapshot, fields: dict[str, str], specification: Specification | None) -> Screening:
    """The marks of all tables. ``fields`` maps the specification's fields to the main table's columns.

    A column of coordinates is not screened. Sources of the rules: Skatteverket's personnummer and
    samordningsnummer; a sole trader's organisation number is the personnummer. Raises duckdb.Error if the
    snapshot's Parquet cannot be read.
    """
    roles, public = {}, set()
    if specification is not None:
        for one in specification.fields:
            if one.name in fields:
                roles[fields[one.name]] = one.role
                if one.personal == "public_role":
                    public.add(fields[one.name])
    marks: list[Mark] = []
    for table in snapshot.tables:
        main = table is snapshot.main
        with databases.connect(spill=snapshot.folder / "spill") as con:
            databases.name_source(con, snapshot.parquet(table), table.rows * len(table.columns))
            skipped = set(table.geometry.columns) if table.geometry else set()
            for column in table.columns:
                if column.name in skipped:
                    continue
                told = main and column.name in public
                _gather(con, column)
                if _is_organisation(column, roles.get(column.name) if main else None):
                    marks += _organisations(con, table, column)
                else:
                    marks += _numbers(con, table, column, told)
                mailbox = patterns.any_email if told else patterns.email
                marks += _contact(con, table, column, "email", patterns.SQL_EMAIL, mailbox, told)
                marks += _contact(con, table, column, "phone", patterns.SQL_PHONE, patterns.phone, told)
        if main:
            marks += list(_names_beside(marks, table, fields))
    return Screening(marks)
