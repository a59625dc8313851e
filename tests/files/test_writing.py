"""A file is written whole or not at all, and whatever the system says against it is said in
words."""

from __future__ import annotations

import ast
import errno
import os
import re
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.words.errors import ConfigurationError
from helpers.words.files import writing

WINDOWS = os.name == "nt"


def alone(folder: Path, *names: str) -> bool:
    """True where nothing but these files is there: no temporary was left."""
    return sorted(one.name for one in folder.iterdir()) == sorted(names)


def test_what_is_written_is_there_whole_and_nothing_beside_it(tmp_path: Path):
    target = tmp_path / "ny" / "mapp" / "å.txt"
    assert writing.write_text(target, "ett\n") == target and writing.write_text(target, "två\n")
    assert target.read_bytes() == "två\n".encode() and alone(target.parent, "å.txt")


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, RuntimeError, MemoryError])
def test_a_writing_that_ends_early_leaves_what_was_there(tmp_path: Path, end: type[BaseException]):
    target = tmp_path / "x.csv"
    target.write_text("kept")
    seen = []
    with pytest.raises(end), writing.aside(target) as part:
        part.write_text("half")
        seen.append((part.parent, part.suffix, part.name[0], target.read_text()))
        raise end
    assert seen == [(tmp_path, ".csv", ".", "kept")]
    assert target.read_text() == "kept" and alone(tmp_path, "x.csv")


def test_interrupted_while_moved_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "x").write_text("kept")

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.write_text(tmp_path / "x", "new")
    assert (tmp_path / "x").read_text() == "kept" and alone(tmp_path, "x")


@pytest.mark.skipif(WINDOWS, reason="permissions of POSIX")
def test_permissions_are_the_usual_ones_or_the_owners_alone(tmp_path: Path):
    before = os.umask(0o027)
    try:
        usual = writing.write_text(tmp_path / "usual", "")
        with writing.aside(tmp_path / "secret", private=True) as part:
            assert stat.S_IMODE(part.stat().st_mode) == 0o600, "from its first byte"
            part.write_text("x")
        (tmp_path / "old").touch(0o664)
        (tmp_path / "old").chmod(0o664)
        old = writing.write_text(tmp_path / "old", "new")
        (tmp_path / "open").touch(0o644)
        now = writing.write_text(tmp_path / "open", "x", private=True)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (usual, tmp_path / "secret", old, now)]
    assert modes == [0o640, 0o600, 0o664, 0o600]


def test_a_link_is_followed(tmp_path: Path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "there" / "real.txt")
    writing.write_text(link, "x")
    writing.write_text(link, "y")
    assert (
        link.is_symlink()
        and (tmp_path / "there" / "real.txt").read_text() == "y"
        and alone(tmp_path / "there", "real.txt")
    )


def _raises(number: int, winerror: int | None = None) -> Callable[..., None]:
    class System(OSError):
        pass

    error = System(number, "what the system says")
    error.winerror = winerror  # type: ignore[attr-defined]

    def fails(*_: Any, **__: Any) -> None:
        raise error

    return fails


@pytest.mark.parametrize(
    ("number", "winerror", "said"),
    [
        (errno.ENOSPC, None, "inget ledigt utrymme"),
        (errno.EDQUOT, None, "inget ledigt utrymme"),
        (errno.EROFS, None, "skrivskyddad"),
        (errno.EACCES, None, "skrivskyddad"),
        (errno.EPERM, None, "skrivskyddad"),
        (errno.ENAMETOOLONG, None, "för lång"),
        (errno.EINVAL, None, "inte tillåter"),
        (errno.EIO, None, "EIO"),
        (errno.EACCES, 32, "öppen i ett annat program"),
        (errno.EACCES, 33, "öppen i ett annat program"),
        (errno.EINVAL, 123, "inte tillåter"),
        (errno.ENOENT, 206, "för lång"),
        (errno.ENOSPC, 112, "inget ledigt utrymme"),
    ],
)
@pytest.mark.parametrize("step", ["make", "move"])
def test_what_the_system_says_is_said_in_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    winerror: int | None,
    said: str,
    step: str,
):
    place, name = (os, "open") if step == "make" else (Path, "replace")
    (tmp_path / "fil.html").write_text("kept")
    with monkeypatch.context() as patched:
        patched.setattr(place, name, _raises(number, winerror))
        with pytest.raises(ConfigurationError) as refused:
            writing.write_text(tmp_path / "fil.html", "new")
    assert said in refused.value.text("sv") and "fil.html" in refused.value.text("en")
    assert refused.value.exit_code == 2 and str(tmp_path) not in refused.value.text("sv")
    assert (tmp_path / "fil.html").read_text() == "kept" and alone(tmp_path, "fil.html")


def test_a_disk_that_fills_while_a_library_writes_is_said(tmp_path: Path):
    with (
        pytest.raises(ConfigurationError, match="ledigt utrymme"),
        writing.aside(tmp_path / "x.xlsx"),
    ):
        raise OSError(errno.ENOSPC, "no room")  # as a stream's write says it: without a name


