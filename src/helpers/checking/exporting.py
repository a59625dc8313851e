"""Rules as Great Expectations' own configurations: a stock type as itself where that counts the
same, every other rule as an ``unexpected_rows_expectation`` in DuckDB's SQL that answers with row
numbers alone. Needs no Great Expectations.

Of a dataset they are asked of views over its snapshot (``of_dataset``); of a type of a table in the
form of the specification, as ``datakollen convert`` writes it: its fields as columns of texts,
trimmed, null where missing, decimals with a point, days as 2026-11-29.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpers.checking import planning, running, suites, view
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.planning import Known, Planned
from helpers.checking.suites import Rule
from helpers.checking.view import Check
from helpers.declared import specifications
from helpers.declared.variants import Spread
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column, Geometry, Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words.messages import LANGUAGES

DATABASE, DATA = "checked.duckdb", "data"
QUERY = "unexpected_rows_expectation"
NULL = "expect_column_values_to_not_be_null"  # what it shows of a cell that breaks it is nothing
UNIQUE = "expect_column_values_to_be_unique"
TEXT = re.compile(r"\bt\d+\b")
PLAIN = re.compile(r"[^\W\d]\w*(?: \w+)*")  # a header that needs no quotes to be understood
BIND = re.compile(r"(?<![:\w\\]):(?=\w)")  # what SQLAlchemy takes for a parameter
PLACED = ("longitude", "latitude")  # fields of a specification
TYPES = {
    "integer": "bigint",
    "decimal": "double",
    "date": "date",
    "datetime": "timestamp",
    "boolean": "boolean",
}


@dataclass
class Exported:
    """``expectations``: as Great Expectations' JSON has them.

    ``left_out``: rule -> why it is not there: ``source`` (it looks at the file, not at a table),
    ``delivery`` (at the one before), ``table`` (at the whole table first), ``tables`` (at one of
    several), ``places`` (at municipalities), ``form`` (at how a cell is written), ``unknown`` (at a
    column, or a fact of the organisation, that is not there)."""

    name: str
    expectations: list[dict[str, Any]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """A suite as Great Expectations keeps it in a file."""
        return {
            "name": self.name,
            "expectations": self.expectations,
            "meta": {
                "great_expectations_version": version("great_expectations"),
                "datakollen": {"left_out": self.left_out},
            },
            "notes": None,
        }


def _query(check: Check, base: str) -> str:
    """SELECT of the rows that break the rule; ``base``: SELECT of what its SQL asks, with the batch
    as ``{batch}``."""
    groups = f", wrong as materialized ({check.groups})" if check.groups else ""
    right = check.right("wrong" if check.groups else None)
    # a window's function may stand in a column, not in a condition
    checked = f"select source_row, ({right}) as is_right from base"
    asked = f"{groups} select source_row from ({checked}) where not is_right"
    asked = BIND.sub(r"\\:", asked.replace("{", "{{").replace("}", "}}"))
    return f"with base as ({base}){asked}"


def _described(rule: Rule, column: Column | None) -> str:
    about = f"{column.name}: " if column else ""
    return " / ".join(f"{about}{rule.because[language]}" for language in LANGUAGES)


def _expectation(
    planned: Planned, type: str, kwargs: Mapping[str, Any], table: str
) -> dict[str, Any]:
    """One of them, with what a person reads in Swedish and English."""
    rule, column = planned.rule, planned.column
    meta = {
        "id": rule.id,
        "version": rule.version,
        "dimension": rule.dimension,
        "table": table,
        "column": column.name if column else None,
        "because": rule.because,
        "fix": rule.fix,
    }
    return {
        "type": type,
        "kwargs": dict(kwargs),
        "severity": rule.severity,
        "description": _described(rule, column),
        "meta": meta,
    }


# Of a dataset.


def shown_names(table: Table) -> dict[str, str]:
    """Column of the views (``c0``, ``v0``) -> the header that it stands under, too, where that is a
    plain name."""
    taken = {"source_row", "x", "y", *view.SPOTS, "lon", "lat"}
    taken |= {f"{kind}{column.position}" for column in table.columns for kind in "ctv"}
    found: dict[str, str] = {}
    for column in table.columns:
        folded = column.name.casefold()
        if PLAIN.fullmatch(column.name) and folded not in taken:
            taken.add(folded)
            found[column.value if column.type != "text" else view.cell(column)] = column.name
    return found


def _stock(check: Check, rule: Rule) -> tuple[str, str, dict[str, Any]] | None:
    """Type, column of the view and further kwargs where a stock expectation counts the same."""
    if check.stock:
        kwargs: Any = check.stock["kwargs"]
        more = {key: value for key, value in kwargs.items() if key != "column"}
        return str(check.stock["type"]), str(kwargs["column"]).removesuffix(view.THERE), more
    if rule.type == UNIQUE and check.column is not None:
        return UNIQUE, view.cell(check.column), {}
    return None


def _of_dataset(planned: Planned, table: Table, relation: str, *, marked: bool) -> dict[str, Any]:
    """``relation``: of the table; only that of the main one is the batch."""
    check = planned.check
    assert check is not None
    stock, main = _stock(check, planned.rule), relation == DATA
    if stock and main and (stock[0] == NULL or not marked):
        type, column, more = stock
        names = shown_names(table)
        own = check.column
        if type == NULL and own is not None and own.type != "text" and not own.unparsed:
            column = own.value  # where every cell reads, no value is no cell
        return _expectation(
            planned, type, {"column": names.get(column, column), **more}, table.name
        )
    # Great Expectations wants every query to name the batch, if only beside what it asks
    query = _query(check, "from {batch}" if main else f"from {relation} /* {{batch}} */")
    return _expectation(planned, QUERY, {"unexpected_rows_query": query}, table.name)


def _view(table: Table, source: str, spots: list[str]) -> str:
    """SELECT of all that rules ask of a table."""
    cells = ["source_row", *spots]
    for column in table.columns:
        cells += [f"{missing.present(column.text)} as {view.cell(column)}", column.text]
        cells += [column.value] if column.type != "text" else []
    named = ", ".join(
        f"{name} as {databases.named(header)}" for name, header in shown_names(table).items()
    )
    return f"select *{', ' if named else ''}{named} from (select {', '.join(cells)} from {source})"


def of_dataset(
    snapshot: Snapshot,
    screening: Screening,
    rules: list[Rule],
    fields: dict[str, str],
    known: Known,
    folder: Path,
    name: str,
    wide: Spread | None = None,
) -> Exported:
    """The rules as they apply to this dataset, and in ``folder`` the database ``DATABASE`` with the
    views that they are asked of: ``data`` (the main table, which is the batch), ``data_1`` and so
    on. They hold every value as it stands: private, and of use only while the snapshot is there.
    ``wide``: the main table's columns that are rows in the specification."""
    exported = Exported(name, left_out={rule.id: "unknown" for rule in rules})
    for rule in rules:
        if EXPECTATIONS[rule.type].scope == "source":
            exported.left_out[rule.id] = "source"
        elif "deliveries" in _module(rule):
            exported.left_out[rule.id] = "delivery"
    with databases.connect(folder / DATABASE) as connection:
        for number, table in enumerate(snapshot.tables):
            relation = f"{DATA}_{number}" if number else DATA
            asked = running.asked_of(snapshot, table, rules)
            place = folder / str(number)
            place.mkdir()
            spots, plans = running.planned(snapshot, table, asked, fields, known, place, wide)
            base = view.Base(connection, snapshot, table, spots, lasting=True)
            query = _view(table, base.source, base.spots)
            connection.execute(f"create view {relation} as {query}")
            marked = screening.marked(table.name)
            for plan in plans:
                if plan.check is not None:
                    header = plan.column.name if plan.column else ""
                    exported.left_out.pop(plan.rule.id, None)
                    exported.expectations.append(
                        _of_dataset(plan, table, relation, marked=header in marked)
                    )
    return exported


