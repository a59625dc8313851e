"""What a run tells while it goes on: a line with what remains, plain lines, JSON lines; and a run
until one step, which writes no report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.running import steps
from helpers.running.commands import telling
from helpers.running.commands.telling import Form, Json, Plain, Remaining
from helpers.running.journal import Step
from helpers.running.stages.every import STAGES
from helpers.words.printing import Terminal
from helpers.words.source_text import SourceText

HAPPENS: list[tuple[str, dict[str, Any]]] = [
    ("starts", {"catalogue": "regionen"}),
    ("examines", {"count": 3, "ids": ["a", "b", "c"]}),
    ("computed", {"id": "b"}),
    ("failed", {"id": "a"}),
    ("computed", {"id": "c"}),
    ("executes", {"count": 2, "ids": ["b", "c"]}),
    ("notebooks", {"id": "c"}),
    ("notebooks", {"id": "b"}),
]


def test_a_terminal_shows_what_remains_and_lines_only_of_what_is_no_progress(
    capsys: pytest.CaptureFixture[str],
):
    shown: list[str] = []
    told = Remaining("sv", shown.append)
    for key, values in HAPPENS:
        told.say(key, values)
    assert shown == [
        "",
        "Granskat 0 av 3. Kvar: a, b och c",
        "Granskat 1 av 3. Kvar: a och c",
        "Granskat 2 av 3. Kvar: c",
        "Granskat 3 av 3.",
        "Anteckningsböcker 0 av 2. Kvar: b och c",
        "Anteckningsböcker 1 av 2. Kvar: b",
        "Anteckningsböcker 2 av 2. Rapporten skrivs.",
    ]
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["Läser katalogen regionen", "  Misslyckades: a"]


def test_a_log_has_a_line_for_each(capsys: pytest.CaptureFixture[str]):
    for key, values in HAPPENS:
        Plain("sv").say(key, values)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(HAPPENS) and lines[1] == "3 kandidater ska granskas."
    for key, values in HAPPENS:
        Json("sv").say(key, values)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [one.pop("event") for one in told] == [key for key, _ in HAPPENS]
    assert all(one.pop("at") for one in told) and told == [values for _, values in HAPPENS]


def test_whatever_fills_a_message_is_an_object_of_json(capsys: pytest.CaptureFixture[str]):
    """A title is a text of somebody's, a folder a path: neither is JSON by itself."""
    titles = [SourceText("Bad"), SourceText("850709-9805")]
    Json("sv").say("compare", {"title": titles[0], "all": titles, "folder": Path("a"), "count": 2})
    (told,) = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert (told["title"], told["folder"], told["count"]) == ("Bad", "a", 2)
    assert told["all"][0] == "Bad" and "9805" not in told["all"][1]


def test_a_name_of_a_person_is_in_no_log(capsys: pytest.CaptureFixture[str]):
    for form in (Plain("sv"), Json("sv")):
        form.say("starts", {"catalogue": "Anna Andersson"})
    assert "Andersson" not in capsys.readouterr().err


def test_where_it_goes_decides_the_form(monkeypatch: pytest.MonkeyPatch):
    def form(asked: Form) -> type:
        with telling.telling(asked, "sv") as told:
            return type(told)

    assert [form(one) for one in (Form.auto, Form.plain, Form.json)] == [Plain, Plain, Json]
    monkeypatch.setattr(Terminal, "is_seen", True)
    assert [form(one) for one in (Form.auto, Form.plain, Form.json)] == [Remaining, Plain, Json]


@pytest.mark.usefixtures("in_this_process")
def test_a_run_until_reading_keeps_what_was_read_and_writes_no_report(tmp_path: Path):
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n", "utf-8")
    for id in ("a", "b"):
        (catalogue / f"{id}.yaml").write_text(
            f"id: {id}\ntitle: {id}\ntype: annan\norganisation: karlshamn\n"
            f"source:\n  path: ../{id}.csv\n",
            "utf-8",
        )
    said: list[str] = []
    found = steps.until(
        Step.reading, [], catalogue=catalogue, jobs=1, say=lambda key, _: said.append(key)
    )
    assert said == ["examines", "computed", "failed"]
    assert [(one["candidate"], one["exit_code"]) for one in found.failures] == [("b", 3)]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "catalogue", "snapshots"]
    kept = (tmp_path / "snapshots" / "results").iterdir()
    assert [json.loads(file.read_bytes().split(b"\n")[0])["stage"] for file in kept] == ["reading"]


def test_each_step_is_something_that_an_opened_source_says():
    assert set(Step) - {"gate", "scorecard"} <= set(STAGES)
