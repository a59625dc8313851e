"""Every side door in ``docs/side-doors.md`` names tests that exist, or says why there is none."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PAGE = Path("docs") / "side-doors.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
OPEN = ("Not shut", "Not looked into")


@cache
def _tests(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def doors(text: str) -> list[str]:
    """The rows of the tables, without their heads."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if "---" not in row and "| held by |" not in row]


def unheld(row: str, root: Path) -> list[str]:
    """What of a row is not so: tests that are not there, or neither a test nor a reason."""
    named = NAMED.findall(row)
    if not named and not any(word in row for word in OPEN):
        return [row]
    return [
        f"{file}::{test}"
        for file, test in named
        if not (root / file).is_file() or test not in _tests(root / file)
    ]


def test_every_side_door_names_its_tests_or_its_reason(root: Path):
    rows = doors((root / PAGE).read_text("utf-8"))
    assert len(rows) >= 30
    assert not [fault for row in rows for fault in unheld(row, root)]


@pytest.mark.parametrize(
    "row",
    [
        "| a way | `tests/laws/test_side_doors.py::test_that_was_never_written` |",
        "| a way | `tests/laws/test_gone.py::test_x` |",
        "| a way | somebody looks at it |",
    ],
)
def test_a_door_that_nothing_holds_is_told(row: str, root: Path):
    assert unheld(row, root)
