"""Each file of the feed has every column that the GTFS reference requires.

Names are case-sensitive. Source: GTFS Schedule reference, presence "required".
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import FEED, feed
from helpers.reading.snapshot import Snapshot
from helpers.traffic import gtfs_reference


def _judge(snapshot: Snapshot) -> list[Judged]:
    judged = []
    for table in snapshot.tables:
        file = gtfs_reference.load().files.get(table.name)
        required = [name for name, field in file.fields.items() if field.required] if file else []
        headers = {column.name for column in table.columns}
        missing = [name for name in required if name not in headers]
        if required:
            judged.append(Judged(len(required), len(missing), table.name, names=tuple(missing)))
    return judged


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=(
        feed(
            agency=[
                {
                    "agency_id": "1",
                    "agency_url": "https://a.example",
                    "agency_timezone": "Europe/Stockholm",
                }
            ]
        ),
        feed(
            trips=[
                {"Route_ID": "R", "service_id": "W", "trip_id": trip["trip_id"]}
                for trip in FEED["trips"]
            ]
        ),
    ),
)
