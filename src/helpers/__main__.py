"""``python -m helpers`` and ``datakollen``: the command line, with one guard around all of it."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Entry point. Imports inside, as a child process imports this module anew and needs no command
    line."""
    from helpers.words import guarding  # only where it is said

    def command_line() -> None:
        from helpers.running.commands import app  # the command line

        app(prog_name="datakollen")

    code = guarding.run(command_line)
    gc.freeze()  # what is left goes with the process: it is not looked through at the end
    sys.exit(code)


if __name__ == "__main__":
    main()
