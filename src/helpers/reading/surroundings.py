"""All that a source holds beside the cells of its tables, each part with its place: for screening
alone.

A comment, a text box, a file's properties, another member of the archive, a row that is no record:
none of it is in a table, yet all of it goes with the file to whoever receives it. Parts are kept
whole in ``surroundings.jsonl`` of the snapshot's private folder, one JSON object a line, and never
shown. What cannot be looked into (an image, a macro, an encrypted member) is a part without text,
and so is what goes beyond the bound on their size: screening asks for review of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

FILE = "surroundings.jsonl"
# Letters of a part: longer ones are cut in several that overlap. No more than screening looks for
# names in at a time.
LONGEST = 4_000
OVERLAP = 100
MOST = 512 << 20  # letters of all parts
# Names are looked at as all else is, but every file has them.
NAMES = ("file_name", "table_name", "column_name")


@dataclass(frozen=True)
class Part:
    """One piece of the surroundings.

    ``place`` is a code with a text in messages: surroundings.place.<code>. ``within``: the table,
    member, layer or sheet that it belongs to, as the source calls it ('' for the file). ``label``:
    what the text stands under there (a property's name, a key, an attribute), '' where nothing.
    ``row``: the source's row, 0 where it is of none. ``text`` is None where it cannot be looked
    into.
    """

    place: str
    text: str | None
    within: str = ""
    label: str = ""
    row: int = 0


class Surroundings:
    """Keeps what is handed over in ``folder``: one for each source, shared by all that read it.

    ``places``: how many parts each place has so far. A context manager: what was kept can be read
    once it is left.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self.places: dict[str, int] = {}
        self.letters = 0
        self._stream: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def add(self, *parts: Part) -> None:
        """Keep the parts whose text is more than blanks, and those that cannot be looked into.

        Beyond ``MOST`` letters one part without text, of the place ``too_much``, stands for all
        the others.
        """
        for part in parts:
            if part.text is None or part.text.strip():
                self._keep(part)

    def add_rows(self, table: str, rows: Iterable[tuple[int, str]]) -> None:
        """Rows that are no records: notes, a preamble, rejected ones; number and text of each."""
        for row, text in rows:
            self.add(Part("row", text, table, row=row))

    def _keep(self, part: Part) -> None:
        self.letters += len(part.text or "")
        if self.letters > MOST:
            if "too_much" in self.places:
                return
            part = Part("too_much", None)
        self.places[part.place] = self.places.get(part.place, 0) + 1
        if self._stream is None:
            self._stream = self.file.open("a", encoding="utf-8")
        for piece in _pieces(part.text):
            line = [part.place, piece, part.within, part.label, part.row]
            self._stream.write(json.dumps(line) + "\n")  # ASCII: half letters stay what they are


def _pieces(text: str | None) -> Iterator[str | None]:
    """The text in overlapping pieces, so that what stands where one ends is whole in the other.

    >>> [piece and len(piece) for piece in _pieces("a" * 10_000)], list(_pieces(None))
    ([4000, 4000, 2200], [None])
    """
    if text is None or len(text) <= LONGEST:
        yield text
        return
    for start in range(0, len(text) - OVERLAP, LONGEST - OVERLAP):
        yield text[start : start + LONGEST]


def parts(folder: Path) -> Iterator[Part]:
    """What was kept in a snapshot's ``folder``, in the order in which it was read."""
    file = folder / FILE
    if not file.is_file():
        return
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            place, text, within, label, row = json.loads(line)
            yield Part(place, text, within, label, row)
