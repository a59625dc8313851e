"""Ways to break a good file: its bytes, an XML part of it, the structure of an archive, a database, a
tree of values. All draw from the generator that they are given, so that a seed gives the same file
again."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import struct
import warnings
import zipfile
from random import Random
from typing import Any

from tests.reading import makers

ODD = [
    b"\0",
    b'"',
    b'""',
    b'"\n',
    b"\r",
    b"\r\n",
    b"\n\n",
    b";;;;",
    b",,,,",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x81",
    b"\xc3",
    b"\xe2\x80\xa0",
    "Ã¥".encode(),
    b"1e999",
    b"-",
    b"NaN",
    b"9" * 40,
    b"[" * 2000,
    b"{",
    b"}",
    b"null",
    b"\\u0000",
    b"<!DOCTYPE",
    b"&#0;",
    b"2024-02-30",
    b"0000-00-00",
    b"99:99:99",
    b"=1+1",
    b"'",
    b"\\",
    b"\x1a",
    b"a" * 5000,
    b";" * 3000,
    b"coordinates",
    b'"coordinates":[[[[[]]]]]',
    b'r="XFD1048576"',
    b't="e"',
    b"1048576",
    b"\xed\xa0\x80",
    b"|",
    b"\t",
]
# What stands in an attribute or a text of XML where something else was meant.
VALUES = [
    "",
    "0",
    "-1",
    "1e308",
    "4294967296",
    "9" * 40,
    "A0",
    "XFE1048577",
    "A1:XFD1048576",
    "../../../etc/passwd",
    "/",
    "http://127.0.0.1:9/x",
    "#",
    "x" * 200_000,
    "&#x10FFFF;",
    "&amp;" * 3000,
    "&finns;",
    "\u202e",
    "NaN",
    "true",
    "-2147483649",
    "1899-12-31",
    "=A1",
    "\x0b",
    "15,56 15,56,0,0 ,",
    "1e999,-1e999",
]
NAMES = [
    "",
    ".",
    "/",
    "//x.csv",
    "../x.csv",
    "a/../../x.csv",
    "C:\\x.csv",
    "x.csv\0.zip",
    "x.csv/",
    "CON.csv",
    "å" * 200 + ".csv",
    "a/" * 200 + "x.csv",
    "x" * 60_000,
    "x.csv",
    "X.CSV",
    "__MACOSX/._x.csv",
    "stops.txt",
    "inre.zip",
    "\udce5.csv",
    "\r\n.csv",
]
SQL = [
    "drop table {table}",
    "delete from {table}",
    "alter table {table} rename to [{odd}]",
    "alter table {table} add column [{odd}] text default '{odd}'",
    "alter table {table} add column g2 geometry",
    "update {table} set [{column}] = '{odd}'",
    "update {table} set [{column}] = null",
    "update {table} set [{column}] = randomblob(40)",
    "update {table} set [{column}] = zeroblob(70000)",
    "update {table} set [{column}] = 9e999",
    "update {table} set [{column}] = -9223372036854775808",
    "update {table} set [{column}] = cast(x'ff00fe' as text)",
    "update {table} set [{column}] = substr([{column}], 1, 9)",
    "update gpkg_contents set data_type = '{odd}'",
    "update gpkg_contents set table_name = '{odd}'",
    "update gpkg_contents set srs_id = {number}",
    "update gpkg_contents set last_change = '{odd}', identifier = '{odd}', description = '{odd}'",
    "update gpkg_geometry_columns set column_name = '{odd}'",
    "update gpkg_geometry_columns set geometry_type_name = '{odd}', z = {number}, m = {number}",
    "update gpkg_geometry_columns set srs_id = {number}",
    "update gpkg_spatial_ref_sys set definition = '{odd}'",
    "update gpkg_spatial_ref_sys set organization = '{odd}', organization_coordsys_id = {number}",
    "create view [v] as select * from [v]",
    "create table [{odd}] ([{odd}] text)",
    "pragma user_version = {number}",
    "pragma application_id = {number}",
    "pragma encoding = 'UTF-16'",
    "insert into gpkg_contents (table_name, data_type) values ('{odd}', 'features')",
]


def mutated(data: bytes, rng: Random) -> bytes:
    buffer = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        at = rng.randrange(len(buffer) + 1)
        end = min(len(buffer), at + rng.choice([1, 2, 8, 64, 512]))
        match rng.randrange(6):
            case 0:
                buffer[at:at] = rng.choice(ODD)
            case 1:
                buffer[at:end] = b""
            case 2:
                buffer[at:at] = bytes(buffer[at:end]) * rng.choice([1, 3, 50])
            case 3:
                buffer[at:end] = bytes(rng.randrange(256) for _ in range(end - at))
            case 4:
                buffer[at:end] = rng.choice(ODD)
            case _:
                buffer[at:] = b"" if rng.random() < 0.3 else buffer[at:]
    return bytes(buffer)


def in_archive(data: bytes, rng: Random) -> bytes:
    """One part of the archive mutated and all packed again, or the archive itself broken."""
    if rng.random() < 0.2:
        return mutated(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = rng.choice(sorted(parts))
    parts[name] = mutated(parts[name], rng)
    if rng.random() < 0.1:
        parts.pop(rng.choice(sorted(parts)))
    return makers.archive(parts)


def xml(text: str, rng: Random) -> bytes:
    """One to four changes of an XML document's attributes, texts and elements; at times another
    encoding than is said."""
    for _ in range(rng.choice([1, 1, 2, 4])):
        value = rng.choice(VALUES)
        match rng.randrange(7):
            case 0 | 1:
                text = _put(text, r'(?<=")[^"<>]*(?=")', value, rng)
            case 2:
                text = _put(text, r"(?<=>)[^<>]+(?=<)", value, rng)
            case 3:
                text = _put(text, r" [\w:]+=\"[^\"]*\"", "", rng)
            case 4:  # an element more often than it may be, or within itself
                found = rng.choice(re.findall(r"<[\w:]+[^<>]*>", text) or ["<a>"])
                text = _put(text, re.escape(found), found * rng.choice([2, 3, 3000]), rng)
            case 5:
                text = _put(text, r"</?[\w:]+[^<>]*>", "", rng)
            case _:
                kind = rng.choice(
                    ['<!DOCTYPE x [<!ENTITY y "z">]>', "<!--", "<![CDATA[", "<?a b?>"]
                )
                text = _put(text, r"(?<=>)(?=<)", kind, rng)
    data = text.encode("utf-8", "replace")
    if rng.random() < 0.1:
        data = text.encode(rng.choice(["utf-16", "utf-16-le", "utf-7", "cp1252"]), "replace")
    return mutated(data, rng) if rng.random() < 0.1 else data


def _put(text: str, pattern: str, value: str, rng: Random) -> str:
    """One of the places where the pattern is, replaced."""
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    place = rng.choice(places)
    return text[: place.start()] + value + text[place.end() :]


def xml_file(data: bytes, rng: Random) -> bytes:
    return xml(data.decode(), rng)


def package(data: bytes, rng: Random) -> bytes:
    """A package of XML parts (XLSX, ODS): a part changed, gone, or called something else."""
    if rng.random() < 0.1:
        return zipped(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for _ in range(rng.choice([1, 1, 2, 3])):
        name = rng.choice(sorted(parts))
        match rng.randrange(8):
            case 0 if len(parts) > 1:
                del parts[name]
            case 1:
                parts[rng.choice([name.upper(), name + "x", "/" + name])] = parts.pop(name)
            case 2:
                parts[name] = parts[rng.choice(sorted(parts))]
            case _:
                parts[name] = xml(parts[name].decode("utf-8", "replace"), rng)
    return makers.archive(parts)


def zipped(data: bytes, rng: Random) -> bytes:
    """An archive whose members, or whose own records of them, are other than they should be."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, warnings.catch_warnings(action="ignore"):
        for name, content in parts:
            made.writestr(_member(name, rng), mutated(content, rng) if _one_in(6, rng) else content)
        if _one_in(4, rng):
            name, content = rng.choice(parts)
            made.writestr(_member(rng.choice([name, *NAMES]), rng), content)
        made.comment = rng.randbytes(rng.choice([0, 0, 22, 60_000]))
    return _records(out.getvalue(), rng) if _one_in(2, rng) else out.getvalue()


