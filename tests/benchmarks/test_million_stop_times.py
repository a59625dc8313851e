"""A timetable of a million stop times: all its rules beside one hand-written DuckDB script, and
gtfs-kit for comparison.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.checking import suites
from helpers.checking.expectations import EXPECTATIONS

from ..timetables import makers
from .figures import keep

pytestmark = pytest.mark.benchmark

# What a programmer would ask by hand of such a feed: keys, ids, times that go back, ends without
# times, speeds.
PLAIN = """
c = duckdb.connect(config={"threads": 2, "memory_limit": "700MB"})
for name in ("stops", "routes", "trips", "stop_times", "calendar"):
    with zipfile.ZipFile(sys.argv[1]) as archive:
        archive.extract(name + ".txt", sys.argv[2])
    c.execute(f"create view {name} as from read_csv('{sys.argv[2]}/{name}.txt', all_varchar=true)")
c.execute('''create table s as select row_number() over () as row, trip_id, stop_id, stop_sequence::int as nth,
    split_part(arrival_time, ':', 1)::int * 3600 + split_part(arrival_time, ':', 2)::int * 60 as a,
    split_part(departure_time, ':', 1)::int * 3600 + split_part(departure_time, ':', 2)::int * 60 as d from stop_times''')
for query in (
    "select count(*) from (select trip_id, nth from s group by all having count(*) > 1)",
    "select count(*) from s where trip_id not in (select trip_id from trips)",
    "select count(*) from s where stop_id not in (select stop_id from stops)",
    "select count(*) from s where d < a",
    "select count(*) from (select a < lag(d) over w as back, row_number() over w = 1 and d is null as untimed from s "
    "window w as (partition by trip_id order by nth)) where back or untimed",
    "with h as (select trip_id, nth, a, d, stop_lat::double as y, stop_lon::double as x from s join stops using (stop_id)), "
    "g as (select a - lag(d) over w as t, y - lag(y) over w as dy, x - lag(x) over w as dx from h "
    "window w as (partition by trip_id order by nth)) "
    "select count(*) from g where sqrt(dy * dy + dx * dx / 3) * 111 > (t + 60) / 24",
    "select count(*) from (select trip_id from s group by 1 having count(*) < 2)",
    "select count(*) from stops where stop_id not in (select stop_id from s)",
):
    assert c.execute(query).fetchone() == (0,), query
"""
READ = """
snapshot = reading.read(Path(sys.argv[1]), Path(sys.argv[2]))
assert next(one for one in snapshot.tables if one.name == "stop_times").rows == 1_000_000
"""
CHECK = """
found = run(snapshot, rules, {}, Known(today=dt.date(2026, 11, 24)), twice=False)
assert not [one for one in found if one.outcome in ("failed", "error")], [one.id for one in found if one.outcome == "failed"]
"""
KIT = """
feed = gtfs_kit.read_feed(sys.argv[1], dist_units="km")
feed.stop_times.sort_values(["trip_id", "stop_sequence"])
"""


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return makers.write(tmp_path_factory.mktemp("feed"), routes=400, trips=40_000, calls=25)


def test_a_million_stop_times(feed: Path, measure, tmp_path: Path):
    plain = measure(PLAIN, str(feed), str(tmp_path), setup="import duckdb, sys, zipfile")
    part, floor = "A timetable of 1,000,000 stop times", {"beside": "plain DuckDB", "floor": plain}
    keep(part, "DuckDB: eight questions by hand", plain)
    kit = measure(KIT, str(feed), setup="import gtfs_kit, sys", runs=1)
    keep(part, "gtfs-kit: read and sort", kit, **floor)
    setup = "import sys\nfrom pathlib import Path\nfrom helpers import reading\n"
    read = measure(
        READ, str(feed), str(tmp_path), setup=setup + "from helpers.reading import sources", runs=1
    )
    keep(part, "reading the feed", read, **floor)
    setup += (
        "import datetime as dt\nfrom helpers.checking import suites, engine\nfrom"
        " helpers.checking.planning import Known\nfrom helpers.checking.running import run\nfrom"
        " helpers.reading.snapshot import Snapshot\nimport great_expectations\nrules ="
        " suites.rules_for('rorelsedata', 'gtfs')\nsnapshot = Snapshot.load(Path(sys.argv[2]))\n"
    )
    once = measure(CHECK, str(feed), str(tmp_path), setup=setup, runs=3)
    keep(part, "all rules, with rows", once, goal=1.5, **floor)
    assert max(read.peak_mb, once.peak_mb) < 1000
    assert once.cpu_s <= 2 * plain.cpu_s


def test_great_expectations_has_an_expectation_of_its_own_for_none_of_them():
    """What it is not asked of a timetable costs nothing: there is no figure of it."""
    rules = suites.rules_for("rorelsedata", "gtfs")
    assert rules and not [rule.id for rule in rules if EXPECTATIONS[rule.type].stock]
