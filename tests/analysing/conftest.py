"""The sample region as it was computed, for whoever opens a candidate of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from helpers.running.store import Store


@pytest.fixture
def kept(sample_run: Any, in_this_process: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is opened is taken from the run of the region, and its tables are gone afterwards."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    made: list[Store] = []
    create = Store.__init__

    def noted(self: Store, *given: Any, **named: Any) -> None:
        create(self, *given, **named)
        made.append(self)

    monkeypatch.setattr(Store, "__init__", noted)
    yield
    for store in made:
        store.forget_tables()
