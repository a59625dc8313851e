"""What people have decided about objects that several organisations have, joined to a merge: read
from the catalogue, asked of the rows, and proposed beside the result for what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.filling_in.merging import decisions, identity, looking_whole, proposing
from helpers.filling_in.merging.decisions import UNDECIDED, Decision, Decisions
from helpers.filling_in.merging.identity import Reviewed
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.whole import Whole
from helpers.running.merging import Gathered, put_together
from helpers.running.watched import Worker
from helpers.words.files import writing


@dataclass(frozen=True)
class Joined:
    """A merged table with what was decided in it, what is asked about it, and what only the whole
    of it shows."""

    merged: Merged
    reviewed: Reviewed
    whole: Whole


def _touched(decision: Decision) -> bool:
    said = (decision.keep, decision.by, decision.date, decision.note)
    return decision.decision != UNDECIDED or any(said)


def _read(file: Path) -> tuple[str, Decisions]:
    return file.read_text("utf-8-sig") if file.exists() else "", decisions.read(file.parent)


@dataclass(frozen=True)
class Deciding:
    """The decisions of a ``catalogue``, and the file beside a result in ``folder`` that new pairs
    are proposed in. What people have written into either is never lost."""

    catalogue: Path
    folder: Path
    decided: Decisions
    text: str
    unplaced: bool  # people have written into the proposal what the catalogue does not have

    @property
    def file(self) -> Path:
        """Where the proposal lies."""
        return self.folder / decisions.FILE


def deciding(catalogue: Path, folder: Path) -> Deciding:
    """What has been decided until now. ``ConfigurationError`` with each fault of either file."""
    text, decided = _read(catalogue / decisions.FILE)
    proposed, ours = _read(folder / decisions.FILE)
    known = {(one.type, one.refs): one for one in decided.pairs}
    new = any(_touched(one) and known.get((one.type, one.refs)) != one for one in ours.pairs)
    return Deciding(catalogue, folder, decided, proposed if new else text, new)


def _review(merged: Merged, decided: Decisions) -> Reviewed:
    """In a worker's process."""
    return identity.review(merged, decided)


def _look(merged: Merged) -> Whole:
    """In a worker's process."""
    return looking_whole.look(merged)


def join(
    told: Gathered,
    work: Path,
    worker: Worker,
    decided: Decisions,
    earlier: Mapping[tuple[str, str], str] | str | None = None,
) -> Joined:
    """The merged table with every decision in it. Raises as ``merging.put_together`` does."""
    merged = put_together(told, work, worker, earlier=earlier)
    reviewed: Reviewed = worker.ask(_review, merged, decided)
    if reviewed.same:
        merged = put_together(told, work, worker, same=reviewed.same, earlier=earlier)
    return Joined(merged, reviewed, worker.ask(_look, merged))


def propose(deciding: Deciding, reviewed: Reviewed, language: str) -> int:
    """Write the file of decisions beside the result, where there is anything new to decide; how
    many pairs are. What people have written there or in the catalogue stands in it as they wrote
    it."""
    pairs = reviewed.found.pairs
    text, new = proposing.proposal(deciding.text, pairs, reviewed.type, language)
    if new:
        writing.amend_text(deciding.file, text)
    return new
