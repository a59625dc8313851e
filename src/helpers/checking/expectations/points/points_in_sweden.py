"""The point lies in Sweden: in a municipality, its sea counted, or within 100 m of one.

A point abroad has wrong coordinates, or another system than is said. Traffic crosses borders: of a
timetable, or a list of stops, that mostly lies in Sweden, stops in the countries around are not
judged. Source: the municipalities' borders (``data/borders``), simplified by at most 50 m; the sea
of a municipality reaches to Sweden's border.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.points.points_to_be_in_one_system import LIKELY, told
from helpers.checking.expectations.timetables.relations import FEED

HERE = "(kommunkod is not null)"
# Where trains, buses and boats from Sweden go: Norway, Denmark, the north of Germany; Finland.
AROUND = "(lat between 52 and 72 and lon between 4 and 32 and (lon < 16 or lat > 59))"
MOSTLY = 0.5


def _sql(on: Target) -> str:
    feed = on.table == "stops" and on.has("trips", "trip_id")
    crosses = feed or "stop_id" in on.fields
    judged = f"({HERE} or not {AROUND})" if crosses and (on.facts["home"] or 0) > MOSTLY else "true"
    return f"case when lon is not null and {judged} then {HERE} end"


_TO_OSLO = {
    "stops": [
        row | {"lon": lon, "lat": lat}
        for row, lon, lat in zip(
            FEED["stops"], (15.59, 15.59, 10.75), (56.16, 56.16, 59.91), strict=True
        )
    ],
    "trips": FEED["trips"],
}

EXPECTATION = Expectation(
    _sql,
    scope="point",
    facts=lambda on: {
        "likely": LIKELY,
        "home": f"coalesce(avg({HERE}::int) filter (where lon is not null), 0)",
    },
    told=told,
    right=(
        _TO_OSLO,
        {"lon": 15.59, "lat": 56.16},
        {"lon": 15.6, "lat": 56.0},
        {"lon": 24.1507, "lat": 65.8279},
    ),
    wrong=({"lon": 10.75, "lat": 59.91}, {"lon": 0.0, "lat": 0.0}),
)
