"""Text in bytes of no known form: runs of letters in UTF-8, UTF-16 or Latin-1, as ``strings`` finds
them."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

LEAST = 6  # letters: a shorter run is chance, and no number, address or full name
# Among numbers, of which many bytes are letters by chance, only what words and numbers are written
# with is looked at: nine of them in a row, and no number of a person has fewer digits.
AMONG_NUMBERS = 9
ADDRESS = re.compile(r"@[a-z0-9åäö-]{2,}(?:\.[a-z0-9åäö-]+)*\.[a-z]{2,}")
WORDS = re.compile(
    rb"(?P<wide>(?:[0-9A-Za-z .,:@_+/()\xc5\xc4\xd6\xe5\xe4\xf6\xe9-]\x00){9,})(?P<last>[ -~]?)"
    rb"|(?:[0-9A-Za-z .,:@_+/()-]|\xc3[\x80-\xbf]){9,}"
)
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


RUNS = re.compile(
    rb"(?P<wide>(?:[\t\n\r\x20-\x7e\xa0-\xff]\x00){6,})(?P<last>[ -~]?)"
    rb"|(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}|[\xc0-\xff]){6,}"
)


def text_runs(data: bytes | memoryview | mmap.mmap) -> Iterator[str]:
    """Each run of at least ``LEAST`` letters, in order; one without a letter or a digit is none.

    >>> data = "\\0\\1Åsa Ek\\0".encode()
    >>> data += "Åsa Ek".encode("utf-16le") + b"\\1" + "Åsa Ek".encode("latin-1")
    >>> list(text_runs(b"\\2\\3123\\0")), list(text_runs(data))
    ([], ['Åsa Ek', 'Åsa Ek', 'Åsa Ek'])
    """
    yield from _found(RUNS, data)


def words_among_numbers(data: bytes | memoryview | mmap.mmap) -> Iterator[str]:
    """The runs in bytes most of which are numbers: shapes, indexes, bits.

    >>> list(words_among_numbers(b"L@\\xd7p=/@\\xcdax.=lp" + "Anmäld av X".encode()))
    ['lpAnmäld av X']
    """
    for run in _found(WORDS, data):
        if "@" not in run or ADDRESS.search(run):
            yield run
        for piece in run.split("@"):  # the last byte of many a coordinate in Sweden
            if len(piece) >= AMONG_NUMBERS and piece != run:
                yield piece
        _, _, rest = run.partition("@")
        if ADDRESS.search(rest):
            yield rest


def _found(pattern: re.Pattern[bytes], data: bytes | memoryview | mmap.mmap) -> Iterator[str]:
    for hit in pattern.finditer(data):
        found = hit["wide"].decode("utf-16-le") if hit["wide"] else _decoded(hit[0])
        if any(map(str.isalnum, found)):
            yield found
            if hit["last"]:  # where the high byte comes first, it is a letter more
                yield found + hit["last"].decode("ascii")


def _decoded(run: bytes) -> str:
    try:
        return run.decode("utf-8")
    except UnicodeDecodeError:
        return run.decode("latin-1")


def is_closed(data: bytes) -> bool:
    """True for an image, an archive or a document, whose content no run of letters tells."""
    return data.startswith(NOT_LOOKED_INTO)


def of_file(path: Path) -> Iterator[str]:
    """The runs of a file of any size, which is not held."""
    with (
        path.open("rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        yield from text_runs(data)
