"""Personal data in an archive beside its table are found, whoever wrote them there: in comments, in
names, in other members and in bytes that belong to none. What cannot be read is named."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.sampling import some
from tests.screening.canaries import (
    NAME,
    NUMBER,
    WHOLE,
    Place,
    checked,
    is_clean,
    is_found,
    is_unread,
    sampled,
    screened,
    sentences,
    whole,
)

TABLE = "id;typ;antal\n" + "".join(f"{number};Lekplats;{number * 7}\n" for number in range(1, 7))
FEED = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n1,Linjen,https://a.se,"
    "Europe/Stockholm\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n"
    "1,Torget,56.16,15.58\n2,Hamnen,56.17,15.59\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_type\n1,1,4,3\n",
    "trips.txt": "route_id,service_id,trip_id\n1,1,1\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "1,08:00:00,08:00:00,1,1\n1,08:05:00,08:05:00,2,2\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
    "start_date,end_date\n1,1,1,1,1,1,0,0,20260101,20261231\n",
}
Data = str | bytes
XML = '<?xml version="1.0"?><metadata><idinfo>{}</idinfo></metadata>'


def packed(members: dict[str, Data], comment: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment.encode()
    return out.getvalue()


def place(code: str, build: Callable[[str], bytes], canary: str = WHOLE) -> Place:
    def put(folder: Path, text: str) -> Path:
        file = folder / "x.zip"
        file.write_bytes(build(text))
        return file

    return Place(code, put, canary)


def member(name: str, text: str, code: str = "zip_file", encoding: str = "utf-8") -> Place:
    """A place in another member; its name and its text have CANARY where it sits."""
    return place(
        code,
        lambda canary: packed(
            {
                "tabell.csv": TABLE,
                name.replace("CANARY", canary): text.replace("CANARY", canary).encode(encoding),
            }
        ),
    )


def in_feed(name: str, text: str, code: str = "zip_file") -> Place:
    return place(code, lambda canary: packed(FEED | {name: text.replace("CANARY", canary)}))


def with_info(change: Callable[[zipfile.ZipInfo, bytes], None]) -> Callable[[str], bytes]:
    """An archive whose table's entry in the directory is changed before it is written."""

    def build(canary: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            info = zipfile.ZipInfo("tabell.csv")
            change(info, canary.encode())
            archive.writestr(info, TABLE)
        return out.getvalue()

    return build


def comment(info: zipfile.ZipInfo, canary: bytes) -> None:
    info.comment = canary


def extra(info: zipfile.ZipInfo, canary: bytes) -> None:
    info.extra = struct.pack("<2H", 0x9999, len(canary)) + canary


def wide_extra(info: zipfile.ZipInfo, canary: bytes) -> None:
    extra(info, canary.decode().encode("utf-16-le"))


def before(canary: str) -> bytes:
    """An archive that stands behind another one, as when one is written over."""
    return packed({"x": canary}, canary)[:-22] + canary.encode() + packed({"tabell.csv": TABLE})


def behind(canary: str) -> bytes:
    return packed({"tabell.csv": TABLE}) + canary.encode()


def between(canary: str) -> bytes:
    """Bytes between the last member and the directory, which is told to begin behind them."""
    data = packed({"tabell.csv": TABLE})
    start = data.index(b"PK\x01\x02")
    end = len(data) - 22
    moved = struct.pack("<I", start + len(canary.encode()))
    tail = data[end : end + 16] + moved + data[end + 20 :]
    return data[:start] + canary.encode() + data[start:end] + tail


def deleted(canary: str) -> bytes:
    """A member that the directory no longer names."""
    data = packed({f"{canary}.txt": canary, "tabell.csv": TABLE})
    directory = data.index(b"PK\x01\x02")
    kept = data.index(b"PK\x01\x02", directory + 4)
    end = len(data) - 22
    entries = data[kept:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(entries), directory, 0)
    return data[:directory] + entries + tail


def local_name(canary: str) -> bytes:
    """A member whose own header calls it something else than the directory does."""
    other = b"t" * len(canary)
    data = packed({"tabell.csv": TABLE, other.decode(): "Parker"})
    return data.replace(other, canary.encode(), 1)


def twice(canary: str) -> bytes:
    """Two members of one name: programs show one of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("tabell.csv", TABLE)
        archive.writestr("LÄSMIG.txt", canary)
        archive.writestr("LÄSMIG.txt", "Parker")
    return out.getvalue()


GEOJSON = '{{"type": "FeatureCollection", "name": "{0}", "features": []}}'
IN_ZIP = {
    "the archive's comment": place("zip_comment", lambda c: packed({"t.csv": TABLE}, c)),
    "a member's comment": place("zip_comment", with_info(comment)),
    "an added field": place("zip_extra", with_info(extra)),
    "an added field in UTF-16": place("zip_extra", with_info(wide_extra)),
    "before the archive": place("zip_gap", before),
    "behind the archive": place("zip_gap", behind),
    "between members and directory": place("zip_gap", between),
    "another name before the member": place("zip_name", local_name),
    "a member twice": place("zip_file", twice),
    "the table's own name": place("zip_name", lambda c: packed({f"{c}.csv": TABLE}), NUMBER),
    "the table's folder": place("zip_name", lambda c: packed({f"{c}/t.csv": TABLE})),
    "an empty folder's name": place("zip_name", lambda c: packed({"t.csv": TABLE, f"{c}/": ""})),
    "a member's name": member("CANARY.txt", "x", "zip_name"),
    "a member's name, underlined": place(
        "zip_name",
        lambda c: packed({"t.csv": TABLE, f"{c.replace(' ', '_')}.txt": "x"}),
        NAME,
    ),
    "a text": member("LÄSMIG.txt", "Hej!\nFrågor: CANARY\n"),
    "a text without a suffix": member("LICENSE", "Copyright CANARY"),
    "a text in UTF-16": member("x.txt", "\ufeffCANARY", encoding="utf-16-le"),
    "a text in Windows-1252": member("x.txt", "Frågor på ön ställs till CANARY", encoding="cp1252"),
    "a text of one long line": member("x.txt", "ord " * 5000 + "CANARY" + " ord" * 5000),
    "markdown": member("README.md", "# Om\n\n* CANARY\n"),
    "an element": member("x.xml", XML.format("<a>CANARY</a>")),
    "an attribute": member("x.xml", XML.format('<a b="CANARY"/>')),
    "a comment in XML": member("x.xml", XML.format("<!-- CANARY -->")),
    "CDATA": member("x.xml", XML.format("<![CDATA[CANARY]]>")),
    "an instruction": member("x.xml", XML.format("<?php CANARY ?>")),
    "a page": member("x.html", "<html><body onload='x'><p>CANARY</p></body></html>"),
    "a page's letters by number": place(
        "zip_file",
        lambda c: packed({"t.csv": TABLE, "x.html": f"<p>{c.replace('-', '&#45;')}</p>"}),
    ),
    "a single name under its author": place(
        "zip_file",
        lambda c: packed({"t.csv": TABLE, "x.xml": XML.format(f"<author>{c}</author>")}),
        NAME,
    ),
    "another format's members": member("fler/x.jsonld", json.dumps({"a": ["CANARY"]})),
    "JSON with letters by number": place(
        "zip_file",
        lambda c: packed({"t.csv": TABLE, "y.meta": json.dumps({"a": f"Ö {c}"})}),
    ),
    "names in parts": place(
        "zip_file",
        lambda c: packed(
            {"t.csv": TABLE, "x.lista": "Förnamn;Efternamn;nr\n" + c.replace(" ", ";") + ";1\n"}
        ),
        NAME,
    ),
    "a number between cells": place(
        "zip_file", lambda c: packed({"t.csv": TABLE, "x.lista": f"1,{c},14 m\n"}), NUMBER
    ),
    "settings": member("x.ini", "[a]\nb=CANARY\n"),
    "a style": member("x.sld", "<StyledLayerDescriptor><Name>CANARY</Name></StyledLayerDescriptor>"),
    "a hidden text": member(".anteckning", "CANARY", "zip_hidden"),
    "a shadow of macOS": member(
        "__MACOSX/._tabell.csv", "\0\5\x16\7\0\2\0\0\0\0\0CANARY\0\0", "zip_hidden"
    ),
    "a folder's window": place(
        "zip_hidden",
        lambda c: packed(
            {"t.csv": TABLE, ".DS_Store": b"\0\0\0\1Bud1\0\0" + f"\0\0{c}".encode("utf-16-be")}
        ),
    ),
    "a binary member": member("x.bin", "\0\1\2\3CANARY\0\1\2\3" + "\0" * 100),
}  # fmt: off
IN_FEED = {
    "a licence": in_feed("LICENSE", "CANARY"),
    "a .csv": in_feed("förare.csv", "id,namn\n1,CANARY\n"),
    "zones": in_feed("locations.geojson", GEOJSON.format("CANARY")),
    "a page": in_feed("om.html", "<p>CANARY</p>"),
    "a second file of the same name": in_feed("fler/stops.txt", "stop_id\nCANARY\n"),
    "a file of nearly the same name": in_feed("STOPS.txt", "stop_id,x\n1,CANARY\n"),
    "a row too long": in_feed(
        "levels.txt", "level_id,level_index\n1,0\n2,1\n3,2,CANARY\n4,3\n", "row"
    ),
    "a row too long among stops": place(
        "row",
        lambda c: packed(FEED | {"stops.txt": FEED["stops.txt"] + f"3,Bryggan,56.1,15.5,{c}\n"}),
    ),
    "a comment": place("zip_comment", lambda c: packed(dict(FEED), c)),
    "a folder": place(
        "zip_name", lambda c: packed({f"{c}/{name}": text for name, text in FEED.items()})
    ),
}
PLACES = {f"zip, {name}": one for name, one in IN_ZIP.items()} | {
    f"gtfs, {name}": one for name, one in IN_FEED.items()
}
# Bytes that are no text are named in any case.
NEVER_FREE = {
    "zip, another name before the member",
    "zip, before the archive",
    "zip, a binary member",
}


@pytest.mark.parametrize("name", sampled(PLACES))
def test_a_canary_is_found_where_it_sits(tmp_path: Path, name: str) -> None:
    is_found(PLACES[name], tmp_path)


@pytest.mark.parametrize("name", whole(PLACES))
def test_nothing_that_check_says_of_a_file_holds_it(tmp_path: Path, name: str) -> None:
    checked(PLACES[name].put(tmp_path, PLACES[name].canary))


@pytest.mark.parametrize("name", some(3, sorted(PLACES.keys() - NEVER_FREE)))
def test_without_it_the_file_is_free(tmp_path: Path, name: str) -> None:
    is_clean(PLACES[name], tmp_path)


def locked(data: bytes) -> bytes:
    """The archive with the last member's mark of encryption set."""
    changed = bytearray(data)
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.rindex(start) + offset] |= 1
    return bytes(changed)


