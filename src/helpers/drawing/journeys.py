"""The map of journeys between places, or their matrix where no place has a position; hidden numbers
are in neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from helpers.drawing.layers import Fact, Kind, Layer, Lines, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.timetable_texts import Said
from helpers.traffic.flows import REST, Flows
from helpers.words import messages
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
            f'<svg viewBox="0 0 {LEFT + n * SIDE} {TOP + n * SIDE}" role="img"'
            f' aria-label="{html(self.see)}"'
            f' style="max-width:{LEFT + n * SIDE}px;width:100%;height:auto;font:11px'
            ' system-ui,sans-serif;color:inherit"><defs><pattern id="hidden" width="6" height="6"'
            ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 0V6"'
            ' stroke="currentColor" stroke-opacity=".55"/></pattern></defs>'
        ]
        for i, name in enumerate(self.names):
            at = i * SIDE + SIDE / 2
            text = html(shown(name) if len(name) <= 22 else shown(name)[:21] + "…")
            parts.append(
                f'<text x="{LEFT - 6}" y="{TOP + at + 4}" text-anchor="end"'
                f' fill="currentColor">{text}</text>'
            )
            parts.append(
                f'<text transform="translate({LEFT + at + 4},{TOP - 6}) rotate(-60)"'
                f' fill="currentColor">{text}</text>'
            )
        for (i, j), count in np.ndenumerate(self.counts):
            fill = "url(#hidden)" if count < 0 else "#2a76a6"
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
        told = "".join(f'<p class="note">{html(note)}</p>' for note in self.notes)
        source = (
            f'<p class="soft">{html(messages.text("maps.page.source", self.language))}:'
            f" {html(shown(self.source))}</p>"
        )
        return (
            f"<p>{html(shown(self.see))}</p>{told}<div>{self._svg()}</div>{source}<p>{html(self.table.title)}</p>"
            '<div class="scroll" tabindex="0" role="region"'
            f' aria-label="{html(self.table.title)}"><table><thead><tr>'
            '<th scope="col"'
            f' style="text-align:left">{html(self.table.head[0])}</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
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


def _names(found: Flows, say: Said) -> list[str]:
    return [
        say("journeys.rest", count=found.rest) if name == REST else name for name in found.places
    ]


def _table(found: Flows, names: list[str], say: Said) -> Table:
    def cell(i: int, j: int) -> str:
        count = int(found.table[i, j])
        total = i == len(names) or j == len(names)
        if count < 0:
            return say("journeys.cell_hidden")
        return say.number(count) if total or found.listed[i, j] else ""

    head = [say("journeys.from"), *names, say("journeys.sum")]
    rows = [
        [name, *(cell(i, j) for j in range(len(names) + 1))]
        for i, name in enumerate([*names, say("journeys.sum")])
    ]
    return Table(say("journeys.table"), head, rows, numeric=tuple(range(1, len(head))))


def _notes(found: Flows, say: Said) -> list[str]:
    notes = [
        (
            say("journeys.hidden", count=found.hidden, k=found.k)
            if found.hidden
            else say("journeys.all_shown", k=found.k)
        )
    ]
    notes += [say("journeys.rest_note", kept=len(found.places) - 1)] if found.rest else []
    notes += [say("journeys.left_out", count=found.rows_left_out)] if found.rows_left_out else []
    notes += [say("journeys.counts_rows")] if found.counts_rows else []
    return notes


def _layers(found: Flows, names: list[str], say: Said) -> list[Layer]:
    n, placed = len(names), np.flatnonzero(found.placed)
    pairs = [
        (int(i), int(j))
        for i in placed
        for j in placed
        if i != j and found.listed[i, j] and found.table[i, j] != 0
    ]
    pairs.sort(key=lambda at: int(found.table[at]))
    pairs = pairs[-MOST_FLOWS:]
    counts = [int(found.table[at]) if found.table[at] > 0 else None for at in pairs]
    most = max((one for one in counts if one), default=1)
    spots = list(zip(found.lon.tolist(), found.lat.tolist(), strict=True))
    kinds = [
        Kind(say("journeys.flow"), "a"),
        Kind(say("journeys.hidden_kind", k=found.k), "none", "dashed"),
    ]
    width = [1.5 if one is None else 1.5 + 10 * (one / most) ** 0.5 for one in counts]
    between = [say("journeys.between", source=names[i], target=names[j]) for i, j in pairs]
    flows = Lines(
        key="flows",
        title=say("journeys.title"),
        kinds=kinds,
        kind=[int(one is None) for one in counts],
        shapes=[_bent(spots[i], spots[j]) for i, j in pairs],
        width=width,
        labels=between,
        facts=[Fact(say("journeys.fact.count"), counts)],
    )

    def totals(line: np.ndarray[Any, Any]) -> list[str]:
        return [
            say.number(line[i]) if line[i] >= 0 else say("journeys.cell_hidden") for i in placed
        ]

    volume = np.array(
        [sum(max(0, int(found.table[at])) for at in ((i, n), (n, i))) for i in placed], float
    )
    kind = Kind(say("journeys.places"), "b", shape="circle")
    facts = [
        Fact(say("journeys.fact.from"), totals(found.table[:, n])),
        Fact(say("journeys.fact.to"), totals(found.table[n, :])),
    ]
    places = Points(
        key="places",
        title=say("journeys.places"),
        kinds=[kind],
        lon=found.lon[placed],
        lat=found.lat[placed],
        labels=[names[i] for i in placed],
        size=12 + 20 * np.sqrt(volume / max(volume.max(initial=1), 1)),
        clustered=False,
        facts=facts,
    )
    return [flows, places]


def draw(found: Flows, *, title: str, file: str, language: str, area: str | None) -> Map | Matrix:
    """The map of the flows whose places have positions; a matrix where fewer than half of the
    places have one."""
    say = Said(language)
    names, table = _names(found, say), found.table[:-1, :-1]
    source = say("journeys.source", file=file)
    best = (
        np.unravel_index(int(table.argmax()), table.shape)
        if table.size and table.max() > 0
        else None
    )
    if best is None:
        see = say("journeys.see_none", places=len(names))
    else:
        most = say("journeys.between", source=names[best[0]], target=names[best[1]])
        key = "see" if found.table[-1, -1] >= 0 else "see_no_total"
        see = say(
            f"journeys.{key}",
            total=int(found.table[-1, -1]),
            places=len(names),
            most=most,
            count=int(table[best]),
        )
    known = len(names) - bool(found.rest)
    if found.placed.sum() * 2 < known or found.placed.sum() < 2:
        return Matrix(
            title,
            see,
            source,
            [say("journeys.matrix"), *_notes(found, say)],
            names,
            table,
            _table(found, names, say),
            language,
        )
    notes = [say("journeys.positions"), *_notes(found, say)]
    unplaced = [name for name, has in zip(names, found.placed, strict=True) if not has]
    if unplaced:
        notes.append(say("journeys.unplaced", count=len(unplaced), names=", ".join(unplaced[:8])))
    return Map(
        "mobility",
        title,
        see,
        source,
        _layers(found, names, say),
        [_table(found, names, say)],
        notes,
        language,
        area,
    )
