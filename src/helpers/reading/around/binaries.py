"""What a program may find in bytes that it does not understand: runs of letters, as UTF-8, Latin-1
or UTF-16.

A picture or a macro may tell more than its runs of letters do, so somebody must look at it besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

CHUNK = 1 << 20
OVERLAP = 1 << 10
_NARROW = re.compile(rb"[\x20-\x7e\x80-\xff\t]{6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){6,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){6,}")
_PLAIN = re.compile(r"""[\w@&"][\w .,:;@/\\()+'"&%–-]{4,}""")
PACKED = b"PK\x03\x04"


def narrow(run: bytes) -> str:
    """The text of bytes that are UTF-8 or else Latin-1."""
    try:
        return run.decode("utf-8")
    except UnicodeDecodeError:
        return run.decode("latin-1")


def _of_chunk(data: bytes) -> Iterator[str]:
    for hit in _NARROW.finditer(data):
        yield from (piece.group() for piece in _PLAIN.finditer(narrow(hit.group())))
    little = [hit.group().decode("utf-16-le") for hit in _WIDE.finditer(data)]
    big = [hit.group().decode("utf-16-be") for hit in _WIDE_BIG.finditer(data)]
    ends = {run[1:] for run in little}  # what the one coding reads of a text in the other
    for run in (*little, *(run for run in big if run not in ends)):
        yield from (piece.group() for piece in _PLAIN.finditer(run))


def runs(chunks: Iterable[bytes]) -> Iterator[str]:
    """Every run of six letters or more, in any of the codings; one that stands where two chunks
    meet may come twice.

    >>> list(runs([b"\\0\\1Karlskrona\\0\\2", "Lekplats".encode("utf-16-le")]))
    ['Karlskrona', 'Lekplats']
    """
    held = b""
    for chunk in chunks:
        data = held + chunk
        yield from _of_chunk(data)
        held = data[-OVERLAP:] if len(chunk) >= OVERLAP else b""


def is_packed(start: bytes) -> bool:
    """True where the first bytes say that what follows is packed: runs of letters in it are
    chance."""
    return start.startswith((PACKED, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b"))
