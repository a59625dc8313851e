"""Where the feed has more than 1 agency, each row has an agency_id.

Nobody can tell whose line it is. Source: GTFS Schedule reference, agency_id is required where there
are several agencies.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import FEED, feed, header


def _sql(on: Target) -> str | None:
    if "agency" not in on.tables:
        return None
    agencies = "base" if on.table == "agency" else "agency"
    return (
        f"case when (select count(*) from {agencies}) > 1"
        f" then {header(on, 'agency_id')} is not null end"
    )


_TWO = [FEED["agency"][0], FEED["agency"][0] | {"agency_id": "2"}]

EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(agency=_TWO),),
    wrong=(feed(agency=_TWO, routes={0: {"agency_id": None}}),),
)
