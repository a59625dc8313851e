"""No 2 rows are equal in all of {column_list}.

They may be one thing told twice. Source: usual practice; an invoice may rightly have equal
accounting lines.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import (
    Expectation,
    Target,
    filled,
    hashed,
    repeated,
)


def _cells(on: Target) -> list[str]:
    return [column.cell for column in on.listed("column_list")]


def _key(on: Target) -> str:
    return hashed(_cells(on), _cells(on))


EXPECTATION = Expectation(
    _key,
    scope="row",
    columns=("column_list",),
    groups=lambda on: repeated(_key(on), on.listed("column_list")),
    keyed=lambda on: filled(_cells(on)),
)
