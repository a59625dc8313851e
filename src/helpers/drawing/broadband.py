"""The map of broadband: what people measure, by square and municipality, beside what operators
report as available."""

from __future__ import annotations

from math import erfc, sqrt
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing import ground
from helpers.drawing.availability import available
from helpers.drawing.layers import Areas, Fact, Kind, Squares, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers import measurements
from helpers.drawing.numbers.availability import reported
from helpers.drawing.numbers.measurements import Measurements
from helpers.drawing.numbers.subject import Subject
from helpers.ground import squares
from helpers.words import messages

LIMITS = (10, 30, 100, 300)  # Mbit/s: the classes of the map
MOST_SQUARES = 50_000
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


def _say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.broadband.{key}", language, **values)


def _written(value: Any, language: str, decimals: int = 1) -> str:
    return (
        "–"
        if value is None or value != value
        else messages.number(round(float(value), decimals), language)
    )


def _kinds(k: int, language: str) -> list[Kind]:
    edges = ["<\u00a010", "10–30", "30–100", "100–300", "≥\u00a0300"]
    return [Kind(f"{one} Mbit/s", f"s{i + 1}") for i, one in enumerate(edges)] + [
        Kind(_say("few", language, k=k), "none", "hatched")
    ]


def _classes(frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    median = pd.to_numeric(frame["median"], errors="coerce").to_numpy(float)
    return np.where(
        np.isnan(median),
        len(LIMITS) + 1,
        np.searchsorted(LIMITS, np.nan_to_num(median), side="right"),
    )


def _facts(frame: pd.DataFrame, language: str) -> list[Fact]:
    found = []
    for name, unit in NUMBERS:
        values = [None if one is None or one != one else float(one) for one in frame[name]]
        if any(one is not None for one in values):
            found.append(Fact(_say(f"fact.{name}", language), values, unit, 1))
    for name in ("n", "operators"):
        found.append(
            Fact(
                _say(f"fact.{name}", language),
                [None if one is None or one != one else int(one) for one in frame[name]],
            )
        )
    return found


def _shapes(frame: pd.DataFrame, column: str, language: str, k: int) -> Areas | None:
    key = {"code": "kommunkod", "county": "lanskod"}[column]
    shapes = (
        (ground.municipalities() if column == "code" else ground.counties())
        .drop_duplicates(key)
        .set_index(key)
    )
    known = frame[frame[column].isin(shapes.index)]
    if known.empty:
        return None
    own = shapes.loc[list(known[column])]
    name = "kommun" if column == "code" else "lan"
    return Areas(
        key="municipalities" if column == "code" else "counties",
        title=_say(f"layer.{column}", language),
        kinds=_kinds(k, language),
        kind=_classes(known),
        shapes=list(own.geometry),
        labels=list(own[name]),
        facts=_facts(known, language),
    )


def _squares(frame: pd.DataFrame, language: str, k: int) -> Squares | None:
    if frame.empty:
        return None
    kept = (
        frame.assign(_n=pd.to_numeric(frame["n"]).fillna(0))
        .sort_values("_n", ascending=False, kind="stable")
        .head(MOST_SQUARES)
    )
    kept = kept.sort_values(["north", "east"])
    layer = Squares(
        key="squares",
        title=_say("layer.squares", language),
        kinds=_kinds(k, language),
        kind=_classes(kept),
        east=kept["east"].to_numpy(int),
        north=kept["north"].to_numpy(int),
        facts=_facts(kept, language),
    )
    layer.note = (
        _say("squares_left", language, count=len(frame) - len(kept))
        if len(frame) > len(kept)
        else ""
    )
    return layer


def _name(code: str) -> str:
    found = ground.municipalities()
    return (
        str(found.loc[found["kommunkod"] == code, "kommun"].iloc[0])
        if (found["kommunkod"] == code).any()
        else code
    )


def _table(frame: pd.DataFrame, column: str, found: Measurements, language: str) -> Table:
    counties = ground.counties().set_index("lanskod")["lan"].to_dict()
    names = [_name(one) if column == "code" else counties.get(one, one) for one in frame[column]]
    few = _say("few", language, k=found.k)
    head = [
        _say(f"layer.{column}", language),
        *(
            _say(f"fact.{name}", language)
            for name in ("n", "operators", *(one for one, _ in NUMBERS))
        ),
    ]
    rows = [
        (
            (name, few, *["–"] * 10)
            if one["hidden"]
            else (
                name,
                *(
                    _written(one[item], language)
                    for item in ("n", "operators", *(key for key, _ in NUMBERS))
                ),
            )
        )
        for name, (_, one) in zip(names, frame.iterrows(), strict=True)
    ]
    return Table(_say(f"table.{column}", language), head, rows, numeric=tuple(range(1, 12)))


def _to_look_into(
    found: Measurements, towns: pd.DataFrame, cells: pd.DataFrame, language: str
) -> Table | None:
    """Shown areas whose measurements lie below the whole's median, by a sign test: the best
    supported first."""
    reference = measurements.median(found)
    if reference is None or found.counted:
        return None
    rows = []
    tried = int((~towns["hidden"]).sum() + (~cells["hidden"]).sum())
    for frame, keys in ((towns, ["code"]), (cells, ["east", "north"])):
        if frame.empty:
            continue
        below = measurements.below(found, keys, reference)
        for one in frame[~frame["hidden"]].merge(below, on=keys).to_dict("records"):
            n = int(one["valued"])
            z = (one["below"] - n / 2) / (np.sqrt(n) / 2) if n else 0.0
            if (
                erfc(z / sqrt(2)) / 2 < SURE / tried
                and one["high"] is not None
                and one["high"] < reference
            ):
                name = (
                    _name(one["code"])
                    if "code" in one
                    else (
                        f"{_say('square', language)} {squares.rutid_scb(one['east'], one['north'])}"
                    )
                )
                rows.append((z, name, n, one))
    rows.sort(key=lambda one: (-one[0], one[1]))
    head = [_say(f"look.{one}", language) for one in ("area", "n", "median", "interval", "below")]
    body = [
        (
            name,
            messages.number(n, language),
            _written(one["median"], language),
            f"{_written(one['low'], language)}–{_written(one['high'], language)}",
            messages.percent(one["below"] / n, language),
        )
        for _, name, n, one in rows[:LOOK]
    ]
    note = _say(
        "look.how" if rows else "look.none", language, reference=_written(reference, language)
    )
    return Table(_say("look.title", language), head, body, note, numeric=(1, 2, 3, 4))


def _stated(found: Measurements, language: str) -> Table | None:
    """Measured against stated, by technology and operator; counts protected across both."""
    if not {"stated", "down"} <= found.has:
        return None
    where = "stated > 0"
    keys: list[str] = [one for one in ("technology", "operator") if one in found.has]
    if not keys:
        return None
    frame = measurements.by(found, keys, "down / stated", where)
    parts = [
        (tuple(row[:-1]), total, int(row[-1]))
        for row in frame[[*keys, "n"]].itertuples(index=False)
        for total in ("all", *zip(keys, row[:-1], strict=True))
    ]
    frame = measurements.protect(frame, keys, parts, found.k)
    few = _say("few", language, k=found.k)
    head = [
        *(_say(f"stated.{one}", language) for one in keys),
        _say("fact.n", language),
        _say("stated.median", language),
        _say("look.interval", language),
    ]
    rows = []
    for one in frame.to_dict("records"):
        names = [str(one[key]) for key in keys]
        if one["hidden"]:
            rows.append((*names, few, "–", "–"))
            continue
        ends = [
            (
                messages.percent(one[end], language)
                if one[end] is not None and one[end] == one[end]
                else "–"
            )
            for end in ("low", "high")
        ]
        rows.append(
            (
                *names,
                messages.number(int(one["n"]), language),
                messages.percent(one["median"], language),
                "–".join(dict.fromkeys(ends)),
            )
        )
    return Table(
        _say("stated.title", language),
        head,
        rows,
        _say("stated.how", language),
        numeric=tuple(range(len(keys), len(head))),
    )


def _periods(found: Measurements, language: str) -> Table | None:
    """The two halves of the time that the measurements span, by municipality (county)."""
    key = "county" if found.by_county else "code"
    days = measurements.halves(found)
    if days is None:
        return None
    frame = measurements.by(found, [key, "period"])
    if frame.empty:
        return None
    totals: dict[Any, int] = frame.groupby(key)["n"].sum().to_dict()
    parts = [
        ((area, period), total, int(n))
        for area, period, n in frame[[key, "period", "n"]].itertuples(index=False)
        for total in ("all", ("area", area), ("period", period))
    ]
    frame = measurements.protect(frame, [key, "period"], parts, found.k)
    counties = ground.counties().set_index("lanskod")["lan"].to_dict()
    rows = []
    for area in totals:
        two = [
            frame[(frame[key] == area) & (frame["period"] == i)].to_dict("records") for i in (0, 1)
        ]
        one, other = ((half[0] if half and not half[0]["hidden"] else None) for half in two)
        said = [
            _written(half["median"], language) if half else _say("few", language, k=found.k)
            for half in (one, other)
        ]
        change = _say(f"periods.{_change(one, other)}", language)
        rows.append((counties.get(area, area) if found.by_county else _name(area), *said, change))
    dates = [messages.date(one, language) for one in days]
    head = [
        _say(f"layer.{key}", language),
        _say("periods.first", language),
        _say("periods.second", language),
        _say("periods.change", language),
    ]
    return Table(
        _say("periods.title", language),
        head,
        rows,
        _say("periods.how", language, first=dates[0], middle=dates[1], last=dates[2]),
        numeric=(1, 2),
    )


def _change(one: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    """rise or fall only where the two intervals do not touch."""
    ends = [half[end] if half else None for half in (one, other) for end in ("low", "high")]
    if any(end is None or end != end for end in ends):
        return "unknown"
    low, high, next_low, next_high = (float(end) for end in ends)  # type: ignore[arg-type]
    return "rise" if next_low > high else "fall" if next_high < low else "same"


def broadband(subject: Subject, coverage: Subject | None, language: str = "sv") -> Map:
    """The map of a subject of type bredband. Draws areas only, never the place of a measurement;
    what ``coverage`` (the subject itself, or another) reports as available is a layer of its own,
    off until it is asked for."""
    made = Map(
        "broadband",
        subject.title,
        _say("see", language),
        _say("source", language, file=subject.file),
    )
    made.language, made.area = language, subject.area
    made.notes = [_say("what", language)] + (
        [_say("synthetic", language)] if subject.synthetic else []
    )
    found = measurements.load(subject, subject.k)
    beside, table = available(reported(coverage) if coverage else None, language)
    try:
        if found.outside:
            made.notes.append(
                _say("outside", language, count=found.outside, rows=found.rows or found.outside)
            )
        if "down" not in found.has:
            made.see = _say("only_available" if beside else "no_measurements", language)
            made.notes = made.notes[1:]
            if beside:
                made.source = _say("available.source", language, file=subject.file)
            for number, layer in enumerate(beside):
                layer.shown, layer.note = not number, _say("available.latest", language)
        else:
            _draw(made, found, language)
    finally:
        found.connection.close()
    made.layers += beside
    made.tables += [table] if table else []
    return made


def _draw(made: Map, found: Measurements, language: str) -> None:
    counties, towns, cells = measurements.areas(found)
    if found.by_county:
        made.notes.append(_say("by_address", language))
    if found.counted:
        made.notes.append(_say("counted", language))
    layers: list[Any] = [
        _shapes(towns, "code", language, found.k) or _shapes(counties, "county", language, found.k)
    ]
    layers.append(_squares(cells, language, found.k))
    made.layers = [one for one in layers if one is not None]
    tables = [_to_look_into(found, towns, cells, language)]
    tables += [
        _table(frame, key, found, language)
        for frame, key in ((towns, "code"), (counties, "county"))
        if not frame.empty
    ]
    tables += [_stated(found, language), _periods(found, language)]
    made.tables = [one for one in tables if one is not None]
    if not cells.empty:
        shown = int((~cells["hidden"]).sum())
        head = [_say("table.what", language), _say("fact.squares", language)]
        rows = [
            (_say("table.shown", language), messages.number(shown, language)),
            (_say("few", language, k=found.k), messages.number(len(cells) - shown, language)),
        ]
        made.tables.append(Table(_say("table.squares", language), head, rows, numeric=(1,)))
