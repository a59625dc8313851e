"""Lines that need no parser are cut many at once; the cells, the rows' numbers and what is told are
those of reading line by line, wherever an odd line stands."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from helpers.reading import plain_lines, read, scanning

ODD = (
    "",
    ";;",
    'x;"två\nrader";3',
    'x;stray "quote;3',
    '"a";"b ""c""";3',
    "kort",
    "x;y;3;4;för lång",
    "x;y;3;",
    'öppen;"sista',
)


def _text(rng: random.Random) -> str:
    lines = ["namn;plats;antal"] + [f"Å {i};;{i % 7}" for i in range(300)]
    for odd in ODD[: rng.randint(1, len(ODD))]:
        lines.insert(rng.randrange(1, len(lines) + 1), odd)
    return "\n".join(lines) + "\n" * rng.randint(0, 1)


def _read(file: Path, folder: Path) -> dict[str, Any]:
    snapshot = read(file, folder)
    parquet = str(snapshot.parquet())
    rows = duckdb.sql(f"select * from '{parquet}'").fetchall()
    return {
        "rows": rows,
        "repairs": snapshot.repairs,
        "rejected": (snapshot.rejected, snapshot.rejected_total),
        "surroundings": (folder / "surroundings.jsonl").read_text(),
    }


@pytest.mark.parametrize("seed", range(6))
def test_many_lines_at_once_are_read_as_one_by_one(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "platser.csv"
    file.write_text(_text(random.Random(seed)), "utf-8", newline="")
    monkeypatch.setattr(plain_lines, "LEAST", 1 << 40)
    by_hand = _read(file, tmp_path / "by_hand")
    assert by_hand["repairs"]
    for least, block in ((1, 1 << 22), (3, 97), (40, 1500)):
        monkeypatch.setattr(plain_lines, "LEAST", least)
        monkeypatch.setattr(plain_lines, "BLOCK", block)
        assert _read(file, tmp_path / f"at_once_{least}") == by_hand


def test_runs_hold_every_line_once_and_plain_ones_alone(tmp_path: Path):
    file = tmp_path / "x.csv"
    plain = "\n".join(f"{i};b" for i in range(500))
    file.write_text(f'{plain}\n\n{plain}\n"q";b\n{plain}', "utf-8", newline="")
    lines = plain_lines.Lines(file, ";", 2)
    seen: list[str] = []
    at_once = 0
    while True:
        run = lines.run()
        if run is None:
            line = next(lines, None)
            if line is None:
                break
            seen.append(line)
            continue
        block = run.block(";", 2)
        assert block is not None and block.rows == run.lines == len(run.texts())
        assert [column[0].as_py() for column in block.columns] == ["0", "b"]
        at_once += run.lines
        seen += run.texts()
    assert seen == file.read_text("utf-8").split("\n")
    assert at_once >= 1499


def test_western_bytes_become_the_same_letters_either_way():
    decoder = scanning._Western()
    for byte in range(256):
        if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
            with pytest.raises(UnicodeDecodeError):
                decoder.decode(bytes([65, byte]))
        else:
            assert decoder.decode(bytes([65, byte])) == bytes([65, byte]).decode("windows-1252")
