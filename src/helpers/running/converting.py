"""Converting: the source's main table in the form of a specification, computed each time it is
asked for and never kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.declared import specifications
from helpers.running.computing import Computing
from helpers.words.errors import ConfigurationError

if TYPE_CHECKING:
    from helpers.filling_in.converting.writing import ConversionRequest, Converted
    from helpers.filling_in.merging.carrying import Carried
    from helpers.filling_in.packaging.table import Tabled, TableRequest


class Converting(Computing):
    """A source that can be written in another form."""

    file: Path | None
    worker: Any

    def elsewhere(self, method: str, *given: Any) -> Any:
        """What a method of the same source says in the worker's process."""
        raise NotImplementedError

    def convert(self, type: str, variant: str | None, asked: ConversionRequest) -> Converted:
        """The table as ``variant`` of ``type`` has it, None for the one that the source looks like;
        see ``filling_in.converting.writing.convert``. Raises ``ConfigurationError`` where there is
        none to write."""
        from helpers.filling_in.converting import writing  # 0.4 s

        opened: Any = self
        if self.file is None:
            raise ConfigurationError("masking.idea", {"id": opened.entry.id})
        if self.worker:
            converted: Converted = self.elsewhere("convert", type, variant, asked)
            return converted
        target = specifications.load(type, variant or self._like(type))
        return writing.convert(opened.tables, target, opened.screening, asked)

    def carry(self, type: str, variant: str | None, target: Path) -> Carried:
        """Write the table as rows of a merged one to ``target``; see
        ``filling_in.merging.carrying.carry``. Raises ``ConfigurationError`` where there is none to
        write, or it has no column of that specification."""
        from helpers.filling_in.merging import carrying, masking  # 0.4 s

        opened: Any = self
        if self.file is None:
            raise ConfigurationError("masking.idea", {"id": opened.entry.id})
        if self.worker:
            carried: Carried = self.elsewhere("carry", type, variant, target)
            return carried
        disclosure = opened.disclosure
        known = masking.Known(
            opened.type,
            opened.specification,
            opened.fields,
            tuple(disclosure.quasi_identifiers),
            disclosure.k,
        )
        owned = carrying.Owned(opened.entry.id, opened.entry.organisation)
        whole = specifications.load(type, variant)
        return carrying.carry(opened.tables, opened.screening, whole, known, owned, target)

    def tabled(self, asked: TableRequest) -> Tabled:
        """Write the table as a package has it; see ``filling_in.packaging.table.write``. Raises
        ``ConfigurationError`` where there is none to write."""
        from helpers.filling_in.packaging import table  # 0.4 s

        opened: Any = self
        if self.file is None:
            raise ConfigurationError("package.idea", {"id": asked.id})
        if self.worker:
            tabled: Tabled = self.elsewhere("tabled", asked)
            return tabled
        return table.write(opened.tables, opened.screening, asked)

    def feed(self, target: Path) -> list[str]:
        """Write a timetable as a package has it; see ``filling_in.packaging.feed.write``."""
        from helpers.filling_in.packaging import feed  # 0.4 s

        opened: Any = self
        if self.worker:
            left: list[str] = self.elsewhere("feed", target)
            return left
        return feed.write(opened.tables, target)

    def _like(self, type: str) -> str | None:
        """The variant of the type that the source looks like."""
        opened: Any = self
        names = [column.name for column in opened.tables.main.columns]
        file, format = opened.tables.source, opened.tables.format
        return specifications.variant_of(type, names, file=file, format=format)
