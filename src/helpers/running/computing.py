"""The stages of one source: each taken from the store where it is kept under its key, else computed
and kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.reading.snapshot import Snapshot
from helpers.running import closure
from helpers.running.source import SourceFile
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING, read
from helpers.running.store import Kept, Store, file_digest
from helpers.words.errors import DatakollenError, InputRefused
from helpers.words.files import ours

if TYPE_CHECKING:
    from helpers.running.watched import Worker

TRIES = 2  # of reading a source that changes meanwhile


class _Needed:
    """What a stage's function sees: the stages that it needs, and what it is given."""

    def __init__(self, computing: Computing, stage: Stage, beside: Path | None = None) -> None:
        self._computing, self._stage, self._beside = computing, stage, beside
        self.given = computing.given(stage)

    @property
    def beside(self) -> Path:
        """Where the stage writes what lies beside its result; ``KeyError`` where nothing does."""
        if self._beside is None:
            raise KeyError(f"{self._stage.name} does not say that a file lies beside its result")
        return self._beside

    def beside_of(self, stage: Stage) -> Path:
        """What lies beside the result of a stage that this one needs."""
        self[stage]
        return self._computing.beside_of(stage)

    def __getitem__(self, stage: Stage) -> Any:
        if stage not in self._stage.needs:
            raise KeyError(f"{self._stage.name} does not say that it needs {stage.name}")
        return self._computing.said(stage)

    @property
    def tables(self) -> Snapshot:
        """The snapshot with its tables on disk; ``KeyError`` for a stage that does not need
        reading."""
        if self._stage is not READING:
            self[READING]
        return self._computing.tables

    @property
    def folder(self) -> Path:
        """The store's folder, private."""
        return self._computing.store.folder


class Computing:
    """One source with its stages. With a ``worker`` all that touches cells is done in its watched
    process."""

    source: SourceFile
    store: Store
    worker: Worker | None
    stages: Mapping[str, Stage]

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._given: dict[Stage, dict[str, Any]] = {}
        self._keys: dict[Stage, str] = {}
        self._kept: dict[Stage, Kept] = {}
        self._values: dict[Stage, Any] = {}

    def given(self, stage: Stage) -> dict[str, Any]:
        """What the stage depends on beside other stages, as JSON has it."""
        if stage not in self._given:
            self._given[stage] = json.loads(json.dumps(stage.given(self)))
        return self._given[stage]

    def key(self, stage: Stage) -> str:
        """The stage's key. Nothing is computed for it; ``InputRefused`` where the source is not
        there."""
        if stage not in self._keys:
            code = closure.key(stage.module, ours.generation()) if self.store.lasting else ""
            given = json.dumps(self.given(stage), sort_keys=True)
            self._keys[stage] = ours.digest(stage.name, code, given, *map(self.key, stage.needs))
        return self._keys[stage]

    def forget(self) -> None:
        """What the store keeps of this source as it is now is computed anew. A source that is not
        there has nothing kept."""
        with suppress(DatakollenError):
            for stage in self.stages.values():
                self.store.forget(self.key(stage))

    def said(self, stage: Stage) -> Any:
        """What the stage said: computed now where that is not kept. ``InputRefused`` where the
        source cannot be read, or goes on changing."""
        if stage not in self._values:
            plain = self._result(stage).result
            if stage is READING:
                self._values[stage] = Snapshot.from_json(
                    plain, self.store.tables(self.key(READING))
                )
            else:
                self._values[stage] = stage.from_json(plain)
        return self._values[stage]

    def beside_of(self, stage: Stage) -> Path:
        """The file that lies beside what the stage said: computed now where that is not kept."""
        return self.store.beside(self._result(stage).key)

    def checksum(self, stage: Stage) -> str:
        """Of what the stage said, and of what lies beside it: the same wherever and whenever that
        came out the same."""
        kept = self._result(stage)
        beside = file_digest(self.beside_of(stage)) if stage.beside else ""
        return f"{stage.name}={kept.checksum}{beside}"

    def needed(self, stage: Stage, beside: Path | None = None) -> Needed:
        """What the stage's function would see; it may write a file at ``beside``."""
        return _Needed(self, stage, beside)

    def _result(self, stage: Stage) -> Kept:
        if stage not in self._kept:
            kept = self.store.kept(self.key(stage))
            if kept is None:
                kept = self._asked_for(stage) if self.worker else self._computed(stage)
            self._kept[stage] = kept
        return self._kept[stage]

    def result(self, name: str) -> tuple[dict[str, str], Kept]:
        """What was read, by checksum, and what the stage of this name said of it: what a worker
        answers with."""
        kept = self._result(self.stages[name])
        return self.source.checksums(), kept

    def read(self) -> dict[str, str]:
        """Have the tables on disk; returns what was read, by checksum."""
        _ = self.tables
        return self.source.checksums()

    def _computed(self, stage: Stage) -> Kept:
        for _ in range(TRIES):
            key = self.key(stage)
            with self.store.work() if stage.beside else nullcontext() as folder:
                beside = folder / "beside.parquet" if folder else None
                with ours.noting() as noted:
                    plain = stage.compute(_Needed(self, stage, beside))
                # else the source was read anew meanwhile
                if stage is READING or self.key(stage) == key:
                    for earlier in stage.needs:
                        noted.update(self._result(earlier).noted)
                    return self.store.keep(self.key(stage), stage.name, plain, noted, beside)
        raise self._changing()

    def _asked_for(self, stage: Stage) -> Kept:
        checksums, kept = self.elsewhere("result", stage.name)
        self._read_as(checksums)
        self.store.lease.hold(self.key(READING))
        return kept

    def _read_as(self, checksums: dict[str, str]) -> None:
        """What a worker read is what counts: the source may have changed since its checksum was
        first taken."""
        if self.source.settle(checksums):
            self._forget()

    def elsewhere(self, method: str, *given: Any) -> Any:
        """What a method of the same source says in the worker's process."""
        raise NotImplementedError

    @property
    def tables(self) -> Snapshot:
        """The snapshot with its tables on disk, held until the store lets go of them; read anew
        where they were removed. ``InputRefused`` where the source cannot be read, or goes on
        changing."""
        if self.worker and not self._lies():
            self._read_as(self.elsewhere("read"))
            self.store.lease.hold(self.key(READING))
        for _ in range(TRIES):
            if self._lies() or self._read():
                return Snapshot.load(self.store.tables(self.key(READING)))
        raise self._changing()

    def _changing(self) -> InputRefused:
        return InputRefused("running.changing", {"file": self.source.file.name})

    def _lies(self) -> bool:
        key = self.key(READING)
        self.store.lease.hold(key)
        return (self.store.tables(key) / "snapshot.json").is_file()

    def _read(self) -> bool:
        """Read the source into its place in the store; False where it changed meanwhile, and
        nothing is kept."""
        key = self.key(READING)
        with self.store.work() as folder:
            try:
                read(self.source.file, folder / "tables", self.given(READING))
            except Exception:
                if not self.source.changed():
                    raise
                self._forget()
                return False
            if self.source.changed():
                self._forget()
                return False
            target = self.store.tables(key)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                (folder / "tables").replace(target)
            except OSError:  # another process has read the same file at the same time
                if not (target / "snapshot.json").is_file():
                    raise
        return True
