"""A run that is killed, anywhere, leaves the earlier report or the new one, whole; the next one,
asked for nothing, ends as if nothing had happened and leaves nothing behind of either."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from helpers.running.nights import health

from .dying import POINTS, PUT
from .small_region import SmallRegion

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name == "nt", reason="Windows ends no process without a word"),
]
LOOKS = 1200  # a tenth of a second each


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallRegion, Path, dict[str, Any]]:
    """A region after one good night, with another file of ``a``; that, saved; and what the next
    run's report says where nothing disturbs it."""
    region = SmallRegion(tmp_path_factory.mktemp("small") / "region")
    assert region.run() == 0
    assert region.whole() and not region.left and not region.processes
    region.write("a", 33)
    saved = region.saved()
    assert region.run() == 0
    return region, saved, region.content()


@pytest.fixture
def region(night: tuple[SmallRegion, Path, dict[str, Any]]) -> SmallRegion:
    """That region, before its next run."""
    night[0].restore(night[1])
    return night[0]


@pytest.fixture
def undisturbed(night: tuple[SmallRegion, Path, dict[str, Any]]) -> dict[str, Any]:
    return night[2]


def ends_as_undisturbed(region: SmallRegion, undisturbed: dict[str, Any]) -> None:
    assert region.run() == 0
    assert region.whole() and not region.left and not region.processes, region.left
    found = region.content()
    assert found.keys() == undisturbed.keys()
    assert not [name for name in found if found[name] != undisturbed[name]]


def ended(region: SmallRegion) -> bool:
    """What a run that was killed had started ends by itself."""
    for _ in range(LOOKS):
        if not region.processes:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("point", POINTS)
def test_the_next_run_ends_as_if_nothing_had_happened(
    region: SmallRegion, undisturbed: dict[str, Any], point: str
):
    before = region.files()
    assert region.run(dying=point) == 9
    told = health.look(region.output)
    assert told is not None and told.state == "failed" and told.killed
    assert region.whole() and (region.files() == before) is (point not in PUT)
    assert ended(region)
    ends_as_undisturbed(region, undisturbed)
