"""Every command that writes: never over a source or an entry, over what others wrote only when
told, and where it says."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from helpers.filling_in import blank_table, inventory
from helpers.reporting import masked, paper_files
from helpers.running import opening, region
from helpers.running.commands import app, convert
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import writing, written

IDEA = "id: {id}\ntitle: Badplatser\ntype: platsinformation\norganisation: habo\nstage: idea\n"
SOURCE = "id: {id}\ntitle: Data\ntype: annan\norganisation: habo\nsource:\n  path: '{path}'\n"


@dataclass(frozen=True)
class Command:
    """``words``, then where to write; ``name`` of a file that it writes, in a ``folder`` that it is
    given or itself."""

    words: tuple[str, ...]
    name: str
    folder: bool = False
    given: str | None = (
        None  # the file that it is told to write, where ``name`` is written beside it
    )

    def line(self, place: str | Path, *more: str) -> list[str]:
        where = str(place) if self.folder else os.path.join(place, self.given or self.name)  # noqa: PTH118
        option = "--write" if self.words[0] == "inventory" else "--output"
        return [*self.words, option, where, *more]


COMMANDS = {
    "checklist": Command(("checklist", "idea"), "lista.html"),
    "checklist Word": Command(("checklist", "idea"), "lista.docx"),
    "rows": Command(("rows", "idea"), "rows_to_fix.csv", folder=True),
    "rows --raw": Command(
        ("rows", "idea", "--raw"), "rows_to_fix_med_personuppgifter.csv", folder=True
    ),
    "mask": Command(("mask", "idea"), "version.csv"),
    "mask's note": Command(("mask", "idea", "--bundle"), "version.csv.txt", given="version.csv"),
    "papers": Command(("papers",), paper_files.names("sv", one=False)[-1], folder=True),
    "papers of one": Command(
        ("papers", "idea"), paper_files.names("sv", one=True)[-1], folder=True
    ),
    "between": Command(("between",), "mellan.html"),
    "inventory": Command(("inventory",), "inventering.xlsx"),
    "convert": Command(("convert", "källa.csv", "--to", "badplats"), "badplatser.csv"),
    "convert's other columns": Command(
        ("convert", "källa.csv", "--to", "badplats", "--keep-others"),
        "badplatser_ovriga_kolumner.csv",
        given="badplatser.csv",
    ),
    "template": Command(("template", "leverantorsfakturor"), "mall.xlsx"),
    "template CSV": Command(("template", "leverantorsfakturor"), "mall.csv"),
}
BUILT = cache(
    typer.main.get_command
)  # the commands are put together once, not for each of the lines below
each = pytest.mark.parametrize("name", COMMANDS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a catalogue of one idea, which is also the project's own; commands are started
    in ``at``."""
    for name in ("catalogue", "at", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "catalogue" / "idea.yaml").write_text(IDEA.format(id="idea"), "utf-8")
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "store"))
    monkeypatch.setattr(paths, "catalogue", lambda: tmp_path / "catalogue")
    monkeypatch.chdir(tmp_path / "at")
    monkeypatch.setattr("typer.testing._get_command", BUILT, raising=False)

    def mask(_: Any, output: Path, *, bundle: bool = False, guard: bool = False) -> None:
        writing.write_text(output, "a;b\n1;*\n")

    monkeypatch.setattr(opening.Opened, "mask", mask)

    def converted(_: Path, _type: str, _variant: str | None, asked: Any) -> None:
        for file in filter(None, (asked.output, asked.others)):
            writing.write_text(file, "a,b\n1,2\n")

    monkeypatch.setattr(masked, "lines", lambda *_: ["Ingenting är borta."])
    monkeypatch.setattr(convert, "_converted", converted)
    monkeypatch.setattr(convert, "_show", lambda *_: None)
    return tmp_path


