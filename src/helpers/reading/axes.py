"""Which columns of a table hold positions: by their names and numbers together, by numbers that
land on Swedish municipalities, or both numbers in one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import numpy as np

from helpers.ground import geography
from helpers.reading import databases
from helpers.reading.snapshot import Column

MOST = 0.9  # a share that settles it
LATITUDE = re.compile(
    r"(?:^|[^a-z])lat(?:itude|itud)?(?:[^a-z]|$)|latitud|wgs84.?n|north|nord|stop_lat", re.I
)
LONGITUDE = re.compile(
    r"(?:^|[^a-z])(?:lon|lng|long)(?:gitude|gitud)?(?:[^a-z]|$)|longitud|wgs84.?(?:e|o)"
    r"|east|(?:^|_)ost|öst|stop_lon",
    re.I,
)
PLAIN = re.compile(r"(?:stop_)?(?:lat(?:itude|itud)?|lon(?:gitude|gitud)?|lng|long)", re.I)
NORTH = re.compile(
    r"(?:^|[^a-z])x(?:[^a-z]|$)|north|nord|x.?koord|koord.?x|(?:^|[_ -])n(?:[_ -]|$)"
    r"|rt90.?x|sweref.{0,4}(?:n|x)(?:$|[^a-z])",
    re.I,
)
EAST = re.compile(
    r"(?:^|[^a-z])y(?:[^a-z]|$)|east|(?:^|_|\b)ost|öst|y.?koord|koord.?y|(?:^|[_ -])e(?:[_ -]|$)"
    r"|rt90.?y|sweref.{0,4}(?:e|y)(?:$|[^a-z])",
    re.I,
)
# Sweden with its sea, in degrees and in metres of SWEREF 99, RT 90 and Web Mercator
LAT, LON = (54.0, 70.0), (9.0, 25.5)
NORTHING, EASTING = (6_080_000.0, 10_900_000.0), (20_000.0, 2_720_000.0)
NUMBER, COMMA_NUMBER = r"-?\d{1,7}(?:\.\d+)?", r"-?\d{1,7},\d+"
# Two numbers in one cell: with points, with decimal commas. Shapes are read in module ``shapes``.
PAIRS = (
    rf'^\s*[(\[]?\s*"?({NUMBER})"?\s*[,;/ ]\s*"?({NUMBER})"?\s*[)\]]?\s*$',
    # in brackets a height may stand behind, in some of the cells
    (
        rf'^\s*[(\[]\s*"?({NUMBER})"?\s*[,;/ ]\s*"?({NUMBER})"?'
        rf'(?:\s*[,;/ ]\s*"?{NUMBER}"?)?\s*[)\]]\s*$'
    ),
    # without them where the cells are of two numbers, of which a few have a height
    rf"^\s*({NUMBER})\s*[,;/ ]\s*({NUMBER})(?:\s*[,;/ ]\s*{NUMBER})?\s*$",
    rf"^\s*[(\[]?\s*({COMMA_NUMBER})(?:\s*[;/]\s*|,?\s+)({COMMA_NUMBER})\s*[)\]]?\s*$",
)
TAILED = 2  # of these, the one that may have a third number without brackets
PLACE = re.compile(r"koord|coord|geo|posit|plats|punkt|point|location|lat.?lon|lon.?lat", re.I)
# RE2: 56°9'36.5"N, 56.16° N, N 6224102
WRITTEN = (
    r"^\s*[NSEWOÖV]?\s*\d{1,3}(?:[.,]\d+)?\s*[°º]\s*(?:\d{1,2}(?:[.,]\d+)?\s*['′´’].*)?[NSEWOÖV]\b"
    r"|^\s*[NSEWOÖV]\s*\d{1,3}(?:[.,]\d+)?\s*[°º]"
    r"|^\s*[NEXY][ :=]\s*\d{6,7}(?:[.,]\d+)?\s*$"
)
# and nothing but a position
SURELY = r"\d\s*[°º]\s*\d{1,2}(?:[.,]\d+)?\s*['′´’].*[NSEWOÖV]\b"
# 56 10.023: degrees and minutes of one number
MINUTES = re.compile(r"\D{0,2}\d{1,2} \d{1,2}[.,]\d+\D{0,2}\Z")
NUMBERS_AT = 20_000  # rows whose numbers are looked at
HELD = 4_000_000  # numbers at a time
FEW_PAIRS = 12  # columns of numbers that may be north, and as many east: each pair is tried
LOOKED_AT = 500


@dataclass(frozen=True)
class Pair:
    """Expressions of east and north, and the columns that they come from."""

    east: str
    north: str
    columns: list[str]
    told: str | None = None  # the repair that tells how they were found


def is_axis(name: str) -> bool:
    """True for a column that is called as one axis of a position is."""
    return any(pattern.search(name) for pattern in (LATITUDE, LONGITUDE, NORTH, EAST))


def have_axes(names: list[str]) -> bool:
    """True where two columns are called as the axes of a position are."""
    pairs = ((LATITUDE, LONGITUDE), (NORTH, EAST))
    return any(
        any(map(north.search, names)) and any(map(east.search, names)) for north, east in pairs
    )


def _numbers(column: Column) -> bool:
    return column.type in ("decimal", "integer")


def _within(
    column: Column, bounds: tuple[float, float], ranges: dict[str, tuple[float, float]]
) -> bool:
    """True where the column's usual numbers lie between the bounds."""
    low, high = ranges[column.name]
    return bounds[0] <= low and high <= bounds[1]


