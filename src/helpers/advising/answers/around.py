"""What lies around: within 500 metres of a point as the crow flies, and in which municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import (
    LIST,
    METRES,
    ROWS,
    Answer,
    Ground,
    Mark,
    Said,
    protected,
)
from helpers.advising.answers.asking import MISLEADING, Asked
from helpers.advising.answers.counting import MOST, greatest, tied
from helpers.advising.answers.positions import MOST_DOTS, Spots, spots, unplaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

RADIUS = 500  # metres
AROUND = 4  # how many times farther a map shows


def within(asked: Asked, question: str) -> Answer:
    """What lies within 500 metres of the point that is asked for, else of the middle of all: the
    median of their positions east and north."""
    placed = spots(asked)
    if placed is None:
        return unplaced(asked, question)
    import numpy as np  # 0.2 s

    inside = placed.within(asked.area) if asked.area else placed.code != ""
    sought = asked.wanted.point.strip()
    middle = _point(sought) if sought else _middle(placed, inside)
    if middle is None:
        code = "no_point" if sought else "unplaced" if asked.area else "unplaced_anywhere"
        told: dict[str, Any] = {"text": sought, "count": placed.rows, "rows": placed.rows}
        needs = "no_point" if sought else "unplaced"
        return Answer(question, why=[Said(f"why.{code}", told), Said(f"needs.{needs}", told)])
    metres = np.hypot(placed.east - middle[0], placed.north - middle[1])
    near = np.flatnonzero((metres <= RADIUS) & (placed.code != ""))
    near = near[np.argsort(metres[near], kind="stable")]
    marks = _nearest(asked, placed, near[:MOST], metres)
    lat, lon = _degrees(*middle)
    told = {"count": len(near), "rows": int((placed.code != "").sum())}
    told |= {"n": RADIUS, "text_point": f"{lat:.4f}, {lon:.4f}"}
    code = "chosen" if sought else "middle"
    doubts = [Said("doubt.crow_point")]
    left = placed.rows - int((placed.code != "").sum())
    if left:
        doubts.insert(0, Said("doubt.unplaced", {"count": left, "rows": placed.rows}))
    if len(near) > MOST:
        doubts.append(Said("doubt.farther", {"count": len(near) - MOST}))
    if asked.people:
        return Answer(question, why=[Said("why.positions_marked"), Said("needs.positions_marked")])
    return Answer(
        question,
        [Said(f"{question}.{code}", told)],
        marks,
        LIST,
        METRES,
        doubts,
        ground=_ground(placed, middle, metres),
    )


def _nearest(asked: Asked, placed: Spots, near: NDArray[Any], metres: Any) -> list[Mark]:
    """The nearest by name, with how far it is to each; by number where no name may be shown."""
    names: dict[int, str] = {}
    if asked.has("name") and len(near):
        wanted = ", ".join(str(int(placed.source_row[i])) for i in near)
        query = f"select source_row, name::varchar from asked where source_row in ({wanted})"
        names = {int(row): name for row, name in asked.rows(query) if name}
    marks = []
    for number, i in enumerate(near, 1):
        name = names.get(int(placed.source_row[i]))
        how_far = float(round(metres[i]))
        marks.append(
            Mark(name, how_far, 1) if name else Mark("", how_far, 1, "nearest_rank", number)
        )
    return marks


def _middle(placed: Spots, inside: Any) -> tuple[float, float] | None:
    import numpy as np  # 0.2 s

    usable = int(inside.sum())
    if not usable or placed.rows - usable > MISLEADING * placed.rows:
        return None
    return float(np.median(placed.east[inside])), float(np.median(placed.north[inside]))


def _point(text: str) -> tuple[float, float] | None:
    """East and north of "latitude, longitude"; None where it is no point in Sweden's box."""
    import numpy as np  # 0.2 s
    from pyproj import Transformer  # 0.2 s

    from helpers.ground import geography  # numpy: 0.2 s

    try:
        lat, lon = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        return None
    if not geography.in_sweden(np.array([lon]), np.array([lat]))[0]:
        return None
    move = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform
    east, north = move(lon, lat)
    return float(east), float(north)


def _degrees(east: float, north: float) -> tuple[float, float]:
    from pyproj import Transformer  # 0.2 s

    back = Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True).transform
    lon, lat = back(east, north)
    return float(lat), float(lon)


def _ground(placed: Spots, middle: tuple[float, float], metres: Any) -> Ground | None:
    """The point with its circle, and what lies within some kilometres of it: 0 within the circle,
    else -1."""
    import numpy as np  # 0.2 s

    near = np.flatnonzero((metres <= RADIUS * AROUND) & (placed.code != ""))
    if len(near) > MOST_DOTS:
        return None
    dots = [
        [round(placed.east[i]), round(placed.north[i]), 0 if metres[i] <= RADIUS else -1]
        for i in near
    ]
    return Ground(dots=dots, centre=[round(middle[0]), round(middle[1]), RADIUS])


def municipalities(asked: Asked, question: str) -> Answer:
    """In which municipalities do they lie?"""
    placed = spots(asked)
    if placed is None:
        return unplaced(asked, question)
    import numpy as np  # 0.2 s

    from helpers.ground import geography  # numpy: 0.2 s

    known = placed.code[placed.code != ""]
    left = placed.rows - len(known)
    told: dict[str, Any] = {"count": left, "rows": placed.rows}
    if not len(known) or left > MISLEADING * placed.rows:
        return Answer(question, why=[Said("why.unplaced_anywhere", told), Said("needs.unplaced")])
    shapes = geography.municipalities()
    names = dict(zip(shapes["kommunkod"], shapes["kommun"], strict=True))
    codes, counts = np.unique(known.astype(str), return_counts=True)
    order = sorted(zip(counts.tolist(), codes.tolist(), strict=True), key=lambda p: (-p[0], p[1]))
    marks = [Mark(str(names.get(code, code)), float(n), n) for n, code in order[:MOST]]
    rest = sum(n for n, _ in order[MOST:])
    if rest:
        marks.append(Mark("", float(rest), rest, "others", len(order) - MOST))
    marks = protected(marks, asked.people)
    top = greatest([mark for mark in marks if not mark.code])
    figures: dict[str, Any] = {"rows": len(known), "different": len(order)}
    said = []
    if top:
        figures |= {"name": top.label, "count": int(top.value or 0)}
        how = "only" if len(order) == 1 else "tied" if tied(marks) else "said"
        said = [Said(f"places.municipalities.{how}", figures)]
    doubts = [Said("doubt.unplaced", told)] if left else []
    return Answer(question, said, marks, LIST, ROWS, doubts)
