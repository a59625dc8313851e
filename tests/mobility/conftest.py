"""Feeds read once for all tests of mobility."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import reading
from helpers.reading.snapshot import Snapshot


@pytest.fixture(scope="session")
def finnish(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    file = real / "mobility" / "finnish_ferries_gtfs.zip"
    return reading.read(file, tmp_path_factory.mktemp("finnish"), type="rorelsedata")


@pytest.fixture(scope="session")
def uppland(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    file = real / "mobility" / "ul_gtfs_2021-09_without_stop_times.zip"
    return reading.read(file, tmp_path_factory.mktemp("uppland"), type="rorelsedata")


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    file = root / "data" / "samples" / "region-blekinge-tidtabeller.zip"
    return reading.read(file, tmp_path_factory.mktemp("sample"), type="rorelsedata")
