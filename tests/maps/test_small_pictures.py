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

from helpers.drawing import smaller, still
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
        patch.setattr(smaller, "picture", lambda picture, _: picture)
        whole = still.stills(shown, "png", "svg")
    return {form: (whole[i], kept[i]) for i, form in enumerate(("png", "svg"))}


def pixels(picture: bytes) -> Any:
    with Image.open(io.BytesIO(picture)) as opened:
        return np.asarray(opened.convert("RGB")).astype(int)


def test_no_colour_is_another(pictures: dict[str, tuple[bytes, bytes]]):
    whole, kept = pictures["png"]
    assert len(kept) < len(whole) / 2
    assert np.abs(pixels(whole) - pixels(kept)).max() <= LEVELS


NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6}


def corners(path: str) -> list[tuple[int, int]]:
    """Where a path of SVG goes, in tenths of a point, as another reader than ours has it."""
    at, start, points = (0.0, 0.0), (0.0, 0.0), []
    for letter, said in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        if letter in "zZ":
            at = start
            continue
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", said)]
        each = NUMBERS[letter.upper()]
        assert numbers and len(numbers) % each == 0
        for i in range(0, len(numbers), each):
            pairs = zip(numbers[i : i + each : 2], numbers[i + 1 : i + each : 2], strict=True)
            from_here = at if letter.islower() else (0.0, 0.0)
            moved = [(x + from_here[0], y + from_here[1]) for x, y in pairs]
            points += moved
            at = moved[-1]
            start = at if letter in "mM" and i == 0 else start
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    return [point for i, point in enumerate(tenths) if not i or point != tenths[i - 1]]


def test_no_line_is_elsewhere(pictures: dict[str, tuple[bytes, bytes]]):
    whole, kept = (picture.decode("utf-8") for picture in pictures["svg"])
    assert len(kept) < len(whole) / 2
    paths = [re.findall(r' d="([^"]*)"', text) for text in (whole, kept)]
    # a name is drawn as its halo and as itself, of the same letters; those are told once
    paths[0] = [path for i, path in enumerate(paths[0]) if not i or path != paths[0][i - 1]]
    assert len(paths[0]) == len(paths[1]) > 10 and kept.count("<use xlink") > 3
    for before, after in zip(*paths, strict=True):
        assert corners(after) == corners(before)
    assert re.findall(r">([^<]+)</text>", whole) == re.findall(r">([^<]+)</text>", kept)
