"""One map: its layers, the tables beside them, and the sentences around them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from helpers.drawing import ground
from helpers.drawing.layers import Bounds, Layer, Table

MARK = "datakollen_map"  # in the metadata of a notebook's output: the key and title of its map


@dataclass
class Map:
    """One map. ``key`` names its file: ``map_<key>.html``. ``see`` says what to see; ``notes`` what
    limits it.

    ``area`` is the code of the municipality or county that it is about; ``bounds`` where it opens,
    else its layers' own. ``jupyter.shown`` makes what JupyterLab displays of it.
    """

    key: str
    title: str
    see: str
    source: str
    layers: list[Layer] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    language: str = "sv"
    area: str | None = None
    opening: Bounds | None = None

    @property
    def bounds(self) -> Bounds:
        """Where it opens: as given, else around all layers, else around its area, else Sweden."""
        if self.opening:
            return self.opening
        boxes = [layer.bounds for layer in self.layers if layer.shown]
        corners = np.array([box for box in boxes if box])
        if not len(corners):
            return ground.bounds(self.area)
        return (
            float(corners[:, 0].min()),
            float(corners[:, 1].min()),
            float(corners[:, 2].max()),
            float(corners[:, 3].max()),
        )