def _module(rule: Rule) -> str:
    return EXPECTATIONS[rule.type].sql.__module__


# Of a type.


def _table_of(specification: specifications.Specification) -> Table:
    """A table in the form of the specification."""
    columns = [Column(i, one.name, one.type) for i, one in enumerate(specification.fields)]
    names = {column.name for column in columns}
    spot = Geometry("EPSG:4326", "declared", "point", list(PLACED))
    return Table(DATA, "", 0, columns, geometry=spot if names.issuperset(PLACED) else None)


def _typed(text: str, type: str) -> str:
    """SQL: the value that a text holds."""
    return f"try_cast({text} as {TYPES[type]})"


def _base(sql: str, table: Table) -> str:
    """SELECT that gives ``base`` the columns that ``sql`` names, of a batch in the form of the
    specification."""
    used, cells = set(view.NAMED.findall(sql)), ["row_number() over () as source_row"]
    for column in table.columns:
        own = databases.named(column.name)
        if {view.cell(column), column.value} & used:
            cells.append(f"{own} as {view.cell(column)}")
        if column.type != "text" and column.value in used:
            cells.append(f"{_typed(own, column.type)} as {column.value}")
    if table.geometry and re.search(r"\b(?:lon|lat|x|y)\b", sql):
        degrees = [_typed(name, "decimal") for name in PLACED]
        both = " and ".join(f"{value} is not null" for value in degrees)
        for value, axes in zip(degrees, (("lon", "x"), ("lat", "y")), strict=True):
            cells += [f"case when {both} then {value} end as {axis}" for axis in axes]
    return f"select {', '.join(cells)} from {{batch}}"


