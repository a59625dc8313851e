"""10,000 synthetic personal numbers in every spelling are found; 10,000 numbers that look like them
are left alone.

The table of both is printed (``pytest -s``): for each spelling the share found, for each look-alike
the rows stopped.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from helpers.screening import screen

from .numbers import LOOKALIKES, SPELLINGS, persons
from .test_screen import snapshot

MANY = 10_000


def _rows(folder: Path, column: str, texts: list[str]) -> dict[str, int]:
    """Kind and level -> rows, of a table with this one column."""
    found: dict[str, int] = {}
    for mark in screen(snapshot(folder, **{column: texts}), {}, None).marks:
        if mark.kind == "personnummer":
            found[mark.level] = found.get(mark.level, 0) + mark.count
    return found


def test_recall_and_precision_by_spelling(tmp_path: Path):
    each = MANY // len(SPELLINGS) + 1
    right = wrong = asked = 0
    for i, (name, write) in enumerate(SPELLINGS.items()):
        found = _rows(tmp_path, "uppgift", [write(*one) for one in persons(i, each)]).get(
            "stopp", 0
        )
        print(f"{name:28} {found:5} of {each} found")
        assert found >= 0.995 * each, name
        right, asked = right + found, asked + each
    for i, (name, make) in enumerate(LOOKALIKES.items()):
        rng = random.Random(i)
        texts = [make(rng) for _ in range(MANY // len(LOOKALIKES) + 1)]
        stopped = _rows(tmp_path, "uppgift", texts).get("stopp", 0)
        print(f"{name:28} {stopped:5} of {len(texts)} taken for personal numbers")
        wrong += stopped
    print(f"recall {right / asked:.4f}, precision {right / (right + wrong):.4f}")
    assert right / asked >= 0.995
    assert right / (right + wrong) >= 0.99


def test_a_few_among_many_others(tmp_path: Path):
    """Written numbers in a column of ordinary texts are found every one."""
    rng = random.Random(7)
    texts = [f"Kontorsmaterial {rng.randint(1, 99)}" for _ in range(5000)]
    rows = rng.sample(range(5000), 60)
    for row, one, write in zip(
        rows,
        persons(7, 60),
        [SPELLINGS["10 with -"], SPELLINGS["12 digits"], SPELLINGS["in free text"]] * 20,
        strict=True,
    ):
        texts[row] = write(*one)
    marks = screen(snapshot(tmp_path, text=texts), {}, None).marks
    assert sorted(
        row for mark in marks if mark.kind == "personnummer" for row in mark.rows
    ) == sorted(row + 2 for row in rows)


@pytest.mark.parametrize("name", ["organisation number", "organisation number with -"])
def test_sole_traders_among_legal_persons_under_any_header(tmp_path: Path, name: str):
    rng = random.Random(3)
    texts = [LOOKALIKES[name](rng) for _ in range(300)] + [ten for _, ten in persons(3, 4)]
    (mark,) = [
        one
        for one in screen(snapshot(tmp_path, nyckel=texts), {}, None).marks
        if one.level == "stopp"
    ]
    assert (mark.kind, mark.count) == ("sole_trader", 4)
