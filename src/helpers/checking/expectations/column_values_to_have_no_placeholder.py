"""No stand-in for a value, such as xxx or test.

It counts as a value where there is none. Source: stand-ins seen in real deliveries; only a whole cell counts.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

PLACEHOLDERS = "['x', 'xx', 'xxx', 'test', 'testar', 'tbd', 'todo', 'fyll i', '?', '??', '???', 'lorem ipsum', 'asdf']"


def _sql(on: Target) -> str:
    cell = on.cell
    return (
        f"case when strlen({cell}) <= 11 then not list_contains({PLACEHOLDERS}, lower({cell})) "
        f"when {cell} is not null then true end"
    )


EXPECTATION = Expectation(_sql, scope="each", right=("Testebo",), wrong=("xxx", "test", "TBD"))
