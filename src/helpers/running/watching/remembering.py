"""What was seen at the last look, in the private store: counts, columns as they may be shown, and
since when what is wrong has been so. No cell, and no address.

``history/watch.<catalogue>.<candidate>.json``. A look that reached nothing changes only what is
wrong: the file that was last seen stays what the next one is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helpers.advising.nights import State
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours

FORM = "datakollen/watched/1"


@dataclass(frozen=True)
class Seen:
    """A file as it was seen. ``day``: of the look (ISO); ``since``: since when these bytes have
    been there, as far as is known; ``changed``: other bytes were there before; ``columns``: of the
    main table, as they may be shown; ``state``: what each rule said, in counts."""

    day: str
    since: str
    changed: bool
    sha256: str
    size: int
    rows: int
    columns: tuple[str, ...]
    format: str
    state: State

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"state": self.state.to_json(), "columns": list(self.columns)}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Seen:
        state = State.from_json(plain["state"])
        return cls(**{**plain, "columns": tuple(plain["columns"]), "state": state})


@dataclass(frozen=True)
class Memory:
    """``file``: as it was last seen; None before the first. ``wrong``: fault -> since which day
    (ISO) each look has found it; ``where``: a checksum of the address that was asked."""

    file: Seen | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    where: str = ""


def _name(catalogue: Path, id: str) -> str:
    return f"watch.{ours.digest(str(catalogue.resolve()))}.{id}"


def recall(store: Store, catalogue: Path, id: str, address: str) -> Memory:
    """What is remembered of a candidate; nothing where it was published elsewhere then, or where
    what was kept cannot be read."""
    plain = store.remembered(_name(catalogue, id)) or {}
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        if plain["form"] != FORM or plain["where"] != ours.digest(address):
            return Memory()
        file = Seen.from_json(plain["file"]) if plain["file"] else None
        wrong = {str(kind): str(day) for kind, day in plain["wrong"].items()}
        return Memory(file, wrong, plain["where"])
    return Memory()


def since(before: Memory, faults: Iterable[str], today: str) -> dict[str, str]:
    """Since which day each fault has been there, as far as is known."""
    return {kind: before.wrong.get(kind, today) for kind in faults}


def keep(
    store: Store, catalogue: Path, id: str, address: str, file: Seen | None, wrong: dict[str, str]
) -> bool:
    """Remember; False where the store cannot be written, which makes the look none the worse."""
    plain = {
        "form": FORM,
        "where": ours.digest(address),
        "file": file.to_json() if file else None,
        "wrong": wrong,
    }
    try:
        store.remember(_name(catalogue, id), plain)
    except ConfigurationError:
        return False
    return True
