"""What is asked of the process that forks kernels, and what it answers: one line of JSON each, on a
socket that one kernel has for its life.

First what is wanted; then ``{"pid": ...}``, or ``{"refused": ...}``; at its end the exit code
alone. Whoever lets go of the socket ends the kernel.
"""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass
from typing import Any

LAUNCHER = "ipykernel_launcher"
LIMIT = 4 << 20  # bytes of a line; an environment takes at most 2 MB


@dataclass(frozen=True)
class Wanted:
    """A kernel as jupyter_client would start it: ``command`` with its arguments, its whole
    environment, its folder."""

    command: list[str]
    environment: dict[str, str]
    folder: str

    @property
    def arguments(self) -> list[str]:
        """What the kernel itself is given."""
        return self.command[3:]

    def of(self, python: str) -> bool:
        """True where an ordinary kernel would be this interpreter with IPython's kernel, and
        nothing else."""
        return self.command[:3] == [python, "-m", LAUNCHER]


def say(line: socket.socket, what: Any) -> None:
    """Send one line."""
    line.sendall(json.dumps(what).encode() + b"\n")


def hear(line: socket.socket) -> Any:
    """One line, and nothing of what comes after it; ``ValueError`` where it is none or too long,
    ``OSError`` where it does not come."""
    said = bytearray()
    while not said.endswith(b"\n"):
        seen = line.recv(1 << 16, socket.MSG_PEEK)
        if not seen or len(said) > LIMIT:
            raise ValueError("no whole line")
        said += line.recv(seen.find(b"\n") + 1 or len(seen))
    return json.loads(said)


def plain(wanted: Wanted) -> dict[str, Any]:
    """As JSON has it."""
    return asdict(wanted)
