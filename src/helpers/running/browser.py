"""A browser of this machine that prints pages as PDF: Chromium, Chrome or Edge, without a window,
without a network, with a folder of its own that is gone afterwards.

Chromium from version 131 tags the file, names its language and title, makes bookmarks of its
headings and numbers its pages.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from helpers.words.errors import ComputationFailed, ConfigurationError
from helpers.words.files.ours import Setting

BROWSER = Setting("DATAKOLLEN_BROWSER")  # the program, where it is not found by itself
SECONDS = 180.0  # for one page
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
# below the folders that Windows keeps programs in
WINDOWS = (
    Path("Google", "Chrome", "Application", "chrome.exe"),
    Path("Chromium", "Application", "chrome.exe"),
    Path("Microsoft", "Edge", "Application", "msedge.exe"),
)
PROGRAMS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "LOCALAPPDATA")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
)
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-default-apps",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name leads anywhere
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


def _places() -> list[Path]:
    """Where such programs usually lie, the first that is there first."""
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    folders = [Path(folder) for name in PROGRAMS if (folder := os.environ.get(name))]
    return [*on_path, *(folder / program for program in WINDOWS for folder in folders), *MACOS]


def found() -> Path:
    """The browser: as ``DATAKOLLEN_BROWSER`` names it, else the first that is there.
    ``ConfigurationError`` where there is none."""
    named = BROWSER.value()
    if named:
        there = shutil.which(named)
        if not there:
            raise ConfigurationError("pdf.no_such_browser", {"setting": BROWSER.name})
        return Path(there)
    program = next((place for place in _places() if place.is_file()), None)
    if program is None:
        raise ConfigurationError("pdf.no_browser", {"setting": BROWSER.name})
    return program


def _as_root() -> bool:
    """Chromium refuses its sandbox to the administrator of a system like Linux."""
    return sys.platform != "win32" and os.geteuid() == 0


def pdf(page: Path, work: Path, program: Path, seconds: float = SECONDS) -> bytes:
    """The page as PDF. ``work``: a private folder, where the browser keeps what it must.

    ``ComputationFailed`` where it comes to no end in ``seconds``, or makes no such file.
    """
    file, profile = work / "page.pdf", work / "profile"
    command = [
        str(program),
        *QUIET,
        *(["--no-sandbox"] if _as_root() else []),
        f"--user-data-dir={profile}",
        f"--print-to-pdf={file}",
        page.absolute().as_uri(),
    ]
    values = {"browser": program.name, "seconds": round(seconds)}
    try:
        _run(command, seconds)
        made = file.read_bytes()
    except subprocess.TimeoutExpired:
        raise ComputationFailed("pdf.too_slow", values) from None
    except OSError:
        raise ComputationFailed("pdf.not_made", values) from None
    finally:
        file.unlink(missing_ok=True)
        shutil.rmtree(profile, ignore_errors=True)
    if not made.startswith(b"%PDF-"):
        raise ComputationFailed("pdf.not_made", values)
    return made


def _run(command: list[str], seconds: float) -> None:
    """Run to its end, or end it with all that it started."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent) as process:
        try:
            process.wait(seconds)
        except BaseException:
            with suppress(psutil.Error):
                for child in psutil.Process(process.pid).children(recursive=True):
                    with suppress(psutil.Error):
                        child.kill()
            process.kill()
            raise
