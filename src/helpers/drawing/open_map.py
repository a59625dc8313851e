"""A map of ours as a ``folium.Map`` that layers of one's own can be added to; shown and saved
without a network."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import folium

from helpers.checking.findings import Finding
from helpers.drawing.broadband import broadband
from helpers.drawing.map import Map
from helpers.drawing.mobility import mobility
from helpers.drawing.numbers.subject import Subject
from helpers.drawing.page import TILES, frame, leaflet_map, page
from helpers.drawing.places import places
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing


def _image(name: str) -> str:
    file = resources.files("js_lib_leaflet").joinpath("static", "js_lib_leaflet", "images", name)
    return f"data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"


def _style() -> str:
    """The button of folium's layer control."""
    icon = f'url("{_image("layers.png")}")'
    return f".leaflet-control-layers-toggle{{background-image:{icon}!important}}"


def _script() -> str:
    """What folium's markers and popups expect beside Leaflet: their icons, and of jQuery only that
    ``$`` makes an element. What is added lies above what is drawn by us."""
    return (
        'L.Map.addInitHook(function () { this.getPane("overlayPane").style.zIndex = 460; });'
        'L.Icon.Default.imagePath = "";'
        f'L.Icon.Default.mergeOptions({{iconUrl: "{_image("marker-icon.png")}",'
        f' iconRetinaUrl: "{_image("marker-icon-2x.png")}",'
        f' shadowUrl: "{_image("marker-shadow.png")}"}});'
        "L.AwesomeMarkers = {icon: function () { return new L.Icon.Default(); }};"
        "window.$ = function (text) { var made = document.createElement('template');"
        " made.innerHTML = text.trim(); return [made.content.firstElementChild]; };"
    )


class OpenMap(folium.Map):
    """``drawn`` is the map of ours below what is added."""

    drawn: Map

    def _page(self) -> str:
        """The whole page. ``ConfigurationError`` where something on it is fetched when shown."""
        fetched = sorted({type(one).__name__ for one in _below(self) if _is_fetched(one)})
        if fetched:
            raise ConfigurationError("analysing.fetched", {"names": ", ".join(fetched)})
        return page(self.drawn, self, [_script()], [_style()])

    def _repr_html_(self, **_: Any) -> str:
        return frame(self.drawn, self._page())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"{self.drawn.title}\n{self.drawn.see}"

    def save(self, outfile: str | Path, **_: Any) -> None:  # type: ignore[override]
        """Write the page to a file; it asks the network for nothing."""
        writing.write_text(Path(outfile), self._page())


def _below(element: Any) -> list[Any]:
    """All that was added to the map, at any depth."""
    return [one for child in element._children.values() for one in (child, *_below(child))]


def _is_fetched(element: Any) -> bool:
    """True for what folium gets from the network: a plugin's program, tiles."""
    if isinstance(element, folium.TileLayer):
        return element.tiles != TILES.value()
    return bool(getattr(element, "default_js", None))


def map_of(
    subject: Subject, findings: Sequence[Finding], language: str, beside: Subject | None = None
) -> OpenMap | None:
    """The map that a notebook shows of the subject, of broadband with what ``beside`` reports as
    available; None where it has nothing to draw."""
    made: Any = None
    if subject.type == "rorelsedata":
        made = mobility(subject, language, None)
    elif subject.type == "bredband":
        made = broadband(subject, beside or subject, language)
    elif subject.tables.main.geometry is not None:
        made = places(subject, findings, language)
    if not isinstance(made, Map):
        return None
    opened: OpenMap = leaflet_map(made, OpenMap)
    opened.drawn = made
    return opened
