"""What operators report as available, by municipality: a layer for each technology and a table;
never subtracted from measurements."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.drawing import ground
from helpers.drawing.layers import Areas, Fact, Kind, Table
from helpers.drawing.numbers.availability import Reported
from helpers.words import messages

LIMITS = (50, 80, 95, 99)  # per cent: the classes of the map
DRAWN = 4  # technologies, those with most municipalities


def _say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.broadband.available.{key}", language, **values)


def available(
    report: Reported | None, language: str, *, beside: bool
) -> tuple[list[Areas], Table | None]:
    """Layers and table of what was reported; none where nothing was. ``beside`` measurements none
    is shown at first, else the first is."""
    if report is None:
        return [], None
    rows = [tuple("–" if cell is None else str(cell) for cell in row) for row in report.rows]
    table = Table(_say("title", language), report.head, rows, _say("how", language), folded=True)
    return _layers(report.shares, language, beside), table


def _layers(drawn: list[tuple[str, str, float]], language: str, beside: bool) -> list[Areas]:
    shapes = ground.municipalities()
    index_of = {
        str(key): i for column in ("kommun", "kommunkod") for i, key in enumerate(shapes[column])
    }
    by_technology: dict[str, dict[int, float]] = {}
    for technology, place, share in drawn:
        if place in index_of:
            by_technology.setdefault(technology, {})[index_of[place]] = share
    most = sorted(by_technology, key=lambda key: (-len(by_technology[key]), key))[:DRAWN]
    ends = ["<\u00a050\u00a0%", "50–80\u00a0%", "80–95\u00a0%", "95–99\u00a0%", "≥\u00a099\u00a0%"]
    kinds = [Kind(end, f"s{i + 1}") for i, end in enumerate(ends)]
    how = [_say(key, language) for key in (("note", "latest") if beside else ("latest",))]
    if len(by_technology) > len(most):
        how += [_say("drawn", language, count=len(most), total=len(by_technology))]
    layers = []
    for number, technology in enumerate(most):
        places = ground.drawn(shapes.iloc[list(by_technology[technology])])
        shares = list(by_technology[technology].values())
        title = (
            _say("layer", language, technology=technology)
            if technology
            else _say("layer_all", language)
        )
        layers.append(
            Areas(
                key=f"available_{number + 1}",
                title=title,
                kinds=kinds,
                kind=np.searchsorted(LIMITS, shares, side="right"),
                shapes=list(places.geometry),
                labels=list(places["kommun"]),
                shown=not (beside or number),
                note=" ".join(how),
                facts=[Fact(_say("share", language), shares, "%", 1)],
            )
        )
    return layers
