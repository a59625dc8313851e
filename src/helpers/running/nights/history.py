"""Every run of an output in small, in the private store: a file a year, a line a run that says what
is other than after the run before.

``nights/<output>/<year>.jsonl``; earlier years are packed (``.jsonl.gz``). Each line begins with
its checksum, and each year with all states, so that what is damaged takes no more than its year.
"""

from __future__ import annotations

import gzip
import itertools
import json
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.advising.nights import Night, State
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours, writing

ENDING, PACKED = ".jsonl", ".jsonl.gz"
SHOWN = 30  # runs that are always at hand
Made = dict[str, tuple[dict[str, Any], State]]  # id -> as it is written, and made of that


def folder_of(store: Store, output: Path) -> Path:
    """Where the store keeps what runs of this output leave behind."""
    return store.folder / "nights" / ours.digest(str(output))


def _delta(before: dict[str, Any] | None, after: dict[str, Any]) -> dict[str, Any]:
    """What is other in ``after``; of ``rules`` those that are, None where a rule is gone."""
    if before is None:
        return after
    changed = {
        name: value for name, value in after.items() if name != "rules" and value != before[name]
    }
    old, new = before["rules"], after["rules"]
    rules = {key: new.get(key) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return changed | ({"rules": dict(sorted(rules.items()))} if rules else {})


def _applied(before: dict[str, Any] | None, delta: dict[str, Any]) -> dict[str, Any]:
    if before is None:
        return delta
    rules = {**before["rules"], **delta.get("rules", {})}
    kept = {key: rule for key, rule in rules.items() if rule is not None}
    return {**before, **delta, "rules": kept}


def _line(night: Night, before: Night | None) -> str:
    earlier = {id: one.to_json() for id, one in before.states.items()} if before else {}
    states = {id: one.to_json() for id, one in night.states.items()}
    changed = {id: _delta(earlier.get(id), plain) for id, plain in states.items()}
    plain = {
        "id": night.id,
        "number": night.number,
        "started": night.started,
        "finished": night.finished,
        "exit_code": night.exit_code,
        "changed": {id: delta for id, delta in changed.items() if delta},
        "gone": sorted(earlier.keys() - states.keys()),
        **({"seen": list(night.seen)} if set(night.seen) != states.keys() else {}),
    }
    body = json.dumps(plain, separators=(",", ":"))  # ASCII: a name breaks no line
    return f"{zlib.crc32(body.encode()):08x} {body}\n"


def _checked(line: str) -> dict[str, Any]:
    """What a line says; ``ValueError`` where it is damaged."""
    checksum, _, body = line.partition(" ")
    if checksum != f"{zlib.crc32(body.encode()):08x}":
        raise ValueError
    return dict(json.loads(body))


def _night(
    plain: dict[str, Any], states: dict[str, dict[str, Any]], made: Made | None = None
) -> Night:
    """The run; a state that is as it was in ``made`` is not made anew."""
    made = {} if made is None else made
    for id, one in states.items():
        if id not in made or made[id][0] is not one:
            made[id] = one, State.from_json(one)
    return Night(
        plain["id"],
        plain["started"],
        plain["finished"],
        plain["exit_code"],
        {id: made[id][1] for id in states},
        tuple(plain.get("seen", states)),
        plain["number"],
    )


def _replayed(lines: Iterable[str]) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]]]]:
    """What each line says, with all states after it; ends before the first that is damaged."""
    states: dict[str, dict[str, Any]] = {}
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        for line in lines:
            plain = _checked(line)
            for id in plain["gone"]:
                del states[id]
            for id, delta in plain["changed"].items():
                states[id] = _applied(states.get(id), delta)
            yield plain, dict(states)


def _nights(lines: list[str]) -> tuple[list[Night], int]:
    """The latest runs of one file, at most ``SHOWN``, and how many of its lines are sound: those
    before the first that is damaged."""
    latest: deque[tuple[dict[str, Any], dict[str, dict[str, Any]]]] = deque(maxlen=SHOWN)
    sound = 0
    for one in _replayed(lines):
        latest.append(one)
        sound += 1
    return [_night(*one) for one in latest], sound


