"""The map of journeys between places, or their matrix where no place has a position; hidden numbers
are in neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from helpers.drawing.charts.svg import paint
from helpers.drawing.layers import Fact, Kind, Layer, Lines, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.timetable_texts import TimetableTexts
from helpers.traffic.flows import REST, Flows
from helpers.words import messages
from helpers.words.display import OUT_OF_SIGHT
from helpers.words.escaping import html, shown

BEND = 0.12  # how far a flow bends to its right, in lengths of it: the two directions lie apart
MOST_FLOWS = 600
SIDE, LEFT, TOP = 26, 150, 120  # of the matrix, pixels


@dataclass
class Matrix:
    """Journeys between places as a picture and a table, where there is no map to draw."""

    title: str
    see: str
    source: str
    notes: list[str]
    names: list[str]
    counts: np.ndarray[Any, Any]  # -1 where hidden
    table: Table
    language: str

    def _svg(self) -> str:
        most = max(1, int(self.counts.max(initial=1)))
        n = len(self.names)
        parts = [
            (
                f'<svg viewBox="0 0 {LEFT + n * SIDE} {TOP + n * SIDE}" role="img"'
                f' aria-label="{html(self.see)}"'
                f' style="max-width:{LEFT + n * SIDE}px;width:100%;height:auto;'
                'font:11px system-ui,sans-serif;color:inherit">'
                '<defs><pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse"'
                ' patternTransform="rotate(45)">'
                '<path d="M1 0V6" stroke="currentColor" stroke-opacity=".55"/></pattern></defs>'
            )
        ]
        for i, name in enumerate(self.names):
            middle = i * SIDE + SIDE / 2
            text = html(shown(name) if len(name) <= 22 else shown(name)[:21] + "…")
            parts.append(
                f'<text x="{LEFT - 6}" y="{TOP + middle + 4}" text-anchor="end"'
                f' fill="currentColor">{text}</text>'
            )
            parts.append(
                f'<text transform="translate({LEFT + middle + 4},{TOP - 6}) rotate(-60)"'
                f' fill="currentColor">{text}</text>'
            )
        for (i, j), count in np.ndenumerate(self.counts):
            fill = "url(#hidden)" if count < 0 else paint("accent")
            opacity = (
                1 if count < 0 else 0.06 + 0.94 * float(np.sqrt(count / most)) if count else 0.03
            )
            parts.append(
                f'<rect x="{LEFT + j * SIDE}" y="{TOP + i * SIDE}" width="{SIDE - 1}"'
                f' height="{SIDE - 1}" fill="{fill}" fill-opacity="{opacity:.2f}"/>'
            )
        return "".join(parts) + "</svg>"

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="text-align:right">{html(shown(name))}</th>'
            for name in self.table.head[1:]
        )
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{html(shown(row[0]))}</th>'
            + "".join(f'<td style="text-align:right">{html(cell)}</td>' for cell in row[1:])
            + "</tr>"
            for row in self.table.rows
        )
        notes = "".join(f'<p class="note">{html(note)}</p>' for note in self.notes)
        source = (
            f'<p class="soft">{html(messages.text("maps.page.source", self.language))}:'
            f" {html(shown(self.source))}</p>"
        )
        return (
            f"<p>{html(shown(self.see))}</p>{notes}<div>{self._svg()}</div>{source}"
            f"<p>{html(self.table.title)}</p>"
            f'<div class="scroll" tabindex="0" role="region" aria-label="{html(self.table.title)}">'
            f'<table><caption class="vh" style="{OUT_OF_SIGHT}">{html(self.table.title)}</caption>'
            "<thead><tr>"
            f'<th scope="col" style="text-align:left">{html(self.table.head[0])}</th>{head}'
            f"</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def __repr__(self) -> str:
        return "\n".join(
            [
                self.title,
                self.see,
                " | ".join(self.table.head),
                *(" | ".join(row) for row in self.table.rows),
            ]
        )


def _bent(start: tuple[float, float], end: tuple[float, float]) -> Any:
    """A path from place to place that bends to the right; the longitudes drawn in by the cosine of
    the latitude."""
    scale = np.array([np.cos(np.radians((start[1] + end[1]) / 2)), 1.0])
    a, b = np.array(start) * scale, np.array(end) * scale
    aside = np.array([(b - a)[1], -(b - a)[0]]) * BEND
    middle = (a + b) / 2 + 2 * aside
    t = np.linspace(0, 1, 17)[:, None]
    return shapely.LineString(((1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b) / scale)


def _names(flows: Flows, say: TimetableTexts) -> list[str]:
    return [
        say("journeys.rest", count=flows.rest) if name == REST else name for name in flows.places
    ]


def _table(flows: Flows, names: list[str], say: TimetableTexts) -> Table:
    def cell(i: int, j: int) -> str:
        count = int(flows.table[i, j])
        total = i == len(names) or j == len(names)
        if count < 0:
            return say("journeys.cell_hidden")
        return say.number(count) if total or flows.listed[i, j] else ""

    head = [say("journeys.from"), *names, say("journeys.sum")]
    rows = [
        [name, *(cell(i, j) for j in range(len(names) + 1))]
        for i, name in enumerate([*names, say("journeys.sum")])
    ]
    return Table(say("journeys.table"), head, rows, numeric=tuple(range(1, len(head))))


def _notes(flows: Flows, say: TimetableTexts) -> list[str]:
    notes = [
        (
            say("journeys.hidden", count=flows.hidden, k=flows.k)
            if flows.hidden
            else say("journeys.all_shown", k=flows.k)
        )
    ]
    notes += [say("journeys.rest_note", kept=len(flows.places) - 1)] if flows.rest else []
    notes += [say("journeys.left_out", count=flows.rows_left_out)] if flows.rows_left_out else []
    notes += [say("journeys.counts_rows")] if flows.counts_rows else []
    return notes


def _layers(flows: Flows, names: list[str], say: TimetableTexts) -> list[Layer]:
    return [_flow_layer(flows, names, say), _place_layer(flows, names, say)]


def _flow_layer(flows: Flows, names: list[str], say: TimetableTexts) -> Lines:
    """A line for each pair of places with positions and journeys, those with most on top."""
    placed = np.flatnonzero(flows.placed)
    pairs = [
        (int(i), int(j))
        for i in placed
        for j in placed
        if i != j and flows.listed[i, j] and flows.table[i, j] != 0
    ]
    pairs.sort(key=lambda pair: int(flows.table[pair]))
    pairs = pairs[-MOST_FLOWS:]
    counts = [int(flows.table[pair]) if flows.table[pair] > 0 else None for pair in pairs]
    most = max((count for count in counts if count), default=1)
    spots = list(zip(flows.lon.tolist(), flows.lat.tolist(), strict=True))
    return Lines(
        key="flows",
        title=say("journeys.title"),
        kinds=[
            Kind(say("journeys.flow"), "a"),
            Kind(say("journeys.hidden_kind", k=flows.k), "none", "dashed"),
        ],
        kind=[int(count is None) for count in counts],
        shapes=[_bent(spots[i], spots[j]) for i, j in pairs],
        width=[1.5 if count is None else 1.5 + 10 * (count / most) ** 0.5 for count in counts],
        labels=[say("journeys.between", source=names[i], target=names[j]) for i, j in pairs],
        facts=[Fact(say("journeys.fact.count"), counts)],
    )


def _place_layer(flows: Flows, names: list[str], say: TimetableTexts) -> Points:
    """The places with positions, larger the more journeys begin or end there."""
    total, placed = len(names), np.flatnonzero(flows.placed)

    def totals(along: np.ndarray[Any, Any]) -> list[str]:
        return [
            say.number(along[i]) if along[i] >= 0 else say("journeys.cell_hidden") for i in placed
        ]

    volume = np.array(
        [sum(max(0, int(flows.table[pair])) for pair in ((i, total), (total, i))) for i in placed],
        float,
    )
    return Points(
        key="places",
        title=say("journeys.places"),
        kinds=[Kind(say("journeys.places"), "b", shape="circle")],
        lon=flows.lon[placed],
        lat=flows.lat[placed],
        labels=[names[i] for i in placed],
        size=12 + 20 * np.sqrt(volume / max(volume.max(initial=1), 1)),
        clustered=False,
        facts=[
            Fact(say("journeys.fact.from"), totals(flows.table[:, total])),
            Fact(say("journeys.fact.to"), totals(flows.table[total, :])),
        ],
    )


def draw(flows: Flows, *, title: str, file: str, language: str, area: str | None) -> Map | Matrix:
    """The map of the flows whose places have positions; a matrix where fewer than half of the
    places have one."""
    say = TimetableTexts(language)
    names = _names(flows, say)
    see, source = _see(flows, names, say), say("journeys.source", file=file)
    known = len(names) - bool(flows.rest)
    if flows.placed.sum() * 2 < known or flows.placed.sum() < 2:
        return Matrix(
            title,
            see,
            source,
            [say("journeys.matrix"), *_notes(flows, say)],
            names,
            flows.table[:-1, :-1],
            _table(flows, names, say),
            language,
        )
    notes = [say("journeys.positions"), *_notes(flows, say)]
    unplaced = [name for name, placed in zip(names, flows.placed, strict=True) if not placed]
    if unplaced:
        notes.append(say("journeys.unplaced", count=len(unplaced), names=", ".join(unplaced[:8])))
    return Map(
        "mobility",
        title,
        see,
        source,
        _layers(flows, names, say),
        [_table(flows, names, say)],
        notes,
        language,
        area,
    )


def _see(flows: Flows, names: list[str], say: TimetableTexts) -> str:
    """What to see: all journeys, and the pair of places with most of them."""
    table, total = flows.table[:-1, :-1], int(flows.table[-1, -1])
    if not table.size or table.max() <= 0:
        return say("journeys.see_none", places=len(names))
    start, end = np.unravel_index(int(table.argmax()), table.shape)
    return say(
        "journeys.see" if total >= 0 else "journeys.see_no_total",
        total=total,
        places=len(names),
        most=say("journeys.between", source=names[start], target=names[end]),
        count=int(table[start, end]),
    )
