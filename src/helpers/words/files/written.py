"""Which files we wrote, and how they read then: one that reads so still is ours, an edited one
theirs.

The register is a private file of the store, ``written.json``: whole path -> SHA-256, the newest
last. A damaged one counts as empty. Two processes that write it at once lose an entry at most.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing

FILE = "written.json"
SCHEMA = "datakollen/written/1"
MOST = 5_000  # files
LARGEST = 50_000_000  # bytes of the register


def checksum(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits. ``OSError`` where it cannot be read."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def name_of(file: Path) -> str:
    """One name for all spellings of a path."""
    return os.path.normcase(os.path.realpath(file))


def known() -> dict[str, str]:
    """The register; empty where there is none or it is damaged."""
    file = paths.snapshots() / FILE
    try:
        plain: Any = json.loads(file.read_bytes()) if file.stat().st_size <= LARGEST else None
        files = plain["files"] if plain["schema"] == SCHEMA else {}
        return {name: digest for name, digest in files.items() if isinstance(digest, str)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def ours(file: Path) -> bool:
    """True where ``file`` reads just as when we wrote it."""
    recorded = known().get(name_of(file))
    try:
        return recorded is not None and recorded == checksum(file)
    except OSError:
        return False


def remember(files: Iterable[Path]) -> bool:
    """Note that these are as we wrote them. False where the register cannot be written."""
    new = {name_of(file): checksum(file) for file in files}
    if not new:
        return True
    kept = [(name, digest) for name, digest in known().items() if name not in new]
    latest = dict([*kept, *new.items()][-MOST:])
    folder = paths.snapshots()
    try:
        with writing.refusals_told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        writing.write_text(
            folder / FILE, json.dumps({"schema": SCHEMA, "files": latest}, indent=0), private=True
        )
    except ConfigurationError:
        return False
    return True
