"""A region of two small candidates, run by the command itself in a process of its own; what a run
has left is found by a marker in the environment, whatever it is called."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from helpers.words.files import reports

MARK = "DATAKOLLEN_TEST_MARK"
ROOT = Path(__file__).parents[2]
IDS = ("a", "b")
TIMES = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?|\b[0-9a-f]{8,}\b|\b0?\d:\d\d\b"
)


class SmallRegion:
    """``output`` and ``store`` lie in ``home``."""

    def __init__(self, home: Path) -> None:
        self.home, self.mark = home, secrets.token_hex(8)
        self.output, self.store, self.temporary = home / "report", home / "kept", home / "tmp"
        (home / "catalogue").mkdir(parents=True)
        self.temporary.mkdir()
        for name in IDS:
            self.write(name, 20)
            (home / "catalogue" / f"{name}.yaml").write_text(
                f"id: {name}\ntitle: Lista {name}\ntype: annan\norganisation: karlshamn\n"
                f"source:\n  path: ../{name}.csv\n",
                "utf-8",
            )

    def saved(self) -> Path:
        """A copy of all that lies there now."""
        return Path(shutil.copytree(self.home, self.home.with_name(secrets.token_hex(4))))

    def restore(self, saved: Path) -> None:
        """All is as it was when it was saved."""
        shutil.rmtree(self.home)
        shutil.copytree(saved, self.home)
        self.mark = secrets.token_hex(8)

    def write(self, name: str, rows: int) -> None:
        """Another file for this candidate."""
        cells = "".join(f"{name}-{n};Sak {n % 7};{n % 3}\n" for n in range(rows))
        (self.home / f"{name}.csv").write_text(f"id;name;antal\n{cells}", "utf-8")

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATAKOLLEN_SNAPSHOTS": str(self.store),
            "PYTHONUTF8": "1",
            "TMPDIR": str(self.temporary),
            "DATAKOLLEN_NOTIFY": "json://127.0.0.1:9/",  # nobody answers there
            MARK: self.mark,
        }

    def start(
        self, *more: str, dying: str = "", before: tuple[str, ...] = (), **settings: str
    ) -> subprocess.Popen[str]:
        """The command as it is, or one that dies at a point of ``dying.POINTS``. ``before``: a
        program that starts it."""
        program = ["tests.running.dying", dying] if dying else ["helpers"]
        return subprocess.Popen(
            [
                *before,
                sys.executable,
                "-m",
                *program,
                "run",
                "--catalogue",
                str(self.home / "catalogue"),
                "--output",
                str(self.output),
                "--jobs",
                "1",
                *more,
            ],
            cwd=ROOT,
            env=self.environment | settings,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *more: str, dying: str = "", **settings: str) -> int:
        """Its exit code once it has ended."""
        process = self.start(*more, dying=dying, **settings)
        process.communicate(timeout=600)
        return process.returncode

    @property
    def processes(self) -> list[psutil.Process]:
        """What bears the marker and still lives."""
        found = []
        for process in psutil.process_iter():
            try:
                lives = process.status() != psutil.STATUS_ZOMBIE
                if lives and process.environ().get(MARK) == self.mark:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def kernels(self) -> list[psutil.Process]:
        """The marked processes that run a notebook: those that wait for somebody to call."""
        found = []
        for process in self.processes:
            with suppress(psutil.Error):
                if any(one.status == psutil.CONN_LISTEN for one in process.net_connections()):
                    found.append(process)
        return found

    @property
    def left(self) -> list[str]:
        """What a run that has ended must not leave: files of its own beside the report, in the
        store, in temporary folders."""
        expected = {"catalogue", "kept", "report", "report.health.json", "tmp"}
        beside = {one.name for one in self.home.iterdir()} - expected - {f"{id}.csv" for id in IDS}
        inside = [
            str(one.relative_to(self.home))
            for place in ("kept/work", "kept/leases", "kept/tables", "kept/held", "tmp")
            for one in (self.home / place).rglob("*")
            if one.is_file() or one.is_socket()
        ]
        parts = [one.name for one in (self.store / "parts").rglob("*.part")]
        return sorted([*beside, *inside, *parts])

    def whole(self) -> bool:
        """Every file of the report stands as the run that wrote it says."""
        said = reports.said(self.output)
        return said is not None and reports.checksums(self.output) == said["files"]

    def files(self) -> dict[str, str]:
        """The report as it stands, byte for byte."""
        return reports.checksums(self.output) if self.output.is_dir() else {}

    def content(self) -> dict[str, Any]:
        """What the report says, by file: times, ids and how many nights there were aside."""
        return {name: _said(self.output / name) for name in self.files() if name != "history.html"}


def _said(file: Path) -> Any:
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as packed:
            return packed.read("word/document.xml")
    if file.suffix == ".pptx":
        with zipfile.ZipFile(file) as packed:
            slides = sorted(name for name in packed.namelist() if "/slides/slide" in name)
            return [TIMES.sub("", packed.read(name).decode()) for name in slides]
    if file.suffix == ".gpkg":
        return file.stat().st_size > 0
    text = file.read_text("utf-8")
    if file.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = json.dumps([[one["source"], one.get("outputs")] for one in cells])
    return TIMES.sub("", text)
