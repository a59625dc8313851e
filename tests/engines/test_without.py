"""Spark beside us takes nothing away: what needs no cluster goes on as if it were not installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

READY = "from helpers.checking import engine; engine._ready(); print('here')"


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed")
def test_a_process_that_was_started_without_a_file_goes_on_with_pyspark_installed():
    """As workers are: pyspark's other client ends them with code 0 where its own parts lack."""
    done = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["here"]
