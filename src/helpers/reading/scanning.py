"""Pass 1: stream the bytes to strict UTF-8 with one kind of line end, and count what a parser must
find again.

Blank lines, quotes and line ends are counted here because DuckDB's CSV reader drops blank lines and
swallows the rest of a file behind one stray quote without a word; pass 2 is held against these
counts.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.reading.encoding import CHUNK, Encoding
from helpers.reading.snapshot import MAX_ROWS_LISTED
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

LF = 10
ODD = (b"\r", b"\0", b"\x1a")
ENDED = re.compile(r"[\x1a\r\n ]*\x1a[\x1a\r\n ]*\Z")
MARK = re.compile(r"^\ufeff+", re.M)
# UTF-8 of â€, √, ├ before what follows them in mojibake, of †, of „ and ” within words, of signs
# that are not seen and of the replacement character; of Š and Œ; Ã and Â beside them.
DAMAGED = {
    0xE2: re.compile(
        rb"\xe2(?:\x82\xac|\x88\x9a|\x94\x9c|\x80[\xa0\x8b]|\x81\xa0)"
        rb"|[a-z\xa4\xa5\xb6]\xe2\x80[\x9d\x9e][a-z\xc3]"
    ),
    0xEF: re.compile(rb"\xef(?:\xbf\xbd|\xbb\xbf)"),
    0xC5: re.compile(rb"\xc5[\x92\xa0]"),
}


@dataclass
class Scan:
    """``records``: lines that end outside quotes. ``regular``: no blank line, quotes balanced, one
    kind of line end."""

    text: Path  # UTF-8, LF
    encoding: Encoding
    records: int = 0
    ends: int = 0  # of lines, within quotes too
    blank: int = 0
    quotes: int = 0
    longest: int = 0  # the most line ends within quotes in one record
    held: int = 0  # those of the record that is not ended yet
    line_ends: dict[str, int] = field(default_factory=dict)
    nulls: int = 0
    marks: int = 0  # byte order marks at the beginning of lines, of files put behind one another
    end_marks: int = 0  # Ctrl-Z at the end, which old systems end a file with
    damaged: bool = False  # letters that tell of an encoding once taken for another, or lost
    mixed: int = 0  # lines in another encoding than the rest
    mixed_rows: list[int] = field(default_factory=list)


def _unified(text: str, carry: bool, ends: dict[str, int]) -> tuple[str, bool]:
    """Newlines to LF, those that were none counted. ``carry``: the last chunk ended in CR."""
    if carry:
        text = "\r" + text
    hold = text.endswith("\r")
    if hold:
        text = text[:-1]
    if "\r" not in text:
        return text, hold
    crlf = text.count("\r\n")
    ends["crlf"] += crlf
    ends["cr"] += text.count("\r") - crlf
    return text.replace("\r\n", "\n").replace("\r", "\n"), hold


def _damaged(data: bytes, bytes_: NDArray[np.uint8]) -> bool:
    """True where letters may tell of a wrong encoding; the dear search meets only what has its
    first byte."""
    if b"\x82" in data or b"\x83" in data:  # no Swedish letter has them
        first = np.flatnonzero(bytes_[:-1] == 0xC3)
        if bool((bytes_[first + 1] & 0xFE == 0x82).any()):
            return True
    return any(
        data.find(bytes([first])) >= 0 and pattern.search(data) is not None
        for first, pattern in DAMAGED.items()
    )


def _count(scan: Scan, data: bytes, inside: bool, previous: int) -> tuple[bool, int]:
    """Add ``data`` (LF, UTF-8) to the counts; returns the quote state and the last byte."""
    bytes_ = np.frombuffer(data, np.uint8)
    scan.damaged = scan.damaged or _damaged(data, bytes_)
    ends = np.flatnonzero(bytes_ == LF)
    scan.ends += len(ends)
    if b'"' in data:
        quotes = np.flatnonzero(bytes_ == 34)
        scan.quotes += len(quotes)
        before = np.searchsorted(quotes, ends)
        outside = (before + inside) % 2 == 0
        inside = bool((inside + len(quotes)) % 2)
        _note_lines(scan, np.flatnonzero(outside), len(ends))
        ends = ends[outside]
    elif inside:
        scan.held += len(ends)
        ends = ends[:0]
    scan.records += len(ends)
    if len(ends):
        scan.blank += int(np.count_nonzero(bytes_[ends[1:] - 1] == LF))
        scan.blank += int(bytes_[ends[0] - 1] == LF if ends[0] else previous == LF)
    return inside, data[-1]


def _note_lines(scan: Scan, outside: NDArray[np.intp], count: int) -> None:
    """Keep how many line ends lie between two that end records, at the most: ``outside`` are the
    latter's places among ``count``."""
    if not len(outside):
        scan.held += count
        return
    between = np.diff(outside) - 1
    scan.longest = max(scan.longest, scan.held + int(outside[0]), int(between.max(initial=0)))
    scan.held = count - 1 - int(outside[-1])


