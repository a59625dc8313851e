"""No stand-in for a value, such as xxx or test.

It counts as a value where there is none. Source: stand-ins seen in real deliveries; only a whole
cell counts. In a column of codes an X is one of them (platform X), and one thing may be called X.
A cross is a mark where a column has no longer words: yes in a list to tick, hidden among numbers.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

PLACEHOLDERS = (
    "['x', 'xx', 'xxx', 'test', 'testar', 'tbd', 'todo', 'fyll i', '?', '??', '???', 'lorem ipsum',"
    " 'asdf']"
)


NAMES = ("namn", "name", "titel", "title", "benämning")
CODES = ("code", "kod")


def _called(on: Target) -> bool:
    return any(word in on.column.name.lower() for word in NAMES)


def _facts(on: Target) -> dict[str, str]:
    """Of a name how many are a cross; else the last of the longer texts, after digits and signs.

    By case, as an aggregate with a filter takes room for all columns, for each of them.
    """
    if _called(on):
        return {"crosses": f"count(case when lower({on.cell}) = 'x' then 1 end)"}
    return {"words": f"max(case when length({on.cell}) > 3 then {on.cell} end)"}


def _sql(on: Target) -> str:
    cell = on.cell
    coded = on.column.name.lower().endswith(CODES)
    alone = on.facts["crosses"] == 1 if _called(on) else (on.facts["words"] or "") < "A"
    letter = coded or alone
    known = PLACEHOLDERS.replace("'x', ", "") if letter else PLACEHOLDERS
    return (
        f"case when strlen({cell}) <= 11 then not list_contains({known}, lower({cell})) "
        f"when {cell} is not null then true end"
    )


EXPECTATION = Expectation(
    _sql,
    scope="each",
    facts=_facts,
    right=(
        "Testebo",
        {"titel": "X"},
        {"line_code": "X"},
        [{"column": cell} for cell in ("x", "X", "Ja", "Nej")],
        [{"column": cell} for cell in ("x", "12 500", "1234,5")],
    ),
    wrong=(
        "xxx",
        "test",
        "TBD",
        [{"column": "x"}, {"column": "Storgatan 1"}],
        [{"titel": "X"}, {"titel": "x"}],
    ),
)
