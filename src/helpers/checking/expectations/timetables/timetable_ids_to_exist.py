"""Every id that leads to another file of the feed (or to another row of its own) is found there.

The trip, the stop or the route is lost: the chain from line to time of departure is broken. Source:
GTFS Schedule reference, foreign ids. Where none of the files that an id may lead to is there, that
alone is told.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed
from helpers.traffic import gtfs_reference


def _ends(on: Target) -> list[str]:
    field = gtfs_reference.load().field(on.table, on.column.name)
    ends = field.leads_to if field else ()
    return [f'select "{name}" as id from {table}' for table, name in ends if on.has(table, name)]


def _wrong(on: Target) -> str:
    targets = " union all ".join(_ends(on))
    own = f"select distinct {on.cell} as own from base where {on.cell} is not null"
    led = f"select id from ({targets}) where id is not null"
    return f"select own from ({own}) where own not in ({led})"


EXPECTATION = Expectation(
    lambda on: on.cell if _ends(on) else None,
    scope="any",
    groups=_wrong,
    right=(feed(),),
    wrong=(
        feed(trips={1: {"route_id": "X"}}),
        feed(trips={1: {"service_id": "X"}}),
        feed(stop_times={5: {"stop_id": "D"}}),
        feed(stop_times={5: {"trip_id": "T3"}}),
        feed(stops={2: {"parent_station": "S"}}),
    ),
)
