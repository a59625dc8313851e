"""Spark's SQL of what is written in DuckDB's: the functions that are called or mean otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlglot import exp
from sqlglot.dialects.spark import Spark

from helpers.checking.engines import patterns, shared
from helpers.checking.engines.untranslated import Untranslated

BASE = "as"  # before the query of a part
TEXT = "string"  # the type of a text
KEPT = "as"  # of one that is asked several things
ONCE = ""  # Spark sees to it itself


def quoted(plain: str) -> str:
    """A text as a literal of Spark's, which reads backslashes in it."""
    return "'" + plain.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0") + "'"


def identifier(name: str) -> str:
    """A column's name."""
    return "`" + name.replace("`", "``") + "`"


def _pattern(node: Any, *, whole: bool = False) -> str:
    return quoted(patterns.written(shared.text(node), "java", whole=whole))


def _listed(to: Any, node: Any) -> str:
    """Whether a value is in a list: of literals as IN, which Spark looks up in a set."""
    cell, held = to.sql(node, "expression"), node.this
    if isinstance(held, exp.Array) and all(
        isinstance(one, exp.Literal) for one in held.expressions
    ):
        return f"({cell} in ({', '.join(to.sql(one) for one in held.expressions)}))"
    return f"array_contains({to.sql(held)}, {cell})"


def _full_match(to: Any, node: Any) -> str:
    return f"({to.sql(node, 'this')} rlike {_pattern(node.expression, whole=True)})"


def _like(to: Any, node: Any) -> str:
    return f"({to.sql(node, 'this')} rlike {_pattern(node.expression)})"


def _replace(to: Any, node: Any) -> str:
    if shared.text(node.args.get("modifiers")) != "g":
        raise Untranslated("function")
    instead = quoted(patterns.replacement(shared.text(node.args["replacement"]), "java"))
    return f"regexp_replace({to.sql(node, 'this')}, {_pattern(node.expression)}, {instead})"


def _extract(name: str) -> shared.Writer:
    def write(to: Any, node: Any) -> str:
        group = to.sql(node, "group") or "0"
        return f"{name}({to.sql(node, 'this')}, {_pattern(node.expression)}, {group})"

    return write


def _try_cast(to: Any, node: Any) -> str:
    """As DuckDB reads a number: Spark takes 1d for one, and cuts what DuckDB rounds."""
    cell, kind = to.sql(node, "this"), node.to.this
    if kind in (exp.DType.DOUBLE, exp.DType.FLOAT):
        form, cast = shared.DOUBLE, f"try_cast({cell} as double)"
    elif kind in (exp.DType.BIGINT, exp.DType.INT):
        name = "bigint" if kind == exp.DType.BIGINT else "int"
        exact = f"round(try_cast(trim({cell}) as decimal(38, 18)))"
        form, cast = shared.WHOLE, f"try_cast({exact} as {name})"
    elif kind == exp.DType.DATE:
        form, cast = shared.DATE, f"try_cast(trim({cell}) as date)"
    else:
        raise Untranslated("function")
    pattern = quoted(patterns.written(form, "java", whole=True))
    return f"case when cast({cell} as string) rlike {pattern} then {cast} end"


def _day(to: Any, node: Any) -> str:
    cell, form = node.expressions
    if shared.text(form) != "%Y%m%d":
        raise Untranslated("function")
    pattern, sql = quoted(patterns.written(shared.DAY, "java", whole=True)), to.sql(cell)
    parts = f"substring({sql}, 1, 4), '-', substring({sql}, 5, 2), '-', substring({sql}, 7, 2)"
    return f"case when {sql} rlike {pattern} then try_cast(concat({parts}) as date) end"


def _left(to: Any, node: Any) -> str:
    size = to.sql(node, "expression")
    if isinstance(node.expression, exp.Neg):
        size = f"greatest(length({to.sql(node, 'this')}) {size}, 0)"
    return f"left({to.sql(node, 'this')}, {size})"


def _length(to: Any, node: Any) -> str:
    return f"{'size' if shared.is_list(node.this) else 'length'}({to.sql(node, 'this')})"


def _translate(to: Any, node: Any) -> str:
    return f"translate({to.sql(node, 'this')}, {to.sql(node, 'from_')}, {to.sql(node, 'to')})"


def _sum(to: Any, node: Any) -> str:
    return f"aggregate({to.sql(node.expressions[0])}, 0D, (held, one) -> held + one)"


def _zip(to: Any, node: Any) -> str:
    """Pairs as lists, whose parts are taken by number, as DuckDB takes those of a struct."""
    first, second = (to.sql(one) for one in node.expressions)
    return f"zip_with({first}, {second}, (one, two) -> array(one, two))"


def _literal(to: Any, node: Any) -> str:
    if node.is_string:
        return quoted(node.this)
    return f"{node.this}D" if "." in node.this and "e" not in node.this.lower() else str(node.this)


