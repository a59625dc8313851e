"""No 2 rows are equal in every column but {column_list}.

One thing is counted twice, whether with the same number or with another. Source: usual practice; a column more that tells
rows apart (a line, an hour, a group) makes them two.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target, repeated


def _key(on: Target) -> str | None:
    counted = {one.name for one in on.listed("column_list")}
    cells = [one.cell for one in on.every if one.name not in counted]
    return f"case when coalesce({', '.join(cells)}) is not null then hash({', '.join(cells)}) end" if cells else None


EXPECTATION = Expectation(_key, scope="row", columns=("column_list",), groups=lambda on: repeated(str(_key(on))))
