"""A GTFS feed in DuckDB: tables numbered and joined, what points nowhere counted, whatever files
are missing.

Tables made (``n`` numbers the rows of each from 0; times are seconds after noon minus 12 hours of
the service day, so that 25:10:00 is 90,600; texts are as in the file, trimmed, null where empty):

- ``stop``: n, id, name, lon, lat, kind (``location_type``), place (the n of its station, or its
  own), row.
- ``route``: n, id, name, long_name, type, mode (an enum in the order of DRAWN), on_demand, row.
- ``trip``: n, id, service, route (null where it points nowhere), direction, shape.
- ``visit``: trip, stop, seq, departure (the arrival where the file gives no other, null where it
  gives neither), arrival (the other way round), boards, alights, ordered (must be booked).
- ``frequency``: trip, start, finish (exclusive), headway, exact.
"""

from __future__ import annotations

from collections import Counter
from types import TracebackType
from typing import Self

import pandas as pd

from helpers.reading.databases import connect, quoted
from helpers.reading.snapshot import Snapshot
from helpers.traffic import gtfs_reference
from helpers.traffic.gtfs_reference import DRAWN

MAX_RUNS = 2_000_000  # departures that frequencies may stand for in all


def _seconds(text: str) -> str:
    """SQL of a time's seconds; null where the text is none. The hours may pass 24."""
    whole = (
        f"length({text}) between 7 and 9"
        f" and {text}[-3] = ':' and {text}[-6] = ':'"
        f" and {text}[1] between '0' and '9'"
    )
    return f"case when {whole} then epoch(try_cast({text} as interval))::int end"


