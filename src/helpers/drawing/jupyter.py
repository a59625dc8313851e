"""A map as JupyterLab displays it: the page in a sandboxed frame, and a still picture for what
shows no pages; the output's metadata says that it is a map, and which."""

from __future__ import annotations

import base64
from typing import Any

from helpers.drawing.map import MARK, Map
from helpers.drawing.page import frame
from helpers.drawing.still import stills
from helpers.words import escaping


class Shown(Map):
    """The same map, displayed where it stands last in a cell."""

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        svg, png = stills(self, "svg", "png")
        bundle = {
            "text/html": frame(self),
            "text/plain": f"{self.title}\n{self.see}",
            "image/svg+xml": svg.decode(),
            "image/png": base64.b64encode(png).decode(),
        }
        return bundle, {MARK: {"key": self.key, "title": escaping.shown(self.title)}}

    def _repr_html_(self) -> str:
        return frame(self)


def shown(made: Map) -> Shown:
    """Shares layers, tables and notes with the map that it is made of."""
    return Shown(**vars(made))
