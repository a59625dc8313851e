"""PostgreSQL's SQL of what is written in DuckDB's: the functions that are called or mean
otherwise.

Texts of ``base`` have the collation "C", so that they are compared by their bytes as in DuckDB;
capitals are told from small letters by ICU's root collation, whatever the database's own is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlglot import exp
from sqlglot.dialects.postgres import Postgres

from helpers.checking.engines import patterns, shared
from helpers.checking.engines.untranslated import Untranslated
from helpers.reading import databases

LETTERS = 'collate "und-x-icu"'
BYTES = 'collate "C"'
FILLED = {"\\": r"\\", ":": r"\x3a", "%": r"\x25", "{": r"\x7b", "}": r"\x7d"}

BASE = "as not materialized"  # before the query of a part
TEXT = "text"  # the type of a text
KEPT = "as materialized"  # of one that is asked several things
ONCE = " offset 0"  # else each use of a cell works it out anew


def quoted(plain: str) -> str:
    """A text as a literal of PostgreSQL's, without the signs that SQLAlchemy, psycopg or Great
    Expectations take for places to fill. It holds no NUL."""
    if "\0" in plain:
        raise Untranslated("function")
    doubled = plain.replace("'", "''")
    if not set(FILLED) & set(plain):
        return f"'{doubled}'"
    for sign, code in FILLED.items():
        doubled = doubled.replace(sign, code)
    return f"E'{doubled}'"


def identifier(name: str) -> str:
    """A column's name, without such signs either."""
    if not set(FILLED) & set(name):
        return databases.named(name)
    written = "".join(f"\\{ord(sign):04x}" if sign in FILLED else sign for sign in name)
    return "U&" + databases.named(written)


def _pattern(node: Any, *, whole: bool = False) -> str:
    return quoted(patterns.written(shared.text(node), "are", whole=whole))


def _full_match(to: Any, node: Any) -> str:
    return f"({to.sql(node, 'this')} ~ {_pattern(node.expression, whole=True)})"


def _like(to: Any, node: Any) -> str:
    return f"({to.sql(node, 'this')} ~ {_pattern(node.expression)})"


def _replace(to: Any, node: Any) -> str:
    if shared.text(node.args.get("modifiers")) != "g":
        raise Untranslated("function")
    instead = quoted(patterns.replacement(shared.text(node.args["replacement"]), "are"))
    return f"regexp_replace({to.sql(node, 'this')}, {_pattern(node.expression)}, {instead}, 'g')"


def _extract(to: Any, node: Any) -> str:
    """What does not match gives '', as in DuckDB, and no value no value."""
    cell, group = to.sql(node, "this"), to.sql(node, "group") or "0"
    found = f"regexp_substr({cell}, {_pattern(node.expression)}, 1, 1, '', {group})"
    return f"case when {cell} is not null then coalesce({found}, '') end"


def _extract_all(to: Any, node: Any) -> str:
    if (to.sql(node, "group") or "0") != "0":
        raise Untranslated("function")
    pattern = quoted("(" + patterns.written(shared.text(node.expression), "are") + ")")
    cell = to.sql(node, "this")
    found = f"array(select one[1] from regexp_matches({cell}, {pattern}, 'g') as _(one))"
    return f"case when {cell} is not null then {found} end"


def _try_cast(to: Any, node: Any) -> str:
    cell, kind = to.sql(node, "this"), node.to.this
    plain = f"trim(both {quoted(shared.BLANKS)} from cast({cell} as text))"
    if kind in (exp.DType.DOUBLE, exp.DType.FLOAT):
        form, cast = shared.DOUBLE, f"cast({plain} as double precision)"
    elif kind in (exp.DType.BIGINT, exp.DType.INT):
        form, cast = shared.WHOLE, f"cast(round(cast({plain} as numeric)) as bigint)"
    elif kind == exp.DType.DATE:
        return _date(plain, f"{plain} ~ {_form(shared.DATE)}", "-")
    else:
        raise Untranslated("function")
    return f"case when cast({cell} as text) ~ {_form(form)} then {cast} end"


def _form(pattern: str) -> str:
    return quoted(patterns.written(pattern, "are", whole=True))


