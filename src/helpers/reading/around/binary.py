"""Text that lies in bytes which are no text: runs of letters, digits and signs in UTF-8, Latin-1 or
UTF-16."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

CHUNK = 1 << 20
OVERLAP = 1 << 10  # bytes that two pieces share: what stands where one ends is whole in the other
_NARROW = re.compile(
    rb"(?:[\t\x20-\x7e\xa0\xc4\xc5\xc9\xd6\xdc\xe4\xe5\xe9\xf6\xfc]|\xc3[\x80-\xbf]){6,}"
)
_LETTER = rb"[\t\x20-\x7e\xa0\xc4\xc5\xc9\xd6\xdc\xe4\xe5\xe9\xf6\xfc]"
_LITTLE = re.compile(rb"(?:" + _LETTER + rb"\x00){6,}")
# not those of the other order, seen from their second byte
_BIG = re.compile(rb"(?<!" + _LETTER + rb")(?:\x00" + _LETTER + rb"){6,}")


def runs(data: bytes) -> Iterator[str]:
    """Each run of at least six characters.

    >>> list(runs(b"\\x00\\x01Lekplats\\xff\\xfe" + "Badplats".encode("utf-16-le") + b"\\x07abc"))
    ['Lekplats', 'Badplats']
    """
    for hit in _NARROW.finditer(data):
        try:
            yield hit[0].decode()
        except UnicodeDecodeError:
            yield hit[0].decode("latin-1")
    for hit in _LITTLE.finditer(data):
        yield hit[0].decode("utf-16-le")
    for hit in _BIG.finditer(data):
        yield hit[0].decode("utf-16-be")


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
