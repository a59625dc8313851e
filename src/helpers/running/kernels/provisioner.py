"""jupyter_client's way to a kernel, by us: forked where the kernel manager has warm kernels and
nothing speaks against it, else started as its own provisioner starts them.

An entry point of ``jupyter_client.kernel_provisioners``. No kernel specification names it: only a
run's own kernel manager does, so JupyterLab has ordinary kernels.
"""

from __future__ import annotations

import asyncio
import os
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from helpers.running.kernels import warm

NAME = "datakollen-warm"


class WarmProvisioner(LocalProvisioner):
    """A kernel's process, forked or ordinary; all but its start is as with an ordinary one."""

    async def launch_kernel(self, cmd: list[str], **given: Any) -> Any:
        """Returns where to reach it."""
        kernels, forked = warm.warm_of(self.parent), None
        folder = given.get("cwd") or Path.cwd()
        if kernels:
            environment = dict(given.get("env") or os.environ)
            forked = await asyncio.to_thread(kernels.fork, cmd, environment, folder)
        if forked is None:
            return await super().launch_kernel(cmd, **given)
        self.process = forked  # type: ignore[assignment]
        self.pid = self.pgid = forked.pid
        self.cwd = folder
        return self.connection_info


def stanza() -> dict[str, Any]:
    """What names this provisioner in a kernel specification's metadata. It is found without
    installed metadata, too: those of an earlier installation do not tell of it."""
    group = KernelProvisionerFactory.GROUP_NAME
    entry = EntryPoint(NAME, f"{WarmProvisioner.__module__}:{WarmProvisioner.__name__}", group)
    KernelProvisionerFactory.instance().provisioners.setdefault(NAME, entry)
    return {"kernel_provisioner": {"provisioner_name": NAME}}
