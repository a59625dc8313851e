"""What the tests of reading share: write bytes, read them, look at the rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import duckdb
import pytest

from helpers import reading
from helpers.reading.snapshot import Repair, Table


class Reader(Protocol):
    def __call__(
        self, data: bytes | str | Path, name: str = "x.csv", **given: Any
    ) -> reading.Snapshot: ...


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read bytes, text or a file; ``name`` is the file's name, ``given`` goes on to
    ``reading.read``."""
    counted = iter(range(1000))

    def reader(data: bytes | str | Path, name: str = "x.csv", **given: Any) -> reading.Snapshot:
        number = next(counted)
        if isinstance(data, Path):
            file = data
        else:
            file = tmp_path / f"in{number}" / name
            file.parent.mkdir()
            file.write_bytes(data.encode() if isinstance(data, str) else data)
        return reading.read(file, tmp_path / f"out{number}", **given)

    return reader


def rows(
    snapshot: reading.Snapshot, columns: str = "*", table: Table | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a table (the main one) in the order of the source."""
    return duckdb.sql(
        f"select {columns} from '{snapshot.parquet(table)}' order by source_row"
    ).fetchall()


def repair(snapshot: reading.Snapshot, code: str) -> Repair:
    """The repair of that code; fails where it was not told."""
    found = [one for one in snapshot.repairs if one.code == code]
    assert found, (code, [one.code for one in snapshot.repairs])
    return found[0]


def codes(snapshot: reading.Snapshot) -> list[str]:
    return [one.code for one in snapshot.repairs]


def names(snapshot: reading.Snapshot) -> list[str]:
    return [column.name for column in snapshot.main.columns]
