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
from helpers.screening import sieving
from helpers.screening.column import Seen
from helpers.screening.kinds import (
    bank_accounts,
    emails,
    health,
    identity_documents,
    online_accounts,
    payment_cards,
    person_names,
    personnummer,
    phones,
    protected,
)
from helpers.screening.marks import VERDICTS, Mark
from helpers.words import personal_numbers
from helpers.words.folding import fold
from helpers.words.personal import hiding
from helpers.words.personal import name_lists as names

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
            "loose_07": "granska",
            "cut": "granska",
            "letter": "granska",
        },
    ),
    "email": (emails, {"private": "granska"}),
    "service_email": (emails, {"service": "granska"}),
    "phone": (phones, {"mobile": "granska"}),
    "person_name": (person_names, {"full": "granska", "embedded": "granska"}),
    "protected": (protected, {"word": "granska"}),
    "bank_account": (
        bank_accounts,
        {"own": "stopp", "iban": "granska", "account": "granska"},
    ),
    "payment_card": (payment_cards, {"card": "granska"}),
    "id_document": (identity_documents, {"number": "granska", "said": "granska"}),
    "health": (health, {"said": "granska"}),
    "online_account": (online_accounts, {"member": "granska", "named": "granska"}),
}
# A number with a date and a wrong check digit says how likely the right ones are chance.
WRONG = {"wrong_bare": "bare", "wrong_loose": "loose"}
# Under a label that means a person (a file's author) a single name is enough.
OF_A_PERSON = {"half": "granska", "likely": "granska", "one": "granska"}
# Labels under which programs keep who wrote a file or a remark, folded.
AUTHORS = frozenset(
    "author creator lastmodifiedby initialcreator printedby manager user username refreshedby"
    " lastauthor authors".split()
)
# What programs and nobody's accounts call themselves there.
NOBODY = frozenset(
    "admin administrator anvandare apache author calc core creator crystal default excel google"
    " libreoffice microsoft office okand openoffice openpyxl oracle owner poi python reports sap"
    " server sheets system team test unknown user version windows".split()
)
_AUTHOR = Seen("", "contactperson")
NAMED = ("email", "service_email", "phone", "person_name", "bank_account", "payment_card")
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


def _labelled(kind: str, text: str, seen: Seen) -> tuple[str | None, str | None]:
    """What the kind's module calls the text, and how severe that is; None where it is not."""
    module, levels = KINDS[kind]
    label = module.find(text, seen)
    if label is None and kind == "person_name" and seen.folded in AUTHORS and _author(text):
        return "author", "granska"
    if kind == "person_name" and seen.says(person_names.PERSONS):
        levels = levels | OF_A_PERSON
    return label, levels.get(label or "")


def _author(text: str) -> bool:
    """True where what stands as a file's author is a person: names on no list, and a single one,
    count there.

    >>> [_author(text) for text in ("Anna", "Kalvenes, Trygve", "Microsoft Office User", "qgis")]
    [True, True, False, False]
    """
    words = re.findall(r"[^\W\d_]+", text)
    if any(fold(word) in NOBODY for word in words):
        return False
    known = any(names.is_first(word) and fold(word) not in names.WORDS for word in words)
    return known or person_names.find(text, _AUTHOR) is not None


def _level(kind: str, text: str, seen: Seen) -> str | None:
    return _labelled(kind, text, seen)[1]


def _names(part: Part, type: str) -> Iterator[Mark]:
    """Marks of a name of the file, a sheet or a column: a sheet for each pupil, say.

    All that reading hid of it, and what is more severe here than it shows.
    """
    seen = Seen("", "", type)
    text = part.text or ""
    if personal_numbers.hide(text) != text:
        certainty, level = (
            ("certain", "stopp") if personal_numbers.certain(text) else ("possible", "granska")
        )
        yield Mark("", part.label, "personnummer", certainty, 1, [], level, "name")
    found = {kind for kind in hiding.kinds(text) if kind != "personnummer"}
    for kind in NAMED:
        words = re.sub(r"_+", " ", text) if kind == "person_name" else text
        if kind in found or _level(kind, words, seen):
            yield Mark("", part.label, kind, "probable", 1, [], "granska", "name")


Address = tuple[str, str]  # what a part belongs to, and what it stands under
ByAddress = dict[Address, _Hits]


class _Found:
    """What was found in the surroundings, by place and kind, and then by address.

    Numbers that may be chance wait until all of their place are counted: a table of ids in another
    member has some that are dates with a right check digit.
    """

    def __init__(self) -> None:
        self.hits: dict[tuple[str, str], ByAddress] = defaultdict(lambda: defaultdict(_Hits))
        self.waiting: dict[tuple[Address, str], list[Part]] = defaultdict(list)
        self.wrong: Counter[tuple[Address, str]] = Counter()

    def add(self, part: Part, kind: str, label: str | None, level: str | None) -> None:
        """A part with its label."""
        around = (part.place, part.within)
        if label in WRONG:
            self.wrong[around, WRONG[label]] += 1
        elif label in WRONG.values():
            self.waiting[around, label or ""].append(part)
        elif level:
            self.hits[part.place, kind][part.within, part.label].add(part.row, level)

    def settle(self) -> None:
        """Weak numbers count where they are more than chance among those of their place; bare ones
        that are no more than that ask for a look."""
        for (around, label), parts in self.waiting.items():
            wrong = self.wrong[around, label]
            if label == "loose":
                level = None if personnummer.weak_chance(len(parts), wrong) else "granska"
            else:
                level = "granska" if personnummer.chance(len(parts), wrong) else "stopp"
            for part in parts:
                self.add(part, "personnummer", None, level)


def marks(snapshot: Snapshot, type: str) -> Iterator[Mark]:
    """The marks of everything that is no cell, and one for each place that cannot be looked into.

    Those of a place with more than twelve different addresses are told together.
    """
    found = _Found()
    named: dict[tuple[str, str], Mark] = {}
    for batch in sieving.batches(surroundings.parts(snapshot.folder)):
        for part in batch:
            if part.place in surroundings.NAMES:
                named |= {(mark.column, mark.kind): mark for mark in _names(part, type)}
            elif part.text is None:
                found.add(part, "unread", None, "granska")
        _look(batch, type, found)
    found.settle()
    yield from named.values()
    for (place, kind), by_address in found.hits.items():
        yield from _of_place(place, kind, by_address)


def _look(batch: list[Part], type: str, found: _Found) -> None:
    """Look for each kind in those parts of a batch that pass its sieve."""
    by_address: dict[Address, list[Part]] = defaultdict(list)
    for part in batch:
        if part.text is not None and part.place not in surroundings.NAMES:
            by_address[part.within, part.label].append(part)
    seen = {address: Seen(*address, type) for address in by_address}
    for kind, (module, _) in KINDS.items():
        by_sieve: dict[str | None, list[Address]] = defaultdict(list)
        for address in by_address:
            author = kind == "person_name" and seen[address].folded in AUTHORS
            by_sieve[None if author else module.sieve(seen[address])].append(address)
        for sieve, addresses in by_sieve.items():
            parts = [part for address in addresses for part in by_address[address]]
            for part in sieving.passing(parts, sieve):
                text, column = part.text or "", seen[part.within, part.label]
                found.add(part, kind, *_labelled(kind, text, column))


def _of_place(place: str, kind: str, by_address: ByAddress) -> Iterator[Mark]:
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
            hiding.hide(within),
            "",
            kind,
            certainty,
            hits.count,
            hits.listed(),
            hits.level,
            "outside",
            place,
            hiding.hide(label),
        )
