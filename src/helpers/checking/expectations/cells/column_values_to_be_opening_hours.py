"""No clock time is beyond 24:00, and no minute beyond 59.

Nobody finds the door open at 25:00. Free text around the times is allowed: municipalities write
seasons and exceptions. Source: ISO 8601 clock times.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

_START = r"(^|[^0-9.:])"
_HOUR_BEYOND_24 = _START + r"(2[5-9]|[3-9][0-9])[:.][0-5][0-9]([^0-9.:-]|$)"
_MINUTE_AFTER_24 = _START + r"24[:.](0[1-9]|[1-5][0-9])([^0-9]|$)"
_MINUTE_BEYOND_59 = _START + r"([01]?[0-9]|2[0-4])[:.][6-9][0-9]([^0-9.:]|$)"
BAD = f"{_HOUR_BEYOND_24}|{_MINUTE_AFTER_24}|{_MINUTE_BEYOND_59}"


def _sql(on: Target) -> str:
    return f"case when {on.cell} is not null then not regexp_matches({on.cell}, '{BAD}') end"


EXPECTATION = Expectation(
    _sql,
    right=("Mån-fre 08:00-17:00", "00:00 - 24:00", "Dygnet runt", "maj–september", "7.30–16"),
    wrong=("08:00-25:00", "08:75-17:00"),
)
