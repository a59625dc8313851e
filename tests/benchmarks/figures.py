"""The figures that benchmarks have measured, and docs/performance.md made of them.

A benchmark keeps a figure when ``DATAKOLLEN_FIGURES`` is 1 (``make bench``); one that is not run
again stays with its own date and commit. No figure is written by hand: the page is made of
``figures.json`` alone (``python -m tests.benchmarks.figures``), and a test holds it to that.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import os
import platform
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
KEPT, WHY = HERE / "figures.json", HERE / "why.yaml"
PAGE = HERE.parents[1] / "docs" / "performance.md"
VERSIONS = ("duckdb", "pyarrow", "great_expectations", "pandas", "numpy")
BEGINNING = """# What it costs

CPU seconds of one piece of work in a process of its own, imports not counted, beside the floor of
the same work in one session: the least of a few runs, and the greatest peak of memory. Seconds
of a clock say more of what else a machine does. `make bench` measures anew and writes this page; no
figure stands here that was not measured, and each has its own date. Files are generated. A goal is
of the issue that asked for it; where it is not reached the line says what takes the CPU.
"""


def keep(
    part: str,
    what: str,
    found: Any,
    *,
    beside: str = "",
    floor: Any = None,
    goal: float | None = None,
    most_mb: int | None = None,
    disk_mb: float | None = None,
    of_them: int | None = None,
) -> None:
    """Print a figure (``cpu_s``, ``peak_mb``) and, where they are asked for, keep it. ``goal``: so
    many times the ``floor``, at most; with no floor CPU seconds. ``disk_mb`` is what the work
    leaves; ``of_them`` how many such works to count up, which the page says is counted."""
    ratio = "" if floor is None else f", {found.cpu_s / floor.cpu_s:.2f} times {beside}"
    print(f"\n{what}: {found.cpu_s:.2f} s CPU, peak {found.peak_mb:.0f} MB{ratio}")
    if os.environ.get("DATAKOLLEN_FIGURES") != "1":
        return
    figures = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    figures[f"{part}: {what}"] = {
        "part": part,
        "what": what,
        "cpu_s": round(found.cpu_s, 2),
        "peak_mb": round(found.peak_mb),
        "beside": beside,
        "floor_s": None if floor is None else round(floor.cpu_s, 2),
        "goal": goal,
        "most_mb": most_mb,
        "disk_mb": None if disk_mb is None else round(disk_mb, 1),
        "of_them": of_them,
        "command": os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0],
        **measured_on(),
    }
    KEPT.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


def measured_on() -> dict[str, str]:
    """When, of which commit, with what and on which machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True
    )
    versions = [f"{name} {importlib.metadata.version(name)}" for name in VERSIONS]
    busy = "" if os.getloadavg()[0] < 1.5 else ", busy with other work"
    return {
        "date": dt.date.today().isoformat(),
        "commit": commit.stdout.strip(),
        "with": ", ".join([f"Python {platform.python_version()}", *versions]),
        "machine": f"{_processor()}, {os.cpu_count()} cores{busy}",
    }


def _processor() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _line(one: dict[str, Any]) -> str:
    ratio = one["cpu_s"] / one["floor_s"] if one["floor_s"] else None
    beside = f"{ratio:.2f} × {one['beside']} ({one['floor_s']:.2f} s)" if ratio else ""
    if one.get("disk_mb") is not None:
        beside = f"leaves {one['disk_mb']} MB on disk"
    if many := one.get("of_them"):
        hours, gigabytes = many * one["cpu_s"] / 3600, many * one["disk_mb"] / 1000
        beside += f"; {many} of them, counted up: {hours:.1f} h CPU, {gigabytes:.1f} GB"
    goal = ""
    if one["goal"] is not None:
        reached = (ratio or one["cpu_s"]) <= one["goal"]
        unit = " ×" if ratio else " s"
        goal = f"{one['goal']:g}{unit}, {'reached' if reached else '**not reached**'}"
    peak = f"{one['peak_mb']} MB"
    if one["most_mb"]:
        peak += f" of {one['most_mb']}"
    cells = (one["what"], f"{one['cpu_s']:.2f} s", peak, beside, goal, one["date"], one["commit"])
    return f"| {' | '.join(cells)} |"


def page() -> str:
    """docs/performance.md."""
    figures = json.loads(KEPT.read_text("utf-8"))
    why = yaml.safe_load(WHY.read_text("utf-8"))
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in figures.values():
        parts[one["part"]].append(one)
    text = [BEGINNING]
    for part, ones in parts.items():
        text.append(f"## {part}\n")
        text.append("| what | CPU | peak | beside | goal | date | commit |")
        text.append("| --- | --- | --- | --- | --- | --- | --- |")
        text += [_line(one) for one in ones]
        commands = sorted({one["command"].partition("::")[0] for one in ones})
        text.append(f"\nCommand: `python -m pytest -m benchmark -s {' '.join(commands)}`\n")
        if part in why:
            text.append(str(why[part]).strip() + "\n")
    text.append("## Machines and versions\n")
    for said in sorted(
        {f"{one['date']}: {one['machine']}; {one['with']}" for one in figures.values()}
    ):
        text.append(f"- {said}")
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
