"""``datakollen papers``: the management's page without an id, a candidate's papers with one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers.running.commands import app

IDEA = "id: {id}\ntitle: {title}\ntype: platsinformation\norganisation: {owner}\nstage: idea\n"


def test_papers_are_written_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    folder = tmp_path / "katalog"
    folder.mkdir()
    for id, title, owner in (
        ("habo-bad", "Badplatser", "habo"),
        ("ronneby-bad", "Badplatser", "ronneby"),
    ):
        (folder / f"{id}.yaml").write_text(IDEA.format(id=id, title=title, owner=owner), "utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, [*arguments, "--catalogue", str(folder)])
        return done.exit_code, done.output

    code, said = run("papers", "--output", str(tmp_path / "alla"))
    assert code == 0 and {one.name for one in (tmp_path / "alla").iterdir()} == {
        "ledningen.html",
        "ledningen.docx",
        "upphandling.html",
        "upphandling.docx",
    }
    assert "Inget kan publiceras först ännu" in (tmp_path / "alla" / "ledningen.html").read_text(
        "utf-8"
    )
    code, said = run("papers", "habo-bad", "--output", str(tmp_path / "en"), "--language", "en")
    assert code == 0 and {one.stem for one in (tmp_path / "en").iterdir()} == {
        "checklist",
        "roles",
        "procurement",
    }
    assert str(tmp_path / "en" / "checklist.docx") in said
    code, said = run("papers", "finns-inte", "--output", str(tmp_path / "x"))
    assert code == 2 and "finns-inte" in said and not (tmp_path / "x").exists()
    code, said = run("between", "--output", str(tmp_path / "between.html"))
    page = (tmp_path / "between.html").read_text("utf-8")
    assert code == 0 and "Kommun A" in page and "Ronneby" not in page and "Håbo" not in page
