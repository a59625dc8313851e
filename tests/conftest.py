"""What all tests share: the real files, one run of the sample region, a browser, and how tests are
shared between workers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from helpers.words import light

with light.imports():
    pass

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_REGION = "sample region"
SPARK = "Spark"
BROWSER_WAITS_MS = 600_000  # a guard against hanging, for a machine far slower than any

LATE = 20  # o'clock: no session of tests takes the four hours that are left of the day


def at_noon() -> None:
    """Let it be noon where we are: what is computed is kept for the day, and two runs that are to be
    alike are not where midnight falls between them."""
    hour = time.gmtime().tm_hour
    os.environ["TZ"] = f"Etc/GMT{hour - 12:+d}"  # which counts westwards
    time.tzset()


if hasattr(time, "tzset") and time.localtime().tm_hour >= LATE:  # Windows has it not
    at_noon()

# Examples are counted, never timed; in CI they are the same ones each time.
settings.register_profile(
    "quick", max_examples=50, deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.register_profile(
    "thousand", max_examples=1000, deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("quick")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file run in one worker; those of all files that look at the sample region,
    together in one, and those that ask Spark, which takes long to start."""
    from xdist.scheduler import LoadScopeScheduling

    @cache
    def group(file: str) -> str:
        said = (ROOT / file).read_text("utf-8")
        if re.search(r"\bsample_(run|report)\b", said):
            return SAMPLE_REGION
        return SPARK if "on_spark" in said or 'f"on_{' in said else file

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid.partition("::")[0])

    return ByFile(config, log)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real files; its absence skips a test, but fails in CI."""
    folder = Path(os.environ.get("DATAKOLLEN_REAL", ROOT.parent / "shared" / "real"))
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"DATAKOLLEN_REAL: no folder {folder}")
        pytest.skip("the real files are not here: set DATAKOLLEN_REAL")
    return folder


def _program(*names: str) -> str:
    found = next((there for name in names if (there := shutil.which(name))), None)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{names[0]} is not installed")
        raise AssertionError
    return found


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Path]]:
    """Files converted by LibreOffice without a window: ``office(files, "pdf")``, in their own
    folder, in order."""
    program, profile = _program("soffice", "libreoffice"), tmp_path_factory.mktemp("office")

    def convert(files: list[Path], suffix: str) -> list[Path]:
        target = tmp_path_factory.mktemp(suffix)
        place = f"-env:UserInstallation={profile.as_uri()}"
        for folder in {file.parent for file in files}:
            mine = [str(file) for file in files if file.parent == folder]
            aside = target / str(abs(hash(folder)))
            subprocess.run(
                [
                    program,
                    place,
                    "--headless",
                    "--convert-to",
                    suffix,
                    "--outdir",
                    str(aside),
                    *mine,
                ],
                check=True,
                capture_output=True,
            )
        return [target / str(abs(hash(file.parent))) / f"{file.stem}.{suffix}" for file in files]

    return convert


def _patient(make: Callable[..., Any]) -> Callable[..., Any]:
    def made(**given: Any) -> Any:
        one = make(**given)
        one.set_default_timeout(BROWSER_WAITS_MS)
        return one

    return made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, driven by Playwright: one for all tests, as Playwright allows one at a
    time."""
    program = _program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        started.new_page, started.new_context = (
            _patient(started.new_page),
            _patient(started.new_context),
        )
        yield started
        started.close()


@pytest.fixture
def printed(chromium: Any, tmp_path: Path) -> Callable[[Path], Path]:
    """An HTML file as the PDF that a browser prints on A4."""

    def pdf(file: Path) -> Path:
        page = chromium.new_page()
        page.goto(file.as_uri())
        target = tmp_path / f"{file.stem}.pdf"
        page.pdf(path=target, prefer_css_page_size=True)
        page.close()
        return target

    return pdf


@contextmanager
def _in_this_process(snapshots: Path) -> Iterator[None]:
    from helpers.running import opening
    from helpers.running.watched import Worker

    def ask(_: Worker, work: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        with alone:
            return work(*given)

    alone = threading.Lock()
    opening._last.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATAKOLLEN_SNAPSHOTS", str(snapshots))
        patch.setattr(Worker, "ask", ask)
        yield
    while opening._last:
        opening._last.pop()[1].store.forget_tables()


class Ran(NamedTuple):
    """A run that has ended: its report, its snapshots, and the tables that it left behind."""

    report: Path
    snapshots: Path
    tables_left: list[str]


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The sample region without notebooks, computed once for all tests that only look at it or take
    what it kept."""
    from helpers.running import pipeline
    from helpers.words import paths

    home = tmp_path_factory.mktemp("sample-region")
    with _in_this_process(home / "snapshots"):
        pipeline.run(
            [],
            catalogue=paths.catalogue(),
            output=home / "report",
            language="sv",
            jobs=1,
            with_notebooks=False,
        )
    return Ran(
        home / "report",
        home / "snapshots",
        sorted(one.name for one in home.glob("snapshots/tables/*")),
    )


SAMPLE_IDS = ["karlshamn-offentlig-konst", "habo-leverantorsfakturor"]


@pytest.fixture(scope="session")
def sample_ids() -> list[str]:
    """A ranked candidate with faults, and an idea."""
    return SAMPLE_IDS


@pytest.fixture(scope="session")
def sample_report(
    sample_run: Ran, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The report of ``sample_ids`` with their notebooks, by the command, from what the run of the
    region kept."""
    folder = tmp_path_factory.mktemp("sample-report") / "report"
    environment = os.environ | {
        "DATAKOLLEN_SNAPSHOTS": str(sample_run.snapshots),
        "PYTHONUTF8": "1",
    }
    asked = [sys.executable, "-m", "helpers", "run", *SAMPLE_IDS, "--output", str(folder)]
    return folder, subprocess.run(asked, env=environment, capture_output=True, text=True)


@pytest.fixture
def in_this_process(tmp_path: Path) -> Iterator[None]:
    """What is asked of watched processes is done in this one, where Great Expectations is imported
    once for all tests."""
    with _in_this_process(tmp_path / "snapshots"):
        yield
