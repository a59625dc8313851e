"""Safe: no file makes reading reach out of itself, run anything, or grow beyond its bounds."""

from __future__ import annotations

import io
import json
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.words.errors import InputRefused

from . import makers
from .conftest import Reader, rows

SECRET = "hemlig;rad\n1;2\n3;4\n"


def refused(read: Reader, data: bytes | str, name: str) -> str:
    with pytest.raises(InputRefused) as error:
        read(data, name)
    return error.value.key


def test_a_million_entries(read: Reader):
    assert (
        refused(read, makers.archive({f"{i}.txt": "" for i in range(1001)}), "x.zip")
        == "reading.zip_bounds"
    )


def test_a_bomb(read: Reader):
    assert (
        refused(read, makers.archive({"stops.txt": b"0" * (200 << 20)}), "x.zip")
        == "reading.zip_bounds"
    )


@pytest.mark.parametrize(
    "name", ["../ut.csv", "/etc/ut.csv", "a/../../ut.csv", "..\\ut.csv", "C:\\ut.csv"]
)
def test_a_way_out_of_the_folder(read: Reader, name: str, tmp_path: Path):
    assert refused(read, makers.archive({name: SECRET}), "x.zip") == "reading.zip_path"
    assert not list(tmp_path.rglob("ut.csv"))


def test_a_link_in_an_archive(read: Reader):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("data.csv")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert refused(read, out.getvalue(), "x.zip") == "reading.zip_path"


def test_an_archive_in_an_archive(read: Reader):
    inner = makers.archive({"data.csv": SECRET})
    assert refused(read, makers.archive({"inre.zip": inner}), "x.zip") == "reading.zip_nested"
    assert refused(read, makers.archive({"data.csv": inner}), "x.zip") == "reading.zip_nested"


def test_an_archive_that_lies_of_its_sizes(read: Reader):
    data = bytearray(makers.archive({"data.csv": b"a;b\n1;2\n" * 100_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")  # the unpacked size in the directory
    assert refused(read, bytes(data), "x.zip") == "reading.broken_zip"


def test_twelve_million_rows_in_a_small_archive_end_within_bounds(tmp_path: Path):
    """A table of 12,000,000 rows in a zip of under a megabyte, in a process of its own so that its
    memory is its own."""
    file = tmp_path / "x.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("data.csv", "w") as out,
    ):
        out.write(b"a;b;c\n")
        for _ in range(120):
            out.write(b"1;2;3\n" * 100_000)
    assert file.stat().st_size < 800_000
    resource = pytest.importorskip("resource")
    script = (
        "import sys, pathlib\nfrom helpers import reading\nfrom helpers.words.errors import"
        " InputRefused\ntry:\n    print(reading.read(pathlib.Path(sys.argv[1]),"
        " pathlib.Path(sys.argv[2])).main.rows)\nexcept InputRefused as error:\n   "
        " print(error.key)\n"
        "for line in open('/proc/self/status'):\n"
        " if line.startswith('VmHWM'): print(line.split()[1])\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", script, str(file), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    ended, peak = done.stdout.split()
    assert ended in ("12000000", "reading.zip_bounds")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 300, (
        "seconds of processor time"
    )
    assert int(peak) < 2 << 20, "kilobytes"


@pytest.mark.parametrize(
    "name", ["x.geojson", "x.json", "x.kml", "x.gpkg", "x.shp", "x.fgb", "x.csv", "x.txt"]
)
def test_a_vrt_under_another_name_reads_no_other_file(read: Reader, tmp_path: Path, name: str):
    other = tmp_path / "annan.csv"
    other.write_text(SECRET)
    vrt = (
        "<OGRVRTDataSource><OGRVRTLayer"
        f' name="annan"><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    )
    try:
        found = read(vrt, name)
    except InputRefused:
        return
    assert "hemlig" not in str([column.name for column in found.main.columns]) + str(rows(found))


@pytest.mark.parametrize(
    "magic",
    [
        b"SQLite format 3\x00" + bytes(52) + b"GPKG",
        b"fgb\x03fgb\x00",
        b"\x00\x00\x27\x0a" + bytes(96),
    ],
)
def test_a_map_that_is_none_inside(read: Reader, magic: bytes):
    assert refused(read, magic + bytes(4000), "x.gpkg") in (
        "reading.broken_map",
        "reading.shape_parts",
        "reading.empty",
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_xml_with_entities(read: Reader, declaration: str):
    text = (
        f'<?xml version="1.0"?>{declaration}<kml'
        ' xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'
    )
    assert refused(read, text, "x.kml") == "reading.entities"


def test_a_kml_fetches_nothing(read: Reader, tmp_path: Path):
    other = tmp_path / "annan.kml"
    place = "<Placemark><name>hemlig</name><Point><coordinates>15.5,56.1</coordinates></Point></Placemark>"
    head = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    other.write_text(f"{head}<Document>{place}</Document></kml>")
    link = f"<NetworkLink><Link><href>{other}</href></Link></NetworkLink>"
    own = place.replace("hemlig", "egen")
    found = read(f"{head}<Document>{own}{link}</Document></kml>", "x.kml")
    assert "hemlig" not in str(rows(found)) and found.main.rows == 1


def test_a_pickle_is_never_opened(read: Reader, tmp_path: Path):
    class Run:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (Path(tmp_path / "körd"),))  # type: ignore[return-value]

    for protocol in (2, 3, 4, 5):
        assert refused(read, pickle.dumps(Run(), protocol), "x.csv") == "reading.format"
    assert not (tmp_path / "körd").exists()


def test_macros_are_not_run_and_values_read(read: Reader):
    book = makers.xlsx({"Data": [["a", "b"], [1, 2], [3, 4]]})
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    found = read(
        makers.archive(parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}), "x.xlsm"
    )
    assert found.format == "xlsx" and rows(found, "t0") == [("1",), ("3",)]


def test_a_sheet_with_one_cell_in_its_last_corner(read: Reader):
    book = makers.xlsx({"Data": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    assert refused(read, makers.archive(parts), "x.xlsx") == "reading.sheet_too_large"


@pytest.mark.parametrize(
    "given",
    [
        {
            "attributes": 'table:number-columns-repeated="16384"',
            "row_attributes": 'table:number-rows-repeated="1048576"',
        },
        {"row_attributes": 'table:number-rows-repeated="100000000"'},
    ],
)
def test_an_ods_that_repeats_a_cell_without_end(read: Reader, given: dict[str, str]):
    assert (
        refused(read, makers.ods([["a", "b"], ["1", "2"]], **given), "x.ods")
        == "reading.too_many_cells"
    )


def test_json_nested_without_end(read: Reader):
    assert refused(read, "[" * 100_000, "x.json") == "reading.broken_json"
    deep = json.loads('{"a": 1}')
    for _ in range(400):
        deep = {"a": deep}
    assert read(json.dumps([deep, deep]), "x.json").main.rows == 2


def test_a_formula_stays_text(read: Reader):
    assert rows(read("id;namn\n1;=1+1\n2;@SUM(1)\n"), "t1") == [("=1+1",), ("@SUM(1)",)]
