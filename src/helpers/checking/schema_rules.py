"""A schema of others becomes rules in the form of our own suites, in memory: one for each thing
that it asks of a column or a row; what cannot be tried is told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers import reading
from helpers.checking import schema_columns, schema_words
from helpers.checking.findings import CONFORMITY, NOT_TRIED, SCHEMA, Finding
from helpers.checking.schema_columns import Matched, listed
from helpers.checking.schema_proving import BOUNDS, Proof
from helpers.checking.suites import Rule
from helpers.declared.schemas.model import (
    Field,
    Foreign,
    Limits,
    NotTried,
    TableSchema,
    WrittenType,
    version_of,
)
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.words.errors import InputRefused
from helpers.words.files.ours import Folder
from helpers.words.messages import LANGUAGES, both, text

SENTENCES = (  # that findings hold
    Folder("helpers/words/messages/*/schemas.yaml"),
    Folder("helpers/words/messages/*/listing.yaml"),
)
OF_TEXT = ("csv", "tsv", "gtfs", "kml")  # formats whose cells are texts
MOST_TOLD = 30  # parts of a schema that are not tried, by name
Ready = dict[str, tuple[int, Field]]  # by name: the number of a field, and the field as it is tried


@dataclass
class SchemaRules:
    """``rules``, the columns that they name (role -> header), and what is not tried."""

    columns: Matched
    rules: list[Rule] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    not_tried: list[NotTried] = field(default_factory=list)


def role(number: int) -> str:
    """What rules call the column of a field, so that no field of a specification is meant."""
    return f"schema:{number}"


def _rule(
    id: str, type: str, severity: str, dimension: str, said: dict[str, str], **more: Any
) -> Rule:
    """A rule of the schema; ``more``: its kwargs."""
    fix = both(f"schemas.rule.{id.rpartition('_')[2]}.fix")
    meaning = {name: more[name] for name in more if name not in ("their", "relation")}
    version = version_of(type, severity, said["en"], sorted(meaning.items(), key=str))
    expected = f"expect_schema_{type}"
    return Rule(f"{SCHEMA}{id}", expected, more, severity, dimension, said, fix, version=version)


def _only(field: Field, *limits: str) -> Field:
    """The field with these of its limits: what a rule rests on, and no more."""
    return replace(field, limits=Limits(**{name: getattr(field.limits, name) for name in limits}))


def _of_field(schema: TableSchema, number: int, field: Field) -> Iterator[Rule]:
    """The rules of one column."""
    limits, written, id = field.limits, field.written, f"field_{number + 1}"
    key = (field.name,) == schema.primary
    bare = {"column": role(number), "field": _only(field)}
    if limits.required or field.name in schema.primary:
        said = both(f"schemas.rule.{'key' if key else 'required'}.because")
        asked = bare | {"field": replace(_only(field), written=WrittenType())}
        type = "values_to_be_there"
        yield _rule(f"{id}_required", type, "critical", "completeness", said, **asked)
    if written.type not in ("any", "string") or written.format != "default":
        said = schema_words.of_type(written)
        type = "values_to_read_as_their_type"
        yield _rule(f"{id}_type", type, "warning", "validity", said, **bare)
    if limits.unique or key or (field.name,) in schema.unique:
        said = both(f"schemas.rule.{'key' if key else 'unique'}.because")
        severity = "critical" if key else "warning"
        type = "values_to_be_unique"
        yield _rule(f"{id}_unique", type, severity, "uniqueness", said, **bare)
    for name, type, said, rests_on in _limited(field):
        asked = bare | {"field": _only(field, *rests_on)}
        yield _rule(f"{id}_{name}", type, "warning", "validity", said, **asked)


def _limited(field: Field) -> Iterator[tuple[str, str, dict[str, str], tuple[str, ...]]]:
    """What a value is among: the end of a rule's id, its expectation, what it says, and the limits
    that it rests on."""
    limits = field.limits
    if limits.enum:
        yield "enum", "values_to_be_among", schema_words.of_list(limits), ("enum",)
    if limits.pattern is not None:
        said = schema_words.of_pattern(limits.pattern)
        yield "pattern", "values_to_match", said, ("pattern",)
    if any(getattr(limits, name) is not None for name in BOUNDS):
        said = schema_words.of_bounds(field)
        yield "bounds", "values_to_be_within_bounds", said, tuple(BOUNDS)
    if limits.least_length is not None or limits.most_length is not None:
        said = schema_words.of_length(field)
        yield "length", "values_to_be_as_long", said, ("least_length", "most_length")


def _of_keys(schema: TableSchema, ready: Ready) -> Iterator[Rule]:
    """Keys of several columns."""
    keys = [("key", schema.primary), *(("unique", one) for one in schema.unique)]
    for n, (kind, columns) in enumerate(keys):
        if len(columns) < 2 or not set(columns) <= ready.keys():
            continue
        said = both("schemas.rule.keys.because", columns=listed(columns))
        severity = "critical" if kind == "key" else "warning"
        asked = {
            "column_list": [role(ready[name][0]) for name in columns],
            "fields": tuple(_only(ready[name][1]) for name in columns),
        }
        yield _rule(f"key_{n}_keys", "keys_to_be_unique", severity, "uniqueness", said, **asked)


def _of_reference(number: int, key: Foreign, ready: Ready, there: Other) -> Rule:
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
        fields=tuple(_only(ready[name][1]) for name in key.columns),
        their=there.columns,
        relation=there.relation,
    )


def _typed(schema: TableSchema) -> TableSchema:
    """The schema for a file whose cells may have types of their own."""
    fields = (replace(field, written=replace(field.written, typed=True)) for field in schema.fields)
    return replace(schema, fields=tuple(fields))


@contextmanager
def of(schema: TableSchema | None, snapshot: Snapshot) -> Iterator[SchemaRules]:
    """The rules of a schema for the main table of a snapshot, none without a schema. What they
    refer to is there until the end. Raises as ``made`` does."""
    if schema is None:
        yield SchemaRules(Matched())
        return
    columns = {column.name: column.text for column in snapshot.main.columns}
    if snapshot.format not in OF_TEXT:
        schema = _typed(schema)
    with tempfile.TemporaryDirectory(prefix="schema-", dir=snapshot.folder) as folder:
        yield made(schema, columns, Path(folder))


def findings_of_schema(asked: SchemaRules, schema: TableSchema | None, table: str) -> list[Finding]:
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


def made(schema: TableSchema, columns: dict[str, str], folder: Path | None = None) -> SchemaRules:
    """The rules of a schema for a table whose columns (header -> Parquet column) are these.

    ``folder``: where the tables of foreign keys are read into; None: they are not read, and no rule
    is made of them. ``ConfigurationError`` for what of the schema cannot be meant.
    """
    result = SchemaRules(schema_columns.matched(schema, list(columns)))
    ready: Ready = {}
    with databases.connect() as connection:
        proof = Proof(schema, connection)
        proved = [proof.field(field) for field in schema.fields]
    proof.sound()
    result.not_tried = proof.not_tried
    for number, header in sorted(result.columns.headers.items()):
        ready[proved[number].name] = (number, proved[number])
        result.roles[role(number)] = header
        result.rules += _of_field(schema, number, proved[number])
    result.rules += _of_keys(schema, ready)
    if folder:
        own = {name: columns[result.roles[role(number)]] for name, (number, _) in ready.items()}
        _refer(schema, ready, own, folder, result)
    return result


def _refer(
    schema: TableSchema, ready: Ready, own: dict[str, str], folder: Path, result: SchemaRules
) -> None:
    """Add the rules of foreign keys; one whose table cannot be read is told. ``own``: the table's
    columns of texts by field."""
    for number, key in enumerate(schema.foreign):
        if not set(key.columns) <= ready.keys():
            continue  # the missing column is told
        there = _other(key, own, folder / str(number))
        if there:
            result.rules.append(_of_reference(number, key, ready, there))
        else:
            result.not_tried.append(NotTried((*key.at, "reference"), "table_unread"))


def _other(key: Foreign, own: dict[str, str], folder: Path) -> Other | None:
    """The table that the key points to; None where it cannot be read or lacks a column."""
    if key.file is None:
        names = [next((name for name in called if name in own), None) for called in key.their]
        if None in names:
            return None
        return Other("base", tuple(own[str(name)] for name in names))
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
