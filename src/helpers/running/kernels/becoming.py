"""What a forked process does to be a kernel like an ordinary one: a session, an environment, a
folder, chance and descriptors of its own; it ends with the process that it was forked from."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from importlib.util import find_spec

from helpers.running.kernels.wanted import LAUNCHER, Wanted

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def silent() -> None:
    """Standard input, output and error lead nowhere: a traceback may hold a cell."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _end_with(parent: int) -> None:
    """Linux ends this process at once when ``parent`` is gone; elsewhere the kernel itself looks
    for that each second."""
    if sys.platform == "linux":
        import ctypes  # imported beforehand

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _own_chance() -> None:
    """Random numbers of its own: Python's and the operating system's are after a fork, NumPy's is
    not."""
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()


def kernel(wanted: Wanted, parent: int) -> None:
    """Be that kernel until it is told to end. ``parent``: the process that this was forked from."""
    os.setsid()
    _end_with(parent)
    for number, heed in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGCHLD, signal.SIG_DFL),
    ):
        signal.signal(number, heed)
    os.chdir(wanted.folder)
    os.environ.clear()
    os.environ.update(wanted.environment | {"JPY_PARENT_PID": str(parent)})
    time.tzset()
    tempfile.tempdir = None  # by the environment, anew
    _own_chance()
    launcher = find_spec(LAUNCHER)
    sys.argv = [str(launcher.origin if launcher else LAUNCHER), *wanted.arguments]

    from ipykernel.kernelapp import IPKernelApp  # imported beforehand

    IPKernelApp.launch_instance(argv=wanted.arguments, parent_handle=parent)
