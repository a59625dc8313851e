"""What the stages said of a source, each as an analyst reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.checking.findings import Finding, conformity
from helpers.checking.points_to_fix import PointsToFix, PointToFix
from helpers.checking.rows_to_fix import RowsToFix, RowToFix
from helpers.declared import organisations
from helpers.reading.snapshot import Snapshot
from helpers.running.analysing import Analysing
from helpers.running.declared import Declared
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.points_to_fix import POINTS_TO_FIX
from helpers.running.stages.profiling import PROFILING
from helpers.running.stages.publisher import PUBLISHER
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING, Recognised
from helpers.running.stages.rows_to_fix import ROWS_TO_FIX
from helpers.running.stages.screening import SCREENING
from helpers.screening.marks import Screening
from helpers.words import shown_as


class Saying(Declared, Analysing):
    """A source whose stages can be asked for what they said."""

    @property
    def snapshot(self) -> Snapshot | None:
        """What was read and how: ``format, encoding, delimiter, tables`` (each with ``name, rows,
        columns``), ``repairs`` and ``rejected``; no value of a cell. None for an idea.

        ``dataset.snapshot.main.rows`` counts the rows. Its files may be gone: ``frame()`` and
        ``sql()`` give the cells.
        """
        if self.file is None:
            return None
        snapshot: Snapshot = self.said(READING)
        return snapshot

    @property
    def _known(self) -> Recognised | None:
        return self.said(RECOGNISING) if self.file is not None else None

    @property
    def type(self) -> str:
        """The dataset type as declared, else as recognised; ``annan`` where it is neither."""
        return self.declared_type or (self._known.type if self._known else "annan")

    @property
    def type_confidence(self) -> float | None:
        """How sure the type is, 0-1; None for an idea."""
        return self._known.confidence if self._known else None

    @property
    def variant(self) -> str | None:
        """Which form of its type the source has (a version, a subtype, ``gtfs``): as declared, else
        as recognised."""
        return self._known.variant if self._known else self.declared_variant

    @property
    def specification(self) -> Any | None:
        """The specification that the source is held against; None where there is none.
        ``[field.name for field in dataset.specification.fields]`` lists its fields."""
        return self._known.specification if self._known else None

    @property
    def fields(self) -> dict[str, str]:
        """Field of the specification -> header of the main table: the fields that the source has.
        ``dataset.frame()[dataset.fields["name"]]`` is the column of a field."""
        return self._known.fields if self._known else {}

    @property
    def conformity(self) -> float | None:
        """Share of the mandatory columns that the source has; None where none is asked for."""
        return conformity(self.findings)

    @property
    def publisher(self) -> organisations.Organisation | None:
        """As declared; of a file without an entry the organisation that all its rows name."""
        return self.said(PUBLISHER) if self.file is not None else self.organisation

    @property
    def screening(self) -> Screening | None:
        """What may be personal data: ``marks`` (``table, column, kind, certainty, count, rows``;
        never a value), ``risks`` (combinations that few rows share). None for an idea.

        ``dataset.screening.marked(dataset.snapshot.main.name)`` are the columns that are masked.
        """
        return self.said(SCREENING) if self.file is not None else None

    @property
    def profile(self) -> dict[str, Any] | None:
        """What each column holds, as a mapping: ``profile["tables"][0]["columns"]`` has one for
        each with ``name, type, missing`` (rows), ``missing_share`` (0-1), ``distinct, min, max,
        quantiles, top`` (``value, count``) and ``patterns``; of a marked column no value. None for
        an idea. ``helpers.show.columns(dataset)`` shows it."""
        return self.said(PROFILING) if self.file is not None else None

    @property
    def findings(self) -> list[Finding]:
        """What each rule said, as ``Finding`` has it (``id, severity, outcome, column, checked,
        failed, rows``); shown as a table. Nothing for an idea. ``findings_frame()`` is the same in
        pandas."""
        said = self.said(CHECKING) if self.file is not None else []
        return shown_as.Listed(said, self.show_findings)

    @property
    def rows_to_fix(self) -> Sequence[RowToFix]:
        """The cells that rules name, all of them: ``table, row, key, column, value`` (a shape where
        the column is marked), ``severity, rule``. Nothing for an idea.
        ``helpers.show.rows_to_fix(dataset)`` shows them."""
        if self.file is None:
            return []
        return RowsToFix(self.said(ROWS_TO_FIX), self.beside_of(ROWS_TO_FIX))

    @property
    def points_to_fix(self) -> Sequence[PointToFix]:
        """The positions that rules name, all of them, without a value; nothing for an idea."""
        if self.file is None:
            return []
        return PointsToFix(self.said(POINTS_TO_FIX), self.beside_of(POINTS_TO_FIX))
