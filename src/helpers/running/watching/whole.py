"""All that a catalogue says is published, looked at one by one, and told as one object
(``datakollen/watch/1``). Where no address reached any server nothing is known, and it is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.declared import catalogue
from helpers.declared.catalogue import Entry
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.running.watching import looking, published, remembering, telling
from helpers.running.watching.fetching import Limits
from helpers.running.watching.looking import Look, Looking
from helpers.running.watching.published import Published
from helpers.words.errors import ConfigurationError

SCHEMA = "datakollen/watch/1"
WRONG, OFFLINE = 1, 4  # exit codes


@dataclass(frozen=True)
class WatchRequest:
    """What is to be looked at. ``only``: these ids, all where it is empty; ``packages``: the folder
    that ``publish`` wrote to."""

    catalogue: Path
    only: tuple[str, ...] = ()
    packages: Path | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Watched:
    """What came of it. ``offline``: not one address reached a server; ``remembered``: the next look
    has something to be compared with."""

    looks: tuple[Look, ...]
    today: dt.date
    not_published: int
    offline: bool
    remembered: bool = True

    @property
    def exit_code(self) -> int:
        if self.offline or any(_broken(one) for one in self.looks):
            return OFFLINE
        return WRONG if any(one.faults for one in self.looks) else 0

    def to_json(self) -> dict[str, Any]:
        """The whole object: no cell, no secret of an address."""
        return {
            "schema": SCHEMA,
            "looked": self.today.isoformat(),
            "offline": self.offline,
            "remembered": self.remembered,
            "not_published": self.not_published,
            "candidates": [telling.told(one, self.today, self.offline) for one in self.looks],
        }


def _broken(one: Look) -> bool:
    return any(fault.kind == "not_computed" for fault in one.faults)


def chosen(asked: WatchRequest, entries: list[Entry]) -> tuple[list[Published], int]:
    """What is to be looked at, and how many entries are not said to be published.
    ``ConfigurationError`` for an id that is not there, or not published."""
    known = {entry.id: entry for entry in entries}
    if unknown := [id for id in asked.only if id not in known]:
        values = {"id": ", ".join(unknown), "known": ", ".join(sorted(known))}
        raise ConfigurationError("running.no_candidate", values)
    wanted = [known[id] for id in asked.only] if asked.only else entries
    out = published.chosen(wanted, asked.packages)
    if asked.only and len(out) < len(wanted):
        there = {one.entry.id for one in out}
        left = [entry.id for entry in wanted if entry.id not in there]
        raise ConfigurationError("watch.not_published", {"id": ", ".join(left)})
    return out, len(wanted) - len(out)


def watch(
    asked: WatchRequest,
    store: Store,
    worker: Worker | None,
    today: dt.date,
    begins: Callable[[str], None] = lambda _: None,
) -> Watched:
    """Look at all, and remember. ``begins`` is told of each candidate's id. Raises
    ``ConfigurationError`` for a catalogue that is not right, as ``looking.look`` does, and as
    ``chosen`` does."""
    out, left = chosen(asked, catalogue.load(asked.catalogue))
    how = Looking(store, worker, today, asked.limits)
    looks = []
    for one in out:
        begins(one.entry.id)
        before = remembering.recall(store, asked.catalogue, one.entry.id, one.address or "")
        looks.append(looking.look(one, before, how))
    tried = [one for one in looks if one.answer is not None]
    offline = bool(tried) and all(one.unreached for one in tried)
    done = Watched(tuple(looks), today, left, offline)
    return done if offline else replace(done, remembered=_keep(done, asked, store))


def _keep(done: Watched, asked: WatchRequest, store: Store) -> bool:
    kept = [
        remembering.keep(
            store,
            asked.catalogue,
            one.published.entry.id,
            one.published.address or "",
            looking.remembered(one),
            looking.wrong(one, done.today),
        )
        for one in done.looks
    ]
    return all(kept)
