"""The recipes of CONTRIBUTING.md are true: their files are made, their lines put in and their
commands run in a copy of the project, exactly as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

COPIED = ("src", "data", "quality_suites", "notebooks", "tests", "pyproject.toml", "docs")
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the words after it, its lines."""

    language: str
    given: list[str]
    text: str

    def carried_out(self, project: Path) -> str:
        """Make the file, put in the lines or run the commands; what the commands printed."""
        if self.language == "sh":
            return "".join(_run(line, project) for line in self.text.splitlines())
        if self.language == "diff":
            _changed(project / self.given[0], self.text)
            return ""
        action, file = self.given[0], project / self.given[1]
        before = file.read_text("utf-8") if file.exists() else ""
        assert file.exists() == (action != "new"), file
        if action == "before":
            assert before.count(self.given[2]) == 1, self.given[2]
            made = before.replace(self.given[2], self.text + self.given[2])
        else:
            made = before + self.text
        file.write_text(made, "utf-8")
        return ""


def _changed(file: Path, diff: str) -> None:
    lines = diff.splitlines()
    was = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    now = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    before = file.read_text("utf-8")
    assert before.count(was) == 1, f"{file.name}: {was!r} stands {before.count(was)} times"
    file.write_text(before.replace(was, now), "utf-8")


def _run(line: str, project: Path) -> str:
    python, *words = shlex.split(line)
    assert python == "python"
    environment = os.environ | {"PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *words], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def recipe(root: Path, title: str) -> list[Block]:
    """The blocks below a heading, in order."""
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    part = re.split(r"\n##+ ", text.split(f"\n### {title}\n")[1])[0]
    return [
        Block(kind, shlex.split(given or ""), said) for kind, given, said in BLOCK.findall(part)
    ]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the project, without what runs have left in it."""
    kept = shutil.ignore_patterns("__pycache__", "snapshots", ".*")
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, tmp_path / "project" / name, ignore=kept)
        else:
            shutil.copy(root / name, tmp_path / "project" / name)
    return tmp_path / "project"


TITLES = (
    "Add a rule with its own SQL",
    "Add a dataset type",
    "Add a format",
    "Add a criterion",
    "Add a variant of a type",
    "Add a fault of metadata",
)


def test_what_they_change_is_there_to_be_changed(root: Path, project: Path):
    for title in TITLES:
        blocks = recipe(root, title)
        assert any(block.language == "sh" for block in blocks), title
        for block in blocks:
            if block.language != "sh":
                block.carried_out(project)


@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    # a criterion is about all candidates of the region
    [pytest.param(one, marks=[pytest.mark.long] if one == TITLES[3] else []) for one in TITLES],
)
def test_it_does_what_it_says(root: Path, project: Path, title: str):
    said = [block.carried_out(project) for block in recipe(root, title)][-1]
    if "{" in said:
        said = said[said.index("{") :]  # after what other commands printed
    if title == TITLES[0]:
        assert " passed" in said and "failed" not in said and "skipped" not in said
    elif title == TITLES[1]:
        found = json.loads(said)
        assert found["type"] == "cykelparkering"
        (rule,) = [one for one in found["findings"] if one["id"] == "cykelplatser_possible"]
        assert rule["outcome"] == "failed" and rule["rows"] == [3]
    elif title == TITLES[2]:
        assert json.loads(said)["reading"]["rows"] == 2
    elif title == TITLES[3]:
        assert "value_climate" in said
    elif title == TITLES[5]:
        assert " passed" in said and "failed" not in said and "skipped" not in said
    else:
        follows = json.loads(said)["specification"]
        assert follows["variant"] == "pulkabacke" and follows["layout"]["name"] == "trial"
        assert follows["layout"]["without_field"] == ["kommentar"]
        assert follows["conformity"] == 1


def test_the_places_that_it_names_are_there(root: Path):
    for page in (root / "CONTRIBUTING.md", root / "README.md", *(root / "docs").rglob("*.md")):
        text = page.read_text("utf-8")
        for name in re.findall(r"`((?:src|tests|docs|data|quality_suites)/[\w/.-]+)`", text):
            made = (
                name.startswith("data/snapshots/") or f" new {name}\n" in text
            )  # by running, by a recipe
            assert made or (root / name).exists(), f"{page.name}: {name}"
