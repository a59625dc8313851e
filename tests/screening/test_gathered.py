"""However the texts of a column are gathered, the same is found: a small table held in memory, the
rows of a large one, or its different texts first; and so is what waits on disk."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reading import databases
from helpers.screening import screen
from helpers.screening.column import Seen
from helpers.screening.kinds import person_names
from helpers.words.personal import persons

from .test_screen import PERSON, snapshot

WRITTEN = f"{PERSON[:6]}-{PERSON[6:]}"
NOTES = [
    *("Anna Andersson ringde", f"Avser {WRITTEN}", "anna.ek@gmail.com", "070-174 06 05"),
    *("c/o Ek", "familjehem", "12–14 Ek", "", "ab", "Bo Ek – 3"),
]
SUPPLIERS = ["Svensson & Ek HB", "Rör AB", "Maria Lind Redovisning", "Anna Andersson", "Stål AB"]
IDS = ["916412-1234", "556012-5790", WRITTEN, WRITTEN, "556012-5790"]
COLUMNS = {
    "Notering": NOTES,
    "Leverantör": SUPPLIERS * 2,
    "Orgnr": IDS * 2,
    "Fastighet": ["Kvarnen – 12", "LYCKEBY 1:23"] * 5,
    "Löpnummer": [f"V{i:04}" for i in range(10)],
}
FIELDS = {"leverantor": "Leverantör", "leverantor_id": "Orgnr"}


def found(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    folder.mkdir()
    hits = folder / "hits.parquet"
    table = snapshot(folder, **COLUMNS)
    screened = asdict(screen(table, FIELDS, None, type="leverantorsfakturor", hits=hits))
    return screened, sorted(pq.read_table(hits).to_pylist(), key=str)


@pytest.mark.parametrize("seldom", [-1.0, 2.0], ids=["of rows", "different ones first"])
def test_a_large_table_gives_what_a_small_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seldom: float
):
    small = found(tmp_path / "small")
    kinds = {mark["kind"] for mark in small[0]["marks"]}
    assert {"personnummer", "email", "partnership", "sole_trader", "person_name"} <= kinds
    monkeypatch.setattr(databases, "HELD_CELLS", 0)
    monkeypatch.setattr(databases, "SHOWN_CELLS", 0)
    monkeypatch.setattr(databases, "SELDOM", seldom)
    assert found(tmp_path / "large") == small


def test_labels_of_one_kind_and_the_next_wait_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    held = found(tmp_path / "held")
    module = import_module("helpers.screening.screen")
    monkeypatch.setattr(module, "HELD", 0)
    monkeypatch.setattr(module, "BATCH", 2)
    assert found(tmp_path / "waiting") == held
    assert not list((tmp_path / "waiting").glob("labels*"))


def test_what_passes_loosely_alone_is_no_hit(tmp_path: Path):
    """The class of letters is compiled seldom: a dash that is no ASCII passes for a letter first."""
    columns = {"Fastighet": ["Kvarnen – 12", "LYCKEBY 1:23"], "E-post": ["anna.ek@gmail.com"] * 2}
    marks = screen(snapshot(tmp_path, **columns), {}, None).marks
    assert [(mark.kind, mark.rows) for mark in marks] == [("property", [3]), ("email", [2, 3])]


PIECES = st.sampled_from(
    "Anna anna ANNA Andersson andersson A B. von Ek Hall Rör AB Karin-Anna Bergström annaandersson"
    " Redovisning 12 – , . ' ( Boyes plats Xhevdet Åsa ß éa \u00a0 \u0130 Handelsbolag".split(" ")
)


@given(st.lists(PIECES, min_size=1, max_size=6), st.sampled_from([" ", ", ", "", "\u00a0"]))
def test_whoever_is_nobody_has_no_label(pieces: list[str], between: str):
    """``nobody`` saves time and nothing else."""
    text = between.join(pieces)
    columns = [Seen("t", header) for header in ("Leverantör", "Handläggare", "Namn", "x")]
    told = [person_names.find(text, column) for column in columns]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(persons, "nobody", lambda _: False)
        patch.setattr(person_names, "nobody", lambda _: False)
        assert told == [person_names.find(text, column) for column in columns]
