"""``between`` on results that are damaged or of wrong kinds: refused with the place, never by a
traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sampling import every

from .spoken import invoke

pytestmark = pytest.mark.usefixtures("commands_made_once")


RESULT: dict[str, Any] = {
    "id": "a",
    "type": "annan",
    "subtype": None,
    "synthetic": True,
    "published": "no",
    "system": None,
    "advice": None,
    "organisation": {
        "id": "umea",
        "name": "Umeå kommun",
        "kind": "kommun",
        "named_in_public": False,
    },
    "gate": {"verdict": "fri"},
    "steps": [{"id": "file", "short": {"sv": "x", "en": "x"}}],
    "findings": [
        {"id": "r", "outcome": "failed", "severity": "critical", "message": {"sv": "x", "en": "x"}}
    ],
}
WHOLE: dict[str, Any] = {
    "schema": "datakollen/results/2",
    "finished": "2026-11-28T12:00:00+01:00",
    "candidates": [RESULT],
}
NESTED = '{"a":' * 100_000
TEXTS: dict[str, bytes] = {
    "empty": b"",
    "a word": b"hej",
    "a number": b"5",
    "null": b"null",
    "a list": b"[]",
    "half": b'{"schema":',
    "no schema": b"{}",
    "another schema": b'{"schema": "x"}',
    "a schema that is a list": b'{"schema": []}',
    "windows-1252": '{"schema": "å"}'.encode("cp1252"),
    "utf-16": json.dumps(WHOLE).encode("utf-16"),
    "binary": bytes(range(256)),
    "nested": NESTED.encode(),
    "brackets": b"[" * 100_000,
    "nan": json.dumps(WHOLE | {"seed": float("nan")}).encode(),
    "digits": b'{"schema": ' + b"9" * 5000 + b"}",
    "a key twice": b'{"schema": "datakollen/results/2", "schema": "datakollen/results/2"}',
    "nul": b'{"a": "\0"}',
    "two documents": json.dumps(WHOLE).encode() * 2,
    "half a letter": json.dumps(WHOLE | {"finished": "\ud800"}).encode(),
}
PATHS: list[tuple[str | int, ...]] = [
    ("finished",),
    ("candidates",),
    ("candidates", 0),
    *(("candidates", 0, name) for name in RESULT),
    *(("candidates", 0, "organisation", name) for name in RESULT["organisation"]),
    ("candidates", 0, "gate", "verdict"),
    ("candidates", 0, "steps", 0),
    ("candidates", 0, "steps", 0, "id"),
    ("candidates", 0, "steps", 0, "short"),
    ("candidates", 0, "steps", 0, "short", "sv"),
    ("candidates", 0, "findings", 0),
    *(("candidates", 0, "findings", 0, name) for name in RESULT["findings"][0]),
]
NULLABLE = {"subtype", "system", "gate", "advice"}


@pytest.mark.parametrize("name", TEXTS)
def test_between_on_a_file_that_holds_no_results(name: str, tmp_path: Path):
    file = tmp_path / "results.json"
    file.write_bytes(TEXTS[name])
    code, said = invoke("between", file, "--output", tmp_path / "ut.html")
    assert code == 3 and "results.json" in said and not (tmp_path / "ut.html").exists()


@pytest.mark.parametrize(
    "at", every(4, [[*at] for at in PATHS], ids=lambda at: ".".join(map(str, at)))
)
def test_between_on_results_of_wrong_kinds_in_every_place_that_is_read(
    at: list[str | int], tmp_path: Path
):
    for number, value in enumerate(({"x": 1}, [[]], 5, None, ...)):
        if value is None and at[-1] in NULLABLE:
            continue
        whole: Any = json.loads(json.dumps(WHOLE))
        inner = whole
        for key in at[:-1]:
            inner = inner[key]
        if value is ...:
            del inner[at[-1]]
        else:
            inner[at[-1]] = value
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(whole), "utf-8")
        code, said = invoke("between", file, "--output", tmp_path / "ut.html")
        if value is ... and isinstance(at[-1], int):
            continue  # one candidate less is no fault
        assert code == 3 and (".".join(map(str, at)) in said or "candidates" in said), (value, said)


def test_between_says_where_half_a_letter_is(tmp_path: Path):
    """In a value, in a key, in what is not read at all; a whole letter is no fault."""
    for number, (at, value) in enumerate(
        {
            "system": "a\ud83d",
            "type": "\ude00\ud83d",
            "seed": {"\ude00": 1},
            "x": [[], ["\ud800"]],
            "y": ["\ud83d\ude00", "\\ud800"],
        }.items()
    ):
        whole: Any = json.loads(json.dumps(WHOLE))
        whole["candidates"][0][at] = value
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(whole), "utf-8")
        code, said = invoke("between", file, "--output", tmp_path / "ut.html")
        assert code == (0 if at == "y" else 3), said
        assert at == "y" or (f"candidates.0.{at}" in said and "halvt tecken" in said), said


def test_between_reads_what_is_right_and_says_what_is_no_file(tmp_path: Path):
    file = tmp_path / "results.json"
    file.write_text(json.dumps(WHOLE), "utf-8-sig")
    assert invoke("between", file, "--output", tmp_path / "ut.html")[0] == 0
    for other in (tmp_path, tmp_path / "borta.json"):
        assert invoke("between", other, "--output", tmp_path / "ut.html")[0] == 3