def _one_in(times: int, rng: Random) -> bool:
    return rng.randrange(times) == 0


def _member(name: str, rng: Random) -> zipfile.ZipInfo:
    """How a member is described: its name, way of packing, rights, extra fields and comment."""
    info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
    if _one_in(8, rng):
        info.filename = rng.choice(NAMES).encode("utf-8", "replace").decode()
    info.compress_type = rng.choice([zipfile.ZIP_STORED, *[zipfile.ZIP_DEFLATED] * 6])
    if _one_in(10, rng):
        info.compress_type = rng.choice([zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
        info.external_attr = rng.choice([0o120777 << 16, 0o040755 << 16])
    if _one_in(4, rng):
        body = rng.randbytes(rng.choice([0, 3, 8, 28, 500]))
        kind = rng.choice([1, 0x7075, 0x9901, 0xFFFF])
        info.extra = struct.pack("<HH", kind, len(body)) + body
    info.comment = rng.randbytes(rng.choice([0, 0, 9, 60_000]))
    return info


def _records(data: bytes, rng: Random) -> bytes:
    """A number in a header of a member, of the directory or of its end, overwritten."""
    buffer = bytearray(data)
    for _ in range(rng.choice([0, 1, 1, 3])):
        mark, length = rng.choice([(b"PK\3\4", 30), (b"PK\1\2", 46), (b"PK\5\6", 22)])
        places = [found.start() for found in re.finditer(re.escape(mark), data)]
        at = rng.choice(places or [0]) + rng.randrange(4, length)
        number = rng.choice([b"\0\0", b"\xff\xff", b"\xff\xff\xff\xff", b"\1", rng.randbytes(4)])
        buffer[at : at + len(number)] = number
    if rng.random() < 0.1:
        return rng.choice([b"#!/bin/sh\n", bytes(5000), data[:60]]) + bytes(buffer)
    return bytes(buffer)[: rng.choice([len(buffer)] * 9 + [len(buffer) - 30])]


def database(data: bytes, rng: Random) -> bytes:
    """An SQLite file with another schema or other cells, or with bytes of its pages changed."""
    if rng.random() < 0.35:
        return _pages(data, rng)
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        tables = [
            name
            for (name,) in base.execute("select name from sqlite_master where type = 'table'")
            if not name.startswith("rtree_")
        ]
        table = rng.choice(tables or ["x"])
        columns = [row[1] for row in base.execute(f"pragma table_info([{table}])")]
        given = {
            "table": f"[{table}]",
            "column": rng.choice(columns or ["x"]),
            "odd": rng.choice(VALUES).replace("'", "''").replace("]", ""),
            "number": rng.choice([-2, -1, 0, 1, 3006, 4326, 999999, 2**31, 2**62]),
        }
        try:
            base.execute(rng.choice(SQL).format(**given))
        except sqlite3.Error:
            continue  # there is no such column any more
    base.commit()
    made = base.serialize()
    base.close()
    return made


def _pages(data: bytes, rng: Random) -> bytes:
    """The header of the file or of a page, where the numbers of an SQLite file stand, or a cell."""
    buffer = bytearray(data)
    size = 1024 if len(data) < 4096 else int.from_bytes(data[16:18], "big") or 4096
    for _ in range(rng.choice([1, 2, 8])):
        page = rng.randrange(len(buffer) // size or 1) * size
        at = page + rng.choice([rng.randrange(100), rng.randrange(16), rng.randrange(size)])
        number = rng.choice([b"\0", b"\xff", b"\xff\xff", b"\x7f\xff", rng.randbytes(4)])
        buffer[at : at + len(number)] = number
    return bytes(buffer)[: rng.choice([len(buffer)] * 9 + [rng.randrange(len(buffer))])]


def footed(data: bytes, rng: Random) -> bytes:
    """A file whose description stands at its end (Parquet): a text or a number of it, or a page, is
    another."""
    foot = int.from_bytes(data[-8:-4], "little") + 8
    if _one_in(8, rng) or foot >= len(data):
        return mutated(data, rng)
    head, tail = bytearray(data[:-foot]), bytearray(data[-foot:-8])
    texts = [found.start() for found in re.finditer(rb"[A-Za-z_]{3}", tail)]
    for _ in range(rng.choice([1, 1, 3])):
        at = rng.choice(texts) if _one_in(2, rng) else rng.randrange(len(tail))
        piece = rng.choice([b"\xff", b"\0", b"a", b'"', bytes([(tail[at] + 2) % 256])])
        match rng.randrange(6):
            case 0:
                tail[at:at] = piece
            case 1:
                del tail[at]
            case 2:
                head[rng.randrange(4, len(head))] = rng.randrange(256)
            case _:
                tail[at : at + 1] = piece
    lies = [len(tail) - 1, 0, 2**31, 2**32 - 1]
    length = rng.choice(lies) if _one_in(12, rng) else len(tail)
    return bytes(head) + bytes(tail) + struct.pack("<I", length) + data[-4:]


ODD_VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    1e308,
    "",
    "x",
    "x" * 100_000,
    "\u202e[/red]{x}${y}",
    "\ud800",
    "2026-02-30",
    [],
    [[]],
    {},
    {"sv": None},
    {"": ""},
    ["x"] * 3000,
]


def tree(value: Any, rng: Random) -> Any:
    """A copy of a tree of lists and objects in which one value is another, gone, or called something
    else."""
    whole = json.loads(json.dumps(value))
    places = list(_places(whole))
    for _ in range(rng.choice([1, 1, 2, 4])):
        inside, key = rng.choice(places)
        try:
            match rng.randrange(6):
                case 0:
                    del inside[key]
                case 1 if isinstance(inside, dict):
                    inside[rng.choice(["x", "", str(key).upper(), "id"])] = inside.pop(key)
                case 2:
                    inside[key] = rng.choice(ODD_VALUES)
                case _:
                    alike = [one for one in ODD_VALUES if type(one) is type(inside[key])]
                    inside[key] = rng.choice(alike or ODD_VALUES)
        except (KeyError, IndexError):
            continue  # an earlier change took it away
    return whole


def _places(value: Any) -> Any:
    """Each (container, key) of a tree."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in list(inner):
        yield value, key
        if isinstance(one, dict | list):
            yield from _places(one)
