"""The map of a timetable: lines as drawn, stops with their departures, stops without service,
islands, stops far away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from helpers.drawing.layers import Bounds, Fact, Kind, Layer, Lines, Points
from helpers.drawing.map import Map
from helpers.drawing.timetable_tables import mode_name, tables
from helpers.drawing.timetable_texts import (
    TimetableTexts,
    line_name,
    method,
    names_of,
    notes_of,
    see,
)
from helpers.ground.geography import in_sweden
from helpers.traffic.calendar import Day
from helpers.traffic.gtfs_reference import DRAWN
from helpers.traffic.timetable import QUIET, Timetable
from helpers.words import messages

COLOUR = {
    "train": "b",
    "metro": "d",
    "tram": "c",
    "bus": "a",
    "ferry": "f",
    "other": "g",
    "none": "none",
}
SHAPE = {
    "train": "square",
    "metro": "hexagon",
    "tram": "diamond",
    "bus": "circle",
    "ferry": "triangle",
    "other": "pentagon",
}
MOST_LINES = 500


def _per_day(
    frame: pd.DataFrame,
    days: list[Day],
    column: str,
    label: str,
    say: TimetableTexts,
    write: Any = None,
) -> list[Fact]:
    facts = []
    for d, day in enumerate(days):
        values = frame[f"{column}_{d}"]
        shown = [write(value) for value in values] if write else [int(value) for value in values]
        if any(value is not None for value in shown):
            facts.append(Fact(say(f"fact.{label}", day=say(f"day.{day.kind}").lower()), shown))
    return facts


def _line_layer(timetable: Timetable, say: TimetableTexts) -> Lines | None:
    """The lines that run on the days, most trips first; several kinds: by mode, on demand
    dashed."""
    days = timetable.calendar.days
    drawn = timetable.lines[timetable.lines["drawn"] != "none"]
    if drawn.empty:
        return None
    trips = sum((drawn[f"trips_{d}"] for d in range(len(days))), pd.Series(0, index=drawn.index))
    drawn = drawn.loc[trips.sort_values(ascending=False, kind="stable").index]
    more = max(0, len(drawn) - MOST_LINES)
    drawn = drawn.iloc[:MOST_LINES][::-1]  # the busiest are drawn last, on top
    kinds, kind = _line_kinds(drawn, say)
    facts = [
        Fact(say("fact.mode"), [kinds[number].label for number in kind]),
        *_per_day(drawn, days, "trips", "trips", say),
        *_per_day(drawn, days, "first", "first", say, say.time)[:1],
        *_per_day(drawn, days, "last", "last", say, say.time)[:1],
        *_per_day(drawn, days, "headway", "headway", say, say.minutes),
        Fact(say("fact.drawn"), [say(f"drawn.{way}") for way in drawn["drawn"]]),
    ]
    notes = [_how_drawn(drawn, timetable, say), *([say("line.more", count=more)] if more else [])]
    load = trips.loc[drawn.index].to_numpy(float)
    return Lines(
        key="lines",
        title=say("line.title"),
        kinds=kinds,
        kind=kind,
        shapes=_shapes(drawn, timetable),
        width=2 + 4 * np.sqrt(load / max(load.max(initial=1), 1)),
        facts=facts,
        labels=[line_name(line, say) for line in drawn.itertuples()],
        note=" ".join(notes),
    )


def _line_kinds(drawn: pd.DataFrame, say: TimetableTexts) -> tuple[list[Kind], list[int]]:
    """A kind for each mode that is drawn, on demand apart; and the number of each line's kind."""
    pairs = [
        (DRAWN.index(mode), bool(on_demand))
        for mode, on_demand in zip(drawn["mode"], drawn["on_demand"], strict=True)
    ]
    used = sorted(set(pairs))
    kinds = [
        Kind(
            mode_name(DRAWN[mode], on_demand, say),
            COLOUR[DRAWN[mode]],
            "dashed" if on_demand else "",
        )
        for mode, on_demand in used
    ]
    return kinds, [used.index(pair) for pair in pairs]