@pytest.fixture
def uncomputed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same; whatever is computed or written fails the test."""

    def computed(*_: Any, **__: Any) -> Any:
        raise AssertionError("computed before it was refused")

    for place, name in (
        (opening, "open_candidate"),
        (region, "compute"),
        (blank_table, "write"),
        (inventory, "write"),
    ):
        monkeypatch.setattr(place, name, computed)
    return home


def run(line: list[str], home: Path, *more: str) -> tuple[int, str]:
    catalogue = (
        [] if line[0] in ("template", "convert") else ["--catalogue", str(home / "catalogue")]
    )
    done = CliRunner().invoke(app, [*line, *more, *catalogue])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def refused(line: list[str], home: Path, *more: str) -> str:
    """What the command says as it refuses: two sentences, of wrong usage, with nothing changed on
    disk."""

    def disk() -> dict[Path, bytes]:
        return {one: one.read_bytes() for one in home.rglob("*") if one.is_file()}

    before = disk()
    code, said = run(line, home, *more)
    assert code == 2 and said.startswith("Fel: ") and len(re.findall(r"[.](?=\s|$)", said)) >= 2, (
        said
    )
    assert "Traceback" not in said and disk() == before
    return said


def test_a_checklist_never_overwrites_the_source_it_speaks_of(home: Path):
    """What happened: ``checklist ID --output SOURCE`` left a checklist where the data had been."""
    source = home / "källa.csv"
    source.write_text("id;namn\n1;Lekplats\n", "utf-8")
    (home / "catalogue" / "data.yaml").write_text(
        SOURCE.format(id="data", path="../källa.csv"), "utf-8"
    )
    for more in ((), ("--overwrite",)):
        said = refused(["checklist", "data", "--output", str(source)], home, *more)
        assert "källa.csv är en källfil" in said and "--output" in said
    assert source.read_text("utf-8") == "id;namn\n1;Lekplats\n"


def _source(home: Path, target: Path) -> None:
    target.write_text("theirs")
    (home / "catalogue" / "other.yaml").write_text(SOURCE.format(id="other", path=target), "utf-8")


def _to_come(home: Path, target: Path) -> None:
    _source(home, target)
    target.unlink()


def _entry(home: Path, target: Path) -> Path:
    return home / "catalogue" / "idea.yaml"


def _linked(home: Path, target: Path, real: Path, *, hard: bool) -> None:
    if hard:
        target.hardlink_to(real)
    else:
        target.symlink_to(real)


def _beside(home: Path, target: Path) -> Path:
    _source(home, home / "data.csv")
    return home / "data.csv"


ALWAYS: dict[str, Callable[[Path, Path], None]] = {
    "a source": _source,
    "a source not there yet": _to_come,
    "a link to a source": lambda home, target: _linked(
        home, target, _beside(home, target), hard=False
    ),
    "a hard link to a source": lambda home, target: _linked(
        home, target, _beside(home, target), hard=True
    ),
    "a link to an entry": lambda home, target: _linked(
        home, target, _entry(home, target), hard=False
    ),
    "a hard link to an entry": lambda home, target: _linked(
        home, target, _entry(home, target), hard=True
    ),
}


@each
@pytest.mark.parametrize("what", ALWAYS)
@pytest.mark.parametrize("spelt", ["whole", "relative"])
def test_a_source_and_an_entry_are_never_written_over(
    uncomputed: Path, name: str, what: str, spelt: str
):
    command, place = COMMANDS[name], uncomputed / "out"
    ALWAYS[what](uncomputed, place / command.name)
    line = command.line(place if spelt == "whole" else "../at/../out")
    for more in ((), ("--overwrite",)):
        said = refused(line, uncomputed, *more)
        assert (
            "skrivs aldrig över" in said
            and ("--write" if name == "inventory" else "--output") in said
        )


@pytest.mark.parametrize(
    "name", [name for name, one in COMMANDS.items() if not one.folder and not one.given]
)
@pytest.mark.parametrize(
    "file", ["catalogue/idea.yaml", "catalogue/ny.yaml", "plats.dbf", "plats.prj"]
)
def test_nor_is_an_entry_by_its_own_name_or_a_part_of_a_shapefile(
    uncomputed: Path, name: str, file: str
):
    _source(uncomputed, uncomputed / "plats.shp")
    (uncomputed / "plats.dbf").write_text("theirs")
    line = COMMANDS[name].line(uncomputed)
    line[line.index("--write" if name == "inventory" else "--output") + 1] = str(uncomputed / file)
    for more in ((), ("--overwrite",)):
        assert "skrivs aldrig över" in refused(line, uncomputed, *more)


def test_what_between_reads_is_never_written_over(uncomputed: Path):
    (uncomputed / "results.json").write_text("{}")
    line = ["between", str(uncomputed / "results.json"), "--output", "../results.json"]
    for more in ((), ("--overwrite",)):
        assert "som kommandot läser" in refused(line, uncomputed, *more)


@each
@pytest.mark.parametrize("edited", [False, True], ids=["another's", "ours, filled in"])
def test_what_others_wrote_is_written_over_only_when_told(
    uncomputed: Path, name: str, edited: bool
):
    command, target = COMMANDS[name], uncomputed / "out" / COMMANDS[name].name
    target.write_text("ours")
    if edited:
        written.remember([target])
        target.write_text("filled in")
    said = refused(command.line(target.parent), uncomputed)
    assert command.name in said and "--overwrite" in said


@each
def test_our_own_is_written_again_and_the_path_printed_is_there(home: Path, name: str):
    command, place = COMMANDS[name], home / "ny" / "mapp"
    target = place / command.name
    for _ in range(2):
        code, said = run(command.line("../ny/mapp"), home)
        assert code == 0, said
    assert target.is_file() and not [one for one in place.iterdir() if one.name.startswith(".")]
    printed = target.with_name(command.given or command.name)
    assert str(printed) in (said if name == "inventory" else said.splitlines())
    body = target.read_bytes()
    target.write_bytes(body + b"a note")
    assert "--overwrite" in refused(command.line(place), home)
    assert (
        run(command.line(place), home, "--overwrite")[0] == 0
        and b"a note" not in target.read_bytes()
    )
    if name == "rows --raw" and os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600


def test_a_relative_output_counts_from_where_the_command_was_started(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    """As papermill does: the folder changes while the command computes."""
    real = opening.open_candidate

    def wanders(*given: Any) -> Any:
        os.chdir(home / "out")
        return real(*given)

    monkeypatch.setattr(opening, "open_candidate", wanders)
    code, said = run(["checklist", "idea", "--output", "lista.html"], home)
    assert (
        code == 0
        and said.strip() == str(home / "at" / "lista.html")
        and (home / "at" / "lista.html").is_file()
    )


@pytest.fixture
def fails(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The system says no to all that is made, or moved into place, in ``out``."""

    def begin(what: str) -> None:
        place, name = (os, "open") if what == "EROFS" else (Path, "replace")
        real = getattr(place, name)

        def no(file: Path, *more: Any, **named: Any) -> Any:
            if Path(file).parent == home / "out":
                raise OSError(getattr(errno, what), "as the system says it")
            return real(file, *more, **named)

        monkeypatch.setattr(place, name, no)

    return begin


