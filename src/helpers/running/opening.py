"""Open one candidate: each stage is computed when first asked for, or taken from the store."""

from __future__ import annotations

import datetime as dt
import time
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.advising.results import Candidate, Failure
from helpers.checking.rows_to_fix import RowsToFix, RowToFix
from helpers.declared import catalogue, own
from helpers.declared.catalogue import Entry
from helpers.drawing.numbers.subject import Subject
from helpers.reading import databases
from helpers.running import own_types
from helpers.running.beside import Beside
from helpers.running.converting import Converting
from helpers.running.delivered import Delivered
from helpers.running.request import Request
from helpers.running.saying import Saying
from helpers.running.source import SourceFile
from helpers.running.stages.every import STAGES
from helpers.running.stages.facts import COMPARED, FACTS
from helpers.running.stages.reading import READING
from helpers.running.stages.reading import outlines as read_outlines
from helpers.running.stages.rows_to_fix import ROWS_TO_FIX
from helpers.running.stages.rows_to_fix import write as write_rows
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.scoring.scorecards import Ranked, Scorecard
from helpers.screening import questions
from helpers.screening.marks import Gate, Screening
from helpers.screening.masking import proposal
from helpers.screening.masking.proposal import MaskingStep
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours

if TYPE_CHECKING:
    from helpers.screening.masking.writing import Masked


class Opened(Saying, Delivered, Converting, Beside):
    """A dataset to work on: ``frame()``, ``points()``, ``sql()``, ``map()``, ``rows_of()`` ...; and
    what each stage said of it: ``snapshot``, ``screening``, ``profile``, ``findings`` ...

    Each is computed when first asked for. Any of them raises ``InputRefused`` where the source
    cannot be read whole, and ``ComputationFailed`` past the bounds of memory and time.
    """

    ranked: Ranked | None = None
    failures: tuple[Failure, ...] = ()
    stages = STAGES
    catalogue_folder: Path | None = None  # where its entry stands

    def __init__(
        self,
        file: Path | None,
        *,
        entry: Entry | None = None,
        type: str | None = None,
        store: Store | None = None,
        today: dt.date | None = None,
        before: Path | None = None,
        worker: Worker | None = None,
        schema: Path | None = None,
        twice: bool = True,
    ) -> None:
        """``twice``: let Great Expectations count what it can, too (decision 0001)."""
        super().__init__()
        self.file, self.store, self.today = file, store or Store(), today or dt.date.today()
        self.worker, self._before, self._entry, self._type = worker, before, entry, type
        self._schema, self.twice, self._start = schema, twice, time.monotonic()
        if file is not None:
            self.source = SourceFile(file, "running.no_file" if entry else "running.no_such_file")

    @classmethod
    def of(cls, request: Request, store: Store) -> Opened:
        """The same source, opened in this process."""
        names = ("entry", "type", "today", "before", "schema", "twice")
        return cls(request.file, store=store, **{name: getattr(request, name) for name in names})

    @property
    def _request(self) -> Request:
        return Request(
            self.file,
            self._entry,
            self._type,
            self.today,
            self._before,
            self.store.folder,
            self._schema,
            self.twice,
            self.store.lasting,
        )

    def elsewhere(self, method: str, *given: Any) -> Any:
        """What a method of the same source says in the worker's process. The time counts for the
        source as a whole."""
        assert self.worker is not None
        left = self.worker.bounds.seconds - (time.monotonic() - self._start)
        return self.worker.ask(answer, self._request, method, *given, seconds=left)

    def alone(self, file: Path) -> Opened:
        """Another file, opened without an entry, as of the same type."""
        return Opened(file, type=self.type, store=self.store, twice=self.twice)

    def beside(self, candidate: str) -> Opened:
        """Another candidate of the same catalogue."""
        return open_candidate(candidate, self.catalogue_folder)

    @cached_property
    def gate(self) -> Gate | None:
        """What stands in the way of publishing, as far as is found or declared: ``verdict`` (fri,
        granska, stopp), ``decision`` and ``reasons``."""
        from helpers import screening  # 0.4 s

        return screening.gate(
            self.screening or Screening(), self._entry, self.columns, self.type or "annan"
        )

    @cached_property
    def asked(self) -> list[questions.Question]:
        """The legal questions that this dataset raises."""
        return questions.raised(
            self.type or "annan", self.columns, self.screening or Screening(), self._entry
        )

    @cached_property
    def proposal(self) -> list[MaskingStep]:
        """What masking would do; nothing for an idea, nor for a timetable of many tables."""
        if self.snapshot is None or self.screening is None or self.snapshot.format == "gtfs":
            return []
        return proposal.propose(self.snapshot, self.screening, self.fields, self.type)

    @property
    def columns(self) -> list[str]:
        """The source's columns; ``table/column`` of a table beside the main one."""
        tables = self.snapshot.tables if self.snapshot else []
        return [
            column.name if table is tables[0] else f"{table.name}/{column.name}"
            for table in tables
            for column in table.columns
        ]

    @cached_property
    def scorecard(self) -> Scorecard | None:
        """The scorecard by the project's own weights: ``low, high`` (points, 0-100: every unknown
        at worst and at best) and ``criteria``, each with ``id, low, high`` (0-5) and why."""
        from helpers.scoring import scoring  # only where it is scored

        return scoring.score(self.entry, self.gate, self.findings, conformity=self.conformity)

    @property
    def facts(self) -> str | None:
        """Where the store keeps what this candidate is compared with others by; None where it is
        not compared."""
        if self.file is None or self.type not in COMPARED:
            return None
        self.said(FACTS)
        return self.key(FACTS)

    @property
    def known(self) -> str:
        """What tells all that the stages said of this source from anything else; "" for an idea."""
        said = [stage for stage in STAGES.values() if stage is not FACTS] if self.file else []
        return ours.digest(*map(self.checksum, said)) if said else ""

    def candidate(self) -> Candidate:
        """All stages, computed. Its lists are plain ones: those that show themselves in a notebook
        hold what was opened, and all that its stages said."""
        return Candidate(
            entry=self.entry,
            type_confidence=self.type_confidence,
            variant=self.variant,
            fields=self.fields,
            snapshot=self.snapshot,
            screening=self.screening,
            profile=self.profile,
            findings=list(self.findings),
            gate=self.gate,
            conformity=self.conformity,
            scorecard=self.scorecard,
            rows_to_fix=self.rows_to_fix,
            asked=[question.id for question in self.asked],
            proposal=self.proposal,
            points_to_fix=self.points_to_fix,
            changes=self.changes,
            drift=self.drift,
            answers=list(self.answers),
            facts=self.facts,
            known=self.known,
        )

    @cached_property
    def subject(self) -> Subject | None:
        """What maps are made of; None for an idea. Its tables stay while this is open."""
        if self.file is None:
            return None
        return Subject(
            tables=self.tables,
            fields=self.fields,
            screening=self.screening or Screening(),
            type=self.type,
            k=self.k,
            title=str(self._entry.title) if self._entry else self.tables.source,
            area=self.area,
            synthetic=bool(self._entry and self._entry.synthetic),
            specification=self.specification,
        )

    # What is computed each time it is asked for, and never kept.

    def raw_rows_to_fix(self) -> list[RowToFix]:
        """With values as they stand, for the owner who asks for them by name."""
        if self.file is None:
            return []
        if self.worker:
            return self.elsewhere("raw_rows_to_fix")
        with self.store.work() as folder:
            file = folder / "raw.parquet"
            plain = write_rows(self.needed(ROWS_TO_FIX), file, raw=True)
            return list(RowsToFix(plain, file))

    def mask(self, output: Path | str, bundle: bool = False, guard: bool = False) -> Masked:
        """Write the proposed version to ``output``: ``dataset.mask("masked.csv")``; its ending says
        in which form. ``dataset.proposal`` says what is done to which column. ``bundle``: sole
        traders become one supplier instead of being masked; ``guard``: an apostrophe before what a
        spreadsheet would run.

        Raises ``ConfigurationError`` where there is none to write; see ``masking.mask``.
        """
        return self._version(Path(output), bundle, guard, False)

    def drawn(self, output: Path) -> Masked:
        """Write a map as it stands to ``output``, where nothing is marked or a decision lets all of
        it through; else the proposed version."""
        return self._version(output, False, False, True)

    def _version(self, output: Path, bundle: bool, guard: bool, plain: bool) -> Masked:
        from helpers.screening import masking  # 0.4 s

        if self.file is None:
            raise ConfigurationError("masking.idea", {"id": self.entry.id})
        if self.snapshot is not None and self.snapshot.format == "gtfs":
            raise ConfigurationError("masking.gtfs", {"id": self.entry.id})
        if output.resolve() == self.file.resolve():
            raise ConfigurationError("masking.same_file")
        if self.worker:
            return self.elsewhere("_version", output, bundle, guard, plain)
        disclosure, tables, gate = self.disclosure, self.tables, self.gate
        decided = gate is not None and gate.decision == "valid" and gate.verdict != "stopp"
        free = self.screening is not None and not (self.screening.marks or self.screening.risks)
        with self.store.work() as folder:
            outlines = None
            if tables.main.geometry and not tables.main.geometry.columns:
                again, outlines = read_outlines(self.file, folder, READING.given(self))
                if again.checksum != tables.checksum:
                    raise self._changing()
            return masking.mask(
                tables,
                self.fields,
                self.specification,
                self.type,
                output,
                bundle=bundle,
                guard=guard,
                quasi_identifiers=disclosure.quasi_identifiers,
                k=disclosure.k,
                outlines=outlines,
                plain=plain and (decided or free),
            )


