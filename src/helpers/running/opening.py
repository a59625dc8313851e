"""Open one candidate: each stage is computed when first asked for, or taken from the store."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import catalogue, changes, organisations, paths, points_to_fix, publisher, shapefiles, specifications
from helpers.catalogue import Disclosure, Entry
from helpers.changes import Changes
from helpers.checking import deliveries
from helpers.checking.findings import Finding
from helpers.errors import ConfigurationError, InputRefused
from helpers.masking import proposal
from helpers.masking.proposal import Step
from helpers.points_to_fix import PointToFix
from helpers.reading.snapshot import Snapshot
from helpers.results import Candidate, Failure
from helpers.rows_to_fix import RowToFix
from helpers.running import sharing
from helpers.running.store import Store, code_digest, digest, file_digest, folder_digest
from helpers.scorecards import Ranked, Scorecard
from helpers.screening import questions
from helpers.screening.marks import Gate, Screening
from helpers.screening.questions import Question

if TYPE_CHECKING:
    from helpers.masking.writing import Masked

SUITES = ("*.yaml",)


class Opened:
    """One source with its stages, lazily. Has the attributes of ``results.Candidate``."""

    ranked: Ranked | None = None
    failures: tuple[Failure, ...] = ()
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
    ) -> None:
        self.file, self.store, self.today = file, store or Store(), today or dt.date.today()
        self._before = before
        self._entry, self._type = entry, type or (entry.type if entry else None)

    def beside(self, candidate: str) -> Opened:
        """Another candidate of the same catalogue."""
        return open_candidate(candidate, self.catalogue_folder)

    @property
    def entry(self) -> Entry:
        if self._entry is None:
            raise ConfigurationError("running.no_entry")
        return self._entry

    @cached_property
    def organisation(self) -> organisations.Organisation | None:
        return organisations.organisation(self._entry.organisation) if self._entry else None

    @cached_property
    def hints(self) -> dict[str, Any]:
        source = self._entry.source if self._entry else None
        return source.model_dump(mode="json", exclude={"path"}, exclude_none=True) if source else {}

    @property
    def area(self) -> str | None:
        """The organisation's municipality code, or its county code: where its points can be expected."""
        return self.organisation.area if self.organisation else None

    @cached_property
    def publisher(self) -> organisations.Organisation | None:
        """The organisation as declared; of a file without an entry, the one that all its rows name."""
        if self._entry or self.snapshot is None:
            return self.organisation
        return publisher.publisher(self.tables, self.fields)

    @property
    def k(self) -> int:
        """The least size of a group that may be shown: as declared."""
        return (self._entry.disclosure if self._entry else Disclosure()).k

    @cached_property
    def read_key(self) -> str:
        if self.file is None:
            raise InputRefused("running.idea_has_no_file")
        if not self.file.is_file():
            key = "running.no_file" if self._entry else "running.no_such_file"
            raise InputRefused(key, {"file": self.file.name})
        code = code_digest("reading", "specifications", "geography", "borders", "running", "personal_numbers")
        rules = folder_digest(paths.specifications(), ("*.yaml",))
        sources = (file_digest(one) for one in shapefiles.parts_of(self.file))
        return digest("read", *sources, self.file.name, str(self._type), str(self.hints), str(self.area), code, rules)

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """What was read and how. Its tables may be gone: a stage that needs the cells asks ``tables``."""
        if self.file is None:
            return None
        plain = self.store.stage(self.read_key, lambda: self.tables.to_json())
        return Snapshot.from_json(plain, self.store.tables(self.read_key))

    @cached_property
    def tables(self) -> Snapshot:
        """The snapshot with its tables on disk: read anew where they were removed."""
        from helpers import reading

        assert self.file is not None
        target = self.store.tables(self.read_key)
        if not (target / "snapshot.json").is_file():
            parent = self.store.private("tables")
            aside = Path(tempfile.mkdtemp(dir=parent, suffix=".part"))
            try:
                reading.read(self.file, aside, type=self._type, hints=self.hints or None, area=self.area)
                if not target.exists():
                    aside.replace(target)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        return Snapshot.load(target)

    @cached_property
    def _recognised(self) -> tuple[str, float]:
        assert self.snapshot is not None
        names = [column.name for column in self.snapshot.main.columns]
        return specifications.recognise(names, geometry=self.snapshot.placed, format=self.snapshot.format)

    @cached_property
    def type(self) -> str:
        if self._type:
            return self._type
        return self._recognised[0]

    @cached_property
    def type_confidence(self) -> float | None:
        return None if self.snapshot is None else self._recognised[1] if not self._type else 1.0

    @cached_property
    def variant(self) -> str | None:
        """Which form of its type the source has (a version, a subtype, ``gtfs``): as declared, else as recognised."""
        if self._entry is not None and self._entry.variant:
            return self._entry.variant
        if self.snapshot is None:
            return None
        headers = [column.name for column in self.snapshot.main.columns]
        return specifications.variant_of(self.type, headers, file=self.snapshot.source, format=self.snapshot.format)

    @cached_property
    def specification(self) -> Any | None:
        return specifications.load(self.type, self.variant) if self.type in specifications.types() else None

    @cached_property
    def fields(self) -> dict[str, str]:
        if self.snapshot is None or self.specification is None:
            return {}
        return specifications.match([column.name for column in self.snapshot.main.columns], self.specification)

    @cached_property
    def conformity(self) -> float | None:
        """Share of the specification's mandatory fields that the source has; None without a table specification."""
        if self.snapshot is None or self.specification is None or self.snapshot.format == "gtfs":
            return None
        required = [field.name for field in self.specification.fields if field.required]
        # latitude and longitude of a geo format lie in its geometry
        placed = {"latitude", "longitude"} if self.snapshot.main.geometry else set()
        return sum(name in self.fields or name in placed for name in required) / len(required) if required else None

    @cached_property
    def screen_key(self) -> str:
        variant = str(self._entry.variant) if self._entry else "-"  # a recognised one follows from what is read
        declared = str(self._entry.disclosure) if self._entry else ""
        names = folder_digest(paths.reference(), ("protected.yaml",))
        return digest(
            "screen",
            self.read_key,
            self.type,
            variant,
            declared,
            names,
            code_digest("screening", "personal_numbers", "suppression"),
        )

    @cached_property
    def screening(self) -> Screening | None:
        if self.file is None:
            return None
        from helpers import screening

        def compute() -> dict[str, Any]:
            asked = self._entry.disclosure if self._entry else Disclosure()
            return screening.screen(
                self.tables, self.fields, self.specification, type=self.type,
                quasi_identifiers=asked.quasi_identifiers, k=asked.k,
            ).to_json()  # fmt: skip

        return Screening.from_json(self.store.stage(self.screen_key, compute))

    @cached_property
    def profile(self) -> dict[str, Any] | None:
        if self.file is None:
            return None
        from helpers import profiling

        key = digest("profile", self.screen_key, code_digest("profiling", "escaping", "suppression"))

        def compute() -> dict[str, Any]:
            assert self.screening is not None
            return profiling.profile(self.tables, self.screening)

        return self.store.stage(key, compute)

    @cached_property
    def previous(self) -> deliveries.Previous | None:
        """The delivery before this: the file that was given, else the one that the last run kept its hashes of."""
        if self._before is not None:
            earlier = Opened(self._before, type=self.type, store=self.store)
            secret = secrets.token_hex(32)
            target = self.store.private("deliveries") / f"{earlier.read_key}.parquet"
            there = deliveries.keep(earlier.tables, earlier.fields, earlier.specification, secret, target)
            return deliveries.Previous(target, secret) if there else None
        if self._entry is None or self.file is None:
            return None
        kept = deliveries.before(self.store.folder / "deliveries" / self._entry.id, file_digest(self.file))
        return deliveries.Previous(kept, deliveries.secret_of(self.store.folder / "deliveries")) if kept else None

    def _keep_delivery(self) -> None:
        """Keep this delivery's keyed hashes for the next one."""
        if self._entry is None or self.file is None:
            return
        folder = self.store.private("deliveries")
        own = folder / self._entry.id
        target = own / f"{file_digest(self.file)[:32]}.parquet"
        if not target.is_file():
            deliveries.keep(self.tables, self.fields, self.specification, deliveries.secret_of(folder), target)
            deliveries.forget_old(own)

    @cached_property
    def check_key(self) -> str:
        suites = folder_digest(paths.suites(), SUITES)
        org = self.publisher.id if self.publisher else "-"
        before = self.previous.file.stem if self.previous else "-"
        reference = folder_digest(paths.reference(), ("gtfs.yaml", "borders.yaml"))
        code = code_digest("checking", "timetables", "messages", "geography", "borders", "systems", "databases")
        frequency = str(self._entry.update_frequency) if self._entry else "-"
        return digest("check", self.screen_key, suites, reference, org, frequency, before, code, str(self.today))

    @cached_property
    def findings(self) -> list[Finding]:
        if self.file is None:
            return []
        from helpers import checking

        def compute() -> list[dict[str, Any]]:
            frequency = self._entry.update_frequency if self._entry else None
            assert self.screening is not None
            found = checking.check(
                self.tables, self.screening, type=self.type, fields=self.fields, variant=self.variant,
                organisation=self.publisher, frequency=frequency, today=self.today, previous=self.previous,
            )  # fmt: skip
            self._keep_delivery()
            return [finding.to_json() for finding in found]

        return [Finding.from_json(plain) for plain in self.store.stage(self.check_key, compute)]

    @cached_property
    def rows_to_fix(self) -> list[RowToFix]:
        if self.file is None:
            return []

        def compute() -> list[dict[str, Any]]:
            return [one.to_json() for one in self._rows_to_fix(raw=False)]

        key = digest("fix", self.check_key, code_digest("rows_to_fix", "escaping", "profiling"))
        return [RowToFix(**plain) for plain in self.store.stage(key, compute)]

    @cached_property
    def points_to_fix(self) -> list[PointToFix]:
        if self.file is None:
            return []

        def compute() -> list[dict[str, Any]]:
            assert self.screening is not None
            return [one.to_json() for one in points_to_fix.points_to_fix(self.tables, self.screening, self.findings)]

        key = digest("points", self.check_key, code_digest("points_to_fix"))
        return [PointToFix(**plain) for plain in self.store.stage(key, compute)]

    @cached_property
    def changes(self) -> Changes:
        """Since the findings were last different; nothing for a file that is no candidate."""
        if self.file is None or self._entry is None:
            return Changes()
        kept = self.store.remembered(self._entry.id)
        now = changes.remember(kept, changes.summaries(self.findings), self.today)
        if now != kept:
            self.store.remember(self._entry.id, now)
        return changes.compare(now, self.findings)

    def _rows_to_fix(self, *, raw: bool) -> list[RowToFix]:
        from helpers import rows_to_fix

        assert self.screening is not None and self.profile is not None
        roles = {one.name: one.role for one in self.specification.fields} if self.specification else {}
        keys = rows_to_fix.key_columns(self.fields, roles, self.profile)
        return rows_to_fix.rows_to_fix(self.tables, self.screening, self.findings, keys, raw=raw)

    def raw_rows_to_fix(self) -> list[RowToFix]:
        """With values as they stand, for the owner who asks for them by name; computed each time, never kept."""
        return [] if self.file is None else self._rows_to_fix(raw=True)

    @cached_property
    def gate(self) -> Gate | None:
        from helpers import screening

        return screening.gate(self.screening or Screening(), self._entry, self.columns, self.type or "annan")

    @cached_property
    def asked(self) -> list[Question]:
        """The legal questions that this dataset raises."""
        return questions.raised(self.type or "annan", self.columns, self.screening or Screening(), self._entry)

    @cached_property
    def proposal(self) -> list[Step]:
        """What masking would do; empty for an idea and for a timetable, which is no single table."""
        if self.snapshot is None or self.screening is None or self.snapshot.format == "gtfs":
            return []
        return proposal.propose(self.snapshot, self.screening, self.fields, self.type)

    def mask(self, output: Path, *, bundle: bool = False) -> Masked:
        """Write the proposed version to ``output``. Raises ``ConfigurationError`` where there is none to write."""
        from helpers import masking

        if self.file is None or self.snapshot is None:
            raise ConfigurationError("masking.idea", {"id": self.entry.id})
        if self.snapshot.format == "gtfs":
            raise ConfigurationError("masking.gtfs", {"id": self.entry.id})
        if output.resolve() == self.file.resolve():
            raise ConfigurationError("masking.same_file")
        asked = self.entry.disclosure
        try:
            return masking.mask(
                self.tables, self.fields, self.specification, self.type, output, bundle=bundle,
                quasi_identifiers=asked.quasi_identifiers, k=asked.k,
            )  # fmt: skip
        except OSError:
            raise ConfigurationError("masking.cannot_write", {"file": output.name}) from None

    @property
    def columns(self) -> list[str]:
        """The source's columns; those of a table beside the main one are called ``table/column``."""
        tables = self.snapshot.tables if self.snapshot else []
        return [
            one.name if table is tables[0] else f"{table.name}/{one.name}" for table in tables for one in table.columns
        ]

    @cached_property
    def scorecard(self) -> Scorecard | None:
        from helpers import scoring

        return scoring.score(self.entry, self.gate, self.findings, conformity=self.conformity)

    @property
    def checked(self) -> bool:
        """True where the findings and facts are kept already: no rule need be run and no table read."""
        known = self.file is None or self.store.kept(self.check_key) is not None
        return known and sharing.kept(self)

    def candidate(self) -> Candidate:
        """All stages, computed."""
        return Candidate(
            entry=self.entry, type_confidence=self.type_confidence, variant=self.variant, fields=self.fields, snapshot=self.snapshot,
            screening=self.screening, profile=self.profile, findings=self.findings, gate=self.gate,
            conformity=self.conformity, scorecard=self.scorecard, rows_to_fix=self.rows_to_fix, asked=[one.id for one in self.asked],
            proposal=self.proposal, points_to_fix=self.points_to_fix, changes=self.changes, facts=sharing.keep(self),
        )  # fmt: skip


def open_candidate(candidate: str, catalogue_folder: str | Path | None = None) -> Opened:
    """The candidate with this id in the catalogue; ``ConfigurationError`` where there is none."""
    folder = Path(catalogue_folder) if catalogue_folder else paths.catalogue()
    entries = {entry.id: entry for entry in catalogue.load(folder)}
    if candidate not in entries:
        raise ConfigurationError("running.no_candidate", {"id": candidate, "known": ", ".join(sorted(entries))})
    entry = entries[candidate]
    opened = Opened(entry.file(folder), entry=entry)
    opened.catalogue_folder = folder
    return opened
