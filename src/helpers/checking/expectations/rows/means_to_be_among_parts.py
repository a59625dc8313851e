"""The mean lies between the least and the greatest of {column_list}, to within {room}.

A mean of all days cannot be above the day with most or below the day with fewest: a column is
shifted, or counts another period. Source: arithmetic; the room is for rounding.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    parts = on.listed("column_list")
    if not all(part.numeric for part in (on.column, *parts)):
        return None
    values, room = ", ".join(part.value for part in parts), on.kwargs["room"]
    there = " and ".join(f"{part.value} is not null" for part in (on.column, *parts))
    return (
        f"case when {there} then {on.value} between least({values}) - {room}"
        f" and greatest({values}) + {room} end"
    )


EXPECTATION = Expectation(_sql, columns=("column_list",), takes={"room": 1})
