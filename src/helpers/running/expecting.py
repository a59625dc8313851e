"""A source's rules as Great Expectations' own objects, for a context and a checkpoint of one's
own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.checking.findings import Finding
from helpers.running.computing import Computing
from helpers.running.stages.publisher import PUBLISHER
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING, Recognised
from helpers.running.stages.screening import SCREENING
from helpers.screening.marks import Screening
from helpers.words.errors import ConfigurationError

if TYPE_CHECKING:
    from helpers.checking.planning import Known
    from helpers.checking.suites import Rule


class Expecting(Computing):
    """A source whose rules can be taken elsewhere. With a ``worker`` they are planned in its
    watched process."""

    file: Path | None
    today: dt.date
    _exported: tuple[str, dict[str, Any], Path] | None = None  # key of what was read, suite, folder

    def expectations(self) -> Any:
        """The rules of this dataset as they apply to it today: a ``great_expectations``
        ``ExpectationSuite``.

        A stock type stands as itself; each of ours as ``unexpected_rows_expectation``, whose SQL
        (DuckDB) answers with row numbers, never with a value, and so does every rule about a marked
        column but that its cells are filled. Descriptions are Swedish and English; ``meta`` has the
        rule's ``id``, table, column, ``because`` and ``fix``; the suite's ``meta["datakollen"]``
        says which rules are left out and why. Run it with ``dataset.validation().run()``: the
        counts are those of ``dataset.findings``.

        Raises ``ConfigurationError`` for an idea without a file, ``InputRefused`` where the source
        cannot be read. Importing Great Expectations takes some seconds.
        """
        from helpers.checking import engine  # Great Expectations: seconds to import

        return engine.suite_of(self._planned()[0])

    def validation(self, context: Any = None) -> Any:
        """``expectations()`` with the tables that they are asked of, a ``ValidationDefinition`` of
        ``great_expectations`` ready to run: ``dataset.validation().run()``, or in
        a checkpoint of your own context
        ``gx.Checkpoint(name="x", validation_definitions=[dataset.validation(context)])``.

        The tables are views over this dataset's snapshot and hold every value as it stands; they
        are there as long as this kernel lives. ``partial_unexpected_list`` of a result may show
        values of columns that are not marked, as they stand. Raises what ``expectations`` raises.
        """
        from helpers.checking import engine, exporting  # Great Expectations: seconds to import

        plain, folder = self._planned()
        return engine.validation_of(plain, folder / exporting.DATABASE, exporting.DATA, context)

    def expectations_of(self, rules: list[Rule]) -> Any:
        """Other rules than the suites' as they apply to this dataset, as a suite of Great
        Expectations; asked of the same tables. Raises what ``expectations`` raises."""
        from helpers.checking import engine  # Great Expectations: seconds to import

        return engine.suite_of(self.export_rules(self.store.lease.work(), rules))

    def tried(self, rules: list[Rule]) -> list[Finding]:
        """What other rules than the suites' say of this dataset: counted once, never kept."""
        from helpers.checking import running  # DuckDB: 0.1 s

        if self._worker:
            said: list[Finding] = self.elsewhere("tried", rules)
            return said
        known: Recognised = self.said(RECOGNISING)
        return running.run(self.tables, rules, known.fields, self._facts(), twice=False)

    def export_rules(self, folder: Path, rules: list[Rule] | None = None) -> dict[str, Any]:
        """The rules of the suites, or these, as JSON, and the views that they are asked of in
        ``folder``, where the cells are at hand; see ``checking.exporting``."""
        from helpers.checking import exporting, running, suites  # DuckDB: 0.1 s

        if self._worker:
            plain: dict[str, Any] = self.elsewhere("export_rules", folder, rules)
            return plain
        opened: Any = self
        known: Recognised = self.said(RECOGNISING)
        if rules is None:
            common = suites.of_common(known.type, known.variant)
            rules = [*common, *suites.rules_for(known.type, known.variant)]
        name = f"datakollen_{opened.entry.id if opened.has_entry else known.type}"
        screening: Screening = self.said(SCREENING)
        wide = running.wide_of(self.tables, known.type, known.variant)
        return exporting.of_dataset(
            self.tables, screening, rules, known.fields, self._facts(), folder, name, wide
        ).to_json()

    @property
    def _worker(self) -> Any:
        opened: Any = self
        return opened.worker

    def _facts(self) -> Known:
        """What rules may ask of the world around the table; not of the delivery before."""
        from helpers.checking.planning import Known  # DuckDB: 0.1 s

        opened: Any = self
        return Known(self.said(PUBLISHER), opened.frequency, self.today)

    def _planned(self) -> tuple[dict[str, Any], Path]:
        if self.file is None:
            opened: Any = self
            raise ConfigurationError("analysing.idea", {"id": opened.entry.id})
        _ = self.tables  # held as long as this process asks the views over them
        key = self.key(READING)
        if self._exported is None or self._exported[0] != key:
            folder = self.store.lease.work()
            self._exported = key, self.export_rules(folder), folder
        return self._exported[1], self._exported[2]
