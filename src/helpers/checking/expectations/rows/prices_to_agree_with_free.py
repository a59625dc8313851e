"""What is free has no price but 0.

The one contradicts the other, and a reader does not know which holds. Source: what the two columns
mean.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    free = on.columns["free"]
    if not on.column.numeric:
        return None
    return (
        f"case when {on.value} is not null and lower({free.cell}) in"
        f" ('true', 'ja', 'yes', 'y', '1') then {on.value} = 0 end"
    )


EXPECTATION = Expectation(
    _sql,
    columns=("free",),
    right=({"column": "0", "free": "true"}, {"column": "0", "free": "ja"}),
    wrong=({"column": "180", "free": "true"},),
)
