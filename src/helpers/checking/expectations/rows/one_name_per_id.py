"""One id has 1 name; a masked id (*) is not checked.

Sums by name then differ from sums by id. Source: usual practice of supplier registers; spelling
differs by nature, so information.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _wrong(on: Target) -> str:
    name = on.columns["name"].cell
    # first the pairs, which are few: Spark sorts every row where a text is the least of a group
    pairs = f"(select distinct {on.cell} as id, {name} as name from base where {on.cell} <> '*')"
    return f"select id from {pairs} as pairs group by id having min(name) <> max(name)"


EXPECTATION = Expectation(
    lambda on: (
        f"case when {on.columns['name'].cell} is not null and {on.cell} <> '*' then {on.cell} end"
    ),
    columns=("name",),
    groups=_wrong,
    right=([{"column": "1", "name": "A AB"}, {"column": "1", "name": "A AB"}],),
    wrong=([{"column": "1", "name": "A AB"}, {"column": "1", "name": "a ab"}],),
)