def _why_not(planned: Planned) -> str | None:
    """Why a rule cannot be asked of whatever table follows the specification; None where it can."""
    expectation = EXPECTATIONS[planned.rule.type]
    if expectation.facts is not None:
        return "table"
    check = planned.check
    if check is None:
        return "unknown"
    sql = f"{check.sql} {check.groups or ''}"
    return "places" if view.of_spots(sql) else "form" if TEXT.search(sql) else None


def of_type(type: str, variant: str | None = None) -> Exported:
    """The rules of a dataset type, the common ones with them, for a table in the form of its
    specification. ``ConfigurationError`` where there is no such variant."""
    specification = specifications.load(type, variant)
    table = _table_of(specification)
    snapshot = Snapshot(Path(), "", "", "csv", [table])
    rules = [
        *suites.of_common(type, specification.variant),
        *suites.rules_for(type, specification.variant),
    ]
    exported = Exported(f"datakollen_{type}", left_out={rule.id: "unknown" for rule in rules})
    asked = []
    for rule in rules:
        expectation = EXPECTATIONS[rule.type]
        if expectation.scope == "source":
            exported.left_out[rule.id] = "source"
        elif "deliveries" in _module(rule):
            exported.left_out[rule.id] = "delivery"
        elif expectation.facts is not None:
            exported.left_out[rule.id] = "table"
        elif rule.table not in (None, "*"):
            exported.left_out[rule.id] = "tables"
        else:
            asked.append(rule)
    names = {column.name: column.name for column in table.columns}
    for one in planning.plan(snapshot, table, asked, names, Known()):
        why = _why_not(one)
        if why:
            exported.left_out[one.rule.id] = why
            continue
        exported.left_out.pop(one.rule.id, None)
        exported.expectations.append(_of_type(one, table))
    return exported


def _of_type(planned: Planned, table: Table) -> dict[str, Any]:
    check = planned.check
    assert check is not None
    stock = _stock(check, planned.rule)
    if stock and check.column is not None and stock[1] == view.cell(check.column):
        type, _, more = stock
        return _expectation(planned, type, {"column": check.column.name, **more}, DATA)
    query = _query(check, _base(f"{check.sql} {check.groups or ''}", table))
    return _expectation(planned, QUERY, {"unexpected_rows_query": query}, DATA)
