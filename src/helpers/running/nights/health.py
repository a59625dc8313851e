"""How the last run of an output went, in a small file beside the report, for whoever watches.

``<report>.health.json``: ``state`` is running, done or failed; ``ok`` is true only of a run that is
done with nothing failed. A run that was killed cannot write that it failed: its lock tells, and
``look`` puts the file right.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.words import guarding
from helpers.words.errors import ConfigurationError
from helpers.words.files import locks, writing

SCHEMA = "datakollen/health/1"
RUNNING, DONE, FAILED = "running", "done", "failed"
KILLED = 4  # the exit code of what never ended
FINE = (0,)
LATE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Health:
    """``exit_code`` is None while it runs; ``killed``: the process is gone without a word.
    ``daily``: at which time (HH:MM) a run is expected each day; ``last_good``: when the last run
    that was done ended (ISO 8601). Counts of the run; ``not_sent``: notices that wait."""

    state: str
    started: str
    finished: str | None = None
    exit_code: int | None = None
    ok: bool = False
    killed: bool = False
    process: int = 0
    machine: str = ""
    daily: str | None = None
    last_good: str | None = None
    candidates: int = 0
    failures: int = 0
    failed: list[str] = field(default_factory=list)
    not_sent: int = 0

    def to_json(self) -> dict[str, Any]:
        """All fields, under their schema."""
        return {"schema": SCHEMA} | asdict(self)


def now() -> dt.datetime:
    """This moment, with the zone of the machine."""
    return dt.datetime.now().astimezone()


def file_of(output: Path) -> Path:
    """Where the health of an output lies."""
    return output.with_name(f"{output.name}.health.json")


def read(output: Path) -> Health | None:
    """What was written last; None where there is none of ours."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError):
        plain = json.loads(file_of(output).read_text("utf-8"))
        if plain.pop("schema") == SCHEMA:
            return Health(**plain)
    return None


def _others(file: Path) -> bool:
    """True where somebody's own file stands there; what is no JSON is one of ours that broke."""
    try:
        plain = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return not isinstance(plain, dict) or plain.get("schema") != SCHEMA


def write(output: Path, health: Health) -> bool:
    """Write it; False where it could not be, or somebody's own file stands there."""
    file = file_of(output)
    if _others(file):
        return False
    try:
        writing.write_text(file, json.dumps(health.to_json(), ensure_ascii=False, indent=1) + "\n")
    except ConfigurationError:
        return False
    return True


def runs(output: Path) -> bool:
    """True while a run holds the output."""
    file = output.with_name(f".{output.name}.run")
    if not file.exists():
        return False
    try:
        lock = locks.taken(file)
    except OSError:  # another user's
        return True
    if lock is None:
        return True
    lock.release(remove=lock.sure)
    return not lock.sure


def look(output: Path) -> Health | None:
    """How it went; of a run whose process is gone without a word, that it failed, which is written
    down."""
    said = read(output)
    if said is None or said.state != RUNNING or runs(output):
        return said
    said = read(output)  # it may have ended meanwhile
    if said is None or said.state != RUNNING:
        return said
    gone = replace(said, state=FAILED, ok=False, exit_code=KILLED, killed=True)
    write(output, gone)
    return gone


def expected(health: Health) -> dt.datetime | None:
    """When the next run is to begin: the first time of day after the last one began; None where
    nobody said."""
    if health.daily is None:
        return None
    try:
        hour, minute = map(int, health.daily.split(":"))
        began = dt.datetime.fromisoformat(health.started)
        next_one = began.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:  # somebody has edited it
        return None
    # one that began a little early is that day's own
    return next_one if next_one > began + LATE else next_one + dt.timedelta(days=1)


def late(health: Health, moment: dt.datetime) -> bool:
    """True where the next run should have begun an hour ago, and none runs."""
    due = expected(health)
    return due is not None and health.state != RUNNING and moment > due + LATE


class RunHealth:
    """The health of one run while it goes on. ``written`` is False where it could not be."""

    def __init__(self, output: Path, started: str, daily: str | None) -> None:
        self.output, self.written = output, True
        before = read(output)
        self.first = before is None
        self.health = Health(
            RUNNING,
            started,
            process=os.getpid(),
            machine=platform.node(),
            daily=daily or (before.daily if before else None),
            last_good=before.last_good if before else None,
        )

    def say(self, **changed: Any) -> None:
        """Write it with what has changed."""
        self.health = replace(self.health, **changed)
        self.written = write(self.output, self.health) and self.written

    def forget(self) -> None:
        """Leave no file, where there was none."""
        if self.written:
            with suppress(OSError):
                file_of(self.output).unlink()

    def done(self, exit_code: int, **counted: Any) -> None:
        """The report is in its place. ``counted``: the counts of ``Health``."""
        finished = now().isoformat(timespec="seconds")
        self.say(
            state=DONE,
            finished=finished,
            exit_code=exit_code,
            ok=exit_code in FINE,
            **counted,
            last_good=finished if exit_code in (0, 1) else self.health.last_good,
        )


@contextmanager
def watched(output: Path, started: str, daily: str | None) -> Iterator[RunHealth]:
    """Around a run that holds the output: that it runs, and if it ends by an error or is told to
    stop, that it failed."""
    health = RunHealth(output, started, daily)
    health.say()
    try:
        yield health
    except BaseException as error:
        if health.first and isinstance(error, ConfigurationError):
            health.forget()  # nothing began: what was typed is wrong, and the command says so
        elif health.health.state == RUNNING:
            code = guarding.foreseen(error).exit_code
            finished = now().isoformat(timespec="seconds")
            health.say(state=FAILED, finished=finished, exit_code=code, failures=1)
        raise
