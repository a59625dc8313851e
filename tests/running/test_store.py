"""The store tells the truth: kept under what was really read, damaged is as good as none, tables
stay while they are held."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.declared.catalogue import Entry
from helpers.running import computing
from helpers.running.leases import Lease
from helpers.running.opening import Opened
from helpers.running.stages.reading import READING
from helpers.running.stages.screening import SCREENING
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import InputRefused
from helpers.words.files import ours

ENTRY = Entry(id="a", title="A", type="annan", organisation="karlshamn")


def opened(file: Path, store: Store) -> Opened:
    return Opened(file, entry=ENTRY, store=store)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "a.csv"
    made.write_text("id;name\n1;Lekplats\n", "utf-8")
    return made


def test_a_source_that_changes_while_it_is_read_is_read_once_more(
    file: Path, tmp_path: Path, monkeypatch
):
    """What is kept is kept under what was read, and the content that was there first has no
    result."""
    store, read, rows = Store(tmp_path / "store"), computing.read, ["1;a\n2;b\n"]

    def slowly(path: Path, *given: Any) -> Any:
        found = read(path, *given)
        if rows:
            path.write_text("id;name\n" + rows.pop(), "utf-8")
        return found

    before = opened(file, store).key(READING)
    monkeypatch.setattr(computing, "read", slowly)
    one = opened(file, store)
    assert one.snapshot is not None and one.snapshot.main.rows == 2
    assert (
        one.key(READING) != before
        and store.kept(before) is None
        and not store.tables(before).exists()
    )
    assert opened(file, store).key(READING) == one.key(READING)
    assert one.screening is not None and store.kept(one.key(SCREENING)) is not None


def test_a_source_that_goes_on_changing_is_refused(file: Path, tmp_path: Path, monkeypatch):
    store, read, count = Store(tmp_path / "store"), computing.read, iter(range(100))

    def never(path: Path, *given: Any) -> Any:
        found = read(path, *given)
        path.write_text(f"id;name\n{next(count)};x\n", "utf-8")
        return found

    monkeypatch.setattr(computing, "read", never)
    with pytest.raises(InputRefused) as refused:
        _ = opened(file, store).snapshot
    assert refused.value.key == "running.changing"
    assert not list((store.folder / "results").glob("*")) and not (store.folder / "tables").exists()


def test_a_source_that_is_removed_while_it_is_read_is_not_there(
    file: Path, tmp_path: Path, monkeypatch
):
    def gone(path: Path, *_: Any) -> Any:
        path.unlink()
        raise FileNotFoundError(path)

    monkeypatch.setattr(computing, "read", gone)
    with pytest.raises(InputRefused) as refused:
        _ = opened(file, Store(tmp_path / "store")).snapshot
    assert refused.value.key == "running.no_file"


@pytest.mark.parametrize(
    "damage",
    [
        b"[]",
        b"",
        b"\0\xff\xfe",
        b'{"form": 1}\n{}',
        b"null\nnull",
        "half",
        "other result",
        "other key",
    ],
    ids=str,
)
def test_a_damaged_result_is_computed_anew_and_told(file: Path, tmp_path: Path, damage: Any):
    store = Store(tmp_path / "store")
    right = opened(file, store).screening
    key = opened(file, store).key(SCREENING)
    kept = store.folder / "results" / f"{key}.json"
    data = kept.read_bytes()
    if damage == "half":
        kept.write_bytes(data[: len(data) // 2])
    elif damage == "other result":
        kept.write_bytes(data.partition(b"\n")[0] + b"\n{}")
    elif damage == "other key":
        kept.write_bytes(data.replace(key.encode(), key[::-1].encode()))
    else:
        kept.write_bytes(damage)
    again = Store(tmp_path / "store")
    assert opened(file, again).screening == right
    assert again.damaged == [key] and kept.read_bytes() == data


def test_what_a_result_rested_on_is_compared_though_the_key_does_not_know_of_it(tmp_path: Path):
    """A forgotten declaration is a miss, never a stale hit: also for what was computed from it."""
    told, store = tmp_path / "told.yaml", Store(tmp_path / "store")
    told.write_text("a: 1\n", "utf-8")
    with ours.noting() as noted:
        ours.read_text(told)
    store.keep("k", "stage", {"is": 1}, noted)
    assert store.kept("k") is not None
    told.write_text("a: 2\n", "utf-8")
    assert store.kept("k") is None and not store.damaged
    told.unlink()
    assert store.kept("k") is None
    told.write_text("a: 1\n", "utf-8")
    assert store.kept("k") is not None


def test_a_later_stage_rests_on_what_the_earlier_one_read(file: Path, tmp_path: Path, monkeypatch):
    from helpers import reading

    told, store = tmp_path / "hint.txt", Store(tmp_path / "store")
    told.write_text("a", "utf-8")
    read = computing.read

    def reads(*given: Any) -> reading.Snapshot:
        ours.read_text(told)
        return read(*given)

    monkeypatch.setattr(computing, "read", reads)
    key = opened(file, store).key(SCREENING)
    assert opened(file, store).screening is not None and store.kept(key) is not None
    told.write_text("b", "utf-8")
    assert store.kept(key) is None


def test_a_finished_run_leaves_the_tables_that_another_uses(file: Path, tmp_path: Path):
    one, other = Store(tmp_path / "store"), Store(tmp_path / "store")
    first, second = opened(file, one), opened(file, other)
    table = first.tables.folder
    assert second.tables.folder == table
    one.forget_tables()
    assert (table / "snapshot.json").is_file()
    other.forget_tables()
    assert not table.exists() and not list((tmp_path / "store" / "held").iterdir())
    assert first.tables.main.rows == 1  # read anew for whoever asks again
    one.forget_tables()


def test_tables_that_are_to_be_kept_stay_until_the_next_run_that_keeps_none(
    file: Path, tmp_path: Path
):
    store = Store(tmp_path / "store")
    table = opened(file, store).tables.folder
    store.keep_tables()
    store.forget_tables()
    assert table.is_dir()
    later = Store(tmp_path / "store")
    later.lease.forget_kept()
    _ = later.lease.name
    later.forget_tables()
    assert not table.exists()


KILLED = """
import sys, time
from pathlib import Path
from helpers.running.store import Store
store = Store(Path(sys.argv[1]))
store.lease.hold("table")
(store.tables("table")).mkdir(parents=True)
(store.tables("table") / "cells.parquet").write_text("cells")
with store.work() as work:
    (work / "rows").write_text("rows")
    print("there", flush=True)
    time.sleep(600)
