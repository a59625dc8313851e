"""Ten years of nights: what is kept of them stays small, and the next night opens it as quickly as
the first."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.advising import nights as runs
from helpers.advising.nights import Night, State
from helpers.running import store as stores
from helpers.running.nights.history import History
from helpers.running.store import Store
from helpers.words.files import writing

from .nights import candidate, finding

NIGHTS, CANDIDATES, RULES, CHANGING = 3650, 10, 40, 5
MOST_BYTES = 2_500_000
YEAR_READ = 2  # files of years that are opened for what is shown, at most


def states(number: int, before: Night | None, day: str) -> dict[str, State]:
    """Each candidate has ``RULES`` rules, of which ``CHANGING`` say something else every night."""
    rules = [
        finding(f"rule_{rule}", (number if rule < CHANGING else rule) % 10) for rule in range(RULES)
    ]
    made = {}
    for id in map(str, range(CANDIDATES)):
        earlier = before.states.get(id) if before else None
        made[id] = replace(runs.state(candidate(id, rules), earlier, day), rank=int(id) + 1)
    return made


@pytest.mark.long
def test_ten_years_stay_small_and_open_by_their_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:  # ten years of waiting for a disk
        patch.setattr(os, "fsync", lambda _: None)
        past, before, moment = History(tmp_path), None, dt.datetime(2026, 1, 1, 2, 15)
        for number in range(NIGHTS):
            when = moment.isoformat()
            said = states(number, before, when[:10])
            before = Night(str(number), when, when, 0, said, tuple(said), number + 1)
            past.add(before)
            past.nights = past.nights[-1:]
            moment += dt.timedelta(days=1)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 10 and sum(file.stat().st_size for file in files) < MOST_BYTES
    opened: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: opened.append(file.name) or read(file))
    start = time.process_time()
    found = History(tmp_path)
    print(
        f"{sum(file.stat().st_size for file in files)} bytes, {time.process_time() - start:.2f} s"
    )
    assert found.last == before and len(found.nights) == 30 and len(opened) <= YEAR_READ


def test_results_of_days_that_have_passed_are_gone_and_those_in_use_stay(tmp_path: Path):
    store = Store(tmp_path)
    old = time.time() - 2 * stores.UNUSED_S
    for key in ("used", "unused"):
        beside = tmp_path / "beside.parquet"
        beside.write_bytes(b"rows")
        store.keep(key, "findings", [], {}, beside)
        os.utime(tmp_path / "results" / f"{key}.json", (old, old))
    assert store.kept("used") is not None
    store.forget_unused()
    assert sorted(file.name for file in (tmp_path / "results").iterdir()) == [
        "used.json",
        "used.parquet",
    ]
    assert not list(tmp_path.glob(f"**/*{writing.PART}"))
