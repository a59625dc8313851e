"""What the two engines' SQL has in common: literals, letters, lists of functions, and one way to
translate a query that is written in DuckDB's dialect.

Needs sqlglot, which only ``datakollen[spark]`` and ``datakollen[postgresql]`` bring.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from helpers.checking.engines.untranslated import Untranslated

# What DuckDB's trim takes away: Unicode's separators of words.
BLANKS = " \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
APART = "\x1f"  # between the cells of a key
ARGUMENTS = 90  # of a function: PostgreSQL takes a hundred
ABSENT = "\x1e"  # stands for no value in a key
# How a number is written that every engine reads alike; a part in a thousand million of more.
DOUBLE = r"\s*[+-]?(\d{1,150}(\.\d{0,150})?|\.\d{1,150})([eE][+-]?\d{1,2})?\s*"
WHOLE = r"\s*[+-]?(\d{1,17}(\.\d{0,18})?|\.\d{1,18})\s*"
DROPPED = "[^\x01-\x7f]|'"  # what a folded word is without, as ``words.folding`` has it
DAY = r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"  # of %Y%m%d
DATE = r"\s*\d{4}-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])\s*"

Writer = Callable[[Any, Any], str]  # of a generator and a node


def text(node: exp.Expression | None) -> str:
    """The text of a literal; ``Untranslated`` where it is none."""
    if isinstance(node, exp.Literal) and node.is_string:
        return str(node.this)
    raise Untranslated("function")


def literal(plain: str) -> exp.Expression:
    """A text as a node, written by each dialect's own rules."""
    return exp.Literal.string(plain)


@cache
def accents() -> tuple[str, str]:
    """Letters with accents, and the same without them, as DuckDB's ``strip_accents`` has it: of the
    Latin script, which is all that our rules look at."""
    marked, plain = [], []
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        parts = unicodedata.normalize("NFD", chr(code))
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        if len(bare) == 1 and bare != chr(code):
            marked.append(chr(code))
            plain.append(bare)
    return "".join(marked), "".join(plain)


@cache
def accents_of_names() -> tuple[str, str]:
    """Those of them that stand in European names: a sieve asks for no more."""
    pairs = [pair for pair in zip(*accents(), strict=True) if pair[0] < "\u0180"]
    return "".join(one for one, _ in pairs), "".join(plain for _, plain in pairs)


def without_accents(quoted: Callable[[str], str]) -> Writer:
    """``strip_accents``, where literals are written by ``quoted``."""

    def write(to: Any, node: Any) -> str:
        marked, plain = map(quoted, accents())
        return f"translate({to.sql(node.expressions[0])}, {marked}, {plain})"

    return write


def trimmed(quoted: Callable[[str], str]) -> Writer:
    """``trim`` of what DuckDB's takes away, where literals are written by ``quoted``."""

    def write(to: Any, node: Any) -> str:
        side = str(node.args.get("position") or "both").lower()
        letters = quoted(BLANKS if node.expression is None else text(node.expression))
        return f"trim({side} {letters} from {to.sql(node, 'this')})"

    return write


def key(parts: list[str], cast: str, quoted: Callable[[str], str]) -> str:
    """One text of several cells, no two alike unless all cells are: where one is missing, too."""
    cells = [f"coalesce(cast({part} as {cast}), {quoted(ABSENT)})" for part in parts]
    apart = quoted(APART)
    while len(cells) > ARGUMENTS:
        slices = (cells[at : at + ARGUMENTS] for at in range(0, len(cells), ARGUMENTS))
        cells = [f"concat_ws({apart}, {', '.join(some)})" for some in slices]
    return f"concat_ws({apart}, {', '.join(cells)})"


def unknown(generator: Any, node: Any, known: Mapping[str, Writer]) -> str:
    """A function that sqlglot has no name for: by our own table, else ``Untranslated``."""
    writer = known.get(str(node.this).lower())
    if writer is None:
        raise Untranslated("function")
    return writer(generator, node)


def is_list(node: Any) -> bool:
    """True for what gives a list: its length is counted otherwise than a text's."""
    lists = (exp.Transform, exp.RegexpExtractAll, exp.Split, exp.Array)
    if isinstance(node, exp.Bracket):
        return bool(node.expressions) and isinstance(node.expressions[0], exp.Slice)
    return isinstance(node, (*lists, exp.Paren)) and (
        not isinstance(node, exp.Paren) or is_list(node.this)
    )


@cache
def parsed(sql: str) -> Any:
    """A query, or an expression of one, as DuckDB reads it. Never changed: copy it."""
    return sqlglot.parse_one(sql, read="duckdb")


def translated(sql: str, dialect: Any, change: Callable[[Any], Any] | None = None) -> str:
    """``sql`` (DuckDB's) in another dialect; ``change`` is made in its tree first.

    Raises ``Untranslated`` for what that dialect does not have.
    """
    try:
        tree = parsed(sql).copy()
        tree = change(tree) if change else tree
        return tree.sql(dialect, unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)
    except SqlglotError as error:
        raise Untranslated("function") from error
