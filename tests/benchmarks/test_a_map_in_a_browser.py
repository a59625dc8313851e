"""100,000 places and 40,000 squares in a browser: how soon the page is ready, on a machine that
does nothing else.

The only seconds of a clock: what a person waits for. That all are counted and few are drawn stands
in tests/maps.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.browser.waiting import until

from helpers.drawing import page
from helpers.drawing.layers import Fact, Kind, Points, Squares
from helpers.drawing.map import Map

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]


def test_very_many_are_drawn_in_time(chromium: Any, tmp_path: Path):
    rng, n = np.random.default_rng(3), 100_000
    points = Points(
        key="places",
        title="Platser",
        kinds=[Kind("a"), Kind("b", "b")],
        kind=rng.integers(0, 2, n),
        lon=rng.uniform(12, 18, n),
        lat=rng.uniform(56, 62, n),
        rows=np.arange(2, n + 2),
    )
    east, north = np.meshgrid(
        np.arange(400_000, 600_000, 1000), np.arange(6_400_000, 6_600_000, 1000)
    )
    facts = [Fact("Median", rng.uniform(1, 900, 40_000), "Mbit/s", 1)]
    squares = Squares(
        key="squares",
        title="Rutor",
        kinds=[Kind("a", "s3")],
        east=east.ravel(),
        north=north.ravel(),
        facts=facts,
    )
    file = tmp_path / "map.html"
    file.write_text(page.page(Map("many", "Många", "Se.", "Prov.", [squares, points])), "utf-8")
    shown = chromium.new_page()
    shown.goto(file.as_uri())
    until(shown, "document.documentElement.dataset.drawn")
    ready = shown.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    shown.close()
    print(f"\n{n} places and {len(facts[0].values)} squares are ready after {ready / 1000:.2f} s")
    assert ready < 6000
