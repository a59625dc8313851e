"""What is out is held to the last package: its address, its columns, its checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.package import making
from tests.watching.serving import HEADER, ROWS, Server, entry, table

from helpers.declared import organisations
from helpers.metadata import writing
from helpers.metadata.described import PackageFile
from helpers.running.store import Store
from helpers.running.watching import published, whole
from helpers.running.watching.whole import Watched, WatchRequest


@pytest.fixture
def owner(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Karlskrona puts its files at the server's /filer."""
    one = making.publisher(files=f"{server.url}/filer")
    monkeypatch.setattr(organisations, "organisation", lambda id: one)
    yield "/filer/bad/bad.csv"


@pytest.fixture
def package(owner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package of ``table()``."""
    digest = hashlib.sha1(table()).hexdigest()
    file = PackageFile("bad.csv", "csv", "text/csv", len(table()), digest, (), 40, 4)
    monkeypatch.setattr(making, "CSV", file)
    one = organisations.organisation("karlskrona")
    graph = making.building.statements(making.whole(making.entry(), owner=one)).graph
    folder = tmp_path / "packages" / "bad"
    folder.mkdir(parents=True)
    (folder / "metadata.rdf").write_text(writing.written(graph)[".rdf"], "utf-8")
    schema = {"fields": [{"name": name} for name in HEADER.split(",")]}
    (folder / "tableschema.json").write_text(json.dumps(schema), "utf-8")
    return folder


def look(tmp_path: Path, packages: Path | None) -> Watched:
    store = Store(tmp_path / "store")
    try:
        asked = WatchRequest(tmp_path / "catalogue", (), packages)
        return whole.watch(asked, store, None, making.dt.date(2026, 11, 30))
    finally:
        store.forget_tables()


def test_the_file_that_is_out_is_the_packages(
    server: Server, owner: str, package: Path, tmp_path: Path
):
    """The address is the package's own, and so are columns and checksum; where it was written for
    this one alone, and where for several."""
    entry(tmp_path / "catalogue", "bad", stage="published", synthetic="false")
    server.at[owner] = table()
    for folder in (package, package.parent):
        (one,) = look(tmp_path, folder).to_json()["candidates"]
        assert (one["faults"], one["package"], one["rests_on"]) == ([], "same", "package")
    server.at[owner] = table([row + "," for row in ROWS], f"{HEADER},ny")
    done = look(tmp_path, package)
    told = {fault["fault"]: fault for fault in done.to_json()["candidates"][0]["faults"]}
    assert {"columns", "not_the_package"} <= told.keys() and done.exit_code == 1
    assert "paketet: ”ny”" in told["columns"]["what"]["sv"]


def test_without_a_package_the_organisations_folder_is_asked(
    server: Server, owner: str, tmp_path: Path
):
    entry(tmp_path / "catalogue", "bad", stage="published", synthetic="false")
    server.at[owner] = table()
    (one,) = look(tmp_path, None).to_json()["candidates"]
    assert (one["rests_on"], one["rows"], one["package"]) == ("organisation", 40, None)


def test_a_draft_was_never_to_go_out_and_what_cannot_be_read_is_told(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    one = making.publisher(files=None)
    monkeypatch.setattr(organisations, "organisation", lambda id: one)
    entry(tmp_path / "catalogue", "bad", stage="published", synthetic="false")
    said = package / "metadata.rdf"
    said.write_text("<rdf", "utf-8")
    (told,) = look(tmp_path, package).to_json()["candidates"]
    assert [note["note"] for note in told["notes"]] == ["package_unread"]
    said.rename(package / "utkast-metadata.rdf")
    (told,) = look(tmp_path, package).to_json()["candidates"]
    assert [fault["fault"] for fault in told["faults"]] == ["draft"]


def test_the_table_comes_before_the_map(package: Path):
    one = published.package(package, making.entry(id="bad"))
    assert [published.suffix(address) for address in one.checksums] == [".csv", ".geojson"]
    assert one.columns == tuple(HEADER.split(","))
