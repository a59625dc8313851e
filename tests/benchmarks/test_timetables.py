"""A feed of a million stop times: its timetable beside plain DuckDB written by hand for the same
numbers, and gtfs-kit.

All start from what they read best: ours and plain DuckDB from Parquet, gtfs-kit from the archive.
Plain DuckDB gives departures, first, last and headway by stop and day alone; ours all that the map
shows: stations, lines, parts, what points nowhere. Ratios of CPU in one run; the figures are
printed (``make bench``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ..timetables import makers

pytestmark = pytest.mark.benchmark

ROUTES, TRIPS, CALLS = 400, 40_000, 25
DAYS = (
    "20260112",
    "20260117",
    "20260118",
)  # a Monday, a Saturday and a Sunday: the feed's most ordinary week
PLAIN = """
folder = Path(sys.argv[1])
plain = json.loads((folder / "snapshot.json").read_text("utf-8"))
c = duckdb.connect(config={"threads": 2})
for table in plain["tables"]:
    columns = ", ".join(f"t{one['position']} as {one['name']}" for one in table["columns"])
    c.execute(f"create view {table['name']} as select {columns} from '{folder / table['path']}'")
days = sys.argv[2].split(",")
c.execute("create table day as " + " union all ".join(f"select {i} as day, '{one}' as date" for i, one in enumerate(days)))
c.execute('''
create table running as
select service_id, day from day, calendar where date between start_date and end_date and case isodow(strptime(date, '%Y%m%d'))
    when 1 then monday when 2 then tuesday when 3 then wednesday when 4 then thursday when 5 then friday when 6 then saturday
    else sunday end = '1'
union select service_id, day from calendar_dates join day using (date) where exception_type = '1'
except select service_id, day from calendar_dates join day using (date) where exception_type = '2' ''')
c.execute('''
create table call as
select stop_id, day, split_part(departure_time, ':', 1)::int * 3600 + split_part(departure_time, ':', 2)::int * 60
    + split_part(departure_time, ':', 3)::int as t
from stop_times join trips using (trip_id) join running using (service_id)
join (select trip_id, max(stop_sequence::int) as last from stop_times group by 1) using (trip_id)
where stop_sequence::int < last ''')
found = c.execute('''
select stop_id, day, departures, first, last, headway
from (select stop_id, day, count(*) as departures, min(t) as first, max(t) as last from call group by 1, 2)
left join (select stop_id, day, median(step) as headway from (
    select stop_id, day, t - lag(t) over (partition by stop_id, day order by t) as step from call where t between 25200 and 68400)
    group by 1, 2) using (stop_id, day) order by stop_id, day''').df()
assert len(found) == int(sys.argv[3]) and found["departures"].sum() == int(sys.argv[4])
"""
OURS = """
found = timetable(Snapshot.load(Path(sys.argv[1])))
left = [found.places[f"departures_{d}"] for d in range(3)]
assert sum((one > 0).sum() for one in left) == int(sys.argv[3]) and sum(one.sum() for one in left) == int(sys.argv[4])
assert 0 < found.places["on_demand_0"].sum() < found.places["departures_0"].sum()
assert [one.date.strftime("%Y%m%d") for one in found.calendar.days] == sys.argv[2].split(",")
"""
KIT = """
feed = gtfs_kit.read_feed(sys.argv[1], dist_units="km")
found = feed.compute_stop_stats(sys.argv[2].split(","))
assert len(found)
"""
READ = """
from helpers.reading import read
read(Path(sys.argv[1]), Path(sys.argv[2]), type="rorelsedata")
"""


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from helpers import reading

    folder = tmp_path_factory.mktemp("timetables")
    archive = makers.write(folder, routes=ROUTES, trips=TRIPS, calls=CALLS)
    reading.read(archive, folder / "snapshot", type="rorelsedata")
    return {"archive": archive, "snapshot": folder / "snapshot"}


def test_a_million_stop_times(feed: dict[str, Path], measure: Callable[..., Any], tmp_path: Path):
    with duckdb.connect() as con:
        rows = con.execute(
            f"select count(*) from '{feed['snapshot'] / 'stop_times.parquet'}'"
        ).fetchone()
    assert rows == (TRIPS * CALLS,)
    departures = known(feed)
    common = (str(feed["snapshot"]), ",".join(DAYS), *map(str, departures))
    plain = measure(PLAIN, *common, setup="import duckdb, pandas")
    ours = measure(
        OURS,
        *common,
        setup=(
            "from helpers.traffic.timetable import timetable\nfrom helpers.reading import"
            " Snapshot\nimport shapely, pyproj, helpers.traffic.network"
        ),
    )
    kit = measure(KIT, str(feed["archive"]), ",".join(DAYS), setup="import gtfs_kit", runs=1)
    reading = measure(
        READ,
        str(feed["archive"]),
        str(tmp_path / "again"),
        setup="import helpers.reading.sources",
        runs=1,
    )
    print(f"\nplain DuckDB, three days by stop: {plain.cpu_s:.2f} s CPU, {plain.peak_mb:.0f} MB")
    print(
        f"the whole timetable: {ours.cpu_s:.2f} s CPU ({ours.cpu_s / plain.cpu_s:.2f} times plain),"
        f" {ours.peak_mb:.0f} MB"
    )
    print(
        f"gtfs-kit, three days by stop, read from the archive: {kit.cpu_s:.2f} s CPU,"
        f" {kit.peak_mb:.0f} MB"
    )
    print(
        f"reading the archive to a snapshot, once: {reading.cpu_s:.2f} s CPU,"
        f" {reading.peak_mb:.0f} MB"
    )
    assert ours.cpu_s <= 2 * plain.cpu_s and ours.cpu_s < kit.cpu_s and ours.peak_mb < 1000


def known(feed: dict[str, Path]) -> tuple[int, int]:
    """Stop-days with departures, and departures on the three days, by arithmetic on how the feed is
    made."""
    import datetime as dt

    import numpy as np

    changes = {
        ((i % 60), dt.date(2026, 1, 6) + dt.timedelta(days=i // 60 * 20)): i % 2 == 0
        for i in range(600)
    }
    i = np.arange(TRIPS)
    pairs, total = 0, 0
    for text in DAYS:
        date = dt.datetime.strptime(text, "%Y%m%d").date()
        runs = np.array(
            [{5: v % 4 == 2, 6: v % 4 > 1}.get(date.weekday(), v % 4 != 3) for v in range(60)]
        )
        for (service, day), added in changes.items():
            if day == date:
                runs[service] = added
        own = i[runs[i % 60]]
        total += len(own) * (CALLS - 1)
        k = np.arange(CALLS - 1)[None, :]
        stops = own[:, None] % ROUTES * 10 + np.where(
            own[:, None] // ROUTES % 2 == 0, k, CALLS - 1 - k
        )
        pairs += len(np.unique(stops))
    return pairs, total