def scan(path: Path, encoding: Encoding, target: Path, name: SourceText) -> Scan:
    """Transcode ``path`` to ``target`` and count. Clean UTF-8 with LF is read where it lies, not
    copied.

    Raises ``InputRefused`` naming the byte where the encoding does not hold.
    """
    as_it_lies = (
        encoding.name == "utf-8" and encoding.bom == 0 and encoding.proved and not encoding.mixed
    )
    return (_in_place(path, encoding) if as_it_lies else None) or _transcoded(
        path, encoding, target, name
    )


def _in_place(path: Path, encoding: Encoding) -> Scan | None:
    """The counts of a file with LF alone; None at the first CR, NUL, Ctrl-Z or byte order mark."""
    result = Scan(path, encoding)
    inside, previous = False, LF
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if any(odd in chunk for odd in ODD) or (b"\xef" in chunk and codecs.BOM_UTF8 in chunk):
                return None
            inside, previous = _count(result, chunk, inside, previous)
    result.line_ends = {"lf": result.records, "crlf": 0, "cr": 0}
    return _ended(result, previous)


def _ended(result: Scan, previous: int) -> Scan:
    result.records += previous != LF  # a last line without an end
    return result


class _Mixed:
    """Decodes line by line: UTF-8 where a line is that, else ``single``; notes the lines of the
    rarer kind."""

    def __init__(self, single: str) -> None:
        self.single, self.held, self.line = single, b"", 0
        self.rows: dict[str, list[int]] = {"utf-8": [], single: []}
        self.counts = {"utf-8": 0, single: 0}

    def decode(self, data: bytes, final: bool = False) -> str:
        lines = (self.held + data).split(b"\n")
        self.held = b"" if final else lines.pop()
        decoded = []
        for line in lines:
            self.line += 1
            try:
                text, kind = line.decode("utf-8"), "utf-8"
            except UnicodeDecodeError:
                text, kind = line.decode(self.single), self.single
            if not line.isascii():
                self.counts[kind] += 1
                if len(self.rows[kind]) < MAX_ROWS_LISTED:
                    self.rows[kind].append(self.line)
            decoded.append(text)
        return "\n".join(decoded) + ("" if final or not decoded else "\n")


class _Western:
    """Decodes Windows-1252; what has none of its own signs (0x80 to 0x9F) as Latin-1, which is the
    same and five times as fast."""

    def decode(self, data: bytes, final: bool = False) -> str:
        own = np.frombuffer(data, np.int8).min(initial=0) < 0xA0 - 256
        return data.decode("windows-1252" if own else "latin-1")


def _decoder(name: str) -> Any:
    if name == "windows-1252":
        return _Western()
    return codecs.getincrementaldecoder(name)("strict")


def _transcoded(path: Path, encoding: Encoding, target: Path, name: SourceText) -> Scan:
    result = Scan(target, encoding, line_ends={"lf": 0, "crlf": 0, "cr": 0})
    mixed = _Mixed(encoding.mixed) if encoding.mixed else None
    decoder = mixed or _decoder(encoding.name)
    inside, previous, carry, done = False, LF, False, encoding.bom
    ending = ""
    with path.open("rb") as stream, target.open("wb") as out:
        stream.seek(encoding.bom)
        try:
            while True:
                chunk = stream.read(CHUNK)
                held = _held(decoder)
                text = decoder.decode(chunk, final=not chunk)
                done += len(chunk)
                if "\0" in text:
                    result.nulls += text.count("\0")
                    text = text.replace("\0", "")
                text, ending = _without_end(ending + text, result, last=not chunk)
                text, carry = _unified(text, carry, result.line_ends)
                if "\ufeff" in text:
                    text, marks = MARK.subn("", text)
                    result.marks += marks
                if not chunk and carry:
                    text, carry = text + "\n", False
                    result.line_ends["cr"] += 1
                if data := text.encode():
                    inside, previous = _count(result, data, inside, previous)
                    out.write(data)
                if not chunk:
                    break
        except UnicodeDecodeError as error:
            raise InputRefused(
                "reading.undecodable",
                {"file": name, "encoding": encoding.name, "byte": done - held + error.start},
            ) from None
    result.line_ends["lf"] = result.ends - result.line_ends["crlf"] - result.line_ends["cr"]
    if mixed:
        rarer = min(mixed.counts, key=lambda kind: mixed.counts[kind])
        result.mixed, result.mixed_rows = mixed.counts[rarer], mixed.rows[rarer]
    return _ended(result, previous)


def _without_end(text: str, result: Scan, *, last: bool) -> tuple[str, str]:
    """The text without what Ctrl-Z ends, which is held back until it is known to be the end; then
    only the line end before it stays."""
    if "\x1a" not in text or (ended := ENDED.search(text)) is None:
        return text, ""
    if not last:
        return text[: ended.start()], ended[0]
    result.end_marks += ended[0].count("\x1a")
    line_end = ended[0][: ended[0].index("\x1a")].rstrip(" ")
    return text[: ended.start()] + line_end, ""


def _held(decoder: Any) -> int:
    """Bytes that the decoder has taken from earlier chunks and not given back."""
    state = decoder.getstate()[0] if hasattr(decoder, "getstate") else b""
    return len(state) if isinstance(state, bytes) else 0
