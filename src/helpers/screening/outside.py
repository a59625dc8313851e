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

# By kind: how severe each of its labels is here, where no other rows of a column weigh with it. A
# number that may be chance asks for a look, as it does in a column.
KINDS = {
    "personnummer": (
        personnummer,
        {
            "written": "stopp",
            "bare": "stopp",
            "bare_07": "granska",
            "loose": "granska",
            "cut": "granska",
            "letter": "granska",
        },
    ),
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


def _labelled(kind: str, text: str, seen: Seen) -> tuple[str | None, str | None]:
    """What the kind's module calls the text, and how severe that is; None where it is not."""
    module, levels = KINDS[kind]
    label = module.find(text, seen)
    if kind == "person_name" and seen.says(person_names.PERSONS):
        levels = levels | OF_A_PERSON
    return label, levels.get(label or "")


def _level(kind: str, text: str, seen: Seen) -> str | None:
    return _labelled(kind, text, seen)[1]


def _names(part: Part, type: str) -> Iterator[Mark]:
    """Marks of a name of the file, a sheet or a column: a sheet for each pupil, say."""
    seen = Seen("", "", type)
    text = part.text or ""
    if personal_numbers.hide(text) != text:
        certainty, level = (
            ("certain", "stopp") if personal_numbers.certain(text) else ("possible", "granska")
        )
        yield Mark("", part.label, "personnummer", certainty, 1, [], level, "name")
    for kind in ("email", "service_email", "phone", "person_name"):
        words = re.sub(r"_+", " ", text) if kind == "person_name" else text
        if _level(kind, words, seen):
            yield Mark("", part.label, kind, "probable", 1, [], "granska", "name")


Address = tuple[str, str]  # what a part belongs to, and what it stands under
ByAddress = dict[Address, _Hits]


class _Found:
    """What was found in the surroundings, by place and kind, and then by address."""

    def __init__(self) -> None:
        self.hits: dict[tuple[str, str], ByAddress] = defaultdict(lambda: defaultdict(_Hits))
        self.weak: dict[Address, list[Part]] = defaultdict(list)
        self.wrong: Counter[Address] = Counter()

    def add(self, part: Part, kind: str, label: str | None, level: str | None) -> None:
        """A part with its label; weak numbers wait until all of their place are counted."""
        around = (part.place, part.within)
        if label == "wrong_loose":
            self.wrong[around] += 1
        elif label == "loose":
            self.weak[around].append(part)
        elif level:
            self.hits[part.place, kind][part.within, part.label].add(part.row, level)

    def settle(self) -> None:
        """Weak numbers count where they are more than chance among those of their place."""
        for around, parts in self.weak.items():
            if not personnummer.weak_chance(len(parts), self.wrong[around]):
                for part in parts:
                    self.add(part, "personnummer", None, "granska")


def marks(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """The marks of everything that is no cell, and one for each place that cannot be looked into.

    Those of a place with more than twelve different addresses are told together.
    """
    found = _Found()
    named: dict[tuple[str, str], Mark] = {}
    for part in surroundings.parts(snapshot.folder):
        if part.place in surroundings.NAMES:
            named |= {(mark.column, mark.kind): mark for mark in _names(part, type)}
        elif part.text is None:
            found.add(part, "unread", None, "granska")
        else:
            seen = Seen(part.within, part.label, type)
            for kind in KINDS:
                found.add(part, kind, *_labelled(kind, part.text, seen))
    found.settle()
    yield from named.values()
    for (place, kind), by_address in found.hits.items():
        yield from _of_place(place, kind, by_address, type)


def _of_place(place: str, kind: str, by_address: ByAddress, type: str) -> Iterator[Mark]:
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
