"""A map as JupyterLab displays it: the page in a sandboxed frame, and a still picture for what
shows no pages; the output's metadata says that it is a map, and which."""

from __future__ import annotations

import base64
from typing import Any

from helpers.drawing.map import MARK, Map
from helpers.drawing.page import frame
from helpers.drawing.still import still
from helpers.words import escaping


class Shown(Map):
    """The same map, displayed where it stands last in a cell."""

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        picture = base64.b64encode(still(self, "png")).decode()
        bundle = {
            "text/html": frame(self),
            "text/plain": f"{self.title}\n{self.see}",
            "image/svg+xml": still(self).decode(),
            "image/png": picture,
        }
        return bundle, {MARK: {"key": self.key, "title": escaping.shown(self.title)}}

    def _repr_html_(self) -> str:
        return frame(self)


def shown(made: Map) -> Shown:
    """Shares layers, tables and notes with the map that it is made of."""
    return Shown(**vars(made))
