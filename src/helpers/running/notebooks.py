"""Run a notebook with papermill under its parameter contract; the truth about the outcome is ours,
not its metadata's.

papermill only logs an unknown parameter, pastes a parameter's name as code, and checks no type: so
all are refused here before a kernel starts.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.reporting import contracts
from helpers.running import bounds
from helpers.running.watched import Watch
from helpers.words import guarding, light, paths
from helpers.words.errors import ComputationFailed
from helpers.words.files import writing
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.running.kernels.warm import Warm

# of a cell for whoever works in JupyterLab, which a report neither runs nor shows
LAB_ONLY = "lab-only"


def _plain(path: Path) -> str:
    """A path as papermill is given it: it takes what stands in braces for a parameter."""
    return str(path).replace("{", "{{").replace("}", "}}")


def execute(
    notebook: str,
    parameters: dict[str, Any],
    output: Path,
    work: Path,
    watch: Watch | None = None,
    kernels: Warm | None = None,
) -> Path:
    """The executed notebook at ``output``. ``ComputationFailed`` names the notebook and the error's
    class, or the bound that ``watch`` has for all of it.

    ``work``: a private folder, where it lies until it is whole. A half-run one shows the folders
    that it was given, and may show a traceback with raw cells: killed there, it is in no report.
    ``kernels``: where its kernel is forked from; else it is an ordinary one.
    """
    with light.imports():
        import papermill  # 1 s

        from helpers.running.kernels import manager  # 0.3 s

    watch = watch or Watch(bounds.bounds())
    values = contracts.accepted(notebook, parameters)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    output.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=work)) / output.name
    try:
        papermill.execute_notebook(
            _plain(paths.notebooks() / f"{notebook}.ipynb"),
            _plain(aside),
            parameters=values,
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            execution_timeout=None,
            start_timeout=120,
            extra_arguments=["--log-level=ERROR"],
            kernel_manager_class=manager.managing(watch, kernels, aside.parent),
            skip_cells_with_tag=LAB_ONLY,
        )
    except Exception as error:
        aside.unlink(missing_ok=True)
        if watch.reached:
            raise watch.reached from None
        # of a cell its error's class; of all else, which is ours, also where
        kind = getattr(error, "ename", None) or guarding.placed(error)
        raise ComputationFailed("running.notebook", {"notebook": notebook, "kind": kind}) from None
    _show_names(aside, values)
    shutil.move(aside, output)
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
