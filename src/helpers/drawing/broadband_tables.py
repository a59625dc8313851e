"""The tables beside the map of broadband: by area, areas to look into, measured against stated, and
the two halves of the time."""

from __future__ import annotations

from math import erfc, sqrt
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing import ground
from helpers.drawing.layers import Table
from helpers.drawing.numbers import measurements
from helpers.drawing.numbers.measurements import Measurements
from helpers.ground import squares
from helpers.words import messages

LOOK = 20  # areas to look into
SURE = 0.05  # of the sign test, divided by the number of areas that are tried (Bonferroni)
NUMBERS = (
    ("median", "Mbit/s"),
    ("low", "Mbit/s"),
    ("high", "Mbit/s"),
    ("tenth", "Mbit/s"),
    ("up", "Mbit/s"),
    ("up_tenth", "Mbit/s"),
    ("latency", "ms"),
    ("latency_tenth", "ms"),
    ("latency_ninth", "ms"),
)


def say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.broadband.{key}", language, **values)


def _written(value: Any, language: str, decimals: int = 1) -> str:
    return (
        "–"
        if value is None or value != value
        else messages.number(round(float(value), decimals), language)
    )


def _name(code: str) -> str:
    municipalities = ground.municipalities()
    return (
        str(municipalities.loc[municipalities["kommunkod"] == code, "kommun"].iloc[0])
        if (municipalities["kommunkod"] == code).any()
        else code
    )


def by_area(frame: pd.DataFrame, column: str, measured: Measurements, language: str) -> Table:
    counties = ground.county_names()
    names = [
        _name(code) if column == "code" else counties.get(code, code) for code in frame[column]
    ]
    few = say("few", language, k=measured.k)
    shown = ("n", "operators", *(name for name, _ in NUMBERS))
    head = [say(f"layer.{column}", language), *(say(f"fact.{key}", language) for key in shown)]
    rows = [
        (
            (name, few, *["–"] * 10)
            if row["hidden"]
            else (name, *(_written(row[key], language) for key in shown))
        )
        for name, (_, row) in zip(names, frame.iterrows(), strict=True)
    ]
    return Table(say(f"table.{column}", language), head, rows, numeric=tuple(range(1, 12)))


def to_look_into(
    measured: Measurements, towns: pd.DataFrame, cells: pd.DataFrame, language: str
) -> Table | None:
    """Shown areas whose measurements lie below the whole's median, by a sign test: the best
    supported first."""
    reference = measurements.median(measured)
    if reference is None or measured.counted:
        return None
    rows = _below(measured, towns, cells, reference, language)
    head = [
        say(f"look.{column}", language) for column in ("area", "n", "median", "interval", "below")
    ]
    body = [
        (
            name,
            messages.number(n, language),
            _written(area["median"], language),
            f"{_written(area['low'], language)}–{_written(area['high'], language)}",
            messages.percent(area["below"] / n, language),
        )
        for _, name, n, area in rows[:LOOK]
    ]
    note = say(
        "look.how" if rows else "look.none", language, reference=_written(reference, language)
    )
    return Table(say("look.title", language), head, body, note, numeric=(1, 2, 3, 4))


def _below(
    measured: Measurements,
    towns: pd.DataFrame,
    cells: pd.DataFrame,
    reference: float,
    language: str,
) -> list[tuple[float, str, int, dict[Any, Any]]]:
    """z of the sign test, name, number of measurements and numbers of each shown area that lies
    surely below ``reference`` (Mbit/s), the greatest z first."""
    rows = []
    tried = int((~towns["hidden"]).sum() + (~cells["hidden"]).sum())
    for frame, keys in ((towns, ["code"]), (cells, ["east", "north"])):
        if frame.empty:
            continue
        below = measurements.below(measured, keys, reference)
        for area in frame[~frame["hidden"]].merge(below, on=keys).to_dict("records"):
            n = int(area["valued"])
            z = (area["below"] - n / 2) / (np.sqrt(n) / 2) if n else 0.0
            if (
                erfc(z / sqrt(2)) / 2 < SURE / tried
                and area["high"] is not None
                and area["high"] < reference
            ):
                rows.append((z, _area_name(area, language), n, area))
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _area_name(area: dict[Any, Any], language: str) -> str:
    """A municipality's name, or a square's id at SCB."""
    if "code" in area:
        return _name(area["code"])
    return f"{say('square', language)} {squares.rutid_scb(area['east'], area['north'])}"


