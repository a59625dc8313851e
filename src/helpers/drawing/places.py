"""The map of places, works and aids on the spot: points by kind, and what the rules on geography
found as a layer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.checking.findings import Finding
from helpers.declared import specifications
from helpers.drawing import ground, palette
from helpers.drawing.layers import Areas, Fact, Kind, Layer, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers import positions
from helpers.drawing.numbers.positions import Positions
from helpers.drawing.numbers.subject import Subject
from helpers.ground.geography import at_sea, in_sweden
from helpers.words import messages
from helpers.words.suppression import in_parts

FIELDS = (
    "name",
    "title",
    "type",
    "street",
    "address",
    "city",
    "municipality",
    "artist",
    "updated",
    "year",
)
NAMES, SHOWN = ("name", "title"), ("street", "address", "city", "artist", "year", "updated")
KINDS = 8
AGREE_M = 10.0  # two systems that lie closer say the same place
LISTED = 1000
RULES = (
    "points_in_sweden",
    "points_not_swapped",
    "points_not_at_origin",
    "points_in_organisation",
    "systems_differ",
    "points_not_stacked",
    "position_stable",
)
SHAPES = ("cross", "diamond", "square", "triangle", "wedge", "hexagon", "pentagon", "circle")


def _say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.places.{key}", language, **values)


def _named(rows: pd.DataFrame) -> list[str | None]:
    column = next((name for name in NAMES if name in rows), None)
    return [None] * len(rows) if column is None else rows[column].tolist()


def _kinds(rows: pd.DataFrame, name: str, language: str) -> tuple[list[Kind], np.ndarray[Any, Any]]:
    """The most usual kinds, the rest together; one kind where the source names none."""
    usual = rows["type"].value_counts() if "type" in rows else pd.Series(dtype=int)
    if not 1 < len(usual) <= len(rows) / 2:
        return [Kind(name, "a")], np.zeros(len(rows), int)
    kept = [
        str(one)
        for one in usual.sort_index().sort_values(ascending=False, kind="stable").index[: KINDS - 1]
    ]
    code = rows["type"].map({one: i for i, one in enumerate(kept)}).fillna(len(kept)).to_numpy(int)
    others = [_say("others", language)] if (code == len(kept)).any() else []
    return [
        Kind(one, *palette.CATEGORIES[i][:1], shape=palette.CATEGORIES[i][1])
        for i, one in enumerate(kept + others)
    ], code


def _points(rows: pd.DataFrame, name: str, language: str) -> Points:
    kinds, kind = _kinds(rows, name, language)
    labels = _named(rows)
    facts = [
        Fact(_say(f"fact.{one}", language), rows[one].tolist())
        for one in SHOWN
        if one in rows and rows[one].notna().any()
    ]
    facts.append(Fact(_say("fact.lies_in", language), rows["kommun"].tolist()))
    return Points(
        key="places",
        title=name,
        kinds=kinds,
        kind=kind,
        lon=rows["lon"].to_numpy(float),
        lat=rows["lat"].to_numpy(float),
        rows=rows["source_row"].to_numpy(int),
        labels=[one or "" for one in labels] if any(labels) else None,
        facts=facts,
    )


def _rule(id: str, found: dict[str, Finding], language: str) -> str:
    default = found[id].because.get(language, id) if id in found else id
    return messages.part(language, "maps").get(f"maps.places.rule.{id}", default)


def _wrong(
    findings: Sequence[Finding], rows: pd.DataFrame, apart: dict[int, float], language: str
) -> tuple[Layer | None, Table | None]:
    """The layer and the table of rows that a rule on geography found, or whose systems differ; each
    row once."""
    found = {
        one.id: one for one in findings if one.dimension == "geography" and one.outcome == "failed"
    }
    listed = {id: set(one.rows) for id, one in found.items()} | (
        {"systems_differ": set(apart)} if apart else {}
    )
    order = [id for id in (*RULES, *sorted(listed)) if id in listed]
    order = list(dict.fromkeys(order))
    of_row: dict[int, list[str]] = {}
    for id in order:
        for row in listed[id]:
            of_row.setdefault(row, []).append(id)
    drawn = rows[rows["source_row"].isin(of_row)]
    if drawn.empty:
        return None, None
    reasons = [of_row[row] for row in drawn["source_row"]]
    used = [id for id in order if any(one[0] == id for one in reasons)]
    kinds = [
        Kind(_rule(id, found, language), "wrong", "hatched", SHAPES[i % len(SHAPES)])
        for i, id in enumerate(used)
    ]
    told = ["; ".join(_rule(id, found, language) for id in one) for one in reasons]
    names = [
        one or _say("row", language, row=str(row))
        for one, row in zip(_named(drawn), drawn["source_row"], strict=True)
    ]
    metres = [apart.get(row) for row in drawn["source_row"]]
    facts = [
        Fact(_say("fact.why", language), told),
        Fact(_say("fact.lies_in", language), drawn["kommun"].tolist()),
    ]
    if apart:
        facts.append(Fact(_say("fact.apart", language), metres, "m"))
    layer = Points(
        key="found",
        title=_say("found", language),
        kinds=kinds,
        kind=[used.index(one[0]) for one in reasons],
        lon=drawn["lon"].to_numpy(float),
        lat=drawn["lat"].to_numpy(float),
        rows=drawn["source_row"].to_numpy(int),
        labels=names,
        facts=facts,
        size=np.full(len(drawn), 22.0),
        clustered=len(drawn) > 200,
    )
    more = sum(one.failed - len(one.rows) for one in found.values() if one.id != "points_exist")
    layer.note = _say("more_found", language, count=more) if more > 0 else ""
    where = [
        (messages.number(lat, language, 5), messages.number(lon, language, 5))
        for lat, lon in zip(drawn["lat"], drawn["lon"], strict=True)
    ]
    head = [
        _say(f"head.{one}", language) for one in ("name", "why", "lies_in", "lat", "lon", "row")
    ]
    table = Table(
        _say("found_table", language),
        head,
        [
            (name, why, place or _say("nowhere", language), *at, str(row))
            for name, why, place, at, row in zip(
                names, told, drawn["kommun"], where, drawn["source_row"], strict=True
            )
        ],
        numeric=(3, 4, 5),
    )
    return layer, table


def _by_municipality(layer: Points, rows: pd.DataFrame, held: Positions, language: str) -> Table:
    """Municipality, number of each kind, total: all that the layer draws, and what it cannot
    draw."""
    place = rows["kommun"].astype(object)
    nowhere = place.isna().to_numpy()
    sea = at_sea(rows["lon"].to_numpy(float)[nowhere], rows["lat"].to_numpy(float)[nowhere])
    place[nowhere] = np.where(sea, _say("sea", language), _say("outside", language))
    counted = pd.crosstab(place, layer.kind_of)
    each = range(len(layer.kinds))
    body = [
        (
            str(name),
            *(messages.number(int(one.get(i, 0)), language) for i in each),
            messages.number(int(one.sum()), language),
        )
        for name, one in counted.iterrows()
    ]
    totals = np.bincount(layer.kind_of, minlength=len(layer.kinds))
    body.append(
        (
            _say("sum", language),
            *(messages.number(int(one), language) for one in totals),
            messages.number(len(rows), language),
        )
    )
    if len(layer.kinds) == 1:
        body = [(one[0], one[-1]) for one in body]
    kinds = [one.label for one in layer.kinds] if len(layer.kinds) > 1 else []
    head = [_say("head.lies_in", language), *kinds, _say("head.total", language)]
    note = _say("without", language, count=held.without) if held.without else ""
    return Table(_say("table", language), head, body, note, numeric=tuple(range(1, len(head))))


def _counted(rows: pd.DataFrame, name: str, k: int, language: str) -> tuple[Layer, Table]:
    """Numbers by municipality, for positions that may not be drawn one by one; fewer than k is not
    told."""
    counts = rows.groupby("kommunkod").size()
    hidden = in_parts(counts.to_dict(), [(code, "all", int(n)) for code, n in counts.items()], k)
    shapes = ground.municipalities().set_index("kommunkod").loc[list(counts.index)]
    kind = [int(code in hidden) for code in counts.index]
    shown = [None if code in hidden else int(n) for code, n in counts.items()]
    kinds = [
        Kind(_say("counted", language), "s3"),
        Kind(_say("few", language, k=k), "none", "hatched"),
    ]
    layer = Areas(
        key="places",
        title=name,
        kinds=kinds,
        kind=kind,
        shapes=list(shapes.geometry),
        labels=list(shapes["kommun"]),
        facts=[Fact(_say("head.total", language), shown)],
    )
    body = [
        (kommun, messages.number(n, language) if n else _say("few", language, k=k))
        for kommun, n in zip(shapes["kommun"], shown, strict=True)
    ]
    return layer, Table(
        _say("table", language),
        [_say("head.lies_in", language), _say("head.total", language)],
        body,
        numeric=(1,),
    )


def _systems(subject: Subject, language: str) -> tuple[list[str], dict[int, float]]:
    """What the further systems of the source say, and the rows where one lies more than 10 m
    off."""
    notes: list[str] = []
    apart: dict[int, float] = {}
    for system, rows, metres in positions.between_systems(subject):
        far = metres > AGREE_M
        if not len(rows):
            continue
        notes.append(
            _say(
                "systems",
                language,
                system=system,
                agree=int((~far).sum()),
                both=len(rows),
                greatest=messages.number(float(metres.max()), language, 1),
            )
        )
        for row, metre in zip(rows[far].tolist(), metres[far].tolist(), strict=True):
            apart[row] = max(metre, apart.get(row, 0.0))
    return notes, apart


def _listing(rows: pd.DataFrame, layer: Points, language: str) -> Table:
    names = [one or "–" for one in _named(rows)]
    kinds = [layer.kinds[i].label for i in layer.kind_of]
    return Table(
        _say("all", language),
        [_say(f"head.{one}", language) for one in ("name", "kind", "lies_in", "row")],
        [
            (name, kind, place or _say("nowhere", language), str(row))
            for name, kind, place, row in zip(
                names, kinds, rows["kommun"], rows["source_row"], strict=True
            )
        ],
        numeric=(3,),
        folded=True,
    )


def places(subject: Subject, findings: Sequence[Finding], language: str = "sv") -> Map:
    """The map of a subject with positions, and what the rules on geography found. ``ValueError``
    where it has none."""
    if subject.tables.main.geometry is None:
        raise ValueError("the subject has no positions")
    held = positions.read(subject, list(FIELDS))
    rows = held.rows
    known = subject.type in specifications.types()
    name = specifications.load(subject.type).title[language] if known else _say("places", language)
    made = Map("places", subject.title, "", _say("source", language, file=subject.file))
    made.language, made.area = language, subject.area
    if subject.synthetic:
        made.notes.append(_say("synthetic", language))
    if held.aggregated:
        layer, table = _counted(rows[rows["kommunkod"].notna()], name, subject.k, language)
        made.layers, made.tables = [layer], [table]
        made.see = _say("see_counted", language)
        made.notes.append(_say("aggregated", language))
        return made
    systems, apart = _systems(subject, language)
    points = _points(rows, name, language)
    wrong, listed = _wrong(findings, rows, apart, language)
    made.layers = [points, *([wrong] if wrong else [])]
    made.tables = [*([listed] if listed else []), _by_municipality(points, rows, held, language)]
    if len(rows) <= LISTED:
        made.tables.append(_listing(rows, points, language))
    municipalities = rows["kommunkod"].nunique()
    made.see = (
        _say("see", language, count=len(rows), municipalities=municipalities)
        + " "
        + (
            _say("see_found", language, count=len(wrong))
            if wrong
            else _say("see_nothing", language)
        )
    )
    if held.withheld:
        made.notes.append(_say("withheld", language, count=held.withheld))
    if held.hidden:
        made.notes.append(_say("hidden", language, columns=", ".join(held.hidden)))
    if not in_sweden(points.lon, points.lat).any() and len(points):
        made.notes.append(_say("nothing_in_sweden", language))
    made.notes += systems
    return made
