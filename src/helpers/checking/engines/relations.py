"""The query of a table's rows with what each rule says of them, for an engine of somebody else's:
the same ``base`` that rules are asked of here, and ``ok_0 .. ok_n``.

Nothing is made there: ``base`` and the keys that break a rule are parts of one query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from helpers.checking import asked_once, view
from helpers.checking.view import Check
from helpers.reading import missing
from helpers.reading.snapshot import Column

TOGETHER = 24  # rules in one query
SPOT = re.compile(r"\b(?:x|y|lon|lat)\b")


class Dialect(Protocol):
    """What is asked of ``spark`` and ``postgresql`` beside each other."""

    def sql(self, duckdb: str) -> str:
        """An expression or a query of DuckDB's in theirs. Raises ``Untranslated``."""

    def quoted(self, plain: str) -> str:
        """A text as a literal."""

    def sieve(self, cell: str, pattern: str) -> str:
        """SQL of theirs that is true at least where the pattern (RE2) is found in the text
        ``cell``. Raises ``Untranslated``."""

    def among(self, cell: str, words: Iterable[str]) -> str:
        """SQL of theirs that is true where a word of the text, folded, is one of ``words``."""

    @property
    def TEXT(self) -> str:  # noqa: N802 a constant of the module
        """What the type of a text is called."""

    @property
    def KEPT(self) -> str:  # noqa: N802 a constant of the module
        """As ``BASE``, for a part that is asked several things and worked out once."""

    @property
    def BASE(self) -> str:  # noqa: N802 a constant of the module
        """What stands between the name of a part and its query."""

    @property
    def ONCE(self) -> str:  # noqa: N802 as above
        """What stands after a query whose columns are to be computed once for each row."""


@dataclass(frozen=True)
class Source:
    """A table over there. ``relation``: what stands after FROM; ``cells``: by ``t0``, ``v0`` and so
    on, an expression of its columns; ``row``: a number of its own for each row; ``keys``: what
    names a row to its owner; ``others``: queries of the tables beside it. In DuckDB's SQL:
    ``values`` of cells that are texts there, and ``spots``, ``x`` and so on of both. ``bare``:
    columns whose cells are known to be their texts, none of them padded or a token for no value.
    """

    relation: str
    cells: Mapping[str, str]
    row: str
    columns: Sequence[Column] = ()
    keys: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    spots: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()

    @cached_property
    def by_cell(self) -> Mapping[str, Column]:
        """The columns by the names of their trimmed texts."""
        return {view.cell(one): one for one in self.columns}

    @cached_property
    def unnumbered(self) -> frozenset[str]:
        """The cells that are no column's: each query has them."""
        return frozenset(one for one in self.cells if not view.NAMED.fullmatch(one))


def _more(dialect: Dialect, asked: Mapping[str, str], relation: str) -> str:
    listed = (f"{dialect.sql(sql)} as {name}" for name, sql in asked.items())
    return f"select {', '.join(['*', *listed])} from {relation}"


def _used(source: Source, asked: str) -> tuple[list[str], dict[str, str]]:
    """The names of the cells over there that are asked for, themselves or by what is made of them;
    and by name, what is made of each."""
    spots = source.spots if SPOT.search(asked) else {}
    named = set(view.NAMED.findall(" ".join([asked, *spots.values()])))
    made = {name: sql for name, sql in source.values.items() if name in named}
    for name, one in source.by_cell.items():
        if name in named:
            made[name] = one.text if one.name in source.bare else missing.present(one.text)
    values = made | dict(spots)
    named |= set(view.NAMED.findall(" ".join(values.values())))
    cells = [one for one in source.cells if one in named or one in source.unnumbered]
    return cells, values


