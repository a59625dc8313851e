"""The newest date is not older than 2 of the declared update intervals ({frequency}).

The data are said to be kept up and are not. Source: the catalogue's own frequency; without one
nothing is asked. The row with the newest date is named; 9999-12-31 and its like are no date.
"""

from __future__ import annotations

import datetime as dt

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.reading import dates

# EU's frequencies, in days, as DCAT-AP-SE names them; those without an interval are not here
DAYS = {
    "CONT": 1,
    "UPDATE_CONT": 1,
    "DAILY_2": 1,
    "DAILY": 1,
    "WEEKLY_3": 3,
    "WEEKLY_2": 4,
    "WEEKLY": 7,
    "MONTHLY_3": 11,
    "BIWEEKLY": 14,
    "MONTHLY_2": 16,
    "MONTHLY": 31,
    "BIMONTHLY": 62,
    "QUARTERLY": 92,
    "ANNUAL_3": 122,
    "ANNUAL_2": 183,
    "ANNUAL": 366,
    "BIENNIAL": 731,
    "TRIENNIAL": 1096,
}


def _sql(on: Target) -> str | None:
    days = DAYS.get(str(on.kwargs["frequency"]).rsplit("/", 1)[-1].upper())
    if days is None or on.facts["row"] is None:
        return None
    limit = on.today - dt.timedelta(days=2 * days)
    return f"case when source_row = {on.facts['row']} then {on.value}::date >= date '{limit}' end"


def _newest(on: Target) -> dict[str, str]:
    if not on.column.dated:
        return {"row": "null"}
    none = ", ".join(f"date '{day}'" for day in dates.NO_END)
    dated = f"case when {on.value}::date not in ({none}) then {on.value} end"
    return {"row": f"arg_max(source_row, {dated})"}


EXPECTATION = Expectation(
    _sql,
    takes={"frequency": REQUIRED},
    facts=_newest,
    right=([{"column": "2020-01-01"}, {"column": "2026-11-01"}],),
    wrong=(
        [{"column": "2020-01-01"}, {"column": "2026-08-01"}],
        [{"column": "2026-08-01"}, {"column": "9999-12-31"}],
    ),
)