"""


def test_a_killed_process_leaves_nothing_that_the_next_start_does_not_remove(tmp_path: Path):
    folder = tmp_path / "store"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, env=environment
    )
    assert child.stdout is not None and child.stdout.readline().strip() == b"there"
    living = Lease(folder)
    _ = living.name  # a start: what lives stays
    assert (folder / "tables" / "table" / "cells.parquet").is_file() and list(
        (folder / "work").rglob("rows")
    )
    child.send_signal(signal.SIGKILL)
    child.wait()
    later = Lease(folder)
    _ = later.name
    assert not (folder / "tables" / "table").exists() and not list((folder / "work").rglob("rows"))
    assert {one.name for one in (folder / "leases").iterdir()} == {living.name, later.name}
    later.release()
    living.release()


def test_a_relative_folder_is_the_same_wherever_a_process_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", "data/elsewhere")
    before = paths.snapshots()
    monkeypatch.chdir(tmp_path)
    assert (
        paths.snapshots() == before == paths.project_root() / "data" / "elsewhere"
        and before.is_absolute()
    )


def test_the_store_is_for_its_owner_alone(file: Path, tmp_path: Path):
    if os.name == "nt":
        pytest.skip("Windows keeps a user's folders by other means")
    store = Store(tmp_path / "store")
    _ = opened(file, store).screening
    assert store.folder.stat().st_mode & 0o077 == 0
    store.forget_tables()


def test_a_damaged_history_counts_as_none_and_is_told(tmp_path: Path):
    store = Store(tmp_path / "store")
    store.remember("a", {"now": []})
    assert json.loads((store.folder / "history" / "a.json").read_text("utf-8")) == store.remembered(
        "a"
    )
    (store.folder / "history" / "a.json").write_bytes(b"\xff{")
    assert store.remembered("a") is None and store.damaged == ["history/a"]
