"""The candidates of a type opened, each carried into its specification's form, and put together as
one table; whatever is left out is told with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from helpers.declared import catalogue, mapping, specifications, subtypes
from helpers.declared.catalogue import Entry
from helpers.declared.fields import Specification
from helpers.filling_in.merging import table
from helpers.filling_in.merging.carrying import Carried
from helpers.filling_in.merging.table import Merged, Same
from helpers.running.opening import Opened, open_candidate
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.screening.marks import Gate
from helpers.words.errors import ConfigurationError, DatakollenError

FEED = "gtfs"
LEAST = 2  # candidates that there is anything to merge of


@dataclass(frozen=True)
class Apart:
    """A candidate of the type that is not in the merged dataset. ``reason``: idea | itself | kind
    (another than the one asked for: ``kind``) | feed | stopped (``because``: by which answers) |
    failed (``error``)."""

    entry: Entry
    reason: str
    kind: str | None = None
    because: tuple[Mapping[str, str], ...] = ()
    error: DatakollenError | None = None


@dataclass
class Gathered:
    """What was carried of the type, each with its entry; and who is not there."""

    specification: Specification
    parts: list[Carried] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    apart: list[Apart] = field(default_factory=list)


def asked(name: str) -> tuple[str, str | None]:
    """The type and the variant that a name means: a type's own, or one of its variants'. Raises
    ``ConfigurationError`` for another, with the names that there are."""
    types = specifications.types()
    if name in types:
        return name, None
    for type in types:
        if any(variant.name == name for variant in specifications.load(type).variants):
            return type, name
    raise ConfigurationError("running.no_type", {"type": name, "known": ", ".join(types)})


def stops(gate: Gate | None) -> tuple[Mapping[str, str], ...]:
    """Why the candidate may not be handed on at all, masked or not: what somebody has answered.
    What is found in cells is masked, what is found beside them is not carried."""
    reasons = gate.reasons if gate else []
    return tuple(
        reason.message
        for reason in reasons
        if reason.level == "stopp" and not reason.code.startswith("found_")
    )


def _opened(
    entries: list[Entry], folder: Path, store: Store, told: Gathered, target: Path | None
) -> list[Opened]:
    """Those that can be read and may be handed on."""
    found = []
    for entry in entries:
        if entry.source is None:
            told.apart.append(Apart(entry, "idea"))
            continue
        if target is not None and entry.file(folder) == target:
            told.apart.append(Apart(entry, "itself"))
            continue
        opened = open_candidate(entry.id, folder, store)
        try:
            because = stops(opened.gate)
            snapshot = opened.snapshot
        except DatakollenError as error:  # this candidate's own: the others go on
            told.apart.append(Apart(entry, "failed", error=error))
            continue
        if because:
            told.apart.append(Apart(entry, "stopped", because=because))
        elif snapshot is not None and snapshot.format == FEED:
            told.apart.append(Apart(entry, "feed"))
        else:
            found.append(opened)
    return found


def _variant(type: str, variant: str | None, found: list[Opened]) -> str | None:
    """The form that all are to have. Raises ``ConfigurationError`` where they are of several
    kinds and none was asked for."""
    if variant or mapping.newest(type):
        return variant or mapping.newest(type)
    kinds: dict[str | None, list[str]] = {}
    for opened in found:
        kinds.setdefault(opened.variant, []).append(opened.entry.id)
    if len(kinds) > 1:
        many = {kind: ids for kind, ids in kinds.items() if kind}
        known = "; ".join(f"{kind}: {', '.join(ids)}" for kind, ids in sorted(many.items()))
        raise ConfigurationError("merging.several_kinds", {"type": type, "known": known})
    return next(iter(kinds), None)


def _carried(
    opened: Opened, type: str, variant: str | None, work: Path, number: int, told: Gathered
) -> None:
    entry = opened.entry
    if variant and mapping.newest(type) is None and opened.variant != variant:
        told.apart.append(Apart(entry, "kind", kind=opened.variant))
        return
    try:
        part = opened.carry(type, variant, work / f"{number}.parquet")
    except DatakollenError as error:  # this candidate's own: the others go on
        told.apart.append(Apart(entry, "failed", error=error))
        return
    told.parts.append(part)
    told.entries[entry.id] = entry


def _of_kind(entry: Entry, type: str, variant: str | None) -> bool:
    """True where the entry may be of the kind that is asked for, as far as it says itself."""
    if entry.type != type:
        return False
    if variant is None or mapping.newest(type) or entry.source is not None:
        return True
    return subtypes.subtype_of(entry) in (None, variant)


def gather(
    name: str, folder: Path, store: Store, work: Path, target: Path | None = None
) -> Gathered:
    """All candidates of the type or kind ``name`` in the catalogue, each carried into ``work``,
    which is private. ``target``: the file of the merged rows, which is no source. Raises
    ``ConfigurationError`` for a name that is none, and for a type of several kinds."""
    type, variant = asked(name)
    told = Gathered(specifications.load(type))
    entries = [entry for entry in catalogue.load(folder) if _of_kind(entry, type, variant)]
    found = _opened(entries, folder, store, told, target)
    variant = _variant(type, variant, found)
    told.specification = specifications.load(type, variant)
    for number, opened in enumerate(found):
        _carried(opened, type, variant, work, number, told)
    told.apart.sort(key=lambda apart: apart.entry.id)
    return told


def _merged(
    parts: list[Carried],
    specification: Specification,
    file: Path,
    same: Same,
    earlier: Mapping[tuple[str, str], str] | str | None,
) -> Merged:
    """In a worker's process."""
    return table.merged(parts, specification, file, same=same, earlier=earlier)


def put_together(
    told: Gathered,
    work: Path,
    worker: Worker,
    *,
    same: Same | None = None,
    earlier: Mapping[tuple[str, str], str] | str | None = None,
) -> Merged:
    """The merged table of what was gathered, in ``work``; see ``filling_in.merging.table``. Raises
    ``ConfigurationError`` where there are fewer than two."""
    if len(told.parts) < LEAST:
        values = {
            "title": told.specification.variant or told.specification.name,
            "count": len(told.parts),
            "apart": len(told.apart),
        }
        raise ConfigurationError("merging.alone", values)
    file = work / "merged.parquet"
    merged: Merged = worker.ask(
        _merged, told.parts, told.specification, file, dict(same or {}), earlier
    )
    return merged


@contextmanager
def opened(name: str, folder: Path, *, same: Same | None = None) -> Iterator[Merged]:
    """The merged table of the type or kind ``name`` of a catalogue, while the block lasts:
    ``with merging.opened("offentlig_konst", folder) as merged: merged.frame()``."""
    store, worker = Store(), Worker()
    try:
        with store.work() as work:
            yield put_together(gather(name, folder, store, work), work, worker, same=same)
    finally:
        worker.close()
        store.forget_tables()
