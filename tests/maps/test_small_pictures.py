"""Still pictures in fewer bytes are the same pictures: no colour of a legend is another, no line
elsewhere."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from helpers.drawing import still
from helpers.drawing.map import Map

sys.path.insert(0, str(Path(__file__).parent))
from test_page import example

LEVELS = 12  # of 255: less than is seen beside one another


@pytest.fixture(scope="module")
def pictures() -> dict[str, tuple[bytes, bytes]]:
    """Each form of a picture, as matplotlib wrote it and as it is kept."""
    shown: Map = example()
    kept = still.stills(shown, "png", "svg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(still, "_small", lambda picture, _: picture)
        whole = still.stills(shown, "png", "svg")
    return {form: (whole[i], kept[i]) for i, form in enumerate(("png", "svg"))}


def pixels(picture: bytes) -> Any:
    with Image.open(io.BytesIO(picture)) as opened:
        return np.asarray(opened.convert("RGB")).astype(int)


def test_no_colour_is_another(pictures: dict[str, tuple[bytes, bytes]]):
    whole, kept = pictures["png"]
    assert len(kept) < len(whole) / 2
    assert np.abs(pixels(whole) - pixels(kept)).max() <= LEVELS


def test_no_line_is_elsewhere(pictures: dict[str, tuple[bytes, bytes]]):
    whole, kept = (picture.decode("utf-8") for picture in pictures["svg"])
    assert len(kept) < len(whole)
    paths = [re.findall(r' d="([^"]*)"', text) for text in (whole, kept)]
    assert len(paths[0]) == len(paths[1]) > 10
    for before, after in zip(*paths, strict=True):
        ends = [
            [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)] for path in (before, after)
        ]
        assert np.allclose(*ends, atol=0.051)
    assert re.findall(r">([^<]+)</text>", whole) == re.findall(r">([^<]+)</text>", kept)
