"""What stands outside the table's cells: names of the file, of sheets and columns, rows that are no
records, and all else that the source carries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.reading import surroundings
from helpers.reading.snapshot import MAX_ROWS_LISTED, Snapshot
from helpers.reading.surroundings import Part
from helpers.screening.column import Seen
from helpers.screening.kinds import emails, person_names, personnummer, phones, protected
from helpers.screening.marks import VERDICTS, Mark
from helpers.words import escaping, personal_numbers

# By kind: how severe each of its labels is here, where no other rows of a column weigh with it.
KINDS = {
    "personnummer": (personnummer, {"written": "stopp", "bare": "stopp", "cut": "granska"}),
    "email": (emails, {"private": "granska"}),
    "service_email": (emails, {"service": "granska"}),
    "phone": (phones, {"mobile": "granska"}),
    "person_name": (person_names, {"full": "granska", "embedded": "granska"}),
    "protected": (protected, {"word": "granska"}),
}
# Under a label that means a person (a file's author) a single name is enough.
OF_A_PERSON = {"half": "granska", "likely": "granska", "one": "granska"}
MANY = 12  # so many parts of one place are told together


@dataclass
class _Hits:
    """Parts of one place in which one kind was found: how many, where, and the worst level."""

    count: int = 0
    rows: set[int] = field(default_factory=set)
    level: str = "fri"

    def add(self, row: int, level: str) -> None:
        self.count += 1
        self.level = max(self.level, level, key=VERDICTS.index)
        if row:
            self.rows.add(row)

    def listed(self) -> list[int]:
        return sorted(self.rows)[:MAX_ROWS_LISTED]


def shown(name: str, type: str) -> str:
    """A name of a sheet, a member or a key as it may be shown: by its shape where it holds what a
    name must not."""
    hidden = personal_numbers.hide(name)
    for kind in ("email", "phone", "person_name"):
        if _level(kind, name.replace("_", " "), Seen("", "", type)):
            return escaping.shape(name)
    return hidden


def _level(kind: str, text: str, seen: Seen) -> str | None:
    """How severe it is that the kind is found in the text; None where it is not."""
    module, levels = KINDS[kind]
    label = module.find(text, seen)
    if label is None:
        return None
    if kind == "person_name" and seen.says(person_names.PERSONS):
        levels = levels | OF_A_PERSON
    return levels.get(label)


def _names(part: Part, type: str) -> Iterator[Mark]:
    """Marks of a name of the file, a sheet or a column: a sheet for each pupil, say."""
    seen = Seen("", "", type)
    text = part.text or ""
    for kind in KINDS:
        if kind == "protected":  # a column may be called after what it must not hold
            continue
        words = re.sub(r"_+", " ", text) if kind == "person_name" else text
        level = _level(kind, words, seen)
        if level:
            certainty = "certain" if kind == "personnummer" else "probable"
            yield Mark("", part.label, kind, certainty, 1, [], level, "name")


def marks(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """The marks of everything that is no cell, and one for each place that cannot be looked into.

    Those of a place with more than twelve different addresses are told together.
    """
    hits: dict[tuple[str, str], dict[tuple[str, str], _Hits]] = defaultdict(
        lambda: defaultdict(_Hits)
    )
    named: dict[tuple[str, str], Mark] = {}
    for part in surroundings.parts(snapshot.folder):
        if part.place in surroundings.NAMES:
            named |= {(mark.column, mark.kind): mark for mark in _names(part, type)}
            continue
        address = (part.within, part.label)
        if part.text is None:
            hits[part.place, "unread"][address].add(part.row, "granska")
            continue
        seen = Seen(part.within, part.label, type)
        for kind in KINDS:
            level = _level(kind, part.text, seen)
            if level:
                hits[part.place, kind][address].add(part.row, level)
    for place, within, label in _by_chance(snapshot, hits):
        hits[place, "personnummer"][within, label].level = "granska"
    yield from named.values()
    for (place, kind), by_address in hits.items():
        yield from _of_place(place, kind, by_address, type)


def _by_chance(
    snapshot: Snapshot, hits: dict[tuple[str, str], dict[tuple[str, str], _Hits]]
) -> list[tuple[str, str, str]]:
    """Place, within and label of numbers without a dash that so many others beside them with a
    wrong check digit make chance, as in a column of random ids: somebody looks, nothing is
    stopped."""
    asked = {
        (place, *address): Counter[str | None]()
        for (place, kind), by_address in hits.items()
        if kind == "personnummer"
        for address, found in by_address.items()
        if found.level == "stopp"
    }
    for part in surroundings.parts(snapshot.folder) if asked else ():
        labels = asked.get((part.place, part.within, part.label))
        if labels is not None and part.text:
            labels[personnummer.find(part.text, Seen(part.within, part.label))] += 1
    return [
        address
        for address, labels in asked.items()
        if not labels["written"]
        and labels["wrong_bare"] >= personnummer.CROWD
        and labels["bare"] < personnummer.CHANCE_RIGHT * labels["wrong_bare"]
    ]


def _of_place(
    place: str, kind: str, by_address: dict[tuple[str, str], _Hits], type: str
) -> Iterator[Mark]:
    certainty = "certain" if kind == "unread" else "probable"
    if len(by_address) > MANY:
        together = _Hits(sum(hits.count for hits in by_address.values()))
        together.rows = {row for hits in by_address.values() for row in hits.rows}
        together.level = max((hits.level for hits in by_address.values()), key=VERDICTS.index)
        shared = Counter(within for within, _ in by_address)
        within = next(iter(shared)) if len(shared) == 1 else ""
        by_address = {(within, ""): together}
    for (within, label), hits in by_address.items():
        yield Mark(
            shown(within, type),
            "",
            kind,
            certainty,
            hits.count,
            hits.listed(),
            hits.level,
            "outside",
            place,
            shown(label, type),
        )
