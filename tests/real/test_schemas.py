"""Bad files of other validators, each held against a schema: the same rows as frictionless names, or
why not (``schemas.yaml``)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.checking.schema_trials import rows_of, tried

from .conftest import HERE

CASES = yaml.safe_load((HERE / "schemas.yaml").read_text("utf-8"))
EVERY = 10  # file is in the quick set


@pytest.mark.real
@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["file"], marks=[pytest.mark.slow] if number % EVERY else [])
        for number, case in enumerate(CASES)
    ],
)
def test_a_bad_file_with_a_schema(case: dict[str, Any], real: Path, tmp_path: Path):
    package = case.get("package", {"resources": [{"path": case["file"]}]})
    for resource in package["resources"]:
        file = real / "bad" / "frictionless" / resource["path"]
        shutil.copyfile(file, tmp_path / resource["path"])
    schema = case.get("package") or case["schema"]
    assert rows_of(tried(tmp_path, schema, "schema.json", case["file"])) == case["rows"]
    assert ("frictionless" in case) is ("because" in case)
