"""Text that lies in bytes which are no text: runs of letters, digits and signs in UTF-8, Latin-1 or
UTF-16."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

CHUNK = 1 << 20
OVERLAP = 1 << 10  # bytes that two pieces share: what stands where one ends is whole in the other
# What each byte may be: a letter or a sign (a), a zero (0), or neither (x). Searched so, bytes are
# gone through several times as fast as in their own spellings.
_LETTERS = {*range(32, 127), 9, 0xA0, *"ÄÅÉÖÜäåéöü".encode(), *"ÄÅÉÖÜäåéöü".encode("latin-1")}
_KINDS = bytes(ord("a" if byte in _LETTERS else "x" if byte else "0") for byte in range(256))
_RUNS = (
    (re.compile(rb"a{8,}"), None),
    (re.compile(rb"(?:a0){8,}"), "utf-16-le"),
    # not those of the other order, seen from their second byte
    (re.compile(rb"(?<!a)(?:0a){8,}"), "utf-16-be"),
)
_SIGNS = re.compile(r"[^\w\s]")
SIGNS = 0.25  # more of a run are signs in what is packed, and fewer in what is written


def runs(data: bytes) -> Iterator[str]:
    """Each run of at least eight characters, most of them letters, digits and blanks.

    >>> list(runs(b"\\x00\\x01Lekplats\\xff\\xfe" + "Badplats".encode("utf-16-le") + b"\\x07abc"))
    ['Lekplats', 'Badplats']
    """
    kinds = data.translate(_KINDS)
    for pattern, wide in _RUNS:
        for hit in pattern.finditer(kinds):
            found = data[hit.start() : hit.end()]
            run = found.decode(wide) if wide else _narrow(found)
            if len(_SIGNS.findall(run)) <= SIGNS * len(run):
                yield run


def _narrow(run: bytes) -> str:
    try:
        return run.decode()
    except UnicodeDecodeError:
        return run.decode("latin-1")


def pieces(stream: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """The stream's bytes from ``start`` up to ``end`` in pieces of about 1 MiB that overlap."""
    held = b""
    while start < end:
        stream.seek(start)
        chunk = stream.read(min(CHUNK, end - start))
        if not chunk:
            return
        start += len(chunk)
        yield held + chunk
        held = chunk[-OVERLAP:]
