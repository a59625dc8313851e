"""Text in bytes of no known form: runs of letters in UTF-8, UTF-16 or Latin-1, as ``strings`` finds
them."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LEAST = 6  # letters: a shorter run is chance, and no number, address or full name
# Doubles are letters by chance now and then; no number of a person has fewer digits than this.
LEAST_AMONG_NUMBERS = 9
# What a program draws, plays or runs: no text of it says what it holds.
NOT_LOOKED_INTO = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"PK\3\4",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
)


@cache
def _pattern(least: int) -> re.Pattern[bytes]:
    narrow = (
        rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
        rb"|[\xf0-\xf4][\x80-\xbf]{3}|[\xc0-\xff])"
    )
    wide = rb"(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00|[\x10-\x15]\x20)"
    big = rb"(?:\x00[\t\n\r\x20-\x7e\xa0-\xff])"
    most = b"{%d,}" % least
    return re.compile(b"(?P<wide>%s%s)|(?P<big>%s%s)|%s%s" % (wide, most, big, most, narrow, most))


def text_runs(data: bytes | memoryview | mmap.mmap, least: int = LEAST) -> Iterator[str]:
    """Each run of at least so many letters, in order; a run without a letter or a digit is none.

    >>> data = "\\0\\1Åsa Ek\\0".encode() + "Åsa Ek".encode("utf-16le") + "Åsa Ek".encode("latin-1")
    >>> list(text_runs(b"\\2\\3123\\0")), list(text_runs(data))
    ([], ['Åsa Ek', 'Åsa Ek', 'Åsa Ek'])
    """
    for hit in _pattern(least).finditer(data):
        if hit["wide"]:
            found = hit["wide"].decode("utf-16-le", "ignore")
        elif hit["big"]:
            found = hit["big"].decode("utf-16-be", "ignore")
        else:
            found = _decoded(hit[0])
        if any(map(str.isalnum, found)):
            yield found


def _decoded(run: bytes) -> str:
    try:
        return run.decode("utf-8")
    except UnicodeDecodeError:
        return run.decode("latin-1")


def is_closed(data: bytes) -> bool:
    """True for an image, an archive or a document, whose content no run of letters tells."""
    return data.startswith(NOT_LOOKED_INTO)


def of_file(path: Path, least: int = LEAST) -> Iterator[str]:
    """The runs of a file of any size, which is not held."""
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        yield from text_runs(data, least)