@each
@pytest.mark.parametrize(("what", "why"), [("EROFS", "skrivskyddad"), ("ENOSPC", "ledigt utrymme")])
def test_an_output_that_cannot_be_written_is_said_in_two_sentences(
    home: Path, name: str, what: str, why: str, fails: Callable[[str], None]
):
    fails(what)
    code, said = run(COMMANDS[name].line(home / "out"), home)
    assert code == 2 and why in said and "kunde inte skrivas" in said and str(home) not in said
    assert not list((home / "out").iterdir())


@each
def test_a_folder_or_a_file_in_the_way_is_refused_before_anything_is_computed(
    uncomputed: Path, name: str
):
    command, place = COMMANDS[name], uncomputed / "out"
    (place / command.name).mkdir()
    (uncomputed / "fil").write_text("theirs")
    assert "en mapp med det namnet" in refused(command.line(place), uncomputed, "--overwrite")
    assert "en fil och inte en mapp" in refused(
        command.line(uncomputed / "fil" / "under"), uncomputed
    )


def test_a_run_replaces_no_file_and_no_folder_of_others(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    def computed(*_: Any, **__: Any) -> Any:
        raise AssertionError("computed before it was refused")

    monkeypatch.setattr(region, "compute", computed)
    (home / "fil").write_text("theirs")
    (home / "data").mkdir()
    _source(home, home / "data" / "källa.csv")
    (home / "theirs").mkdir()
    (home / "theirs" / "x").write_text("theirs")
    for output, said in (
        ("fil", "är en fil"),
        ("data", "ersätter hela mappen"),
        ("catalogue", "ersätter hela mappen"),
        ("", "ersätter hela mappen"),
        ("theirs", "annat än en rapport"),
    ):
        for more in ((), ("--overwrite",)):
            code, told = run(["run", "--output", str(home / output)], home, *more)
            assert code == 2 and said in told and "Fel: " in told
    assert (home / "theirs" / "x").read_text() == "theirs" and (
        home / "fil"
    ).read_text() == "theirs"


def test_a_run_tells_where_its_report_is_and_keeps_what_somebody_filled_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    from helpers.running import pipeline

    monkeypatch.setattr(pipeline, "run_notebooks", lambda found, *_: found)
    code, said = run(["run", "--output", "../rapport", "--jobs", "1"], home)
    assert code == 0 and said.strip().endswith(str(home / "rapport" / "index.html"))
    there = sorted(one.name for one in home.iterdir() if "rapport" in one.name)
    assert there == ["rapport", "rapport.health.json"]
    checklist = next((home / "rapport").rglob("checklista.html"))
    checklist.write_text("filled in")
    code, said = run(["run", "--output", "../rapport", "--jobs", "1"], home)
    assert code == 2 and "checklista.html" in said and checklist.read_text() == "filled in"
    assert run(["run", "--output", "../rapport", "--jobs", "1", "--overwrite"], home)[0] == 0
    assert "filled in" not in checklist.read_text("utf-8")


def test_a_disk_that_fills_while_a_version_is_written_is_said(home: Path):
    """DuckDB writes the version and has its own kind of error."""
    import duckdb

    from helpers.reading.snapshot import Table
    from helpers.screening.masking.tables import write_csv

    class Full:
        cells, where = {"a": "a"}, ("true",)
        con: Any = None
        table = Table("t", "t.parquet", 0, [])

        def execute(self, _: str) -> None:
            raise duckdb.IOException(
                f'IO Error: Could not write file "x": {os.strerror(errno.ENOSPC)}'
            )

    version: Any = Full()
    version.con = version
    with (
        pytest.raises(ConfigurationError, match="ledigt utrymme"),
        writing.aside(home / "out" / "v.csv") as part,
    ):
        write_csv(version, part)
    assert not list((home / "out").iterdir())