def _shapes(drawn: pd.DataFrame, timetable: Timetable) -> list[shapely.MultiLineString]:
    """Each line's paths as one geometry, in EPSG:4326."""
    return [
        shapely.MultiLineString(
            [path.tolist() for path in timetable.paths[int(n)].paths if len(path) > 1]
        )
        for n in drawn.index
    ]


def _how_drawn(drawn: pd.DataFrame, timetable: Timetable, say: TimetableTexts) -> str:
    """A sentence on the lines' way: by the feed's shapes, straight from stop to stop, or both."""
    ways = drawn["drawn"].value_counts()
    if len(ways) > 1:
        return say("line.note_both", shapes=int(ways["shape"]), straight=int(ways["straight"]))
    if "straight" in ways:
        return say("line.note_straight")
    return say("line.note_shapes", metres=int(timetable.tolerance_m))


def _called_by(places: pd.DataFrame, lines: pd.DataFrame, say: TimetableTexts) -> list[str | None]:
    names = {
        n: str(line.name) if isinstance(line.name, str) else str(line.long_name)
        for n, line in zip(lines.index, lines.itertuples(index=False), strict=True)
    }

    def written(routes: Any) -> str | None:
        if not isinstance(routes, Iterable):
            return None
        called = list(dict.fromkeys(names[n] for n in routes if n in names))
        return (
            ", ".join(called[:12]) + (f" +{len(called) - 12}" if len(called) > 12 else "") or None
        )

    return [written(routes) for routes in places["lines"]]


def _stop_facts(places: pd.DataFrame, timetable: Timetable, say: TimetableTexts) -> list[Fact]:
    days = timetable.calendar.days
    ordered = list(_per_day(places, days, "on_demand", "on_demand", say, lambda n: int(n) or None))
    return [
        *_per_day(places, days, "departures", "departures", say),
        *ordered,
        *_per_day(places, days, "first", "first", say, say.time)[:1],
        *_per_day(places, days, "last", "last", say, say.time)[:1],
        *_per_day(places, days, "headway", "headway", say, say.minutes),
        Fact(say("fact.lines"), _called_by(places, timetable.lines, say)),
        Fact(say("fact.stops"), [int(n) if n > 1 else None for n in places["stops"]]),
    ]


def _points(
    key: str,
    title: str,
    places: pd.DataFrame,
    kinds: Sequence[Kind],
    kind: Sequence[int],
    **more: Any,
) -> Points:
    lon, lat = places["lon"].to_numpy(float), places["lat"].to_numpy(float)
    rows, labels = places["row"].to_numpy(int), names_of(places)
    return Points(
        key=key,
        title=title,
        kinds=kinds,
        kind=list(kind),
        lon=lon,
        lat=lat,
        rows=rows,
        labels=labels,
        **more,
    )


def _served_layer(places: pd.DataFrame, timetable: Timetable, say: TimetableTexts) -> Points | None:
    served = places[~places["status"].isin(QUIET)]
    if served.empty:
        return None
    keys = [
        (status == "arrivals_only", DRAWN.index(mode), status == "on_demand")
        for status, mode in zip(served["status"], served["mode"], strict=True)
    ]
    order = sorted(set(keys))

    def kind(arrivals: bool, mode: int, ordered: bool) -> Kind:
        name = DRAWN[mode]
        label = say(f"mode.{name}")
        if arrivals:
            return Kind(f"{label}: {say('stop.arrivals_only').lower()}", "h", shape=SHAPE[name])
        return Kind(
            say("on_demand", mode=label) if ordered else label,
            COLOUR[name],
            "hatched" if ordered else "",
            SHAPE[name],
        )

    left = (
        served["departures_0"].to_numpy(float)
        if "departures_0" in served
        else np.zeros(len(served))
    )
    size = 12 + 14 * np.sqrt(left / max(left.max(initial=1), 1))
    return _points(
        "stops",
        say("stop.title"),
        served,
        [kind(*key) for key in order],
        [order.index(key) for key in keys],
        size=size,
        facts=_stop_facts(served, timetable, say),
        note=say("stop.note"),
    )


