"""Commands run in this process, and all that they say."""

from __future__ import annotations

from pathlib import Path

import typer
from typer.testing import CliRunner

from helpers.running.commands import app

SECRET = "191212121212"
COMMAND = typer.main.get_command(app)


def invoke(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and all that was said. What leaves a command unguarded fails here."""
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output and SECRET not in done.output
    return done.exit_code, done.output
