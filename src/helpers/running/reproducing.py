"""Whether the same comes out as a ``run.json`` says: everything is computed anew, from nothing that
is kept, and held against it; what differs is named, and what may be why.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.running import made_of, region
from helpers.running.store import Store
from helpers.running.workers import Report
from helpers.words.errors import ConfigurationError
from helpers.words.files import reports


@dataclass(frozen=True)
class Reproduced:
    """``different``: candidate -> the parts that came out otherwise (``missing``: it is on one side
    only). ``why``: what the two runs were made of that differs: kind -> names. ``same``: how many
    candidates came out the same."""

    same: int
    different: dict[str, list[str]] = field(default_factory=dict)
    why: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All fields, as ``datakollen/reproduced/1``."""
        return {"schema": "datakollen/reproduced/1"} | vars(self)


def said(file: Path) -> dict[str, Any]:
    """The ``run.json``; ``ConfigurationError`` where it is none, or one that says too little."""
    try:
        plain = json.loads(file.read_text("utf-8"))
        if plain["schema"] == reports.SCHEMA and plain["came_out"] and plain["made_of"]:
            return dict(plain)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise ConfigurationError("running.not_run", {"file": file.name})


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def _why(before: dict[str, Any], now: dict[str, Any]) -> dict[str, list[str]]:
    """Kind -> names; of a kind that is one digest, its two values where people can read them."""
    found: dict[str, list[str]] = {}
    for kind in now:
        old, new = before.get(kind), now[kind]
        if old == new:
            continue
        if isinstance(new, dict):
            found[kind] = _differing(old if isinstance(old, dict) else {}, new)
        else:
            found[kind] = [] if kind == "code" else [f"{old} → {new}"]
    return found


def reproduce(file: Path, catalogue: Path, *, jobs: int, report: Report) -> Reproduced:
    """Compute the candidates of a ``run.json`` anew, as of its day, and compare.

    ``ConfigurationError`` for a file that is none, and as ``region.compute`` has it.
    """
    about = said(file)
    day = dt.date.fromisoformat(about["today"])
    with tempfile.TemporaryDirectory(prefix="datakollen-") as folder:
        store, kept = Store(Path(folder)), Store().folder / made_of.DELIVERIES
        if kept.is_dir():  # what the files were held against: keyed hashes alone
            shutil.copytree(kept, store.private(made_of.DELIVERIES), dirs_exist_ok=True)
        try:
            ids = _there(about, catalogue)
            again = region.compute(catalogue, ids, jobs=jobs, report=report, store=store, today=day)
            made = made_of.made_of(again, store, catalogue, about["today"])
        finally:
            store.forget_tables()
    now, before = made_of.came_out(again), about["came_out"]
    different = {
        id: _differing(before[id], now[id]) if id in before and id in now else ["missing"]
        for id in sorted(before.keys() | now.keys())
        if before.get(id) != now.get(id)
    }
    return Reproduced(
        sum(now.get(id) == said for id, said in before.items()),
        different,
        _why(about["made_of"], made),
    )


def _there(about: dict[str, Any], catalogue: Path) -> list[str]:
    """The ids that the run was asked for, those that the catalogue still has; none: all."""
    if about["candidates"] == "all":
        return []
    known = {entry.id for entry in region.chosen(catalogue, [])}
    return [id for id in about["candidates"] if id in known]
