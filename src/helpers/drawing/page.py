"""The page of a map: one file with everything in it, which asks the network for nothing unless
tiles are configured.

Leaflet 1.9 comes from the package django-js-lib-leaflet. What draws lies packed in the page, two
fifths as large; ``unpack.js`` runs it. Every script and style stands in the page's policy by its
hash.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from functools import cache, partial
from html import unescape
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from jinja2 import FunctionLoader
from markupsafe import Markup

from helpers.drawing import ground, palette
from helpers.drawing.layers import Areas, Kind, Layer, Lines, Points, Squares, legend
from helpers.drawing.map import Map
from helpers.words import messages, templates
from helpers.words.escaping import html, script_json, shown
from helpers.words.files.ours import Setting
from helpers.words.policy import policy

DECIMALS = 5  # of a degree: a metre
GROUND_DECIMALS = 4
TEXT_BYTES = 900_000  # of the labels and facts of one layer of points
TILES = Setting("DATAKOLLEN_TILES")  # address with {z}/{x}/{y}
TILES_FROM = Setting("DATAKOLLEN_TILES_SOURCE")  # whom to name
IN_THE_BROWSER = (
    "square",
    "row",
    "source_row",
    "close",
    "stacked",
    "more",
    "cluster",
    "zoom",
    "hidden",
    "zoom_in",
    "zoom_out",
    "whole_screen",
    "leave_whole_screen",
)
FRAME_HEIGHT = "52rem"


@cache
def _asset(name: str) -> str:
    return resources.files("helpers.drawing").joinpath("assets", name).read_text("utf-8")


@cache
def _leaflet(name: str) -> str:
    text = (
        resources.files("js_lib_leaflet")
        .joinpath("static", "js_lib_leaflet", name)
        .read_text("utf-8")
    )
    text = re.sub(r"url\((?:images/|#)[^)]*\)", "none", text)  # icons that these pages do not use
    if name.endswith(".css"):
        return re.sub(r"/\*.*?\*/|\s+(?=[{}\s])|(?<=[{};])\s+", "", text, flags=re.S)
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


@cache
def _program() -> str:
    """What draws every map, Leaflet before it."""
    return f"{_leaflet('leaflet.js')}\n{_asset('map.js')}"


def _small(values: Any) -> str:
    """What can be said in JSON, as ``unpack.js`` unpacks it."""
    text = json.dumps(values, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def style() -> str:
    """The style of all our pages, as CSS."""
    return palette.site() + _asset("style.css")


def _images(tiles: str | None) -> str:
    """Where a map's images may come from: itself, and the host of the tiles."""
    parts = urlsplit(tiles or "")
    return f"data: {parts.scheme}://{parts.netloc.replace('{s}', '*')}" if tiles else "data:"


def _packed(values: Any, kind: str) -> str:
    return base64.b64encode(np.ascontiguousarray(values, kind).tobytes()).decode()


def _numbers(values: Any, decimals: int) -> list[Any]:
    def number(value: Any) -> float | None:
        if value is None or value != value:
            return None
        return round(float(value), decimals) if decimals else int(value)

    return [number(value) for value in values]


def _fact(fact: Any) -> dict[str, Any]:
    are_texts = any(isinstance(value, str) for value in fact.values)
    values = (
        [None if value is None else shown(value) for value in fact.values]
        if are_texts
        else _numbers(fact.values, fact.decimals)
    )
    return {
        "label": shown(fact.label),
        "unit": fact.unit,
        "decimals": fact.decimals,
        "values": values,
    }


def _kind(kind: Kind) -> dict[str, str]:
    return {
        "label": shown(kind.label),
        "colour": kind.colour,
        "pattern": kind.pattern,
        "shape": kind.shape,
    }


def _coordinates(lines: Any) -> list[Any]:
    """Longitude and latitude of the corners of each line."""
    import shapely  # 0.2 s

    parts = [part for part in getattr(lines, "geoms", [lines]) if not part.is_empty]
    return [np.round(shapely.get_coordinates(part), DECIMALS).tolist() for part in parts]


def _place(shape: Any, shapes: list[Any]) -> int:
    """Where the shape stands among the shapes, last where it was not among them."""
    if shape not in shapes:
        shapes.append(shape)
    return shapes.index(shape)


