"""The map of places, works and aids on the spot: points by kind, and what the rules on geography
found as a layer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.checking import outcome
from helpers.checking.findings import Finding
from helpers.declared import specifications
from helpers.drawing import ground, palette
from helpers.drawing.layers import Areas, Bounds, Fact, Kind, Layer, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers import positions
from helpers.drawing.numbers.positions import Positions
from helpers.drawing.numbers.subject import Subject
from helpers.ground.geography import in_sweden
from helpers.words import messages
from helpers.words.suppression import in_parts

NAMES = ("name", "title", "facility_name", "areaname")
SHOWN = ("street", "address", "city", "artist", "year", "updated")
OF_EVENTS = ("facility_address_street_address", "inspection_date", "start")
FIELDS = (*NAMES, *SHOWN, *OF_EVENTS, "type", "municipality")
KINDS = 8
AGREE_M = 10.0  # two systems that lie closer say the same place
LISTED = 1000
MOST = (0.05, 0.95)  # where most of the points lie: between these shares of them, both ways
NARROWEST = 0.4  # degrees of longitude, about 25 km
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
    by_number = usual.sort_index().sort_values(ascending=False, kind="stable")
    kept = [str(type_name) for type_name in by_number.index[: KINDS - 1]]
    number_of = {type_name: i for i, type_name in enumerate(kept)}
    code = rows["type"].map(number_of).fillna(len(kept)).to_numpy(int)
    others = [_say("others", language)] if (code == len(kept)).any() else []
    return [
        Kind(label, palette.CATEGORIES[i][0], shape=palette.CATEGORIES[i][1])
        for i, label in enumerate(kept + others)
    ], code


def _points(rows: pd.DataFrame, name: str, language: str) -> Points:
    kinds, kind = _kinds(rows, name, language)
    labels = _named(rows)
    facts = [
        Fact(_say(f"fact.{column}", language), rows[column].tolist())
        for column in (*SHOWN, *OF_EVENTS)
        if column in rows and rows[column].notna().any()
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
        labels=[label or "" for label in labels] if any(labels) else None,
        facts=facts,
    )


def _rule(id: str, failed: dict[str, Finding], language: str) -> str:
    default = failed[id].because.get(language, id) if id in failed else id
    return messages.part(language, "maps").get(f"maps.places.rule.{id}", default)


def _wrong(
    findings: Sequence[Finding], rows: pd.DataFrame, apart: dict[int, float], language: str
) -> tuple[Layer | None, Table | None]:
    """The layer and the table of rows that a rule on geography found, or whose systems differ; each
    row once."""
    failed = {
        finding.id: finding
        for finding in findings
        if finding.dimension == "geography" and finding.outcome == "failed"
    }
    rules_of = _rules_of_rows(failed, apart)
    drawn = rows[rows["source_row"].isin(rules_of)]
    if drawn.empty:
        return None, None
    rules = [rules_of[row] for row in drawn["source_row"]]
    reasons = ["; ".join(_rule(id, failed, language) for id in ids) for ids in rules]
    names = [
        name or _say("row", language, row=str(row))
        for name, row in zip(_named(drawn), drawn["source_row"], strict=True)
    ]
    facts = [
        Fact(_say("fact.why", language), reasons),
        Fact(_say("fact.lies_in", language), drawn["kommun"].tolist()),
    ]
    if apart:
        metres = [apart.get(row) for row in drawn["source_row"]]
        facts.append(Fact(_say("fact.apart", language), metres, "m"))
    layer = _wrong_layer(drawn, names, rules, failed, language)
    layer.facts = facts
    return layer, _wrong_table(drawn, names, reasons, language)


def _rules_of_rows(failed: dict[str, Finding], apart: dict[int, float]) -> dict[int, list[str]]:
    """Row in the source -> ids of the rules that it breaks, the first of ``RULES`` first."""
    listed = {id: set(finding.rows) for id, finding in failed.items()}
    if apart:
        listed["systems_differ"] = set(apart)
    rules_of: dict[int, list[str]] = {}
    for id in dict.fromkeys((*RULES, *sorted(listed))):
        for row in listed.get(id, ()):
            rules_of.setdefault(row, []).append(id)
    return rules_of


def _wrong_layer(
    drawn: pd.DataFrame,
    names: list[str],
    rules: list[list[str]],
    failed: dict[str, Finding],
    language: str,
) -> Points:
    """The rows as points, by the first rule that each breaks; the note counts those not listed."""
    firsts = [ids[0] for ids in rules]
    used = [id for id in dict.fromkeys((*RULES, *sorted(firsts))) if id in firsts]
    more = sum(
        finding.failed - len(finding.rows)
        for finding in failed.values()
        if finding.id != "points_exist"
    )
    return Points(
        key="found",
        title=_say("found", language),
        kinds=[
            Kind(_rule(id, failed, language), "wrong", "hatched", SHAPES[i % len(SHAPES)])
            for i, id in enumerate(used)
        ],
        kind=[used.index(id) for id in firsts],
        lon=drawn["lon"].to_numpy(float),
        lat=drawn["lat"].to_numpy(float),
        rows=drawn["source_row"].to_numpy(int),
        labels=names,
        size=np.full(len(drawn), 22.0),
        clustered=len(drawn) > 200,
        note=_say("more_found", language, count=more) if more > 0 else "",
    )


def _wrong_table(drawn: pd.DataFrame, names: list[str], reasons: list[str], language: str) -> Table:
    """Name, why, municipality, latitude, longitude and row of each row that is drawn."""
    spots = [
        (messages.number(lat, language, 5), messages.number(lon, language, 5))
        for lat, lon in zip(drawn["lat"], drawn["lon"], strict=True)
    ]
    columns = ("name", "why", "lies_in", "lat", "lon", "row")
    return Table(
        _say("found_table", language),
        [_say(f"head.{column}", language) for column in columns],
        [
            (name, why, place or _say("nowhere", language), *spot, str(row))
            for name, why, place, spot, row in zip(
                names,
                reasons,
                drawn["kommun"],
                spots,
                drawn["source_row"],
                strict=True,
            )
        ],
        numeric=(3, 4, 5),
    )


def _by_municipality(layer: Points, rows: pd.DataFrame, held: Positions, language: str) -> Table:
    """Municipality, number of each kind, total: all that the layer draws, and what it cannot
    draw."""
    place = rows["kommun"].astype(object)
    place[place.isna()] = _say("outside", language)
    numbers = range(len(layer.kinds))
    body = [
        (
            str(name),
            *(messages.number(int(counts.get(i, 0)), language) for i in numbers),
            messages.number(int(counts.sum()), language),
        )
        for name, counts in pd.crosstab(place, layer.kind_of).iterrows()
    ]
    totals = np.bincount(layer.kind_of, minlength=len(layer.kinds))
    body.append(
        (
            _say("sum", language),
            *(messages.number(int(total), language) for total in totals),
            messages.number(len(rows), language),
        )
    )
    if len(layer.kinds) == 1:
        body = [(row[0], row[-1]) for row in body]
    kinds = [kind.label for kind in layer.kinds] if len(layer.kinds) > 1 else []
    head = [_say("head.lies_in", language), *kinds, _say("head.total", language)]
    note = _say("without", language, count=held.without) if held.without else ""
    return Table(_say("table", language), head, body, note, numeric=tuple(range(1, len(head))))


def _counted(rows: pd.DataFrame, name: str, k: int, language: str) -> tuple[Layer, Table]:
    """Numbers by municipality, for positions that may not be drawn one by one; fewer than k is not
    told."""
    counts = rows.groupby("kommunkod").size()
    hidden = in_parts(counts.to_dict(), [(code, "all", int(n)) for code, n in counts.items()], k)
    shapes = ground.drawn(ground.municipalities().set_index("kommunkod").loc[list(counts.index)])
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
    names = [name or "–" for name in _named(rows)]
    kinds = [layer.kinds[i].label for i in layer.kind_of]
    return Table(
        _say("all", language),
        [_say(f"head.{column}", language) for column in ("name", "kind", "lies_in", "row")],
        [
            (name, kind, place or _say("nowhere", language), str(row))
            for name, kind, place, row in zip(
                names, kinds, rows["kommun"], rows["source_row"], strict=True
            )
        ],
        numeric=(3,),
        folded=True,
    )


def _called(subject: Subject, language: str) -> str:
    """What people call the places: bathing places, where they are known to be, else as their
    type."""
    known = subject.specification
    if known is None and subject.type in specifications.types():
        known = specifications.load(subject.type)
    return known.title[language] if known else _say("places", language)


def places(subject: Subject, findings: Sequence[Finding], language: str = "sv") -> Map:
    """The map of a subject with positions, and what the rules on geography found. Raises
    ``ValueError`` where the subject has no positions."""
    if subject.tables.main.geometry is None:
        raise ValueError("the subject has no positions")
    held = positions.read(subject, list(FIELDS))
    name = _called(subject, language)
    made = Map("places", subject.title, "", _say("source", language, file=subject.file))
    made.language, made.area = language, subject.area
    if subject.synthetic:
        made.notes.append(_say("synthetic", language))
    if held.aggregated:
        rows = held.rows[held.rows["kommunkod"].notna()]
        layer, table = _counted(rows, name, subject.k, language)
        made.layers, made.tables = [layer], [table]
        made.see = _say("see_counted", language)
        made.notes.append(_say("aggregated", language))
    else:
        _draw(made, held, name, *_systems(subject, language), findings)
    return made


def _rules_say(findings: Sequence[Finding], language: str) -> str:
    """What the rules on geography found, where none of them points to a place on the map."""
    of_places = [finding for finding in findings if finding.dimension == "geography"]
    said = outcome.sentence(of_places, language)
    return _say("see_rules", language, said=said[:1].lower() + said[1:])


def _view(
    lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], area: str | None
) -> tuple[Bounds | None, int]:
    """Where the map opens, and how many points lie too far off to be seen there: farther from the
    area, or from where most of the points lie, than it is wide or high itself. (None, 0) where
    that is all of them."""
    inside = in_sweden(lon, lat)
    if area:
        west, south, east, north = ground.bounds(area)
    elif inside.any():
        west, east = np.quantile(lon[inside], MOST)
        south, north = np.quantile(lat[inside], MOST)
    else:
        return None, 0
    wide, high = max(east - west, NARROWEST), max(north - south, NARROWEST / 2)
    seen = (
        (lon > west - wide) & (lon < east + wide) & (lat > south - high) & (lat < north + high)
    ) & inside
    if not seen.any():
        return None, 0
    corners = lon[seen].min(), lat[seen].min(), lon[seen].max(), lat[seen].max()
    west, south, east, north = (float(corner) for corner in corners)
    return (west, south, east, north), int((~seen).sum())


def _draw(
    made: Map,
    held: Positions,
    name: str,
    systems: list[str],
    apart: dict[int, float],
    findings: Sequence[Finding],
) -> None:
    """Put the single positions, what is wrong with them, and their tables and notes on the map."""
    rows, language = held.rows, made.language
    points = _points(rows, name, language)
    wrong, listed = _wrong(findings, rows, apart, language)
    made.layers = [points, *([wrong] if wrong else [])]
    made.tables = [*([listed] if listed else []), _by_municipality(points, rows, held, language)]
    if len(rows) <= LISTED:
        made.tables.append(_listing(rows, points, language))
    municipalities = rows["kommunkod"].nunique()
    see = _say("see", language, count=len(rows), municipalities=municipalities)
    see_wrong = (
        _say("see_found", language, count=len(wrong)) if wrong else _rules_say(findings, language)
    )
    made.see = f"{see} {see_wrong}"
    if held.withheld:
        made.notes.append(_say("withheld", language, count=held.withheld))
    if held.hidden:
        made.notes.append(_say("hidden", language, columns=", ".join(held.hidden)))
    if not in_sweden(points.lon, points.lat).any() and len(points):
        made.notes.append(_say("nothing_in_sweden", language))
    else:
        made.opening, far = _view(points.lon, points.lat, made.area)
        if far:
            made.notes.append(_say("far_off", language, count=far))
    made.notes += systems
