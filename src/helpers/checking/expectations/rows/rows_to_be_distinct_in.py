"""No 2 rows are equal in all of {column_list}.

They may be one thing told twice. Source: usual practice; an invoice may rightly have equal
accounting lines.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target, repeated


def _key(on: Target) -> str:
    cells = [column.cell for column in on.listed("column_list")]
    return (
        f"case when {' and '.join(f'{cell} is not null' for cell in cells)}"
        f" then hash({', '.join(cells)}) end"
    )


EXPECTATION = Expectation(
    _key, scope="row", columns=("column_list",), groups=lambda on: repeated(_key(on))
)
