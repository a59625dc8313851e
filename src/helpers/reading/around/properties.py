"""A property set names its author, title and whatever else somebody wrote of a document, each under
a number.

Source: Microsoft, [MS-OLEPS], Object Linking and Embedding Property Set Data Structures.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from helpers.reading.around import runs

NAMES = {
    2: "title",
    3: "subject",
    4: "author",
    5: "keywords",
    6: "comments",
    7: "template",
    8: "lastModifiedBy",
    9: "revision",
    18: "application",
}
OF_DOCUMENT = {2: "category", 14: "manager", 15: "company", 26: "contentType", 29: "version"}
PICTURE = 17
NARROW, WIDE = 0x1E, 0x1F
HEAD = 28


def texts(name: str, data: bytes) -> Iterator[tuple[str, str | None]]:
    """Name and text of each property; None for a picture of the document. What does not follow the
    form is given by its runs of letters."""
    try:
        yield from _sections(name, data)
    except struct.error:
        for run in runs.text_runs(data):
            yield "", run


def _sections(name: str, data: bytes) -> Iterator[tuple[str, str | None]]:
    summary = name.endswith("\x05SummaryInformation")
    (count,) = struct.unpack_from("<I", data, 24)
    for section in range(min(count, 8)):
        (start,) = struct.unpack_from("<I", data, HEAD + 20 * section + 16)
        size, entries = struct.unpack_from("<II", data, start)
        listed = [
            struct.unpack_from("<II", data, start + 8 + 8 * i) for i in range(min(entries, 10_000))
        ]
        ends = sorted({offset for _, offset in listed} | {min(size, len(data) - start)})
        known = NAMES if summary else OF_DOCUMENT if not section else {}
        for code, offset in listed:
            end = next((end for end in ends if end > offset), offset)
            value = data[start + offset : start + end]
            if summary and code == PICTURE:
                yield "thumbnail", None
            else:
                for text in _value(value):
                    yield known.get(code, ""), text


def _value(value: bytes) -> Iterator[str]:
    kind, size = struct.unpack_from("<II", value.ljust(8, b"\0"))
    if kind == NARROW:
        text = value[8 : 8 + size].rstrip(b"\0")
        yield runs.decoded(text)
    elif kind == WIDE:
        yield value[8 : 8 + 2 * size].decode("utf-16-le", "replace").rstrip("\0")
    else:
        yield from runs.text_runs(value)
