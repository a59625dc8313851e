"""What a GeoJSON, or an answer of Esri's, holds beside the properties of its features and the
numbers of their positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from helpers.reading.around.trees import SMALL, Tree
from helpers.reading.surroundings import Part

# The format's own words (RFC 7946): as keys and as types they are nobody's text.
KEYS = frozenset(
    "type features geometry geometries coordinates properties id bbox crs name attributes x y z m"
    " points paths rings spatialReference wkid latestWkid".split()
)
TYPES = frozenset(
    "Feature FeatureCollection Point MultiPoint LineString MultiLineString Polygon MultiPolygon"
    " GeometryCollection".split()
)
POSITIONS = frozenset("coordinates bbox x y z m points paths rings".split())
PLACE = re.compile(rf"(?:{SMALL.pattern},)*")

Object = dict[str, Any]
IsCell = Callable[[Object, str], bool]


def parts(document: Object, listed: list[Any], is_cell: IsCell) -> Iterator[Part]:
    """All of ``document`` but those members of its features (``listed``) that became cells.

    ``is_cell(feature, key)`` says which did. ``row`` is the feature's number among those that are
    objects, as in the table.
    """
    if not any(feature is document for feature in listed[:1]):
        whole = Tree("map_member", keys=set(KEYS))
        for key, value in document.items():
            if value is not listed:
                yield from _member(whole, key, value)
    yield from _features(listed, is_cell)


def _features(listed: list[Any], is_cell: IsCell) -> Iterator[Part]:
    members, shapes, junk, ids = (
        Tree(place, keys=set(KEYS))
        for place in ("feature_member", "geometry_member", "no_feature", "feature_id")
    )
    row = 0
    for feature in listed:
        if not isinstance(feature, dict):
            yield from junk.parts(feature)
            continue
        row += 1
        for key, value in feature.items():
            if key == "geometry" and isinstance(value, dict):
                yield from _shape(shapes, value, row)
            elif not is_cell(feature, key):
                yield from _member(ids if key == "id" else members, key, value, row)


def _shape(tree: Tree, shape: Object, row: int) -> Iterator[Part]:
    waiting = [shape]
    while waiting:
        for key, value in waiting.pop().items():
            if key == "geometries" and isinstance(value, list):
                waiting += [inner for inner in value if isinstance(inner, dict)]
                value = [inner for inner in value if not isinstance(inner, dict)]
            yield from _member(tree, key, value, row)


def _member(tree: Tree, key: str, value: Any, row: int = 0) -> Iterator[Part]:
    yield from tree.key(key, row)
    if key in POSITIONS and _are_numbers(value):
        return
    if key == "type" and isinstance(value, str) and value in TYPES:
        return
    yield from tree.parts(value, key, row)


def _are_numbers(value: Any) -> bool:
    """True for positions, however deep in lists, whose numbers are no more than positions have."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if not isinstance(inner, list):
            if not SMALL.fullmatch(str(inner)):
                return False
        elif any(isinstance(item, list) for item in inner):
            waiting += inner
        elif not PLACE.fullmatch("".join(f"{item}," for item in inner)):
            return False
    return True
