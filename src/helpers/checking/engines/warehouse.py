"""A table of PostgreSQL's, read and never written: each connection is read-only.

Only libpq itself ever sees the password: it takes it from PGPASSWORD, PGPASSFILE or ~/.pgpass. An
address with a password in it is refused, and the server's own words, which may hold a cell, are
never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from helpers.checking.engines import postgresql, relations
from helpers.checking.engines.relations import Dialect, Source
from helpers.checking.engines.site import Answer, Broken, Lost, There, counted_again
from helpers.checking.view import Check
from helpers.reading import databases
from helpers.reading.snapshot import Column
from helpers.words.errors import ConfigurationError, InputRefused

OPTIONS = "-c default_transaction_read_only=on -c timezone=UTC -c synchronize_seqscans=off"
OLDEST = 150_000  # PostgreSQL 15: its regexp_substr
SCHEMES = ("postgresql", "postgres")
TYPES = {
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "numeric": "decimal",
    "money": "decimal",
    "real": "decimal",
    "double precision": "decimal",
    "date": "date",
    "timestamp without time zone": "datetime",
    "timestamp with time zone": "datetime",
    "boolean": "boolean",
}
# What no calendar and no double has (infinity, 44 BC, a number of 400 digits) is no value; as a
# text it stands as it is.
CASTS = {
    "integer": "cast({0} as bigint)",
    "decimal": "case when {0} between -1e300 and 1e300 then cast({0} as double precision) end",
    "date": "case when {0} between '0001-01-01' and '9999-12-31' then {0} end",
    "datetime": (
        "case when {0} >= '0001-01-02' and {0} < '9999-12-31' then cast({0} as timestamp) end"
    ),
    "boolean": "{0}",
}
# Of files that are kept in cells whether they are alike, in letters: they may be of any size.
OTHERWISE = {
    "money": "cast({} as numeric)",
    "bytea": "translate(md5({}), '0123456789', 'ghijklmnop')",
}
NOT_ALLOWED = "42501"
NEAR = 5  # tables that are named where the one that is asked for is not there
PART = re.compile(r'"((?:[^"]|"")+)"|([^."]+)')
OF_PAGE = "split_part(trim(both '()' from cast(ctid as text)), ',', {})"


def address(connection: str) -> str:
    """The address as it is given, without a password. Raises ``ConfigurationError`` where it is
    none, or holds one; neither is said again."""
    try:
        parts = urlsplit(connection)
        password = parts.password
    except ValueError:
        raise ConfigurationError("engines.address") from None
    if parts.scheme not in SCHEMES:
        raise ConfigurationError("engines.address")
    asked = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if password is not None or any("password" in name for name in asked):
        raise ConfigurationError("engines.password")
    if "options" in asked:
        raise ConfigurationError("engines.options")
    return "postgresql" + connection[len(parts.scheme) :]


def parts_of(table: str) -> list[str]:
    """A table's name and what stands before it: what holds a full stop stands in quotation marks.

    >>> parts_of("ekonomi.Fakturor"), parts_of('ekonomi."a.b"')
    (['ekonomi', 'Fakturor'], ['ekonomi', 'a.b'])
    """
    found = PART.findall(table)
    return [one.replace('""', '"') if one else plain for one, plain in found] or [table]


def written(part: str) -> str:
    """A name as ``parts_of`` reads it."""
    return databases.named(part) if "." in part or '"' in part else part


def _with_options(url: str, driver: str = "") -> str:
    asked = f"options={quote(OPTIONS)}"
    return f"postgresql{driver}{url[len('postgresql') :]}{'&' if '?' in url else '?'}{asked}"


def _number(part: str) -> str:
    return f"cast({part} as bigint)"


class Warehouse:
    """A table of a PostgreSQL server. Raises ``ConfigurationError`` where psycopg or the table is
    missing, ``InputRefused`` where there is no connection."""

    name = "postgresql"

    def __init__(self, connection: str, table: str) -> None:
        self.url = address(connection)
        import psycopg  # after the address is known to be one

        self.dialect: Dialect = postgresql
        self.label = table
        self._error = psycopg.Error
        self._second: Any = None  # Great Expectations' own connections
        host = unquote(urlsplit(self.url).hostname or "localhost")
        try:
            self.connection = psycopg.connect(_with_options(self.url), autocommit=True)
        except psycopg.Error:
            raise InputRefused("engines.no_connection", {"host": host}) from None
        self.relation = ".".join(databases.named(part) for part in parts_of(table))
        self.columns: Sequence[There] = self._columns(table)
        self.keys: Sequence[str] = self._keys()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the query gives. Raises ``Broken``; ``Lost`` and ``InputRefused`` where no query has
        an answer any more."""
        try:
            return [tuple(row) for row in self.connection.execute(query).fetchall()]
        except self._error as error:
            if self.connection.closed:
                raise Lost("engines.lost", {"engine": "PostgreSQL"}) from None
            if getattr(error, "sqlstate", None) == NOT_ALLOWED:
                raise InputRefused("engines.not_allowed", {"table": self.label}) from None
            code = getattr(error, "sqlstate", None) or type(error).__name__
            raise Broken("engines.broke", {"engine": "PostgreSQL", "code": code}) from None

    def _columns(self, table: str) -> list[There]:
        if self.connection.info.server_version < OLDEST:
            raise ConfigurationError("engines.old_server", {"version": OLDEST // 10_000})
        given = postgresql.quoted(self.relation)
        listed = self.rows(
            "select attname, format_type(atttypid, null),"
            " relkind in ('r', 'm') and not relhassubclass from pg_attribute"
            f" join pg_class on pg_class.oid = attrelid where attrelid = to_regclass({given})"
            " and attnum > 0 and not attisdropped order by attnum"
        )
        if not listed:
            raise self._lacking(table)
        self.whole = listed[0][2]
        self.cells = {
            name: OTHERWISE.get(kind, "{}").format(postgresql.identifier(name))
            for name, kind, _ in listed
        }
        return [There(name, TYPES.get(kind, "text")) for name, kind, _ in listed]

    def _lacking(self, table: str) -> ConfigurationError:
        """There is no such table: told with those that are called so in other letters or in another
        schema, and that may be read."""
        given = postgresql.quoted(parts_of(table)[-1].lower())
        near = self.rows(
            "select nspname, relname from pg_class join pg_namespace on pg_namespace.oid ="
            f" relnamespace where lower(relname) = {given} and relkind in ('r', 'p', 'v', 'm', 'f')"
            f" and has_table_privilege(pg_class.oid, 'select') order by 1, 2 limit {NEAR}"
        )
        if not near:
            return ConfigurationError("engines.no_table", {"table": table})
        known = ", ".join(".".join(map(written, one)) for one in near)
        return ConfigurationError("engines.other_table", {"table": table, "known": known})

    def _keys(self) -> list[str]:
        given = postgresql.quoted(self.relation)
        return [
            name
            for (name,) in self.rows(
                "select attname from pg_index join pg_attribute on attrelid = indrelid"
                f" and attnum = any(indkey) where indrelid = to_regclass({given}) and indisprimary"
                " order by array_position(cast(indkey as int2[]), attnum)"
            )
        ]

    def source(self, columns: Sequence[Column], keys: Sequence[str]) -> Source:
        """The table with its cells as texts and values. A row's number is made of its place in the
        file, so that it is the same in every query."""
        cells = {}
        for column in columns:
            own = self.cells[column.name]
            cells[column.text] = f"cast({own} as text) {postgresql.BYTES}"
            if column.type != "text":
                cells[column.value] = CASTS[column.type].format(own)
        page, place = (_number(OF_PAGE.format(part)) for part in (1, 2))
        row = f"{page} * 65536 + {place}" if self.whole else "row_number() over ()"
        named = [f"cast({postgresql.identifier(key)} as text)" for key in keys]
        return Source(self.relation, cells, row, columns, named)

    @contextmanager
    def laid(self, query: str, name: str) -> Iterator[str]:
        """As ``Site`` says; nothing is laid aside where nothing may be written."""
        yield f"with {name} {postgresql.KEPT} ({query})"

    def answers(self, source: Source, checks: Sequence[Check]) -> list[Answer]:
        """As ``Site`` says, by Great Expectations' SqlAlchemyExecutionEngine."""
        from helpers.checking import engine  # Great Expectations: seconds to import

        checked, size = relations.checked(self.dialect, source, checks), len(checks)
        (flat,) = self.rows(relations.counts(checked, size))
        self._second = self._second or engine.warehouse(_with_options(self.url, "+psycopg"))
        batch = engine.of_query(self._second, f"SELECT * FROM ({checked}) as checked")
        return counted_again(batch, flat, len(source.keys))

    def close(self) -> None:
        """Let go of the connections, Great Expectations' too."""
        if self._second:
            from helpers.checking import engine  # as in answers

            engine.closed(self._second)
            self._second = None
        self.connection.close()
