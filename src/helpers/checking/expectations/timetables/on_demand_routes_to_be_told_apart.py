"""A route has a type of on-demand traffic (1501, 715, 717 ...) exactly where every boarding on it
must be ordered.

Travellers wait for a bus that comes only when ordered, or are told to order one that always comes.
Ordered: pickup_type 2, a booking rule or a window of time. A route without a single boarding is not
checked. Source: Trafiklab, extended route types of GTFS Regional (1501 is anropsstyrd trafik; 717
stands in an example).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import BOOKED, feed, header, joined, whole
from helpers.traffic import gtfs_reference


def _wrong(on: Target) -> str:
    kind, rule, window = (joined(on, "stop_times", name) for name in BOOKED)
    codes = ", ".join(map(str, sorted(gtfs_reference.load().modes["on_demand"].codes)))
    ordered = (
        f"bool_and(coalesce({kind} = '2', false) or {rule} is not null or {window} is not null)"
    )
    return f"""
        with told as (
            select trip_id, {ordered} as ordered
            from stop_times
            where coalesce({kind}, '0') <> '1'
            group by trip_id
        ),
        routed as (
            select route_id, bool_and(ordered) as ordered
            from trips
            join told using (trip_id)
            group by route_id
        )
        select base.source_row
        from base
        join routed on routed.route_id = {header(on, "route_id")}
        where ordered <> ({whole(header(on, "route_type"))} in ({codes}))
    """


def _sql(on: Target) -> str | None:
    applies = (
        on.has("trips", "trip_id", "route_id")
        and on.has("stop_times", "trip_id")
        and {"route_id", "route_type"} <= set(on.fields)
    )
    return "source_row" if applies and any(on.has("stop_times", name) for name in BOOKED) else None


EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    right=(
        feed(),
        feed(
            routes={0: {"route_type": "717"}},
            stop_times={i: {"pickup_type": "2"} for i in range(6)},
        ),
    ),
    wrong=(
        feed(routes={0: {"route_type": "717"}}),
        feed(stop_times={i: {"pickup_type": "2"} for i in range(6)}),
    ),
)
