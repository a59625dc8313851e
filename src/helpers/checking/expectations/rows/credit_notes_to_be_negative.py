"""A row that is called a credit note has an amount below 0.

Otherwise it is added to the costs instead of taken off. Source: leverantörsreskontra, negative is a
credit note.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    if not on.column.numeric:
        return None
    kind = f"lower({on.columns['kind'].cell})"
    return (
        f"case when contains({kind}, 'kredit') or contains({kind}, 'credit')"
        f" then {on.value} <= 0 end"
    )


EXPECTATION = Expectation(
    _sql,
    columns=("kind",),
    right=({"column": "-12.50", "kind": "CREDIT"}, {"column": "-1", "kind": "Kreditfaktura"}),
    wrong=({"column": "12.50", "kind": "Kreditfaktura"},),
)
