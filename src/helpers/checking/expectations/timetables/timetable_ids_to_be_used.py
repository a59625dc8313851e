"""Each {id} is used in {by}.

What nothing leads to is no fault in itself, but often the trace of a trip that fell out of the
export. Source: MobilityData's practice; information only.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, ids


def _sql(on: Target) -> str | None:
    column, by = on.kwargs["id"], on.kwargs["by"]
    if column not in on.fields or not on.has(by, column):
        return None
    return (
        on.fields[column].cell
        if on.table != "stops"
        else f"case when {_boardable(on)} then {on.fields[column].cell} end"
    )


def _boardable(on: Target) -> str:
    """A stop or platform: trips never name a station or an entrance."""
    return f"coalesce({header(on, 'location_type')}, '0') = '0'"


def _wrong(on: Target) -> str:
    column, by = on.kwargs["id"], on.kwargs["by"]
    cell = on.fields[column].cell
    return (
        f"select distinct {cell} from base"
        f" where {cell} is not null and {cell} not in ({ids(by, column)})"
    )


EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    takes={"id": REQUIRED, "by": REQUIRED},
    right=(feed(),),
)
