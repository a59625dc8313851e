"""Every row has a value; a foreign supplier's row (currency not SEK, country not SE) is not
checked.

Without the number a supplier cannot be followed between municipalities. Source:
leverantörsreskontra; foreign suppliers have no organisationsnummer.
"""

from __future__ import annotations

from helpers.checking.expectations.codes.column_values_to_be_organisationsnummer import at_home
from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str:
    home = at_home(on)
    return (
        f"case when {' and '.join(home)} then {on.cell} is not null end"
        if home
        else f"({on.cell} is not null)"
    )


EXPECTATION = Expectation(
    _sql,
    optional=("currency", "country"),
    right=("2321000131", {"column": "2321000131", "currency": "SEK"}),
    wrong=("", {"column": "", "currency": "SEK"}),
)
