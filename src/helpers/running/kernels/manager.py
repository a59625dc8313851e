"""The kernel manager that papermill is given: its kernels write to no console, are watched, and
warm where they can be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode

from helpers.reporting.weighing import STATIC
from helpers.running.kernels import provisioner
from helpers.running.kernels.warm import Warm
from helpers.running.watched import Watch
from helpers.words import paths


def managing(watch: Watch, kernels: Warm | None, work: Path) -> type[AsyncKernelManager]:
    """A kernel manager whose kernels write to no console: at their end they may complain, and a
    traceback may hold a cell. ``watch`` ends a kernel past its bounds; ``work``: where its
    connection file lies, which is gone with all of it where this process is killed.
    """

    class Quiet(AsyncKernelManager):
        warm = kernels
        connection_file = Unicode(str(work / "kernel.json"))

        @property
        def kernel_spec(self) -> Any:
            found = super().kernel_spec
            if found is not None and kernels:
                found.metadata = {**found.metadata, **provisioner.stanza()}
            return found

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
                watch.over(kernel)

        start_kernel = _async_start_kernel

    return Quiet
