"""All that a folder's files say, however it is packed: zip members, PDF and Word text, databases,
pictures' text, data URLs."""

from __future__ import annotations

import base64
import gzip
import html
import io
import os
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

DEEP = 4  # archives within archives
_ESCAPED = re.compile(rb"\\+u([0-9a-fA-F]{4})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")
_TAGS = re.compile(rb"<[^<>]{1,400}>")


def files_now(folder: Path) -> Iterator[Path]:
    """The files of a folder that a running process changes. What goes away meanwhile is passed over,
    where ``rglob`` would raise."""
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of everything in the folder's files, each file's own bytes first."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield from unfolded(str(file.relative_to(folder)), file.read_bytes())


def unfolded(name: str, data: bytes, deep: int = 0) -> Iterator[tuple[str, bytes]]:
    """``data``, the name itself, and what can be read out of it in another way."""
    yield name, name.encode()
    yield name, data
    if deep == DEEP:
        return
    for label, part in _parts(data):
        yield from unfolded(f"{name}!{label}", part, deep + 1)
    if data[:4] in (b"PK\3\4", b"%PDF", b"PAR1", b"\x89PNG", b"SQLi"):
        return
    if b"\0" in data:
        yield f"{name}!utf-16", data.replace(b"\0", b"")
    plain = html.unescape(html.unescape(data.decode("latin-1"))).encode("latin-1", "replace")
    plain = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)).encode("latin-1", "replace"), plain)
    if plain != data:
        yield f"{name}!unescaped", plain
    if b"</" in data:
        yield f"{name}!without tags", _TAGS.sub(b"", plain)


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename, archive.read(entry)
            yield "comment", archive.comment
    elif data[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(data)
    elif data[:4] == b"%PDF":
        yield from _of_pdf(data)
    elif data[:4] == b"PAR1":
        import pyarrow.parquet as pq

        yield "rows", str(pq.read_table(io.BytesIO(data)).to_pylist()).encode()
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _of_png(data)
    elif data[:15] == b"SQLite format 3":
        yield "rows", _of_sqlite(data)
    else:
        for hit in _BASE64.finditer(data):
            text = hit.group()[: len(hit.group()) - (len(hit.group()) % 4 == 1)]  # one is no byte
            yield "base64", base64.b64decode(text + b"=" * (-len(text) % 4))


def _of_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    yield "metadata", str(reader.metadata).encode()
    for number, page in enumerate(reader.pages, 1):
        yield f"page {number}", page.extract_text().encode()
    for name, files in reader.attachments.items():
        for file in files:
            yield name, file


def _of_png(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The text chunks: tEXt, and zTXt and iTXt unpacked."""
    at = 8
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            yield kind.decode(), body
            for start in range(len(body)):
                if body[start : start + 1] == b"\x78":
                    try:
                        yield kind.decode(), zlib.decompressobj().decompress(body[start:])
                    except zlib.error:
                        continue
        at += length + 12


def _of_sqlite(data: bytes) -> bytes:
    """Every cell of every table: a long text lies in pieces among the file's pages."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        base.text_factory = bytes
        names = [
            row[0].decode()
            for row in base.execute("select name from sqlite_master where type = 'table'")
        ]
        cells = []
        for name in names:
            try:
                cells += [str(row) for row in base.execute(f'select * from "{name}"')]
            except (
                sqlite3.OperationalError
            ):  # a virtual table whose module is not here; its shadow tables are
                continue
    return "\n".join(cells).encode()
