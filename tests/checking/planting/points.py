"""Defects of position: axes, systems, defaults, another municipality."""

from __future__ import annotations

from pyproj import Transformer
from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said

MAPS = (
    "konst",
    "badplats",
    "lekplats",
    "toalett",
    "skola",
    "vardcentral",
    "resurser",
    "hallplatser",
    "poi",
    "parkering",
    "utbud",
)
STOPS = ("hallplatser", "utbud")  # traffic runs across borders
PLACED = (*MAPS, "matningar", "snorojning")
OFF = ("points_in_sweden", "points_in_organisation", "latitude_in_range", "longitude_in_range")
_TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)


def _placed(made: Made) -> list[int]:
    """Records with a position in degrees that nothing has spoilt yet."""
    return [
        i
        for i, value in enumerate(made.main.values("latitude"))
        if isinstance(value, float) and 55 < value < 70
    ]


def _move(made: Made, at: list[int], to: list[tuple[float, float]]) -> None:
    """To longitude, latitude."""
    for i, (lon, lat) in zip(at, to, strict=True):
        made.main.put(i, "latitude", lat)
        made.main.put(i, "longitude", lon)


def _spots(made: Made, at: list[int]) -> list[tuple[float, float]]:
    return [(made.main.get(i, "longitude"), made.main.get(i, "latitude")) for i in at]


@defect(*PLACED)
def swapped_axes(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    _move(made, at, [(lat, lon) for lon, lat in _spots(made, at)])
    return said("points_not_swapped", at, *OFF)


@defect(*PLACED)
def at_origin(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    _move(made, at, [(0.0, 0.0)] * len(at))
    return said("points_not_at_origin", at, *OFF, "points_not_stacked")


@defect(*PLACED)
def abroad(made: Made, pick: Pick) -> Planted:
    """A digit wrong in the longitude: off Kaliningrad, or in Denmark, where stops may lie."""
    at, stops = pick(_placed(made)), made.type == "rorelsedata"
    _move(
        made,
        at,
        [
            (19.695 + n / 1000, 54.649) if n % 2 or stops else (9.6 + n / 1000, lat)
            for n, (_, lat) in enumerate(_spots(made, at))
        ],
    )
    return said("points_in_sweden", at, *OFF)


@defect(*(name for name in PLACED if name not in STOPS))
def another_municipality(made: Made, pick: Pick) -> Planted:
    """In the middle of Växjö, in another county."""
    at = pick(_placed(made))
    _move(made, at, [(round(14.78 + n / 1000, 6), 56.88) for n in range(len(at))])
    return said("points_in_organisation", at, *OFF)


@defect(*STOPS, amounts=("10 %",))
def all_in_another_county(made: Made, pick: Pick) -> Planted:
    """Every stop 170 km farther north: some may lie across a border, not all of them."""
    at = _placed(made)
    _move(made, at, [(lon, round(lat + 1.5, 6)) for lon, lat in _spots(made, at)])
    return said("traffic_in_organisation", at, "*")


@defect(*MAPS, "matningar", amounts=("10 %",))  # where snow is cleared many times, rows are stacked
def default_position(made: Made, pick: Pick) -> Planted:
    """Many at the municipality's middle, as a geocoder gives it."""
    at = pick(_placed(made), least=5)
    _move(made, at, [_spots(made, at)[0]] * len(at))
    return said("points_not_stacked", at, "artworks_distinct", "places_distinct")


@defect("konst", "badplats", "toalett", "skola", "vardcentral", "matningar")
def metres_among_degrees(made: Made, pick: Pick) -> Planted:
    """SWEREF 99 TM in some rows of a file in WGS84."""
    at = pick(_placed(made))
    metres = [_TO_METRES.transform(lon, lat) for lon, lat in _spots(made, at)]
    _move(made, at, [(round(x, 1), round(y, 1)) for x, y in metres])
    return said("points_one_system", at, *OFF, "points_exist")


@defect("konst", "badplats", "skola")
def lost_decimal_sign(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "latitude", int(str(made.main.get(i, "latitude")).replace(".", "")))
    return said("latitude_in_range", at, *OFF, "points_exist", "points_one_system")


@defect("konst", "badplats", "skola")
def lost_decimal_sign_of_longitude(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "longitude", int(str(made.main.get(i, "longitude")).replace(".", "")))
    return said("longitude_in_range", at, *OFF, "points_exist", "points_one_system")


@defect("konst", "badplats", "skola", "toalett", "vardcentral")
def missing_position(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "latitude", "" if made.form != "geojson" else None)
        made.main.put(i, "longitude", "" if made.form != "geojson" else None)
    return said("points_exist", at, "latitude_filled", "longitude_filled")


@defect("konst", "badplats")
def half_a_position(made: Made, pick: Pick) -> Planted:
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "longitude", "")
    return said("points_exist", at, "longitude_filled")


@defect("konst", "badplats", "skola", "toalett")
def decimal_comma(made: Made, pick: Pick) -> Planted:
    """Among decimal points: what the number is, reading does not guess."""
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "latitude", str(made.main.get(i, "latitude")).replace(".", ","))
    return said("reads_as_type", at, "points_exist")


@defect("konst", "badplats", "toalett", "skola", kind="source_of_a_neighbour")
def neighbour(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        made.main.put(i, "source", "1081")
    return said("source_publishers", at)


@defect("konst", "badplats", "toalett", "skola")
def source_cut(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)), most=0.04)
    for i in at:
        made.main.put(i, "source", made.main.get(i, "source")[:3])
    return said("source_form", at, "source_publishers")


@defect("konst")
def year_nonsense(made: Made, pick: Pick) -> Planted:
    at = pick((i for i, value in enumerate(made.main.values("year")) if value), most=0.04)
    for i, value in zip(at, (54, 19542, 2999, 3) * len(at), strict=False):
        made.main.put(i, "year", value)
    return said("year_form", at, "year_not_future", "reads_as_type")


@defect("konst", "badplats", "skola", "resurser", delivered=True)
def moved_points(made: Made, pick: Pick) -> Planted:
    """Half a kilometre to the north since the delivery before."""
    at = pick(_placed(made))
    for i in at:
        made.main.put(i, "latitude", round(made.main.get(i, "latitude") + 0.0045, 6))
    return said("position_stable", at, *OFF)


@defect("konst")
def year_to_come(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, value in enumerate(made.main.values("year")) if value)
    for i in at:
        made.main.put(i, "year", 2054)
    return said("year_not_future", at)
