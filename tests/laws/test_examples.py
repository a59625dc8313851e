"""Examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import helpers

SOURCE = Path(helpers.__file__).parent
WITH = sorted(file for file in SOURCE.rglob("*.py") if ">>>" in file.read_text("utf-8"))


@pytest.mark.parametrize("file", WITH, ids=lambda file: str(file.relative_to(SOURCE)))
def test_the_examples_of_a_module(file: Path):
    name = ".".join(("helpers", *file.relative_to(SOURCE).with_suffix("").parts))
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted and not found.failed
