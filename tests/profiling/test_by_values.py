"""Columns whose names say nothing are known by what they hold, and nothing is guessed beyond that."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.running.opening import Opened
from helpers.running.store import Store

PLACES = "".join(
    f"{tree}{ending};Ronneby;{56.12345 + i / 100 + j / 37:.6f};{15.23456 + i / 90 + j / 41:.6f};2016\n"
    for i, tree in enumerate(["Ek", "Al", "Lind", "Björk", "Asp", "Sälg", "Tall", "Gran"])
    for j, ending in enumerate(["hult", "backa", "näs", "vik", "torp"])
)


def recognised(folder: Path, header: str, rows: str = PLACES) -> Opened:
    (folder / "bathing.csv").write_text(f"{header}\n{rows}", "utf-8")
    return Opened(folder / "bathing.csv", store=Store(folder / "store"))


def test_a_place_is_known_by_its_position_and_its_name(tmp_path: Path):
    opened = recognised(tmp_path, "C0;C1;C2;C3;C4")
    assert (opened.type, opened.type_confidence, opened.variant) == (
        "platsinformation",
        0.5,
        "badplats",
    )
    assert opened.fields == {"name": "C0", "latitude": "C2", "longitude": "C3"}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("vad;C1;C2;C3;C4", PLACES),  # one header says something
        ("C0;C1;C2;C3;C4", PLACES.replace("5", "7").replace("1", "8")),  # no position in Sweden
        ("C0;C1;C2", "a;1;2\nb;3;4\nc;5;6\n"),
    ],
)
def test_else_it_stays_unknown(tmp_path: Path, header: str, rows: str):
    assert recognised(tmp_path, header, rows).type == "annan"
