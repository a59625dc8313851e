"""A report is replaced whole: killed anywhere, the good one is there or is put back, and what was
left is removed."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from helpers.words.errors import ConfigurationError
from helpers.words.files import locks, reports
from helpers.words.files.replacing import Replacement


class Killed(BaseException):
    """The end of a process: nothing that would tidy up does anything after it."""


def build(output: Path, body: str, *, overwrite: bool = False) -> None:
    place = Replacement(output, mine=reports.ours)
    with place.alone():
        reports.refuse_content(output, overwrite=overwrite)
    with place.aside() as aside:
        (aside / "candidates").mkdir()
        (aside / "candidates" / "page.html").write_text(body)
        said = {"schema": reports.SCHEMA, "files": reports.checksums(aside)}
        (aside / "run.json").write_text(json.dumps(said))
        place.put(aside, lambda: reports.refuse_content(output, overwrite=overwrite))


def read(output: Path) -> str:
    return (output / "candidates" / "page.html").read_text()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_report_takes_the_place_of_the_one_before(tmp_path: Path):
    for body in ("one", "two"):
        build(tmp_path / "new" / "reports", body)
    assert read(tmp_path / "new" / "reports") == "two" and names(tmp_path / "new") == ["reports"]
    assert names(tmp_path / "new" / "reports") == ["candidates", "run.json"]


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_killed_between_any_two_moves_the_next_start_finds_a_good_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
):
    """0: before the first move; 1: between the two, where no report is seen; 2: before the old one
    is removed."""
    output, rename, done = tmp_path / "reports", Path.rename, []
    build(output, "good")

    def killed(self: Path, target: Path) -> Path:
        if len(done) >= moves:
            raise Killed
        done.append(target)
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", killed)
        patched.setattr("shutil.rmtree", lambda *_, **__: None)  # nobody tidies up either
        with pytest.raises(Killed):
            build(output, "new")
    assert output.exists() is (moves != 1) and len(names(tmp_path)) >= 2
    with Replacement(output, mine=reports.ours).alone():
        pass
    assert read(output) == ("new" if moves == 2 else "good") and names(tmp_path) == ["reports"]
    build(output, "newer")
    assert read(output) == "newer" and names(tmp_path) == ["reports"]


DIES = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_replacing
rename, done = Path.rename, []
def dies(self, target):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(target)
    return rename(self, target)
Path.rename = dies
test_replacing.build(Path(sys.argv[1]), "new")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a signal of POSIX")
def test_a_process_that_is_killed_between_the_two_moves_loses_nothing(tmp_path: Path):
    output = tmp_path / "reports"
    build(output, "good")
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(output), str(Path(__file__).parent)], timeout=1200
    )
    assert (
        done.returncode == -signal.SIGKILL and not output.exists() and len(names(tmp_path)) == 3
    )  # with the lock
    with Replacement(output, mine=reports.ours).alone():
        pass
    assert read(output) == "good" and names(tmp_path) == ["reports"]


def test_a_move_that_fails_leaves_the_good_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    output, rename = tmp_path / "reports", Path.rename
    build(output, "good")

    def fails(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise PermissionError(errno.EACCES, "open elsewhere")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(ConfigurationError):
        build(output, "new")
    assert read(output) == "good" and names(tmp_path) == ["reports"]


def test_many_runs_at_once_all_end_well(tmp_path: Path):
    output, failed = tmp_path / "reports", []
    build(output, "0")

    def run(name: str) -> None:
        try:
            for number in range(25):
                build(output, f"{name}{number}")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(name,)) for name in "abc"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed and read(output)[1:] == "24" and names(tmp_path) == ["reports"]


def test_the_folder_of_a_run_that_lives_stays_and_that_of_a_killed_one_goes(tmp_path: Path):
    output = tmp_path / "reports"
    other = tmp_path / ".reports.mine.part.txt"  # not such a folder
    other.write_text("theirs")
    left = tmp_path / ".reports.abcd1234.part"
    left.mkdir()
    (left / ".alive").touch()  # nobody holds it
    with Replacement(output, mine=reports.ours).aside() as living:
        (living / "x").touch()
        build(output, "new")
        assert (living / "x").is_file() and not left.exists() and other.is_file()
    assert not living.exists()


def test_a_hidden_folder_that_is_not_ours_is_not_removed(tmp_path: Path):
    (tmp_path / ".reports.old").mkdir()
    (tmp_path / ".reports.old" / "precious").touch()
    with pytest.raises(ConfigurationError, match=r"\.reports\.old"):
        build(tmp_path / "reports", "new")
    assert names(tmp_path) == [".reports.old"]


def test_a_report_behind_a_link_is_replaced_where_it_lies(tmp_path: Path):
    (tmp_path / "www").mkdir()
    (tmp_path / "reports").symlink_to(tmp_path / "www" / "data")
    for body in ("one", "two"):
        build(tmp_path / "reports", body)
    assert (tmp_path / "reports").is_symlink() and read(tmp_path / "www" / "data") == "two"
    assert names(tmp_path / "www") == ["data"] and names(tmp_path) == ["reports", "www"]


def changed(output: Path, what: str) -> None:
    page = output / "candidates" / "page.html"
    if what == "edited":
        page.write_text("filled in")
    elif what == "added":
        (output / "candidates" / "notes.docx").touch()
    elif what == "linked":
        (output / "source.csv").symlink_to(page)
    elif what == "a folder linked":
        (output / "sources").symlink_to(output / "candidates", target_is_directory=True)


@pytest.mark.parametrize("what", ["edited", "added", "linked", "a folder linked"])
def test_what_we_did_not_write_in_a_report_stays_unless_told(tmp_path: Path, what: str):
    output = tmp_path / "reports"
    build(output, "one")
    changed(output, what)
    with pytest.raises(ConfigurationError, match="--overwrite") as refused:
        build(output, "two")
    assert (
        refused.value.exit_code == 2
        and read(output) in ("one", "filled in")
        and names(tmp_path) == ["reports"]
    )
    build(output, "two", overwrite=True)
    assert read(output) == "two"


def test_what_is_put_there_while_a_run_computes_is_seen(tmp_path: Path):
    output = tmp_path / "reports"
    build(output, "one")
    place = Replacement(output, mine=reports.ours)
    with pytest.raises(ConfigurationError), place.aside() as aside:
        changed(output, "added")
        place.put(aside, lambda: reports.refuse_content(output))
    assert read(output) == "one" and names(tmp_path) == ["reports"]


def test_what_a_system_leaves_is_nobodys_and_an_older_report_is_ours_whole(tmp_path: Path):
    output = tmp_path / "reports"
    build(output, "one")
    for name in (".DS_Store", "Thumbs.db", "._page.html", ".ipynb_checkpoints/page.html"):
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).touch()
    build(output, "two")
    (output / "run.json").write_text(json.dumps({"schema": reports.SCHEMA}))
    changed(output, "added")
    build(output, "three")
    assert read(output) == "three" and names(output) == ["candidates", "run.json"]


@pytest.mark.parametrize("said", ['{"schema": "another"}', "[]", "", "[" * 100_000])
def test_a_folder_with_another_run_json_is_not_ours_even_if_told(tmp_path: Path, said: str):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "run.json").write_text(said)
    for overwrite in (False, True):
        with pytest.raises(ConfigurationError, match="annat än en rapport"):
            build(tmp_path / "theirs", "x", overwrite=overwrite)
    assert names(tmp_path) == ["theirs"]


def test_a_report_is_put_nowhere_above_what_must_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "private" / "store"))
    catalogue = tmp_path / "c" / "catalogue"
    catalogue.mkdir(parents=True)
    (catalogue / "a.yaml").write_text("source: {path: ../../d/deep/x.csv}\n")
    (tmp_path / "link").symlink_to(tmp_path / "c")
    (tmp_path / "d").mkdir()
    (tmp_path / "file").write_text("x")
    for name in (
        "c/catalogue",
        "c",
        "link",
        "d",
        "d/deep",
        "private",
        "private/store",
        ".",
        "c/../d",
    ):
        with pytest.raises(ConfigurationError, match="ersätter hela mappen"):
            reports.refuse_place(tmp_path / name, catalogue)
    from helpers.words import paths

    for above in (
        paths.project_root(),
        paths.project_root().parent,
        Path(paths.project_root().anchor),
        paths.catalogue(),
    ):
        with pytest.raises(ConfigurationError, match="ersätter hela mappen"):
            reports.refuse_place(above, catalogue)
    with pytest.raises(ConfigurationError, match="är en fil"):
        reports.refuse_place(tmp_path / "file", catalogue)
    for name in ("reports", "c/reports", "d/deep2", "c/catalogue/reports", "private/store2"):
        reports.refuse_place(tmp_path / name, catalogue)


def test_a_lock_that_others_hold_too_long_is_said(tmp_path: Path):
    with locks.held(tmp_path / "lock"):
        assert locks.taken(tmp_path / "lock") is None
        with (
            pytest.raises(ConfigurationError, match="annan körning"),
            locks.held(tmp_path / "lock", wait_s=0),
        ):
            raise AssertionError("two at once")
    assert not (tmp_path / "lock").exists()


def test_where_there_are_no_locks_nothing_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if not hasattr(locks, "fcntl"):
        pytest.skip("the locks of POSIX")

    def none(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(locks.fcntl, "flock", none)
    left = tmp_path / ".reports.abcd1234.part"
    left.mkdir()
    (left / ".alive").touch()
    build(tmp_path / "reports", "one")
    assert read(tmp_path / "reports") == "one" and left.is_dir()
