"""What may be written over: what is protected by any spelling, what is ours, and a register that
survives damage."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import outputs, protected, written
from helpers.words.files.outputs import Outputs


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "store"))
    return tmp_path / "store"


def entry(folder: Path, body: str | bytes, name: str = "a.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode("utf-8"))
    return folder / name


ENTRIES = {
    "plain": "id: a\nsource:\n  path: ../källa.csv\n",
    "flow": "id: a\nsource: {format: csv, path: ../källa.csv, encoding: x}\n",
    "quoted": 'source:\n  path: "../k\\u00e4lla.csv"\n',
    "two lines": "source:\n  path: >-\n    ../källa.csv\n",
    "twice": "source:\n  path: ../källa.csv\nsource:\n  path: ../annan.csv\n",
    "unknown key": "hund: 1\nsource: {path: ../källa.csv}\n",
    "not closed": "title: [a\nsource:\n  path: ../källa.csv\n",
    "a tab": "title: x\n\tsource:\n  path: '../källa.csv'\n",
    "broken and quoted": 'title: "x\nsource: {"path": "../k\\u00e4lla.csv"}\n',
    "nested": "title: " + "[" * 20_000 + "\nsource:\n  path: ../källa.csv\n",
    "a bad date": "date: 2024-02-30\nsource:\n  path: ../källa.csv\n",
    "cp1252": "title: Å\nsource:\n  path: ../källa.csv\n".encode("cp1252"),
    "utf-16": "title: Å\nsource:\n  path: ../källa.csv\n".encode("utf-16"),
    "a mark": "\ufefftitle: Å\nsource:\n  path: ../källa.csv\n",
    "an anchor": "x: &s {path: ../källa.csv}\nsource: *s\n",
}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_protects_itself_and_its_source_however_it_is_written(tmp_path: Path, name: str):
    own = entry(tmp_path / "catalogue", ENTRIES[name])
    found = protected.protected_by(tmp_path / "catalogue")
    assert found.why(own) == "entry" and found.why(tmp_path / "källa.csv") == "source"
    assert found.why(tmp_path / "catalogue" / ".." / "källa.csv") == "source"
    assert found.why(tmp_path / "fri.csv") is None


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\xff\xfe binary",
        b"",
        b"[]",
        b"source: 3",
        b'source: {path: "a\\0b"}',
        b"source: {path: }",
    ],
)
def test_what_is_no_entry_breaks_nothing(tmp_path: Path, body: bytes):
    own = entry(tmp_path / "catalogue", body)
    (tmp_path / "catalogue" / "mapp.yaml").mkdir()
    (tmp_path / "catalogue" / "länk.yaml").symlink_to(tmp_path / "nothing")
    found = protected.protected_by(tmp_path / "catalogue")
    assert found.why(own) == "entry" and found.why(tmp_path / "fri.csv") is None


def test_a_path_without_end_protects_nothing_and_breaks_nothing(tmp_path: Path):
    entry(tmp_path / "catalogue", f"source: {{path: {'å' * 5_000}}}\n")
    assert protected.protected_by(tmp_path / "catalogue").why(tmp_path / "fri.csv") is None


def test_the_same_file_is_known_by_every_name(tmp_path: Path):
    """A hard link whose name differs in its letters' case alone is how a file looks where case does
    not count."""
    entry(tmp_path / "catalogue", ENTRIES["plain"])
    source = tmp_path / "källa.csv"
    source.write_text("x")
    (tmp_path / "KÄLLA.CSV").hardlink_to(source)
    (tmp_path / "link").symlink_to(source)
    (tmp_path / "links").symlink_to(tmp_path, target_is_directory=True)
    found = protected.protected_by(tmp_path / "catalogue")
    names = ("KÄLLA.CSV", "link", "links/källa.csv", "links/link", "catalogue/../links/KÄLLA.CSV")
    assert {found.why(tmp_path / name) for name in names} == {"source"}


def test_an_entry_that_is_a_link_protects_both_ends(tmp_path: Path):
    real = entry(tmp_path / "elsewhere", ENTRIES["plain"])
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "b.yaml").symlink_to(real)
    found = protected.protected_by(tmp_path / "catalogue")
    assert found.why(real) == found.why(tmp_path / "catalogue" / "b.yaml") == "entry"
    assert found.why(tmp_path / "catalogue" / "ny.yaml") == "entry", "it would be read as one"
    assert found.why(tmp_path / "catalogue" / "ny.html") is None


def test_all_parts_of_a_shapefile_are_its_source_also_those_to_come(tmp_path: Path):
    entry(tmp_path / "catalogue", "source: {path: ../plats.shp}\n")
    (tmp_path / "plats.DBF").write_text("")
    (tmp_path / "plats.shp").write_text("")
    found = protected.protected_by(tmp_path / "catalogue", [tmp_path / "catalogue" / "a.yaml"])
    assert {
        found.why(tmp_path / f"plats.{end}") for end in ("shp", "dbf", "shx", "prj", "cpg", "DBF")
    } == {"source"}
    assert found.why(tmp_path / "plats.html") is None


def test_the_projects_own_catalogue_is_protected_whichever_is_in_use(tmp_path: Path):
    found = protected.protected_by(tmp_path / "none")
    some = min(paths.catalogue().glob("*.yaml"))
    assert found.why(some) == "entry" and {found.why(one) for one in protected.sources(some)} <= {
        "source"
    }


def test_ours_is_what_reads_as_we_wrote_it(store: Path, tmp_path: Path):
    target = tmp_path / "x.html"
    for body in ("one", "two"):  # our own, again
        with Outputs(target, catalogue=tmp_path) as place:
            place.file.write_text(body)
    assert place.remembered and written.ours(tmp_path / "." / "x.html")
    target.write_text("filled in")
    with pytest.raises(ConfigurationError, match="har någon ändrat") as refused:
        Outputs(target, catalogue=tmp_path)
    assert refused.value.exit_code == 2 and "--overwrite" in refused.value.text("en")
    Outputs(target, catalogue=tmp_path, overwrite=True)
    target.write_text("two")
    Outputs(target, catalogue=tmp_path)


def test_what_appears_while_a_command_computes_is_seen_before_it_writes(
    store: Path, tmp_path: Path
):
    place = Outputs(tmp_path / "x.html", catalogue=tmp_path)
    (tmp_path / "x.html").write_text("somebody's")
    with pytest.raises(ConfigurationError), place:
        raise AssertionError("written")
    assert not written.ours(tmp_path / "x.html")


def test_of_several_none_is_written_where_one_may_not_be(store: Path, tmp_path: Path):
    (tmp_path / "b").write_text("theirs")
    (tmp_path / "Anna 191212121212").write_text("theirs")
    with pytest.raises(ConfigurationError) as refused:
        Outputs(*(tmp_path / name for name in ("a", "b", "Anna 191212121212")), catalogue=tmp_path)
    assert "b, Anna" in refused.value.text() and "191212121212" not in refused.value.text()


def test_a_writing_that_ends_early_is_noted_as_far_as_it_came(store: Path, tmp_path: Path):
    (tmp_path / "b").write_text("theirs")
    place = Outputs(
        tmp_path / "a", tmp_path / "b", tmp_path / "c", catalogue=tmp_path, overwrite=True
    )
    with pytest.raises(KeyboardInterrupt), place:
        (tmp_path / "a").write_text("ours")
        raise KeyboardInterrupt
    assert [written.ours(tmp_path / name) for name in "abc"] == [True, False, False]


DAMAGE = [
    b"",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b'{"schema": "datakollen/written/1", "files": [1]}',
    b"[" * 100_000,
    b'{"schema": "datakollen/written/1", "files": {"x": 3}}',
    b'{"schema": "another", "files": {"x": "y"}}',
]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_register_counts_as_empty_and_is_written_anew(
    store: Path, tmp_path: Path, damage: bytes
):
    store.mkdir()
    (store / "written.json").write_bytes(damage)
    assert written.known() == {}
    (tmp_path / "x").write_text("ours")
    assert (
        written.remember([tmp_path / "x"])
        and written.ours(tmp_path / "x")
        and len(written.known()) == 1
    )


def test_the_register_is_private_and_keeps_the_newest(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(written, "MOST", 3)
    files = [tmp_path / name for name in "abcd"]
    for file in files:
        file.write_text(file.name)
        written.remember([file])
    written.remember(files[1:2])
    written.remember([*files[:1]])
    assert [Path(name).name for name in written.known()] == ["d", "b", "a"]
    if os.name == "posix":
        assert (
            store / "written.json"
        ).stat().st_mode & 0o777 == 0o600 and store.stat().st_mode & 0o777 == 0o700


def test_a_name_that_is_no_text_is_kept_all_the_same(store: Path, tmp_path: Path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe5.html"))
    try:
        file.write_text("x")
    except OSError:
        pytest.skip("this file system has no such names")
    assert (
        written.remember([file])
        and written.ours(file)
        and json.loads((store / "written.json").read_bytes())
    )


def test_a_register_that_cannot_be_written_is_told_and_the_file_is_there(
    store: Path, tmp_path: Path
):
    store.write_text("a file where the folder should be")
    with Outputs(tmp_path / "x", catalogue=tmp_path) as place:
        place.file.write_text("ours")
    assert not place.remembered and (tmp_path / "x").read_text() == "ours"


def test_a_path_is_settled_where_the_command_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a").mkdir()
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "b").symlink_to(tmp_path / "far" / "away")
    monkeypatch.chdir(tmp_path)
    found = [outputs.settled(Path(one)) for one in ("x", "a/../x", "b/../x", "none/../x")]
    monkeypatch.chdir(tmp_path / "a")
    real = Path(os.path.realpath(tmp_path))
    assert found == [tmp_path / "x", real / "x", real / "far" / "x", real / "x"]
