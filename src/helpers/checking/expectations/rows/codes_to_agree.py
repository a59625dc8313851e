"""The municipality's code begins with the county's two digits; a county that is given by name is
not checked.

One of the two is wrong, or a column has been shifted. Source: SCB's codes: the first two digits of
a municipality are its county.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str:
    county = on.columns["county"].cell
    coded = (
        f"regexp_full_match({on.cell}, '\\d{{4}}') and regexp_full_match({county}, '\\d{{1,2}}')"
    )
    return f"case when {coded} then starts_with({on.cell}, lpad({county}, 2, '0')) end"


EXPECTATION = Expectation(
    _sql,
    columns=("county",),
    right=({"column": "1080", "county": "10"}, {"column": "0180", "county": "1"}),
    wrong=({"column": "1080", "county": "12"},),
)