def broken(data: bytes) -> bytes:
    """The archive with a byte of the last member's own content changed."""
    changed = bytearray(data)
    at = data.rindex(b"PK\x03\x04") + 34
    changed[at] ^= 0xFF
    return bytes(changed)


INNER = packed({"inre.txt": WHOLE})
UNREAD: dict[str, tuple[str, bytes]] = {
    "a picture": ("zip_file", packed({"t.csv": TABLE, "x.png": b"\x89PNG\r\n\x1a\n" + bytes(64)})),
    "a paper": ("zip_file", packed({"t.csv": TABLE, "x.pdf": "%PDF-1.4\n%âãÏÓ\nstream"})),
    "an archive": ("zip_file", packed({"t.csv": TABLE, "x.zip": INNER})),
    "a document": ("zip_file", packed({"t.csv": TABLE, "x.docx": INNER})),
    "a workbook of old": (
        "zip_file",
        packed({"t.csv": TABLE, "x.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}),
    ),
    "a large shadow": ("zip_hidden", packed({"t.csv": TABLE, "__MACOSX/._x": bytes(2 << 20)})),
    "a locked member": ("zip_locked", locked(packed({"t.csv": TABLE, "x.txt": "hemligt"}))),
    "a broken member": ("zip_file", broken(packed({"t.csv": TABLE, "x.txt": "mycket text " * 9}))),
    "a member that was deleted": ("zip_gap", deleted("mycket text som packas " * 3)),
    "what no program knows before it": ("zip_gap", before("x")),
    "a picture in a feed": ("zip_file", packed(FEED | {"x.jpg": b"\xff\xd8\xff\xe0" + bytes(99)})),
}


@pytest.mark.parametrize("name", sampled(UNREAD))
def test_what_cannot_be_looked_into_is_named(tmp_path: Path, name: str) -> None:
    code, data = UNREAD[name]
    file = tmp_path / "x.zip"
    file.write_bytes(data)
    is_unread(code, file)


def test_the_files_of_a_feed_that_are_no_tables_are_told(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(packed(FEED | {"LICENSE": "fri", "fler/stops.txt": FEED["stops.txt"]}))
    repairs = {one["code"]: one["count"] for one in screened(file)["repairs"]}
    assert repairs["archive_others"] == 2


def test_what_a_zip_program_writes_for_itself_is_nothing(tmp_path: Path) -> None:
    """Times, owners, the program's name and folders: in every archive, and nobody's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("data") if hasattr(archive, "mkdir") else archive.writestr("data/", "")
        info = zipfile.ZipInfo("data/tabell.csv", (2019, 12, 12, 12, 12, 12))
        times = struct.pack("<2HBII", 0x5455, 9, 3, 1576152732, 1576152732)
        info.extra = times + struct.pack("<2HBBIBI", 0x7875, 11, 1, 4, 1000, 4, 1000)
        archive.writestr(info, TABLE)
        archive.writestr("checksums.sha256", f"{'191212121212' * 5}ab  tabell.csv\n")
        archive.writestr("crs.prj", 'PROJCS["SWEREF99 TM",PROJECTION["Transverse_Mercator"]]')
    file = tmp_path / "x.zip"
    file.write_bytes(out.getvalue())
    found = screened(file)
    assert found["gate"]["content"] == "fri", sentences(found)


def test_the_number_of_a_member_in_words(tmp_path: Path) -> None:
    """Which of the members it is stands in the sentence; a name that is personal, by its shape."""
    file = tmp_path / "x.zip"
    file.write_bytes(packed({"t.csv": TABLE, "om.txt": NUMBER, f"{NUMBER}.txt": NUMBER}))
    said = sentences(screened(file))["found_personnummer"]
    assert "(om.txt)" in said and "(ÅÅÅÅMMDD-XXXX.txt)" in said
