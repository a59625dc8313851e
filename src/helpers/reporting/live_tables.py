"""The living kernel's side of a table that is sorted and paged: it answers the page that asks, and
leaves nothing of it in the notebook.

What a widget's state holds may be kept in a notebook, by JupyterLab where it is asked to, by
nbconvert always: program and cells are messages of their own, which nobody keeps.
"""

from __future__ import annotations

import uuid
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from helpers.reporting.weighing import STATIC

MOST_TABLES = 60  # that are remembered for a page that is opened anew


def living() -> bool:
    """Whether there is a kernel that goes on living: not in a run, where a notebook is made a page,
    nor in a plain program."""
    if STATIC.value():
        return False
    from IPython.core.getipython import get_ipython  # only in a notebook

    return getattr(get_ipython(), "kernel", None) is not None


def _asset(name: str) -> str:
    return resources.files("helpers.reporting").joinpath("assets", name).read_text("utf-8")


def _program() -> list[bytes]:
    """DataTables and its style, from the package that is installed."""
    import itables.options  # 0.1 s

    program = Path(itables.options.dt_bundle)
    return [
        program.read_bytes(),
        program.with_suffix(".css").read_bytes() + _asset("tables.css").encode(),
    ]


@cache
def tables() -> Any:
    """The one widget of this kernel that all its tables are asked of; it is never shown itself."""
    import anywidget  # 0.3 s
    import traitlets  # with anywidget

    class Tables(anywidget.AnyWidget):
        _esm = _asset("tables.js")
        kernel = traitlets.Unicode().tag(sync=True)

        def __init__(self) -> None:
            super().__init__(kernel=uuid.uuid4().hex)
            self.held: dict[str, bytes] = {}
            self.on_msg(self.answer)

        def hold(self, told: bytes) -> str:
            """Remember what a page will ask for. Returns what it asks by."""
            name = f"{self.kernel}:{uuid.uuid4().hex[:12]}"
            self.held[name] = told
            while len(self.held) > MOST_TABLES:
                del self.held[next(iter(self.held))]
            return name

        def answer(self, _: Any, asked: dict[str, Any], buffers: Any) -> None:
            if asked.get("program"):
                self.send({"program": True}, _program())
            elif (name := asked.get("table")) in self.held:
                self.send({"table": name}, [self.held[name]])

    return Tables()
