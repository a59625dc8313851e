"""Two deliveries of one thing: ids that change and objects that move are named, and no id is
kept."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from helpers.declared.catalogue import Entry
from helpers.running.opening import Opened
from helpers.running.store import Store

HEAD = "source;id;name;latitude;longitude;email\n"


def delivery(file: Path, *, renamed: int = 0, moved: int = 0) -> Path:
    """Twenty places; the first ``renamed`` have a new id, the ``moved`` after them lie 1.1 km to
    the north."""
    lines = []
    for i in range(20):
        key = f"{'ny' if i < renamed else 'bad'}-{i:03}"
        lat = 56.2 + i / 1000 + (0.01 if renamed <= i < renamed + moved else 0)
        lines.append(f"1080;{key};Badet {chr(65 + i)};{lat:.4f};15.55;bad@karlskrona.se\n")
    file.write_text(HEAD + "".join(lines), "utf-8")
    return file


def said(opened: Opened) -> dict[str, tuple[str, list[int]]]:
    return {
        one.id: (one.outcome, one.rows)
        for one in opened.findings
        if one.id in ("id_stable", "position_stable")
    }


@pytest.fixture
def entry() -> Entry:
    return Entry(
        id="bad",
        title="Bad",
        type="platsinformation",
        organisation="karlskrona",
        variant="badplats",
    )


def test_a_run_compares_with_the_delivery_before_and_keeps_no_id(tmp_path: Path, entry: Entry):
    store = Store(tmp_path / "store")
    first = Opened(delivery(tmp_path / "a.csv"), entry=entry, store=store)
    assert {one[0] for one in said(first).values()} == {"not_applicable"}
    later = delivery(tmp_path / "b.csv", renamed=3, moved=2)
    for _ in range(2):  # opened again it says the same
        found = said(Opened(later, entry=entry, store=store))
        assert found == {"id_stable": ("failed", [2, 3, 4]), "position_stable": ("failed", [5, 6])}
    kept = list((tmp_path / "store" / "deliveries" / "bad").glob("*.parquet"))
    assert len(kept) == 2
    cells = {
        str(cell)
        for file in kept
        for row in pq.read_table(file).to_pylist()
        for cell in row.values()
    }
    assert not any(
        part in cell.lower() for cell in cells for part in ("bad-", "ny-", "badet")
    )  # "bad" alone may be a hash
    assert (tmp_path / "store" / "deliveries" / "secret").stat().st_mode & 0o077 == 0


def test_check_compares_with_the_file_that_is_given(tmp_path: Path):
    now, before = (
        delivery(tmp_path / "badplatser-2.csv", renamed=2),
        delivery(tmp_path / "badplatser-1.csv"),
    )
    opened = Opened(now, type="platsinformation", store=Store(tmp_path / "store"), before=before)
    assert said(opened) == {"id_stable": ("failed", [2, 3]), "position_stable": ("passed", [])}
