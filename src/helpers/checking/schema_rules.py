"""A schema of others becomes rules in the form of our own suites, in memory: one for each thing
that it asks of a column or a row; what cannot be tried is told."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.checking import schema_columns, schema_words
from helpers.checking.expectations.expectation import literal
from helpers.checking.expectations.schemas import values
from helpers.checking.findings import CONFORMITY, NOT_TRIED, SCHEMA, Finding
from helpers.checking.schema_columns import Matched, listed
from helpers.checking.suites import Rule
from helpers.declared.schemas.model import (
    Bound,
    Field,
    Foreign,
    Limits,
    NotTried,
    TableSchema,
    Written,
)
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.files.ours import Folder
from helpers.words.messages import LANGUAGES, both, text

if TYPE_CHECKING:
    import duckdb

SENTENCES = (  # that findings hold
    Folder("helpers/words/messages/*/schemas.yaml"),
    Folder("helpers/words/messages/*/listing.yaml"),
)
KNOWN_FORMATS = {
    "string": ("default", *values.TEXTS),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}
MOST_TOLD = 30  # parts of a schema that are not tried, by name
BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "above": "exclusiveMinimum",
    "below": "exclusiveMaximum",
}


@dataclass
class Made:
    """``rules``, the columns that they name (role -> header), what is not tried, and what of the
    schema cannot be meant."""

    columns: Matched
    rules: list[Rule] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    not_tried: list[NotTried] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def role(number: int) -> str:
    """What rules call the column of a field, so that no field of a specification is meant."""
    return f"schema:{number}"


def _rule(
    id: str, type: str, severity: str, dimension: str, said: dict[str, str], **more: Any
) -> Rule:
    """A rule of the schema; ``more``: its kwargs."""
    fix = both(f"schemas.rule.{id.rpartition('_')[2]}.fix")
    return Rule(f"{SCHEMA}{id}", f"expect_schema_{type}", more, severity, dimension, said, fix)


class _Maker:
    """Makes the rules of one schema for one table's columns."""

    def __init__(
        self, schema: TableSchema, columns: Sequence[str], connection: duckdb.DuckDBPyConnection
    ) -> None:
        self.schema, self.connection = schema, connection
        self.made = Made(schema_columns.matched(schema, columns))
        self.made.not_tried = list(schema.not_tried)

    def _gives(self, sql: str) -> Any:
        """What an expression gives; an error of DuckDB's is None."""
        import duckdb  # 0.1 s

        try:
            row = self.connection.execute(f"select {sql}").fetchone()
        except duckdb.Error:
            return None
        return row[0] if row else None

    def _fault(self, kind: str, *at: Any) -> None:
        place = ".".join(map(str, at))
        self.made.faults.append(Fault(self.schema.files[0].name, 0, kind, place))

    def _skip(self, why: str, *at: Any) -> None:
        self.made.not_tried.append(NotTried(at, why))

    def _dated(self, written: Written, at: tuple[Any, ...]) -> Written:
        """With a format that can be read; else any value will do."""
        if written.format == "any":
            self._skip("any_format", *at, "format")
            return replace(written, type="any")
        told = {part[1] for part in re.findall(r"%.", written.format)}
        empty = "try_strptime('', " + literal(written.format) + ")"
        whole = "%" not in re.sub(r"%[A-Za-z%]", "", written.format)
        if written.format != "default" and (
            not told or not told <= values.DIRECTIVES or not whole or self._breaks(empty)
        ):
            self._skip("format", *at, "format")
            return replace(written, type="any")
        return written

    def _breaks(self, sql: str) -> bool:
        return self._gives(f"({sql}) is null") is None

    def _written(self, written: Written, at: tuple[Any, ...]) -> Written:
        if written.type in values.CASTS:
            return self._dated(written, at)
        known = KNOWN_FORMATS.get(written.type, ("default",))
        if written.format not in known:
            self._skip("format", *at, "format")
            return replace(written, format="default")
        return written

    def _pattern(self, pattern: str | None, at: tuple[Any, ...]) -> str | None:
        if pattern is None or not self._breaks(f"regexp_full_match('', {literal(pattern)})"):
            return pattern
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError):
            self._fault("regex", *at, "constraints", "pattern")
        else:
            self._skip("pattern", *at, "constraints", "pattern")
        return None

    def _limits(self, one: Field) -> Limits:
        """The limits that can be meant, of a field whose format can be read."""
        limits, at, written = one.limits, one.at, one.written
        limits = replace(limits, pattern=self._pattern(limits.pattern, at))
        kept = {
            name: getattr(limits, name) if self._bound(getattr(limits, name), called, one) else None
            for name, called in BOUNDS.items()
        }
        limits = Limits(**{**vars(limits), **kept})
        if written.type not in ("any", "string") or written.format != "default":
            self._members(written, limits.enum, at)
        return limits

    def _bound(self, bound: Bound | None, called: str, one: Field) -> bool:
        """True for a bound that can be tried; of another it is told why not."""
        if bound is None:
            return False
        kind, place = one.written.type, (*one.at, "constraints", called)
        if kind == "any":
            self._skip("not_ordered", *place)
            return False
        dated = kind in (*values.CASTS, "yearmonth")
        meant = self._reads(one.written, bound) if isinstance(bound, str) else not dated
        if not meant:
            self._fault("schema_bound", *place)
        return meant

    def _members(self, written: Written, members: Sequence[Any], at: tuple[Any, ...]) -> None:
        """A fault for each member of a list that the field's type does not have."""
        texts = [literal(values.spelt(one)) for one in members]
        each = values.reads(written, "one")
        right = self._gives(f"list_transform([{', '.join(texts)}], lambda one: {each})") or []
        for n, reads in enumerate(right):
            if not reads and isinstance(members[n], str):
                self._fault("schema_member", *at, "constraints", "enum", n)

    def _reads(self, written: Written, text: str) -> bool:
        return bool(self._gives(values.reads(written, literal(text))))

    def field(self, number: int, one: Field) -> Field:
        """The field as it can be tried."""
        ready = replace(one, written=self._written(one.written, one.at))
        return replace(ready, limits=self._limits(ready))

    def of_field(self, number: int, one: Field) -> Iterator[Rule]:
        """The rules of one column."""
        limits, written, id = one.limits, one.written, f"field_{number + 1}"
        key = (one.name,) == self.schema.primary
        asked = {"column": role(number), "field": one}
        if limits.required or one.name in self.schema.primary:
            said = both(f"schemas.rule.{'key' if key else 'required'}.because")
            yield _rule(
                f"{id}_required", "values_to_be_there", "critical", "completeness", said, **asked
            )
        if written.type not in ("any", "string") or written.format != "default":
            said = schema_words.of_type(written)
            type = "values_to_read_as_their_type"
            yield _rule(f"{id}_type", type, "warning", "validity", said, **asked)
        if limits.unique or key or (one.name,) in self.schema.unique:
            said = both(f"schemas.rule.{'key' if key else 'unique'}.because")
            severity = "critical" if key else "warning"
            yield _rule(
                f"{id}_unique", "values_to_be_unique", severity, "uniqueness", said, **asked
            )
        yield from self._bounded(one, id, asked)

    def _bounded(self, one: Field, id: str, asked: dict[str, Any]) -> Iterator[Rule]:
        """The rules of what a value is among."""
        limits, usual = one.limits, ("warning", "validity")
        if limits.enum:
            said = schema_words.of_list(limits)
            yield _rule(f"{id}_enum", "values_to_be_among", *usual, said, **asked)
        if limits.pattern is not None:
            said = schema_words.of_pattern(limits.pattern)
            yield _rule(f"{id}_pattern", "values_to_match", *usual, said, **asked)
        if any(getattr(limits, name) is not None for name in BOUNDS):
            said = schema_words.of_bounds(limits)
            yield _rule(f"{id}_bounds", "values_to_be_within_bounds", *usual, said, **asked)
        if limits.least_length is not None or limits.most_length is not None:
            said = schema_words.of_length(one)
            yield _rule(f"{id}_length", "values_to_be_as_long", *usual, said, **asked)

    def of_keys(self, ready: dict[str, tuple[int, Field]]) -> Iterator[Rule]:
        """Keys of several columns."""
        keys = [("key", self.schema.primary), *(("unique", one) for one in self.schema.unique)]
        for n, (kind, columns) in enumerate(keys):
            if len(columns) < 2 or not set(columns) <= ready.keys():
                continue
            said = both("schemas.rule.keys.because", columns=listed(columns))
            yield _rule(
                f"key_{n}_keys",
                "keys_to_be_unique",
                "critical" if kind == "key" else "warning",
                "uniqueness",
                said,
                column_list=[role(ready[name][0]) for name in columns],
                fields=tuple(ready[name][1] for name in columns),
            )

    def of_reference(
        self, number: int, key: Foreign, ready: dict[str, tuple[int, Field]], there: Other
    ) -> Rule:
        """The rule of a foreign key whose other table is ``there``."""
        table = schema_columns.shown(key.table)
        their = listed([called[0] for called in key.their])
        kind = "reference" if key.file else "own_reference"
        said = both(f"schemas.rule.{kind}.because", columns=their, table=table)
        roles = [role(ready[name][0]) for name in key.columns]
        return _rule(
            f"key_{number + 1}_reference",
            "references_to_exist",
            "warning",
            "consistency",
            said,
            column=roles[0],
            column_list=roles,
            fields=tuple(ready[name][1] for name in key.columns),
            their=there.columns,
            relation=there.relation,
        )


