"""Examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import os
from pathlib import Path

import pytest

import helpers

SOURCE = Path(helpers.__file__).parent
OPTIONAL = ("psycopg", "pyspark", "sqlglot")  # what rules need where the data are
WITH = sorted(file for file in SOURCE.rglob("*.py") if ">>>" in file.read_text("utf-8"))


@pytest.mark.parametrize("file", WITH, ids=lambda file: str(file.relative_to(SOURCE)))
def test_the_examples_of_a_module(file: Path):
    name = ".".join(("helpers", *file.relative_to(SOURCE).with_suffix("").parts))
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL or os.environ.get("DATAKOLLEN_ENGINES"):
            raise
        pytest.skip(f"{error.name} is not installed: make engines")
    found = doctest.testmod(module)
    assert found.attempted and not found.failed
