"""What surrounds the tables is handed over once for each place, without what no person wrote."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from urllib.parse import unquote

from helpers.reading.around import runs
from helpers.reading.around.markup import Bound, may_tell
from helpers.reading.surroundings import Part, Surroundings

REMEMBERED = 200_000  # texts: beyond so many some are handed over twice
# Programs write these by the hundred, and digits in them are chance.
_GENERATED = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])"
    r"|(?<!\d)\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?(?![\d-])"
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Office writes a letter that XML cannot hold
_SUM = re.compile(r"(?=[^=]*[0-9A-Z+/])[0-9A-Za-z+/]{16,}={0,2}")
_CODE = re.compile(r"(?:rId)?\d{1,10}")
# What a page's header is laid out with: "&L" begins its left part, "&12" sets the size.
_LAYOUT = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z&])')
_BASE64 = re.compile(r"[0-9A-Za-z+/\s]{64,}={0,2}\s*")
_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\")
_FONT = re.compile(r'&"[^"]*"')
SUMS = frozenset("hashvalue saltvalue workbookhashvalue workbooksaltvalue protection-key".split())
CODES = ("id", "crossax", "uid", "coloff", "rowoff")
LAYOUT = frozenset(("x", "y", "cx", "cy"))  # where something is drawn


def generated(name: str, text: str) -> bool:
    """True for a checksum, a running number and a length, by the name that they stand under."""
    folded = name.casefold()
    if folded in SUMS:
        return _SUM.fullmatch(text) is not None
    return (folded in LAYOUT or folded.endswith(CODES)) and _CODE.fullmatch(text) is not None


def _readings(text: str) -> list[str]:
    """The text as it stands, and as it reads once a link's or Office's escapes are undone."""
    texts = [text]
    if "%" in text:
        texts.append(unquote(text))
    if "_x" in text:
        texts.append(_ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), text))
    if _PATH.search(text):  # a folder is often called after whose it is
        texts.append(" | ".join(re.sub(r"[._]", " ", name) for name in text.split("\\")))
    return list(dict.fromkeys(texts))


def of_header(text: str) -> str:
    """A page's header as it reads, and as it stands: where it is laid out its letters are parted
    from the codes.

    >>> of_header('&C&"Arial,Fet"&12Parker').split("\\n")
    ['   Parker', '&C &12Parker']
    """
    return f"{_LAYOUT.sub(' ', text)}\n{_FONT.sub(' ', text)}"


class Handing:
    """Hands parts over to ``surroundings``; one that comes again in the same place goes once.

    ``file``: what stands as their table where they belong to the whole file.
    """

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.bound = Bound()
        self._seen: set[int] = set()

    def text(
        self, place: str, text: str, within: str = "", label: str = "", *, row: int = 0
    ) -> None:
        """A text that somebody may have written, where it can tell anything."""
        if not may_tell(text):
            return
        if place == "page_header" and "&" in text:
            text = of_header(text)
        plain = _GENERATED.sub(" ", text) if "-" in text else text
        key = hash((place, within, label, plain, row))
        if key in self._seen or not may_tell(plain):
            return
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        self._seen.add(key)
        for reading in _readings(plain):
            self.surroundings.add(Part(place, reading, within, label, row))
        if len(plain) >= 64 and _BASE64.fullmatch(plain):
            self._bytes(place, plain, within, label)

    def _bytes(self, place: str, text: str, within: str, label: str) -> None:
        """Bytes that are written as letters: what letters stand in them, and that nobody looked
        into what is packed there."""
        try:
            data = base64.b64decode(text)
        except (binascii.Error, ValueError):
            return
        closed = runs.is_closed(data) or runs.ZIP in data[:64]
        if closed:
            self.unread(place, within, label)
        for run in runs.words_among_bytes(data) if closed else runs.text_runs(data):
            self.surroundings.add(Part(place, run, within, label))

    def parts(self, parts: Iterable[Part]) -> None:
        """Parts that another module made."""
        for part in parts:
            if part.text is None:
                self.surroundings.add(part)
            else:
                self.text(part.place, part.text, part.within, part.label, row=part.row)

    def unread(self, place: str, within: str = "", label: str = "") -> None:
        """What cannot be looked into."""
        self.surroundings.add(Part(place, None, within, label))
