"""The delivery before: where the store keeps what a new delivery is held against, and what has
changed since."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.advising.over_runs import OverRuns, over_runs
from helpers.checking import changes, deliveries, drift
from helpers.checking.changes import Changes, Rows, Size
from helpers.checking.drift import Columns, Drift
from helpers.declared.catalogue import Entry
from helpers.reading.snapshot import Snapshot
from helpers.running.computing import Computing
from helpers.running.source import checksum
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING, Recognised


class Delivered(Computing):
    """What stages are given of earlier deliveries. ``_before``: a file given as the one before."""

    file: Path | None
    catalogue_folder: Path | None
    today: dt.date
    _entry: Entry | None
    _before: Path | None

    @property
    def type(self) -> str:
        """The dataset's type, as declared or recognised."""
        raise NotImplementedError

    def alone(self, file: Path) -> Any:
        """Another file, opened without an entry, as of the same type."""
        raise NotImplementedError

    @cached_property
    def secret(self) -> str:
        """What hashes of ids and names are keyed with: the installation's own."""
        return deliveries.secret_of(self.store.private("deliveries"))

    @property
    def delivery(self) -> str | None:
        """The file, in the store, that keeps this delivery's keyed hashes for the next one; None
        without an entry."""
        if self._entry is None or self.file is None:
            return None
        return f"deliveries/{self._entry.id}/{self._checksum[:32]}.parquet"

    @property
    def _checksum(self) -> str:
        assert self.file is not None
        return self.source.checksums()[self.file.name]

    @cached_property
    def previous(self) -> str | None:
        """The file, in the store, of the delivery before: of the file that was given, else what the
        last run kept."""
        if self._before is not None:
            return self._kept_before()
        if self._entry is None or self.file is None:
            return None
        kept = deliveries.before(self.store.folder / "deliveries" / self._entry.id, self._checksum)
        return kept.relative_to(self.store.folder).as_posix() if kept else None

    def columns_now(self) -> tuple[str, Columns]:
        """What the file is called, and the names of all columns by table. The main table is called
        nothing: a file's name is no part of what it holds."""
        snapshot: Snapshot = self.said(READING)
        return snapshot.source, {
            "" if table is snapshot.main else table.name: [column.name for column in table.columns]
            for table in snapshot.tables
        }

    def columns_before(self) -> tuple[str, Columns]:
        """Those of the file that was given as the delivery before."""
        assert self._before is not None
        if self.worker:
            said: tuple[str, Columns] = self.elsewhere("columns_before")
            return said
        earlier: Delivered = self.alone(self._before)
        return earlier.columns_now()

    @cached_property
    def drift(self) -> Drift:
        """What became of the columns since the delivery before: the file that was given, else what
        the store kept; nothing for an idea, or the first time."""
        if self.file is None:
            return Drift()
        if self._before is not None:
            file, before = self.columns_before()
            return drift.compare(before, self.columns_now()[1], file=file)
        if self._entry is None:
            return Drift()
        name = f"{self._entry.id}.columns"
        kept = self.store.remembered(name)
        now = drift.remember(kept, self.columns_now()[1], self._checksum, self.today.isoformat())
        if now != kept:
            self.store.remember(name, now)
        return drift.of_kept(now)

    def _kept_before(self) -> str | None:
        """Keep the delivery that was given by its contents; None where it has no column of ids."""
        assert self._before is not None
        name = f"deliveries/given/{checksum(self._before)[:32]}-{self.type}.parquet"
        if (self.store.folder / name).is_file():
            return name
        if self.worker:
            return self.elsewhere("_kept_before")
        return name if self._keep(self.alone(self._before), name) else None

    def _keep(self, opened: Any, name: str) -> bool:
        known: Recognised = opened.said(RECOGNISING)
        return deliveries.keep(
            opened.tables, known.fields, known.specification, self.secret, self.store.folder / name
        )

    def _size(self, known: str | None) -> Size:
        """Rows, and what came and went since the delivery that the store kept before this one;
        nothing of a delivery that is ``known`` already."""
        main, names = self.said(READING).main, (self.previous, self.delivery)
        files = [self.store.folder / name for name in names if name and self._checksum != known]
        there = len(files) == 2 and all(file.is_file() for file in files)
        objects = deliveries.moved(*files) if there else None
        return Size(main.rows, main.name, self._checksum, objects)

    @cached_property
    def changes(self) -> Changes:
        """Since it was last different, or since the file that was given as the one before; nothing
        for a file alone."""
        if self.file is not None and self._before is not None:
            return self._since_given()
        if self.file is None or self._entry is None:
            return Changes()
        findings, kept = self.said(CHECKING), self.store.remembered(self._entry.id)
        size = self._size(kept["now"].get("delivery") if kept else None)
        latest = changes.summaries(findings, size.table)
        now = changes.remember(kept, latest, self.today, size)
        if now != kept:
            self.store.remember(self._entry.id, now)
        return changes.compare(now, findings, size.table)

    @cached_property
    def over_runs(self) -> OverRuns:
        """How many rows each rule failed on in the runs over its catalogue; nothing without a
        catalogue, or where no count has changed."""
        if self.file is None or self._entry is None or self.catalogue_folder is None:
            return OverRuns()
        from helpers.running.nights import earlier  # draws papers: 0.3 s

        past = earlier.runs(self.store, self.catalogue_folder)
        main = self.said(READING).main.name
        return over_runs(self._entry.id, past, self.said(CHECKING), main)

    def _since_given(self) -> Changes:
        assert self._before is not None
        if self.worker:
            said: Changes = self.elsewhere("_since_given")
            return said
        earlier, before = self.alone(self._before), self.previous
        objects = None
        if before:
            now = f"deliveries/given/{self._checksum[:32]}-{self.type}.parquet"
            if self._keep(self, now):
                objects = deliveries.moved(self.store.folder / before, self.store.folder / now)
        old, new = earlier.said(READING).main, self.said(READING).main
        summarised = changes.summaries(earlier.said(CHECKING), old.name)
        faults = changes.between(summarised, self.said(CHECKING), new.name)
        return Changes(None, faults, Rows(old.rows, new.rows), objects)
