"""A dataset's map in one call, as the notebooks' face makes it but for what JupyterLab needs."""

from __future__ import annotations

from typing import Any

from helpers.drawing.broadband import broadband as draw_broadband
from helpers.drawing.map import Map
from helpers.drawing.mobility import mobility as draw_mobility
from helpers.drawing.places import places as draw_places


def places(dataset: Any, language: str = "sv") -> Map:
    return draw_places(dataset.subject, dataset.findings, language)


def mobility(dataset: Any, *given: Any) -> Any:
    return draw_mobility(dataset.subject, *given)


def broadband(dataset: Any, coverage: Any = None, language: str = "sv") -> Map:
    return draw_broadband(dataset.subject, (coverage or dataset).subject, language)
