"""What is declared of a source: by its catalogue entry, or by whoever opens a file without one."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.declared import organisations
from helpers.declared.catalogue import Disclosure, Entry
from helpers.declared.schemas import reading as schema_files
from helpers.declared.schemas.model import TableSchema
from helpers.words.errors import ConfigurationError


class Declared:
    """``_entry``: the catalogue's; None for a file alone. ``_type``: as declared beside it;
    ``_schema``: the file of a schema of the table."""

    _entry: Entry | None
    _type: str | None
    _schema: Path | None = None
    file: Path | None

    @property
    def entry(self) -> Entry:
        """The catalogue entry; ``ConfigurationError`` for a file without one."""
        if self._entry is None:
            raise ConfigurationError("running.no_entry")
        return self._entry

    @property
    def has_entry(self) -> bool:
        """True for a candidate of a catalogue, False for a file alone."""
        return self._entry is not None

    @property
    def declares_organisation(self) -> bool:
        """True where somebody has said whose the data are, or that it is not known."""
        return self._entry is not None and not self._entry.is_guessed("organisation")

    @property
    def declared_type(self) -> str | None:
        """The dataset type as declared; None where it is to be recognised."""
        return self._type or (self._entry.type if self._entry else None)

    @property
    def declared_variant(self) -> str | None:
        """The form of the type as declared; None where it is to be recognised."""
        return self._entry.variant if self._entry else None

    @property
    def organisation(self) -> organisations.Organisation | None:
        """The organisation that the entry names, where it is known; a guess accuses nobody, and is
        none."""
        if self._entry is None or self._entry.is_guessed("organisation"):
            return None
        return organisations.organisation(self._entry.organisation)

    @property
    def hints(self) -> dict[str, Any]:
        """What the entry says that reading should not guess, and beneath it what the schema says:
        name of the hint -> its value."""
        source = self._entry.source if self._entry else None
        own = {"path", "table_schema"}
        said = source.model_dump(mode="json", exclude=own, exclude_none=True) if source else {}
        return {**self.table_schema.hints, **said} if self.table_schema else said

    @cached_property
    def table_schema(self) -> TableSchema | None:
        """The schema that came with the data; None where none is named. ``ConfigurationError`` with
        every fault in it."""
        if self._schema is None or self.file is None:
            return None
        return schema_files.read(self._schema, self.file.name)

    @property
    def area(self) -> str | None:
        """The organisation's municipality code, or its county code: where its points can be
        expected."""
        return self.organisation.area if self.organisation else None

    @property
    def disclosure(self) -> Disclosure:
        """Which columns together may point to a person, and the least group: as declared."""
        return self._entry.disclosure if self._entry else Disclosure()

    @property
    def frequency(self) -> str | None:
        """How often the data are said to be updated; None where nothing is said."""
        declared = self._entry.update_frequency if self._entry else None
        return str(declared) if declared else None

    @property
    def k(self) -> int:
        """The least size of a group that may be shown: as declared."""
        return self.disclosure.k
