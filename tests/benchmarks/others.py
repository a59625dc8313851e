"""Other tools stand beside ours by a Python of their own: most of them ask for other versions of
what we use, and none is a dependency of ours.

``DATAKOLLEN_OTHERS`` names that Python (``python -m venv there``, ``there/bin/python -m pip install
fg-data-profiling``); where it is not given, or cannot import the tool, the test says so and is
skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PYTHON = "DATAKOLLEN_OTHERS"


def python_of(module: str) -> str:
    """The Python that can import the tool; else the test is skipped, with the reason."""
    named = os.environ.get(PYTHON)
    if not named:
        pytest.skip(f"{PYTHON} names no Python: {module} is no dependency of ours")
    python = shutil.which(named)
    if python is None:
        pytest.skip(f"{PYTHON} is {named!r}, which is no program")
    done = subprocess.run([python, "-c", f"import {module}"], capture_output=True, text=True)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        pytest.skip(f"{python} cannot import {module}: {' '.join(last)}")
    return python
