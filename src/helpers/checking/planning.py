"""Planning: which rules run on which tables and columns of a snapshot, as SQL.

A kwarg ``$organisation.<fact>`` stands for a fact of the publisher (``kommunkod``, ``area``,
``organisationsnummer`` ...), ``$entry.update_frequency`` for what the catalogue declares,
``$today.year``; where it is unknown the rule does not apply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.checking import view
from helpers.checking.deliveries import Previous
from helpers.checking.expectations import EXPECTATIONS, Facts, Operand, Target, Told
from helpers.checking.seen import Columns
from helpers.checking.suites import Rule
from helpers.checking.view import Check
from helpers.declared.organisations import Organisation
from helpers.declared.variants import Spread
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot, Table

Ask = Callable[[list[str]], list[Any]]  # aggregates of ``base`` -> their values


@dataclass(frozen=True)
class Refused:
    """In the place of a fact: why it cannot be asked where the data are."""

    reason: str


FILLED = "expect_column_values_to_not_be_null"
POSITION = ("latitude", "longitude")


@dataclass(frozen=True)
class Known:
    """What rules may ask of the world around the table."""

    organisation: Organisation | None = None
    frequency: str | None = None  # as the catalogue declares it; None: not declared
    today: dt.date = field(default_factory=dt.date.today)
    previous: Previous | None = None  # the delivery before
    seen: Columns = field(default_factory=dict)  # what profiling has counted

    @property
    def area(self) -> str | None:
        """The publisher's municipality or county: where its points can be expected."""
        return self.organisation.area if self.organisation else None

    def fact(self, reference: str) -> Any | None:
        """What ``$organisation.kommunkod`` stands for; None where it is unknown."""
        if reference == "$entry.update_frequency":
            return self.frequency
        if reference == "$today.year":
            return self.today.year
        return (
            getattr(self.organisation, reference.removeprefix("$organisation."), None)
            if self.organisation
            else None
        )

    def resolve(self, kwargs: Mapping[str, Any]) -> dict[str, Any] | None:
        """The kwargs with facts in the place of references; None where one (of a list, all) is
        unknown."""
        resolved: dict[str, Any] = {}
        for key, value in kwargs.items():
            listed = value if isinstance(value, list) else [value]
            facts = [
                self.fact(item) if isinstance(item, str) and item.startswith("$") else item
                for item in listed
            ]
            if isinstance(value, list):
                facts = [fact for fact in facts if fact is not None]
            if value is not None and (not facts or facts[0] is None):
                return None
            resolved[key] = facts if isinstance(value, list) else facts[0]
        return resolved


@dataclass(frozen=True)
class Planned:
    """A rule on one column of one table (or on its rows). ``check`` is None where it does not apply
    here."""

    rule: Rule
    table: str
    column: Column | None = None
    check: Check | None = None
    told: Told | None = None  # what a finding says beside its counts
    reason: str = ""  # why a rule that would apply cannot be asked where the data are


def operand(table: Table, column: Column, known: Known) -> Operand:
    """The column as SQL sees it in the view ``base``."""
    seen = known.seen.get((table.name, column.name))
    cell = view.cell(column)
    value = column.value if column.type != "text" else cell
    return Operand(column.name, column.type, cell, value, column.text, column.missing, seen)


def _elsewhere(rule: Rule, table: Table, header: str) -> bool:
    """True where the rule asks for a coordinate that the table has in another column: its geometry
    places the rows."""
    placed = table.geometry is not None and header not in table.geometry.columns
    return placed and rule.column in POSITION and rule.type == FILLED


def _targets(
    rule: Rule, table: Table, fields: Mapping[str, str], wide: Spread | None
) -> list[Column | None]:
    scope = EXPECTATIONS[rule.type].scope
    if scope == "each":
        return [column for column in table.columns if column.type == "text"]
    if scope == "typed":
        return [column for column in table.columns if column.type != "text"]
    if scope == "any":
        return list(table.columns)
    if scope == "column" and wide and rule.column == wide.value and rule.column not in fields:
        # an empty cell is a row that is not there
        return [] if rule.type == FILLED else [table.column(name) for name in wide.columns]
    if scope == "column":
        header = fields.get(rule.column or "")
        return [table.column(header)] if header and not _elsewhere(rule, table, header) else []
    return [None] if scope == "row" or table.geometry else []


def _target(
    rule: Rule,
    column: Column | None,
    table: Table,
    fields: Mapping[str, str],
    base: Target,
    known: Known,
) -> Target | None:
    expectation = EXPECTATIONS[rule.type]
    kwargs = known.resolve(rule.kwargs)
    roles = {key: role for key, role in expectation.roles(rule.kwargs).items() if key != "column"}
    absent = {key for key, role in roles.items() if role not in fields}
    if kwargs is None or {key.split(".")[0] for key in absent} & set(expectation.columns):
        return None
    columns = {
        key: operand(table, table.column(fields[role]), known)
        for key, role in roles.items()
        if key not in absent
    }
    if column is not None:
        columns["column"] = operand(table, column, known)
    return replace(base, kwargs={**expectation.takes, **kwargs}, columns=columns)


