"""What a source or a person wrote is printed as it stands: no markup, no control of the terminal, no
line that pretends to be ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from helpers.running.commands import app
from helpers.words import escaping
from helpers.words.errors import InputRefused
from helpers.words.faults import Fault, Faults
from helpers.words.printing import Terminal

CONTROLS = {
    "colour": "\x1b[31mrött\x1b[0m",
    "title of the window": "\x1b]0;ägd\x07",
    "one-byte CSI": "\x9b31m",
    "link": "\x1b]8;;http://example.org\x1b\\här\x1b]8;;\x1b\\",
    "back over the line": "fel\rrätt",
    "backspace": "fel\b\b\brätt",
    "bidi override": "txt.\u202eexe",
    "bidi isolate": "\u2066a\u2069",
    "delete": "\x7f",
    "null": "a\x00b",
}
MARKUP = [
    "Parker [/2024]",
    "Konst [utkast]",
    "[bold]x[/bold]",
    "[link=http://x]y",
    "\\[x]",
    "[",
    "[/]",
]
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]):
    return lambda: capsys.readouterr().out


@pytest.mark.parametrize("text", [*MARKUP, *CONTROLS.values()])
def test_every_way_to_print_shows_text_as_text(text: str, printed):
    terminal = Terminal()
    wanted = escaping.one_line(text)
    for way in (
        lambda: terminal.line(text),
        lambda: terminal.line(text, "bold red"),
        lambda: terminal.lines(text),
        lambda: terminal.say("cli.run.first", "sv", heading="x", title=text),
        lambda: terminal.table([text], [(text,), ((text, "red"),)], text),
        lambda: terminal.paragraph(text, "red"),
        lambda: terminal.grid([((text, "dim"), text)]),
        lambda: terminal.answer(text),
    ):
        way()
        said = printed()
        assert wanted.replace(" ", "") in said.replace(" ", "").replace("\n", ""), said
        assert not UNSAFE.search(said)


@pytest.mark.parametrize("text", [*MARKUP, *CONTROLS.values()])
def test_json_says_the_same_and_controls_nothing(text: str, printed):
    Terminal().json({"title": text})
    said = printed()
    assert json.loads(said) == {"title": text} and not UNSAFE.search(said)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b"])
def test_a_value_begins_no_line_of_its_own(line_break: str, printed):
    value = f"a{line_break}Fel: filen är borta"
    Terminal().say("cli.run.first", "sv", heading="x", title=value)
    Terminal().line(value)
    Terminal().answer(value)
    error = InputRefused("cli.between.no_file", {"file": value})
    fault = Fault(value, 1, "json", value, {"what": value})
    faults = Faults([fault, fault]).said("sv")
    for text in (*printed().splitlines(), *error.text("sv").splitlines(), *faults.splitlines()):
        assert not text.startswith("Fel:")
    assert len(faults.splitlines()) == 2


def entries(folder: Path, title: str) -> Path:
    folder.mkdir()
    for name, more in (("a", {}), ("b", {"keywords": [title]})):
        entry = {
            "id": name,
            "title": title,
            "type": "annan",
            "organisation": "karlshamn",
            "stage": "idea",
        }
        (folder / f"{name}.yaml").write_text(
            yaml.safe_dump(entry | more, allow_unicode=True), "utf-8"
        )
    return folder


@pytest.mark.parametrize("title", ["Parker [/2024]", "Konst [utkast]", "Konst \u202e[red]\x9b31m"])
@pytest.mark.parametrize("command", ["rank", "list"])
def test_a_title_with_markup_is_ranked_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, command: str
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    monkeypatch.setenv("COLUMNS", "1000")
    folder = entries(tmp_path / "catalogue", title)
    done = CliRunner().invoke(app, [command, "--catalogue", str(folder)])
    assert done.exit_code == 0, done.output
    assert not UNSAFE.search(done.output)
    words = escaping.one_line(title).split()  # a narrow column breaks lines between them
    assert command == "list" or all(done.output.count(word) >= 2 for word in words)


@pytest.mark.slow
@pytest.mark.parametrize(
    "argument", ["[/x]", "[red]x", "\x1b]0;x\x07", "\x9b31m\u202e", "a\nFel: b"]
)
@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["check", "--type"],
        ["rank", "--catalogue"],
        ["rank", "--language"],
        ["rank", "--without"],
        ["rank", "--weights"],
        ["mask", "--output", "x.csv"],
        ["between", "--output", "x.html"],
        ["template"],
        ["add"],
        [],
    ],
    ids=" ".join,
)
def test_an_argument_is_said_back_as_text(tmp_path: Path, command: list[str], argument: str):
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *command, argument],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode in (0, 2, 3), done.stderr
    assert "Traceback" not in done.stderr and "MarkupError" not in done.stderr
    assert not UNSAFE.search(done.stdout + done.stderr)
    assert not [
        line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Fel: b")
    ]


def test_a_column_and_a_file_with_markup_are_shown_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_this_process: None
):
    monkeypatch.setenv("COLUMNS", "300")
    file = tmp_path / "konst [utkast] [b].csv"
    file.write_text("id;namn [/b]\n1;Ön\n1;Ön\n2;\n", "utf-8")
    done = CliRunner().invoke(app, ["check", str(file)])
    assert done.exit_code == 0 and file.name in done.output
    refused = CliRunner().invoke(app, ["check", str(tmp_path / "[red]borta[-].csv")])
    assert refused.exit_code == 3 and "[red]borta[-].csv" in refused.output


def test_a_ranking_keeps_titles_whole_at_eighty_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("helpers.running.commands.ranking.out", Terminal())
    folder = entries(tmp_path / "catalogue", "Leverantörsfakturor 2025, Karlshamn")
    done = CliRunner().invoke(app, ["rank", "--catalogue", str(folder)])
    lines = done.output.splitlines()
    assert any("Leverantörsfakturor 2025, Karlshamn" in line for line in lines)
    assert any("Det finns ingen fil ännu" in line for line in lines), "its reason, below"
    assert max(map(len, lines)) <= 80