def _date(cell: str, reads: str, sign: str) -> str:
    """A day that the calendar has; null for the 31st of February, which PostgreSQL else refuses."""
    year, month, day = (
        (f"split_part({cell}, '{sign}', {part})" for part in (1, 2, 3))
        if sign
        else (f"substr({cell}, {start}, {size})" for start, size in ((1, 4), (5, 2), (7, 2)))
    )
    first = f"make_date(cast({year} as int), cast({month} as int), 1)"
    last = f"extract(day from {first} + interval '1 month - 1 day')"
    fits = f"cast({year} as int) > 0 then case when cast({day} as int) <= {last}"
    made = f"{first} + (cast({day} as int) - 1)"
    return f"case when {reads} then case when {fits} then {made} end end end"


def _day(to: Any, node: Any) -> str:
    cell, form = node.expressions
    if shared.text(form) != "%Y%m%d":
        raise Untranslated("function")
    return _date(to.sql(cell), f"{to.sql(cell)} ~ {_form(shared.DAY)}", "")


def _length(to: Any, node: Any) -> str:
    return f"{'cardinality' if shared.is_list(node.this) else 'length'}({to.sql(node, 'this')})"


def _cased(name: str) -> shared.Writer:
    return lambda to, node: f"({name}(({to.sql(node, 'this')}) {LETTERS}) {BYTES})"


def _contains(to: Any, node: Any) -> str:
    return f"(strpos({to.sql(node, 'this')}, {to.sql(node, 'expression')}) > 0)"


def _listed(to: Any, node: Any) -> str:
    """No value is in no list: null, as in DuckDB; an empty place of a list is not what is looked
    for."""
    found = f"({to.sql(node, 'expression')} = any({to.sql(node, 'this')}))"
    if isinstance(node.this, exp.Array) and all(map(_is_literal, node.this.expressions)):
        return found
    asked = " and ".join(f"{to.sql(node, part)} is not null" for part in ("expression", "this"))
    return f"case when {asked} then coalesce({found}, false) end"


def _is_literal(node: Any) -> bool:
    return isinstance(node, exp.Literal)


def _suffix(to: Any, node: Any) -> str:
    cell, end = (to.sql(one) for one in node.expressions)
    return f"(right({cell}, length({end})) = {end})"


def _round(to: Any, node: Any) -> str:
    cell = to.sql(node, "this")
    if not node.args.get("decimals"):
        return f"round({cell})"
    exact = f"round(cast({cell} as numeric), {to.sql(node, 'decimals')})"
    return f"cast({exact} as double precision)"


def _greatest_by(to: Any, node: Any) -> str:
    cell, by = to.sql(node, "this"), to.sql(node, "expression")
    return f"(array_agg({cell} order by {by} desc, {cell}) filter (where {by} is not null))[1]"


def _having(tree: Any) -> Any:
    """PostgreSQL knows no alias in HAVING: what it stands for is written there."""
    for having in tree.find_all(exp.Having):
        named = {one.alias: one.this for one in having.parent.expressions if one.alias}
        for column in list(having.find_all(exp.Column)):
            if not column.table and column.name in named:
                column.replace(exp.Paren(this=named[column.name].copy()))
    return tree


def _sources(tree: Any) -> Any:
    """Each subquery in FROM has a name, which PostgreSQL 15 asks for."""
    for number, query in enumerate(list(tree.find_all(exp.Subquery))):
        if isinstance(query.parent, (exp.From, exp.Join)) and not query.alias:
            query.set("alias", exp.TableAlias(this=exp.to_identifier(f"unnamed_{number}")))
    return tree


def _without_accents(to: Any, node: Any) -> str:
    """PostgreSQL looks each letter up in all those with accents: not asked of ASCII, nine in ten
    texts."""
    cell = to.sql(node.expressions[0])
    marked = shared.without_accents(quoted)(to, node)
    return f"case when octet_length({cell}) = length({cell}) then {cell} else {marked} end"


def _of_numbers(to: Any, node: Any) -> str:
    """What is made of each number of a range. A list of other things is not asked: PostgreSQL's
    lists in lists are tables, and all rows as long."""
    series, made = node.this, node.expression
    if (
        not (isinstance(series, exp.GenerateSeries) and series.args.get("is_end_exclusive"))
        or len(made.expressions) != 1
        or shared.is_list(made.this)
    ):
        raise Untranslated("lists")
    end, number = to.sql(series, "end"), to.sql(made.expressions[0])
    numbers = f"generate_series({to.sql(series, 'start')}, ({end}) - 1) as numbers({number})"
    listed = f"array(select {to.sql(made, 'this')} from {numbers} order by {number})"
    return f"case when ({end}) is not null then {listed} end"