@contextmanager
def of(schema: TableSchema | None, snapshot: Snapshot) -> Iterator[Made]:
    """The rules of a schema for the main table of a snapshot, none without a schema. What they
    refer to is there until the end. Raises as ``made`` does."""
    if schema is None:
        yield Made(Matched())
        return
    columns = {column.name: column.text for column in snapshot.main.columns}
    with tempfile.TemporaryDirectory(prefix="schema-", dir=snapshot.folder) as folder:
        yield made(schema, columns, Path(folder))


def told(asked: Made, schema: TableSchema | None, table: str) -> list[Finding]:
    """What there is to say of the columns as a whole, and which parts of the schema are not
    tried."""
    if schema is None:
        return []
    said = schema_columns.findings(schema, asked.columns, table)
    return [*said, *_not_tried(asked.not_tried, table)]


def _why(part: NotTried, language: str) -> str:
    return text(f"schemas.not_tried.{part.why}", language)


def _not_tried(parts: Sequence[NotTried], table: str) -> list[Finding]:
    if not parts:
        return []
    message = {}
    for language in LANGUAGES:
        said = [
            f"{schema_columns.shown(part.place)} ({_why(part, language)})"
            for part in parts[:MOST_TOLD]
        ]
        if len(parts) > MOST_TOLD:
            said.append(text("listing.more", language, count=len(parts) - MOST_TOLD))
        message[language] = text("schemas.not_tried", language, parts="; ".join(said))
    outcome = "not_applicable"
    return [
        Finding(NOT_TRIED, "info", CONFORMITY, outcome, None, 0, 0, message=message, table=table)
    ]


