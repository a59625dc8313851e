"""Text in bytes: runs of letters in UTF-8, UTF-16 or Latin-1, as ``strings`` finds them.

How much of a run must be letters depends on what it stands in: records of a known form, bytes of
any kind, or numbers, of which many a byte is a letter by chance.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO

import numpy as np
from numpy.typing import NDArray

Bytes = bytes | memoryview | mmap.mmap

CHUNK = 1 << 20
OVERLAP = 1 << 10  # bytes that two pieces share: what stands where one ends is whole in the other
LEAST = 6  # letters: a shorter run is chance, and no number, address or full name
AMONG_BYTES = 8
AMONG_NUMBERS = 9  # no number of a person has fewer digits
SIGNS = 0.25  # more of a run are signs in what is packed, and fewer in what is written
ADDRESS = re.compile(r"@[a-z0-9åäö-]{2,}(?:\.[a-z0-9åäö-]+)*\.[a-z]{2,}")
ZIP = b"PK\3\4"
# What a program draws, plays or unpacks: letters in it are chance.
PACKED = (
    ZIP,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"%PDF",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
)
COMPOUND = b"\xd0\xcf\x11\xe0"  # a document of Office's: not packed, and no text either
_HEADS = {start[:2] for start in (*PACKED, COMPOUND)}
_SIGN = re.compile(r"[^\w\s]")


def _pattern(wide: bytes, narrow: bytes, least: int) -> re.Pattern[bytes]:
    """``wide``: what the low byte of a letter in UTF-16 may be; ``narrow``: a letter otherwise."""
    return re.compile(
        rb"(?P<wide>(?:[%(wide)b]\x00){%(pairs)d,}[%(wide)b]?)|(?:%(narrow)b){%(least)d,}"
        % {b"wide": wide, b"narrow": narrow, b"pairs": least - 1, b"least": least}
    )


_TEXT = _pattern(
    rb"\t\n\r\x20-\x7e\xa0-\xff",
    rb"[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}|[\xc0-\xff]",
    LEAST,
)
_OURS = "\u00a0ÄÅÉÖÜäåéöü"
_AMONG_BYTES = _pattern(
    rb"\t\x20-\x7e" + _OURS.encode("latin-1"),
    rb"[\t\x20-\x7e%b%b]" % (_OURS.encode("latin-1"), _OURS.encode()),  # one set is the fastest
    AMONG_BYTES,
)
_WRITTEN = rb"0-9A-Za-z .,:@_+/()-"
_LATIN = rb"\xc5\xc4\xd6\xe5\xe4\xf6\xe9"
_AMONG_NUMBERS = _pattern(
    _LATIN + _WRITTEN,
    rb"[%b]|\xc3[\x80-\xbf]" % _WRITTEN,
    AMONG_NUMBERS,
)


_LOW, _NARROW, _SECOND, _LEAD, _ZERO, _NEITHER = (1 << i for i in range(6))
_SETS = {
    _LOW: _LATIN + _WRITTEN,
    _NARROW: _WRITTEN,
    _SECOND: rb"\x80-\xbf",
    _LEAD: rb"\xc3",
    _ZERO: rb"\x00",
    _NEITHER: rb"^\x00\xc3\x80-\xbf" + _LATIN + _WRITTEN,
}
_KINDS = bytes(
    sum(
        kind for kind, letters in _SETS.items() if re.match(rb"[%b]" % letters, bytes([byte]), re.S)
    )
    for byte in range(256)
)
_BREAK = b"\xff"  # which is none of these


def text_runs(data: Bytes) -> Iterator[str]:
    """Each run of at least ``LEAST`` letters in bytes of a known form, in order; one without a
    letter or a digit is none.

    >>> data = "\\0\\1Åsa Ek\\0".encode()
    >>> data += "Åsa Ek".encode("utf-16le") + b"\\1" + "Åsa Ek".encode("latin-1")
    >>> list(text_runs(b"\\2\\3123\\0")), list(text_runs(data))
    ([], ['Åsa Ek', 'Åsa Ek', 'Åsa Ek'])
    """
    yield from _runs(_TEXT, LEAST, data)


def words_among_bytes(data: Bytes) -> Iterator[str]:
    """The runs in bytes of any kind, of which most letters are no signs.

    >>> list(words_among_bytes(b"\\0\\1Lekplats\\xff\\xfe" + "Badplats".encode("utf-16-be")))
    ['Lekplats', 'Badplats']
    >>> list(words_among_bytes(b"%2!a?;:x\\0\\7abc"))
    []
    """
    for run in _runs(_AMONG_BYTES, AMONG_BYTES, data):
        if len(_SIGN.findall(run)) <= SIGNS * len(run):
            yield run


def words_among_numbers(data: Bytes) -> Iterator[str]:
    """The runs in bytes most of which are numbers: shapes, indexes, bits. Only what words and
    numbers are written with is looked at.

    >>> list(words_among_numbers(b"L@\\xd7p=/@\\xcdax.=lp" + "Anmäld av X".encode()))
    ['lpAnmäld av X']
    """
    for run in _runs(_AMONG_NUMBERS, AMONG_NUMBERS, data):
        if "@" not in run or ADDRESS.search(run):
            yield run
        for piece in run.split("@"):  # the last byte of many a coordinate in Sweden
            if len(piece) >= AMONG_NUMBERS and piece != run:
                yield piece
        _, _, rest = run.partition("@")
        if ADDRESS.search(rest):
            yield rest


def words_of_many(values: Sequence[bytes]) -> Iterator[str]:
    """What ``words_among_numbers`` finds in each of them, in order.

    Millions of shapes are looked at so: only what lies about enough letters in a row is searched.

    >>> list(words_of_many([b"L@\\xd7p=/@" * 9, "\\0Anmäld av X".encode(), b"GIF8", b""]))
    ['Anmäld av X']
    """
    whole = _BREAK.join([b"", *values, b""])
    kinds = np.frombuffer(whole.translate(_KINDS), np.uint8)
    narrow = kinds & _NARROW != 0
    leads = np.flatnonzero(kinds[:-1] & _LEAD != 0)
    pairs = leads[kinds[leads + 1] & _SECOND != 0]  # letters of two bytes
    narrow[pairs] = narrow[pairs + 1] = True
    low = _stretches((kinds[:-1] & _LOW != 0) & (kinds[1:] == _ZERO), 2, AMONG_NUMBERS - 1)
    places = np.sort(np.concatenate([_stretches(narrow, 1, AMONG_NUMBERS), low]))
    if not len(places):
        return
    breaks = np.flatnonzero(kinds & _NEITHER != 0)
    behind = np.unique(np.searchsorted(breaks, places))
    near = [whole[breaks[i - 1] : breaks[i]] for i in behind]
    yield from words_among_numbers(_BREAK.join(near))


def _stretches(are: NDArray[np.bool_], step: int, count: int) -> NDArray[np.intp]:
    """Where so many begin that are all true, each ``step`` from the one before it."""
    known, held = 1, are
    while known < count:
        more = min(known, count - known)
        if len(held) <= step * more:
            return np.zeros(0, np.intp)
        held, known = held[: -step * more] & held[step * more :], known + more
    return np.flatnonzero(held)


def _runs(pattern: re.Pattern[bytes], least: int, data: Bytes) -> Iterator[str]:
    for hit in pattern.finditer(data):
        # each second byte is zero, in either order
        run = hit[0].replace(b"\0", b"").decode("latin-1") if hit["wide"] else decoded(hit[0])
        if len(run) >= least and any(map(str.isalnum, run)):
            yield run
        if hit["wide"] and not hit[0].endswith(b"\0") and len(run) > least:
            yield run[:-1]  # where the low byte comes first, the last is another's


def decoded(run: bytes) -> str:
    """The text of bytes that are UTF-8 or else Latin-1."""
    try:
        return run.decode("utf-8")
    except UnicodeDecodeError:
        return run.decode("latin-1")


def is_closed(start: bytes) -> bool:
    """True for an image, an archive or a document, by its first bytes: no run of letters tells all
    that it holds."""
    return start.startswith((*PACKED, COMPOUND))


def are_any_closed(values: Sequence[bytes]) -> bool:
    """True where one of them is closed."""
    heads = {value[:2] for value in values}
    return not heads.isdisjoint(_HEADS) and any(map(is_closed, values))


def of_chunks(
    chunks: Iterable[bytes], look: Callable[[Bytes], Iterator[str]] | None = None
) -> Iterator[str]:
    """The runs of what comes in pieces, of what is packed those among bytes; or those that ``look``
    finds. One that stands where two pieces meet may come twice.

    >>> list(of_chunks([b"\\0\\1Karlskrona\\0\\2", "Lekplats".encode("utf-16-le")]))
    ['Karlskrona', 'Lekplats']
    """
    for piece in overlapping(chunks):
        look = look or (words_among_bytes if piece.startswith(PACKED) else text_runs)
        yield from look(piece)


def chunks(stream: IO[bytes], start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The stream's bytes from ``start`` up to ``end`` (its own end), at most 1 MiB at a time;
    others may read from it meanwhile."""
    end = stream.seek(0, 2) if end is None else end
    while start < end:
        stream.seek(start)
        chunk = stream.read(min(CHUNK, end - start))
        if not chunk:
            return
        start += len(chunk)
        yield chunk


def overlapping(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of at least 1 MiB, each behind the end of the one before."""
    held, waiting, size = b"", list[bytes](), 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= CHUNK:
            piece = held + b"".join(waiting)
            yield piece
            held, waiting, size = piece[-OVERLAP:], [], 0
    if waiting:
        yield held + b"".join(waiting)
