"""environment.yml, for conda, is held to the lock."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml


def test_the_environment_for_conda_is_held_to_the_lock(root: Path):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    lock = dict(
        re.findall(
            r"^([a-z0-9._-]+)==([^ ;\\]+)", (root / "requirements.lock").read_text("utf-8"), re.M
        )
    )
    plain = yaml.safe_load((root / "environment.yml").read_text("utf-8"))
    assert plain["channels"] == ["conda-forge", "nodefaults"]
    listed = [one for one in plain["dependencies"] if isinstance(one, str)]
    listed += next(one["pip"] for one in plain["dependencies"] if isinstance(one, dict))
    given = dict(
        re.split("==?", one.split(";")[0].strip(), maxsplit=1)
        for one in listed
        if re.search(r"[a-z0-9]==?\d", one)
    )
    renamed = {"python-duckdb": "duckdb"}
    given = {renamed.get(name, name): version for name, version in given.items()}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    for name in (re.split(r"[<>=!~ \[]", one)[0].lower() for one in wanted):
        assert given[name] == lock[name], name
