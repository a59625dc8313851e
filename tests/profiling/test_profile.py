"""A profile counts truthfully, and of a marked column it holds shapes only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.profiling import quantiles, shapes
from helpers.profiling.profile import profile
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot, Table
from helpers.screening.marks import Mark, Risk, Screening


def test_profile(tmp_path: Path) -> None:
    pq.write_table(
        pa.table(
            {
                "source_row": [2, 3, 4, 5],
                "t0": ["Å1", "B2", "B2", "-"],
                "t1": ["1,5", "2,5", "2,5", "x"],
                "v1": [1.5, 2.5, 2.5, None],
                "t2": ["a", "b", "b", "hemlig"],
            }
        ),
        tmp_path / "main.parquet",
    )
    columns = [
        Column(0, "kod", missing={"-": 1}),
        Column(1, "belopp", "decimal", 1),
        Column(2, "namn"),
    ]
    shot = Snapshot(tmp_path, "x.csv", "0", "csv", [Table("main", "main.parquet", 4, columns)])
    found = profile(
        shot, Screening([Mark("main", "namn", "personnummer", "certain", 1, [5], "stopp")])
    )
    text = json.dumps(found, allow_nan=False)
    assert "hemlig" not in text
    (table,) = found["tables"]
    assert (table["rows"], table["duplicate_rows"], table["keys"]) == (4, 1, [])
    code, amount, name = table["columns"]
    assert (code["missing"], code["missing_share"], code["distinct"]) == (1, 0.25, 2)
    assert code["top"][0] == {"value": "B2", "count": 2} and code["patterns"] == [
        {"shape": "A9", "count": 3}
    ]
    assert (amount["min"], amount["max"], amount["quantiles"]["0.5"]) == (1.5, 2.5, 2.5)
    assert name["marked"] and name["top"] == [] and name["min"] is None
    assert {"shape": "AAAAAA", "count": 1} in name["patterns"]


def test_of_a_count_of_people_nothing_below_k_is_told(tmp_path: Path) -> None:
    numbers = [0, 1, 3, 3, 4, 12, 12, 30]
    rows = {"source_row": list(range(2, 10)), "t0": [str(one) for one in numbers], "v0": numbers}
    pq.write_table(pa.table(rows | {"t1": rows["t0"], "v1": numbers}), tmp_path / "main.parquet")
    columns = [Column(0, "antal_resor", "integer", 1), Column(1, "linje", "integer", 1)]
    shot = Snapshot(tmp_path, "x.csv", "0", "csv", [Table("main", "main.parquet", 8, columns)])
    risk = Risk("main", "small_cells", ["linje"], 5, 1, 8, 4, 4, 8, 4, 0.9, counted="antal_resor")
    counts, line = profile(shot, Screening(risks=[risk]))["tables"][0]["columns"]
    assert (counts["min"], counts["max"], counts["distinct"]) == (0, 30, 6)
    assert counts["top"][0] == {"value": "..", "count": 4} and counts["quantiles"]["0.5"] == ".."
    told = [
        counts["min"],
        counts["max"],
        *counts["quantiles"].values(),
        *(one["value"] for one in counts["top"]),
    ]
    assert not [one for one in told if one != ".." and 0 < float(one) < 5]
    assert line["min"] == 0 and {"value": "3", "count": 2} in line["top"] and ".." not in str(line)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 1000])
@pytest.mark.parametrize("way", [quantiles.held, quantiles.from_sorted])
def test_quantiles_of_many_numbers_are_those_of_few(count: int, way: Callable[..., Any]):
    """To the last bit, held or sorted, where an aggregate would be slow or hold too much."""
    with databases.connect() as con:
        con.execute(
            "create table source as select if(i % 5 = 0, null, (i * 7919) % 101 / 7.0) as v"
            f" from range({count}) t(i)"
        )
        assert way(con, "v") == quantiles.of_numbers(con, "v", count)


def test_shapes_of_many_texts_are_those_of_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """By Arrow's bytes, in pages that wait on disk, where they are many: the same shapes."""
    texts = [f"Å{i}-é {i * i}" if i % 3 else "x" * (i % 5 + 1) for i in range(100)]
    shorter = [text[:3] for text in texts]
    table = pa.table({"source_row": range(2, 102), "t0": texts, "t1": shorter})
    pq.write_table(table, tmp_path / "main.parquet")
    columns = [Column(0, "a"), Column(1, "b")]
    shot = Snapshot(tmp_path, "x.csv", "0", "csv", [Table("main", "main.parquet", 100, columns)])
    few = profile(shot, Screening())
    monkeypatch.setattr(shapes, "MANY", 0)
    monkeypatch.setattr(shapes, "HELD", 7)
    assert profile(shot, Screening()) == few
    assert not list(tmp_path.glob("shapes*"))
