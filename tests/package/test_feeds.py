"""What goes out of a timetable: the standard's files as they were read, nothing beside them."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from helpers.filling_in.packaging import feed
from helpers.reading import read

CANARY = "Fatima Hallonqvist"


def test_nothing_beside_the_files_of_the_standard_goes_out(root: Path, tmp_path: Path):
    sample = root / "data" / "samples" / "region-blekinge-tidtabeller.zip"
    source = tmp_path / "feed.zip"
    with zipfile.ZipFile(sample) as archive, zipfile.ZipFile(source, "w") as out:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            if name == "agency.txt":  # as exports are: another encoding, delimiter and folder
                text = text.replace(",", ";").replace("\n", "\r\n")
            out.writestr(f"{CANARY}/{name}", text.encode("utf-8-sig"))
        out.writestr(f"{CANARY}/om {CANARY}.md", CANARY)
        out.writestr(f"{CANARY}/drivers.txt", f"driver_id,driver_name\n1,{CANARY}\n")
        out.comment = CANARY.encode()
    snapshot = read(source, tmp_path / "snapshot")
    target = tmp_path / "out.zip"
    assert feed.write(snapshot, target) == ["drivers"]
    first = target.read_bytes()
    feed.write(snapshot, target)
    assert first == target.read_bytes() and CANARY.encode() not in first
    with zipfile.ZipFile(sample) as archive, zipfile.ZipFile(target) as out:
        assert sorted(out.namelist()) == sorted(archive.namelist()) and not out.comment
        for name in archive.namelist():
            before, after = (
                [*csv.reader(io.StringIO(file.read(name).decode("utf-8-sig"), newline=""))]
                for file in (archive, out)
            )
            assert before == after, name
            assert CANARY.encode() not in out.read(name)
    again = read(target, tmp_path / "again")
    assert not [
        one.code for one in again.repairs if one.code.startswith(("archive", "feed", "in_"))
    ]
