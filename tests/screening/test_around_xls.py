"""Whatever stream or record of an old workbook holds personal data, its place is named; the same
without them asks for nothing."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.reading import biff
from tests.reading.biff import record
from tests.screening.beside import HARMLESS, SECRET, content, found
from tests.screening.canaries import sampled

from helpers.running import single
from helpers.words import messages

ROWS = [["id", "namn"], [1, "Lekplats"], [2, "Bad"]]
BOF_CHART = record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0))
REMARK = record(0x5D, struct.pack("<HHHHH", 0x15, 18, 0x19, 1, 0) + bytes(12))
SHAPE = record(0x5D, struct.pack("<HHHHH", 0x15, 18, 0x06, 1, 0) + bytes(12))


@dataclass(frozen=True)
class Record:
    """A record of a sheet or of the whole workbook: the text stands in it, wide or narrow, between
    bytes that are none."""

    code: str
    kind: int
    before: bytes = b""  # records
    after: bytes = b""
    whole: bool = False
    wide: bool = False

    def write(self, file: Path, text: str) -> Path:
        body = text.encode("utf-16-le" if self.wide else "latin-1")
        added = self.before + record(self.kind, b"\0\1" + body + b"\0\0\0") + self.after
        sheet = biff.sheet(ROWS)
        if self.whole:
            data = biff.workbook({"Parker": sheet}, more=added)
        else:
            data = biff.workbook({"Parker": sheet[:-4] + added + sheet[-4:]})
        file.write_bytes(data)
        return file


PLACES = {
    "saved_by": Record("workbook", 0x5C, whole=True),
    "reserved_by": Record("workbook", 0x5B, whole=True),
    "header": Record("page_header", 0x14),
    "footer": Record("page_header", 0x15, wide=True),
    "other_headers": Record("page_header", 0x89C),
    "names_comment": Record("defined_name", 0x894, whole=True),
    "link": Record("link", 0x1B8, wide=True),
    "links_tooltip": Record("link", 0x800, wide=True),
    "validation": Record("validation", 0x1BE),
    "format": Record("number_format", 0x41E, whole=True),
    "other_workbook": Record("external_link", 0x1AE, whole=True),
    "other_workbooks_name": Record("external_link", 0x23, whole=True),
    "other_workbooks_cell": Record("external_link", 0x5A, whole=True),
    "remarks_author": Record("comment_author", 0x1C),
    "remark": Record("comment", 0x3C, before=REMARK + record(0x1B6, bytes(18))),
    "text_box": Record("drawing", 0x3C, before=SHAPE + record(0x1B6, bytes(18))),
    "shape": Record("drawing", 0xEC, wide=True),
    "shapes": Record("drawing", 0xEB, whole=True),
    "scenario": Record("scenario", 0xAF),
    "condition": Record("conditional_format", 0x1B1),
    "printer": Record("printer_settings", 0x4D, wide=True),
    "shared_formula": Record("formula", 0x4BC),
    "block_formula": Record("formula", 0x221),
    "style": Record("style", 0x293, whole=True),
    "protected_range": Record("protected_range", 0x868),
    "query": Record("connection", 0x1AD),
    "database": Record("connection", 0xDC),
    "pivot_table": Record("pivot_table", 0xB0),
    "pivot_text": Record("pivot_table", 0xCD),
    "codes_name": Record("sheet", 0x1BA),
    "unknown": Record("sheet", 0x1FFF),
    "unknown_of_the_workbook": Record("workbook", 0x1FFF, whole=True),
    "charts_title": Record("chart", 0x100D, before=BOF_CHART, after=record(0x0A)),
    "charts_copy": Record("chart", 0x204, before=BOF_CHART, after=record(0x0A)),
}


@pytest.mark.parametrize("name", sampled(PLACES))
def test_personal_data_are_found_in(name: str, tmp_path: Path) -> None:
    place = PLACES[name]
    kinds = found(place.write(tmp_path / "x.xls", SECRET), tmp_path / "a")
    for kind in ("personnummer", "person_name", "email"):
        assert kinds.get(kind) == {place.code}, kinds
    assert "unread" not in kinds
    assert content(place.write(tmp_path / "y.xls", HARMLESS), tmp_path / "b") == "fri"


def _properties(code: int, text: bytes) -> bytes:
    value = struct.pack("<II", 0x1E, len(text) + 1) + text + b"\0"
    section = struct.pack("<IIII", 16 + len(value), 1, code, 16) + value
    head = struct.pack("<HHI", 0xFFFE, 0, 2) + bytes(16) + struct.pack("<I", 1)
    return head + bytes(16) + struct.pack("<I", 48) + section


def _between(text: bytes) -> bytes:
    return b"\0\1" + text + b"\0\0"


SUMMARY = "\x05SummaryInformation"
# Code of the place, name of the stream, what makes it of a text, whether somebody must look at it.
STREAMS: dict[str, tuple[str, str, Callable[[bytes], bytes], bool]] = {
    "title": ("property", SUMMARY, lambda text: _properties(2, text), False),
    "author": ("property", SUMMARY, lambda text: _properties(4, text), False),
    "company": (
        "property",
        "\x05DocumentSummaryInformation",
        lambda text: _properties(15, text),
        False,
    ),
    "broken_properties": ("property", SUMMARY, _between, False),
    "class": ("other_part", "\x01CompObj", _between, False),
    "macro": ("macro", "_VBA_PROJECT_CUR", _between, True),
    "control": ("control", "Ctls", _between, True),
    "revision": ("revision", "Revision Log", _between, True),
    "embedded": ("embedded_file", "MBD00000001", _between, True),
    "custom_xml": ("custom_xml", "MsoDataStore", lambda text: b"<a>" + text + b"</a>", False),
    "pivot": ("pivot_table", "_SX_DB_CUR", lambda text: record(0xCD, _between(text)), False),
    "unknown": ("other_part", "Nytt", _between, True),
}


@pytest.mark.parametrize("name", sampled(STREAMS))
def test_personal_data_are_found_in_the_stream(name: str, tmp_path: Path) -> None:
    code, stream, made, unread = STREAMS[name]
    secret, harmless = (
        _saved(tmp_path / f"{number}.xls", streams={stream: made(text.encode())})
        for number, text in enumerate((SECRET, HARMLESS))
    )
    kinds = found(secret, tmp_path / "a")
    for kind in ("personnummer", "person_name", "email"):
        assert kinds.get(kind) == {code}, kinds
    assert ("unread" in kinds) is unread
    assert content(harmless, tmp_path / "b") == ("granska" if unread else "fri")


def _saved(file: Path, **parts: object) -> Path:
    file.write_bytes(biff.workbook({"Parker": biff.sheet(ROWS)}, **parts))  # type: ignore[arg-type]
    return file


def test_a_text_that_no_cell_shows(tmp_path: Path) -> None:
    file = _saved(tmp_path / "x.xls", shared=["Bad", SECRET])
    assert found(file, tmp_path / "a")["personnummer"] == {"unused_text"}
    rows = [*ROWS, [3, record(0xFD, struct.pack("<HHHI", 3, 1, 15, 1))]]
    file.write_bytes(biff.workbook({"Parker": biff.sheet(rows)}, shared=["Bad", SECRET]))
    assert content(file, tmp_path / "b") == "fri"


def test_a_formulas_text(tmp_path: Path) -> None:
    def with_formula(text: str) -> bytes:
        tokens = struct.pack("<BBB", 0x17, len(text), 0) + text.encode("latin-1")
        head = struct.pack("<HHHdHIH", 3, 0, 15, 3.0, 0, 0, len(tokens))
        return record(0x06, head + tokens)

    file = tmp_path / "x.xls"
    file.write_bytes(biff.workbook({"P": biff.sheet([*ROWS, [with_formula(SECRET), "Park"]])}))
    assert found(file, tmp_path / "a")["personnummer"] == {"formula"}


def test_a_defined_name_and_its_value(tmp_path: Path) -> None:
    text = SECRET.encode()
    token = struct.pack("<BBB", 0x17, len(text), 0) + text
    for name, value in ((text, b"\x1e\1\0"), (b"Kontakt", token)):
        head = struct.pack("<HBBHHHI", 0, 0, len(name), len(value), 0, 0, 0)
        file = _saved(tmp_path / "x.xls", more=record(0x18, head + b"\0" + name + value))
        kinds = found(file, tmp_path / name.decode()[:3])
        assert kinds["personnummer"] == kinds["email"] == {"defined_name"}


def test_a_text_that_goes_on_in_the_next_record(tmp_path: Path) -> None:
    added = (
        record(0x1B6, bytes(18)) + record(0x3C, b"\0Avser 1912") + record(0x3C, b"\x001212-1212")
    )
    sheet = biff.sheet(ROWS)
    file = tmp_path / "x.xls"
    file.write_bytes(biff.workbook({"Parker": sheet[:-4] + added + sheet[-4:]}))
    assert found(file, tmp_path / "a")["personnummer"] == {"drawing"}


def test_a_large_number_of_another_workbook(tmp_path: Path) -> None:
    cell = struct.pack("<BBHBd", 0, 0, 0, 1, 191212121212.0)
    sheet = biff.sheet(ROWS)
    file = tmp_path / "x.xls"
    file.write_bytes(biff.workbook({"P": sheet[:-4] + record(0x5A, cell) + sheet[-4:]}))
    assert found(file, tmp_path / "a")["personnummer"] == {"external_link"}


def test_what_no_stream_has(tmp_path: Path) -> None:
    """A program that shortens a stream leaves what stood there in the file."""
    file = _saved(tmp_path / "x.xls")
    data = file.read_bytes()
    file.write_bytes(data + SECRET.encode().ljust(512, b"\0"))
    assert found(file, tmp_path / "a")["personnummer"] == {"free_space"}


def test_a_sheet_of_macros_asks_for_review(tmp_path: Path) -> None:
    macros = record(0x809, struct.pack("<HHHHII", 0x600, 0x40, 0, 0, 0, 0))
    macros += record(0x1FFF, b"\0" + SECRET.encode() + b"\0") + record(0x0A)
    file = tmp_path / "x.xls"
    file.write_bytes(biff.workbook({"Parker": biff.sheet(ROWS), "Makro": macros}))
    kinds = found(file, tmp_path / "a")
    assert kinds["unread"] == kinds["personnummer"] == {"macro"}


def test_all_that_is_said_of_a_file(tmp_path: Path) -> None:
    sheet = biff.sheet(ROWS)
    body = b"\0" + SECRET.encode() + b"\0"
    added = b"".join(
        place.before + record(place.kind, body) + place.after
        for place in PLACES.values()
        if not place.whole
    )
    whole = b"".join(record(place.kind, body) for place in PLACES.values() if place.whole)
    file = tmp_path / "x.xls"
    file.write_bytes(biff.workbook({"Parker": sheet[:-4] + added + sheet[-4:]}, more=whole))
    given, _ = single.check_file(file)
    assert not any(part in str(given) for part in ("121212-1212", "Fatima", "anna.exempel"))
    said = " ".join(reason["message"]["sv"] for reason in given["gate"]["reasons"])
    for code in {place.code for place in PLACES.values()}:
        assert messages.text(f"surroundings.place.{code}", "sv") in said, code