def _likely(
    numbers: list[Column],
    pattern: re.Pattern[str],
    bounds: tuple[float, float],
    ranges: dict[str, tuple[float, float]],
) -> list[Column]:
    """Columns in degrees that are called so: those in Sweden before others, and a plain name before
    a part of one: avg_lat_ms is a latency."""
    named = [
        column
        for column in numbers
        if pattern.search(column.name) and _within(column, (-180, 180), ranges)
    ]
    return sorted(
        named,
        key=lambda column: (
            not _within(column, bounds, ranges),
            PLAIN.fullmatch(column.name) is None,
        ),
    )


def _named(columns: list[Column], ranges: dict[str, tuple[float, float]]) -> list[Pair]:
    """Pairs by name and number; a pair in degrees first, then those in metres, in the order of
    their columns."""
    numbers = [column for column in columns if _numbers(column) and column.name in ranges]
    degrees = [column for column in numbers if _within(column, (-180, 180), ranges)]
    pairs: list[Pair] = []
    used: set[str] = set()

    def take(norths: list[Column], easts: list[Column]) -> None:
        norths = [column for column in norths if column.name not in used]
        easts = [column for column in easts if column.name not in used and column not in norths[:1]]
        if norths and easts:
            north = norths[0]
            # of several, the east that stands nearest to the north
            east = min(easts, key=lambda column: abs(column.position - north.position))
            used.update((north.name, east.name))
            pairs.append(Pair(east.value, north.value, [east.name, north.name]))

    def called(
        among: list[Column], pattern: re.Pattern[str], bounds: tuple[float, float]
    ) -> list[Column]:
        return [c for c in among if pattern.search(c.name) and _within(c, bounds, ranges)]

    take(_likely(numbers, LATITUDE, LAT, ranges), _likely(numbers, LONGITUDE, LON, ranges))
    # Swedish order first: X is north
    for north, east in 3 * ((NORTH, EAST), (EAST, NORTH), (LATITUDE, LONGITUDE)):
        take(called(numbers, north, NORTHING), called(numbers, east, EASTING))
    for north, east in ((NORTH, EAST), (EAST, NORTH)):
        take(called(degrees, north, LAT), called(degrees, east, LON))
    return pairs


