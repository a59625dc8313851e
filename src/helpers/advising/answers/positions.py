"""Where things lie: how many can be found on a map, and how far it is to the nearest from each
square of a kilometre. Some of a type have a name of their own in the question: a bathing place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import (
    LIST,
    ROWS,
    SQUARES,
    Answer,
    Ground,
    Mark,
    Said,
    protected,
)
from helpers.advising.answers.asking import MISLEADING, Asked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SIDE = 1000  # metres
BANDS = (1, 2, 5, 10, 20, 50)  # km, where one ends and the next begins
MOST_SQUARES = 200_000
SEVERAL = 10  # positions that can say where a file is of [our own bound]
NEARLY = 0.95  # of the positions lie in a place that a file is thought to be of [our own bound]
MOST_DRAWN, MOST_DOTS = 3000, 1500  # squares and dots of a map


@dataclass(frozen=True)
class Spots:
    """Positions that may be used, in EPSG:3006 metres, of ``rows`` in all. ``code``: the
    municipality of each, '' outside Sweden's; ``source_row``: the row of each in the file."""

    east: Floats
    north: Floats
    code: NDArray[Any]
    rows: int
    without: int
    withheld: int
    source_row: NDArray[Any]

    def within(self, area: str) -> NDArray[np.bool_]:
        """True for each position in the municipality, or the county, of that code."""
        import numpy as np  # 0.2 s

        return np.array([one.startswith(area) for one in self.code], bool)


def spots(asked: Asked) -> Spots | None:
    """The positions of the main table; None where it has none, or a mark forbids them all."""
    table, withheld = asked.snapshot.main, asked.screening.withheld(asked.snapshot.main)
    if table.geometry is None or withheld.every:
        return None
    import numpy as np  # 0.2 s
    from pyproj import Transformer  # 0.2 s

    from helpers.ground import geography, squares  # numpy: 0.2 s

    found = asked.connection.execute(
        "select source_row, placed_lon, placed_lat from asked"
    ).fetchnumpy()
    lon, lat = _degrees(found["placed_lon"]), _degrees(found["placed_lat"])
    placed = np.isfinite(lon) & np.isfinite(lat)
    kept = placed & ~np.isin(found["source_row"], sorted(withheld.rows))
    inside = kept & geography.in_sweden(lon, lat)
    code = np.full(len(lon), "", dtype=object)
    east, north = np.full(len(lon), np.nan), np.full(len(lon), np.nan)
    if inside.any():
        move = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform
        east[inside], north[inside] = move(lon[inside], lat[inside])
        corner = squares.square_of(lon[inside], lat[inside])
        code[inside] = squares.municipality_of(lon[inside], lat[inside], *corner)
    return Spots(
        east[kept],
        north[kept],
        code[kept],
        len(lon),
        int((~placed).sum()),
        int((placed & ~kept).sum()),
        np.asarray(found["source_row"])[kept],
    )


def _degrees(column: Any) -> Floats:
    """A column of DuckDB's, NaN where it is null."""
    import numpy as np  # 0.2 s

    degrees: Floats = np.asarray(np.ma.filled(np.ma.asarray(column, float), np.nan))
    return degrees


def home(placed: Spots) -> str | None:
    """The code of the municipality that nearly all usable positions lie in, else of the county;
    None where there is no such one."""
    import numpy as np  # 0.2 s

    known = placed.code[placed.code != ""].astype(str)
    for length in (4, 2):
        codes, counts = np.unique([code[:length] for code in known], return_counts=True)
        if len(known) >= SEVERAL and counts.max() >= NEARLY * len(known):
            return str(codes[counts.argmax()])
    return None


def _no_area(placed: Spots) -> list[Said]:
    """Why no municipality and no county is the one: they lie in several, or too few say it."""
    counties = {one[:2] for one in placed.code.tolist() if one}
    if len(counties) < 2:
        return [Said("why.no_area"), Said("needs.no_area")]
    return [Said("why.several_counties", {"count": len(counties)}), Said("needs.several_counties")]


def unplaced(asked: Asked, question: str) -> Answer:
    """Why nothing can be said of where things lie."""
    code = "no_positions" if asked.snapshot.main.geometry is None else "positions_marked"
    return Answer(question, why=[Said(f"why.{code}"), Said(f"needs.{code}")])


def found(asked: Asked, question: str) -> Answer:
    """How many can be found on a map, and do they lie with the publisher?"""
    placed = spots(asked)
    if placed is None:
        return unplaced(asked, question)
    sweden = int((placed.code != "").sum())
    own = int(placed.within(asked.area).sum()) if asked.area else sweden
    counts = {
        "own" if asked.area else "sweden": own,
        "elsewhere": sweden - own,
        "outside": len(placed.code) - sweden,
        "withheld": placed.withheld,
        "unplaced": placed.without,
    }
    marks = [Mark("", float(n), n, code) for code, n in counts.items() if n]
    marks = protected(marks, asked.people)
    first = next((mark for mark in marks if mark.code in ("own", "sweden")), None)
    if first is not None and first.value is None:
        return Answer(question, [], marks, LIST, ROWS)
    told: dict[str, Any] = {"count": own, "rows": placed.rows}
    code = "all" if own == placed.rows else "said"
    if not asked.area:
        code = "all_anywhere" if own == placed.rows else "anywhere"
    return Answer(question, [Said(f"places.positions.{code}", told)], marks, LIST, ROWS)