def _window(to: Any, node: Any) -> str:
    """What stands before in the row's order, cells without a value passed over, which PostgreSQL 15
    has no word for."""
    lag = node.this.this if isinstance(node.this, exp.IgnoreNulls) else None
    if not isinstance(lag, exp.Lag):
        return str(Postgres.Generator.window_sql(to, node))
    if lag.args.get("offset") or lag.args.get("default") or node.args.get("spec"):
        raise Untranslated("function")
    cell, order = to.sql(lag, "this"), to.sql(node, "order").strip()
    parted = ", ".join(to.sql(one) for one in node.args.get("partition_by") or ())
    parted = f"partition by {parted} " if parted else ""
    over = f"{parted}{order} rows between unbounded preceding and 1 preceding"
    before = f"array_agg({cell}) filter (where {cell} is not null) over ({over})"
    return f"({before})[cardinality({before})]"


def _refused(to: Any, node: Any) -> str:
    raise Untranslated("lists")


KNOWN: dict[str, shared.Writer] = {
    "hash": lambda to, node: (
        "hashtextextended("
        f"{shared.key([to.sql(one) for one in node.expressions], 'text', quoted)} {BYTES}, 0)"
    ),
    "strlen": lambda to, node: f"octet_length({to.sql(node.expressions[0])})",
    "suffix": _suffix,
    "list_sum": _refused,
    "list_zip": _refused,
    "strip_accents": _without_accents,
    "try_strptime": _day,
    "list_extract": lambda to, node: (
        f"({to.sql(node.expressions[0])})[{to.sql(node.expressions[1])}]"
    ),
}


class ForPostgreSQL(Postgres):
    """sqlglot's PostgreSQL, with what our rules need."""

    class Generator(Postgres.Generator):
        TRANSFORMS = Postgres.Generator.TRANSFORMS | {
            exp.Anonymous: lambda to, node: shared.unknown(to, node, KNOWN),
            exp.ArgMax: _greatest_by,
            exp.ArrayContains: _listed,
            exp.Contains: _contains,
            exp.DayOfWeekIso: lambda to, node: (
                f"cast(extract(isodow from {to.sql(node, 'this')}) as int)"
            ),
            exp.Length: _length,
            exp.Literal: lambda to, node: quoted(node.this) if node.is_string else str(node.this),
            exp.Lower: _cased("lower"),
            exp.Mod: lambda to, node: f"mod({to.sql(node, 'this')}, {to.sql(node, 'expression')})",
            exp.Mode: lambda to, node: f"mode() within group (order by {to.sql(node, 'this')})",
            exp.RegexpExtract: _extract,
            exp.RegexpExtractAll: _extract_all,
            exp.RegexpFullMatch: _full_match,
            exp.RegexpLike: _like,
            exp.RegexpReplace: _replace,
            exp.Round: _round,
            exp.SHA2: lambda to, node: (
                f"encode(sha256(convert_to({to.sql(node, 'this')}, 'UTF8')), 'hex')"
            ),
            exp.Transform: _of_numbers,
            exp.Trim: shared.trimmed(quoted),
            exp.TryCast: _try_cast,
            exp.Upper: _cased("upper"),
            exp.Window: _window,
        }


def sieve(cell: str, pattern: str) -> str:
    """SQL that is true at least where the pattern (RE2) is found in the text ``cell``. Raises
    ``Untranslated``."""
    return f"({cell} ~ {quoted(patterns.written(pattern, 'are', more=True))})"


def among(cell: str, words: Iterable[str]) -> str:
    """SQL that is true where a word of the text, folded, is one of ``words``."""
    plain = (
        f"translate(lower({cell} {LETTERS}), {', '.join(map(quoted, shared.accents_of_names()))})"
    )
    split = f"regexp_replace({plain}, {quoted(shared.DROPPED)}, '', 'g') {BYTES}"
    listed = f"any(array[{', '.join(map(quoted, words))}])"
    found = f"regexp_split_to_table({split}, '[^a-z]+') as found(word)"
    return f"exists (select from {found} where word = {listed})"


def sql(duckdb: str) -> str:
    """The query or expression in PostgreSQL's dialect. Raises ``Untranslated``."""
    return shared.translated(duckdb, ForPostgreSQL, lambda tree: _sources(_having(tree)))