def _ranges(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> dict[str, tuple[float, float]]:
    """The 10th and 90th percentile of each named number column: a few wrong points do not hide a
    coordinate column."""
    numbers = [column for column in columns if _numbers(column)]
    names = [
        column
        for column in numbers
        if any(pattern.search(column.name) for pattern in (LATITUDE, LONGITUDE, NORTH, EAST))
    ]
    if not names:
        return {}
    parts = [
        f"quantile_cont({column.value}, [0.1, 0.9]) filter (where {column.value} <> 0)"
        for column in names
    ]
    quantiles = connection.execute(
        f"select {', '.join(parts)} from {databases.quoted(target)}"
    ).fetchone()
    assert quantiles is not None
    return {
        column.name: (float(bounds[0]), float(bounds[1]))
        for column, bounds in zip(names, quantiles, strict=True)
        if bounds and bounds[0] is not None
    }


def _cells_of_numbers(
    connection: duckdb.DuckDBPyConnection, target: Path, column: Column
) -> list[str]:
    """Cells that may hold two numbers; none where less than nine filled cells in ten may."""
    sample = connection.execute(rf"""
        select trim({column.text})
        from (select {column.text} from {databases.quoted(target)} limit 20000)
        where regexp_matches({column.text}, '\d.*[,;/ ].*\d')
        limit {LOOKED_AT}
    """).fetchall()
    if not sample:
        return []
    filled = connection.execute(f"""
        select count(*)
        from (select {column.text} from {databases.quoted(target)} limit {LOOKED_AT})
        where trim({column.text}) <> ''
    """).fetchone()
    if filled is None or len(sample) < MOST * min(filled[0], LOOKED_AT):
        return []
    return [str(row[0]) for row in sample]


def _in_one_cell(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> Pair | None:
    """A text column, or one whose numbers do not read, of which nine cells in ten are two numbers
    that can be Swedish."""
    for column in columns:
        if column.type != "text" and not column.unparsed:
            continue
        cells = _cells_of_numbers(connection, target, column)
        if not cells:
            continue
        if sum(MINUTES.match(cell) is not None for cell in cells) > len(cells) / 2:
            continue
        for pattern in PAIRS:
            matched = [match.groups() for cell in cells if (match := re.search(pattern, cell))]
            if len(matched) < MOST * len(cells):
                continue
            if pattern == PAIRS[TAILED] and not _are_pairs(column, cells):
                continue
            pairs = np.array(
                [[float(number.replace(",", ".")) for number in pair] for pair in matched]
            )
            both = order_of(pairs[:, 0], pairs[:, 1])
            if both:
                parts = [
                    f"try_cast(replace(regexp_extract({column.text}, '{pattern}', {i}), ',', '.')"
                    " as double)"
                    for i in both
                ]
                return Pair(parts[0], parts[1], [column.name], "pair_in_one_cell")
    return None


def _are_pairs(column: Column, cells: list[str]) -> bool:
    """Of numbers without brackets: most are two, or the column is called a place."""
    two = sum(re.match(PAIRS[0], cell) is not None for cell in cells)
    return two > len(cells) / 2 or PLACE.search(column.name) is not None


def order_of(first: np.ndarray, second: np.ndarray) -> tuple[int, int] | None:
    """(east, north) as 1 and 2: which of two numbers is which, by Sweden's extent."""
    first_median, second_median = float(np.nanmedian(first)), float(np.nanmedian(second))
    for bounds_north, bounds_east in ((LAT, LON), (NORTHING, EASTING)):
        if (
            bounds_north[0] <= first_median <= bounds_north[1]
            and bounds_east[0] <= second_median <= bounds_east[1]
        ):
            return 2, 1
        if (
            bounds_north[0] <= second_median <= bounds_north[1]
            and bounds_east[0] <= first_median <= bounds_east[1]
        ):
            return 1, 2
    return None


def _by_numbers(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column], area: str | None
) -> Pair | None:
    """Two columns without telling names whose numbers land on Swedish municipalities."""
    numbers = [column for column in columns if column.type == "decimal"]
    if len(numbers) < 2:
        return None
    cells = ", ".join(f"{column.value}::double as {column.text}" for column in numbers)
    most = min(NUMBERS_AT, HELD // len(numbers))
    arrays = connection.execute(
        f"select {cells} from {databases.quoted(target)} limit {most}"
    ).fetchnumpy()
    values = {column.name: floats(arrays[column.text]) for column in numbers}

    @cache
    def within(name: str, bounds: tuple[float, float]) -> bool:
        known = values[name][~np.isnan(values[name])]
        fine = known * (1000 if bounds in (LAT, LON) else 1)
        if (
            len(known) < 5
            or len(np.unique(known)) < 0.3 * len(known)
            or np.mean(fine == np.round(fine)) > 0.5
        ):
            return False  # a share or an age is given with fewer decimals than a place
        inside = (known >= bounds[0]) & (known <= bounds[1])
        return bool(inside.mean() >= MOST)

    for bounds_north, bounds_east in ((LAT, LON), (NORTHING, EASTING)):
        norths = [column for column in numbers if within(column.name, bounds_north)][:FEW_PAIRS]
        easts = [column for column in numbers if within(column.name, bounds_east)][:FEW_PAIRS]
        for north in norths:
            for east in (column for column in easts if column is not north):
                x, y = values[east.name][:LOOKED_AT], values[north.name][:LOOKED_AT]
                crs, _ = geography.recognise_crs(x, y, area)
                if crs and geography.share_on_land(x, y, crs) >= 0.8:
                    return Pair(
                        east.value, north.value, [east.name, north.name], "positions_by_numbers"
                    )
    return None


def floats(values: object) -> np.ndarray:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan), dtype=float)


def named(connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]) -> list[Pair]:
    """Pairs by their names."""
    return _named(columns, _ranges(connection, target, columns))


def shown(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column], area: str | None
) -> list[Pair]:
    """Where no names tell: the one pair that the cells themselves show."""
    pair = _in_one_cell(connection, target, columns) or _by_numbers(
        connection, target, columns, area
    )
    return [pair] if pair else []