def _layer(layer: Layer, language: str, outlines: list[Any]) -> dict[str, Any]:
    """A layer as the page's script reads it; of areas the shapes are places in ``outlines``, where
    they are added. Raises ``ValueError`` where its key is no plain name."""
    if not re.fullmatch(r"[a-z0-9_]+", layer.key):
        raise ValueError("a layer's key is lower-case letters, digits and _")
    numbers = layer.kind_of
    plain: dict[str, Any] = {
        "type": layer.type,
        "key": layer.key,
        "title": shown(layer.title),
        "kinds": [_kind(kind) for kind in layer.kinds],
        "kind": int(numbers[0]) if len(set(numbers.tolist())) == 1 else numbers.tolist(),
        "shown": layer.shown,
        "rows": None,
        "labels": (
            None
            if layer.labels is None
            else "\n".join(re.sub(r"\s+", " ", shown(label)) for label in layer.labels)
        ),
        "facts": [_fact(fact) for fact in layer.facts],
        "counts": None if layer.counts is None else _numbers(layer.counts, 0),
    }
    if isinstance(layer, Points):
        plain |= _points(layer, plain)
    elif isinstance(layer, Squares):
        plain |= {"east": layer.east.tolist(), "north": layer.north.tolist(), "side": layer.side}
    elif isinstance(layer, Areas):
        plain["shapes"] = [_place(_rings(shape), outlines) for shape in layer.shapes]
    elif isinstance(layer, Lines):
        plain["shapes"] = [_coordinates(shape) for shape in layer.shapes]
        plain["width"] = None if layer.width is None else _numbers(layer.width, 1)
    return plain


def _points(layer: Points, plain: dict[str, Any]) -> dict[str, Any]:
    """What a layer of points says beside ``plain`` (what every layer says), or in place of it."""
    more: dict[str, Any] = {
        "lon": _packed(np.round(layer.lon * 10**DECIMALS), "<i4"),
        "lat": _packed(np.round(layer.lat * 10**DECIMALS), "<i4"),
        "clustered": layer.clustered,
        "size": None if layer.size is None else _numbers(layer.size, 1),
    }
    if not isinstance(plain["kind"], int):
        more["kind"] = _packed(layer.kind_of, "u1")
    if layer.rows is not None:
        rows = np.asarray(layer.rows, int)
        running = len(rows) and bool((np.diff(rows) == 1).all())
        more["rows"] = int(rows[0]) if running else _packed(rows, "<i4")
    return more | _without_long_texts(plain)


def _without_long_texts(plain: dict[str, Any]) -> dict[str, Any]:
    """Empty facts and labels where a layer's own are too long for the page, and ``left_out``:
    which of them that is."""
    labels = len((plain["labels"] or "").encode())
    facts = sum(len(str(value)) + 3 for fact in plain["facts"] for value in fact["values"])
    without = {
        "facts": bool(plain["facts"]) and facts + labels > TEXT_BYTES,
        "labels": labels > TEXT_BYTES,
    }
    empty: dict[str, Any] = {"facts": [], "labels": None}
    left_out = [name for name in without if without[name]]
    return {name: empty[name] for name in left_out} | {
        "left_out": "both" if len(left_out) == 2 else "".join(left_out)
    }


def _steps(line: Any) -> list[int]:
    """A line as whole numbers of ``GROUND_DECIMALS``: its first corner, longitude and latitude,
    and from each corner how far it is to the next."""
    import shapely  # 0.2 s

    corners = np.round(shapely.get_coordinates(line) * 10**GROUND_DECIMALS).astype(int)
    steps = np.diff(corners, axis=0)
    moved = steps[steps.any(axis=1)]
    return [int(step) for step in np.concatenate([corners[:1], moved]).ravel()]


