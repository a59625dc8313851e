"""A converted table in words: which column became which, how, and what could not be decided: names
of columns, numbers of rows and counts, never a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from helpers.filling_in.converting.conversion import ColumnOutcome
from helpers.filling_in.converting.writing import Converted
from helpers.ground import systems
from helpers.ground.geography import DEGREES
from helpers.reporting.masked import afterwards, named
from helpers.reporting.terminal import told_repairs
from helpers.screening.masking.forms import UNKNOWN
from helpers.words.messages import number, text

HEAD = ("target", "source", "how", "cells", "changed", "undecided")
LISTED = 8  # rows named of a column


def _say(key: str, language: str, **values: Any) -> str:
    return text(f"converting.{key}", language, **values)


def _kinds(kinds: Iterable[str], language: str) -> str:
    return "; ".join(text(f"screening.kind.{kind}", language) for kind in kinds)


def _rows(rows: Sequence[int], count: int) -> str:
    return ", ".join(map(str, rows[:LISTED])) + (" …" if count > LISTED else "")


def _source(done: ColumnOutcome, language: str) -> str:
    return named(done.sources) or _say("position", language)


def heading(converted: Converted, language: str) -> str:
    """What the table becomes, and which form it had."""
    whole = converted.specification
    status = text(f"specifications.status.{whole.status}", language)
    to = _say("heading", language, title=whole.title[language], status=status)
    layout = converted.layout
    had = _say("follows", language, layout=layout[language]) if layout else _say("own", language)
    return f"{to} {had}"


def head(language: str) -> list[str]:
    """The headings of ``rows``."""
    return [_say(f"head.{name}", language) for name in HEAD]


def rows(converted: Converted, language: str) -> list[list[str]]:
    """Each column that the source has anything for."""
    return [
        [
            named([done.target]),
            _source(done, language),
            _say(f"how.{'withheld' if done.withheld else done.kind}", language),
            *("" if done.kind == "spread" else number(one, language) for one in _counts(done)),
        ]
        for done in converted.columns
        if done.kind != "none"
    ]


def _counts(done: ColumnOutcome) -> tuple[int, int, int]:
    return done.cells, done.changed, done.undecided


def _of_rows(converted: Converted, language: str) -> Iterable[str]:
    """How many rows there are, and those that are left out."""
    if any(done.kind == "spread" for done in converted.columns):
        counts = {"before": converted.rows_before, "after": converted.rows_after}
        yield _say("spread", language, **counts)
    else:
        yield _say("rows", language, count=converted.rows_after)
    if converted.left_out:
        left = _rows(converted.left_out_rows, converted.left_out)
        yield _say("left_out", language, count=converted.left_out, rows=left)
    if converted.rejected:
        yield _say("rejected", language, count=converted.rejected)
    yield from _of_reading(converted, language)


def _of_reading(converted: Converted, language: str) -> Iterable[str]:
    """What reading changed, and what else the file holds."""
    repairs = list(told_repairs([asdict(repair) for repair in converted.repairs], language))
    if repairs:
        yield _say("repairs", language, repairs="; ".join(repairs))
    if converted.other_tables:
        yield _say("tables", language, tables=named(converted.other_tables))


def _of_places(converted: Converted, language: str) -> Iterable[str]:
    """Where the positions come from."""
    if converted.crs == UNKNOWN:
        yield _say("unknown_crs", language)
    elif converted.crs and converted.crs not in DEGREES:
        yield _say("crs", language, crs=systems.name(converted.crs))
    if converted.assumed:
        yield _say("assumed", language)
    if converted.shapes:
        yield _say("shapes", language)


def _of_columns(converted: Converted, language: str, withheld: str = "withheld") -> Iterable[str]:
    """What is told of single columns. ``withheld``: the key of what is said of one that is not
    written."""
    none = [done for done in converted.columns if done.kind == "none"]
    for key, names in (
        ("missing", [done.target for done in none if done.lacks]),
        ("empty", [done.target for done in none if not done.lacks]),
    ):
        if names:
            yield _say(key, language, columns=named(names))
    for done in converted.columns:
        column = named([done.target])
        if done.withheld:
            kinds = _kinds(done.withheld, language)
            yield _say(withheld, language, column=column, count=done.cells, kinds=kinds)
        if done.emptied:
            yield _say("emptied", language, column=column, count=done.emptied)
        if done.shortened:
            yield _say("shortened", language, column=column, count=done.shortened)
        if done.undecided:
            yield _say(
                "not_decided",
                language,
                column=column,
                source=_source(done, language),
                count=done.undecided,
                why=_say(f"undecided.{done.kind}", language),
                rows=_rows(done.rows, done.undecided),
            )


def of_merged(converted: Converted, language: str) -> list[str]:
    """What is told of a table that became a part of a merged one, a sentence each; how many rows
    there are is told elsewhere."""
    told = [
        *_of_reading(converted, language),
        *_of_places(converted, language),
        *_of_columns(converted, language, "withheld_of_merged"),
    ]
    if converted.undecided:
        told.append(_say("values_of_merged", language))
    if converted.others:
        columns = named(one.name for one in converted.others)
        told.append(_say("others_of_merged", language, columns=columns))
    return told


def lines(converted: Converted, language: str) -> list[str]:
    """The report under the table of columns, a line at a time."""
    told = [
        *_of_rows(converted, language),
        *_of_places(converted, language),
        *_of_columns(converted, language),
    ]
    if converted.undecided or converted.left_out:
        told.append(_say("values_kept" if converted.undecided_kept else "values", language))
    others = converted.others
    if others:
        key = "others_kept" if converted.others_kept else "others"
        told.append(_say(key, language, columns=named(one.name for one in others)))
    stopped = [one.name for one in others if one.withheld]
    if stopped:
        told.append(_say("others_withheld", language, columns=named(stopped)))
    said = [f"- {line}" for line in told]
    if converted.after is not None:
        run, guarded = converted.formulas, converted.guarded
        said += ["", text("masking.after", language)]
        said += afterwards(converted.after, run, language, guarded=guarded)
        said.append(_say("afterwards", language))
    return said