def test_another_files_fault_is_not_said_of_this_one(tmp_path: Path):
    with pytest.raises(FileNotFoundError), writing.aside(tmp_path / "x.csv"):
        (tmp_path / "source.csv").read_bytes()
    assert alone(tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mapp", "en mapp med det namnet"),
        ("fil.txt/under/x.html", "en fil och inte en mapp"),
        ("a\0b.html", "inte tillåter"),
        ("å" * 300, "för lång"),
        ("rör", "ingen vanlig fil"),
        ("191212121212.html/x", "en fil och inte en mapp"),
    ],
)
def test_what_can_never_be_written_is_refused_before_anything_is(
    tmp_path: Path, name: str, said: str
):
    (tmp_path / "mapp").mkdir()
    (tmp_path / "fil.txt").write_text("kept")
    (tmp_path / "191212121212.html").write_text("")
    if name == "rör":
        if WINDOWS:
            pytest.skip("no such files")
        os.mkfifo(tmp_path / "rör")
    before = sorted(tmp_path.iterdir())
    for attempt in (writing.checked, lambda target: writing.write_text(target, "x")):
        with pytest.raises(ConfigurationError) as refused:
            attempt(tmp_path / name)
        assert said in refused.value.text("sv") and "191212121212" not in refused.value.text("sv")
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_its_owner_made_read_only_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "x").write_text("kept")
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever runs the tests may write anything
    with pytest.raises(ConfigurationError, match="skrivskyddad"):
        writing.write_text(tmp_path / "x", "new")
    with pytest.raises(ConfigurationError, match="skrivskyddad"):
        writing.write_text(tmp_path / "ny" / "x", "new")
    assert (tmp_path / "x").read_text() == "kept" and alone(tmp_path, "x")


def test_of_many_that_write_at_once_each_is_read_whole(tmp_path: Path):
    target, size = tmp_path / "x", 200_000
    writing.write_bytes(target, b"0" * size)
    seen: set[tuple[int, int]] = set()

    def write(letter: bytes) -> None:
        for _ in range(20):
            writing.write_bytes(target, letter * size)
            found = target.read_bytes()
            seen.add((len(found), len(set(found))))

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == {(size, 1)} and alone(tmp_path, "x")


@pytest.mark.parametrize("links", [True, False])
def test_what_is_new_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool):
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _raises(errno.EPERM))
    won = [
        writing.write_new(tmp_path / "secret", name, private=True) for name in (b"first", b"second")
    ]
    assert (
        won == [True, False]
        and (tmp_path / "secret").read_bytes() == b"first"
        and alone(tmp_path, "secret")
    )
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    assert not writing.write_new(tmp_path / "link", b"x") and not (tmp_path / "nothing").exists()


def test_a_persons_text_keeps_its_kind_of_line_ends(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"one\r\ntwo\r\n")
    writing.amend_text(tmp_path / "a", "one\nthree\n")
    writing.amend_text(tmp_path / "b", "one\n")
    assert (tmp_path / "a").read_bytes() == b"one\r\nthree\r\n" and (
        tmp_path / "b"
    ).read_bytes() == b"one\n"


def test_only_what_killed_processes_left_long_ago_is_swept(tmp_path: Path):
    old, new, other = (
        tmp_path / name for name in (f".{'a' * 16}.part.csv", f".{'b' * 16}.part", ".min.part")
    )
    for one in (old, new, other):
        one.touch()
    for one in (old, other):
        os.utime(one, (0, 0))
    writing.sweep(tmp_path)
    writing.sweep(tmp_path / "none")
    assert alone(tmp_path, new.name, other.name)


SOURCE = Path(writing.__file__).parents[2]
# work files: of a snapshot, of what is fetched to be looked at
PRIVATE = ("files", "reading", "samples", "running/watching/fetching.py")
SAVES = {"save", "to_file", "to_csv", "to_parquet", "to_excel", "NamedTemporaryFile", "mkstemp"}


def _writes_itself(call: ast.Call) -> bool:
    """True where a call writes a file by itself, and not to ``part``, which ``writing.aside`` gave
    it."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, whose = call.func.attr, ast.unparse(call.func.value)
    given = [ast.unparse(one) for one in call.args]
    if name in ("write_text", "write_bytes", "touch"):
        return whose not in ("writing", "part", "formatter")  # a formatter of help writes none
    if name == "open":
        return whose != "part" and any(
            re.fullmatch(r"'[rwaxbt+]*[wax+][bt+]*'", one) for one in given
        )
    return (
        name in SAVES
        and bool(given)
        and whose != "weights"
        and not any("part" in one for one in given)
    )


WRITERS = [
    one
    for one in sorted(SOURCE.rglob("*.py"))
    if not one.relative_to(SOURCE).as_posix().startswith(PRIVATE)
]


@pytest.mark.parametrize("file", WRITERS, ids=lambda file: str(file.relative_to(SOURCE)))
def test_there_is_one_way_to_write(file: Path):
    calls = [
        one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.Call)
    ]
    assert not [f"{one.lineno}: {ast.unparse(one)}" for one in calls if _writes_itself(one)]


@pytest.mark.parametrize(
    ("line", "itself"),
    [
        ("file.write_text(x, 'utf-8')", True),
        ("writing.write_text(file, x)", False),
        ("book.save(file)", True),
        ("book.save(part)", False),
        ("part.open('w', encoding='utf-8')", False),
        ("file.open('w')", True),
        ("file.open('rb')", False),
        ("file.open(encoding='utf-8')", False),
        ("file.open('r+b')", True),
    ],
)
def test_the_law_above_sees_what_writes(line: str, itself: bool):
    call = ast.parse(line).body[0].value  # type: ignore[attr-defined]
    assert _writes_itself(call) is itself


@pytest.mark.parametrize("name", ["CON.csv", "nul", "aux.tar.gz", "com1.docx"])
def test_a_devices_name_is_refused_on_windows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert writing.checked(tmp_path / name) == tmp_path / name
    monkeypatch.setattr("helpers.words.files.writing.os.name", "nt")
    with pytest.raises(ConfigurationError) as error:
        writing.checked(tmp_path / name)
    assert error.value.key == "files.bad_name"
