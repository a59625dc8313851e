"""A column as the kinds see it: its header, its field, how much stands in it. And what was found
there, by label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from helpers.reading.snapshot import MAX_ROWS_LISTED, Table
from helpers.words.folding import fold

if TYPE_CHECKING:
    from helpers.declared.specifications import Specification

# Kinds that say of a table that it is about persons, where other kinds say so beside them alone.
PERSONS = frozenset(
    {"personnummer", "person_name", "sole_trader", "birth_date", "email", "service_email"}
)
FREE_TEXT = (
    "beskrivning",
    "kommentar",
    "anteckning",
    "fritext",
    "notering",
    "descr",
    "comment",
    "note",
    "text",
    "avser",
)


@dataclass(frozen=True)
class Seen:
    """A column that is looked at. ``texts``: how many different texts; ``type``: the dataset's."""

    table: str
    name: str
    type: str = "annan"
    field: str | None = None  # the specification's field that the column is
    role: str | None = None
    public: bool = False  # personal: public_role
    value: str = "text"  # the snapshot's type of the column, text where some cells do not read so
    texts: int = 0
    organisations: bool = False  # holds organisation numbers, by role, header or content
    placed: bool = False  # the table has positions: its addresses are places'
    beside: frozenset[str] = frozenset()  # folded headers of the table's other columns
    # folded headers of those that name owners, who are organisations all of them
    bodies: frozenset[str] = frozenset()
    # first name and surname, folded, of those whom the table's columns of public roles name
    in_public: frozenset[frozenset[str]] = frozenset()

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    @cached_property
    def words(self) -> frozenset[str]:
        """The header's words, folded: ``E-post ansvarig`` gives e, post, ansvarig; ``ipAddress``
        gives ip, address."""
        split = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", self.name)
        return frozenset(fold(word) for word in re.split(r"[^0-9A-Za-zÅÄÖåäöéüÉÜ]+", split) if word)

    def says(self, parts: Collection[str]) -> bool:
        """True where the header holds one of the words: short ones (to three letters) only as a
        word of its own."""
        # asked for every text of the column, of the same few lists
        answer = self._said.get(id(parts))
        if answer is None:
            says = any(
                part in self.words if len(part) <= 3 else part in self.folded for part in parts
            )
            answer = self._said[id(parts)] = (says, parts)
        return answer[0]

    def ends(self, endings: tuple[str, ...]) -> bool:
        """True where a word of the header ends in one of these."""
        answer = self._ended.get(endings)
        if answer is None:
            answer = self._ended[endings] = any(word.endswith(endings) for word in self.words)
        return answer

    @cached_property
    def _ended(self) -> dict[tuple[str, ...], bool]:
        return {}

    @cached_property
    def _said(self) -> dict[int, tuple[bool, Collection[str]]]:
        """By identity of the list, which is held so that no other takes its place."""
        return {}

    @property
    def free_text(self) -> bool:
        return self.says(FREE_TEXT)


def by_header(
    table: Table, fields: Mapping[str, str], specification: Specification | None, type: str
) -> list[Seen]:
    """The table's columns but those of coordinates, each as it is seen before its texts are.
    ``fields``: the column of each field of the specification's."""
    known = {one.name: one for one in specification.fields} if specification else {}
    field_of = {column: known.get(name) for name, column in fields.items()}
    placed = set(table.geometry.columns) if table.geometry else set()
    folded = {column.name: fold(column.name) for column in table.columns}
    return [
        Seen(
            table.name,
            column.name,
            type,
            known_as.name if (known_as := field_of.get(column.name)) else None,
            known_as.role if known_as else None,
            known_as is not None and known_as.personal == "public_role",
            "text" if column.unparsed else column.type,  # what does not read as it may be anything
            placed=table.geometry is not None,
            beside=frozenset(name for other, name in folded.items() if other != column.name),
        )
        for column in table.columns
        if column.name not in placed
    ]


@dataclass
class Hits:
    """Rows and different texts with one label; ``rows`` ascending, at most 1,000 listed."""

    count: int = 0
    texts: int = 0
    rows: list[int] = field(default_factory=list)

    def __add__(self, other: Hits) -> Hits:
        rows = sorted({*self.rows, *other.rows})[:MAX_ROWS_LISTED]
        return Hits(self.count + other.count, self.texts + other.texts, rows)


Found = dict[str, Hits]


class Texts(Protocol):
    """The column's different texts, asked by a pattern (RE2)."""

    def count(self, pattern: str) -> int: ...
    def some(self, pattern: str, most: int, below: str = "") -> list[str]: ...


@dataclass(frozen=True)
class Weighed:
    """What a kind makes of what was found: the mark to set, on the rows of these labels."""

    kind: str
    certainty: str  # certain | probable | possible
    level: str  # stopp | granska | told
    labels: tuple[str, ...]
    # counts only in a table that also holds one of these kinds
    beside: frozenset[str] = frozenset()


def together(hits: Found, labels: Iterable[str]) -> Hits:
    """The hits of all these labels together."""
    return sum((hits[label] for label in labels if label in hits), Hits())