def _rings(shape: Any) -> list[list[list[int]]]:
    parts = [part for part in getattr(shape, "geoms", [shape]) if not part.is_empty]
    return [[_steps(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def _ground(m: Map) -> dict[str, Any]:
    """What the page draws below its layers; shapes by ``_steps``, what is drawn last stands last.

    ``areas``: name of a style and polygons; ``lines``: name of a style and lines; ``names``: text,
    longitude, latitude and whether it is what the map is about; ``towns``: name, longitude,
    latitude, inhabitants.
    """
    opening = m.bounds
    around = ground.around(opening, m.area)
    areas = around.areas.sort_values("near", kind="stable")
    if ground.is_wide(opening):
        counties = ground.drawn(ground.counties())
        names = [(name, x, y, True) for name, x, y in ground.names(counties, "lan")]
    else:
        fine = around.areas[around.areas["fine"]]
        found = zip(ground.names(fine), fine["near"], strict=True)
        names = [(*name, bool(near)) for name, near in found]
        names.sort(key=lambda entry: not entry[3])
    return {
        "areas": [
            ["abroad", [rings for shape in around.abroad for rings in _rings(shape)]],
            *(
                ["near" if near else "far", _rings(shape)]
                for near, shape in zip(areas["near"], areas.geometry, strict=True)
            ),
        ],
        "lines": [
            ["county", [_steps(line) for line in around.counties]],
            ["own", [_steps(line) for line in around.own]],
        ],
        "names": [[name, round(x, 3), round(y, 3), near] for name, x, y, near in names],
        "towns": ground.towns(opening),
    }


def leaflet_map(m: Map, kind: Any = None) -> Any:
    """folium's map with its scale, what ``m`` draws on it, and the tiles where they are configured.
    ``kind``: another class of folium's map. Raises ``ValueError`` as ``page`` does."""
    import folium  # 0.9 s

    class Draw(folium.MacroElement):
        _template = folium.template.Template(
            "{% macro script(this, kwargs) %}datakollen.draw({{ this._parent.get_name() }}, "
            'JSON.parse(document.getElementById("map-data").textContent));{% endmacro %}'
        )

    west, south, east, north = m.bounds
    tiles = _tiles()
    folium_map = (kind or folium.Map)(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=7,
        tiles=None,
        control_scale=True,
        zoom_control=False,
        max_zoom=18,
        zoom_snap=0.5,
        attributionControl=bool(tiles),
    )
    folium_map._id = m.key
    if tiles:
        folium.TileLayer(tiles, attr=str(html(TILES_FROM.value() or "–"))).add_to(folium_map)
    Draw().add_to(folium_map)
    return folium_map


def _rendered(folium_map: Any) -> tuple[str, str]:
    """The map's element and script, as folium writes them."""
    root: Any = folium_map.get_root()
    root.render()
    script = re.sub(
        r"L\.control\.scale\(\)", "L.control.scale({imperial: false})", root.script.render()
    )
    return root.html.render(), script


def _tiles() -> str | None:
    """The address of tiles that the environment names. Raises ``ValueError`` where it is none."""
    tiles = TILES.value()
    if tiles and not re.fullmatch(r"https?://[A-Za-z0-9.\-{}:]+/[A-Za-z0-9./\-_{}?=&%@]*", tiles):
        raise ValueError(f"{TILES} is no address of tiles")
    return tiles


def _data(m: Map, outlines: list[Any]) -> dict[str, Any]:
    """What the page's script draws, and the words it needs; ``outlines`` as ``_layer`` fills
    them."""
    sentences = messages.part(m.language, "maps")
    texts = {name: sentences[f"maps.page.{name}"] for name in IN_THE_BROWSER}
    return {
        "language": m.language,
        "texts": texts | {"map": shown(m.title)},
        "bounds": m.bounds,
        "shapes": {name: path for name, (path, _) in palette.SHAPES.items()},
        "layers": [_layer(layer, m.language, outlines) for layer in m.layers],
    }


def page(
    m: Map, folium_map: Any = None, scripts: Sequence[str] = (), more_styles: Sequence[str] = ()
) -> str:
    """The whole page as HTML. Tiles only where the environment names an address in
    ``DATAKOLLEN_TILES``. ``folium_map``: ``leaflet_map(m)`` with more on it, ``scripts`` and
    ``more_styles`` what that needs beside Leaflet; its elements have styles of their own then.

    Raises ``ValueError`` where that is no address of tiles, or where a layer's key is no plain
    name.
    """
    tiles = _tiles()
    element, script = _rendered(folium_map or leaflet_map(m))
    outlines: list[Any] = []
    data = _data(m, outlines)
    left_out = {
        layer["key"]: layer["left_out"] for layer in data["layers"] if layer.get("left_out")
    }
    programs, unpack = [_program(), *scripts, script], _asset("unpack.js")
    styles = [_leaflet("leaflet.css"), style(), palette.styles(), _asset("map.css"), *more_styles]
    environment = templates.environment(FunctionLoader(_asset))
    environment.filters |= {"shown": shown, "number": partial(messages.number, language=m.language)}
    return environment.get_template("page.html").render(
        m=m,
        policy=policy(
            styles,
            [*programs, unpack],
            images=_images(tiles),
            attributes=folium_map is not None,
        ),
        packed=_small(programs),
        ground=_small({"ground": _ground(m), "outlines": outlines}),
        unpack=Markup(unpack),  # noqa: S704
        styles=[Markup(sheet) for sheet in styles],  # noqa: S704
        map_html=Markup(element),  # noqa: S704
        data=script_json(data),
        legend=legend,
        left_out=left_out,
        shapes=data["shapes"],
        t=lambda key: messages.text(f"maps.page.{key}", m.language),
    )


def frame(m: Map, drawn: str = "") -> str:
    """The page in a sandboxed frame by ``srcdoc`` as HTML, for JupyterLab; ``framed`` takes it out
    again. ``drawn``: the page where it is made already. Raises ``ValueError`` as ``page`` does."""
    return (
        f'<iframe class="map" data-map="{html(m.key)}" title="{html(shown(m.title))}"'
        f' sandbox="allow-scripts" allow="fullscreen"'
        f' style="width:100%;height:{FRAME_HEIGHT};border:0"'
        f' srcdoc="{html(drawn or page(m))}"></iframe>'
    )


def framed(frame: str) -> str:
    """The page that stands in a ``frame``."""
    _, _, escaped = frame.partition(' srcdoc="')
    return unescape(escaped.removesuffix('"></iframe>'))
