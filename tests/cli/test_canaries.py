"""A person's number, address or name that stands in a name stands nowhere in what is said and
written: of a file, a folder, a sheet, a column, a member, a key, a title, a field of an entry.

The source itself, its private snapshot and ``source.path`` in an entry hold it; nothing else does.
Every command that looks at a candidate is run, in both languages, on what is read and on what is
refused.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from tests.sampling import every

from helpers.running import pipeline
from helpers.words.messages import LANGUAGES

from .canary_home import (
    CANARIES,
    GOOD,
    Home,
    csv_file,
    entry,
    refused_files,
    said_by,
    workbook,
    wrapped,
)

# the other formats stand in a whole report below
QUICK_ALONE = (("name", "geopackage"),)
every_canary = pytest.mark.parametrize("canary", CANARIES)
# where all commands and formats are tried with each: one of them in CI, the others in the long proofs
one_of_them = pytest.mark.parametrize(
    "canary",
    [
        pytest.param(one, marks=pytest.mark.slow if one == "name" else pytest.mark.long)
        for one in CANARIES
    ],
)


@pytest.mark.parametrize("canary", every(3, CANARIES))
@pytest.mark.usefixtures("in_this_process")
def test_a_refused_file_says_nothing_of_what_its_names_hold(home: Home):
    refused = list(refused_files(home))
    spoken = []
    for language in ("sv", "en"):
        code, said = said_by("check", *refused, "--language", language)
        assert code == 3
        spoken.append(said)
    code, said = said_by("check", *refused, "--json")
    assert said.count('"error"') == len(refused) and not home.leaks(*spoken, said)


@pytest.mark.parametrize(
    ("canary", "kind"),
    [
        pytest.param(
            canary,
            kind,
            marks=()
            if (canary, kind) in QUICK_ALONE
            else pytest.mark.long
            if number % 2
            else pytest.mark.slow,
        )
        for number, (canary, kind) in enumerate(itertools.product(CANARIES, GOOD))
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_a_file_that_is_checked_alone_is_spoken_of_without_what_its_names_hold(
    home: Home, kind: str
):
    file, spoken = GOOD[kind](home), []
    for more in (["--language", "sv"], ["--language", "en"], ["--json"]):
        code, said = said_by("check", file, *more)
        assert code == 0, said
        spoken.append(said)
    assert not home.leaks(*spoken)


@every_canary
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_argument_that_holds_one_is_not_said_back(home: Home, language: str):
    for command in (
        ["template", home.text],
        [
            "template",
            "platsinformation",
            "--variant",
            home.text,
            "--output",
            home.output / "x.xlsx",
        ],
        ["suite", home.text, "--gx", home.output / "x.json"],
        ["check", home.sources / "finns.csv", "--type", home.text],
        ["list", "--catalogue", home.folder / home.text],
        ["decide", home.text, "--role", "x", "--registry-number", "1", "--date", "2026-11-29"],
    ):
        code, said = said_by(*command, "--language", language)
        assert code in (2, 3) and not home.leaks(said), (command, said)


@pytest.mark.parametrize("canary", every(3, CANARIES))
@pytest.mark.usefixtures("in_this_process")
def test_an_entry_is_made_of_what_is_left_of_the_files_name(home: Home):
    files = [csv_file(home), workbook(home), wrapped(home)]
    code, said = said_by("add", *files, "--catalogue", home.catalogue)
    assert code == 0
    code, again = said_by("add", *files, "--catalogue", home.catalogue)
    entries = sorted(home.catalogue.iterdir())
    assert len(entries) == len(files) and "lekplatser" in {made.stem for made in entries}
    for made in entries:
        plain = yaml.safe_load(made.read_text("utf-8"))
        assert home.text.split()[0] in plain["source"].pop("path")
        assert not home.leaks(json.dumps(plain, ensure_ascii=False))
    code, listed = said_by("list", "--catalogue", home.catalogue)
    assert code == 0 and not home.leaks(said, again, listed)


@every_canary
def test_an_id_that_holds_one_is_refused(home: Home):
    if not home.text[0].isdigit():
        pytest.skip("an id has neither capitals nor @")
    entry(home, f"lista-{home.text}", csv_file(home))
    code, said = said_by("list", "--catalogue", home.catalogue)
    assert code == 2 and "Byt id" in said and not home.leaks(said)


def _commands(home: Home, id: str, language: str) -> Iterator[list[str | Path]]:
    out = home.output / language
    out.mkdir(exist_ok=True)
    common: list[str | Path] = ["--catalogue", home.catalogue, "--language", language]
    yield ["list", *common]
    yield ["rank", *common]
    yield ["rank", "--json", *common]
    yield ["mask", id, "--output", out / "masked.csv", *common]
    yield ["rows", id, "--output", out / "rows", *common]
    # what is asked for by name holds what the source does: only what is said of it is looked at
    yield ["rows", id, "--raw", "--output", home.folder / "private" / language, *common]
    yield ["checklist", id, "--output", out / "checklist.html", *common]
    yield ["checklist", id, "--output", out / "checklist.docx", *common]
    yield ["inventory", "--write", out / "inventory.xlsx", *common]
    yield ["inventory", out / "inventory.xlsx", *common]
    yield ["papers", id, "--output", out / "papers", *common]
    yield ["papers", "--output", out / "papers of all", *common]
    yield [
        "template",
        "platsinformation",
        "--output",
        out / "template.xlsx",
        "--language",
        language,
    ]
    yield ["publish", id, "--output", out / "package", *common]
    decided = ["--role", home.text, "--registry-number", home.text, "--date", "2026-11-29"]
    yield ["decide", id, *decided, *common]


def _all_said(home: Home, ids: list[str], languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """A report of the candidates without notebooks, and all that the commands say of them."""
    spoken = []
    for language in languages:
        report = home.output / f"report-{language}"
        pipeline.run(
            [],
            catalogue=home.catalogue,
            output=report,
            language=language,
            jobs=1,
            with_notebooks=False,
            say=lambda key, values: spoken.append(f"{key} {values}"),
        )
        for id in ids:
            for command in _commands(home, id, language):
                code, said = said_by(*command, *(["--overwrite"] if "--output" in command else []))
                refused = command[:2] == ["mask", "timetable"]  # a feed is several tables
                # a dataset that the gate stops has no package, and a feed is not masked in one
                wanted = (0, 1, 2) if command[0] == "publish" else (2 if refused else 0,)
                assert code in wanted, (command, said)
                spoken.append(said)
        both = [home.output / f"report-{name}" / "results.json" for name in (language, language)]
        code, said = said_by("between", *both, "--output", home.output / f"between-{language}.html")
        spoken.append(said)
    return spoken


@pytest.mark.slow
@pytest.mark.parametrize("canary", ["with a dash"])
@pytest.mark.usefixtures("in_this_process")
def test_no_report_and_no_command_shows_a_name_of_an_entry(home: Home):
    """The other canaries and formats, and English, in the slow test."""
    entry(home, "lekplatser", csv_file(home))
    spoken = _all_said(home, ["lekplatser"], ("sv",))
    assert "Lista över ÅÅMMDD-XXXX" in "".join(spoken)
    leaks = home.leaks(*spoken)
    assert not leaks, leaks[:20]


@one_of_them
@pytest.mark.usefixtures("in_this_process")
def test_no_report_and_no_command_shows_a_name_of_any_format(home: Home):
    files = {id: make(home) for id, make in GOOD.items()}
    for id, file in files.items():
        entry(home, id, file)
    for n, file in enumerate(refused_files(home)):
        entry(home, f"refused-{n}", file)
    spoken = _all_said(home, list(files))
    leaks = home.leaks(*spoken)
    assert not leaks, leaks[:20]


@one_of_them
def test_a_run_with_its_notebooks_shows_no_name(home: Home):
    entry(home, "lekplatser", csv_file(home))
    own = {name: str(home.folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
    environment = (
        os.environ
        | own
        | {"DATAKOLLEN_SNAPSHOTS": str(home.folder / "snapshots"), "PYTHONUTF8": "1"}
    )
    command = ["run", "--catalogue", str(home.catalogue), "--output", str(home.output / "report")]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *command],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert list((home.output / "report").rglob("*.ipynb"))
    leaks = home.leaks(done.stdout, done.stderr)
    assert not leaks, leaks[:20]
