"""A still picture of a map for slides and paper: the same layers, legend, scale and source as SVG
or PNG, in EPSG:3006.

Nothing of a file is read as mathematics (``$``) or mark-up. More points than 1,500 are drawn as
circles of a grid.
"""

from __future__ import annotations

import io
import textwrap
from typing import Any

import numpy as np

from helpers.drawing import ground, palette, smaller, still_names
from helpers.drawing.layers import Bounds, Kind, Layer, Lines, Points, Shapes, Squares, legend
from helpers.drawing.map import Map
from helpers.words import messages
from helpers.words.escaping import shown

SIZE, DPI = (
    (11.0, 6.1875),
    1600 / 11,
)  # inches, of 16:9: on a sheet of A4 the letters are two thirds
# the map alone, for a slide that says the rest in its own letters; small, so that names are large
BARE, BARE_DPI = (3.6, 3.76), 320
BARE_PIXELS = (round(BARE[0] * BARE_DPI), round(BARE[1] * BARE_DPI))
CELLS = 45  # of the grid that stands for too many points, across the picture
MOST_POINTS = 1500
INK, SOFT, SEA, LAND, FAR, BORDER = "#17252d", "#4c5d67", "#d6e6ee", "#fdfcf8", "#eeede5", "#9aa7ad"
ABROAD, FAR_BORDER, OWN = "#e5e6e1", "#c9d0d3", "#5f7a88"
LONGEST = 90
KNOWN = (150_000.0, 935_000.0)  # from west to east of EPSG:3006: the ground beyond is cut off


def _colour(kind: Kind) -> str:
    return palette.COLOURS[kind.colour][0]


