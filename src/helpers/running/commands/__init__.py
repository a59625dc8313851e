"""The command line: ``datakollen``, also ``python -m helpers``. JSON to standard output, progress
to standard error.

One module for each group of commands; each command is a function that calls the verbs.
"""

from __future__ import annotations

from helpers.running.commands import (
    between,
    convert,
    files,
    gate,
    inventory,
    meeting,
    merge,
    metadata,
    nightly,
    papers,
    progress,
    publish,
    ranking,
    run,
    suite,
    template,
    watch,
)
from helpers.running.commands.app import app

__all__ = [
    "app",
    "between",
    "convert",
    "files",
    "gate",
    "inventory",
    "meeting",
    "merge",
    "metadata",
    "nightly",
    "papers",
    "progress",
    "publish",
    "ranking",
    "run",
    "suite",
    "template",
    "watch",
]
