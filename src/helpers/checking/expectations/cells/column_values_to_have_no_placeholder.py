"""No stand-in for a value, such as xxx or test.

It counts as a value where there is none. Source: stand-ins seen in real deliveries; only a whole
cell counts. In a column of codes an X is one of them (platform X).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

PLACEHOLDERS = (
    "['x', 'xx', 'xxx', 'test', 'testar', 'tbd', 'todo', 'fyll i', '?', '??', '???', 'lorem ipsum',"
    " 'asdf']"
)


def _sql(on: Target) -> str:
    cell = on.cell
    known = (
        PLACEHOLDERS.replace("'x', ", "")
        if on.column.name.lower().endswith(("code", "kod"))
        else PLACEHOLDERS
    )
    return (
        f"case when strlen({cell}) <= 11 then not list_contains({known}, lower({cell})) "
        f"when {cell} is not null then true end"
    )


EXPECTATION = Expectation(_sql, scope="each", right=("Testebo",), wrong=("xxx", "test", "TBD"))
