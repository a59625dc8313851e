"""What was typed wrongly, and how a command is used, is said in the language asked for, and by
nobody else than us."""

from __future__ import annotations

import re

import pytest
import typer
from typer.testing import CliRunner

from helpers.running.commands import app

COMMAND = typer.main.get_command(app)
LIBRARY = re.compile(
    r"\b(Usage|Options?|Arguments|Commands?|Error|Try|Missing|Invalid|No such|Got|Did you|Show"
    r"|requires|required|default|bool|path|range|OPTIONS)\b"
)


@pytest.fixture(autouse=True)
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.testing._get_command", lambda _app: COMMAND)


def asked(line: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, line.split())
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chekc x", "Kommandot chekc finns inte. Menade du check?"),
        ("xyz", "Kommandot xyz finns inte."),
        ("run --no-notebooks", "Valet --no-notebooks finns inte."),
        ("run --languag en", "Valet --languag finns inte. Menade du --language?"),
        ("run --jobs 99", "--jobs ska vara ett heltal från 1 till 32."),
        ("run --jobs många", "--jobs ska vara ett heltal från 1 till 32."),
        ("run --jobs", "Valet --jobs behöver ett värde efter sig."),
        ("run --overwrite=ja", "Valet --overwrite ska inte ha något värde."),
        ("run --language de", "--language kan inte ha det värdet. Välj mellan sv, en."),
        ("mask", "ID saknas."),
        ("mask x", "--output saknas."),
        ("list a b", "Kommandot tar inte så många argument."),
        ("decide x --role a --registry-number b --date 2026-13-01", "ett datum som finns"),
    ],
)
def test_what_was_typed_wrongly_is_said_in_swedish(line: str, said: str):
    code, output = asked(line)
    assert code == 2 and output.startswith("Fel:") and said in output
    assert not LIBRARY.search(output), output


def test_in_english_where_that_is_asked_for():
    code, output = asked("run --jobs 0 --language en")
    assert code == 2 and output.startswith("Error: --jobs must be a whole number from 1 to 32.")


@pytest.mark.parametrize("name", ["", *COMMAND.commands])  # type: ignore[attr-defined]
def test_every_help_is_in_one_language(name: str):
    code, swedish = asked(f"{name} --help")
    assert code == 0 and swedish.startswith("Så här skriver du: ") and not LIBRARY.search(swedish)
    assert "cli." not in swedish
    _, english = asked(f"{name} --language en --help" if name else "--help")
    assert not name or (english.startswith("Usage: ") and "cli." not in english)