def _lines(file: Path) -> list[str]:
    """Of one year, packed or not. Where it is damaged raises ``OSError``, ``EOFError``,
    ``ValueError`` or ``zlib.error``."""
    data = file.read_bytes()
    text = (gzip.decompress(data) if file.suffix == ".gz" else data).decode()
    return [line for line in text.split("\n") if line]


class History:
    """The latest runs of an output, the last one last. ``damaged``: names of files that were set
    aside, with what is sound of them kept.

    Raises ``ConfigurationError`` where the store cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: list[str] = []
        self.nights: list[Night] = []
        for file in reversed(self._years()):
            self.nights = [*self._read(file), *self.nights]
            if len(self.nights) >= SHOWN:
                break

    @property
    def last(self) -> Night | None:
        """The last run; None before the first."""
        return self.nights[-1] if self.nights else None

    def _years(self) -> list[Path]:
        found = {
            file.name.partition(".")[0]: file
            for ending in (PACKED, ENDING)  # where both stand, packing was interrupted
            for file in self.folder.glob(f"[0-9][0-9][0-9][0-9]{ending}")
        }
        return [found[year] for year in sorted(found)]

    def _read(self, file: Path) -> list[Night]:
        lines: list[str] = []
        found: list[Night] = []
        whole = False
        with suppress(OSError, EOFError, ValueError, TypeError, KeyError, zlib.error):
            lines = _lines(file)
            found, sound = _nights(lines)
            whole, lines = sound == len(lines), lines[:sound]
        if not whole:
            self._set_aside(file, lines)
        return found

    def every(self) -> Iterator[Night]:
        """Every run that is kept, the first one first, one at a time. What is damaged of a year is
        set aside, and what is sound of it is given."""
        for file in self._years():
            self._read(file)  # sets aside what is damaged
        made: Made = {}
        for file in self._years():
            with suppress(OSError, EOFError, ValueError, zlib.error):
                for plain, states in _replayed(_lines(file)):
                    yield _night(plain, states, made)

    def _set_aside(self, file: Path, sound: list[str]) -> None:
        names = (f"damaged-{number}-{file.name}" for number in itertools.count(1))
        aside = next(name for name in names if not (self.folder / name).exists())
        with suppress(OSError):
            file.replace(self.folder / aside)
            text = "".join(f"{line}\n" for line in sound)
            writing.write_text(self.folder / f"{file.name[:4]}{ENDING}", text, private=True)
        self.damaged.append(aside)

    def add(self, night: Night) -> None:
        """One more run. Its year is never before that of the run before, whatever the clock
        says."""
        years, year = self._years(), night.finished[:4]
        if years:
            year = max(year, years[-1].name[:4])
        file = self.folder / f"{year}{ENDING}"
        text = file.read_text("utf-8") if file.is_file() else ""
        line = _line(night, self.last if text else None)
        self.folder.mkdir(parents=True, exist_ok=True)
        writing.write_text(file, text + line, private=True)
        self.nights.append(night)
        for earlier in years:
            if earlier.suffix != ".gz" and earlier.name[:4] < year:
                _pack(earlier)


def _pack(file: Path) -> None:
    with suppress(OSError, ConfigurationError):  # it is as good unpacked
        packed = gzip.compress(file.read_bytes(), mtime=0)
        writing.write_bytes(file.with_name(f"{file.name}.gz"), packed, private=True)
        file.unlink()


def noted(night: Night) -> dict[str, Any]:
    """The run as ``run.json`` holds it, all of it."""
    states = {id: one.to_json() for id, one in night.states.items()}
    return vars(night) | {"states": states, "seen": list(night.seen)}


def opened(store: Store, output: Path, standing: dict[str, Any] | None) -> History:
    """The history of an output. ``standing``: the ``run.json`` of the report that stands there; a
    run that ended before it was written down is written down now."""
    history = History(folder_of(store, output))
    plain = (standing or {}).get("night")
    if not isinstance(plain, dict):
        return history
    with suppress(KeyError, TypeError, AttributeError, ValueError):
        states = {id: State.from_json(one) for id, one in plain["states"].items()}
        missed = Night(**{**plain, "states": states, "seen": tuple(plain["seen"])})
        if missed.id not in {night.id for night in history.nights}:
            number = history.last.number + 1 if history.last else missed.number
            history.add(replace(missed, number=max(number, missed.number)))
    return history
