"""What a run was made of and what came out, as checksums: by them another run is held against it.

Neither holds a value: digests, versions, names of our own files, ids of candidates.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from helpers.advising.results import Candidate, Region
from helpers.checking import deliveries
from helpers.declared.catalogue import ACTIVITIES
from helpers.reporting.results import candidate_json
from helpers.running.store import Store, file_digest
from helpers.words import paths
from helpers.words.files import ours
from helpers.words.files.ours import PACKAGE
from helpers.words.source_text import SourceText

PARTS = {  # of what comes out -> what of a candidate's results
    "gate": ("gate", "proposal"),
    "findings": ("findings",),
    "scorecard": ("scorecard",),
    "place": ("rank", "tied_with", "no_place", "what_if", "rank_acceptability"),
}
DELIVERIES = "deliveries"  # where the store keeps them
DECLARED = ("*.yaml", "*.yml", "*.csv", "*.json", "*.gpkg", "*.parquet")


def _digest(files: Iterable[Path], root: Path) -> str:
    """Of the content of these files and their paths below ``root``."""
    said = [f"{file.relative_to(root).as_posix()}={file_digest(file)}" for file in sorted(files)]
    return ours.digest(*said)


@cache
def code() -> str:
    """Of all that our package holds: it does not change under a running program."""
    kept = {".py", ".yaml", ".html", ".css", ".js", ".json"}
    return _digest((one for one in PACKAGE.rglob("*") if one.suffix in kept), PACKAGE)


def _below(folder: Path) -> dict[str, str]:
    """File -> digest, of what is declared below a folder of the project."""
    found = {file for pattern in DECLARED for file in folder.rglob(pattern) if file.is_file()}
    return {file.relative_to(folder).as_posix(): file_digest(file)[:32] for file in sorted(found)}


@cache
def packages() -> dict[str, str]:
    """Version by name of all that is installed: any may change what comes out."""
    # looked up once: each look parses the whole text of it
    said = [distribution.metadata for distribution in importlib.metadata.distributions()]
    return dict(sorted((one["Name"].lower(), one["Version"]) for one in said))


def _entries(folder: Path) -> dict[str, str]:
    """Entry, or file of weights, of the catalogue -> digest. Nothing rests on what people have
    written of their work."""
    found = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    files = [file for file in found if file.name != ACTIVITIES]
    return {str(SourceText(file.name)): file_digest(file)[:32] for file in files}


def _before(inputs: dict[str, str], store: Store) -> dict[str, str]:
    """Candidate -> what tells the delivery before from others, where the store keeps one."""
    kept = {
        id: deliveries.before(store.folder / DELIVERIES / id, checksum)
        for id, checksum in inputs.items()
    }
    return {id: file.stem for id, file in kept.items() if file}


def made_of(region: Region, store: Store, folder: Path, today: str) -> dict[str, Any]:
    """What a run over the catalogue in ``folder`` is made of, on the day ``today`` (ISO); inputs as
    they were read, the deliveries before them that they were held against, and the results of
    earlier runs that stand for those that failed."""
    inputs = {
        candidate.entry.id: candidate.snapshot.checksum
        for candidate in region.candidates
        if candidate.snapshot
    }
    return {
        "inputs": inputs,
        "deliveries": _before(inputs, store),
        "kept": {
            candidate.entry.id: candidate.kept_from
            for candidate in region.candidates
            if candidate.kept_from
        },
        "catalogue": _entries(folder),
        "suites": _below(paths.suites()),
        "specifications": _below(paths.specifications()),
        "reference": _below(paths.reference()),
        "code": code(),
        "python": platform.python_version(),
        "packages": packages(),
        "today": today,
    }


def _said(candidate: Candidate) -> dict[str, str]:
    """Part of ``PARTS`` -> digest."""
    plain = candidate_json(candidate)
    chosen = {part: {name: plain[name] for name in names} for part, names in PARTS.items()}
    return {
        part: ours.digest(json.dumps(said, sort_keys=True, ensure_ascii=False))
        for part, said in chosen.items()
    }


def came_out(region: Region) -> dict[str, dict[str, str]]:
    """Candidate -> part of ``PARTS`` -> digest; ``failed`` and its stages of one that failed."""
    return {
        candidate.entry.id: {"failed": ", ".join(failure.stage for failure in candidate.failures)}
        if candidate.gate is None or candidate.kept_from
        else _said(candidate)
        for candidate in region.candidates
    }
