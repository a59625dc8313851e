"""A made dataset through the product: file, reading, screening, checking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.checking.findings import Finding
from helpers.declared.catalogue import Entry
from helpers.running.opening import Opened
from helpers.running.stages.screening import SCREENING
from helpers.running.store import Kept, Store
from helpers.screening.marks import Screening

from .twins import TODAY, Made

Opener = Callable[[Made], Opened]


def opened(made: Made, folder: Path, before: Path | None = None) -> Opened:
    """The stages of a made dataset in a catalogue of its own."""
    file = made.write(folder)
    source = {"path": str(file), **made.hints}
    entry = Entry(
        id=made.name,
        title=made.name,
        type=made.type,
        organisation=made.organisation,
        source=source,
        synthetic=True,
    )
    return Opened(
        file,
        entry=entry,
        store=Store(folder / "store"),
        today=TODAY,
        **({"before": before} if before else {}),
    )


def unscreened(one: Opened) -> Opened:
    """The same, as if nothing in it were personal: what the rules say is looked at alone, and
    screening costs nothing."""
    one._kept[SCREENING] = Kept(Screening().to_json(), {})
    return one


def failed(findings: list[Finding], *severities: str) -> dict[tuple[str, str | None], Finding]:
    """(rule, column) -> what failed, or was in error."""
    return {
        (one.id, one.column): one
        for one in findings
        if one.outcome in ("failed", "error") and (not severities or one.severity in severities)
    }


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Callable[[Made], list[Finding]]]:
    yield lambda made: opened(made, tmp_path / str(len(list(tmp_path.iterdir())))).findings
