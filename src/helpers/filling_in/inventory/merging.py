"""What an inventory would change in the catalogue, and the change itself: nothing written by hand
is replaced unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from helpers.declared import catalogue, organisations
from helpers.declared.catalogue import Entry
from helpers.filling_in.inventory.columns import COLUMNS, DECIDED, UNKNOWN
from helpers.filling_in.inventory.labels import label, plain
from helpers.filling_in.inventory.reading import Row
from helpers.metadata.completeness import given
from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults
from helpers.words.files import writing
from helpers.words.files.yaml_text import changed, dumped
from helpers.words.messages import LANGUAGES
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

DECISION = tuple(column.field for column in DECIDED)
BY_FIELD = {column.field: column for column in COLUMNS}


@dataclass(frozen=True)
class Change:
    """One field that the sheet says something else of. ``before`` is None where nobody has said
    anything."""

    field: str
    before: Any
    after: Any
    # a person changed the cell, and the catalogue says what it said when the sheet was written
    edited: bool = False

    @property
    def fills(self) -> bool:
        """True where the sheet fills what was unknown."""
        return not given(self.before)


@dataclass(frozen=True)
class EntryStep:
    """What happens to one entry: ``new``, or its changes; none of them where it stays as it is."""

    id: str
    title: str
    row: int
    new: bool
    changes: list[Change] = field(default_factory=list)
    # a decision to record, by the fields of ``catalogue.Decision``; it rests on the data of the day
    decision: dict[str, str] | None = None
    undecidable: bool = False  # it holds a decision, and there is no file that it could rest on


@dataclass(frozen=True)
class Plan:
    """What an inventory would do, entry by entry, in the order of its rows."""

    steps: list[EntryStep]

    @property
    def conflicts(self) -> list[tuple[EntryStep, Change]]:
        """What is written in an entry already and the sheet says otherwise, but for what a person
        changed in the sheet that was written of it."""
        return [
            (step, change)
            for step in self.steps
            if not step.new
            for change in step.changes
            if not change.fills and not change.edited
        ]


def current(entry: Entry, dotted: str) -> Any:
    """An entry's value at a dotted field; None where a part of it is not there."""
    value: Any = entry
    for name in dotted.split("."):
        value = getattr(value, name, None)
    return value


def _same(said: Any, before: Any) -> bool:
    """True where the sheet says what the entry holds, or what is shown of it."""
    if isinstance(before, list) and isinstance(said, list) and len(said) == len(before):
        return all(_same(*pair) for pair in zip(said, before, strict=True))
    plain = before.raw if isinstance(before, SourceText) else before
    return said in (plain, hiding.shown(plain))


def plan(rows: list[Row], entries: list[Entry]) -> Plan:
    """Compare the rows with the catalogue. Blank cells say nothing, so nothing is ever taken
    away; what a machine guessed gives way, and so does what the sheet was written of."""
    known = {entry.id: entry for entry in entries}
    return Plan([_step(row, known.get(row.id)) for row in rows])


def _step(row: Row, entry: Entry | None) -> EntryStep:
    """What a row of the sheet does to its entry, or to a new one."""
    names = [column.field for column in COLUMNS if column.field in row.said]
    values = {name: row.said[name] for name in names if name not in DECISION}
    decision = _decision(row, entry)
    has_file = "source.path" in row.said or (entry is not None and entry.source is not None)
    return EntryStep(
        row.id,
        row.said.get("title") or (str(entry.title) if entry else row.id),
        row.number,
        entry is None,
        _differing(row, entry, values) if entry else _begun(values),
        decision if has_file else None,
        undecidable=bool(decision) and not has_file,
    )


def _begun(values: dict[str, Any]) -> list[Change]:
    """What a new entry begins with."""
    stage = "inventoried" if "source.path" in values else "idea"
    given_values = {name: value for name, value in values.items() if value != UNKNOWN}
    return [Change(name, None, value) for name, value in {"stage": stage, **given_values}.items()]


def _differing(row: Row, entry: Entry, values: dict[str, Any]) -> list[Change]:
    """What a row says otherwise than its entry does."""
    before = {name: current(entry, name) for name in values}
    return [
        Change(
            name,
            None if _guessed(entry, name) else before[name],
            value,
            edited=_edited(row, name, before[name]),
        )
        for name, value in values.items()
        if name not in row.unchanged
        and not _same(value, before[name])
        and (given(value) or given(before[name]))
    ]


def _guessed(entry: Entry, name: str) -> bool:
    """True where a machine said it: an organisation, or a title that is the file's own name."""
    if name == "organisation" and entry.organisation == organisations.UNKNOWN:
        return True
    if name == "title" and entry.source is not None:
        return entry.title.raw == PurePath(entry.source.path).stem
    return entry.is_guessed(name)


def _edited(row: Row, name: str, before: Any) -> bool:
    """True where the sheet was written of what the catalogue still says, and says something else
    now."""
    if row.origin is None:
        return False
    column = BY_FIELD[name]
    held = {plain(label(column, before, language)) for language in LANGUAGES}
    return row.origin.get(column.name, "") in held


def _decision(row: Row, entry: Entry | None) -> dict[str, str] | None:
    """The decision that the row holds and the entry does not; None where there is none."""
    said = {name: row.said[name] for name in DECISION if name in row.said}
    if len(said) < len(DECISION) or all(name in row.unchanged for name in said):
        return None
    if entry and all(_same(value, current(entry, name)) for name, value in said.items()):
        return None
    return {name.removeprefix("decision."): value for name, value in said.items()}


def _new(step: EntryStep) -> str:
    plain: dict[str, Any] = {"id": step.id}
    for name in ("title", "type", "organisation", "stage"):
        plain[name] = next((change.after for change in step.changes if change.field == name), None)
    for change in step.changes:
        *parents, last = change.field.split(".")
        part = plain
        for parent in parents:
            part = part.setdefault(parent, {})
        part[last] = change.after
    return dumped(plain)


def _changed(file: Path, changes: list[Change]) -> str:
    after = {tuple(change.field.split(".")): change.after for change in changes}
    return changed(file.read_text("utf-8"), after, file.name)


def apply(planned: Plan, folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Write what is new and fill what was unknown; replace what is written already only with
    ``overwrite``.

    Gives the files that were written. All texts are made and checked first: raises
    ``ConfigurationError`` that names every entry that cannot be written, and then nothing is.
    """
    texts: dict[Path, str] = {}
    faults: list[Fault | str] = []
    for step in planned.steps:
        file = folder / f"{step.id}.yaml"
        changes = [
            change
            for change in step.changes
            if step.new or change.fills or change.edited or overwrite
        ]
        if not changes:
            continue
        try:
            source = _new(step) if step.new else _changed(file, changes)
            catalogue.parsed(source, file.name)
            texts[file] = source
        except ConfigurationError as error:
            faults += error.values["errors"]
        except ValueError:
            fields = ", ".join(change.field for change in changes)
            faults.append(escaping.shown(f"{step.id}: {fields}"))
    if faults:
        said = Faults(
            fault if isinstance(fault, Fault) else escaping.one_line(fault) for fault in faults
        )
        raise ConfigurationError("inventory.cannot_write", {"count": len(faults), "errors": said})
    for file, source in texts.items():
        writing.amend_text(file, source)
    return list(texts)
