"""Whatever goes wrong in a command is two sentences and the contract's exit code: never a
traceback, never a raw cell."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from helpers.declared import catalogue
from helpers.filling_in import adding
from helpers.running.commands.app import guarded
from helpers.running.opening import Opened
from helpers.running.single import looked_at
from helpers.running.watched import Worker
from helpers.words import guarding, paths
from helpers.words.errors import ComputationFailed, ConfigurationError, InputRefused
from helpers.words.messages import LANGUAGES

from .spoken import SECRET, invoke

pytestmark = pytest.mark.usefixtures("commands_made_once")

TABLE = "id;namn;lat;lon\n1;Eken;56,16;15,58\n2;Alen;56,17;15,59\n"
ENTRY = "id: a\ntitle: Bad\ntype: annan\norganisation: umea\n"


def as_process(
    *arguments: str | Path, python: tuple[str, ...] = (), **given: Any
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", *python, "-m", "helpers", *map(str, arguments)]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | given
    return subprocess.run(command, text=True, encoding="utf-8", **given)


def raised(error: BaseException) -> Callable[..., Any]:
    def raising(*_given: Any, **_named: Any) -> None:
        raise error

    return raising


def broken(kind: type[Exception]) -> Exception:
    return kind(f"cell {SECRET} in row 3")


class IOException(Exception):
    pass


IOException.__module__ = "_duckdb"
RAISED = [
    (ConfigurationError("running.no_entry"), 2, "Filen har ingen post i katalogen"),
    (InputRefused("reading.empty", {"file": "x"}), 3, "x"),
    (ComputationFailed("running.died", {"code": "9", "megabytes": 12}), 4, "med kod 9"),
    (OSError(errno.ENOSPC, "No space left", "/x/rapport.html"), 4, "rapport.html). Disken är full"),
    (OSError(errno.EDQUOT, "quota"), 4, "Disken är full"),
    (OSError(errno.EROFS, "Read-only", "/x/rapport"), 2, "tillåter inte åtkomst till rapport"),
    (PermissionError(errno.EACCES, "denied", f"/x/{SECRET}.csv"), 2, "tillåter inte åtkomst"),
    (FileNotFoundError(errno.ENOENT, "no", "/x/y"), 2, "ingen sådan fil eller mapp: y"),
    (NotADirectoryError(errno.ENOTDIR, "no", "/x/y"), 2, "ingen sådan fil eller mapp"),
    (IsADirectoryError(errno.EISDIR, "no", "/x/y"), 2, "y är en mapp"),
    (FileExistsError(errno.EEXIST, "no", "/x/y"), 2, "finns redan"),
    (OSError(errno.ENAMETOOLONG, "long", "x" * 5000), 2, "för lång"),
    (OSError(errno.EMFILE, "many"), 4, "för många filer"),
    (OSError(errno.EIO, "io", b"/x/\xe5"), 4, "Systemet säger nej (EIO)"),
    (OSError("no number"), 4, "Systemet säger nej"),
    (MemoryError(), 4, "Minnet tog slut"),
    (RecursionError(), 4, "i för många nivåer"),
    (UnicodeEncodeError("utf-8", SECRET, 0, 1, "surrogates"), 4, "går inte att skriva som UTF-8"),
    (ModuleNotFoundError("no", name="duckdb"), 4, "Biblioteket duckdb"),
    (KeyboardInterrupt(), 130, "Avbrutet"),
    *(
        (broken(kind), 4, f"({kind.__name__} i ")
        for kind in (ValueError, KeyError, TypeError, AssertionError, ZeroDivisionError)
    ),
    (broken(IOException), 4, "duckdb.IOException i "),
    (IOException("IO Error: No space left on device"), 4, "Disken är full"),
    (BrokenPipeError(), 0, ""),
]


@pytest.mark.parametrize(
    ("error", "code", "part"),
    RAISED,
    ids=[f"{n}-{type(e).__name__}" for n, (e, *_) in enumerate(RAISED)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_said_with_its_code(
    error: BaseException, code: int, part: str, language: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(typer.Exit) as caught:
        guarded(raised(error))(language=language)
    said = capsys.readouterr().err
    assert caught.value.exit_code == code
    assert "Traceback" not in said and SECRET not in said and "cell" not in said
    assert language == "en" or part in said
    assert bool(said) == bool(part) and "\n" not in said.strip()


def test_an_unforeseen_error_names_our_module_and_line():
    try:
        catalogue.load(None)  # type: ignore[arg-type]
    except AttributeError as error:
        assert guarding.where(error).startswith("declared/catalogue.py:")
        assert "declared/catalogue.py:" in guarding.foreseen(error).text("sv")
    assert guarding.where(ValueError()) == "-"


def test_the_traceback_is_shown_to_whoever_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATAKOLLEN_DEBUG", "1")
    with pytest.raises(typer.Exit):
        guarded(raised(ValueError("x")))()
    assert "Traceback" in capsys.readouterr().err


COMMANDS: dict[str, list[str]] = {
    "list": ["list"],
    "rank": ["rank"],
    "run": ["run", "--output", "OUT"],
    "rows": ["rows", "a", "--output", "OUT"],
    "mask": ["mask", "a", "--output", "OUT.csv"],
    "checklist": ["checklist", "a", "--output", "OUT.html"],
    "decide": ["decide", "a", "--role", "x", "--registry-number", "1", "--date", "2026-01-01"],
    "papers": ["papers", "--output", "OUT"],
    "papers of one": ["papers", "a", "--output", "OUT"],
    "inventory": ["inventory", "--write", "OUT.xlsx"],
    "between": ["between", "--output", "OUT.html"],
}
CATALOGUES: dict[str, tuple[Callable[[Path], object], str]] = {
    "windows-1252": (
        lambda file: file.write_bytes((ENTRY + "# å\n").encode("cp1252")),
        "spara om filen som utf-8",
    ),
    "utf-16": (lambda file: file.write_bytes(ENTRY.encode("utf-16")), "spara om filen som utf-8"),
    "binary": (lambda file: file.write_bytes(bytes(range(256))), "spara om filen som utf-8"),
    "no such day": (
        lambda file: file.write_text(ENTRY + "licence: 2024-02-30\n", "utf-8"),
        "a.yaml:5",
    ),
    "20,000 brackets": (lambda file: file.write_text("[" * 20_000, "utf-8"), "60 nivåer"),
    "5,000 digits": (
        lambda file: file.write_text(ENTRY + "licence: " + "9" * 5000, "utf-8"),
        "a.yaml:5",
    ),
    "a folder": (lambda file: file.mkdir(), "är en mapp"),
    "a nul in a path": (
        lambda file: file.write_text(ENTRY + 'source: {path: "a\\0b"}\n', "utf-8"),
        "source.path",
    ),
    "a long path": (
        lambda file: file.write_text(f"{ENTRY}source: {{path: {'x' * 5000}}}\n", "utf-8"),
        "source.path",
    ),
    "a dangling link": (
        lambda file: file.symlink_to("ingenstans"),
        "länken pekar på en fil som inte finns",
    ),
    "a key twice": (lambda file: file.write_text(f"{ENTRY}id: a\n", "utf-8"), "a.yaml:5"),
}


@pytest.mark.parametrize(
    ("command", "fault"),
    [*(("list", fault) for fault in CATALOGUES), *((name, "windows-1252") for name in COMMANDS)],
)
def test_a_wrong_catalogue_is_told_by_every_command_before_anything_is_written(
    command: str, fault: str, tmp_path: Path
):
    folder = tmp_path / "katalog"
    folder.mkdir()
    make, part = CATALOGUES[fault]
    make(folder / "a.yaml")
    arguments = [one.replace("OUT", str(tmp_path / "ut")) for one in COMMANDS[command]]
    code, said = invoke(*arguments, "--catalogue", folder)
    assert code == 2 and part in said.lower() and "a.yaml:" in said
    assert sorted(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("there", [False, True])
def test_no_catalogue_and_an_empty_one_are_no_tracebacks(command: str, there: bool, tmp_path: Path):
    folder = tmp_path / "katalog"
    if there:
        folder.mkdir()
    arguments = [one.replace("OUT", str(tmp_path / "ut")) for one in COMMANDS[command]]
    code, said = invoke(*arguments, "--catalogue", folder)
    if command not in ("inventory", *(["list"] if there else [])):
        assert code == 2 and said


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "FILE"],
        ["check", "FILE", "--json"],
        ["check", "FOLDER"],
        ["check", "a\udce5.csv"],
        ["check", "x" * 5000],
        ["check", "FILE", "--previous", "FILE"],
    ],
)
def test_check_of_what_is_no_file(arguments: list[str], tmp_path: Path):
    (tmp_path / "tom").mkdir()
    given = [
        one.replace("FILE", str(tmp_path / "finns-inte.csv")).replace(
            "FOLDER", str(tmp_path / "tom")
        )
        for one in arguments
    ]
    code, _ = invoke(*given)
    assert code == 3


def test_add_says_which_of_the_files_are_not_there(tmp_path: Path):
    for name in ("finns-inte.csv", "a\udce5.csv"):
        code, said = invoke("add", tmp_path / name, "--catalogue", tmp_path / "katalog")
        assert code == 3 and Path(name).stem[0] in said and not (tmp_path / "katalog").exists()


def test_add_goes_on_past_what_it_cannot_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "filer"
    folder.mkdir()
    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        (folder / name).write_text(TABLE, "utf-8")
    if os.name == "posix":
        Path(os.fsdecode(os.fsencode(folder) + b"/sj\xf6.csv")).write_text(TABLE, "utf-8")
    from helpers import reading

    real = reading.read
    wrong: dict[str, Exception] = {
        "b.csv": broken(ValueError),
        "c.csv": PermissionError(13, "no", str(folder / "c.csv")),
    }

    def read(file: Path, *given: Any, **named: Any) -> Any:
        if file.name in wrong:
            raise wrong[file.name]
        return real(file, *given, **named)

    monkeypatch.setattr(reading, "read", read)
    monkeypatch.setattr(
        Worker, "ask", lambda _, work, *given, seconds=None: work(*given)
    )  # where the patch is
    code, said = invoke("add", folder, "--catalogue", tmp_path / "katalog")
    assert {one.name for one in (tmp_path / "katalog").iterdir()} == {"a.yaml", "d.yaml"}
    assert code == 4 and "c.csv går inte att öppna" in said and "ValueError" in said
    assert os.name != "posix" or "sj�.csv" in said


def test_add_beside_entries_that_are_none(tmp_path: Path):
    for number, (make, _) in enumerate(CATALOGUES.values()):
        make(tmp_path / f"x{number}.yaml")
    (tmp_path / "data.csv").write_text(TABLE, "utf-8")
    assert [
        one.name for one in adding.add([tmp_path / "data.csv"], tmp_path, looked_at).written
    ] == ["data.yaml"]


def test_check_goes_on_past_a_file_that_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from helpers.running import single

    def checked(opened: Any) -> Any:
        if opened.file.name == "c.csv":
            raise broken(KeyError)
        if opened.file.name == "b.csv":
            raise InputRefused("reading.empty", {"file": "b.csv"})
        return {"file": opened.file.name}

    monkeypatch.setattr(single, "_checked", checked)
    monkeypatch.setattr(Opened, "findings", [])
    for name in ("a.csv", "b.csv", "c.csv", "d.csv"):
        (tmp_path / name).write_text(TABLE, "utf-8")
    code, said = invoke("check", tmp_path, "--json")
    found = [json.loads(line) for line in said.splitlines()]
    assert code == 4 and [one["file"] for one in found] == ["a.csv", "b.csv", "c.csv", "d.csv"]
    assert found[1]["error"]["code"] == "reading.empty"
    assert found[2]["error"]["code"] == "guarding.broke" and set(found[2]["error"]["message"]) == {
        "sv",
        "en",
    }


def test_an_argument_that_is_no_text_is_refused_before_anything_is_written(tmp_path: Path):
    entry = tmp_path / "x.yaml"
    entry.write_text("id: x\ntitle: X\ntype: annan\norganisation: umea\n", "utf-8")
    for language, said_of in (("sv", "läsa som text"), ("en", "read as text")):
        for command in (
            ["decide", "x", "--role", "\udce5", "--registry-number", "1", "--date", "2026-11-29"],
            ["rows", "\udce5", "--output", tmp_path / "ut"],
        ):
            common = ["--catalogue", tmp_path, "--language", language]
            code, said = invoke(*command, *common)
            assert code == 2 and said_of in said, said
    with pytest.raises(ConfigurationError):
        catalogue.record(entry, "decision", {"role": "\ud800"})
    assert entry.read_text("utf-8").endswith("umea\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["template", "hundar"],
        ["template", "badplats", "--output", "NOWHERE/x/y.xlsx"],
        ["rank", "--weights", "BOMB"],
        ["rank", "--weights", "NOWHERE"],
        ["rank", "--without", "hund"],
        ["inventory"],
        ["inventory", "NOWHERE"],
        ["rows", "finns-inte", "--output", "OUT"],
        ["run", "finns-inte", "--output", "OUT"],
        ["decide", "a", "--role", "x", "--registry-number", "1", "--date", "2026-02-30"],
        ["hundar"],
        ["check"],
        ["run", "--jobs", "0"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str], tmp_path: Path):
    bomb = tmp_path / "weights.yaml"
    nested = "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 30))
    bomb.write_text(f"a0: &a0 [1, 1]\n{nested}", "utf-8")
    (tmp_path / "fil").write_text("x", "utf-8")
    put = {"BOMB": str(bomb), "NOWHERE": str(tmp_path / "fil" / "x"), "OUT": str(tmp_path / "ut")}
    given = []
    for one in arguments:
        for name, value in put.items():
            one = one.replace(name, value)
        given.append(one)
    code, said = invoke(*given)
    assert code in ((2, 3) if "NOWHERE" in "".join(arguments) else (2,)) and said


def test_a_full_disk_behind_standard_output_is_said(tmp_path: Path):
    if not Path("/dev/full").exists():
        pytest.skip("no full device on this system")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    for arguments in (["check", tmp_path / "x.pdf", "--json"], ["--help"]):
        with Path("/dev/full").open("w") as full:
            done = as_process(*arguments, stdout=full)
        assert (
            done.returncode == 4
            and "Disken är full" in done.stderr
            and "Traceback" not in done.stderr
        ), arguments
        assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise elsewhere")
def test_a_reader_that_has_gone_is_no_error():
    read, write = os.pipe()
    os.close(read)
    done = as_process("list", stdout=write)
    os.close(write)
    assert done.stderr == "" and done.returncode == 0


def test_without_help_texts_it_is_refused_at_the_start(tmp_path: Path):
    done = as_process("list", python=("-OO",))
    assert (
        done.returncode == 2 and "PYTHONOPTIMIZE" in done.stderr and "Traceback" not in done.stderr
    )
    assert as_process("list", python=("-O",)).returncode == 0


def test_a_message_file_with_a_fault_is_said_without_words(tmp_path: Path):
    """Whoever translates and saves in another encoding learns which file and line."""
    code = (
        "import sys; from helpers.words.files import strict_text, ours; real ="
        " strict_text.read\nfrom helpers.words.faults import Fault\nstrict_text.read = lambda"
        " path, most: Fault(path.name, 7, 'encoding') if 'sv' in path.parts else real(path,"
        " most)\nsys.argv = ['datakollen', 'list']\nfrom helpers.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (
        done.returncode == 2
        and "cli.yaml:7: encoding" in done.stderr
        and "Traceback" not in done.stderr
    )


def test_a_child_process_is_spared_the_command_line():
    code = (
        "import sys, runpy; runpy.run_module('helpers.__main__', run_name='__mp_main__');"
        " print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not {"typer", "rich", "yaml", "pydantic", "duckdb", "numpy"} & loaded


def test_where_the_project_lies_is_not_needed_to_say_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(paths, "catalogue", lambda: tmp_path / "ingenstans")
    code, said = invoke("list")
    assert code == 2 and "datakollen add" in said
