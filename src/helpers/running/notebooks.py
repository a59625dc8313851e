"""Run a notebook with papermill under its parameter contract; the truth about the outcome is ours,
not its metadata's.

papermill only logs an unknown parameter, pastes a parameter's name as code, and checks no type: so
all are refused here before a kernel starts.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
from pathlib import Path
from typing import Annotated, Any

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed, Pattern, among
from helpers.reporting.weighing import STATIC
from helpers.running import bounds, watched
from helpers.words import light, paths
from helpers.words.errors import ComputationFailed, ConfigurationError
from helpers.words.files import ours, writing
from helpers.words.source_text import SourceText

TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


class Parameter(Declared):
    """What a notebook takes under one name. ``pattern``: what a text matches as a whole."""

    type: Annotated[str, among(TYPES)]
    pattern: Pattern | None = None
    choices: Listed[Any] | None = None
    minimum: float | None = None
    maximum: float | None = None

    def takes(self, value: Any) -> bool:
        """True where the value is of the type and within the bounds."""
        truth = isinstance(value, bool) and self.type != "boolean"
        typed = isinstance(value, TYPES[self.type]) and not truth
        return (
            typed
            and (self.pattern is None or re.fullmatch(self.pattern, str(value)) is not None)
            and (self.choices is None or value in self.choices)
            and (self.minimum is None or value >= self.minimum)
            and (self.maximum is None or value <= self.maximum)
        )


class AppliesTo(Declared):
    """Which candidates a notebook is about. ``types``: None for all but ``not_types``."""

    types: Listed[Filled] | None = None
    not_types: Listed[Filled] = ()
    positions: bool = False


class Contract(Declared):
    """The whole file beside a notebook. Without ``applies_to`` the notebook is about the region."""

    parameters: dict[str, Parameter]
    applies_to: AppliesTo | None = None


def there(notebook: str) -> bool:
    """True where the notebook is part of this project."""
    return (paths.notebooks() / f"{notebook}.ipynb").is_file()


def for_candidate(type: str, *, positions: bool) -> list[str]:
    """The notebooks that apply to a candidate that was read, by name: each contract's
    ``applies_to`` names types (none: all, but ``not_types``) and may ask for ``positions``. A
    notebook without it is about the whole region."""
    names = []
    for file in ours.listed(paths.notebooks(), "*.yaml"):
        wanted = files.read(file, Contract).applies_to
        fits = (
            wanted is not None
            and (wanted.types is None or type in wanted.types)
            and type not in wanted.not_types
            and (positions or not wanted.positions)
        )
        if fits and there(file.stem):
            names.append(file.stem)
    return names


def contract(notebook: str) -> dict[str, Parameter]:
    """What the notebook takes, by name, from the YAML beside it. ``ConfigurationError`` where that
    is not right."""
    return files.read(paths.notebooks() / f"{notebook}.yaml", Contract).parameters


def accepted(notebook: str, given: dict[str, Any]) -> dict[str, Any]:
    """``given``, if each name, type and bound is in the contract; ``ConfigurationError`` naming all
    that are not."""
    allowed, wrong = contract(notebook), []
    for name, value in given.items():
        parameter = allowed.get(name)
        if parameter is None:
            wrong.append(f"{name} (?)")
        elif not parameter.takes(value):
            wrong.append(f"{name} ({parameter.type})")
    if wrong:
        raise ConfigurationError(
            "running.parameters", {"notebook": notebook, "wrong": ", ".join(wrong)}
        )
    return given


def _quiet_manager(memory_mb: int, reached: list[int]) -> Any:
    """A kernel manager whose kernels write to no console: at their end they may complain, and a
    traceback may hold a cell.

    A kernel past ``memory_mb`` is ended, and noted in ``reached``.
    """
    from jupyter_client.manager import AsyncKernelManager  # 0.3 s

    class Quiet(AsyncKernelManager):
        async def _async_start_kernel(self, **given: Any) -> None:
            # papermill would change the folder of the whole process
            given["cwd"] = str(paths.notebooks())
            # a widget is dead in the report
            given["env"] = {**(given.get("env") or os.environ), STATIC.name: "1"}
            await super()._async_start_kernel(
                **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | given
            )
            kernel = getattr(self.provisioner, "pid", None)
            if kernel:
                watched.end_past(kernel, memory_mb, reached)

        start_kernel = _async_start_kernel

    return Quiet


def _plain(path: Path) -> str:
    """A path as papermill is given it: it takes what stands in braces for a parameter."""
    return str(path).replace("{", "{{").replace("}", "}}")


def execute(
    notebook: str, parameters: dict[str, Any], output: Path, *, timeout_s: int = 300
) -> Path:
    """The executed notebook at ``output``. ``ComputationFailed`` names the notebook and the error's
    class, or the bound."""
    with light.imports():
        import papermill  # 1 s

    allowed, reached = bounds.bounds(), list[int]()

    values = accepted(notebook, parameters)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            _plain(paths.notebooks() / f"{notebook}.ipynb"),
            _plain(output),
            parameters=values,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=timeout_s,
            start_timeout=120,
            extra_arguments=["--log-level=ERROR"],
            kernel_manager_class=_quiet_manager(allowed.memory_mb, reached),
        )
    except Exception as error:
        output.unlink(missing_ok=True)  # a half-run notebook may show a traceback with raw cells
        if reached:
            raise watched.no_room(allowed) from None
        kind = getattr(error, "ename", None) or type(error).__name__
        raise ComputationFailed("running.notebook", {"notebook": notebook, "kind": kind}) from None
    _show_names(output, values)
    return output


def _show_names(executed: Path, parameters: dict[str, Any]) -> None:
    """Parameters that hold somebody's name, as a folder's does, stand in the executed notebook by
    their shape."""
    personal = [SourceText(value) for value in parameters.values() if isinstance(value, str)]
    personal = [value for value in personal if value.personal]
    if not personal:
        return
    text = executed.read_text("utf-8")
    for value in personal:
        raw, shown = value.raw, str(value)
        for _ in range(2):  # in JSON, and in a cell's code in JSON
            raw, shown = (json.dumps(form, ensure_ascii=False)[1:-1] for form in (raw, shown))
            text = text.replace(raw, shown)
    writing.write_text(executed, text)
