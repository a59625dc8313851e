"""JupyterLab as `datakollen lab` starts it, driven as a person drives it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from helpers.running.commands.run import QUIET

WIDTH, HEIGHT = 1400, 1000
STILL = "text=/ipykernel.*Idle/"  # of the status bar
IDLE = "/ipykernel.*Idle/.test(document.querySelector('#jp-main-statusbar').textContent)"
DONE = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(one => one.textContent);
  return prompts.length > 0 && prompts.every(one => /\\[\\d+\\]/.test(one));
}"""
# what a cell says that failed: its words stand where warnings do
FAILED = """() => [...document.querySelectorAll('[data-mime-type="application/vnd.jupyter.stderr"]')]
  .map(one => one.innerText).filter(said => said.includes('Traceback (most recent call last)')).join('\\n')"""


@dataclass
class Lab:
    """A server in a folder of notebooks, what pages of it asked for, and what went wrong there."""

    address: str
    folder: Path
    browser: Any
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def notebook(self, name: str, **parameters: str) -> Path:
        """A copy of one of ours with these parameters in its first code cell."""
        target = self.folder / f"{name}.ipynb"
        shutil.copy(Path("notebooks") / target.name, target)
        plain = nbformat.read(target, as_version=4)
        [cell] = [one for one in plain.cells if "parameters" in one.metadata.get("tags", [])]
        lines = [line.split(" = ")[0] for line in cell.source.splitlines()]
        given = dict(line.split(" = ", 1) for line in cell.source.splitlines())
        given |= {key: repr(value) for key, value in parameters.items()}
        assert set(given) == set(lines)
        cell.source = "\n".join(f"{key} = {value}" for key, value in given.items())
        nbformat.write(plain, target)
        return target

    def open(self, notebook: Path) -> Any:
        """The page of a notebook, its kernel at rest."""
        page = self.browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.on("request", lambda one: self.asked.append(one.url))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on(
            "console",
            lambda one: self.wrong.append(one.text) if one.type == "error" else None,
        )
        page.goto(f"{self.address}/lab/tree/{notebook.name}?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_selector(STILL)
        return page

    def run_all(self, page: Any) -> None:
        """Every cell is run to its end. ``AssertionError`` with what a cell said that failed."""
        page.click("text=Run >> nth=0")
        page.click("text=Run All Cells >> nth=0")
        for _ in range(6000):
            if page.evaluate(DONE) and page.evaluate(IDLE):
                return
            failed = page.evaluate(FAILED)
            assert not failed, failed
            page.wait_for_timeout(100)
        raise AssertionError("the notebook did not come to its end")

    def save(self, page: Any, notebook: Path) -> dict[str, Any]:
        """What stands in the file when the page has saved it."""
        before = notebook.stat().st_mtime_ns
        page.keyboard.press("Control+s")
        for _ in range(600):
            with suppress(ValueError):  # half of it is written
                if notebook.stat().st_mtime_ns != before:
                    saved: dict[str, Any] = json.loads(notebook.read_text("utf-8"))
                    return saved
            page.wait_for_timeout(50)
        raise AssertionError("it was not saved")

    def end_kernels(self, page: Any) -> None:
        """No kernel of the server is left."""
        asked, sessions = page.context.request, f"{self.address}/api/sessions"
        tokens = [one["value"] for one in page.context.cookies() if one["name"] == "_xsrf"]
        for one in asked.get(sessions).json():
            ended = asked.delete(f"{sessions}/{one['id']}", headers={"X-XSRFToken": tokens[0]})
            assert ended.status == 204, ended.text()
        assert asked.get(sessions).json() == []

    def beyond(self) -> list[str]:
        """What pages asked for elsewhere than of the server."""
        own = (self.address, self.address.replace("http", "ws"), "data:", "blob:", "about:")
        return [url for url in self.asked if not url.startswith(own)]


@contextmanager
def started(browser: Any, folder: Path, snapshots: Path, *, dark: bool = False) -> Iterator[Lab]:
    """The server, without a browser of its own, a token and a port that others know."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [
        *QUIET,
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",  # one that another took meanwhile is no server of ours
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--allow-root",
        f"--notebook-dir={folder}",
    ]
    settings = folder / ".settings"
    chosen = settings / "user/@jupyterlab/apputils-extension"
    chosen.mkdir(parents=True)
    theme, news = {"theme": f"JupyterLab {'Dark' if dark else 'Light'}"}, {"fetchNews": "false"}
    for name, setting in (("themes", theme), ("notification", news)):
        (chosen / f"{name}.jupyterlab-settings").write_text(json.dumps(setting), "utf-8")
    environment = os.environ | {
        "DATAKOLLEN_SNAPSHOTS": str(snapshots),
        "JUPYTERLAB_SETTINGS_DIR": str(settings / "user"),
        "JUPYTERLAB_WORKSPACES_DIR": str(settings / "workspaces"),
    }
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *asked],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        while server.poll() is None:
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        assert server.poll() is None, (folder / "lab.log").read_text()[-2000:]
        yield Lab(address, folder, browser)
    finally:
        server.terminate()
        server.wait()
