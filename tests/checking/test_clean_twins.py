"""A clean dataset of each type, in the forms that reality has: no rule accuses it, whatever its seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import failed, opened
from .twins import TWINS, twin

SEEDS = 50
CLEAN = list(TWINS)


def said(name: str, seed: int, folder: Path) -> list[str]:
    one = opened(twin(name, seed), folder / f"{name}-{seed}")
    assert one.snapshot is not None and not one.snapshot.rejected_total
    found = failed(one.findings, "critical", "warning")
    return [f"{name} seed {seed}: {rule} {column}: {one.failed} of {one.checked}, rows {one.rows[:5]} {one.outcome}"
            for (rule, column), one in found.items()]  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_wrong_with_what_is_right(name: str, tmp_path: Path):
    assert said(name, 0, tmp_path) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_wrong_with_fifty(name: str, tmp_path: Path):
    assert [line for seed in range(1, SEEDS) for line in said(name, seed, tmp_path)] == []


@pytest.mark.parametrize("name", TWINS)
def test_same_seed_same_cells(name: str):
    assert twin(name, 3) == twin(name, 3) and twin(name, 3) != twin(name, 4)
