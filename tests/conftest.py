"""What all tests share: the real files, and where the sample region lies."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
    """Files converted by LibreOffice without a window: ``office(files, "pdf")``, in their own folder, in order."""
    program, profile = _program("soffice", "libreoffice"), tmp_path_factory.mktemp("office")

    def convert(files: list[Path], suffix: str) -> list[Path]:
        target = tmp_path_factory.mktemp(suffix)
        place = f"-env:UserInstallation={profile.as_uri()}"
        for folder in {file.parent for file in files}:
            mine = [str(file) for file in files if file.parent == folder]
            aside = target / str(abs(hash(folder)))
            subprocess.run([program, place, "--headless", "--convert-to", suffix, "--outdir", str(aside), *mine],
                           check=True, capture_output=True, timeout=240)  # fmt: skip
        return [target / str(abs(hash(file.parent))) / f"{file.stem}.{suffix}" for file in files]

    return convert


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, driven by Playwright: one for all tests, as Playwright allows one at a time."""
    program = _program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
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
