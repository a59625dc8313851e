"""The command line: ``datakollen``, also ``python -m helpers``. JSON to standard output, progress
to standard error.

One module for each group of commands; each command is a function that calls the verbs.
"""

from __future__ import annotations

import sys

from helpers.running.commands import between, files, gate, inventory, papers, ranking, run, template
from helpers.running.commands.app import app
from helpers.words import guarding

__all__ = [
    "app",
    "between",
    "files",
    "gate",
    "inventory",
    "main",
    "papers",
    "ranking",
    "run",
    "template",
]


def main() -> None:
    """Entry point of an older installation; the same as ``helpers.__main__.main``."""
    sys.exit(guarding.run(lambda: app(prog_name="datakollen")))
