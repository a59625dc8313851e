"""No two routes of one agency and one kind of traffic have the same names.

In a list of lines the traveller cannot tell one from the other, if both run in the same place; or
one line was exported twice. A route_id that stands twice is another rule's. Source: MobilityData's
practice (duplicate route name); information only, as two towns may each have a line 1.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import FEED, feed, header


def _key(on: Target) -> str:
    columns = ("agency_id", "route_type", "route_short_name", "route_long_name")
    named = f"coalesce({header(on, 'route_short_name')}, {header(on, 'route_long_name')})"
    cells = ", ".join(f"coalesce({header(on, column)}, '')" for column in columns)
    return f"case when {named} is not null then concat_ws(chr(31), {cells}) end"


def _wrong(on: Target) -> str:
    return (
        f"select {_key(on)} from base where {_key(on)} is not null group by {_key(on)}"
        f" having count(distinct {header(on, 'route_id')}) > 1"
    )


EXPECTATION = Expectation(
    _key,
    scope="row",
    groups=_wrong,
    right=(
        feed(
            routes=[
                *FEED["routes"],
                {**FEED["routes"][0], "route_id": "S", "route_short_name": "2"},
            ]
        ),
    ),
    wrong=(feed(routes=[*FEED["routes"], {**FEED["routes"][0], "route_id": "S"}]),),
)
