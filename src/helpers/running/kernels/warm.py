"""The run's side of warm kernels: it starts the process that forks, asks it for kernels, and ends
it with all of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.running.kernels import server, setting
from helpers.running.kernels.wanted import Wanted, hear, plain, say

PATIENCE_S = 120.0  # for a kernel: the first one waits for all imports
END_S = 5.0


class Forked:
    """A kernel that was forked elsewhere, as ``subprocess.Popen`` would show it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid, self._line = pid, line
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it lives."""
        if self.returncode is None:
            try:
                self._line.settimeout(0)
                said = self._line.recv(64)
            except BlockingIOError:
                return None
            except OSError:
                said = b""
            # where the process that it was forked from is gone, so is it
            self.returncode = int(said) if said else -signal.SIGKILL
            self._line.close()
        return self.returncode

    def wait(self) -> int:
        """The exit code, once it has ended."""
        if self.returncode is None:
            self._line.settimeout(None)
            with suppress(OSError):
                self._line.recv(1, socket.MSG_PEEK)
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """To the kernel, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Warm:
    """Kernels forked from one process, started when the first is asked for and ended by
    ``close`` (``contextlib.closing``). ``ConfigurationError`` for a setting that is none."""

    def __init__(self) -> None:
        self._wanted = setting.warm()
        self._alone = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def fork(
        self, command: list[str], environment: dict[str, str], folder: str | Path
    ) -> Forked | None:
        """A kernel as that command would start it; None where an ordinary one is to be started: by
        the setting, or on any doubt."""
        if not self._wanted:
            return None
        try:
            line = self._line()
        except OSError:
            self._wanted = False
            return None
        try:
            line.settimeout(PATIENCE_S)
            say(line, plain(Wanted(command, environment, str(folder))))
            return Forked(int(hear(line)["pid"]), line)
        except (OSError, ValueError, KeyError):  # refused, or no answer
            line.close()
            return None

    def _line(self) -> socket.socket:
        """A socket to the process that forks."""
        ours, theirs = socket.socketpair()
        with theirs, self._alone:
            try:
                control = self._control or self._start()
                socket.send_fds(control, [b"k"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def _start(self) -> socket.socket:
        control, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", server.__name__],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | server.ALONE,
                    start_new_session=True,
                )
            except OSError:
                control.close()
                raise
        self._control = control
        return control

    def close(self) -> None:
        """End what was started."""
        with self._alone:
            self._wanted = False
            process, control, self._process, self._control = (
                self._process,
                self._control,
                None,
                None,
            )
        if control:
            control.close()
        if process:
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()  # its kernels end with it
                process.wait()


def warm_of(manager: Any) -> Warm | None:
    """The warm kernels that a kernel manager of ours was given; None for any other manager."""
    found = getattr(manager, "warm", None)
    return found if isinstance(found, Warm) else None