def _quiet_layer(places: pd.DataFrame, say: TimetableTexts) -> Points | None:
    quiet = places[places["status"].isin(QUIET)]
    if quiet.empty:
        return None
    used = [status for status in QUIET if (quiet["status"] == status).any()]
    looks = {
        "other_days": ("e", "wedge"),
        "no_service": ("wrong", "cross"),
        "unknown": ("h", "circle"),
    }
    kinds = [
        Kind(
            say(f"stop.{status}"),
            looks[status][0],
            "" if status == "unknown" else "hatched",
            looks[status][1],
        )
        for status in used
    ]
    title = say("table.stops") if used == ["unknown"] else say("stop.quiet")
    return _points(
        "quiet",
        title,
        quiet,
        kinds,
        [used.index(status) for status in quiet["status"]],
        facts=[Fact(say("fact.stops"), [int(n) if n > 1 else None for n in quiet["stops"]])],
    )


def _island_layer(places: pd.DataFrame, say: TimetableTexts) -> Points | None:
    islands = places[places["ferry_only"] | (places["part"] > 0)]
    if islands.empty:
        return None
    kinds = [
        Kind(say("stop.ferry_only"), "f", shape="triangle"),
        Kind(say("stop.apart"), "e", shape="diamond"),
    ]
    facts = [Fact(say("fact.part"), [int(part) + 1 for part in islands["part"]])]
    return _points(
        "islands",
        say("stop.islands"),
        islands,
        kinds,
        [int(part > 0) for part in islands["part"]],
        facts=facts,
        shown=False,
    )


def _astray_layer(places: pd.DataFrame, say: TimetableTexts) -> Points | None:
    astray = places[places["astray"]]
    if astray.empty:
        return None
    positions = [
        f"{messages.number(lat, say.language, 5)}, {messages.number(lon, say.language, 5)}"
        for lat, lon in zip(astray["lat"], astray["lon"], strict=True)
    ]
    return _points(
        "astray",
        say("stop.astray"),
        astray,
        [Kind(say("stop.astray_kind"), "wrong", "hatched", "diamond")],
        [0] * len(astray),
        facts=[Fact(say("fact.position"), positions)],
        size=np.full(len(astray), 24.0),
        clustered=False,
    )


def _opening(places: pd.DataFrame) -> Bounds | None:
    """Around the stops that lie near others; a stop off Kaliningrad does not draw the whole Baltic
    in."""
    near = places[~places["astray"]]
    if near.empty:
        return None
    return (
        float(near["lon"].min()),
        float(near["lat"].min()),
        float(near["lon"].max()),
        float(near["lat"].max()),
    )


def draw(timetable: Timetable, *, title: str, file: str, language: str, area: str | None) -> Map:
    """The map of a timetable. Names are those of the feed: whoever calls has taken marked ones
    away."""
    say = TimetableTexts(language)
    placed = timetable.places[timetable.places["lat"].notna()]
    layers: list[Layer | None] = [
        _line_layer(timetable, say),
        _served_layer(placed, timetable, say),
        _quiet_layer(placed, say),
        _island_layer(placed, say),
        _astray_layer(placed, say),
    ]
    notes = notes_of(timetable, say)
    if (
        len(placed)
        and not in_sweden(placed["lon"].to_numpy(float), placed["lat"].to_numpy(float)).mean() > 0.5
    ):
        notes.append(say("notes.abroad"))
    return Map(
        "mobility",
        title,
        see(timetable, say),
        method(timetable, file, say),
        [layer for layer in layers if layer],
        tables(timetable, say),
        notes,
        language,
        area,
        _opening(placed),
    )
