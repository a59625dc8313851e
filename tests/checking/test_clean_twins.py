"""A clean dataset of each type, in the forms that reality has: no rule accuses it, whatever its
seed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sampling import every

from helpers.checking import running

from .conftest import failed, opened, unscreened
from .twins import TWINS, twin

SOME, MANY = range(1), range(50)


def said(name: str, seed: int, folder: Path, *, rules_alone: bool = False) -> list[str]:
    one = opened(twin(name, seed), folder / f"{name}-{seed}")
    one = unscreened(one) if rules_alone else one
    assert one.snapshot is not None and not one.snapshot.rejected_total
    found = failed(one.findings, "critical", "warning")
    return [
        f"{name} seed {seed}: {rule} {column}: {one.failed} of {one.checked}, rows {one.rows[:5]}"
        f" {one.outcome}"
        for (rule, column), one in found.items()
    ]


@pytest.mark.parametrize("name", every(2, TWINS))
def test_no_rule_accuses_what_is_right(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The rules alone; screened, and counted a second time by Great Expectations, in the tests
    below."""
    monkeypatch.setattr(running, "_second_count", lambda built: {})
    assert said(name, 0, tmp_path, rules_alone=True) == []


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(SOME, marks=pytest.mark.slow, id="some"),
        pytest.param(MANY, marks=pytest.mark.long, id="fifty"),
    ],
)
@pytest.mark.parametrize("name", TWINS)
def test_nothing_is_wrong_with_many(name: str, seeds: range, tmp_path: Path):
    assert [line for seed in seeds for line in said(name, seed, tmp_path)] == []


@pytest.mark.parametrize("name", TWINS)
def test_same_seed_same_cells(name: str):
    assert twin(name, 3) == twin(name, 3) and twin(name, 3) != twin(name, 4)
