"""The total is the sum of {part_list}, to within {within}.

One of the parts is missing in the sum, or belongs to another row. A row where a part is not
measured is not checked. Source: arithmetic; the room is for rounding of each part.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    parts = on.listed("part_list")
    if not all(column.numeric for column in (on.column, *parts)):
        return None
    added = " + ".join(part.value for part in parts)
    # doubles: 0.2 is met by 1.1 - 0.9 only almost
    return f"(abs({on.value} - ({added})) <= {on.kwargs['within']} + 1e-9)"


EXPECTATION = Expectation(_sql, columns=("part_list",), takes={"within": 0.2})
