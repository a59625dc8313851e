"""Pass 1: stream the bytes to strict UTF-8 with one kind of line end, and count what a parser must find again.

Blank lines, quotes and line ends are counted here because DuckDB's CSV reader drops blank lines and swallows the rest of
a file behind one stray quote without a word; pass 2 is held against these counts.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from helpers.errors import InputRefused
from helpers.reading.encoding import CHUNK, Encoding

LF = 10


@dataclass
class Scan:
    """``records``: lines that end outside quotes. ``regular``: no blank line, quotes balanced, one kind of line end."""

    text: Path  # UTF-8, LF
    encoding: Encoding
    records: int = 0
    blank: int = 0
    quotes: int = 0
    line_ends: dict[str, int] = field(default_factory=dict)
    nulls: int = 0


def _unified(text: str, carry: bool, ends: dict[str, int]) -> tuple[str, bool]:
    """Newlines to LF. ``carry``: the last chunk ended in CR."""
    if carry:
        text = "\r" + text
    hold = text.endswith("\r")
    if hold:
        text = text[:-1]
    if "\r" not in text:
        ends["lf"] += text.count("\n")
        return text, hold
    crlf = text.count("\r\n")
    cr, lf = text.count("\r") - crlf, text.count("\n") - crlf
    ends["crlf"] += crlf
    ends["cr"] += cr
    ends["lf"] += lf
    return text.replace("\r\n", "\n").replace("\r", "\n"), hold


def _count(scan: Scan, data: bytes, inside: bool, previous: int) -> tuple[bool, int]:
    """Add ``data`` (LF, UTF-8) to the counts; returns the quote state and the last byte."""
    if b"\0" in data:
        scan.nulls += data.count(b"\0")
    bytes_ = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(bytes_ == LF)
    if b'"' in data:
        quotes = np.flatnonzero(bytes_ == 34)
        scan.quotes += len(quotes)
        before = np.searchsorted(quotes, ends)
        outside = (before + inside) % 2 == 0
        inside = bool((inside + len(quotes)) % 2)
        ends = ends[outside]
    elif inside:
        ends = ends[:0]
    scan.records += len(ends)
    if len(ends):
        before_end = np.where(ends > 0, bytes_[np.maximum(ends - 1, 0)], previous)
        scan.blank += int((before_end == LF).sum())
    return inside, data[-1]


def scan(path: Path, encoding: Encoding, target: Path) -> Scan:
    """Transcode ``path`` to ``target`` and count. Clean UTF-8 with LF is read where it lies, not copied.

    Raises ``InputRefused`` naming the byte where the encoding does not hold.
    """
    as_it_lies = encoding.name == "utf-8" and encoding.bom == 0  # ``encoding.recognise`` has proved its characters
    return (_in_place(path, encoding) if as_it_lies else None) or _transcoded(path, encoding, target)


def _in_place(path: Path, encoding: Encoding) -> Scan | None:
    """The counts of a file with LF alone; None at the first CR."""
    result = Scan(path, encoding)
    inside, previous = False, LF
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if b"\r" in chunk:
                return None
            inside, previous = _count(result, chunk, inside, previous)
    result.line_ends = {"lf": result.records, "crlf": 0, "cr": 0}
    return _ended(result, previous)


def _ended(result: Scan, previous: int) -> Scan:
    result.records += previous != LF  # a last line without an end
    return result


def _transcoded(path: Path, encoding: Encoding, target: Path) -> Scan:
    result = Scan(target, encoding, line_ends={"lf": 0, "crlf": 0, "cr": 0})
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    inside, previous, carry = False, LF, False
    with path.open("rb") as stream, target.open("wb") as out:
        stream.seek(encoding.bom)
        try:
            while True:
                chunk = stream.read(CHUNK)
                text, carry = _unified(decoder.decode(chunk, final=not chunk), carry, result.line_ends)
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
                "reading.undecodable", {"file": path.name, "encoding": encoding.name, "byte": str(error.start)}
            ) from None
    return _ended(result, previous)
