"""Remarks on the cells of an XLSX: they are in no table, yet go with the file to whoever receives
it."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

PART = re.compile(
    r"(?:^|/)(?:comments\d*\.xml|comments/comment\d*\.xml|threadedComments/threadedComment\d*\.xml)\Z"
)
REMARK = re.compile(
    rb"<(?:\w+:)?(?:comment|threadedComment)"
    rb' [^>]*?ref="[A-Z]{1,3}(\d{1,7})"[^>]*>(.*?)</(?:\w+:)?(?:comment|threadedComment)>',
    re.S,
)
TEXT = re.compile(rb"<(?:\w+:)?(?:t|text)(?: [^>]*)?>([^<]*)(?=<)")
MOST = 10_000
MAX_PART = 64 << 20  # bytes of a part's XML


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for entry in archive.infolist():
        if PART.search(entry.filename) and entry.file_size <= MAX_PART:
            yield archive.read(entry)


def find(archive: zipfile.ZipFile) -> list[tuple[int, str]]:
    """Row and text of each remark, at most 10,000, in order of row. Of a workbook that is opened as
    an archive."""
    remarks: set[tuple[int, str]] = set()
    for part in _parts(archive):
        for remark in REMARK.finditer(part):
            text = "".join(
                html.unescape(piece.decode("utf-8", "replace")) for piece in TEXT.findall(remark[2])
            ).strip()
            if text and len(remarks) < MOST:
                remarks.add((int(remark[1]), text))
    return sorted(remarks)
