"""An installation without an index works by the README's words: gathered here, installed with the
index switched off."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLOSED = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "PIP_NO_INDEX": "1",
}


def commands(root: Path) -> list[list[str]]:
    """The indented commands that the README gives after "without an index"."""
    said = (root / "README.md").read_text("utf-8").split("install without an index:\n")[1]
    block = re.match(r"\n((?:    .+\n)+)", said)
    assert block
    return [shlex.split(line) for line in block[1].splitlines()]


@pytest.mark.long
def test_the_readmes_words_install_it_with_the_index_switched_off(root: Path, tmp_path: Path):
    project = tmp_path / "project"
    kept = shutil.ignore_patterns(".venv", ".git", "reports", "snapshots", "__pycache__", ".*cache")
    shutil.copytree(root, project, ignore=kept)
    wheels = project / "wheelhouse"
    recipe = (root / "Makefile").read_text("utf-8").split("wheelhouse: ")[1].split("\n\n")[0]
    for line in recipe.splitlines()[1:]:
        words = shlex.split(line.strip().replace("$(BIN)/python", sys.executable))
        subprocess.run(words, cwd=project, check=True)
    assert len(list(wheels.iterdir())) > 100
    for python, *words in commands(root):
        program = sys.executable if python == "python" else str(project / python)
        subprocess.run([program, *words], cwd=project, check=True, env=os.environ | CLOSED)
    done = subprocess.run(
        [project / ".venv/bin/python", "-m", "helpers", "list"], cwd=project, capture_output=True
    )
    assert done.returncode == 0 and b"karlskrona" in done.stdout
