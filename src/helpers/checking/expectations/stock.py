"""Great Expectations' own expectations: our SQL for them, and the kwargs with which it counts them
itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.checking.expectations.expectation import (
    REQUIRED,
    Expectation,
    Target,
    Told,
    literal,
    repeated,
)
from helpers.ground import geography, systems

BOUNDS = {"min_value": None, "max_value": None}


def _in_set(on: Target) -> str:
    return f"({on.cell} in ({', '.join(map(literal, on.kwargs['value_set']))}))"


def _bounds(on: Target, measured: str) -> str:
    low, high = on.kwargs["min_value"], on.kwargs["max_value"]
    parts = [f"{measured} >= {literal(low)}"] if low is not None else []
    parts += [f"{measured} <= {literal(high)}"] if high is not None else []
    return f"case when {measured} is not null then {' and '.join(parts) or 'true'} end"


def _in_metres(on: Target) -> Told | None:
    """Degrees are asked for, and the numbers are those of another system."""
    wrong = on.crs and on.crs not in geography.DEGREES and on.column.name in on.placed_by
    return ("system", {"system": systems.name(on.crs)}) if on.crs and wrong else None


def _between(on: Target) -> str | None:
    return _bounds(on, on.value) if on.column.numeric else None


def _blank(on: Target) -> Told | None:
    """Cells of blanks alone look filled in the source system."""
    blank = sum(count for token, count in on.column.missing.items() if token and not token.strip())
    words = {
        token: count for token, count in on.column.missing.items() if token.strip() and count > 1
    }
    if blank:
        return "blank", {"count": blank}
    return (
        ("token", {"count": sum(words.values()), "tokens": ", ".join(sorted(words))})
        if words
        else None
    )


def _given(on: Target, column: str, **more: Any) -> Mapping[str, Any]:
    return {
        "column": column,
        **{key: on.kwargs[key] for key in BOUNDS if on.kwargs[key] is not None},
        **more,
    }


STOCK: dict[str, Expectation] = {
    "expect_column_values_to_not_be_null": Expectation(
        # the view holds no text that is only asked for being there
        lambda on: f"({on.cell} is not null)",
        stock=lambda on: {"column": f"{on.cell}_there"},
        told=_blank,
        right=("a", "0"),
        wrong=("", "-"),
        truth="Every row has a value.",
    ),
    "expect_column_values_to_be_unique": Expectation(
        # Great Expectations' own SQL for this one costs more than all others together: it counts
        # our boolean column
        lambda on: on.cell,
        right=([{"column": "a"}, {"column": "b"}],),
        wrong=([{"column": "a"}, {"column": "a"}],),
        groups=lambda on: None if on.column.seen and on.column.seen.once else repeated(on.cell),
        keys="repeated",
        truth="No value occurs on two rows.",
    ),
    "expect_column_values_to_be_between": Expectation(
        _between,
        stock=lambda on: _given(on, on.value),
        takes=BOUNDS,
        told=_in_metres,
        truth="Every value is at least {min_value} and at most {max_value}.",
    ),
    "expect_column_values_to_be_in_set": Expectation(
        _in_set,
        stock=lambda on: {"column": on.cell, "value_set": on.kwargs["value_set"]},
        takes={"value_set": REQUIRED},
        truth="Every value is one of {value_set}.",
    ),
    "expect_column_value_lengths_to_be_between": Expectation(
        lambda on: _bounds(on, f"length({on.cell})"),
        stock=lambda on: _given(on, on.cell),
        takes=BOUNDS,
        truth="Every text has at least {min_value} and at most {max_value} characters.",
    ),
    "expect_column_values_to_match_regex": Expectation(
        # Great Expectations has no form of this one for DuckDB: it counts our boolean column
        lambda on: (
            f"case when {on.cell} <> '*'"
            f" then regexp_matches({on.cell}, {literal(on.kwargs['regex'])}) end"
        ),
        takes={"regex": REQUIRED},
        form=True,
        truth="Every text contains the pattern `{regex}`; a masked one (*) is not checked.",
    ),
}
