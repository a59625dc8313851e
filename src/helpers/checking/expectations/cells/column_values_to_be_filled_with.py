"""A row that has the other value has this value too.

The one cannot be used without the other: an image without a licence, a position without how it was
got. Source: usual practice.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str:
    return f"case when {on.columns['other'].cell} is not null then {on.cell} is not null end"


EXPECTATION = Expectation(
    _sql,
    columns=("other",),
    right=({"column": "CC0", "other": "https://a.se/b.jpg"},),
    wrong=({"column": "", "other": "https://a.se/b.jpg"},),
)
