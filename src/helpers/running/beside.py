"""What another candidate of the same organisation adds to the answers of one: of broadband that was
measured, what is reported as available."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from helpers.advising.answers import availability
from helpers.declared import catalogue
from helpers.declared.catalogue import Entry
from helpers.words.errors import DatakollenError


class Beside:
    """A candidate that was opened: what it says itself, and the other candidates of its
    catalogue."""

    _entry: Entry | None
    catalogue_folder: Path | None

    if TYPE_CHECKING:

        @property
        def answers(self) -> list[dict[str, Any]]: ...
        @property
        def variant(self) -> str | None: ...
        def beside(self, candidate: str) -> Self: ...

    @property
    def reported_beside(self) -> Self | None:
        """What the same organisation reports as available where this was measured, opened; None
        where the catalogue has nothing of the kind, or it cannot be read."""
        entry, folder = self._entry, self.catalogue_folder
        if entry is None or folder is None or self.variant != availability.MEASURED:
            return None
        for other in catalogue.load(folder):
            if not availability.beside(entry, other):
                continue
            with suppress(DatakollenError):
                reported = self.beside(other.id)
                if reported.variant == availability.REPORTED:
                    return reported
        return None

    @property
    def answers_beside(self) -> list[dict[str, Any]]:
        """The answer of both, where the catalogue has the other; one that cannot be read adds
        nothing."""
        reported = self.reported_beside
        if reported is None:
            return []
        with suppress(DatakollenError):
            answer = availability.compared(self.answers, reported.answers)
            return [answer] if answer else []
        return []