_last: list[tuple[Request, Opened]] = []  # a source's stages are asked for one after the other


def answer(request: Request, method: str, *given: Any) -> Any:
    """In a worker's process: open the source, or take the one that is open, and do what is
    asked."""
    own.choose(request.own)
    if not _last or _last[0][0] != request:
        ours.look_again()
        while _last:
            _last.pop()[1].store.forget_tables()
        databases.of_file(request.file)
        _last.append((request, Opened.of(request, Store(request.store, lasting=request.lasting))))
    return getattr(_last[0][1], method)(*given)


@cache
def _worker() -> Worker:
    """One for this process; it ends before this process does, and so does the lease of its own."""
    return Worker()


def open_candidate(
    candidate: str, catalogue_folder: str | Path | None = None, store: Store | None = None
) -> Opened:
    """The candidate with this id in the catalogue; ``ConfigurationError`` where there is none.

    What must be computed is computed in a watched process (see ``watched``). Our own files are
    looked at anew. Its tables stay on disk until ``store`` lets go of them, at the latest when this
    process ends.
    """
    ours.look_again()
    folder = Path(catalogue_folder) if catalogue_folder else paths.catalogue()
    own_types.beside(folder)
    entries = {entry.id: entry for entry in catalogue.load(folder)}
    if candidate not in entries:
        known = ", ".join(sorted(entries))
        raise ConfigurationError("running.no_candidate", {"id": candidate, "known": known})
    entry = entries[candidate]
    file, schema = entry.file(folder), entry.schema_file(folder)
    opened = Opened(file, entry=entry, store=store, worker=_worker(), schema=schema)
    opened.catalogue_folder = folder
    return opened