def nearest(asked: Asked, question: str) -> Answer:
    """How far is it to the nearest, as the crow flies, from each square of the publisher's land?"""
    placed = spots(asked)
    if placed is None:
        return unplaced(asked, question)
    area = asked.area or home(placed)
    if not area:
        return Answer(question, why=_no_area(placed))
    usable = placed.within(area)
    unusable = placed.rows - int(usable.sum())
    told: dict[str, Any] = {"count": unusable, "rows": placed.rows}
    if not usable.any() or unusable > MISLEADING * placed.rows:
        return Answer(question, why=[Said("why.unplaced", told), Said("needs.unplaced", told)])
    centres = _centres(area)
    if not len(centres):
        return Answer(question, why=[Said("why.no_area"), Said("needs.no_area")])
    import numpy as np  # 0.2 s

    known = placed.code != ""  # the nearest may lie in the next municipality
    metres = _distances(centres, placed.east[known], placed.north[known])
    inside = {
        "squares": len(metres),
        "km_half": float(np.quantile(metres, 0.5, method="inverted_cdf")) / 1000,
        "km_most": float(metres.max()) / 1000,
        "places": int(known.sum()),
    }
    code = "municipality" if len(area) == 4 else "county"
    spot = placed.east[usable], placed.north[usable]
    return Answer(
        question,
        [Said(f"places.nearest.{code}", inside)],
        _bands(metres),
        LIST,
        SQUARES,
        _nearest_doubts(asked, placed, code),
        ground=None if asked.people else _ground(centres, metres, *spot),
    )


def _nearest_doubts(asked: Asked, placed: Spots, code: str) -> list[Said]:
    """That the area is guessed, what is not used, what the distances are; ``code``: what the area
    is."""
    guessed = [] if asked.area else [Said(f"doubt.area_{code}")]
    left = placed.rows - int((placed.code != "").sum())
    unused = [Said("doubt.unplaced", {"count": left, "rows": placed.rows})] if left else []
    return [*guessed, *unused, Said("doubt.crow"), Said("doubt.squares"), *asked.doubts()]


def _ground(centres: NDArray[Any], metres: Floats, east: Floats, north: Floats) -> Ground:
    """The squares by how far it is, those side by side and alike together; of a large area the
    middle square of each block of several. Its places as dots."""
    import numpy as np  # 0.2 s

    corner = (centres // SIDE).astype(int)
    step = 1
    while len(corner) / step**2 > MOST_DRAWN:
        step += 1
    kept = ((corner % step) == step // 2).all(axis=1)
    band = np.searchsorted(np.array(BANDS) * 1000, metres[kept], side="right")
    corner = corner[kept] - step // 2
    squares: list[list[int]] = []
    for i in np.lexsort((corner[:, 0], corner[:, 1])):
        x, y, mark = int(corner[i, 0]), int(corner[i, 1]), int(band[i])
        last = squares[-1] if squares else None
        if last and last[1:2] + last[3:] == [y, mark] and last[0] + last[2] * step == x:
            last[2] += 1
        else:
            squares.append([x, y, 1, mark])
    side = SIDE * step
    drawn = [[x * SIDE, y * SIDE, n, mark] for x, y, n, mark in squares]
    spots_ = zip(east.tolist(), north.tolist(), strict=True)
    dots = [[round(x), round(y), -1] for x, y in spots_] if len(east) <= MOST_DOTS else []
    return Ground(side, drawn, dots)


def _centres(area: str) -> NDArray[Any]:
    """The middle (east, north) of each square of a kilometre whose middle is on the area's land;
    none where the area is not known or too large."""
    import numpy as np  # 0.2 s
    import shapely  # 0.2 s

    from helpers.ground import geography  # numpy: 0.2 s

    shapes = geography.land()
    own = shapes[shapes["kommunkod"].str.startswith(area) & (shapes["kommunkod"] != "")]
    middles = []
    for outline in own.geometry:
        west, south, east, north = (int(edge // SIDE) for edge in outline.bounds)
        if (east - west + 1) * (north - south + 1) > MOST_SQUARES:
            return np.empty((0, 2))
        x, y = np.meshgrid(np.arange(west, east + 1) + 0.5, np.arange(south, north + 1) + 0.5)
        x, y = x.ravel() * SIDE, y.ravel() * SIDE
        shapely.prepare(outline)
        on_land = shapely.contains_xy(outline, x, y)
        middles.append(np.column_stack([x[on_land], y[on_land]]))
    return np.concatenate(middles) if middles else np.empty((0, 2))


def _distances(centres: NDArray[Any], east: Floats, north: Floats) -> Floats:
    """Metres from each centre to the nearest position."""
    import numpy as np  # 0.2 s
    import shapely  # 0.2 s

    tree: Any = shapely.STRtree(shapely.points(east, north))
    near = tree.nearest(shapely.points(centres))
    return np.hypot(centres[:, 0] - east[near], centres[:, 1] - north[near])


def _bands(metres: Floats) -> list[Mark]:
    """How many squares lie how far away; none beyond the farthest."""
    marks, low = [], 0
    for high in BANDS:
        count = int(((metres >= low * 1000) & (metres < high * 1000)).sum())
        marks.append(Mark(f"{low}–{high} km", float(count), count))
        low = high
    beyond = int((metres >= low * 1000).sum())
    if beyond:
        return [*marks, Mark("", float(beyond), beyond, "beyond", low)]
    while marks and not marks[-1].rows:
        marks.pop()
    return marks