def _shortened(text: Any) -> str:
    plain = shown(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _window(m: Map, ratio: float = 1.35) -> Bounds:
    """West, south, east, north in metres of EPSG:3006, at least 4 km wide, with a margin; ``ratio``
    times as wide as high, or higher."""
    from shapely.geometry import box  # 0.2 s

    west, south, east, north = _metres([box(*m.bounds)])[0].bounds
    wide = max(east - west, (north - south) * min(ratio, 1.15), 4000.0) * 1.08
    high = max(north - south, wide / ratio)
    x, y = (west + east) / 2, (south + north) / 2
    # no wider than there is land known to draw, unless what it is about is
    left, right = min(west, KNOWN[0]), max(east, KNOWN[1])
    return max(x - wide / 2, left), y - high / 2, min(x + wide / 2, right), y + high / 2


def _metres(shapes: Any) -> list[Any]:
    import geopandas  # 0.7 s

    return list(geopandas.GeoSeries(list(shapes), crs="EPSG:4326").to_crs("EPSG:3006"))


def _path(shape: Any) -> Any:
    import shapely  # 0.2 s
    from matplotlib.path import Path  # 0.8 s

    rings = [
        ring
        for part in getattr(shape, "geoms", [shape])
        for ring in (part.exterior, *part.interiors)
    ]
    codes = [
        [Path.MOVETO, *[Path.LINETO] * (len(ring.coords) - 2), Path.CLOSEPOLY] for ring in rings
    ]
    return Path(
        np.concatenate([shapely.get_coordinates(ring) for ring in rings]), np.concatenate(codes)
    )


def _areas(
    axes: Any, shapes: list[Any], kinds: list[Kind], *, order: float, line: float = 0.6
) -> None:
    from matplotlib.patches import PathPatch  # 0.8 s

    for shape, kind in zip(shapes, kinds, strict=True):
        if shape.is_empty:
            continue
        style: dict[str, Any] = {"facecolor": _colour(kind), "alpha": 0.85, "edgecolor": "white"}
        if kind.pattern == "hatched":
            style = {"facecolor": LAND, "hatch": "////", "edgecolor": palette.COLOURS["none"][0]}
        axes.add_patch(PathPatch(_path(shape), zorder=order, linewidth=line, **style))


def _points(axes: Any, layer: Points, window: Bounds) -> None:
    from helpers.ground.geography import in_sweden  # numpy and pandas: 0.7 s

    inside = in_sweden(layer.lon, layer.lat)
    if not inside.any():
        return
    from pyproj import Transformer  # 0.2 s

    x, y = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(
        layer.lon[inside], layer.lat[inside]
    )
    kind = layer.kind_of[inside]
    if len(x) > MOST_POINTS:
        side = (window[2] - window[0]) / CELLS
        cells = np.stack([np.floor(x / side), np.floor(y / side), kind], axis=1)
        used, counts = np.unique(cells, axis=0, return_counts=True)
        x, y, kind = (used[:, 0] + 0.5) * side, (used[:, 1] + 0.5) * side, used[:, 2].astype(int)
        size = 12 + 170 * np.sqrt(counts / counts.max())
    else:
        size = (
            np.full(len(x), 46.0)
            if layer.size is None
            else np.asarray(layer.size, float)[inside] ** 2 / 4
        )
    for i, entry in enumerate(layer.kinds):
        mask = kind == i
        if mask.any():
            face = "white" if entry.pattern == "hatched" else _colour(entry)
            edge = _colour(entry) if entry.pattern == "hatched" else "white"
            axes.scatter(
                x[mask],
                y[mask],
                s=size[mask],
                marker=palette.SHAPES[entry.shape][1],
                c=face,
                edgecolors=edge,
                linewidths=0.7,
                zorder=6,
            )


def _layer(axes: Any, layer: Layer, window: Bounds) -> None:
    kinds = [layer.kinds[i] for i in layer.kind_of]
    if isinstance(layer, Points):
        _points(axes, layer, window)
    elif isinstance(layer, Squares):
        from shapely.geometry import box  # 0.2 s

        squares = [
            box(e, n, e + layer.side, n + layer.side)
            for e, n in zip(layer.east, layer.north, strict=True)
        ]
        _areas(axes, squares, kinds, order=4, line=0.2)
    elif isinstance(layer, Lines):
        import shapely  # 0.2 s

        widths = (
            np.full(len(layer), 2.0)
            if layer.width is None
            else np.asarray(layer.width, float) * 0.7
        )
        for shape, kind, width in zip(_metres(layer.shapes), kinds, widths, strict=True):
            for part in getattr(shape, "geoms", [shape]):
                axes.plot(
                    *shapely.get_coordinates(part).T,
                    color=_colour(kind),
                    linewidth=width,
                    zorder=5,
                    linestyle=(0, (4, 3)) if kind.pattern == "dashed" else "-",
                    solid_capstyle="round",
                )
    elif isinstance(layer, Shapes):
        _areas(axes, _metres(layer.shapes), kinds, order=3)


def _ground(axes: Any, m: Map, window: Bounds) -> Any:
    """Land and borders below the layers, as far as the window reaches. The municipalities, in
    EPSG:3006."""
    import shapely  # 0.2 s
    from matplotlib.patches import PathPatch  # 0.8 s

    around = ground.around(m.bounds, m.area, ground.STEPS_OF_STILLS)
    areas = around.areas.to_crs("EPSG:3006")
    # a little past the window, so that the edges of what is cut are not drawn
    margin = (window[2] - window[0]) * 0.02
    box = (window[0] - margin, window[1] - margin, window[2] + margin, window[3] + margin)

    def fill(shapes: Any, colours: tuple[str, str], order: float) -> None:
        for shape in shapely.clip_by_rect(np.array(list(shapes), dtype=object), *box):
            parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
            if parts:
                path = _path(shapely.multipolygons(parts))
                colour = {"facecolor": colours[0], "edgecolor": colours[1]}
                axes.add_patch(PathPatch(path, linewidth=0.5, zorder=order, **colour))

    fill([shapely.multipolygons(_metres(around.abroad))], (ABROAD, ABROAD), 1.0)
    fill(areas.geometry[~areas["near"]], (FAR, FAR_BORDER), 1.1)
    fill(areas.geometry[areas["near"]], (LAND, BORDER), 1.2)
    for lines, colour, width in ((around.counties, BORDER, 1.1), (around.own, OWN, 1.6)):
        for line in _metres(lines):
            axes.plot(*shapely.get_coordinates(line).T, color=colour, linewidth=width, zorder=2)
    return areas


def _scale(axes: Any, window: Bounds, language: str) -> None:
    wide = window[2] - window[0]
    step = 10 ** np.floor(np.log10(wide / 4))
    length = float(max(digit * step for digit in (1, 2, 5) if digit * step <= wide / 4))
    x, y = window[0] + wide * 0.03, window[1] + (window[3] - window[1]) * 0.04
    axes.plot([x, x + length], [y, y], color=INK, linewidth=2.5, solid_capstyle="butt", zorder=8)
    label = (
        f"{messages.number(length / 1000, language)} km"
        if length >= 1000
        else f"{messages.number(length, language)} m"
    )
    still_names.halo(
        axes.text(x, y + (window[3] - window[1]) * 0.012, label, fontsize=9, color=INK, zorder=8)
    )


def _legend(axes: Any, layers: list[Layer], language: str) -> None:
    from matplotlib.lines import Line2D  # 0.8 s

    handles: list[Any] = []
    titles: set[str] = set()
    for layer in layers:
        title = textwrap.fill(_shortened(layer.title), 36)
        titles.add(title)
        handles.append(Line2D([], [], linestyle="none", label=title))
        for kind, count in legend(layer):
            label = f"{_shortened(kind.label)} ({messages.number(count, language)})"
            handle = _handle(layer, kind)
            handle.set_label(textwrap.fill(label, 36))
            handles.append(handle)
    drawn = axes.legend(
        handles=handles, loc="upper left", frameon=False, fontsize=10, handlelength=1.6
    )
    for text in drawn.get_texts():
        text.set_parse_math(False)
        if text.get_text() in titles:
            text.set_fontweight("bold")


def _handle(layer: Layer, kind: Kind) -> Any:
    """matplotlib's mark in the legend for a kind of the layer, without its label."""
    from matplotlib.lines import Line2D  # 0.8 s
    from matplotlib.patches import Patch  # 0.8 s

    if isinstance(layer, Points):
        return Line2D(
            [],
            [],
            linestyle="none",
            marker=palette.SHAPES[kind.shape][1],
            markersize=8,
            color=_colour(kind),
        )
    if isinstance(layer, Lines):
        linestyle: Any = (0, (4, 3)) if kind.pattern == "dashed" else "-"
        return Line2D([], [], color=_colour(kind), linestyle=linestyle)
    if kind.pattern == "hatched":
        return Patch(facecolor=LAND, hatch="////", edgecolor=palette.COLOURS["none"][0])
    return Patch(facecolor=_colour(kind))


def still(m: Map, format: str = "svg") -> bytes:
    """The picture: ``svg`` (text kept as text) or ``png`` (1,600 x 900 pixels). Equal maps give
    equal bytes. Raises ``ValueError`` for another format."""
    return stills(m, format)[0]


def stills(m: Map, *formats: str) -> list[bytes]:
    """The picture, drawn once, in each of these formats; ``ValueError`` for any but svg, png."""
    from matplotlib import rc_context  # 0.8 s

    if not {*formats} <= {"svg", "png"}:
        raise ValueError("svg or png")
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": m.key,
        "font.family": "DejaVu Sans",
        "hatch.linewidth": 0.6,
    }
    pictures = []
    with rc_context(settings):
        figure = _figure(m)
        for format in formats:
            out = io.BytesIO()
            meta: dict[str, Any] = {"Title": _shortened(m.title)}
            meta["Date" if format == "svg" else "Software"] = None
            figure.savefig(out, format=format, dpi=DPI, metadata=meta)
            pictures.append(smaller.picture(out.getvalue(), format))
    return pictures


