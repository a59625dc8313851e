"""The command line: ``datakollen``, also ``python -m helpers``. JSON to standard output, progress to standard error.

One module for each group of commands; each command is a function that calls the verbs.
"""

from __future__ import annotations

import sys

from helpers.cli import between, files, gate, inventory, papers, ranking, run, template
from helpers.cli.app import app

__all__ = ["app", "between", "files", "gate", "inventory", "main", "papers", "ranking", "run", "template"]


def main() -> None:
    """Entry point of ``datakollen``. Output is UTF-8 whatever the console says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="datakollen")
