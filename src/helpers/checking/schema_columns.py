"""Which column is which field of a schema, and what is wrong with the columns as a whole: missing,
unknown to the schema, called something else, in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from helpers.checking.findings import CONFORMITY, Finding
from helpers.declared.schemas.model import TableSchema, version_of
from helpers.words import escaping
from helpers.words.folding import fold
from helpers.words.messages import both
from helpers.words.source_text import SourceText

MAY_LACK = ("superset", "partial")
MAY_HAVE_MORE = ("subset", "partial")
MOST_NAMED = 12
LONGEST = 60  # letters of a name in a sentence


@dataclass(frozen=True)
class Matched:
    """``headers``: number of a field -> its column; ``renamed``: those of them whose column is
    called otherwise; ``missing``: names of fields without a column; ``unknown``: columns without a
    field; ``moved``: columns that stand after one that should follow them."""

    headers: dict[int, str] = field(default_factory=dict)
    renamed: tuple[tuple[str, str], ...] = ()  # column, what the schema calls it
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def _in_place(schema: TableSchema, columns: Sequence[str], headers: dict[int, str]) -> None:
    """Take a column whose name is no field's for the field whose place it has, or whose name is the
    same but for case and signs."""
    taken = set(headers.values())
    left = [n for n in range(len(schema.fields)) if n not in headers]
    for n in left:
        called = {fold(name) for name in schema.fields[n].names}
        alike = [column for column in columns if column not in taken and fold(column) in called]
        if len(alike) == 1:
            headers[n] = alike[0]
            taken.add(alike[0])
    as_many = len(columns) == len(schema.fields)  # else a place says nothing
    for n in left if schema.match == "exact" and as_many else ():
        if n not in headers and columns[n] not in taken:
            headers[n] = columns[n]
            taken.add(columns[n])


def _moved(headers: dict[int, str], columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that stand before the field's predecessor."""
    places = [columns.index(headers[n]) for n in sorted(headers)]
    late = [place for before, place in pairwise(places) if place < before]
    return tuple(columns[place] for place in late)


def matched(schema: TableSchema, columns: Sequence[str]) -> Matched:
    """By the field's names as they stand; what is then left by place."""
    headers: dict[int, str] = {}
    for n, one in enumerate(schema.fields):
        named = next((name for name in one.names if name in columns), None)
        if named is not None and named not in headers.values():
            headers[n] = named
    _in_place(schema, columns, headers)
    fields = schema.fields
    return Matched(
        headers,
        tuple(
            (header, fields[n].name)
            for n, header in sorted(headers.items())
            if header not in fields[n].names
        ),
        tuple(one.name for n, one in enumerate(fields) if n not in headers),
        tuple(column for column in columns if column not in headers.values()),
        _moved(headers, columns) if schema.match == "exact" else (),
    )


def shown(name: str) -> str:
    """A name from a schema, fit to stand in a sentence."""
    plain = str(escaping.one_line(str(SourceText(name))))
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, the first twelve."""
    more = " …" if len(names) > MOST_NAMED else ""
    return ", ".join(shown(name) for name in names[:MOST_NAMED]) + more


def findings(schema: TableSchema, found: Matched, table: str) -> list[Finding]:
    """One for each of the four ways in which columns may differ from the schema; those that the
    schema allows are not asked."""
    renamed = [f"{shown(column)} ({shown(name)})" for column, name in found.renamed]
    asked: list[tuple[str, str, Sequence[str]]] = []
    if schema.match not in MAY_LACK:
        asked.append(("missing", "critical", found.missing))
    if schema.match not in MAY_HAVE_MORE:
        asked.append(("unknown", "warning", found.unknown))
    if schema.match == "exact":
        asked.append(("moved", "info", found.moved))
    asked.append(("renamed", "warning", renamed))
    return [_finding(schema, table, *one) for one in asked]


def _finding(
    schema: TableSchema, table: str, kind: str, severity: str, wrong: Sequence[str]
) -> Finding:
    key, names = f"schemas.columns.{kind}", listed(wrong)
    message = both(f"{key}.told", count=len(wrong), columns=names) if wrong else both(f"{key}.none")
    return Finding(
        f"schema_columns_{kind}",
        severity,
        CONFORMITY,
        "failed" if wrong else "passed",
        None,
        max(len(schema.fields), len(wrong)),
        len(wrong),
        message=message,
        fix=both(f"{key}.fix"),
        because=both("schemas.columns.because"),
        table=table,
        version=version_of(kind, schema.match, [field.names for field in schema.fields]),
    )