@dataclass(frozen=True)
class Other:
    """The table that a foreign key points to, as SQL: a relation and its columns of texts."""

    relation: str
    columns: tuple[str, ...]


def made(schema: TableSchema, columns: dict[str, str], folder: Path | None = None) -> Made:
    """The rules of a schema for a table whose columns (header -> Parquet column) are these.

    ``folder``: where the tables of foreign keys are read into; None: they are not read, and no rule
    is made of them. ``ConfigurationError`` for what of the schema cannot be meant.
    """
    with databases.connect() as connection:
        maker = _Maker(schema, list(columns), connection)
        result, ready = maker.made, {}
        for number, one in enumerate(schema.fields):
            tried = maker.field(number, one)
            if number in result.columns.headers:
                ready[one.name] = (number, tried)
                result.roles[role(number)] = result.columns.headers[number]
                result.rules += maker.of_field(number, tried)
        result.rules += maker.of_keys(ready)
    if result.faults:
        raise ConfigurationError(
            "schemas.wrong",
            {
                "file": schema.files[0].name,
                "count": len(result.faults),
                "errors": Faults(result.faults),
            },
        )
    for number, key in enumerate(schema.foreign if folder else ()):
        if not set(key.columns) <= ready.keys():
            continue
        texts = {
            schema.fields[n].name: columns[header] for n, header in result.columns.headers.items()
        }
        there = _other(key, texts, folder / str(number)) if folder else None
        if there:
            result.rules.append(maker.of_reference(number, key, ready, there))
        else:
            result.not_tried.append(NotTried((*key.at, "reference"), "table_unread"))
    return result


def _other(key: Foreign, own: dict[str, str], folder: Path) -> Other | None:
    """The table that the key points to; None where it cannot be read or lacks a column."""
    if key.file is None:
        names = [next((name for name in called if name in own), None) for called in key.their]
        if None in names:
            return None
        return Other("base", tuple(own[str(name)] for name in names))
    from helpers import reading  # only where a schema names another table
    from helpers.words.errors import InputRefused  # the same

    try:
        snapshot = reading.read(key.file, folder, hints=dict(key.hints))
    except InputRefused:
        return None
    there = {column.name: column.text for column in snapshot.main.columns}
    names = [next((name for name in called if name in there), None) for called in key.their]
    if None in names:
        return None
    relation = databases.quoted(snapshot.parquet())
    return Other(relation, tuple(there[str(name)] for name in names))
