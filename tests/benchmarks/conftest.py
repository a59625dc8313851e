"""CPU seconds and peak memory of one piece of work in a fresh process, so that figures can be set
beside each other."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

# ru_maxrss of an exec'd child starts at its parent's: the high-water mark of its own memory is in
# /proc instead.
_WRAPPER = """
import json, re, resource, sys
from pathlib import Path
parts = {{}}  # of the work, by name, in CPU seconds: what it measures itself
{setup}
before = resource.getrusage(resource.RUSAGE_SELF)
{work}
after = resource.getrusage(resource.RUSAGE_SELF)
cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({{"cpu_s": cpu, "peak_mb": peak, "parts": parts}}))
"""


@dataclass(frozen=True)
class Measured:
    cpu_s: float
    peak_mb: float
    parts: dict[str, float] = field(default_factory=dict)  # CPU seconds, of the run with the least


def measure(
    work: str, *arguments: str, setup: str = "", runs: int = 3, python: str = sys.executable
) -> Measured:
    """The least CPU (seconds) of some runs and the greatest peak memory (MiB). ``setup`` is not
    counted as CPU. ``python``: of another environment."""
    found = []
    for _ in range(runs):
        # by standard input: PySpark, which Great Expectations imports where it is, ends a program
        # that is given by -c
        done = subprocess.run(
            [python, "-", *arguments],
            input=_WRAPPER.format(setup=setup, work=work),
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(json.loads(done.stdout.splitlines()[-1]))
    least = min(found, key=lambda one: one["cpu_s"])
    return Measured(least["cpu_s"], max(one["peak_mb"] for one in found), least["parts"])


@pytest.fixture(scope="session", name="measure")
def measuring() -> Callable[..., Measured]:
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is measured through /proc, which only Linux has")
    return measure
