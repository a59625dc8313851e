"""The process that kernels are forked from: everything is imported in it once, and no source is
ever touched in it.

Its standard input is a socket without a name in any folder; along it come other sockets, one for
each kernel (see ``wanted``). It ends, and its kernels with it, when the run lets go of that. It has
one thread: with another one it refuses, as what a lock held by that thread guards would stay locked
in the fork.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from helpers.running import closure
from helpers.running.kernels import becoming
from helpers.running.kernels.wanted import Wanted, hear, say
from helpers.words.files import ours

# What notebooks import, but for DuckDB: importing it starts a thread.
BEFOREHAND = (
    "ctypes",
    "psutil",
    *("ipykernel.kernelapp", "ipykernel.debugger", "ipywidgets", "tornado.platform.asyncio"),
    *("IPython.core.completerlib", "IPython.core.logger", "IPython.extensions.storemagic"),
    *("helpers.reporting.contracts", "helpers.reporting.show", "helpers.reporting.weighing"),
    *("helpers.running.opening", "helpers.running.region"),
    *("helpers.drawing.jupyter", "helpers.drawing.broadband", "helpers.drawing.mobility"),
    *("helpers.drawing.places", "helpers.drawing.still"),
    *("branca", "folium", "geopandas", "matplotlib.figure", "matplotlib.backends.backend_svg"),
    *("numpy", "pandas", "pyarrow.dataset", "pyarrow.parquet", "pyproj", "shapely"),
)
# Libraries that read these when they are loaded: each starts threads of its own else.
ALONE = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
LOADED = ("PYTHON", "LD_")  # settings that count when an interpreter starts
PATIENCE_S = 10.0  # for a line that was announced


def prepare() -> dict[str, str]:
    """Import everything, look through our own code as each stage's key needs it, and hold it all
    still: what is never touched is never copied. Returns the settings that libraries made when they
    were imported, as they do in an ordinary kernel."""
    before = {*os.environ}
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():  # as IPython's launcher does
        del sys.path[0]
    # as IPython's kernel sets it before anything is drawn
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for module in BEFOREHAND:
        importlib.import_module(module)
    for stage in sys.modules["helpers.running.stages.every"].STAGES.values():
        closure.key(stage.module, ours.generation())
    gc.collect()
    gc.freeze()
    return {name: value for name, value in os.environ.items() if name not in before}


def settings(environment: dict[str, str]) -> dict[str, str]:
    """What of an environment counts only when an interpreter starts."""
    return {name: value for name, value in environment.items() if name.startswith(LOADED)}


def refusal(wanted: Wanted, at_start: dict[str, str]) -> str | None:
    """Why a fork would not be what an ordinary kernel is; None where it would."""
    import psutil  # imported beforehand

    if not wanted.of(sys.executable):
        return "another interpreter"
    if settings(wanted.environment) != at_start:
        return "other settings of the interpreter"
    if psutil.Process().num_threads() != 1:
        return "threads"
    return None


class Server:
    """``lines``: each living kernel's process id with its socket."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.lines: dict[int, socket.socket] = {}
        self.at_start = settings(dict(os.environ))
        self.woken, self._wake = socket.socketpair()

    def serve(self) -> Wanted | None:
        """None once the run has let go; in a forked process, at once, what it is to be."""
        for end in (self.woken, self._wake):
            end.setblocking(False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what an interrupt means
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        while True:
            ready, _, _ = select.select([self.control, self.woken, *self.lines.values()], [], [])
            if self.woken in ready:
                with suppress(BlockingIOError):
                    self.woken.recv(4096)
            self._tell_ends()
            for pid, line in list(self.lines.items()):
                if line in ready:  # nothing is said on it any more: it was let go of
                    self._end(pid)
            if self.control in ready:
                announced = self._announced()
                if announced is None:
                    for pid in list(self.lines):
                        self._end(pid)
                    return None
                wanted = self._kernel(announced)
                if wanted:
                    return wanted

    def _tell_ends(self) -> None:
        for pid in list(self.lines):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                line = self.lines.pop(pid)
                with suppress(OSError):
                    say(line, os.waitstatus_to_exitcode(status))
                line.close()

    def _end(self, pid: int) -> None:
        for kill in (os.killpg, os.kill):  # it may have no group of its own yet
            with suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        self.lines.pop(pid).close()

    def _announced(self) -> socket.socket | None:
        """A kernel's socket; None where the run has let go."""
        try:
            said, received, _, _ = socket.recv_fds(self.control, 1, 1)
        except OSError:
            return None
        return socket.socket(fileno=received[0]) if said and received else None

    def _kernel(self, line: socket.socket) -> Wanted | None:
        """Fork a kernel, and answer; in the fork, what it is to be."""
        try:
            line.settimeout(PATIENCE_S)
            wanted = Wanted(**hear(line))
            why = refusal(wanted, self.at_start)
            if why:
                say(line, {"refused": why})
                line.close()
                return None
            pid = os.fork()
        except (OSError, ValueError, TypeError):  # whoever asked starts an ordinary kernel
            line.close()
            return None
        if pid == 0:
            self._forget(line)
            return wanted
        self.lines[pid] = line
        with suppress(OSError):  # then nobody holds the other end, and it is ended
            say(line, {"pid": pid})
        return None

    def _forget(self, line: socket.socket) -> None:
        """In a fork: nothing of the server's stays open or set."""
        signal.set_wakeup_fd(-1)
        for one in (self.control, self.woken, self._wake, line, *self.lines.values()):
            one.close()
        self.lines.clear()


def main() -> None:
    """Serve; a forked process goes on as a kernel until that ends."""
    control = socket.socket(fileno=os.dup(0))
    server = os.getpid()
    becoming.silent()
    made = prepare()
    wanted = Server(control).serve()
    if wanted:
        becoming.kernel(replace(wanted, environment=made | wanted.environment), server)


if __name__ == "__main__":
    main()