class Feed:
    """The feed's tables in a connection of its own; close it, or use ``with``."""

    def __init__(self, snapshot: Snapshot) -> None:
        """``snapshot``: a GTFS snapshot whose tables are on disk."""
        self.snapshot = snapshot
        self.tables = {table.name: table for table in snapshot.tables if table.rows}
        self.con = connect(spill=snapshot.folder)
        self.broken: Counter[str] = Counter()  # what points nowhere or cannot be read -> rows
        self._stops()
        self._routes()
        self._trips()
        self._frequencies()
        self._visits()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; its tables are gone then."""
        self.con.close()

    def has(self, table: str) -> bool:
        """True where the feed has rows of that table (a file's name without ``.txt``)."""
        return table in self.tables

    def source(self, table: str, *columns: str) -> str:
        """SQL of a table of the feed with these columns as trimmed text, ``row``; no rows where the
        table is missing."""
        stored = self.tables.get(table)
        names = {column.name.strip().lower(): column for column in stored.columns} if stored else {}
        picked = ", ".join(
            (f"nullif(trim({names[name].text}), '')" if name in names else "null::varchar")
            + f" as {name}"
            for name in columns
        )
        if stored is None:
            return f"(select 0 as row, {picked} where false)"
        return f"(select source_row as row, {picked} from {quoted(self.snapshot.parquet(stored))})"

    def one(self, sql: str) -> int:
        """The whole number that a query of one row and column gives; 0 where it gives none."""
        row = self.con.execute(sql).fetchone()
        return int(row[0] or 0) if row else 0

    def _stops(self) -> None:
        """Make ``named``, the stops of the file, and ``stop``, which adds the place of each."""
        self.con.execute(f"""
            create temp table named as
            select
                (row_number() over (order by row) - 1)::int as n,
                stop_id as id,
                stop_name as name,
                parent_station as parent,
                coalesce(try_cast(location_type as int), 0) as kind,
                row::bigint as row,
                case when abs(lat) > 0 or abs(lon) > 0 then lon end as lon,
                case when abs(lat) > 0 or abs(lon) > 0 then lat end as lat
            from {self._stops_placed()}
            where stop_id is not null
            qualify row_number() over (partition by stop_id order by row) = 1""")
        # a boarding area lies in a platform, which lies in a station: two steps lead to the place
        self.con.execute("""
            create temp table stop as
            select a.n, a.id, a.name, a.lon, a.lat, a.kind, coalesce(c.n, b.n, a.n) as place, a.row
            from named a
            left join named b on a.parent = b.id and b.n <> a.n
            left join named c on b.parent = c.id and c.n <> a.n
            order by a.n""")
        self._count(
            "parent_unknown",
            "from named where parent is not null and parent not in (select id from named)",
        )
        self._count("stop_unplaced", "from named where lat is null and kind = 0")

    def _stops_placed(self) -> str:
        """SQL of the rows of ``stops`` with ``lon`` and ``lat``, null where the table has no
        positions."""
        table = self.tables.get("stops")
        source = self.source("stops", "stop_id", "stop_name", "location_type", "parent_station")
        placed = (
            "lon, lat" if table and table.geometry else "null::double as lon, null::double as lat"
        )
        if not table:
            return f"(select *, {placed} from {source})"
        stored = quoted(self.snapshot.parquet(table))
        return f"{source} join (select source_row as row, {placed} from {stored}) using (row)"

    def _routes(self) -> None:
        source = self.source(
            "routes", "route_id", "route_short_name", "route_long_name", "route_type"
        )
        self.con.execute(f"""
            create temp table route as
            select
                (row_number() over (order by row) - 1)::int as n,
                route_id as id,
                route_short_name as name,
                route_long_name as long_name,
                try_cast(route_type as int) as type,
                row::bigint as row
            from {source}
            where route_id is not null
            qualify row_number() over (partition by route_id order by row) = 1""")
        types = [row[0] for row in self.con.execute("select distinct type from route").fetchall()]
        known = gtfs_reference.load()
        modes = pd.DataFrame(
            [(code, known.drawn_as(code), known.mode_of(code) == "on_demand") for code in types],
            columns=["type", "mode", "on_demand"],
        )
        self.con.execute(f"create type mode as enum {DRAWN}")
        self.con.register(
            "modes", modes.astype({"type": "Int64", "mode": object, "on_demand": bool})
        )
        self.con.execute("""
            create or replace temp table route as
            select r.*, m.mode::mode as mode, m.on_demand::boolean as on_demand
            from route r
            join modes m on r.type is not distinct from m.type
            order by r.n""")
        self.con.unregister("modes")

    def _trips(self) -> None:
        source = self.source(
            "trips", "trip_id", "route_id", "service_id", "direction_id", "shape_id"
        )
        self.con.execute(f"""
            create temp table trip as
            select
                (row_number() over (order by t.row) - 1)::int as n,
                t.trip_id as id,
                t.service_id as service,
                r.n as route,
                t.direction_id as direction,
                t.shape_id as shape
            from {source} t
            left join route r on t.route_id = r.id
            where t.trip_id is not null
            qualify row_number() over (partition by t.trip_id order by t.row) = 1""")
        self._count("trip_without_route", "from trip where route is null")

    def _frequencies(self) -> None:
        source = self.source(
            "frequencies", "trip_id", "start_time", "end_time", "headway_secs", "exact_times"
        )
        self.con.execute(f"""
            create temp table frequency as
            select
                t.n as trip,
                {_seconds("f.start_time")} as start,
                {_seconds("f.end_time")} as finish,
                try_cast(f.headway_secs as int) as headway,
                coalesce(f.exact_times, '0') = '1' as exact,
                f.row
            from {source} f
            join trip t on f.trip_id = t.id""")
        whole = "start is not null and finish > start and headway > 0"
        runs = "sum(ceil((finish - start) / headway)) over (order by row)"
        self._count("frequency_unreadable", f"from frequency where not coalesce({whole}, false)")
        self.con.execute(f"delete from frequency where not coalesce({whole}, false)")
        self.con.execute(
            f"create or replace temp table frequency as select *, {runs} as runs from frequency"
        )
        self._count("frequency_too_many", f"from frequency where runs > {MAX_RUNS}")
        self.con.execute(f"delete from frequency where runs > {MAX_RUNS}")

    def _visits(self) -> None:
        columns = (
            "trip_id",
            "stop_id",
            "stop_sequence",
            "arrival_time",
            "departure_time",
            "pickup_type",
            "drop_off_type",
        )
        source = self.source("stop_times", *columns)
        self.con.execute(f"""
            create temp table visit as
            select
                t.n as trip,
                s.n as stop,
                try_cast(v.stop_sequence as int) as seq,
                coalesce({_seconds("v.departure_time")}, {_seconds("v.arrival_time")}) as departure,
                coalesce({_seconds("v.arrival_time")}, {_seconds("v.departure_time")}) as arrival,
                coalesce(v.pickup_type, '0') <> '1' as boards,
                coalesce(v.drop_off_type, '0') <> '1' as alights,
                coalesce(v.pickup_type, '0') = '2' as ordered
            from {source} v
            left join trip t on v.trip_id = t.id
            left join stop s on v.stop_id = s.id""")
        trip, stop, seq, silent = self.con.execute("""
            select
                count(*) - count(trip),
                count(*) - count(stop),
                count(*) - count(seq),
                count(*) - count(departure)
            from visit""").fetchone() or (0, 0, 0, 0)
        broken = {
            "visit_without_trip": trip,
            "visit_without_stop": stop,
            "visit_without_order": seq,
        }
        self.broken.update({name: count for name, count in broken.items() if count})
        if any(broken.values()):
            self.con.execute("delete from visit where trip is null or stop is null or seq is null")
        self.untimed = int(silent)

    def _count(self, name: str, sql: str) -> None:
        if count := self.one(f"select count(*) {sql}"):
            self.broken[name] = count
