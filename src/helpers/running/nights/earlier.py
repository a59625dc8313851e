"""The runs over a catalogue until now, as the history of the report has them that the last of them
wrote."""

from __future__ import annotations

from pathlib import Path

from helpers.advising.nights import Night
from helpers.running.nights import history, standing
from helpers.running.store import Store


def runs(store: Store, catalogue: Path) -> list[Night]:
    """The latest, the last one last; none where no report of this catalogue stands.

    Raises ``ConfigurationError`` where the store cannot be read.
    """
    stands = standing.last(store, catalogue)
    if stands is None:
        return []
    return history.History(history.folder_of(store, stands.folder)).nights