def _bracket(to: Any, node: Any) -> str:
    (one,) = node.expressions
    if isinstance(one, exp.Neg):  # counted from the end, and by sqlglot from one further
        return f"element_at({to.sql(node, 'this')}, {to.sql(one)} + 1)"
    if not isinstance(one, exp.Slice):
        return str(Spark.Generator.bracket_sql(to, node))
    whole, start, end = to.sql(node, "this"), to.sql(one, "this") or "1", one.expression
    if isinstance(end, exp.Neg):
        size = f"greatest(size({whole}) {to.sql(end)} + 2 - {start}, 0)"
    elif end is None:
        size = f"greatest(size({whole}) + 1 - {start}, 0)"
    else:
        size = f"{to.sql(end)} + 1 - {start}"
    return f"slice({whole}, {start}, {size})"


def _is_date(node: Any) -> bool:
    if isinstance(node, exp.Paren):
        return _is_date(node.this)
    if isinstance(node, exp.Case):
        return all(_is_date(one.args["true"]) for one in node.args["ifs"])
    return isinstance(node, exp.Cast) and node.to.this == exp.DType.DATE


def _minus(to: Any, node: Any) -> str:
    """Days between two dates are a number, as in DuckDB."""
    if _is_date(node.this) and _is_date(node.expression):
        return f"datediff({to.sql(node, 'this')}, {to.sql(node, 'expression')})"
    return f"{to.sql(node, 'this')} - {to.sql(node, 'expression')}"


def _changed(tree: Any) -> Any:
    """Without what Spark's queries have no word for: whether a part is kept, numbers as a table."""
    for part in tree.find_all(exp.CTE):
        part.set("materialized", None)
    for series in list(tree.find_all(exp.GenerateSeries)):
        if isinstance(series.parent, exp.Table) and series.args.get("is_end_exclusive"):
            ends = [series.args["start"].copy(), series.args["end"].copy()]
            series.replace(exp.Anonymous(this="range", expressions=ends))
    return tree


def _function(name: str) -> shared.Writer:
    """The same under another name."""
    return lambda to, node: f"{name}({', '.join(to.sql(one) for one in node.expressions)})"


KNOWN: dict[str, shared.Writer] = {
    "hash": lambda to, node: (
        f"xxhash64({shared.key([to.sql(one) for one in node.expressions], 'string', quoted)})"
    ),
    "strlen": _function("octet_length"),
    "suffix": _function("endswith"),
    "prefix": _function("startswith"),
    "strip_accents": shared.without_accents(quoted),
    "try_strptime": _day,
    "range": _function("range"),
    "sequence": _function("sequence"),
    "list_zip": _zip,
    "list_sum": _sum,
    "list_extract": lambda to, node: (
        f"element_at({to.sql(node.expressions[0])}, {to.sql(node.expressions[1])})"
    ),
}


class ForSpark(Spark):
    """sqlglot's Spark, with what our rules need."""

    class Generator(Spark.Generator):
        TRANSFORMS = Spark.Generator.TRANSFORMS | {
            exp.Anonymous: lambda to, node: shared.unknown(to, node, KNOWN),
            exp.ArrayContains: _listed,
            exp.ArrayOverlaps: lambda to, node: (
                f"arrays_overlap({to.sql(node, 'this')}, {to.sql(node, 'expression')})"
            ),
            exp.Bracket: _bracket,
            exp.DayOfWeekIso: lambda to, node: f"(weekday({to.sql(node, 'this')}) + 1)",
            exp.Left: _left,
            exp.Length: _length,
            exp.Literal: _literal,
            exp.PercentileDisc: lambda to, node: (
                f"percentile_disc({to.sql(node, 'expression')}) within group"
                f" (order by {to.sql(node, 'this')})"
            ),
            exp.RegexpExtract: _extract("regexp_extract"),
            exp.RegexpExtractAll: _extract("regexp_extract_all"),
            exp.RegexpFullMatch: _full_match,
            exp.RegexpLike: _like,
            exp.RegexpReplace: _replace,
            exp.Sub: _minus,
            exp.Translate: _translate,
            exp.Trim: shared.trimmed(quoted),
            exp.TryCast: _try_cast,
        }


def sieve(cell: str, pattern: str) -> str:
    """SQL that is true at least where the pattern (RE2) is found in the text ``cell``. Raises
    ``Untranslated``."""
    return f"({cell} rlike {quoted(patterns.written(pattern, 'java', more=True))})"


def among(cell: str, words: Iterable[str]) -> str:
    """SQL that is true where a word of the text, folded, is one of ``words``."""
    plain = f"translate(lower({cell}), {', '.join(map(quoted, shared.accents_of_names()))})"
    split = f"split(regexp_replace({plain}, {quoted(shared.DROPPED)}, ''), '[^a-z]+')"
    return f"exists({split}, word -> word in ({', '.join(map(quoted, words))}))"


def sql(duckdb: str) -> str:
    """The query or expression in Spark's dialect. Raises ``Untranslated``."""
    return shared.translated(duckdb, ForSpark, _changed)