def parts(dialect: Dialect, source: Source, asked: str) -> dict[str, str]:
    """The queries that stand before a rule's own: the tables beside, ``source``, ``valued`` and
    ``base``, with the columns that what is asked names: an engine has no place for any number."""
    cells, made = _used(source, asked)
    row = [f"{source.row} as source_row"] if "source_row" in asked else []
    keys = [f"{one} as key_{number}" for number, one in enumerate(source.keys)]
    first = [*row, *keys, *(f"{source.cells[name]} as {name}" for name in cells)]
    values = {name: sql for name, sql in made.items() if name in source.values}
    others = {name: sql for name, sql in made.items() if name not in values}
    return {
        **source.others,
        "source": f"select {', '.join(first or ['1 as nothing'])} from {source.relation}",
        "valued": _more(dialect, values, "source"),
        "base": _more(dialect, others, "valued") + dialect.ONCE,
    }


def of_base(dialect: Dialect, source: Source, select: str) -> str:
    """``select``, in the dialect, with the parts that it rests on before it."""
    named = parts(dialect, source, select)
    listed = ", ".join(f"{name} {dialect.BASE} ({part})" for name, part in named.items())
    return f"with {listed} {select}"


def gathered(dialect: Dialect, source: Source, checks: Sequence[Check]) -> dict[str, str]:
    """By name (``texts_<position>``) the query of a column's different texts, whole in itself, for
    each column of which a check asks them."""
    asked = " ".join(check.groups for check in checks if check.by_key and check.groups)
    found = {}
    for column in source.columns:
        texts = asked_once.texts(view.cell(column))
        if texts in asked:
            query = of_base(dialect, source, dialect.sql(f"select * from {texts} as found"))
            found[f"texts_{column.position}"] = query
    return found


def wrong(
    dialect: Dialect, source: Source, checks: Sequence[Check], laid: Mapping[str, str]
) -> dict[str, str]:
    """By name, for each check that keys break the query of those keys (``wrong_<n>.broken_<n>``),
    whole in itself. ``laid``: by the name that ``gathered`` gives, where the texts are laid aside.
    Raises ``Untranslated``."""
    texts = {
        asked_once.texts(view.cell(column)): laid[name]
        for column in source.columns
        if (name := f"texts_{column.position}") in laid
    }
    found = {}
    for number, check in enumerate(checks):
        if check.by_key and check.groups:
            groups = check.groups
            for query, relation in texts.items():
                groups = groups.replace(query, f"(select * from {relation})")
            broken = _broken(dialect, groups, number)
            found[f"wrong_{number}"] = of_base(dialect, source, broken)
    return found


def _broken(dialect: Dialect, groups: str, number: int) -> str:
    broken = f"broken_{number}"
    keys = f"({dialect.sql(groups)}) as found_{number}({broken})"
    return f"select distinct {broken} from {keys} where {broken} is not null"


def checked(
    dialect: Dialect,
    source: Source,
    checks: Sequence[Check],
    laid: Mapping[str, str] | None = None,
) -> str:
    """The query of ``source_row``, the keys and ``ok_<n>`` for each check, true where it is right
    and null where it is not asked. ``laid``: by the name that ``wrong`` gives, where the answer is
    laid aside. Raises ``Untranslated``."""
    columns = ["base.source_row", *(f"base.key_{n}" for n in range(len(source.keys)))]
    joins = []
    for number, check in enumerate(checks):
        right = f"({dialect.sql(check.sql)})"
        if check.by_key:
            wrong = f"wrong_{number}"
            found = "true"
            if check.groups:
                there = (laid or {}).get(wrong) or f"({_broken(dialect, check.groups, number)})"
                joins.append(f" left join {there} as {wrong} on {wrong}.broken_{number} = {right}")
                found = f"{wrong}.broken_{number} is null"
            right = f"case when {right} is not null then {found} end"
        columns.append(f"{right} as ok_{number}")
    return of_base(dialect, source, f"select {', '.join(columns)} from base{''.join(joins)}")


def counted(number: int) -> dict[str, str]:
    """By a name of its own, how many rows each of so many checks is asked of, and how many fail."""
    return {
        name: asked
        for n in range(number)
        for name, asked in (
            (f"asked_{n}", f"count(ok_{n})"),
            (f"failed_{n}", f"count(case when not ok_{n} then 1 end)"),
        )
    }


def counts(checked: str, number: int) -> str:
    """The query of these."""
    return f"select {', '.join(counted(number).values())} from ({checked}) as checked"
