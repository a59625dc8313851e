"""The single file: all that can be said of it without a catalogue, as one object
(``datakollen/check/1``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpers.checking import drift
from helpers.checking.findings import NOT_TRIED, Finding
from helpers.declared import catalogue, organisations, specifications
from helpers.declared.fields import Specification
from helpers.filling_in.adding import Looked
from helpers.profiling import publisher
from helpers.reading.snapshot import MAX_ROWS_LISTED
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words import escaping, guarding
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES
from helpers.words.source_text import SourceText

SCHEMA = "datakollen/check/1"


def known_type(type: str | None) -> str | None:
    """``type`` if there is one of that name, before anything is read or imported; else
    ``ConfigurationError``."""
    if type is not None and type not in (*specifications.types(), "annan"):
        raise ConfigurationError(
            "running.no_type",
            {"type": type, "known": ", ".join([*specifications.types(), "annan"])},
        )
    return type


def _reading(opened: Opened) -> dict[str, Any]:
    snapshot = opened.snapshot
    assert snapshot is not None
    table = snapshot.main
    return {
        "format": snapshot.format,
        "encoding": snapshot.encoding,
        "delimiter": snapshot.delimiter,
        "decimal": snapshot.decimal,
        "header_row": table.header_row,
        "rows": table.rows,
        "columns": len(table.columns),
        "crs": table.geometry.crs if table.geometry else None,
        "repairs": [
            {
                "code": repair.code,
                "count": repair.count,
                "rows": repair.rows[:MAX_ROWS_LISTED],
                **({"column": repair.column} if repair.column else {}),
            }
            for repair in snapshot.repairs
        ],
        "rejected": [
            {"row": rejected.row, "reason": rejected.reason}
            for rejected in snapshot.rejected[:MAX_ROWS_LISTED]
        ],
    }


def _specification(opened: Opened) -> dict[str, Any] | None:
    """Which specification the file is held against, how sure its fields are, and where they come
    from."""
    if opened.specification is None:
        return None
    assert opened.snapshot is not None
    names = [column.name for column in opened.snapshot.main.columns]
    return followed(opened.specification, names, opened.conformity)


def followed(
    specification: Specification, names: list[str], conformity: float | None
) -> dict[str, Any]:
    """The specification that a table with these columns is held against; ``conformity``: the share
    (0-1) of its mandatory columns that are there."""
    return {
        "variant": specification.variant,
        "title": specification.title,
        "status": specification.status,
        "source": specification.source,
        "url": specification.url or None,
        "verified": specification.aspects,
        "conforms_to": specification.conforms_to,
        "layout": _layout(names, specification),
        "conformity": conformity,
    }


def _schema(opened: Opened) -> dict[str, Any]:
    """The schema that came with the file, and what of it is not tried."""
    schema = opened.table_schema
    assert schema is not None
    ours = [finding for finding in opened.findings if finding.of_schema]
    return {
        "file": escaping.shown(SourceText(schema.files[0].name)),
        "kind": schema.kind,
        "fields": len(schema.fields),
        "rules": sum(one.id != NOT_TRIED for one in ours),
        "not_tried": next((one.message for one in ours if one.id == NOT_TRIED), None),
    }


def _counted(opened: Opened) -> str:
    """Whether Great Expectations has counted what it can of the rules, too; of a type without a
    suite, and without a schema, it is asked nothing."""
    asked = opened.specification is not None or opened.table_schema is not None
    return "twice" if opened.twice and asked else "once"


def _layout(names: list[str], specification: Specification) -> dict[str, Any] | None:
    """The layout that the file follows: how many of its columns are there, those that are rows in
    the specification, those that it has no field for, and those beside it. None where the file is
    of its own."""
    followed = specifications.layout(names, specification)
    if followed is None:
        return None
    spread = followed.form.spread
    return {
        "name": followed.form.name,
        "title": followed.form.title,
        "kind": followed.form.kind,
        "source": followed.form.source,
        "columns": len(followed.columns),
        "of": followed.of,
        "spread": (
            {"by": spread.by, "value": spread.value, "columns": followed.spread} if spread else None
        ),
        "without_field": [
            name
            for name, field in followed.columns.items()
            if field is None and name not in followed.spread
        ],
        "beside": [name for name in names if name not in followed.columns],
    }


def _columns(opened: Opened) -> list[dict[str, Any]]:
    assert (
        opened.profile is not None and opened.screening is not None and opened.snapshot is not None
    )
    main = opened.profile["tables"][0]
    names = [column["name"] for column in main["columns"]]
    fields = {column: field for field, column in opened.fields.items()}
    if opened.specification and (wide := specifications.spread(names, opened.specification)):
        fields |= dict.fromkeys(wide.columns, wide.value)
    near = drift.misspelt(names, opened.fields, opened.specification)
    kinds: dict[str, list[str]] = {}
    for mark in opened.screening.marks:
        if mark.table == main["name"]:
            kinds.setdefault(mark.column, []).append(mark.kind)
    return [
        {
            "name": column["name"],
            "field": fields.get(column["name"]),
            "type": column["type"],
            "null_share": column["missing_share"],
            "distinct": column["distinct"],
            "near": near.get(column["name"]),
            "states": column["states"],
            "personal": sorted(set(kinds.get(column["name"], []))),
        }
        for column in main["columns"]
    ]


@contextmanager
def opened(
    file: Path,
    *,
    type: str | None = None,
    before: Path | None = None,
    worker: Worker | None = None,
    schema: Path | None = None,
    twice: bool = False,
) -> Iterator[Opened]:
    """A file without an entry. Nothing of it is kept. ``twice``: see ``check_file``."""
    with Store().work() as folder:
        store = Store(folder, lasting=False)
        try:
            yield Opened(
                file,
                type=type,
                store=store,
                before=before,
                worker=worker,
                schema=schema,
                twice=twice,
            )
        finally:
            store.forget_tables()


def looked_at(file: Path, worker: Worker | None = None) -> Looked:
    """The type of a file, the organisation that all its rows name, and else whose it may be by its
    name. ``InputRefused`` where it cannot be read."""
    with opened(file, worker=worker) as source:
        if source.publisher:
            return Looked(source.type, source.publisher)
        named = organisations.of_name(file.stem)
        return Looked(source.type, guess=publisher.guessed(source.tables, named) if named else None)


def check_file(
    file: Path,
    type: str | None = None,
    before: Path | None = None,
    worker: Worker | None = None,
    schema: Path | None = None,
    *,
    twice: bool = False,
) -> tuple[dict[str, Any], int]:
    """The object for one file and the exit code it calls for: 0, 3 (refused) or 4 (not computed).

    ``before`` is the delivery before this one, whose ids and positions it is compared with;
    ``schema`` a schema of the table, whose rules are tried too. ``twice``: Great Expectations
    counts, too, what it can; its import takes longer than all the rest, and somebody waits
    (decision 0001). Nothing is kept.
    """
    try:
        catalogue.nameable(file)
        with opened(
            file, type=type, before=before, worker=worker, schema=schema, twice=twice
        ) as source:
            checked = _checked(source)
            broken = any(finding.outcome == "error" for finding in source.findings)
            return checked, 4 if broken else 0
    except Exception as error:  # this file's own trouble: the others are checked
        refusal = guarding.of_file(error, file)
        message = {language: refusal.text(language) for language in LANGUAGES}
        refused = {
            "schema": SCHEMA,
            "file": escaping.shown(SourceText(file.name)),
            "error": {"code": refusal.key, "message": message},
        }
        return refused, refusal.exit_code


def told(finding: Finding, table: str) -> dict[str, Any]:
    """A finding as the object has it; ``table``: what people call its table, '' for the only
    one."""
    return {
        "id": finding.id,
        "version": finding.version,
        "severity": finding.severity,
        "outcome": finding.outcome,
        "column": finding.column,
        **({"table": table} if table else {}),
        **({"explained_by": finding.explained_by} if finding.explained_by else {}),
        "checked": finding.checked,
        "failed": finding.failed,
        "rows": finding.rows[:MAX_ROWS_LISTED],
        "rows_total": finding.rows_total,
        "message": finding.message,
        "fix": finding.fix,
    }


def _checked(opened: Opened) -> dict[str, Any]:
    gate, snapshot = opened.gate, opened.snapshot
    assert gate is not None and snapshot is not None and opened.file is not None
    return {
        "schema": SCHEMA,
        "file": escaping.shown(SourceText(opened.file.name)),
        "type": opened.type,
        "type_confidence": opened.type_confidence,
        "publisher": opened.publisher.name if opened.publisher else None,
        "specification": _specification(opened),
        **({"table_schema": _schema(opened)} if opened.table_schema else {}),
        "reading": _reading(opened),
        "counted": _counted(opened),
        "columns": _columns(opened),
        **({"drift": opened.drift.to_json()} if opened.drift.compared else {}),
        "findings": [
            told(finding, snapshot.known_as(finding.table)) for finding in opened.findings
        ],
        **({"changes": opened.changes.to_json()} if opened.changes.compared else {}),
        "gate": asdict(gate) | {"questions": [question.to_json() for question in opened.asked]},
    }