def bare(m: Map) -> bytes:
    """The map alone as PNG of ``BARE_PIXELS``: ground, layers, names and scale; its title, legend
    and sources are told beside it."""
    from matplotlib import rc_context  # 0.8 s
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # 0.8 s
    from matplotlib.figure import Figure  # 0.8 s

    with rc_context({"font.family": "DejaVu Sans", "hatch.linewidth": 0.6}):
        figure = Figure(figsize=BARE, facecolor=SEA)
        FigureCanvasAgg(figure)
        _mapped(figure, m, (0.0, 0.0, 1.0, 1.0), BARE[0] / BARE[1])
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=BARE_DPI, metadata={"Software": None})
    return out.getvalue()


def _figure(m: Map) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # 0.8 s
    from matplotlib.figure import Figure  # 0.8 s

    figure = Figure(figsize=SIZE, facecolor="white")
    FigureCanvasAgg(figure)
    layers = _mapped(figure, m, (0.02, 0.09, 0.66, 0.76))
    side = figure.add_axes((0.69, 0.09, 0.3, 0.76))
    side.axis("off")
    _legend(side, layers, m.language)
    _sentences(figure, m)
    return figure


def _mapped(
    figure: Any, m: Map, part: tuple[float, float, float, float], ratio: float = 1.35
) -> list[Layer]:
    """Draw the map in a part of the figure (left, bottom, width, height), ``ratio`` times as wide
    as high; returns the layers that it shows."""
    window, layers = _window(m, ratio), [layer for layer in m.layers if layer.shown and len(layer)]
    axes = _axes(figure, window, part)
    municipalities = _ground(axes, m, window)
    for layer in layers:
        _layer(axes, layer, window)
    still_names.write(axes, m, window, municipalities)
    _scale(axes, window, m.language)
    return layers


def _axes(figure: Any, window: Bounds, part: tuple[float, float, float, float]) -> Any:
    """The part of the figure that the map is drawn in: metres of ``window``, without ticks."""
    axes = figure.add_axes(part, facecolor=SEA)
    axes.set_xlim(window[0], window[2])
    axes.set_ylim(window[1], window[3])
    axes.set_aspect("equal", adjustable="box", anchor="W")
    axes.set_xticks([])
    axes.set_yticks([])
    for edge in axes.spines.values():
        edge.set_edgecolor("#d9dde0")
    return axes


def _sentences(figure: Any, m: Map) -> None:
    """Title and what to see above the map, the source below it."""
    title = _shortened(m.title)
    figure.text(0.02, 0.945, title, fontsize=17, fontweight="bold", color=INK, parse_math=False)
    see = textwrap.fill(shown(m.see), 125, max_lines=2, placeholder="…")
    figure.text(0.02, 0.88, see, fontsize=11, color=SOFT, parse_math=False, linespacing=1.3)
    source = f"{messages.text('maps.page.source', m.language)}: {shown(m.source)}"
    source = textwrap.fill(source, 145, max_lines=2, placeholder="…")
    figure.text(0.02, 0.037, source, fontsize=9, color=SOFT, parse_math=False)
    credit = messages.text("maps.page.credit", m.language)
    figure.text(0.02, 0.014, credit, fontsize=8, color=SOFT, parse_math=False)