def stated(measured: Measurements, language: str) -> Table | None:
    """Measured against stated, by technology and operator; counts protected across both."""
    if not {"stated", "down"} <= measured.has:
        return None
    keys: list[str] = [key for key in ("technology", "operator") if key in measured.has]
    if not keys:
        return None
    frame = measurements.by(measured, keys, "down / stated", "stated > 0")
    parts = [
        (tuple(row[:-1]), total, int(row[-1]))
        for row in frame[[*keys, "n"]].itertuples(index=False)
        for total in ("all", *zip(keys, row[:-1], strict=True))
    ]
    frame = measurements.protect(frame, keys, parts, measured.k)
    head = [
        *(say(f"stated.{key}", language) for key in keys),
        say("fact.n", language),
        say("stated.median", language),
        say("look.interval", language),
    ]
    few = say("few", language, k=measured.k)
    rows = [
        (
            *(str(group[key]) for key in keys),
            *((few, "–", "–") if group["hidden"] else _stated_cells(group, language)),
        )
        for group in frame.to_dict("records")
    ]
    return Table(
        say("stated.title", language),
        head,
        rows,
        say("stated.how", language),
        numeric=tuple(range(len(keys), len(head))),
    )


def _stated_cells(group: dict[Any, Any], language: str) -> tuple[str, str, str]:
    """Number, median and interval of a group that is shown, as texts."""
    ends = [
        (
            messages.percent(group[end], language)
            if group[end] is not None and group[end] == group[end]
            else "–"
        )
        for end in ("low", "high")
    ]
    return (
        messages.number(int(group["n"]), language),
        messages.percent(group["median"], language),
        "–".join(dict.fromkeys(ends)),
    )


def periods(measured: Measurements, language: str) -> Table | None:
    """The two halves of the time that the measurements span, by municipality (county)."""
    key = "county" if measured.by_county else "code"
    days = measurements.halves(measured)
    if days is None:
        return None
    frame = measurements.by(measured, [key, "period"])
    if frame.empty:
        return None
    parts = [
        ((area, period), total, int(n))
        for area, period, n in frame[[key, "period", "n"]].itertuples(index=False)
        for total in ("all", ("area", area), ("period", period))
    ]
    areas: dict[Any, int] = frame.groupby(key)["n"].sum().to_dict()
    frame = measurements.protect(frame, [key, "period"], parts, measured.k)
    counties = ground.county_names()
    rows = []
    for area in areas:
        name = counties.get(area, area) if measured.by_county else _name(area)
        rows.append((name, *_period_cells(frame[frame[key] == area], measured.k, language)))
    first, middle, last = (messages.date(day, language) for day in days)
    head = [
        say(f"layer.{key}", language),
        say("periods.first", language),
        say("periods.second", language),
        say("periods.change", language),
    ]
    return Table(
        say("periods.title", language),
        head,
        rows,
        say("periods.how", language, first=first, middle=middle, last=last),
        numeric=(1, 2),
    )


def _period_cells(of_area: pd.DataFrame, k: int, language: str) -> tuple[str, str, str]:
    """The medians of an area's two halves and the change from one to the other, as texts."""
    halves = []
    for period in (0, 1):
        half = of_area[of_area["period"] == period].to_dict("records")
        halves.append(half[0] if half and not half[0]["hidden"] else None)
    first, second = (
        _written(half["median"], language) if half else say("few", language, k=k) for half in halves
    )
    return first, second, say(f"periods.{_change(*halves)}", language)


def _change(first: dict[Any, Any] | None, second: dict[Any, Any] | None) -> str:
    """rise or fall only where the two intervals do not touch."""
    ends = [half[end] if half else None for half in (first, second) for end in ("low", "high")]
    if any(end is None or end != end for end in ends):
        return "unknown"
    low, high, next_low, next_high = (float(end) for end in ends)  # type: ignore[arg-type]
    return "rise" if next_low > high else "fall" if next_high < low else "same"
