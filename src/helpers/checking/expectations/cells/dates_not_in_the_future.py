"""The date is not after the day of the check, with 1 day to spare.

What is recorded has happened: a later date is mistyped, or day and month have changed places.
Source: usual practice.
"""

from __future__ import annotations

import datetime as dt

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    if not on.column.dated:
        return None
    return f"{on.value}::date <= date '{on.today + dt.timedelta(days=1)}'"


EXPECTATION = Expectation(_sql, right=("2026-11-01",), wrong=("2036-11-01",))