def _check(rule: Rule, column: Column | None, target: Target) -> Check | None:
    expectation = EXPECTATIONS[rule.type]
    sql = expectation.sql(target)
    if sql is None:
        return None
    key = f"{rule.id}:{column.position if column else ''}"
    kwargs = expectation.stock(target) if expectation.stock else None
    stock: dict[str, object] | None = (
        {"type": expectation.stock_name or rule.type, "kwargs": dict(kwargs), "meta": {"key": key}}
        if kwargs
        else None
    )
    groups = expectation.groups(target) if expectation.groups else None
    keyed = expectation.keyed(target) if expectation.keyed else None
    return Check(key, sql, stock, column, groups, expectation.groups is not None, keyed)


def _facts(
    snapshot: Snapshot,
    table: Table,
    wanted: list[tuple[int, Target, Facts]],
    spots: Path | None,
    ask: Ask | None = None,
) -> dict[int, Target]:
    """Each target with the facts it asked for, all of them found in one reading of the table.
    ``wanted``: the target's number, the target, and by name the SQL of its facts, or a fact itself.
    What is asked of places is None where no ``spots`` are given. ``ask``: who answers, where that
    is not DuckDB."""
    every = {sql for _, _, asked in wanted for sql in asked.values() if isinstance(sql, str)}
    parts = sorted(sql for sql in every if spots or not view.of_spots(sql))
    values: dict[str, object] = {}
    if parts and ask:
        values = dict(zip(parts, ask(parts), strict=True))
    elif parts:
        with databases.connect(spill=snapshot.folder / "spill") as connection:
            asked = " ".join(parts)
            view.Base(connection, snapshot, table, spots, asked).show(asked)
            values = dict(zip(parts, databases.aggregate(connection, parts, "base"), strict=True))
    return {
        number: replace(
            target,
            facts={
                name: values.get(sql) if isinstance(sql, str) else sql
                for name, sql in asked.items()
            },
        )
        for number, target, asked in wanted
    }


def _refused(target: Target) -> str:
    """Why one of its facts cannot be asked; '' where all are."""
    refused = (fact.reason for fact in target.facts.values() if isinstance(fact, Refused))
    return next(refused, "")


def _base(snapshot: Snapshot, table: Table, fields: Mapping[str, str], known: Known) -> Target:
    """What every target of the table has in common: all but kwargs, their columns and facts."""
    return Target(
        {},
        table=table.name,
        every=tuple(operand(table, column, known) for column in table.columns),
        placed=table.geometry is not None,
        tables=view.joined(snapshot),
        crs=table.geometry.crs if table.geometry else None,
        placed_by=tuple(table.geometry.columns) if table.geometry else (),
        fields={
            name: operand(table, table.column(header), known) for name, header in fields.items()
        },
        today=known.today,
        secret=known.previous.secret if known.previous and table is snapshot.main else None,
    )


def plan(
    snapshot: Snapshot,
    table: Table,
    rules: list[Rule],
    fields: Mapping[str, str],
    known: Known,
    spots: Path | None = None,
    wide: Spread | None = None,
    ask: Ask | None = None,
) -> Iterator[Planned]:
    """The ``rules`` of one table, each on each of its columns. ``fields``: field of the
    specification -> header. ``spots``: where its positions lie (see ``view.places``); ``wide``: its
    columns that are rows in the specification: each is asked what is asked of the value that they
    hold. ``ask``: who answers what rules ask of the whole table, where that is not DuckDB.

    A rule that applies to nothing is planned once, without a check.
    """
    base = _base(snapshot, table, fields, known)
    asked = [
        (rule, column, _target(rule, column, table, fields, base, known))
        for rule in rules
        for column in _targets(rule, table, fields, wide)
    ]
    wanted = []
    for number, (rule, _, target) in enumerate(asked):
        facts = EXPECTATIONS[rule.type].facts
        if target is not None and facts is not None:
            wanted.append((number, target, facts(target)))
    filled = _facts(snapshot, table, wanted, spots, ask)
    planned: dict[str, list[Planned]] = {rule.id: [] for rule in rules}
    for number, (rule, column, target) in enumerate(asked):
        target = filled.get(number, target)
        if target is not None and (reason := _refused(target)):
            planned[rule.id].append(Planned(rule, table.name, column, reason=reason))
            continue
        check = _check(rule, column, target) if target is not None else None
        if check is not None and target is not None:
            told = EXPECTATIONS[rule.type].told
            planned[rule.id].append(
                Planned(rule, table.name, column, check, told(target) if told else None)
            )
    for rule in rules:
        yield from planned[rule.id] or [Planned(rule, table.name)]
