"""What a merge leaves in its folder: rows, origins, the account and a catalogue that the merged
dataset is a candidate of. Made in a private room and moved into place whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.declared.organisations import Organisation
from helpers.filling_in.merging import decisions, entry, writing
from helpers.filling_in.merging.table import Merged
from helpers.filling_in.merging.writing import MergeAccount, MergeFiles
from helpers.reporting import documents
from helpers.reporting.papers import merge as paper
from helpers.reporting.papers import together
from helpers.running.merging import Apart, Gathered
from helpers.running.merging_same import Joined
from helpers.running.packages import placing
from helpers.running.watched import Worker
from helpers.words.files import writing as files
from helpers.words.messages import text


@dataclass(frozen=True)
class Place:
    """Where the files of the merged dataset ``id`` lie."""

    folder: Path
    id: str

    @property
    def table(self) -> Path:
        return self.folder / f"{self.id}.csv"

    @property
    def origin(self) -> Path:
        return self.folder / f"{self.id}-ursprung.csv"

    @property
    def pages(self) -> tuple[Path, Path]:
        return self.folder / f"{self.id}.html", self.folder / f"{self.id}.docx"

    @property
    def entry(self) -> Path:
        return self.folder / entry.FOLDER / f"{self.id}.yaml"

    @property
    def files(self) -> list[Path]:
        """Those that each merge writes anew; people fill in the entry, and it is written once."""
        return [self.table, self.origin, *self.pages]


def earlier(place: Place) -> str | None:
    """The ids that an earlier merge gave, as ``put_together`` takes them; None where there was
    none. Raises ``ConfigurationError`` where its file cannot be read."""
    return writing.earlier(place.origin) if place.origin.is_file() else None


def apart(told: Gathered, language: str) -> Iterator[str]:
    """Who is not included, and why, a sentence or two each."""
    for one in told.apart:
        yield text("merging.apart", language, id=one.entry.id, why=_why(one, language))


def _why(one: Apart, language: str) -> str:
    if one.error is not None:
        return one.error.text(language)
    if one.reason == "kind" and one.kind is None:
        return text("merging.apart.unknown_kind", language)
    because = " ".join(reason[language] for reason in one.because)
    return text(f"merging.apart.{one.reason}", language, kind=one.kind, because=because)


def _write(merged: Merged, asked: MergeFiles, before: str | None) -> MergeAccount:
    """In a worker's process."""
    return writing.write(merged, asked, before)


@dataclass(frozen=True)
class Put:
    """What was written: ``files``, and whether the entry was there before."""

    files: list[Path]
    account: MergeAccount
    entry_there: bool


def write(
    told: Gathered,
    joined: Joined,
    place: Place,
    work: Path,
    worker: Worker,
    *,
    owner: Organisation | None,
    before: str | None,
    day: dt.date,
    language: str,
) -> Put:
    """Write all files. Raises ``Stopped``, with nothing written, where screening stops what was
    merged."""
    made, merged = Place(work / "made", place.id), joined.merged
    made.folder.mkdir()
    account: MergeAccount = worker.ask(
        _write, merged, MergeFiles(made.table, made.origin, place.id, language), before
    )
    there = place.entry.exists()
    names = {"table": made.table.name, "origin": made.origin.name, "report": made.pages[0].name}
    if joined.reviewed.found.pairs:
        names["same"] = decisions.FILE
    entries = list(told.entries.values())
    shown = paper.MergePaper(
        place.id,
        entry.title_of(merged, language),
        merged,
        account,
        list(apart(told, language)),
        names | {"entry": f"{entry.FOLDER}/{place.entry.name}"},
        f"{place.folder.name}/{entry.FOLDER}",
        owner.name if owner else None,
        any(one.synthetic for one in entries),
        day,
        language,
    )
    further = together.blocks(joined.reviewed, joined.whole, shown.names, language)
    shown = replace(shown, further=further)
    for page in made.pages:
        documents.write(paper.document(shown), page)
    placed = placing.put(made.files, place.folder)
    if not there:
        plain = entry.written(merged, place.id, owner.id if owner else None, entries, language)
        there = not files.write_new(place.entry, plain.encode("utf-8"))
    return Put([*placed, place.entry], account, there)
